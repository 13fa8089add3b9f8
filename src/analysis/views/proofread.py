"""An article as a page to read proofs from: figures and claims marked, verdicts beside them.

The page is static HTML with inline styles only. What notebooks keep of a page they do not trust
decides its means: no style sheets, no `aria-` attributes, no scripts; so what a pointer shows as a
title stands in the page a second time, one pixel large, for those who listen to it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ..extract import Extract, require_extract
from ..extract.coverage import require_its_text, standing
from ..phrases import MEASURES, VERDICTS, require_language
from ..units import Language
from .words import Claim, Figure, Words

# The background of each measure and the line under it; text on it is INK, at 13:1 or more.
COLOURS = {
    "count": ("#cfe3ff", "#1f5fbf"),
    "amount": ("#d5f0d0", "#2c7a2c"),
    "rate": ("#ffe9b0", "#9a6b00"),
    "change": ("#f8d8ee", "#a3338b"),
    "difference": ("#e3dcff", "#5b46b8"),
}
_NO_MEASURE = ("#e4e4e4", "#555")
INK = "#111"
WRONG = "#c62828"  # on white 5.6:1; as an outline it stands out on white and on black
# Red on white and not the other way: a printer leaves backgrounds out.
WRONG_BADGE = f"background:#fff;color:{WRONG};border:1px solid {WRONG};font-weight:bold"
BADGE = "padding:0 0.35em;border-radius:3px;white-space:nowrap"
_SPOKEN = "position:absolute;width:1px;height:1px;overflow:hidden"
_TOGETHER = "\u2060"  # keeps what stands around it on one line
_CELL = (
    "text-align:{};vertical-align:top;white-space:normal;padding:0.25em 0.6em;border:1px solid #888"
)
_CHINESE = re.compile("[\u3400-\u9fff]")
# What would turn what stands around it, or can't stand in a page, is shown as what it is.
SPELLED_OUT: dict[int, str] = {
    **{code: f"[U+{code:04X}]" for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))},
    **dict.fromkeys((*range(9), *range(11, 32), *range(127, 160)), "\ufffd"),
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),
}


@dataclass(frozen=True, repr=False)
class Shown:
    """What a notebook shows as HTML, and what stands for it as plain text."""

    html: str
    text: str

    def _repr_html_(self) -> str:
        return self.html

    def __repr__(self) -> str:
        return self.text


class Proof(Shown):
    """A page that a notebook shows; as plain text, what was counted and what contradicts."""


def proofread(article: Extract, text: str | None = None, language: Language = "en") -> Proof:
    """The article with its figures and claims marked, to be read in a notebook.

    Each figure has the colour of its measure; a pointer on it, or a screen reader, tells its name,
    bounds, period and base. The numbers behind it are those of its claims, which stand below,
    recomputed beside printed, with the verdict of `audit`. A figure of a claim that contradicts is
    framed in red; where not all claims can hold, what `diagnose` finds stands with the likeliest
    figures and above the claims, and which claims cannot hold together though each may by itself.
    What is `proposed` has a broken line under it. A figure that does not stand where its paragraph
    and position say, or that overlaps another one, is listed below the text.

    Figures of a table, with `row` and `column`, stand in it as printed.

    `text` is the article, a paragraph a line; without it there are the tables alone. `language`
    is that of the words around it, "en" or "zh". The page is static HTML, the same for the same
    article; its text is escaped, and signs that turn the direction of writing are spelled out.

    Raises `TypeError` where `article` is no Extract or `text` no text, `ValueError` for another
    language, a text in which none of the figures stands, and where a low is above its high.

    >>> from analysis import load
    >>> proofread(load("data/datong-2018"))
    43 figures, 6 claims; contradicted: 1 (number 6)
    6. Share of disputes mediated: 1628起 of 1814起 is 89.7%, printed 89.9%
    """
    require_extract(article, "proofread")
    require_asked(text, language)
    if text is not None:
        require_its_text(article, text)
    return proof_of(article, text, language)


def require_asked(text: object, language: object) -> None:
    """Raises `TypeError` for what is neither a text nor None, `ValueError` for another language."""
    if text is not None and not isinstance(text, str):
        raise TypeError(f"text: found {type(text).__name__}, expected a text (str) or None")
    require_language(language)


def proof_of(article: Extract, text: str | None, language: Language) -> Proof:
    """The proof with any text: figures that do not stand in it are listed below."""
    words = Words(article, language)
    wrong = [f"{claim.number}. {claim.named}" for claim in words.contradicted]
    summary = "\n".join([words.summary(), *wrong, *words.together]).translate(SPELLED_OUT)
    return Proof(_Page(words).html(text), summary)


class _Page:
    """The HTML of a proof, part by part."""

    def __init__(self, words: Words) -> None:
        self.words = words

    def html(self, text: str | None) -> str:
        parts = [f"<p style='margin:0.4em 0'><b>{escaped(self.words.summary())}</b></p>"]
        parts.append(self._legend())
        figures = list(self.words.figures.values())
        tabled = [figure for figure in figures if is_of_table(figure)]
        listed = [figure for figure in figures if not is_of_table(figure)]
        if tabled:
            parts += [_heading(self.words.say("table of figures")), self._grid(tabled)]
        if tabled and not listed:
            text = None  # the table is all of it
        elif text is None:
            parts.append(self._table(listed, marked=True))
        else:
            lines, astray = self._marked(text)
            lang = " lang='zh'" if _CHINESE.search(text) else ""
            style = "white-space:pre-wrap;line-height:2;margin:0.8em 0"
            parts.append(f"<div{lang} style='{style}'>{''.join(lines)}</div>")
            if astray:
                parts += [_heading(self.words.say("astray")), self._table(astray, marked=True)]
        parts.append(self._diagnosis())
        parts.append(self._list())
        if figures and (tabled or text is not None):
            summary = escaped(self.words.say("all figures"))
            table = self._table(figures, marked=False)
            parts.append(f"<details><summary>{summary}</summary>{table}</details>")
        parts += [
            f"<p style='margin:0.4em 0'>{escaped(line)}</p>" for line in self.words.source(text)
        ]
        style = "position:relative;max-width:52em;overflow-wrap:break-word"
        return f"<div lang='{self.words.language}' style='{style}'>{''.join(parts)}</div>"

    def _legend(self) -> str:
        read = {(f.measure, f.proposed) for f in self.words.figures.values()}
        shown = [
            f"<span style='{_style(name, proposed=False)}'>{self.words.word(MEASURES, name)}</span>"
            for name in COLOURS
            if {(name, True), (name, False)} & read
        ]
        if any(proposed for _, proposed in read) or any(c.proposed for c in self.words.claims):
            style = "border-bottom:2px dashed"
            shown.append(f"<span style='{style}'>{escaped(self.words.say('unread'))}</span>")
        if self.words.contradicted:
            verdict = self.words.word(VERDICTS, "contradicts")
            shown.append(f"<span style='outline:2px solid {WRONG}'>{verdict}</span>")
        return f"<p style='margin:0.4em 0;line-height:2'>{' &nbsp; '.join(shown)}</p>"

    def _marked(self, text: str) -> tuple[list[str], list[Figure]]:
        """The lines of the text with its figures marked; and the figures that could not be."""
        lines = text.split("\n")
        marks: dict[int, list[tuple[int, int, Figure, str]]] = {}
        astray = []
        for figure in self.words.figures.values():
            if is_of_table(figure):
                continue
            pieces = standing(lines, *(figure.place or (-1, -1)), figure.reported)
            for n, (line, start, end) in enumerate(pieces):  # all of it is shown at the first
                cell = "" if n else self._cell(figure)
                marks.setdefault(line, []).append((start, -end, figure, cell))
            if not pieces:
                astray.append(figure)
        shown = []
        for n, line_text in enumerate(lines):
            parts, done = [], 0
            for start, end, figure, cell in sorted(marks.get(n, ()), key=lambda each: each[:2]):
                if start < done:  # overlaps the one before
                    astray.append(figure)
                    continue
                parts += [escaped(line_text[done:start]), cell]
                done = -end
            parts.append(escaped(line_text[done:].rstrip("\r")))
            if line_text.strip():
                shown.append(f"<p style='margin:0.3em 0'>{''.join(parts)}</p>")
        return shown, astray

    def _mark(self, figure: Figure, title: str = "") -> str:
        style = _style(figure.measure, figure.proposed)
        if any(claim.verdict == "contradicts" for claim in self._claims_of(figure)):
            style += f";outline:2px solid {WRONG}"
        titled = f" title='{title}'" if title else ""
        return f"<mark{titled} style='{style}'>{escaped(figure.reported)}</mark>"

    def _told(self, figure: Figure) -> str:
        """A mark that tells all of its figure, to a pointer and to a screen reader."""
        said = [self.words.told(figure)]
        for claim in self._claims_of(figure):
            verdict = self.words.word(VERDICTS, claim.verdict)
            said.append(self.words.say("claim number", number=claim.number, verdict=verdict))
        told = escaped(self.words.say("part of proof").join(said))
        spoken = f"<span lang='{self.words.language}' style='{_SPOKEN}'> ({told})</span>"
        return self._mark(figure, told) + spoken

    def _claims_of(self, figure: Figure) -> list[Claim]:
        return list(self.words.claims_of.get(figure.key, {}).values())

    def _numbers(self, figure: Figure) -> str:
        """The numbers of a figure's claims; one that contradicts is plain to see."""
        of = self._claims_of(figure)
        others = [str(claim.number) for claim in of if claim.verdict != "contradicts"]
        shown = [f"[{','.join(others)}]"] if others else []
        shown += [
            f"<span style='{BADGE};{WRONG_BADGE}'>{claim.number} ≠</span>"
            for claim in of
            if claim.verdict == "contradicts"
        ]
        if figure.key in self.words.likeliest:
            right = self.words.likeliest[figure.key].slip.rpartition(" → ")[2]
            shown.append(f"<span style='{BADGE};{WRONG_BADGE}'>→ {escaped(right)}?</span>")
        numbers = f"{_TOGETHER}<sup style='font-size:0.8em'>{_TOGETHER.join(shown)}</sup>"
        return numbers if shown else ""

    def _diagnosis(self) -> str:
        """The fewest figures that must be wrong for all claims to hold together."""
        if not self.words.doubts:
            return ""
        said = [*self.words.together, *(doubt.words for doubt in self.words.doubts)]
        items = "".join(f"<li style='margin:0.2em 0'>{escaped(each)}</li>" for each in said)
        heading = _heading(self.words.say("diagnosis"))
        return f"{heading}<ul style='padding-left:1.4em;margin:0.3em 0'>{items}</ul>"

    def _grid(self, figures: Sequence[Figure]) -> str:
        """A table's figures where its labels place them."""
        grid = grid_of(figures)
        label, cell = _CELL.format("left"), _CELL.format("right")
        lines = []
        for level in grid.heads:
            cells = "".join(
                f"<th scope='{'colgroup' if head.over > 1 else 'col'}' colspan='{head.over}' "
                f"style='{_CELL.format('center')}'>{escaped(head.label)}</th>"
                if head.label  # an empty head would be read out as one
                else f"<td colspan='{head.over}' style='{label}'></td>"
                for head in level
            )
            lines.append(f"<tr><td style='{label}'></td>{cells}</tr>")
        rows = []
        for name, of in grid.rows:
            cells = "".join(
                f"<td style='{cell}'>{'<br>'.join(map(self._cell, each))}</td>" for each in of
            )
            head = f"<th scope='row' style='{label};font-weight:normal'>{escaped(name)}</th>"
            rows.append(f"<tr>{head}{cells}</tr>")
        return _scrolled(f"<thead>{''.join(lines)}</thead><tbody>{''.join(rows)}</tbody>")

    def _cell(self, figure: Figure) -> str:
        return self._told(figure) + self._numbers(figure)

    def _list(self) -> str:
        if not self.words.claims:
            return _heading(self.words.say("no claims"))
        items = []
        for claim in self.words.claims:
            wrong = claim.verdict == "contradicts"
            verdict = self.words.word(VERDICTS, claim.verdict)
            look = WRONG_BADGE if wrong else "border:1px solid #888"
            said = [f"<span style='font-size:0.8em;{BADGE};{look}'>{escaped(verdict)}</span>"]
            words = escaped(claim.named)
            said.append(f"<b>{words}</b>" if wrong else words)
            if claim.proposed:
                tied = self.words.say("tied by", words=claim.note)
                tied = escaped(tied if claim.note else self.words.say("unread"))
                said.append(f"<small style='border-bottom:2px dashed'>{tied}</small>")
            if claim.explanation:
                said.append(f"<br><small>{escaped(claim.explanation)}</small>")
            items.append(f"<li value='{claim.number}' style='margin:0.4em 0'>{' '.join(said)}</li>")
        made = "".join(items)
        return (
            f"{_heading(self.words.say('claims made'))}<ol style='padding-left:2.2em'>{made}</ol>"
        )

    def _table(self, figures: Sequence[Figure], *, marked: bool) -> str:
        left = _CELL.format("left")
        heads = "".join(
            f"<th scope='col' style='{left}'>{escaped(head)}</th>"
            for head in self.words.say("heads").split("|")
        )
        rows = []
        for figure in figures:
            cells = [
                self._mark(figure) if marked else escaped(figure.reported),
                escaped(figure.bounds),
                escaped(self.words.word(MEASURES, figure.measure)),
                "<br>".join(escaped(part) for part in self.words.when_and_against(figure)),
                self._numbers(figure),
            ]
            name = f"<b>{escaped(figure.name)}</b>"
            note = f"<br><small>{escaped(figure.note)}</small>" if figure.note else ""
            rows.append(
                f"<tr><th scope='row' style='{left};font-weight:normal'>{name}{note}</th>"
                + "".join(f"<td style='{left}'>{cell}</td>" for cell in cells)
                + "</tr>"
            )
        body = f"<thead><tr>{heads}</tr></thead><tbody>{''.join(rows)}</tbody>"
        return _scrolled(body, "min-width:38em;")


