"""What the cells of a block measure: units, measures, periods and bounds, cell by cell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from .table_columns import Bools, Ints, Numbers, unpadded
from .table_labels import Period, is_total, of_which, units_of
from .table_measures import (
    measuring,
    says_either_way,
    says_prior,
)
from .table_money import below_zero, common_unit, in_many, in_money, per_share, spread_signs
from .table_months import months_compared
from .table_numbers import Number, bounds
from .table_periods import periods_of
from .table_rows import Block, of_pairs
from .table_said import POINTS, Said
from .table_units import is_measured, is_money, is_unit
from .table_unnamed import changes_told, triangles_turned, unnamed

_POWERS = re.compile(
    r"^[千百十]?[万萬亿億](?=\S)|^千(?![瓦米克伏卡])(?=[\u3400-\u9fff])|^(?:thousand|million|billion)s?\b"
)
_COMPARES = re.compile(r"^[^增増升涨漲减減降跌]*[年期月度]比[^增増升涨漲减減降跌]*$")
_OF_PLAN = re.compile(
    r"(?!.*[增増升涨漲减減降跌差]).*(?:[预預]算|[计計][划劃]|目[标標]|任[务務]).*[比较較]"
)
_YEAR = 12  # months
_INDEX = 50  # no fewer where the year before is 100
_OF_A_WHOLE = re.compile(r"[率占佔比]|share|proportion|\bratios?\b", re.IGNORECASE)
_LEVIED = re.compile(r"\brates\b(?! per| of)", re.IGNORECASE)  # rates and charges
_DIFFERENCE = re.compile(
    r"差[额額值数數](?:\s*[(（].*)?"
)  # of now and before, if these stand beside
_NO_RATIO = 1_000  # so many wholes and more are counted, whatever their label says
_AGAINST = (
    (
        re.compile(
            r"同比|同期|[上前]年|去年|year earlier|year ago|last year|previous year|yoy"
            r"|year[- ]o\w+[- ]year|\by(?:/|-o-)y\b"
        ),
        "year earlier",
    ),
    (
        re.compile(
            r"环比|環比|[上前][月期]|上季|previous (?:month|quarter)|last month"
            r"|(?:month|quarter)[- ]o\w+[- ](?:month|quarter)|\b(?:qoq|mom)\b|\b([qm])(?:/|-o-)\1\b"
        ),
        "previous period",
    ),
)
_FORMS = {"％": "percent", "%": "percent"}
_FORMS |= dict.fromkeys(
    ("百分點", "百分点", "個百分點", "个百分点", "ポイント", *"pt pts pp ppt ppts".split()),
    "percentage point",
)
_ROUNDED = re.compile(
    r"\brounded to (?:the )?(?:nearest |multiples? of ){1,2}(\d[\d,]*|five|ten|hundred|thousand)\b",
    re.IGNORECASE,
)
_STEPS = {"five": 5, "ten": 10, "hundred": 100, "thousand": 1000}


@dataclass
class Values:
    """A block's figures in columns: the numbers, as printed, what they measure, their bounds."""

    block: Block
    numbers: Numbers
    periods: list[Period]
    period: Ints  # which of the periods each figure is of
    key: list[str] = field(default_factory=list)
    reported: list[str] = field(default_factory=list)
    unit: list[str] = field(default_factory=list)
    measure: list[str] = field(default_factory=list)
    against: list[str] = field(default_factory=list)
    value: npt.NDArray[np.float64] = field(default_factory=lambda: np.empty(0))
    low: npt.NDArray[np.float64] = field(default_factory=lambda: np.empty(0))
    high: npt.NDArray[np.float64] = field(default_factory=lambda: np.empty(0))

    def rounded_as_said(self, notes: Sequence[str]) -> None:
        """Widen counts to what a note says that they are rounded to, where all are multiples of
        it: Figures are rounded to the nearest 5."""
        said = next(filter(None, map(_ROUNDED.search, notes)), None)
        counts = np.array([m == "count" for m in self.measure], bool) & (self.value != 0)
        if said and counts.any():
            step = _STEPS.get(said[1].lower()) or int(said[1].replace(",", ""))
            if step and not (self.value[counts] % step).any():
                half = np.where(counts & (self.low == self.high), step / 2, 0.0)
                self.low, self.high = self.low - half, self.high + half


