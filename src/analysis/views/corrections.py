"""What a correction writes: a claim's figures, a time's days, and in which others it is alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date

from ..article.periods import dates_of
from ..article.words import fold
from ..kinds import KINDS
from .folder import PACKAGE, SOURCE, Key, Row
from .missed import in_order
from .steps import Refused, Tables, claim_rows, key_of

TIME = ("when", "period_start", "as_of")
_MOVED = ("change", "difference")
_NAMES = ("name_zh", "name_en")
_RUNS = ("theme", "unit", "against", "basis")  # hold until something else is said


def written(row: Row, column: str) -> dict[str, str]:
    """What is written with a cell: a time is three of them, and a name is in two languages."""
    together = next((of for of in (TIME, _NAMES) if column in of), (column,))
    return {name: row[name] for name in together}


def correct(tables: Tables, figure: str, column: str, value: str) -> None:
    """Write a cell of a figure, and what follows from it.

    A time phrase brings its days; what was no change until now needs a base, and the reverse; the
    figures that claims tie to it in one unit stay in one. A change that had the name of its value
    has it still, and what was one name in both languages is one.
    """
    row = tables["figures"][(figure,)]
    before, row[column] = dict(row), value
    if column == "measure":
        moved, change = value in _MOVED, value == "change"
        row["against"] = (row["against"] or "not stated") if moved else ""
        row["basis"] = (row["basis"] or "not stated") if change else ""
    elif column == "when":
        row |= days_of(tables, figure, value, before["when"])
    elif column == "unit":
        for other in _in_one_unit(tables, figure, before["unit"]):
            tables["figures"][(other,)]["unit"] = value
    elif column in _NAMES:
        if value and before["name_zh"] == before["name_en"]:
            row |= dict.fromkeys(_NAMES, value)
        for other in _of_one_name(tables, before):
            tables["figures"][(other,)] |= written(row, column)


def _of_one_name(tables: Tables, before: Row) -> set[str]:
    """The unread figures that had the name of one, and that a change ties to it."""
    rows = [row for row in tables["relations"].values() if row["kind"] == "change"]
    mine = {row["relation"] for row in rows if row["figure"] == before["figure"]}
    tied = {row["figure"] for row in rows if row["relation"] in mine} - {before["figure"]}
    had = written(before, _NAMES[0])
    figures = ((key, tables["figures"].get((key,))) for key in tied if any(had.values()))
    return {key for key, row in figures if row and row["status"] and written(row, _NAMES[0]) == had}


def _in_one_unit(tables: Tables, figure: str, unit: str) -> set[str]:
    """The figures in a unit that claims tie to one as what has to be in one unit with it."""
    claims: dict[str, set[str]] = {}
    for row in tables["relations"].values():
        of = tables["figures"].get((row["figure"],))
        same = of is not None and (row["figure"] == figure or of["unit"] == unit)
        if same and row["kind"] in KINDS and row["role"] in KINDS[row["kind"]].one_unit:
            claims.setdefault(row["relation"], set()).add(row["figure"])
    tied = {figure}
    while more := [each for each in claims.values() if each & tied and each - tied]:
        tied.update(*more)
    return tied - {figure}


def days_of(tables: Tables, figure: str, phrase: str, before: str = "") -> dict[str, str]:
    """The days of a time phrase, as far as it, the day of publication and the text tell them.

    The year of 上半年 is that of the figure, or else of the last one before it that has one. Where
    a phrase tells no day, the days stay, but for those that the phrase `before` told; where there
    is no phrase, none stay.
    """
    if not phrase:
        return dict.fromkeys(TIME[1:], "")
    published = None
    with suppress(ValueError):
        published = date.fromisoformat(tables[PACKAGE][SOURCE].get("published", ""))
    year = None
    for row in tables["figures"].values():
        day = row["as_of"] or row["period_start"]
        year = int(day[:4]) if day else year
        if row["figure"] == figure:
            break
    told, old = (
        dict(zip(TIME[1:], dates_of(fold(each), year, published), strict=True))
        for each in (phrase, before)
    )
    if any(told.values()):
        return told
    row = tables["figures"][(figure,)]
    return told if before and all(row[name] == day for name, day in old.items()) else {}


def alike(tables: Mapping[str, dict[Key, Row]], before: Row, column: str) -> list[str]:
    """The unread figures that had the same in a cell which was corrected in one.

    The same name is that in both languages, and one that is said; a theme, a unit or a base holds
    until something else is said, so only those after it count.
    """
    keys = [key for (key,) in tables["figures"]]
    if column in _NAMES:
        of: tuple[str, ...] = _NAMES
    elif column in (*TIME, *_RUNS):
        of = TIME if column in TIME else (column,)
    else:
        return []
    near = keys[keys.index(before["figure"]) + 1 :] if column in _RUNS else keys
    had = [before[name] for name in of]
    if column in _NAMES and not any(had):
        return []
    rows = ((key, tables["figures"][(key,)]) for key in near if key != before["figure"])
    return [key for key, row in rows if row["status"] and [row[name] for name in of] == had]


def set_aside(tables: Tables, figure: str, reason: str) -> None:
    """A figure that is none goes to the passed-over, and its claims go.

    Of a claim with other parts left only the part goes.
    """
    gone = tables["figures"].pop((figure,))
    for relation in {r["relation"] for r in tables["relations"].values() if r["figure"] == figure}:
        rows = list(claim_rows(tables, relation))
        others = [row for row in rows if row["figure"] != figure]
        mine = [row for row in rows if row["figure"] == figure]
        is_part = all(row["role"] == "part" for row in mine)
        left = is_part and any(row["role"] == "part" for row in others)
        for row in mine if left else rows:
            del tables["relations"][key_of(row)]
    if gone["paragraph"] and gone["position"]:
        names = ("paragraph", "position", "reported")
        row = {name: gone[name] for name in names} | {"reason": reason}
        passed = tables["passed-over"] | {(gone["paragraph"], gone["position"]): row}
        tables["passed-over"] = in_order(passed)


def add_claim(
    rows: dict[Key, Row], kind: str, roles: Sequence[str], figures: Sequence[str]
) -> dict[Key, Row]:
    """The rows of a claim that was missed, under a key of its own; who adds it has read it."""
    if not figures or len(roles) != len(figures):
        raise Refused("A claim ties figures, each with a role")
    taken = {row["relation"] for row in rows.values()}
    number = 1
    while (relation := f"{kind}_{number:02d}") in taken:
        number += 1
    said = {"relation": relation, "kind": kind, "status": "", "note": ""}
    return {
        (relation, role, figure): said | {"role": role, "figure": figure}
        for role, figure in zip(roles, figures, strict=True)
    }


def tied(rows: dict[Key, Row], relation: str, role: str, figure: str, to: str) -> dict[Key, Row]:
    """Rows of claims with another figure in a role of one.

    Without `figure` one more has the role, without `to` one less.
    """
    old, new = (relation, role, figure), (relation, role, to)
    if figure and old not in rows:
        raise Refused("There is no claim {key}", key=relation)
    if new in rows:
        raise Refused("{to} already has that role in this claim", "figure", to=to)
    made: dict[Key, Row] = {}
    of = [key for key in rows if key[0] == relation]
    for key, row in rows.items():
        if key != old:
            made[key] = row
        elif to:
            made[new] = row | {"figure": to}
        if key == of[-1] and not figure:
            made[new] = row | {"role": role, "figure": to}
    return made
