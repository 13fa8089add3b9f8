"""The widget of a review: it shows the page of a session and hands on what is asked for.

Imported when a review is first shown, as anywidget takes a while.
"""

from __future__ import annotations

import re
from pathlib import Path

import anywidget
import traitlets

from .proofread import COLOURS, INK
from .review_messages import answer
from .review_page import Page, choices, kinds
from .review_words import interface

_PAGE = Path(__file__).resolve().parent / "widget"
# The modules of the page, each after those that it imports.
MODULES = (
    *("elements.js", "kernel.js", "text.js", "claims.js", "panel.js", "making.js", "frame.js"),
    "review.js",
)
_LINKS = re.compile(r"^import [^;]*;\n|^export (?!default)", re.MULTILINE)


def assembled() -> str:
    """The modules as one, as a widget is loaded from one: without what they import and export."""
    return "\n".join(_LINKS.sub("", (_PAGE / name).read_text("utf-8")) for name in MODULES)


class ReviewWidget(anywidget.AnyWidget):
    """One view of a page. What the page sends comes in as messages alone: nothing of what it could
    write into the traits is ever read. The traits are where a view begins; news follows."""

    _esm = assembled()
    _css = (_PAGE / "review.css").read_text(encoding="utf-8")
    page = traitlets.Dict().tag(sync=True)
    said = traitlets.Dict().tag(sync=True)

    def __init__(self, page: Page, views: list[ReviewWidget]) -> None:
        self._page, self._views = page, views
        said = {
            "language": page.language,
            "words": interface(page.language),
            "choices": choices(page.language),
            "kinds": kinds(page.language),
            "colours": {measure: list(pair) for measure, pair in COLOURS.items()},
            "ink": INK,
        }
        super().__init__(page=page.whole(), said=said)
        self.on_msg(self._asked)
        views.append(self)

    def _asked(self, _: object, message: object, buffers: object) -> None:
        reply = answer(self._page.session, message, self._page.language)
        news = self._page.anew()
        for view in self._views:  # the same cell may be shown twice
            if view is not self:
                view.send(news)
        behind = reply.pop("have", news["since"]) != news["since"]
        self.send(reply | (self._page.whole() if behind else news))