def values_of(block: Block, caption: Sequence[str], context: Sequence[str]) -> Values:
    """Read the figures of a block. `caption` holds the units that hold for all of it, `context`
    the labels that may state its year: its title, the lines above it."""
    numbers = Numbers.of([row.cells for row in block.rows])
    triangles_turned(block, numbers)
    if numbers.further.any():
        _units_of_pairs(block, numbers)
    columns = _columns_of(block, numbers)
    labels = [f"{row.full}({row.unit})" if row.unit else row.full for row in block.rows]
    said, silent = set(measuring(labels)), Said("")
    rows = [Said(label) if n in said else silent for n, label in enumerate(labels)]
    levels = np.array([not (x.change or x.rate) for x in columns], dtype=bool)
    counted = levels[numbers.column] & (numbers.steps != 0)
    _parts_themselves(rows, _LEVIED, numbers.row, counted, numbers)
    spread_signs(numbers, labels, rows, columns)
    each = per_share(labels)
    _changes_told(rows, columns, numbers)
    fraction_row, fraction_column = _fractions(rows, columns, numbers)
    for line, fraction in zip(columns, fraction_column.tolist(), strict=True):
        line.fraction = fraction
    general = [unit for unit in caption if unit not in ("percent", "‰")]
    mixed = bool(fraction_row.any() or fraction_column.any())
    beside = _beside_percent(block, numbers)
    sorts: dict[object, int] = {}  # of rows whose labels say the same
    told = zip([x.key for x in rows], fraction_row.tolist(), each, strict=True)
    sort = np.array([sorts.setdefault(own, len(sorts)) for own in told])
    form = sort[numbers.row]
    for part, count in (
        (numbers.column, len(columns)), (numbers.unit, len(numbers.units)),
        (numbers.signed + 1, 3), (numbers.worded, 2), (beside, 2),
    ):  # fmt: skip
        form = form * count + part
    _, first, kind = np.unique(form, return_index=True, return_inverse=True)
    meanings = []
    for n in first.tolist():  # what is alike in all of this has one meaning
        r, c = int(numbers.row[n]), int(numbers.column[n])
        says = rows[r], columns[c]
        fraction = bool(fraction_row[r] and fraction_column[c]) or any(x.averaged for x in says)
        own, over = (x.counted() for x in says) if beside[n] else says
        number = block.rows[r].cells[c].numbers[int(numbers.further[n])]
        if each[r] and in_many(over.unit):
            over = over.unstated()
        common = "" if each[r] else common_unit(general, fraction, mixed)
        printed = numbers.units[int(numbers.unit[n])]
        stated = over.unit or own.unit or common
        number = number._replace(unit=in_money(_FORMS.get(printed, printed), stated, each[r]))
        label = f"{block.rows[r].full} {block.label(c)}"
        meanings.append(_meaning(own, over, label, common, fraction, number))
    found = Values(block, numbers, *periods_of(block, context, numbers))
    if not meanings:
        return found
    found.key = _keys(numbers)
    unit, measure, against, *tells = zip(*meanings, strict=True)
    found.unit, found.measure, found.against = (
        [texts[n] for n in kind.tolist()] for texts in (unit, measure, against)
    )
    changes, whole, signed, share = (np.array(each, bool)[kind] for each in (against, *tells))
    of_money = np.array([is_money(name) for name in unit], bool)[kind]
    of_money |= np.array(each, bool)[numbers.row]
    of_rates = np.array([name == "rate" for name in measure], bool)[kind]
    money, shares = below_zero(numbers, of_money, of_rates, labels)
    for r in set(numbers.row[money].tolist()):
        block.rows[r].memo = False
    money |= shares
    down = money | (numbers.bracketed & changes & (numbers.signed == 0))
    numbers.bracketed &= ~money
    found.reported = list(numbers.text)
    for n in np.flatnonzero(down).tolist():
        found.reported[n] = f"-{numbers.text[n]}"
    value, low, high = bounds(*unpadded(numbers, np.where(down, -1, 1)), whole)
    low = np.where(signed | money | (numbers.signed < 0), low, np.maximum(low, 0.0))
    found.value, found.low = value, low
    found.high = np.where(share & (value == 100.0), 100.0, high)
    return found


def _units_of_pairs(block: Block, numbers: Numbers) -> None:
    """Give the two numbers of a cell a unit each, where the head of their column has two: 件/人."""
    for c in np.flatnonzero(np.bincount(numbers.column[numbers.further == 1])).tolist():
        own = numbers.column == c
        named = next(iter(units_of(block.label(c))), "").replace("／", "/").split("/")
        if len(named) != 2 or not all(map(is_unit, named)) or (numbers.further[own] > 1).any():
            continue
        for k, unit in enumerate(named):
            if unit not in numbers.units:
                numbers.units.append(unit)
            bare = own & (numbers.further == k) & (numbers.unit == numbers.units.index(""))
            numbers.unit[bare] = numbers.units.index(unit)


