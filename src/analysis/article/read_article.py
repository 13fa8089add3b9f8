"""Read an article: its figures, their names and periods, and the claims that it makes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection
from dataclasses import replace
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from ..extract import Extract, Source
from ..extract.schema import HIDDEN
from ..figures.script import fold
from ..figures.text import figures_in, numerals_in, require_text, why_no_figure
from .base_values import set_priors
from .bases import set_against
from .clauses import LISTS, Passage, english_of, passage_of
from .collector import uncollected
from .english import set_periods
from .english_names import set_names as set_english_names
from .files import OF_PAGES, decoded, require_file
from .items import set_signs
from .marks import Claim, Mark
from .names import set_names
from .page import is_page, page_of
from .periods import set_dates
from .printed_names import as_printed, key_of, when_printed
from .priors import set_same_days
from .propose import propose
from .restated import put_back, set_aside
from .running import Running, among_hidden, running
from .tables_in_text import tables_in, with_tables, without_tables
from .told_apart import tell_apart
from .when import set_when
from .words import NUMBER_OF_ITEM, OF_BASE, TIME

_STR = pd.StringDtype(na_value=np.nan)  # "str": to look it up takes as long as to make an array
_UNNAMED = "未说明"
# An extract fills in how precise each figure is; to make room for that later costs a new index.
_SAME = dict.fromkeys(("theme", "hedge", "row", "column", "term", "precision"), "")
_SAME["status"] = "proposed"
_PERIOD = ("period_start", "as_of")
_COLUMNS = (
    "theme name_en name_zh reported value low high unit measure when period_start as_of against"
    " basis paragraph position status note hedge row column term precision"
).split()
# One for all frames: each would take long to make its own, and again to look a name up in it.
_OF_FIGURES = pd.Index(_COLUMNS)
_OF_RELATIONS = pd.Index(["relation", "kind", "role", "figure", "status", "note"])
_OF_PASSED_OVER = pd.Index(["paragraph", "position", "reported", "reason"])
_ENGLISH_SUFFIXES = {"year earlier": "year_on_year", "previous period": "on_previous_period"}
_SUFFIXES = {"year earlier": "同比", "previous period": "环比"}


@uncollected()
def read_article(
    text: str | Path, *, title: str = "", published: str | date | None = None
) -> Extract:
    """Read a text into an extract: figures, names, periods, bases and claims, all `proposed`.

    `text` is the article, a paragraph a line; where it was copied with the lines of a page (as
    from a PDF), those that plainly go on are read as one, and what a web page hides in it or a
    word processor sets around numbers is not in the way. `title` names it as a source.
    `published` is the day it came out (ISO text or a date): it gives 今年, 去年 and bare months
    their year. Without it, and where the text names no year, `period_start` and `as_of` stay empty.

    - figures: as in `figures.csv`, with names, `when`, dates, `against`, and `status` "proposed".
      A change is named after its value. English names stay empty but for English lines, whose
      nouns stand in both columns
    - relations: the claims that the text makes by its words; `note` holds the words that tie
    - passed_over: every other numeral of the text; dates with their reason

    A path is that of a file with the text. A saved web page, as the path of an `.html` file or its
    text, is an article, too: its main part
    is read, and its title, its day and its 来源 are proposed as the source.

    Tables in the text (with pipes, tabs, or columns apart by wide gaps) are read in place, as
    `read_table` does; what text and table both print is tied.

    Raises `TypeError` where the text is none, `ValueError` where `published` is no ISO date.

    >>> article = read_article("2018年立案342起,同比下降23.5%。")
    >>> article.figures[["reported", "name_zh", "when", "against"]]
             reported name_zh   when       against
    figure
    立案           342起      立案  2018年
    立案_同比     下降23.5%      立案  2018年  year earlier
    >>> article.relations[["relation", "kind", "role", "figure"]]
        relation    kind     role figure
    0  change_01  change  current     立案
    1  change_01  change   change  立案_同比
    """
    require_text(title, "read_article, as title,")
    if isinstance(text, Path) and text.suffix.lower() not in OF_PAGES:
        text = decoded(require_file(text, "page"))
    if isinstance(text, Path) or (isinstance(text, str) and is_page(text)):
        page = page_of(text)
        said = published or page.published or None
        article = read_article(page.text, title=title or page.title, published=said)
        source = replace(article.source or Source("", ""), publisher=page.publisher)
        return replace(article, source=source)
    require_text(text, "read_article")
    day = _day(published)
    if HIDDEN.search(text):
        article = read_article(HIDDEN.sub("", text), title=title, published=day)
        return _of_text(among_hidden(article, text), text)
    if spans := tables_in(text):
        prose = read_article(without_tables(text, spans), title=title, published=day)
        return _of_text(with_tables(prose, text, spans, day), text)
    pasted = running(text)
    found = figures_in(pasted.text, dates=True)
    passage = passage_of(pasted.paragraphs, pasted.folded, found)
    again = set_aside(passage)
    set_priors(passage)
    set_signs(passage)
    leads = lead_ins(passage, title)
    set_when(passage, leads)
    set_dates(passage, day, leads)
    set_same_days(passage)
    set_against(passage)
    set_names(passage)
    claims = propose(passage)
    tell_apart(passage)
    if len(passage.marks) + len(again) < sum(measure != "date" for *_, measure in found):
        english = english_of(passage, found)
        again |= set_aside(english)
        claims += _read_english(passage, english, day)
    if again:
        claims += put_back(passage, claims, again)
    keys = _keys(passage)
    return Extract(
        _figures(passage, keys, _bases(passage.marks, claims), pasted),
        _relations(claims, keys),
        _passed_over(text, found, pasted),
        Source(
            title=title,
            publisher="",
            published=day.isoformat() if day else "",
            sha256=_sha256(text),
        ),
    )


def _read_english(passage: Passage, english: Passage, day: date | None) -> list[Claim]:
    """Read the English lines of a text and put their figures among the others."""
    set_periods(english, day)
    set_english_names(english)
    claims = propose(english)
    passage.marks += english.marks
    passage.marks.sort(key=lambda mark: (mark.paragraph, mark.start))
    passage.number()
    return claims


def _of_text(article: Extract, text: str) -> Extract:
    """An article that was read from a part of a text, as one of all of it."""
    source = article.source or Source("", "")
    return replace(article, source=replace(source, sha256=_sha256(text)))


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _day(published: str | date | None) -> date | None:
    if published is None or isinstance(published, date):
        return published
    try:
        return date.fromisoformat(published)
    except (TypeError, ValueError) as error:
        raise ValueError(
            f"published: found {published!r}, expected an ISO date such as 2018-11-15"
        ) from error


def _keys(passage: Passage) -> list[str]:
    taken: dict[str, int] = {}
    names = (
        re.sub(r"\W+", "_", mark.name.lower()).strip("_") if mark.in_english else mark.name
        for mark in passage.marks
    )
    return [
        key_of(name, _suffix(mark), taken) for name, mark in zip(names, passage.marks, strict=True)
    ]


def _suffix(mark: Mark) -> str:
    if mark.in_english and mark.is_change:
        base = _ENGLISH_SUFFIXES.get(mark.against, "change")
        return f"{base}_difference" if mark.sort == "difference" else base
    if mark.in_english:
        return "share" if mark.sort == "share" else ""
    if mark.is_change:
        return _SUFFIXES.get(mark.against, "变化") + ("增减" if mark.sort == "difference" else "")
    return "占比" if mark.sort == "share" and not mark.name.endswith(("率", "度", "指数")) else ""


def _figures(passage: Passage, keys: list[str], bases: list[str], pasted: Running) -> pd.DataFrame:
    marks = passage.marks
    names = [as_printed(passage, mark, mark.name) or _unnamed(mark) for mark in marks]
    words = {
        "figure": keys,
        "name_en": [
            ("not stated" if name == _UNNAMED else name) if mark.in_english else ""
            for name, mark in zip(names, marks, strict=True)
        ],
        "name_zh": names,
        "reported": [pasted.printed(mark.paragraph, mark.start, mark.end) for mark in marks],
        "unit": [mark.unit for mark in marks],
        "measure": [mark.measure for mark in marks],
        "when": [when_printed(passage, mark, pasted) for mark in marks],
        "against": [mark.against for mark in marks],
        "basis": bases,
        "note": ["; ".join(mark.notes) for mark in marks],
    }
    words |= {name: [text] * len(marks) for name, text in _SAME.items()}
    columns = dict(zip(words, _text_columns(words.values()), strict=True))
    for name in ("value", "low", "high"):
        columns[name] = np.array([getattr(mark, name) for mark in marks], "float64")
    for k, name in enumerate(_PERIOD):
        columns[name] = _dates([mark.period[k] for mark in marks])
    places = [pasted.place(mark.paragraph, mark.start) for mark in marks]
    columns["paragraph"] = _whole_numbers([line for line, _ in places])
    columns["position"] = _whole_numbers([position for _, position in places])
    index = pd.Index(columns.pop("figure"), name="figure")
    return _frame([columns[name] for name in _COLUMNS], _OF_FIGURES, index)


def _frame(columns: list[Any], names: pd.Index, index: pd.Index | None = None) -> pd.DataFrame:
    frame = pd.DataFrame(dict(enumerate(columns)), index=index, copy=False)
    frame.columns = names.view()
    return frame


def _unnamed(mark: Mark) -> str:
    """What stands in for a name: the words before the figure, or that none is said."""
    said = "" if mark.in_english else mark.before.strip(" ,、'\"")[-12:]
    return said or _UNNAMED


def _dates(texts: list[str]) -> npt.NDArray[np.datetime64]:
    return np.array([text or "NaT" for text in texts], dtype="datetime64[s]")


def _bases(marks: list[Mark], claims: list[Claim]) -> list[str]:
    """On what basis each change is: as its words say, or else as that of the total it is a part of.

    产值90亿元,按可比价格计算增长7%,其中甲类30亿元,增长5%: growth of parts at constant prices, too.
    """
    bases: list[str] = []
    for mark in marks:
        fellow = mark.previous if mark.gap in LISTS else None  # 按可比口径分别下降5%和6%
        bases.append(bases[fellow.n] if fellow and fellow.sort == mark.sort else _basis(mark))
    for claim in claims:  # 生产总值500亿元,增加40亿元,增长8.7%: what makes it is printed
        if claim.kind == "change" and _is_nominal(claim):
            for mark in claim.of("change"):
                told = _REAL.search(mark.gap) or _COMPARABLE.search(mark.gap)
                bases[mark.n] = bases[mark.n] if told else "not stated"
    if not {"real", "comparable"} & set(bases):
        return bases
    changes: dict[int, list[int]] = {}
    for claim in claims:
        if claim.kind == "change":
            for value in claim.of("current"):
                changes.setdefault(value.n, []).extend(mark.n for mark in claim.of("change"))
    for claim in claims:
        for total in claim.of("total") if claim.kind in ("sum", "part") else ():
            said = {bases[n] for n in changes.get(total.n, ())}
            for n in (n for part in claim.of("part") for n in changes.get(part.n, ())):
                if len(said) == 1 and bases[n] == "not stated":
                    bases[n] = next(iter(said))
    return bases


_COMPARABLE = re.compile(r"(?:可比|同)口径|(?:扣除|剔除)[^,;。]{1,10}因素")
_REAL = re.compile(
    r"实[际质](?:$|同比|环比|[比较按])|(?:可比|不变)价格|扣除[^,;。]{0,6}价格|in real terms"
)


# Growth of these is published at constant prices, whether a text says so or not.
_AT_CONSTANT_PRICES = re.compile("(?:生产总值|生产毛额|增加值|gdp)$", re.IGNORECASE)
_AT_CURRENT_PRICES = re.compile("现价|[当现]年?价|当期价|名义")


def _basis(mark: Mark) -> str:
    if mark.sort != "change":
        return ""
    if _REAL.search(mark.gap):
        return "real"
    if _COMPARABLE.search(mark.gap):
        return "comparable"
    value_added = not mark.in_english and _AT_CONSTANT_PRICES.search(mark.name)
    return "real" if value_added and not _AT_CURRENT_PRICES.search(mark.gap) else "not stated"


def _is_nominal(claim: Claim) -> bool:
    """Whether the printed values of a change make its percentage."""
    if len(claim.roles) <= 2:
        return False  # as most have no more than these two
    currents, changes, then = (claim.of(role) for role in ("current", "change", "prior"))
    if not (currents and changes):
        return False
    now = currents[0]
    priors = [(prior.low, prior.high) for prior in then]
    priors += [(now.low - by.high, now.high - by.low) for by in claim.of("difference")]
    return any(
        100 * (now.low / high - 1) <= changes[0].high
        and changes[0].low <= 100 * (now.high / low - 1)
        for low, high in priors
        if low > 0
    )


def _relations(claims: list[Claim], keys: list[str]) -> pd.DataFrame:
    numbers: dict[str, int] = {}
    rows: list[tuple[str, str, str, str, str, str]] = []
    for claim in claims:
        numbers[claim.kind] = numbers.get(claim.kind, 0) + 1
        name = f"{claim.kind}_{numbers[claim.kind]:02}"
        words = fold(claim.words)
        rows += [
            (name, claim.kind, role, keys[mark.n], "proposed", words) for role, mark in claim.roles
        ]
    columns = [[row[k] for row in rows] for k in range(len(_OF_RELATIONS))]
    return _frame(_text_columns(columns), _OF_RELATIONS)


def _text_columns(columns: Collection[list[str]]) -> list[Any]:
    """Columns of one length, cut from one array: to make one costs more than what is in it."""
    texts = pd.array([*chain.from_iterable(columns)], _STR)
    size = len(texts) // len(columns)
    return [texts[k * size : (k + 1) * size] for k in range(len(columns))]


def _whole_numbers(column: list[int]) -> pd.arrays.IntegerArray:
    return pd.arrays.IntegerArray(np.array(column, "int64"), np.zeros(len(column), bool))


def _passed_over(text: str, found: list[tuple[Any, ...]], pasted: Running) -> pd.DataFrame:
    """The dates, and every numeral that is in no figure and no date."""
    rows: list[tuple[int, int, str, str]] = []
    spans: dict[int, list[tuple[int, int]]] = {}
    for paragraph, start, reported, *_, measure in found:
        end = start + len(reported)
        pieces = pasted.spans(paragraph, start, end)
        for line, first, last in pieces:
            spans.setdefault(line, []).append((first, last))
        if measure == "date":
            rows.append((*pieces[0][:2], pasted.printed(paragraph, start, end), "date"))
    held: list[tuple[int, int]] = []
    home = k = 0
    lines = text.split("\n")
    for paragraph, start, numeral in numerals_in(text):
        if paragraph != home:
            home, held, k = paragraph, spans.get(paragraph, []), 0
        while k < len(held) and held[k][1] <= start:
            k += 1
        if not (k < len(held) and held[k][0] <= start and start + len(numeral) <= held[k][1]):
            why = why_no_figure(lines[paragraph - 1], start, numeral)
            rows.append((paragraph, start, numeral, why))
    rows.sort()
    places = [paragraph for paragraph, *_ in rows], [position for _, position, *_ in rows]
    texts = [reported for _, _, reported, _ in rows], [reason for *_, reason in rows]
    columns = [*map(_whole_numbers, places), *_text_columns(texts)]
    return _frame(columns, _OF_PASSED_OVER)


# --- What a headline, or the words that introduce a list, says of time ----------------------------

_LONGEST_HEADLINE = 40
_SENTENCE_END = re.compile(r"[。;!?]")
_OPENS = re.compile(rf"(?:{NUMBER_OF_ITEM.pattern})?\s*(?P<time>{TIME.pattern})")
# A report to a session is on the year before; a day is that of the print, a law's year its own.
_NOT_OF_FIGURES = re.compile(
    r"工作报告|发布|来源|日期|时间:|记者|编辑|条例|办法|规定|意见|通知|决定|法》|[0-9]号"
)
_TOLD = re.compile(r"^[^。;]*?(?:获悉|了解到)[,:]")  # 记者从发布会上获悉,今年
_DAY = re.compile(r"[日号]$")


def lead_ins(passage: Passage, title: str = "") -> list[tuple[int, str]]:
    """The time phrases that govern what follows until another is said, with their paragraphs.

    They stand in a headline (`title` stands before all paragraphs), in words that end in a colon,
    or at the beginning of a paragraph in which no figure stands.

    >>> from .clauses import passage_of
    >>> headline = ["2018年上半年治安情况"]
    >>> lead_ins(passage_of(headline, headline, []))
    [(1, '2018年上半年')]
    """
    ends = {}
    for mark in passage.marks:
        if not mark.bracket:
            ends[mark.paragraph] = mark.end
    found = []
    for paragraph, line in enumerate([title, *passage.folded]):
        said, colon = line[ends.get(paragraph, 0) :].rstrip(), line.rstrip().endswith(":")
        said = _TOLD.sub("", said, count=1)
        if not said or (paragraph in ends and not colon) or _NOT_OF_FIGURES.search(said):
            continue
        if colon or (len(said) <= _LONGEST_HEADLINE and not _SENTENCE_END.search(said)):
            hits = TIME.findall(OF_BASE.sub(",", said))
        else:
            opening = _OPENS.match(said)
            hits = [opening["time"]] if opening else []
        if hits and not _DAY.search(hits[-1]):
            found.append((paragraph, hits[-1]))
    return found
