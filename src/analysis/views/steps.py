"""Steps of a review: rows of a data folder's tables, before and after."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from .folder import Key, Row

Tables = dict[str, dict[Key, Row]]


class Refused(ValueError):
    """A step that was not taken, and why; `field` is where the reason belongs."""

    def __init__(self, says: str, field: str = "", **values: str) -> None:
        self.says, self.field, self.values = says, field, values
        super().__init__(says.format(**values) if values else says)


class Change(NamedTuple):
    """A row of a table, before and after (None: not there), and at which place it stands."""

    table: str
    key: Key
    before: Row | None
    after: Row | None
    place: int


class About(NamedTuple):
    """What a step changes, for whoever is told of it: a figure, a claim, or neither."""

    figure: str
    claim: str
    reported: str  # as printed, of a figure or of a numeral that is passed over
    fields: list[str]  # the cells, where a row has others than before
    more: int  # how many figures it changes besides


def about(step: list[Change]) -> About:
    """What a step changes: figures before claims, claims before what is passed over."""
    names = ("figures", "relations", "passed-over")
    first = min(step, key=lambda c: names.index(c.table) if c.table in names else len(names))
    before, after = first.before or {}, first.after or {}
    row = after or before
    both = before and after
    return About(
        figure=first.key[0] if first.table == "figures" else "",
        claim=first.key[0] if first.table == "relations" else "",
        reported=row.get("reported", ""),
        fields=[name for name in row if both and row[name] != before.get(name, "")],
        more=max(sum(each.table == "figures" for each in step) - 1, 0),
    )


def claim_rows(tables: Tables, relation: str) -> Iterator[Row]:
    return (row for row in tables["relations"].values() if row["relation"] == relation)


def key_of(row: Row) -> Key:
    return row["relation"], row["role"], row["figure"]


def place_of(row: Row) -> tuple[int, int]:
    """Where a row stands in the text; what names no place stands before it."""
    return int(row["paragraph"] or 0), int(row["position"] or -1)


def changes(before: Mapping[str, dict[Key, Row]], after: Tables) -> Iterator[Change]:
    for name, rows in after.items():
        old = before[name]
        places = {key: n for n, key in enumerate(old)}
        for key in [key for key in old if key not in rows]:
            yield Change(name, key, old[key], None, places[key])
        for place, (key, row) in enumerate(rows.items()):
            if old.get(key) != row:
                yield Change(name, key, old.get(key), row, place)


def apply(tables: Tables, step: list[Change]) -> None:
    """The rows of a step put in their places, where they still are as it expects."""
    for change in step:
        if tables[change.table].get(change.key) != change.before:
            raise Refused("This was changed by somebody else since, and stays as it is")
    for change in step:
        if change.after is None:
            del tables[change.table][change.key]
    for change in sorted(step, key=lambda each: each.place):
        if change.after is not None and change.before is None:
            rows = list(tables[change.table].items())
            rows.insert(change.place, (change.key, dict(change.after)))
            tables[change.table] = dict(rows)
        elif change.after is not None:
            tables[change.table][change.key] = dict(change.after)
