"""What a table shows of a frame: its columns with their heads, cells and marks, as plain text."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, NamedTuple

import pandas as pd

from ..bounds import Bounds
from ..claims import result_figures
from ..extract import Extract
from ..extract.model import called, published_of, source_lines
from ..figures.script import width
from ..kinds import KINDS, unit_of_role
from ..phrases import explained, say, then
from ..units import PERCENT, Language, is_scaled, names_of
from ..years.indicators import names_in
from .heads import HEADS, ROLES, WORDS
from .names import names_apart
from .numbers import comes_out, written

MISSING = "—"
MOST = 500  # rows; a longer table nobody reads, and a page of it is slow
# Of prior values these answer first, in this order; the rest follows.
_FIRST = (*KINDS["change"].roles, "candidates")
# Numbers in the unit of their row's figure, and those that are percentages whatever it is.
_IN_UNIT = {
    *("bounds", "value", "printed", "recomputed", "gap", "tightened", "current", "prior"),
    *("difference", "earlier", "later", "implied", "revision"),
}
_IN_PERCENT = {"change", "growth", "by_prints"}
_KEYS = {"figure", "relation", "indicator", "theme", "claims", "term"}
_ISSUES = {"issue", "implied_by"}  # of one issuer: told apart by their days
# Said once below the table where all rows say the same; of these, what no row says is worth a word.
_SAID_ONCE = {
    *("theme", "unit", "measure", "precision", "hedge", "when", "period_start", "as_of", "against"),
    *("basis", "status", "term", "note", "kind", "prior_period_start", "prior_as_of", "check"),
    *("earlier_as_of", "later_as_of", "days", "cumulative", "issue", "implied_by"),
}
_MISSED = {"period_start", "as_of", "earlier_as_of", "later_as_of", "days"}


class Column(NamedTuple):
    """A column to be shown."""

    head: str
    cells: list[str]
    marks: list[str]  # of each cell: "contradicts", "proposed" or nothing
    numbers: bool
    breaks: bool  # words that may break
    key: bool


class _Figure(NamedTuple):
    """What an extract knows of the figure that a row is of."""

    name: str = ""
    unit: str = ""
    status: str = ""


class Columns:
    """The columns of a frame's table, and the lines that stand below it."""

    def __init__(
        self,
        frame: pd.DataFrame,
        sources: tuple[Extract, ...],
        language: Language,
        heads: Mapping[str, str],
        indicators: pd.DataFrame | None,
    ) -> None:
        self.sources, self.language, self.heads = sources, language, heads
        self.publishers = _called(sources, language)
        self.days = {e.name: e.source.published for e in sources if e.source is not None}
        self.indicators = names_in(indicators, language)
        self.left_out = max(0, len(frame) - MOST)
        frame = frame.iloc[:MOST]
        self.count = len(frame)
        numbered = isinstance(frame.index, pd.RangeIndex) and frame.index.name is None
        levels = [] if numbered else range(frame.index.nlevels)
        self.keys = [str(frame.index.names[n] or "") for n in levels]
        self.values: dict[str, list[Any]] = {
            key: frame.index.get_level_values(n).tolist()
            for n, key in zip(levels, self.keys, strict=True)
        }
        for n, column in enumerate(frame.columns):
            parts = column if isinstance(column, tuple) else (column,)
            name = " / ".join(self._named(part) for part in parts)
            self.values[name] = frame.iloc[:, n].tolist()
        self.figures = list(self._figures())
        self._join_ranges()
        self.units = [figure.unit for figure in self.figures]
        if "unit" in self.values:
            self.units = ["" if _missing(unit) else str(unit) for unit in self.values["unit"]]
        self.one_unit = self.units[0] if len({*self.units}) == 1 else ""
        self.same: list[str] = []  # what all rows say
        self.empty: list[str] = []  # what no row says
        made = map(self._column, self._order())
        self.columns = [each for each in made if each is not None]

    def say(self, phrase: str, **values: object) -> str:
        return say(phrase, self.language, **values)

    def _named(self, key: Any) -> str:
        """A source or an indicator by its name, anything else as it is."""
        return self.publishers.get(key) or self.indicators.get(key) or str(key)

    @cached_property
    def known(self) -> dict[str, dict[Any, _Figure]]:
        """The figures of each extract."""
        found = {}
        for extract in self.sources:
            table = extract.figures
            # Beside what is printed, and when that was, names need nothing more.
            plain = "reported" in self.values
            names = (
                list(extract.named(self.language)) if plain else names_apart(extract, self.language)
            )
            rows = zip(names, table["unit"], table["status"], strict=True)
            figures = (_Figure(*row) for row in rows)
            found[extract.name] = dict(zip(table.index, figures, strict=True))
        return found

    @cached_property
    def results(self) -> dict[str, dict[Any, Any]]:
        """Of each extract the figure that a claim is called by; most tables have no claims."""
        return {extract.name: result_figures(extract).to_dict() for extract in self.sources}

    @cached_property
    def claim_names(self) -> dict[Any, str]:
        return {
            relation: self.known[name][key].name
            for name, of_extract in self.results.items()
            for relation, key in of_extract.items()
            if key in self.known[name]
        }

    @cached_property
    def figure_names(self) -> dict[Any, str]:
        return {key: figure.name for of in self.known.values() for key, figure in of.items()}

    def _figures(self) -> Iterator[_Figure]:
        """The figure of each row, or nothing known where no extract has it."""
        known = self.known
        extracts = {extract.name: extract for extract in self.sources}
        keys = self.values.get("figure", self.values.get("later"))
        of = self.values.get("extract", [None] * self.count)
        relations = self.values.get("relation")
        for row in range(self.count):
            found = _Figure()
            for name in [of[row]] if of[row] in known else known if of[row] is None else ():
                key = keys[row] if keys else None
                if key is None and relations:
                    key = self.results[name].get(relations[row])
                implied = "" if key is None or key in known[name] else str(key)
                if implied:  # by a claim: cases_change.prior
                    key = self.results[name].get(implied.rpartition(".")[0])
                of_row = known[name].get(key, _Figure())
                if implied and of_row.name:
                    of_row = of_row._replace(unit=_unit_of_implied(extracts[name], implied))
                found = found if found.name else of_row
            yield found

    def _join_ranges(self) -> None:
        """x_low and x_high as one column of bounds, x; low and high as `bounds`."""
        joined: dict[str, list[Any]] = {}
        for name, values in self.values.items():
            stem = name.removesuffix("low")
            other = self.values.get(f"{stem}high")
            if name.endswith("low") and other is not None:
                pairs = zip(values, other, strict=True)
                joined[stem.rstrip("_") or "bounds"] = [
                    None if _missing(low) or _missing(high) else Bounds(float(low), float(high))
                    for low, high in pairs
                ]
            elif name.endswith("high") and f"{name.removesuffix('high')}low" in self.values:
                continue
            elif f"{name}_low" not in self.values:  # else its range says it
                joined[name] = values
        self.values = joined

    def _order(self) -> list[str]:
        names = [*self.values]
        if any(figure.name for figure in self.figures):
            names = [name for name in names if name != f"name_{self.language}"]
        if {"current", "prior"} <= {*names}:
            place = {name: n for n, name in enumerate([*self.keys, *_FIRST])}
            names.sort(key=lambda name: place.get(name, len(place)))
        if "unit" not in names and len({*self.units}) > 1 and _IN_UNIT & {*names}:
            self.values["unit"] = self.units
            names.append("unit")
        return names

    def _column(self, name: str) -> Column | None:
        """A column; nothing where its unit stands in the heads, or it is said once below."""
        values = [None if _missing(value) else value for value in self.values[name]]
        there = [value for value in values if value is not None]
        numbers = bool(there) and all(map(_is_number, there))
        units = [""] * self.count
        if numbers and name in _IN_PERCENT:
            units = [PERCENT.name] * self.count
        elif numbers and name in _IN_UNIT:
            units = self.units
        elif name == "unit" and self.one_unit and _IN_UNIT & {*self.values}:
            return None
        one = units[0] if len({*units}) == 1 else ""
        # A column in one way: a number that does not come out in millions keeps all out of them.
        self.short = numbers and not any(map(is_scaled, {*units}))
        self.short = self.short and all(comes_out(_bounds(v), self.language) for v in there)
        cells = [
            MISSING if value is None else self._cell(name, value, row, "" if one else units[row])
            for row, value in enumerate(values)
        ]
        head = self._head(name)
        if name in _SAID_ONCE and name not in self.keys and len(cells) > 1 and len({*cells}) == 1:
            lower = head[:1].lower() + head[1:]
            if there:
                self.same.append(self.say("is", head=lower, text=cells[0]))
            elif name in _MISSED:
                self.empty.append(lower)
            return None
        if one:
            head = self.say("in one unit", head=head, unit=names_of([one], self.language))
        marks = [self._mark(name, value, row) for row, value in enumerate(values)]
        dated = any(isinstance(value, pd.Timestamp) for value in there)
        # A printed figure is one word, but for one that is a sentence.
        whole = name == "reported" and max(map(width, cells), default=0) <= 16
        breaks = not (numbers or dated or whole)
        return Column(head, cells, marks, numbers, breaks, name in self.keys)

    def _head(self, name: str) -> str:
        if name in self.heads:
            return self.heads[name]
        if name == "prior" and {*self.values.get("against", [])} == {"year earlier"}:
            head = self.say("earlier", then=then("year earlier", 12, self.language))
            return head[:1].upper() + head[1:]
        # Of claims the columns of roles hold figures, and are called as the roles are.
        of_claims = any(isinstance(value, str) and value for value in self.values.get(name, ()))
        words = (ROLES if name in ROLES and of_claims else HEADS).get(name)
        said = words[self.language == "zh"] if words else ""
        return said[:1].upper() + said[1:] if words else name

    def _cell(self, name: str, value: Any, row: int, unit: str) -> str:
        if isinstance(value, bool):
            return self.say("yes" if value else "no")
        if _is_number(value):
            said = written(_bounds(value), self.language, unit, short=self.short)
            fit = self.values.get("candidates") if name == "prior" else None
            cut = fit is not None and not _missing(fit[row]) and fit[row] == 0
            return self.say("if cut off", value=said) if cut else said
        if isinstance(value, pd.Timestamp):
            return f"{value:%Y-%m-%d}"
        text = str(value)
        if name in _ISSUES and value in self.days:
            return self.days[value]
        if name == "extract" and value in self.publishers:
            return self.publishers[value]
        if name == "indicator" and value in self.indicators:
            return self.indicators[value]
        if name in ("figure", "relation", "indicator") and self.figures[row].name:
            return self.figures[row].name
        if name in ROLES and value:  # of claims: the figures in that role
            return self.say("list").join(self.figure_names.get(k, k) for k in text.split(", "))
        if name == "claims":
            text = self.say("list").join(self.claim_names.get(key, key) for key in text.split(", "))
        if name in _KEYS:
            return text.replace("_", " ")
        if name == "unit":
            return names_of([text], self.language)
        if name == "against" and text.startswith(("year ", "previous ")):
            return then(text, math.nan, self.language)
        if name == "status" and text == "proposed":
            return self.say("not read")
        if name in ("explanation", "slip"):
            return explained(text, self.language)
        words = WORDS.get(name, {})
        return words[text][self.language == "zh"] if text in words else text

    def _mark(self, name: str, value: Any, row: int) -> str:
        if name == "verdict":
            return "contradicts" if value == "contradicts" else ""
        status = self.figures[row].status if name == "figure" else value
        return "proposed" if name in ("figure", "status") and status == "proposed" else ""

    def below(self) -> list[str]:
        """What all rows say or leave open, who printed it, and how much nobody has read."""
        comma = "；" if self.language == "zh" else "; "
        lines = [self.say("more rows", count=f"{self.left_out:,}")] if self.left_out else []
        for phrase, what in (("each row", self.same), ("no row", self.empty)):
            lines += [self.say(phrase, what=comma.join(what))] if what else []
        lines += source_lines(self.sources, self.language)
        unread = sum(extract.proposed[0] for extract in self.sources)
        if unread:
            of = sum(len(extract.figures) for extract in self.sources)
            lines.append(self.say("proposed", unread=unread, all=of))
        return lines