def _style(measure: str, proposed: bool) -> str:
    background, line = COLOURS.get(measure, _NO_MEASURE)
    under = "dashed" if proposed else "solid"
    return (
        f"background:{background};color:{INK};border-bottom:2px {under} {line};"
        "padding:0 0.15em;border-radius:3px"
    )


def _scrolled(body: str, width: str = "") -> str:
    """A table that scrolls by itself on a narrow page, by the keyboard, too."""
    style = f"border-collapse:collapse;table-layout:auto;{width}margin:0.4em 0"
    return f"<div tabindex='0' style='overflow-x:auto'><table style='{style}'>{body}</table></div>"


def _heading(text: str) -> str:
    return f"<p style='margin:1em 0 0.3em'><b>{escaped(text)}</b></p>"


def escaped(text: str) -> str:
    return html.escape(text).translate(SPELLED_OUT)


# --- A table's figures as rows and columns again, from the labels that each has -------------------
LEVELS = " / "


class Head(NamedTuple):
    """A label of a table's head and how many columns it stands over; it may be empty."""

    label: str
    over: int


class Grid(NamedTuple):
    """Head lines, and under them a row a label with its figures by column."""

    heads: list[list[Head]]
    rows: list[tuple[str, list[list[Figure]]]]


def is_of_table(figure: Figure) -> bool:
    return bool(figure.row or figure.column)