def _columns_of(block: Block, numbers: Numbers) -> list[Said]:
    """What each column says: by its head, by its figures, by what stands beside it."""
    heads = [block.label(n) for n in range(len(block.columns))]
    columns = [Said(head) for head in heads]
    for path, own, before in zip(block.columns[1:], columns[1:], columns, strict=False):
        if any(map(of_which, path)) and not (own.unit or own.rate or own.change or before.rate):
            own.unit = before.unit  # a part of what stands before it, not the caption's
    _signed_columns(block, columns, numbers)
    bare = [not (line.unit or line.change or line.rate) for line in columns]
    for c, what in unnamed(block, bare):
        columns[c].is_rather(what)
    _powers_restored(block, columns)
    if any(line.change and line.percent for line in columns):
        # Beside a change in percent, what only says that it rose and fell is the difference.
        for line, head in zip(columns, heads, strict=True):
            line.absolute |= line.change and not line.unit and says_either_way(head)
    return columns


def _keys(numbers: Numbers) -> list[str]:
    """A key for each number, by its place."""
    rows = [f"r{r + 1:02}" for r in range(int(numbers.row[-1]) + 1)]
    columns = [f"_c{c + 1}" for c in range(int(numbers.column.max()) + 1)]
    places = zip(numbers.row.tolist(), numbers.column.tolist(), strict=True)
    keys = [rows[r] + columns[c] for r, c in places]
    for n in np.flatnonzero(numbers.further).tolist():
        keys[n] += f"_{numbers.further[n] + 1}"
    return keys


def _beside_percent(block: Block, numbers: Numbers) -> Bools:
    """Which numbers have no unit, and another in their cell is a percentage; or are alone where
    others have one."""
    bare = np.asarray(numbers.unit == numbers.units.index(""))
    if not numbers.further.any():
        return np.zeros_like(bare)
    shape = len(block.rows), len(block.columns)
    cells = np.zeros(shape, dtype=bool)
    percent = numbers.percent
    cells[numbers.row[percent], numbers.column[percent]] = True
    turned = zip(*(row.cells for row in block.rows), strict=True)
    rows = np.array([of_pairs([row.full], row.cells) for row in block.rows])
    columns = np.array(list(map(of_pairs, block.columns, turned)))
    alone = (numbers.further == 0) & (rows[numbers.row] | columns[numbers.column])
    return np.asarray(bare & (cells[numbers.row, numbers.column] | alone))


def _signed_columns(block: Block, columns: list[Said], numbers: Numbers) -> None:
    """A column in which most figures have a sign is one of changes though no label says so: there
    is a plus, too, or it names what came before, or all are percentages. One that compares
    (対前年比) and holds nothing below 50 has the year before as 100: a rate, as is a percentage
    without a sign that compares with a plan (與預算數比較). One called 差额 beside a column of the
    period before holds differences."""
    percents, values = numbers.percent, numbers.value
    for c, column in enumerate(columns):
        own = (numbers.column == c) & (numbers.steps != 0)
        signs, count = numbers.signed[own], int(own.sum())
        signed = np.count_nonzero(signs)
        percent = not column.rate and bool(percents[own].all())
        named = percent or any(pattern.search(block.label(c).lower()) for pattern, _ in _AGAINST)
        if (
            not column.change
            and (named or (signs == 1).any())
            and signed >= (0.5 if percent else 0.8) * count
            and signed > 2
        ):
            column.change = True
        compares = column.change and count and _COMPARES.search(block.label(c))
        index = compares and (values[own] * (signs == 0)).min() >= _INDEX
        if index or (column.rate and not signed and _OF_PLAN.match(block.label(c))):
            column.change, column.rate = False, True
    for path, column in zip(block.columns, columns, strict=True):
        if path and _DIFFERENCE.fullmatch(path[-1]) and not (column.change or column.rate):
            beside = (other[-1] for other in block.columns if other[:-1] == path[:-1])
            column.change = column.absolute = any(map(says_prior, beside))
    _parts_themselves(columns, _OF_A_WHOLE, numbers.column, numbers.steps != 0, numbers)


def _parts_themselves(
    lines: Sequence[Said], words: re.Pattern[str], places: Ints, told: Bools, numbers: Numbers
) -> None:
    """Lines called a share or a ratio, or rates, in no unit, that hold nothing but whole numbers
    from 1,000 on: they hold the parts themselves, or what is levied."""
    rates = [n for n, x in enumerate(lines) if x.rate and not x.unit]
    asked = [n for n in rates if words.search(lines[n].label)]
    if not asked:
        return
    whole = told & (numbers.exponent == 0) & (numbers.steps >= _NO_RATIO)
    counts, held = (np.bincount(places[own], minlength=len(lines)) for own in (told, whole))
    for n in asked:
        lines[n].rate &= not counts[n] == held[n] > 1


