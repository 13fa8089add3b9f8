"""What units come to beside each other: what a quotient of 1 is printed as, by its three units.

A rate by 100,000 from cases and 10,000 people, kilograms a hectare from tonnes and hectares, yuan a
head from 100 million yuan and 10,000 people: the factor of a ratio is what its three units make of
a quotient. It is exact, a fraction. Where they cannot be made comparable there is none.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from typing import NamedTuple

from .units import halves, in_so_many, is_share, told_unit, unit_of

# A line a quantity: the unit that it is told in, and how many of it each other unit is.
_SIZES = """
    克 = 千克 1000; 公斤 1000; 吨 1000000; 公吨 1000000; 斤 500; 毫克 1/1000; 微克 1/1000000;
        纳克 1/1000000000; 短吨 907184.74; 磅 453.59237; 盎司 28.349523125; 克拉 1/5
    米 = 公里 1000; 千米 1000; 厘米 1/100; 毫米 1/1000; 微米 1/1000000; 纳米 1/1000000000;
        海里 1852; 英里 1609.344; 英尺 0.3048; 呎 0.3048; 英寸 0.0254
    平方米 = 平方公里 1000000; 平方千米 1000000; 公顷 10000; 公亩 100; 亩 2000/3; 平方厘米 1/10000;
        平方英尺 0.09290304; 平方呎 0.09290304; 英亩 4046.8564224; 坪 400/121
    立方米 = 立方千米 1000000000; 立方厘米 1/1000000; 升 1/1000; 毫升 1/1000000
    瓦时 = 千瓦时 1000; 度电 1000; 兆瓦时 1000000; 吉瓦时 1000000000; 太瓦时 1000000000000
    瓦 = 千瓦 1000; 兆瓦 1000000; 吉瓦 1000000000
    秒 = 毫秒 1/1000; 分钟 60; 小时 3600
    元 = 角 1/10
    美元 = 美分 1/100
    港元 = 仙 1/100
    percent = ‰ 1/10; ‱ 1/100; percentage_point 1; permille_point 1/10; ‱_point 1/100
"""
_THINGS = "things"  # whatever is counted: 死亡90人 of 确诊900例
_UNTOLD = "dollars"  # of which country


class Magnitude(NamedTuple):
    """What a unit measures, "" where that is not told; its size, and how many of a unit it is."""

    of: str
    size: Fraction
    times: int

    @property
    def is_of_things(self) -> bool:
        """Whether it counts things or persons, and measures no amount."""
        return self.of == _THINGS

    def by(self, other: Magnitude) -> Fraction | None:
        """How many of another unit one of this is; one where either is not told."""
        if "" in (self.of, other.of):
            return Fraction(1)
        return self.size / other.size if self.of == other.of else None


@cache
def magnitude(name: str) -> Magnitude:
    """What a unit measures, and how much of it one is.

    >>> magnitude("万吨").by(magnitude("公斤")), magnitude("万人").by(magnitude("元"))
    (Fraction(10000000, 1), None)
    """
    name = told_unit(name)
    unit, times = in_so_many(name) or (unit_of(name), 1)
    of, size = _sizes().get(unit.name, (unit.name, Fraction(1)))
    of = _THINGS if name and unit.family.measure == "count" else of
    return Magnitude("" if unit.en == _UNTOLD else of, size * times, times)


@cache
def _sizes() -> dict[str, tuple[str, Fraction]]:
    found = {}
    for line in _SIZES.replace(";\n", ";").strip().splitlines():
        of, _, units = line.strip().partition(" = ")
        for each in (f"{of} 1", *units.split(";")):
            name, size = each.split()
            found[name.replace("_", " ")] = of, Fraction(size)
    return found


def of_money(name: str) -> bool:
    """Whether a unit is a currency; how many of another one it comes to depends on the day.

    >>> of_money("元"), of_money("美元"), of_money("件")
    (True, True, False)
    """
    return unit_of(name).family.name == "money"


@cache
def in_another(unit: str, other: str) -> Fraction | None:
    """How many of another unit one of this comes to: of what is measured, or a rate by it.

    >>> in_another("吨", "斤"), in_another("公斤/公顷", "公斤/亩"), in_another("人", "起") is None
    (Fraction(2000, 1), Fraction(1, 15), True)
    """
    (above, times, below), (over, by, under) = (halves(u) or (u, 1, "") for u in (unit, other))
    if bool(below) != bool(under) or (not below and magnitude(unit).is_of_things):
        return None
    of, base = magnitude(above).by(magnitude(over)), magnitude(below).by(magnitude(under))
    return of * by / times / base if of and base else None


@cache
def factor_of(rate: str, numerator: str, denominator: str) -> Fraction | None:
    """What a quotient of 1 is printed as, by the units of a rate, its numerator and denominator.

    A unit that is not told is taken for the one that fits, and what a rate is by for single ones. A
    rate in a plain unit is so much for one of what its denominator counts.

    >>> factor_of("percent", "起", "起"), factor_of("percent", "吨", "公斤")
    (Fraction(100, 1), Fraction(100000, 1))
    >>> factor_of("起/10万人", "起", "万人"), factor_of("公斤/亩", "万吨", "千公顷")
    (Fraction(10, 1), Fraction(2000, 3))
    >>> factor_of("元", "亿元", "万人"), factor_of("per 100000", "not stated", "万人")
    (Fraction(10000, 1), Fraction(10, 1))
    >>> factor_of("元/人", "件", "人") is None
    True
    """
    above, below = magnitude(numerator), magnitude(denominator)
    if per := halves(rate):
        over, under = (
            Fraction(of.times) if not half else of.by(magnitude(half))
            for of, half in ((above, per[0]), (below, per[2]))
        )
        return None if over is None or under is None else per[1] * over / under
    if is_share(rate):
        like = above.by(below)
        return None if like is None else Fraction(unit_of(rate).family.per_one) * like
    if not told_unit(rate):
        return Fraction(1)
    over = above.by(magnitude(rate))
    return None if over is None else over / below.times
