"""A review of a data folder: what is read in it, corrected and accepted, step by step.

Each step is a few rows, before and after. It is checked as `load` checks, written, and can be
undone as long as its rows are still as it left them. Between steps the files may change: they are
what counts, and are read again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ..extract import Extract, ExtractError, Fault, coverage
from ..extract.model import DAY_OR_NONE, is_day_or_none
from .corrections import (
    Finder,
    Found,
    add_claim,
    alike,
    correct,
    days_of,
    free_key,
    set_aside,
    tied,
    with_reason,
    written,
)
from .folder import FILES, PACKAGE, SOURCE, ChangedUnderneath, Contents, Folder, Key, Row
from .steps import (
    About,
    Change,
    Refused,
    Tables,
    about,
    apply,
    changes,
    claim_rows,
    key_of,
    place_of,
)
from .words import Judged

EDITABLE = (
    *("name_zh", "measure", "when", "period_start", "as_of", "against", "basis", "value", "unit"),
    *("note", "name_en", "theme"),
)
OF_SOURCE = ("title", "publisher", "publisher_en", "published")
_MOST_STEPS = 1000
_CHANGED = "The files were changed underneath: look at it again, then decide"


class Session:
    """A data folder under review, and the text it was taken from.

    Raises `ExtractError` where the folder is more than unfinished: see `load_unfinished`.
    """

    def __init__(self, folder: str | Path, text: str | None = None) -> None:
        self.text = text
        self._finder = Finder(text)
        self._folder = Folder(folder)
        self._contents = self._folder.read()
        self._done: list[list[Change]] = []
        self._undone: list[list[Change]] = []
        self._judged: tuple[Any, Judged] | None = None
        self._diagnosed: dict[Any, Any] = {}  # see `audit_and_diagnosis`
        self._uncovered: tuple[Any, list[tuple[int, int, str]]] | None = None
        self.changed_underneath = 0  # how often somebody else was found to have written

    @property
    def extract(self) -> Extract:
        return self._contents.extract

    @property
    def gaps(self) -> tuple[Fault, ...]:
        """What is still to be filled in."""
        return self._contents.gaps

    def figure(self, key: str) -> Row:
        """The row of a figure as text. Raises `Refused` where there is none."""
        row = self._contents.tables["figures"].get((key,))
        if row is None:
            raise Refused("There is no figure {key}", key=key)
        return row

    def source(self) -> Row:
        return self._contents.tables[PACKAGE][SOURCE]

    def claim(self, relation: str) -> dict[Key, Row]:
        """The rows of a claim. Raises `Refused` where there is none."""
        table = self._contents.tables["relations"]
        rows = {key: row for key, row in table.items() if row["relation"] == relation}
        if not rows:
            raise Refused("There is no claim {key}", key=relation)
        return rows

    def relations(self) -> list[Row]:
        return list(self._contents.tables["relations"].values())

    def passed_over(self) -> list[Row]:
        return list(self._contents.tables["passed-over"].values())

    @property
    def state(self) -> tuple[Contents, bool, bool]:
        """What a page shows; another after each step, and after the files were read again."""
        return self._contents, self.can_undo, self.can_redo

    @property
    def can_undo(self) -> bool:
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        return bool(self._undone)

    def judged(self) -> Judged:
        """Audit and diagnosis; made anew only after what they depend on has changed."""
        of = ("reported", "value", "unit", "measure", "against", "basis")
        figures, relations = self._contents.tables["figures"], self._contents.tables["relations"]
        tied = {row["figure"] for row in relations.values()}
        depends = (
            [(*k, *(row[name] for name in of)) for k, row in figures.items() if k[0] in tied],
            [(*key, row["kind"]) for key, row in relations.items()],
        )
        if self._judged is None or self._judged[0] != depends:
            self._judged = depends, Judged.of(self.extract, self._diagnosed)
        return self._judged[1]

    def unaccounted(self) -> list[tuple[int, int, str]]:
        """Line, offset and text of each numeral that is in no table, as `coverage` tells."""
        of = ("paragraph", "position", "reported")
        tables = self._contents.tables
        rows = [*tables["figures"].values(), *tables["passed-over"].values()]
        depends = {tuple(row[name] for name in of) for row in rows}  # in whichever of the two
        if self.text is None:
            return []
        if self._uncovered is None or self._uncovered[0] != depends:
            table = coverage(self.extract, self.text)
            left = table[(table["accounted"] == 0) & ~table["by"].str.contains(":", regex=False)]
            columns = [left[name].tolist() for name in ("paragraph", "position", "numeral")]
            self._uncovered = depends, list(zip(*columns, strict=True))
        return self._uncovered[1]

    # Steps. Each raises `Refused` or `ExtractError`, and then nothing has changed.

    def look(self) -> bool:
        """Read the files again where somebody else has written; whether anything is different."""
        if self._folder.is_as_seen():
            return False
        before = self._contents.tables
        self._contents = self._folder.read()
        other = before != self._contents.tables
        self.changed_underneath += other
        return other

    def edit(self, figure: str, column: str, value: str) -> list[str]:
        """Write a cell of a figure; the other figures that `copy` may do the same for."""
        if column not in EDITABLE:
            raise Refused("{key} is not edited here", column, key=column)
        before = self.figure(figure)

        def change(tables: Tables) -> None:
            correct(tables, figure, column, value.strip())

        self._take(change, figure=figure, field=column)
        tables = self._contents.tables
        same = written(before, column) == written(self.figure(figure), column)
        return [] if same else alike(tables, before, column)

    def copy(self, figure: str, column: str, to: list[str]) -> None:
        """Write what a figure has in a cell, or as its time, for others as well."""
        if column not in EDITABLE:
            raise Refused("{key} is not edited here", column, key=column)
        cells = written(self.figure(figure), column)
        for other in to:
            self.figure(other)

        def change(tables: Tables) -> None:
            for other in to:
                tables["figures"][(other,)] |= cells

        self._take(change, figure=figure, field=column)

    def edit_source(self, field: str, value: str) -> int:
        """Write who published the article, when, under which title; how many figures it dates.

        The day it was published dates the times of unread figures that had no day.
        """
        if field not in OF_SOURCE:
            raise Refused("{key} is not edited here", field, key=field)
        day = value.strip()
        if field == "published" and day and not is_day_or_none(day):
            says, expected = "found {found}, expected {expected}", DAY_OR_NONE
            raise Refused(says, "source published", found=value, expected=expected, of="cell")

        def change(tables: Tables) -> None:
            tables[PACKAGE][SOURCE][field] = value.strip()
            if field == "published":
                for row in tables["figures"].values():
                    if row["status"] and not (row["period_start"] or row["as_of"]):
                        row |= days_of(tables, row["figure"], row["when"])

        before = self._contents.tables["figures"]
        self._take(change, field=f"source {field}")
        return sum(row != before.get(key) for key, row in self._contents.tables["figures"].items())

    def accept(self, figure: str) -> None:
        """A person has read the figure."""

        def change(tables: Tables) -> None:
            tables["figures"][(figure,)]["status"] = ""

        self._take(change, figure=figure)

    def accept_claim(self, relation: str) -> None:
        """A person has read the claim."""

        def change(tables: Tables) -> None:
            for row in claim_rows(tables, relation):
                row["status"] = ""

        self._take(change, claim=relation)

    def reject(self, relation: str) -> None:
        """The text does not make the claim."""

        def change(tables: Tables) -> None:
            for row in list(claim_rows(tables, relation)):
                del tables["relations"][key_of(row)]

        self._take(change, claim=relation)

    def tie(self, relation: str, role: str, figure: str, to: str) -> None:
        """Another figure has a role in the claim; without `figure` one more, without `to` less."""
        if to:
            self.figure(to)

        def change(tables: Tables) -> None:
            tables["relations"] = tied(tables["relations"], relation, role, figure, to)

        self._take(change, claim=relation, field="figure")

    def add_claim(self, kind: str, roles: list[str], figures: list[str]) -> str:
        """A claim that was missed, read by who adds it; its key."""
        for figure in figures:
            self.figure(figure)
        made: dict[Key, Row] = {}

        def change(tables: Tables) -> None:
            made.update(add_claim(tables["relations"], kind, roles, figures))
            tables["relations"] |= made

        self._take(change, field="figure")
        return next(iter(made))[0]

    def pass_over(self, figure: str, reason: str) -> None:
        """The numeral is no figure: it goes to the passed-over, and its claims go.

        Of a claim with other parts left only the part goes.
        """
        if not reason.strip():
            raise Refused("A reason is needed: why it is no figure", "reason")

        def change(tables: Tables) -> None:
            set_aside(tables, figure, reason.strip())

        self._take(change, figure=figure, field="reason")

    def say_why(self, paragraph: int, position: int, reason: str) -> None:
        """Why a numeral that is no figure is none; one that is in no table is passed over by it."""
        if not reason.strip():
            raise Refused("A reason is needed: why it is no figure", "why")
        left = [each for each in self.unaccounted() if each[:2] == (paragraph, position)]

        def change(tables: Tables) -> None:
            tables["passed-over"] = with_reason(
                tables["passed-over"], paragraph, position, reason.strip(), left
            )

        self._take(change, field="why")

    def find(self, paragraph: int, start: int, end: int) -> Found:
        """The figure at a place of the text: see `Finder.find`."""
        figures = self._contents.tables["figures"].values()
        return self._finder.find(paragraph, start, end, figures)

    def add(self, paragraph: int, start: int, end: int, name: str = "", unit: str = "") -> str:
        """A figure that was missed; its key. What the text does not tell stays empty."""
        found = self.find(paragraph, start, end)
        named = name.strip() or found.row.get("name_zh", "") or found.row.get("name_en", "")
        if not named:
            raise Refused("A name is needed: what it counts", "name_zh")
        row = found.row | {"name_zh": named}
        row["unit"] = row["unit"] or unit.strip()
        figures = self._contents.tables["figures"]
        key = free_key(found.key or named, figures)
        columns = next(iter(figures.values()), row)

        def change(tables: Tables) -> None:
            end = found.position + len(found.reported)
            over = tables["passed-over"]
            for place, passed in list(over.items()):
                at = place_of(passed)
                if (
                    at[0] == paragraph
                    and at[1] < end
                    and found.position < at[1] + len(passed["reported"])
                ):
                    del over[place]
            after = [k for k, r in figures.items() if place_of(r) < (paragraph, found.position)]
            new = {(key,): dict.fromkeys(columns, "") | row | {"figure": key}}
            first = list(figures).index(after[-1]) + 1 if after else 0
            rows = list(tables["figures"].items())
            tables["figures"] = dict(rows[:first]) | new | dict(rows[first:])

        self._take(change, field="name_zh")
        return key

    def undo(self) -> About:
        """Take back the last step; what it was about."""
        if not self._done:
            raise Refused("There is nothing to undo")
        step = [Change(c.table, c.key, c.after, c.before, c.place) for c in self._done[-1]]
        self._take(lambda tables: apply(tables, step), back=True)
        self._undone.append(self._done.pop())
        return about(step)

    def redo(self) -> About:
        """Take the step again that was taken back last; what it is about."""
        if not self._undone:
            raise Refused("There is nothing to redo")
        step = self._undone[-1]
        self._take(lambda tables: apply(tables, step), back=True)
        self._done.append(self._undone.pop())
        return about(step)

    # How a step is taken.

    def _take(
        self,
        change: Callable[[Tables], None],
        figure: str | None = None,
        claim: str | None = None,
        field: str = "",
        *,
        back: bool = False,
    ) -> None:
        """Change the tables, check and write them, if nobody else has changed what it is about.

        Only `back` to what was, which is no new step, may open a gap.
        """
        meant = self._meant(figure, claim)
        self.look()
        if self._meant(figure, claim) != meant:
            raise Refused(_CHANGED)
        old = self._contents
        tables = {name: {k: dict(r) for k, r in t.items()} for name, t in old.tables.items()}
        change(tables)
        step = list(changes(old.tables, tables))
        if not step:
            return
        try:
            checked = self._folder.check(tables)
        except ExtractError as error:
            raise self._refused(error.faults, field) from error
        new = list((_counted(checked.contents.gaps) - _counted(old.gaps)).elements())
        if new and not back:
            checked.drop()
            gaps = [gap for gap in checked.contents.gaps if _said(gap) in new]
            raise self._refused(gaps, field)
        try:
            checked.put_in_place()
        except ChangedUnderneath as error:
            self.look()
            raise Refused(_CHANGED) from error
        self._contents = checked.contents
        if not back:
            self._done = [*self._done, step][-_MOST_STEPS:]
            self._undone.clear()

    def _meant(self, figure: str | None, claim: str | None) -> object:
        """What a step is about, as the person who takes it has seen it."""
        of_figure = None if figure is None else self.figure(figure)
        return of_figure, None if claim is None else self.claim(claim)

    def _refused(self, faults: Any, field: str) -> Refused:
        """The fault of the edited field, or else the first that the change would bring."""
        before = set(map(_said, self.gaps))
        new = [fault for fault in faults if _said(fault) not in before] or list(faults)
        mine = next((fault for fault in new if fault.column == field), new[0])
        key, _, rest = mine.found.partition(" ")
        if mine.file == FILES["relations"] and (key,) in self._contents.tables["figures"]:
            found = f"{self.figure(key)['reported'].replace(' ', '')} {rest}".strip()
        else:
            found = mine.found if len(mine.found) <= 60 else mine.found[:57] + "..."
        says = "found {found}, expected {expected}" if found else "expected {expected}"
        of = "cell" if mine.file == FILES["figures"] else "claim"
        return Refused(says, field or mine.column, found=found, expected=mine.expected, of=of)


def _said(fault: Fault) -> tuple[str, str, str, str]:
    return fault.file, fault.column, fault.found, fault.expected


def _counted(gaps: tuple[Fault, ...]) -> Counter[tuple[str, str, str, str]]:
    return Counter(map(_said, gaps))