def _changes_told(rows: Sequence[Said], columns: Sequence[Said], numbers: Numbers) -> None:
    """The rows and the columns that only say that something changed, as their figures tell."""
    said = [
        [n for n, x in enumerate(lines) if x.change and not (x.unit or x.absolute)]
        for lines in (columns, rows)
    ]
    if not any(said):
        return
    own = numbers.further == 0
    places = numbers.column[own], numbers.row[own]
    value, step = (np.full((len(columns), len(rows)), np.nan) for _ in range(2))
    value[places], step[places] = numbers.value[own], 10.0 ** numbers.exponent[own]
    for turned, lines, bare in ((False, columns, said[0]), (True, rows, said[1])):
        compared = [n for n, line in enumerate(lines) if not line.change]
        both = (value.T, step.T) if turned else (value, step)
        for n, kind, now in changes_told(*both, bare, compared):
            lines[n].told(kind, lines[now])


def _powers_restored(block: Block, columns: list[Said]) -> None:
    """A total in a length among areas or volumes of it (km beside km²) is one of these: what is
    printed small is lost first."""
    for path, total in zip(block.columns, columns, strict=True):
        if total.unit and any(map(is_total, path[-1:])):
            beside = zip(block.columns, columns, strict=True)
            units = {c.unit for p, c in beside if c is not total and p[:-1] == path[:-1]}
            powers = units & {total.unit + mark for mark in "²³23"}
            if len(powers) == 1 and total.unit not in units:
                total.unit = powers.pop()


def _fractions(
    rows: Sequence[Said], columns: Sequence[Said], numbers: Numbers
) -> tuple[Bools, Bools]:
    """Which rows and which columns hold a number with decimals, changes and rates among counts
    apart."""
    decimal = np.flatnonzero((numbers.exponent < 0) & ((numbers.further == 0) | ~numbers.percent))
    places = numbers.row[decimal], numbers.column[decimal]
    plain = [np.array([not (x.change or x.rate) for x in lines]) for lines in (rows, columns)]
    found = np.zeros(len(rows), dtype=bool), np.zeros(len(columns), dtype=bool)
    for own, other, fraction, plainly in zip(places, places[::-1], found, plain[::-1], strict=True):
        fraction[own[plainly[other]]] = True
    return found


class _Meaning(NamedTuple):
    """What the figures of a column in rows alike are."""

    unit: str
    measure: str
    against: str
    whole: bool
    signed: bool
    share: bool


def _meaning(
    row: Said, column: Said, label: str, common: str, fraction: bool, number: Number
) -> _Meaning:
    unit, measure = _unit_and_measure(row, column, number.unit, common, fraction, number)
    changes = measure in ("change", "difference")
    whole = measure == "count" or (measure == "difference" and _counts(unit, fraction))
    share = measure == "rate" and column.share and unit == "percent"
    against = _against(label) if changes else ""
    return _Meaning(unit, measure, against, whole and not _POWERS.match(unit), changes, share)


def _unit_and_measure(
    row: Said, column: Said, own: str, common: str, fraction: bool, number: Number
) -> tuple[str, str]:
    """The unit and the measure of a figure by its own unit, its column's, its row's or the
    caption's."""
    stated = own or column.unit or row.unit
    if column.change or row.change:
        says = column if column.change else row
        other = row if column.change else column
        if stated == POINTS:
            return POINTS, "difference"
        if own == "percent" or (says.percent and not own):
            return "percent", "change"
        if own or says.absolute or says.unit:
            unit = own or says.unit or says.over or other.unit or common
            return POINTS if unit == "percent" else unit, "difference"
        if other.percent:
            return POINTS, "difference"
        if fraction or (says is column and column.fraction):
            return "percent", "change"
        return says.over or other.unit or ("" if other.rate else common), "difference"
    if own and (number.worded or (number.signed and not column.rate and not row.rate)):
        return own, "change" if own == "percent" else "difference"
    each = any(line.rate and line.each for line in (column, row))
    money = each and is_measured(common) and not _POWERS.match(common)  # 人均收入, all in 元
    unit = stated or ("" if (column.rate or row.rate) and not money else common)
    return unit, _measure(unit, column.rate or row.rate, fraction)


@lru_cache(1024)
def _measure(unit: str, rate: bool, fraction: bool) -> str:
    if unit in ("percent", "‰") or re.search(r"[/／每]|\bper\b", unit):
        return "rate"
    if unit == POINTS:
        return "difference"
    counted = _POWERS.sub("", unit).strip()
    if is_measured(counted) or is_money(unit):
        return "amount"
    if rate and not unit:
        return "rate"
    if counted != unit:
        return "amount" if fraction else "count"
    return "rate" if rate else "amount" if fraction else "count"


def _counts(unit: str, fraction: bool) -> bool:
    """Whether differences in a unit are of whole things."""
    return unit != POINTS and not fraction and _measure(unit, False, False) == "count"


def _against(label: str) -> str:
    """What a change is against, by the words of its labels, or the months that they compare."""
    if months := months_compared(label)[0]:
        return "year earlier" if months == _YEAR else "previous period"
    return next((name for pattern, name in _AGAINST if pattern.search(label.lower())), "not stated")