def grid_of(figures: Iterable[Figure]) -> Grid:
    """The figures of a table where their labels place them, in order of first appearance.

    Two of the same labels share a cell.
    """
    cells: dict[str, dict[str, list[Figure]]] = {}
    columns: dict[str, None] = {}
    for figure in figures:
        columns[figure.column] = None
        cells.setdefault(figure.row, {}).setdefault(figure.column, []).append(figure)
    rows = [(row, [of.get(column, []) for column in columns]) for row, of in cells.items()]
    return Grid(_heads([column.split(LEVELS) for column in columns]), rows)


def _heads(columns: list[list[str]]) -> list[list[Head]]:
    """The levels of the columns' labels, those that stand beside one another over the same joined.

    The lowest level stands at the columns themselves: a label with fewer is empty above.
    """
    deepest = max(map(len, columns), default=0)
    full = [[""] * (deepest - len(levels)) + levels for levels in columns]
    heads = []
    for level in range(deepest):
        line: list[Head] = []
        for n, levels in enumerate(full):
            same = n > 0 and full[n - 1][: level + 1] == levels[: level + 1]
            if same and level < deepest - 1:
                line[-1] = Head(levels[level], line[-1].over + 1)
            else:
                line.append(Head(levels[level], 1))
        heads.append(line)
    return heads
