"""What charts over many issues share: the table drawn, the names of its rows, one source line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import pandas as pd

from ..extract import Extract
from ..extract.cited import together
from ..units import Language
from ..years import series
from ..years.indicators import names_in
from .words import say


class Issues(NamedTuple):
    """The series of some indicators, their names, and all issues as one source."""

    table: pd.DataFrame
    names: dict[str, str]
    extract: Extract
    figures: pd.DataFrame


def issues(
    extracts: Sequence[Extract],
    indicators: pd.DataFrame | None,
    which: Sequence[str] | None,
    language: Language,
    against: str = "year earlier",
) -> Issues:
    """Raises `KeyError` for an indicator that is not there, else as `analysis.series`."""
    table = series(extracts, indicators, against).reset_index()
    of = list(table["indicator"].unique()) if which is None else list(which)
    absent = [name for name in of if name not in set(table["indicator"])]
    if absent:
        raise KeyError(f"no such indicator: {', '.join(absent)}")
    order = pd.CategoricalDtype(of, ordered=True)
    table = table[table["indicator"].isin(of)].astype({"indicator": order})
    table = table.sort_values("indicator", kind="stable").reset_index(drop=True)
    names = {name: name for name in of} | names_in(indicators, language)
    # The issues as one: who printed them, from when to when, and the last day they cover.
    used = {*table["issue"], *table["implied_by"]}
    drawn = [each for each in extracts if each.name in used]
    figures = pd.concat([each.figures[["as_of", "status"]] for each in drawn])
    figures = figures.assign(as_of=table.loc[table["issue"] != "", "as_of"].max())
    one = replace(extracts[-1], source=together(drawn, language))
    return Issues(table, {name: names[name] for name in of}, one, figures)


def part_of(table: pd.DataFrame, part: str | None) -> pd.DataFrame:
    """The rows of one part of the year ("Q1", "" for the whole); of the one most printed if None.

    With a column `year`. Raises `ValueError` for a part that no issue prints.
    """
    dated = table[table["period_start"].notna() & table["as_of"].notna()]
    year = dated["period_start"].dt.year
    named = zip(dated["period"], year, strict=True)
    parts = pd.Series([part_named(*pair) for pair in named], dated.index, dtype="object")
    printed = parts[dated["printed_low"].notna()]
    if part is None and len(printed):
        part = printed.value_counts(sort=True).index[0]
    if part is None or not (printed == part).any():
        raise ValueError(f"no issue prints the part of the year {part!r}")
    return dated.assign(year=year)[parts == part]


def part_named(period: str, year: int) -> str:
    """The part of the year in the name of a period: "Q1", "03", "" for the whole year."""
    return period.removeprefix(str(year)).lstrip(" -")


def judged(table: pd.DataFrame, name: str, language: Language) -> str:
    """What the later issues say of the first prints, as a headline."""
    of = table["base"].isin(["revised", "within print"])
    higher = int((table["revision_low"] > 0).sum())
    revised = int((table["base"] == "revised").sum())
    phrase = "bases" if revised else "bases kept" if of.any() else "no bases"
    counts = {"judged": int(of.sum()), "higher": higher, "revised": revised}
    return say(phrase, language, name=name, **counts)