def _called(sources: tuple[Extract, ...], language: Language) -> dict[Any, str]:
    """Each extract by its publisher, and where that has printed several by its day, too."""
    names = {each.name: called(each, language) for each in sources}
    several = {name for name in names.values() if [*names.values()].count(name) > 1}
    return {
        each.name: f"{names[each.name]}, {published_of(each.source, language)}"
        if each.source is not None and names[each.name] in several
        else names[each.name]
        for each in sources
    }


def _unit_of_implied(extract: Extract, key: str) -> str:
    """The unit of a figure that nobody printed, called by its claim and role."""
    relation, _, role = key.rpartition(".")
    claim = extract.relations[extract.relations["relation"] == relation]
    units = extract.figures["unit"].reindex(claim["figure"]).fillna("")
    return unit_of_role(claim["kind"].iloc[0], role, zip(claim["role"], units, strict=True))


def _missing(value: Any) -> bool:
    if isinstance(value, (Bounds, list, tuple)):
        return False
    return bool(pd.isna(value)) or value == ""


def _is_number(value: Any) -> bool:
    return isinstance(value, Bounds) or (
        pd.api.types.is_number(value) and not isinstance(value, bool)
    )


def _bounds(value: Any) -> Bounds:
    return value if isinstance(value, Bounds) else Bounds(float(value), float(value))
