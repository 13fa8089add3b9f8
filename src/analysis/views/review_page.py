"""What the page of a review shows, as plain data: texts only, which the page never reads as markup.

Everything that the widget knows of an article comes from here. It is made anew after each step, and
what is new in it is sent.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from ..extract.coverage import standing
from ..kinds import KINDS
from ..phrases import BASES, MEASURES, VERDICTS
from ..phrases import KINDS as CALLED
from ..units import Language
from .folder import Row
from .proofread import grid_of, is_of_table
from .review_words import AGAINST, INTERFACE, shown
from .session import EDITABLE, OF_SOURCE, Session
from .steps import place_of
from .words import Claim, Figure, Words

Data = dict[str, Any]
_TURNING = re.compile("([\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069])")


class Page:
    """The page of a session, made once more after each step."""

    def __init__(self, session: Session, language: Language) -> None:
        self.session, self.language = session, language
        self._number, self._now = 1, page_of(session, language)
        self._of = session.state

    def whole(self) -> Data:
        return {"since": 0, "number": self._number, "news": self._now}

    def anew(self) -> Data:
        """Make it anew, if the session has changed: which it was, which it is now, and the news."""
        before, since = self._now, self._number
        if self._of == self.session.state:
            return {"since": since, "number": since, "news": {}}
        self._of = self.session.state
        self._now, self._number = page_of(self.session, self.language), since + 1
        news = {
            name: _patch(before[name], part)
            for name, part in self._now.items()
            if part != before[name]
        }
        return {"since": since, "number": self._number, "news": news}


def _patch(before: Any, after: Any) -> Data:
    """What turns a part of the page into what it `is` now.

    Of entries by key those to `put` and those `gone`; of a list, what from a place `at` on comes
    instead of how many.
    """
    if isinstance(before, dict) and isinstance(after, dict):
        put = {key: each for key, each in after.items() if before.get(key) != each}
        return {"put": put, "gone": [key for key in before if key not in after]}
    if not isinstance(after, list):
        return {"is": after}
    at = _alike(before, after)
    behind = _alike(before[at:][::-1], after[at:][::-1])
    return {"at": at, "less": len(before) - at - behind, "more": after[at : len(after) - behind]}


def _alike(before: list[Any], after: list[Any]) -> int:
    """How many of two lists are the same from the beginning on."""
    pairs = zip(before, after, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(before), len(after)))


def page_of(session: Session, language: Language) -> Data:
    """The page of a session as it stands."""
    words = Words(session.extract, language, session.judged(), short=True)
    source, zh = session.source(), language == "zh"
    ordered = sorted(words.figures.values(), key=_in_text)
    relations = _relations(session)
    claims = [
        _claim(claim, relation, rows, words, zh)
        for claim, (relation, rows) in zip(words.claims, relations.items(), strict=True)
    ]
    unread, unread_claims = session.extract.proposed
    lines, astray = _text(session, ordered, language)
    notes = words.source(session.text)[1:-1]
    numerals = _numerals(session, language, checked=bool(lines))
    tabled = [figure for figure in astray if is_of_table(figure)]
    return {
        "name": session.extract.name,
        "progress": {
            "all": len(ordered),
            "read": len(ordered) - unread,
            "claims": len(claims),
            "claims_read": len(claims) - unread_claims,
        },
        "contradicted": len(words.contradicted),
        "figures": {figure.key: _figure(figure, session, words) for figure in ordered},
        "claims": {claim["relation"]: claim for claim in claims},
        "numbered": list(relations),
        "order": _reading_order(ordered, numerals, relations),
        "lines": lines,
        "grid": _grid(tabled),
        "listed": [figure.key for figure in astray if not is_of_table(figure)],
        "doubts": [{"figure": d.key, "first": d.first, "words": d.words} for d in words.doubts],
        "together": words.together,
        "numerals": numerals,
        "source": {name: shown(name, source.get(name, ""), language) for name in OF_SOURCE},
        "unsaid": [name for name in OF_SOURCE if source.get(name) == "not stated"],
        "gaps": [_gap(gap.column, gap.row, words) for gap in session.gaps],
        "can_undo": session.can_undo,
        "can_redo": session.can_redo,
        "notes": notes,
        "foreign": _foreign(session, ordered, astray, notes, words),
    }


def choices(language: Language) -> Data:
    """What the fields that are chosen from can hold, with what it is called."""
    zh = language == "zh"
    bases: dict[str, tuple[str, str]] = {"": ("", ""), **BASES, "not stated": AGAINST["not stated"]}
    return {
        "measure": [[key, names[zh]] for key, names in MEASURES.items()],
        "basis": [[key, names[zh]] for key, names in bases.items()],
        "against": [[shown("against", key, language), names[zh]] for key, names in AGAINST.items()],
    }


def kinds(language: Language) -> list[Data]:
    """The kinds of claim: their roles, how many figures may have each, and of which measure."""
    zh = language == "zh"
    return [
        {
            "kind": name,
            "called": CALLED[name][zh],
            "roles": [
                {
                    "role": role,
                    "called": INTERFACE[f"role {role}"][zh],
                    "many": most > 1,
                    "needed": least > 0,
                    "measure": kind.measure.get(role, ""),
                }
                for role, (least, most) in kind.roles.items()
            ],
        }
        for name, kind in KINDS.items()
    ]


def _in_text(figure: Figure) -> tuple[bool, int, int]:
    line, position = figure.place or (0, 0)
    return figure.place is None, line, position


def _figure(figure: Figure, session: Session, words: Words) -> Data:
    row = session.figure(figure.key)
    doubt = words.likeliest.get(figure.key)
    return {
        "reported": figure.reported,
        "name": figure.name,
        "measure": figure.measure,
        "measured": words.word(MEASURES, figure.measure),
        "bounds": figure.bounds,
        "told": words.told(figure),
        "place": " · ".join(part for part in (figure.row, figure.column) if part),
        "proposed": figure.proposed,
        "doubt": doubt.slip.rpartition(" → ")[2] if doubt else "",
        "fields": {name: shown(name, row.get(name, ""), words.language) for name in EDITABLE},
    }


def _relations(session: Session) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in session.relations():
        found.setdefault(row["relation"], []).append(row)
    return found


def _claim(claim: Claim, relation: str, rows: list[Row], words: Words, zh: bool) -> Data:
    return {
        "relation": relation,
        "kind": rows[0]["kind"],
        "words": claim.named,
        "verdict": claim.verdict,
        "judged": words.word(VERDICTS, claim.verdict),
        "explanation": claim.explanation,
        "proposed": claim.proposed,
        "note": claim.note,
        "roles": [
            {
                "role": row["role"],
                "called": INTERFACE[f"role {row['role']}"][zh],
                "figure": row["figure"],
                "reported": words.figures[row["figure"]].reported,
            }
            for row in rows
        ],
    }


def _reading_order(
    figures: list[Figure], numerals: Data, relations: dict[str, list[Row]]
) -> list[list[str]]:
    """Figures and other numerals as they stand, each claim once its figures have been met."""
    placed = [(_in_text(figure), ["figure", figure.key]) for figure in figures]
    placed += [((False, n["line"] - 1, n["at"]), ["numeral", key]) for key, n in numerals.items()]
    placed.sort(key=lambda each: each[0])
    places = {key: n for n, (_, (what, key)) in enumerate(placed) if what == "figure"}
    last: dict[str, list[str]] = {}
    for relation, rows in relations.items():
        key = max((row["figure"] for row in rows), key=places.__getitem__)
        last.setdefault(key, []).append(relation)
    order = []
    for _, (what, key) in placed:
        claims = last.get(key, []) if what == "figure" else []
        order += [[what, key], *(["claim", relation] for relation in claims)]
    return order


def _text(
    session: Session, figures: Iterable[Figure], language: Language
) -> tuple[list[Data], list[Figure]]:
    """The lines of the text in pieces, each with its offset; and the figures that stand in none.

    Lines of a table's figures alone are one line, with its grid.
    """
    lines = session.text.split("\n") if session.text is not None else []
    pieces: dict[int, list[tuple[int, int, Data]]] = {}
    of_line: dict[int, list[Figure]] = {}
    astray = []

    def taken(line: int, start: int, end: int) -> bool:
        return any(start < until and at < end for at, until, _ in pieces.get(line, ()))

    for figure in figures:
        places = standing(lines, *(figure.place or (-1, -1)), figure.reported)
        if not places or any(map(taken, *zip(*places, strict=True))):
            astray.append(figure)
            continue
        for n, (line, start, end) in enumerate(places):  # all of it is shown at the first
            what: Data = {"text": "", "hidden": True} if n else {"figure": figure.key}
            pieces.setdefault(line, []).append((start, end, what))
        of_line.setdefault(places[0][0], []).append(figure)
    if not pieces and any(is_of_table(figure) for figure in astray):
        return [], astray  # a table is shown as one, not as what it was written in
    passed = [(place_of(row), row["reported"], row["reason"]) for row in session.passed_over()]
    passed += [((n, at), text, "") for n, at, text in session.unaccounted()]
    for (line, start), reported, why in passed:
        line, end = line - 1, start + len(reported)
        stands = 0 <= line < len(lines) and lines[line].startswith(reported, start)
        if stands and not taken(line, start, end):
            pieces.setdefault(line, []).append(
                (start, end, {"why": shown("reason", why, language)})
            )
    return list(_lines(lines, pieces, of_line)), astray


def _lines(
    lines: list[str],
    pieces: dict[int, list[tuple[int, int, Data]]],
    of_line: dict[int, list[Figure]],
) -> Iterator[Data]:
    table: list[Figure] = []
    for n, text in enumerate(lines):
        figures = of_line.get(n, [])
        if figures and all(map(is_of_table, figures)):
            table += figures
            continue
        if table:
            yield {"line": n, "grid": _grid(table)}
            table = []
        if text.strip():
            yield {"line": n + 1, "pieces": list(_pieces(text, pieces.get(n, [])))}
    if table:
        yield {"line": len(lines), "grid": _grid(table)}


def _foreign(
    session: Session, figures: list[Figure], astray: list[Figure], notes: list[str], words: Words
) -> str:
    """That the folder is of another text; where its figures stand in this one it will do."""
    placed = sum(figure.place is not None for figure in figures)
    stray = sum(figure.place is not None for figure in astray)
    if session.text is None or not stray or not (notes or stray == placed):
        return ""
    said = INTERFACE["foreign"][words.language == "zh"]
    return said.format(count=stray, all=placed)


def _pieces(text: str, marked: list[tuple[int, int, Data]]) -> Iterator[Data]:
    done = 0
    for start, end, what in sorted(marked, key=lambda each: each[:2]):
        if done < start:
            yield from _plain(text, done, start)
        yield {"at": start, "text": text[start:end]} | what
        done = end
    yield from _plain(text, done, len(text))


def _plain(text: str, start: int, end: int) -> Iterator[Data]:
    """Text between figures; what would hide in it or turn it is spelled out, apart from it."""
    for part in _TURNING.split(text[start:end]):
        if part and _TURNING.fullmatch(part):
            yield {"at": start, "text": f"[U+{ord(part):04X}]", "hidden": True}
        elif part:
            yield {"at": start, "text": part}
        start += len(part)


def _grid(figures: list[Figure]) -> Data | None:
    if not figures:
        return None
    grid = grid_of(figures)
    return {
        "heads": [[[head.label, head.over] for head in level] for level in grid.heads],
        "rows": [[name, [[f.key for f in cell] for cell in of]] for name, of in grid.rows],
    }


def _numerals(session: Session, language: Language, *, checked: bool) -> Data:
    """Every numeral that is no figure, and why; first those that no table accounts for."""
    left = session.unaccounted() if checked else []
    rows = [(n, at, text, "") for n, at, text in left]
    for row in session.passed_over():
        rows.append((*place_of(row), row["reported"], row["reason"]))
    return {
        f"{line}:{at}": {"line": line, "at": at, "text": text, "why": why}
        | {
            "called": shown("reason", why, language),
            "proposed": checked and why in ("", "no figure"),
        }
        for line, at, text, why in rows
    }


def _gap(column: str, row: int | None, words: Words) -> Data:
    """What is still missing: of a figure, or of the source."""
    if column.startswith("source "):
        return {"figure": "", "name": "", "field": column.removeprefix("source ")}
    keys = list(words.figures)
    figure = keys[row - 2] if row is not None and 2 <= row < len(keys) + 2 else ""
    name = words.figures[figure].name if figure else ""
    return {"figure": figure, "name": name, "field": column}
