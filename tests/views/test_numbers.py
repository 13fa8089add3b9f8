"""Numbers as they are written: each expected text is worked out by hand from its bounds."""

import math

import pytest

from analysis import Bounds
from analysis.views.numbers import written


@pytest.mark.parametrize(
    ("low", "high", "unit", "en", "zh"),
    [
        (6623, 6623, "起", "6,623", "6,623"),
        (7679, 7687, "起", "7,679–7,687", "7,679–7,687"),
        (-13.85, -13.75, "percent", "−13.85 to −13.75%", "−13.85至−13.75%"),
        # 2.23亿 stands for 2.225亿 to 2.235亿.
        (2.225e8, 2.235e8, "元", "222.5–223.5 million", "2.225–2.235亿"),
        (1.7e8, 1.9e8, "元", "170–190 million", "1.7–1.9亿"),
        (2.8e6, 2.9e6, "元", "2.8–2.9 million", "280–290万"),
        (9e9, math.inf, "港元", "≥ 9 billion", "≥ 90亿"),
        # 33.8万: within 337,500 and 338,500, which no million holds in three decimals.
        (337_500, 338_500, "起", "337,500–338,500", "33.75–33.85万"),
        # An exact count loses none of its digits, and rounding none of its last ones.
        (162_473, 162_473, "件", "162,473", "162,473"),
        (3_105_591, 3_105_591, "人", "3,105,591", "3,105,591"),
        (37_183_350, 37_183_450, "人", "37,183,350–37,183,450", "37,183,350–37,183,450"),
        # Of a long quotient two digits of its width are left, outward.
        (4_347_571_679.3, 4_364_381_957.8, "元", "4.347–4.365 billion", "43.47–43.65亿"),
        # What is counted in ten thousands already is not counted so again.
        (2_000_000, 2_000_000, "万元", "2,000,000", "2,000,000"),
        (-3e6, -2e6, "元", "−3 to −2 million", "−300至−200万"),
        # 1628 of 1814: as 89.75% it would seem to round to 89.8%. 45 in 248 fewer is 18.14516%.
        (162800 / 1814, 162800 / 1814, "percent", "89.746%", "89.746%"),
        (-4500 / 248, -4500 / 248, "percent", "−18.1452%", "−18.1452%"),
        (0, 0, "起", "0", "0"),
    ],
)
def test_a_number_in_either_language(low, high, unit, en, zh):
    assert written(Bounds(low, high), "en", unit) == en
    assert written(Bounds(low, high), "zh", unit) == zh


def test_a_column_may_keep_its_numbers_long():
    assert written(Bounds(2e6, 2e6), "en", short=False) == "2,000,000"
