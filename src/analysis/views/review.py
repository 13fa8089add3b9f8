"""Review by clicking: a proposed extract read against its text, corrected and accepted."""

from __future__ import annotations

import html
import os
import sys
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from ..extract.model import folder_of
from ..units import Language
from .proofread import Proof, proof_of, require_asked
from .review_page import Page
from .review_words import INTERFACE
from .session import Session

# What front ends that show widgets tell the kernels they start; what runs notebooks does not.
_FRONT_ENDS = ("JPY_SESSION_NAME", "VSCODE_PID", "COLAB_RELEASE_TAG")


class Review:
    """A review: shown in a notebook as a widget, or as the page of `proofread` where none runs."""

    def __init__(self, session: Session, language: Language) -> None:
        self.session, self.language = session, language
        self._page: Page | None = None
        self._views: list[Any] = []

    def proof(self) -> Proof:
        """The article as it stands now, to read; with how to go on."""
        self.session.look()
        proof = proof_of(self.session.extract, self.session.text, self.language)
        has_widgets = find_spec("anywidget") is not None
        how = INTERFACE["static" if has_widgets else "no widget"][self.language == "zh"]
        shown = f"<p lang='{self.language}' style='margin:0.4em 0'>{html.escape(how)}</p>"
        return Proof(shown + proof.html, f"{proof.text}\n{how}")

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        """The proof; and the widget before it, where one can be shown.

        A notebook that is saved without the widget, whose id is another each run, keeps the proof.
        """
        proof = self.proof()
        bundle: dict[str, Any] = {"text/plain": repr(proof), "text/html": proof.html}
        if _shows_widgets():
            widget = import_module(".review_widget", __package__)
            self._page = self._page or Page(self.session, self.language)
            made = widget.ReviewWidget(self._page, self._views)
            shown = made._repr_mimebundle_()[0]
            bundle |= {name: shown[name] for name in shown if name not in bundle}
        return bundle

    def __repr__(self) -> str:
        return repr(self.proof())


def review(folder: str | Path, text: str | None = None, language: Language = "en") -> Review:
    """A data folder read against its text, in a cell of a notebook: corrected and accepted there.

    `folder` is what `draft` wrote, finished or not, and `text` the article it was made from, a
    paragraph a line; without it the figures are listed. `language` is that of the interface, "en"
    or "zh".

    In JupyterLab this is a widget, for mouse and keyboard. On one side is the text with every
    figure marked as by `proofread`, or the table; on the other the chosen figure and its claims.
    A numeral that was missed is selected in the text, a claim put together from its figures.
    Each change is checked as `load` checks, and then written to the folder; it can be undone.
    `status` is emptied by accepting a figure or a claim, and by nothing else. What others write to
    the files meanwhile is taken over, and never overwritten.

    Where no widget can run (a report, a script, a notebook that is executed by a program) it shows
    what `proofread` does, and says how to go on.

    Raises `ExtractError` where the folder holds more than what is still to be filled in,
    `TypeError` where the text is none, `ValueError` for another language. A text in which no
    figure stands is told of in the panel, and changes nothing.

    >>> review("data/example-bulletin")
    19 figures, 7 claims; contradicted: 1 (number 6)
    6. Share of disputes mediated: 1197起 of 1260起 is 95.0%, printed 95.3%
    To read it by clicking, run this cell in JupyterLab.
    """
    require_asked(text, language)
    return Review(Session(folder_of(folder, "review"), text), language)


def _shows_widgets() -> bool:
    """Whether this is a kernel whose front end can show a widget."""
    started = any(name in os.environ for name in _FRONT_ENDS)
    return started and "ipykernel" in sys.modules and find_spec("anywidget") is not None
