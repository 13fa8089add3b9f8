"""One article's printed figures and the claims that tie them, as checked tables."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from os import PathLike
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from ..figures import FigureError, read_figures
from ..phrases import counted, say
from ..units import Language, unit_of

# What frames may leave out, and what then stands there.
_OPTIONAL: dict[str, Any] = dict.fromkeys(
    ("theme", "when", "against", "basis", "row", "column", "status", "term", "note", "hedge"), ""
) | {
    "period_start": pd.NaT,
    "as_of": pd.NaT,
    "paragraph": pd.NA,
    "position": pd.NA,
}
_READ = dict.fromkeys(("value", "low", "high", "precision"), math.nan)  # filled in from the others


_NEEDED = {
    "figures": ("reported", "unit", "measure"),
    "relations": ("relation", "kind", "role", "figure"),
    "passed_over": ("paragraph", "position", "reported", "reason"),
}


def _completed(frame: pd.DataFrame, empty: dict[str, Any]) -> pd.DataFrame:
    return frame.assign(**{name: empty[name] for name in _lacking(frame, empty)})


def _lacking(frame: pd.DataFrame, names: Iterable[str]) -> list[str]:
    """Those of some columns that a frame has not."""
    given = frame.columns.tolist()  # the frame would first make an index of all to look one up
    return [name for name in names if name not in given]


def _texts(frame: pd.DataFrame, name: str) -> npt.NDArray[np.object_]:
    return frame[name].to_numpy(object, na_value=np.nan)


@dataclass(frozen=True)
class Fault:
    """One thing wrong in a data folder: where, what was found there, what was expected."""

    file: str
    row: int | None
    column: str
    found: str
    expected: str

    def __str__(self) -> str:
        return _said([self])


def _said(alike: list[Fault]) -> str:
    """Faults of one file and column that expect the same, as one line."""
    first = alike[0]
    place = [first.file]
    if rows := _spans([fault.row for fault in alike if fault.row is not None]):
        place.append(f"row{'s' if len(alike) > 1 else ''} {rows}")
    if first.column:
        place.append(f"column {first.column}")
    texts = [x if len(x) <= 60 else x[:57] + "..." for x in dict.fromkeys(f.found for f in alike)]
    found = ", ".join(map(repr, texts[:_MOST_FOUND]))
    if len(texts) > _MOST_FOUND:
        found += f" and {len(texts) - _MOST_FOUND} others"
    return f"{', '.join(place)}: found {found}, expected {first.expected}"


_MOST_FOUND = 3  # texts that a line of faults quotes


def _spans(rows: list[int]) -> str:
    """Row numbers in words: 8–10, 17."""
    spans: list[list[int]] = []
    for row in sorted(rows):
        if spans and row == spans[-1][-1] + 1:
            spans[-1][1:] = [row]
        else:
            spans.append([row])
    return ", ".join("–".join(map(str, span)) for span in spans)


class ExtractError(ValueError):
    """A data folder, or frames, that are no extract. `faults` holds every `Fault` found.

    Those of one column that expect the same are one line of the message, which counts lines: a word
    that is misspelt in ten rows is one fault to mend.
    """

    def __init__(self, where: str, faults: list[Fault]) -> None:
        self.faults = tuple(faults)
        groups: dict[tuple[str, bool, str, str], list[Fault]] = {}
        for fault in faults:
            key = fault.file, fault.row is None, fault.column, fault.expected
            groups.setdefault(key, []).append(fault)
        # Faults of no row are each of another thing: a file, a resource, a key.
        lines = [
            line
            for (_, whole, *_), alike in groups.items()
            for line in (map(str, alike) if whole else [_said(alike)])
        ]
        count = "1 fault" if len(lines) == 1 else f"{len(lines)} faults"
        super().__init__("\n".join([f"{where}: {count}", *(f"- {line}" for line in lines)]))


DAY_OR_NONE = "the day it was published, such as 2018-11-15, or: not stated"
_ISO = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


def is_day_or_none(text: str) -> bool:
    """Whether a text is a day, a month or a year of the calendar in ISO form, or says: not stated.

    >>> is_day_or_none("2018-11"), is_day_or_none("2018-13-45"), is_day_or_none("not stated")
    (True, False, True)
    """
    if text == "not stated":
        return True
    try:
        return bool(_ISO.fullmatch(text) and date.fromisoformat(f"{text}-01-01"[:10]))
    except ValueError:
        return False


@dataclass(frozen=True)
class Source:
    """Where an extract's figures were printed: what a chart's source line needs.

    Dates are ISO text; `published` is "not stated" where no day is known. `sha256` is that of the
    article's text in UTF-8, so that a text at hand can be told to be the one the extract was made
    from; empty where there was none.
    """

    title: str
    publisher: str
    published: str = ""
    accessed: str = ""
    sha256: str = ""
    publisher_en: str = ""


def _no_passed_over() -> pd.DataFrame:
    return pd.DataFrame(
        {"paragraph": pd.array([], "Int64"), "position": pd.array([], "Int64")}
        | {"reported": pd.array([], "str"), "reason": pd.array([], "str")}
    )


@dataclass(frozen=True, eq=False, repr=False)
class Extract:
    """One article's printed figures and the claims that tie them.

    - figures: DataFrame, index `figure`; `low` and `high` beside `value`, and last `precision`:
      exact, rounded or hedged. From frames, `reported`, `unit` and `measure` are needed; bounds
      are read from `reported` where they are not given, and a change or difference that does not
      say what it is against is `not stated`.
    - relations: DataFrame with the columns relation, kind, role, figure (and status, note).
    - passed_over: DataFrame with the columns paragraph, position, reported, reason.
    - source: `Source`, or None.
    - name: of the data folder it was loaded from, as `data/indicators.csv` refers to it.

    What is `proposed` in the column status no person has read yet; the extract says so.

    Raises `ExtractError` where columns are missing or `reported` cannot be read.

    >>> figures = pd.DataFrame(
    ...     {"reported": ["342起", "下降23.5%"], "unit": ["起", "percent"]}
    ...     | {"measure": ["count", "change"]},
    ...     index=["cases", "cases_change"],
    ... )
    >>> extract = Extract(figures, pd.DataFrame(columns=["relation", "kind", "role", "figure"]))
    >>> extract
    Extract: 2 figures, no claims
    >>> extract.figures.low
    figure
    cases           342.00
    cases_change    -23.55
    Name: low, dtype: float64
    """

    figures: pd.DataFrame
    relations: pd.DataFrame
    passed_over: pd.DataFrame = field(default_factory=_no_passed_over)
    source: Source | None = None
    name: str = ""

    def __post_init__(self) -> None:
        unread = bool(_lacking(self.figures, ("value", "low", "high")))
        keys = dict.fromkeys(("name_en", "name_zh"), self.figures.index)
        # All columns at once: a frame with others looks their names up anew.
        figures = _completed(self.figures, _OPTIONAL | keys | _READ)
        figures.index = figures.index.rename("figure")
        relations = _completed(self.relations, dict.fromkeys(("status", "note"), ""))
        tables = {"figures": figures, "relations": relations, "passed_over": self.passed_over}
        missing = [
            Fault(table, None, name, "", "this column")
            for table, names in _NEEDED.items()
            for name in _lacking(tables[table], names)
        ]
        if figures.index.has_duplicates:
            twice = figures.index[figures.index.duplicated()].unique()
            missing += [Fault("figures", None, "figure", str(x), "each key once") for x in twice]
        if missing:
            raise ExtractError("Extract", missing)
        object.__setattr__(self, "relations", relations)
        measure = _texts(figures, "measure")
        turned = (measure == "change") | (measure == "difference")
        silent = turned & (_texts(figures, "against") == "")
        if silent.any():
            figures["against"] = figures["against"].astype("str").mask(silent, "not stated")
        if unread:
            try:
                read = read_figures(figures["reported"])
            except FigureError as error:
                found = "; ".join(str(error).splitlines())
                fault = Fault("figures", None, "reported", found, "printed figures")
                raise ExtractError("Extract", [fault]) from error
            read, _ = in_context(
                read, figures.assign(value=self.figures.get("value", read["value"]))
            )
            figures = figures.assign(
                **{name: read[name] for name in ("value", "low", "high", "hedge")}
            )
        precision = np.where(_texts(figures, "hedge") != "", "hedged", "rounded")
        exact = figures["low"].to_numpy() == figures["high"].to_numpy()
        figures["precision"] = np.where(exact, "exact", precision)
        object.__setattr__(self, "figures", figures)

    def named(self, language: Language) -> pd.Series:
        """What each figure counts, in a language or, where it has none in that, in the other."""
        name, other = (
            self.figures[f"name_{each}"] for each in (language, "zh" if language == "en" else "en")
        )
        return name.where(name != "", other)

    @property
    def proposed(self) -> tuple[int, int]:
        """How many figures, and how many claims, no person has read yet."""
        unread = self.relations.loc[self.relations["status"] == "proposed", "relation"]
        return int((self.figures["status"] == "proposed").sum()), unread.nunique()

    def __repr__(self) -> str:
        claims = self.relations["relation"].nunique()
        says = [counted(len(self.figures) or "no", "figure"), counted(claims or "no", "claim")]
        if any(self.proposed):
            of_each = zip(self.proposed, ("figure", "claim"), strict=True)
            unread = " and ".join(counted(count or "no", what) for count, what in of_each)
            says.append(f"of these {unread} proposed, not yet read by a person")
        return f"{self.name or 'Extract'}: {', '.join(says)}"


def require_extract(given: object, asks: str) -> None:
    """Raises `TypeError` for what is no extract, such as the path of its folder."""
    if not isinstance(given, Extract):
        raise TypeError(f"{asks} takes an Extract, as load gives it, not {type(given).__name__}")


def folder_of(given: object, asks: str) -> Path:
    """The path of a data folder; `TypeError` for what is none, `ExtractError` for an empty text."""
    if not isinstance(given, str | PathLike):
        raise TypeError(f"{asks} takes the path of a data folder, not {type(given).__name__}")
    if given == "":
        fault = Fault("folder", None, "", "an empty text", "the path of a data folder")
        raise ExtractError(asks, [fault])
    return Path(given)


ROUNDED_TO = r"\brounded to ([0-9]+(?:\.[0-9]+)?)(?![0-9])"
_NARROWED = "收窄|[缩縮]小|[缩縮][减減]|[减減]小|收[缩縮]|放[缓緩]|[趋趨][缓緩]|[减減][缓緩]|回落"


def in_context(read: pd.DataFrame, figures: pd.DataFrame) -> tuple[pd.DataFrame, pd.Series]:
    """What `reported` says, read with the measure and sign that its context gives.

    A change whose sign word stands elsewhere (分别下降), or that narrows (降幅收窄), takes its
    sign from `value`, a number whose unit does (1.2和3.4万件) its power of ten; a whole number
    that is an average (日均), or one of a table in 万元, is a rounded one, half a unit either way,
    and one whose `note` says `rounded to 5` half of that. A change of 0.0 without a sign may be a
    fall. Also returns which rows took their sign from `value`.
    """
    # As plain arrays: for the few figures of a bulletin it takes half the time of columns.
    value = figures["value"].astype("float64").to_numpy()
    plain, measure = (read["unit"] == "").to_numpy(), figures["measure"]
    said, low, high = (read[name].to_numpy(np.float64) for name in ("value", "low", "high"))
    with np.errstate(divide="ignore", invalid="ignore"):
        power = np.abs(value) / np.abs(said)
    power = np.where(plain & np.isin(power, [1e3, 1e4, 1e7, 1e8, 1e12]), power, 1.0)
    said, low, high = said * power, low * power, high * power
    turned = measure.isin(["change", "difference"]).to_numpy()
    flipped = turned & (value < 0) & (low >= 0)
    risen = (measure == "difference").to_numpy() & (value > 0) & (high <= 0)
    if risen.any():  # 降幅收窄2.4个百分点: what falls less, rises
        flipped |= risen & figures["reported"].str.contains(_NARROWED).to_numpy(bool)
    rounded = (measure == "rate").to_numpy()
    if "unit" in figures:  # 249 in a column of 万元
        sorts = {unit: unit_of(unit).family.measure == "amount" for unit in set(figures["unit"])}
        rounded = rounded | (plain & figures["unit"].map(sorts).to_numpy(bool))
    averages = rounded & read["measure"].isin(["count", "difference"]).to_numpy()
    half = np.where(averages, 0.5, 0.0)
    notes = figures["note"].astype("str") if "note" in figures else pd.Series(dtype="str")
    if notes.str.contains("rounded to", regex=False).any():  # as a table says below it, of counts
        told = notes.str.extract(ROUNDED_TO, expand=False)
        half = np.where(told.notna(), pd.to_numeric(told) / 2, half)
    half = np.where(low == high, half, 0.0)
    low, high = low - half, high + half
    low = np.where(turned | (said < 0), low, np.maximum(low, 0.0))
    level = ~read["measure"].isin(["change", "difference"]).to_numpy()
    low = np.where(turned & level & (value == 0), -high, low)  # 0.0 in a column of changes
    return read.assign(
        value=np.where(flipped, -said, said),
        low=np.where(flipped, -high, low),
        high=np.where(flipped, -low, high),
    ), pd.Series(flipped, index=read.index)


# --- Who printed figures, and when: the line below tables, charts and proofs ----------------------
_MOST = 4  # sources that have a line each


def source_line(source: Source | None, language: Language, *, titled: bool = False) -> str:
    """Publisher and day, and the title where it is asked for, or first where no publisher is known.

    >>> source_line(Source("标题", "山西法制报", "2018-11-15"), "zh", titled=True)
    '来源：山西法制报，2018-11-15，标题'
    >>> source_line(Source("标题", "not stated", "not stated"), "zh")
    '来源：标题，刊出日期未注明'
    """
    if source is None:
        return say("untitled", language)
    publisher, published = publisher_of(source, language), published_of(source, language)
    known = [publisher, published, source.title if titled else ""]
    parts = known if publisher else [source.title, published]
    comma = "，" if language == "zh" else ", "
    return say("origin", language, origin=comma.join(part for part in parts if part))


def source_lines(extracts: Sequence[Extract], language: Language) -> list[str]:
    """A line a source, each once; of many extracts one line for all."""
    if len(extracts) > _MOST:
        return [source_line(together(extracts, language), language)]
    return list(dict.fromkeys(source_line(extract.source, language) for extract in extracts))


def together(extracts: Sequence[Extract], language: Language) -> Source | None:
    """Many issues as one source: who printed them, how many they are, and from when to when."""
    sources = [extract.source for extract in extracts if extract.source is not None]
    if not sources:
        return None
    published = [each.published for each in sources if _stated(each.published)]
    days = dict.fromkeys([min(published), max(published)]) if published else ["not stated"]
    # The last one first: an authority's earlier names would fill the line.
    last, *others = dict.fromkeys(_in_a_word(each, language) for each in reversed(sources))
    return Source(
        "",
        say("and others", language, name=last, count=len(others)) if others else last,
        say("issues", language, count=len(extracts), days="–".join(days)),
    )


def publisher_of(source: Source, language: Language) -> str:
    """The publisher in a language, in English with its own name behind; "" where none is known."""
    if language == "en" and source.publisher_en:
        return f"{source.publisher_en} ({source.publisher})"
    return _stated(source.publisher)


def called(extract: Extract, language: Language) -> str:
    """An extract by its publisher, in a word; by its own name where none is known."""
    source = extract.source
    if source is None:
        return extract.name
    return _in_a_word(source, language) or source.title


def _in_a_word(source: Source, language: Language) -> str:
    return (language == "en" and source.publisher_en) or _stated(source.publisher)


def published_of(source: Source, language: Language) -> str:
    return _stated(source.published) or say("undated", language)


def _stated(text: str) -> str:
    return "" if text == "not stated" else text
