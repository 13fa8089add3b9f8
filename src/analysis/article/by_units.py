"""Rates by so many of something (每十万人192起, 5555.6公斤/公顷, 5.1 per 100,000 population).

Their two values are told by name, and by the units of all three.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import islice

from ..kinds import counted
from ..quotients import factor_of, magnitude
from ..units import halves, in_so_many
from .clauses import Passage
from .marks import Claim, Mark
from .periods import same_time
from .totals import ALIKE, REACH, characters_in, context, holds, is_of_a_rate, levels_back, nearly
from .words import residue

_EACH = re.compile(r"每\s?(?P<times>[十百千万亿0-9]*)\s?(?P<of>[\u4e00-\u9fff]{1,4})")
_ON = re.compile(r"[按以]照?(?:全[国省市县区])?(?P<of>[^,;。比较]{0,12})$")  # 按年中人口(90万人计)
_RECKONED = re.compile(r"[^,;。0-9]{0,8}?计(?:算|,)")
_OF_LAND = re.compile("亩[产均][^,;。]{0,4}$")
_KIND_OF = re.compile(  # what is left of a rate's name without it names both of its values
    r"单位面积产量|拥?有|单产|[亩地]产|均价|价格|[售单]价|[人户亩地]均|密度|水平|平均|率|数量|每[十百千万亿0-9]*(?:人口?|[元亩])?"
)
_POPULATION = re.compile(r"人口|居民|population|inhabitants|residents|people", re.IGNORECASE)
_PLACE = re.compile("全[国省市州县区镇]")
_FEW = 4  # values before so much to one
_MANY = 100  # of so many persons only a population is told
_PER = re.compile(
    r"\s(?:[a-z-]+\s){0,3}?(?:per|for every|for each|in every|to every|out of every)"
    r"\s(?P<times>[\d,]+|hundred|thousand|million)\s"
    r"(?:(?P<people>of\s(?:its|the|a|their)\b|population\b|people\b|inhabitants|persons|residents)"
    r"|(?P<of>[a-z]+(?:\s(?!in\b|on\b|for\b|of\b|at\b|and\b|by\b|from\b|last\b|this\b)[a-z]+)?))",
    re.IGNORECASE,
)
_TIMES = {"hundred": "100", "thousand": "1000", "million": "1000000"}
_Fit = Callable[[Mark], float]  # how much of what a rate is named after names a value


def rate_by_units(mark: Mark, passage: Passage) -> Claim | None:
    """The claim of a rate by so many of something, in Chinese: both of its values before it."""
    unit = _unit_of(mark)
    if not unit:
        return None
    noun = residue(_KIND_OF.sub("", mark.name))

    def fit(value: Mark) -> float:
        said, before = context(value), value.previous
        if value.name.startswith("总") and before is not None:  # 玉米播种面积…,总产量…
            said += context(before) * (before.sentence == value.sentence)
        return characters_in(noun, said) / len(noun) if noun else 1.0

    return _claim(mark, unit, passage.marks[max(0, mark.n - REACH) : mark.n], fit, bool(noun))


def rate_on(mark: Mark) -> Claim | None:
    """The claim of a rate whose base words state right before it: 按年中人口90万人计,出生率5‰.

    Its numerator is the last value of its units that it holds of, or but for a digit.
    """
    total = mark.previous
    if total is None or total.sentence != mark.sentence or not total.is_level:
        return None
    if not _ON.search(total.before) or not _RECKONED.match(mark.gap):
        return None
    before, mark.unit = mark.unit, _unit_of(mark) or mark.unit
    parts = [v for v in levels_back(total) if total.sentence - v.sentence <= 1]
    parts = [v for v in parts if factor_of(mark.unit, v.unit, total.unit)]
    for fits in (holds, nearly):
        for part in parts:
            if fits(mark, part, total):
                return Claim.ratio(mark, part, total, "按…计")
    mark.unit = before
    return None


def rate_of_bracket(mark: Mark, passage: Passage) -> Claim | None:
    """The claim of a rate whose base a bracket right behind it holds: 每千人5.0张(常住人口90万人).

    Its numerator stands there, too, or right before the rate.
    """
    near = passage.marks[mark.n + 1 : mark.n + 1 + _FEW]
    inside = [v for v in near if v.bracket and v.holder is mark and v.sort == "level"]
    before = mark.previous
    if not inside or mark.is_change:
        return None
    here = before is not None and before.sort == "level" and before.sentence == mark.sentence
    unit, parts = mark.unit, [*inside, *([before] if here and before is not None else [])]
    mark.unit = _unit_of(mark) or unit
    for total in inside:
        for part in parts:
            known = part is not total and factor_of(mark.unit, part.unit, total.unit)
            if known and holds(mark, part, total):
                return Claim.ratio(mark, part, total, "in brackets")
    mark.unit = unit
    return None


def english_rate(mark: Mark, passage: Passage, tied: Collection[int] = ()) -> list[Claim]:
    """The claim of a rate per so many people, in English: its values stand before it or after.

    Words tie it to the first of them, or it is named as that is.
    """
    said = _PER.match(passage.folded[mark.paragraph - 1], mark.end)
    if said is None or mark.is_change or mark.sort == "share":
        return []
    times = said["times"].lower().replace(",", "")
    words = {_stem(word) for word in mark.name.lower().split()} - {"rate", "average", ""}

    def fit(value: Mark) -> float:
        alike = words <= {_stem(word) for word in value.name.lower().split()}
        return float(value.n in tied or (bool(words) and alike))

    marks = passage.marks[max(0, mark.n - REACH) : mark.n + 4]
    unit = f"per {_TIMES.get(times, times)}"
    if said["people"]:
        claim = _claim(mark, unit, marks, fit, bool(words))
        return [claim] if claim else []
    nouns = [_stem(word) for word in said["of"].lower().split()]
    bases = [v for v in marks if nouns[0] in {_stem(word) for word in v.name.lower().split()}]
    parts = sorted((v for v in marks if fit(v)), key=lambda v: v.n not in tied)
    return [*islice(_rates_of(mark, unit, parts, bases), 1)]


def _rates_of(mark: Mark, unit: str, parts: list[Mark], bases: list[Mark]) -> Iterator[Claim]:
    """The claims of a rate per so many of a noun: 9 wrecks, or 3.6 per 1,000 voyages."""
    before = mark.unit
    for total in bases:
        for part in parts:
            known = is_of_a_rate(part) and is_of_a_rate(total) and part is not total
            if not known or mark in (part, total) or not same_time(part, total):
                continue
            mark.unit = unit
            if factor_of(unit, part.unit, total.unit) and nearly(mark, part, total):
                mark.measure = "rate"
                yield Claim.ratio(mark, part, total, f"by units: {unit}")
    mark.unit = before


def _stem(word: str) -> str:
    return word.strip(",;.").removesuffix("s")


def _unit_of(mark: Mark) -> str:
    """The unit of a rate with what it is by; "" of what is no such rate, or by single things."""
    if halves(mark.unit):
        return mark.unit
    if _OF_LAND.search(mark.before) and mark.unit:
        return f"{mark.unit}/亩"
    said = (mark.before + mark.reported).rpartition("每")
    each = _EACH.match("".join(said[1:]))
    if each is None or not (mark.unit or each["times"]):
        return ""
    known = (each["of"][:n] for n in range(len(each["of"]), 0, -1))
    base = next((unit for unit in known if in_so_many(unit)), "")
    by_one = not each["times"] and magnitude(base).is_of_things
    return "" if not base or by_one else f"{mark.unit}/{each['times']}{base}"


def _claim(mark: Mark, unit: str, marks: Iterable[Mark], fit: _Fit, told: bool) -> Claim | None:
    """The rate of the two values that are named as it is, and whose units can make its own.

    All three hold, or but for a digit where all of them are named alike. A population has a name
    of its own, and is rather that of the middle of the year.
    """
    above, times, base = halves(unit) or ("", 1, "")
    known = [
        value
        for value in marks
        if is_of_a_rate(value) and value is not mark and same_time(value, mark)
    ]
    numerators = [v for v in known if _is_in(v, above) and fit(v) >= ALIKE]
    numerators.sort(key=lambda v: (not v.unit.endswith(above), len(v.name), -v.n))
    bases = [v for v in known if _is_in(v, base)]
    if not base or (times >= _MANY and magnitude(base).is_of_things):
        bases = [v for v in bases if _POPULATION.search(context(v))]
    before, mark.unit = mark.unit, unit
    bases.sort(key=lambda v: (fit(v) < ALIKE, not v.unit.endswith(base), len(v.name), -v.n))
    for part in numerators:
        for total in bases:
            if part is total or not factor_of(unit, part.unit, total.unit):
                continue
            places = {*_PLACE.findall(context(part) + context(total))}
            if places and not places.issuperset(_PLACE.findall(mark.before)):
                continue  # 全市…,全省每十万人…
            named = told and fit(total) >= ALIKE
            if (nearly if named else holds)(mark, part, total):
                mark.measure = "rate"
                return Claim.ratio(mark, part, total, f"by units: {unit}")
            if named:
                break
    mark.unit = before
    return None


def _is_in(value: Mark, half: str) -> bool:
    """Whether a value is in a unit that can be compared with half of a rate's."""
    if not half or not value.unit:
        return not half and not _is_measured(value.unit)
    alike = magnitude(value.unit).of == magnitude(half).of
    return alike and (value.counts == counted(half) or _is_measured(half))


def _is_measured(unit: str) -> bool:
    """Whether a unit is one of amounts, and not of things."""
    return magnitude(unit).of != "" and not magnitude(unit).is_of_things
