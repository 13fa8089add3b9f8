"""One printed figure read: value, bounds, unit, hedge, measure, and what is refused.

The expected numbers in printed_figures.csv come from hand arithmetic, each with its reason; this
file adds an oracle in exact fractions.
"""

import itertools
import math
import re
from fractions import Fraction

import pytest
from building import COLUMNS, PRINTED, bits, outward
from hypothesis import given
from hypothesis import strategies as st

from analysis.figures import (
    Figure,
    FigureError,
    read_figure,
)


def test_there_are_figures_enough() -> None:
    assert len(PRINTED) >= 150
    assert len({row["reported"] for row in PRINTED}) == len(PRINTED)
    assert all(row["reason"] for row in PRINTED)


@pytest.mark.parametrize("row", PRINTED, ids=lambda row: row["reported"])
def test_printed_figure(row: dict[str, str]) -> None:
    figure = read_figure(row["reported"])
    assert figure.value == (float(row["value"]) if row["value"] else None)
    assert bits(figure.low) == bits(outward(row["low"], -math.inf)), row["reason"]
    assert bits(figure.high) == bits(outward(row["high"], math.inf)), row["reason"]
    assert (figure.unit, figure.hedge, figure.measure) == (
        row["unit"],
        row["hedge"],
        row["measure"],
    )


def test_decimals_are_those_printed() -> None:
    printed = {"16.2473万件": 4, "10.0%": 1, "6623起": 0, "百分之十三点八": 1, "1.00000万件": 5}
    assert {text: read_figure(text).decimals for text in printed} == printed


@pytest.mark.parametrize(
    ("text", "rounding", "low", "high"),
    [
        ("89.9%", "truncated", "89.9", "90"),
        ("89.9%", "either", "89.85", "90"),
        ("下降13.8%", "truncated", "-13.9", "-13.8"),
        ("下降13.8%", "either", "-13.9", "-13.75"),
        ("13.9万件", "truncated", "139000", "140000"),
        ("99.9%", "truncated", "99.9", "100"),
        ("6623起", "either", "6623", "6623"),
        ("1200多路", "truncated", "1200", "1300"),
    ],
)
def test_rounding_by_name(text: str, rounding: str, low: str, high: str) -> None:
    figure = read_figure(text, rounding=rounding)
    assert figure.low == outward(low, -math.inf)
    assert figure.high == outward(high, math.inf)


def test_a_figure_is_frozen() -> None:
    with pytest.raises(AttributeError):
        read_figure("6623起").value = 1.0  # type: ignore[misc]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("12岁", "found '岁' at offset 2"),
        ("第三", "expected a number"),
        ("", "the text ends"),
        ("下降", "found '下' at offset 0"),
        ("1\u200b2件", "U+200B (zero width space)"),
        ("\u202e12件", "U+202E (right-to-left override)"),
        ("1²件", "U+00B2 (superscript two)"),
        ("③起", "U+2462 (circled digit three)"),
        ("٣起", "U+0663 (arabic-indic digit three)"),
        ("12起\n", "U+000A"),
        ("下降-3.2%", "one sign"),
        ("二百三千人", "well-formed number"),
        ("万亿三人", "well-formed number"),
        ("亿万人", "well-formed number"),
        ("三亿两人", "well-formed number"),
        ("三万亿一亿元", "well-formed number"),
        ("三万二万亿元", "well-formed number"),
        ("一百三万一人", "well-formed number"),  # 103 or 130 of them
        ("零三人", "well-formed number"),
        ("5—3起", "offset"),
        ("1,23件", "found ','"),
        ("9" * 41 + "起", "at most 40 digits"),
        ("一" * 41 + "起", "at most 40 digits"),
        ("6623 起诉", "found"),
        ("1e9件", "found 'e'"),
        ("NaN", "found 'N'"),
        ("inf", "found 'i'"),
    ],
)
def test_what_is_no_figure(text: str, says: str) -> None:
    with pytest.raises(FigureError, match=re.escape(says)) as caught:
        read_figure(text)
    assert str(caught.value).endswith("^")


@pytest.mark.parametrize(
    ("text", "expected", "shown", "caret"),
    [
        ("12岁", "a known unit or the end, found '岁' at offset 2", "12岁", "  ^"),
        (
            "同比12岁",
            "a known unit or the end, found '岁' at offset 4",
            "同比12岁",
            "\u3000\u3000  ^",
        ),
        ("", "a number (hedge and sign before it), the text ends at offset 0", "", "^"),
        (
            "1\ue000件",
            "digits, 万/亿 and a unit; U+E000 (unnamed) is none of them, "
            "found '\\ue000' at offset 1",
            "1\ufffd件",
            " ^",
        ),
        (
            "岁" + 29 * "件",
            "a number (hedge and sign before it), found '岁' at offset 0",
            "岁" + 29 * "件",
            "^",
        ),
        (
            "岁" + 30 * "件",
            "a number (hedge and sign before it), found '岁' at offset 0",
            "岁" + 29 * "件" + "…",
            "^",
        ),
    ],
)
def test_a_fault_is_told_in_full(text: str, expected: str, shown: str, caret: str) -> None:
    with pytest.raises(FigureError) as caught:
        read_figure(text)
    message, *lines = str(caught.value).split("\n")
    assert message == f"no printed figure: expected {expected}"
    assert lines == [f"  {shown}", f"  {caret}"]


def test_the_caret_stands_below_the_place() -> None:
    with pytest.raises(FigureError) as caught:
        read_figure("12件A")
    _, shown, caret = str(caught.value).split("\n")
    assert shown == "  12件A"
    assert caret == "    \u3000^"  # a full-width blank under 件


@pytest.mark.parametrize("no_text", [None, 5, 5.0, b"5", math.nan])
def test_only_text_is_read(no_text: object) -> None:
    with pytest.raises(TypeError, match=type(no_text).__name__):
        read_figure(no_text)  # type: ignore[arg-type]


def test_an_unknown_rounding_is_named() -> None:
    with pytest.raises(ValueError, match="nearest, truncated, either"):
        read_figure("5起", rounding="up")


ALPHABET = (
    "0123456789.,%‰-+—至上下降升近约余多万亿千百十一二两半零点分之个起件人元倍成过数几 １，\u200b²A"
)


@given(st.text(ALPHABET, max_size=14))
def test_nothing_but_figure_errors(text: str) -> None:
    try:
        figure = read_figure(text)
    except FigureError:
        return
    assert figure.low <= figure.high
    assert figure.value is None or figure.low <= figure.value <= figure.high
    assert figure.value is None or math.isfinite(figure.value)


SCALES = {"": 1, "万": 10**4, "亿": 10**8}
UNITS = {"起": "count", "元": "amount", "%": "rate", "吨": "measured"}


def half_up(exact: Fraction) -> int:
    return math.floor(exact + Fraction(1, 2))


@given(
    true=st.fractions(0, 10**9, max_denominator=10**6),
    decimals=st.integers(0, 6),
    scale=st.sampled_from(list(SCALES)),
    unit=st.sampled_from(list(UNITS)),
    falls=st.booleans(),
    rounding=st.sampled_from(["nearest", "truncated", "either"]),
)
def test_plain_bounds_are_sound_and_tight(
    true: Fraction, decimals: int, scale: str, unit: str, falls: bool, rounding: str
) -> None:
    if unit == "%":
        scale = ""
    if unit == "起":
        true = Fraction(math.floor(true))  # cases are whole
    step = Fraction(SCALES[scale], 10**decimals)
    n = half_up(true / step) if rounding == "nearest" else math.floor(true / step)
    digits = f"{n:0{decimals + 1}d}"
    point = len(digits) - decimals
    text = digits[:point] + ("." + digits[point:] if decimals else "") + scale + unit
    figure = read_figure(("下降" if falls else "") + text, rounding=rounding)
    magnitude = (-figure.high, -figure.low) if falls else (figure.low, figure.high)
    printed = n * step
    # A count printed to the unit; decimals without a scale (12.0起) say that it was rounded.
    if unit == "起" and step <= 1 and printed.denominator == 1 and (scale or not decimals):
        low = high = printed
    else:
        low = printed - (0 if rounding == "truncated" else step / 2)
        high = printed + (step / 2 if rounding == "nearest" else step)
    if not falls and unit in "起%吨":
        low = max(low, Fraction(0))
    if not falls and unit == "%" and printed <= 100:
        high = min(high, Fraction(100))
    if not (unit == "%" and true > 100 >= printed):
        assert Fraction(magnitude[0]) <= true <= Fraction(magnitude[1])
    # Tight: one float step inward is already inside the exact bounds.
    assert Fraction(magnitude[0]) <= low < Fraction(math.nextafter(magnitude[0], math.inf))
    assert Fraction(math.nextafter(magnitude[1], -math.inf)) < high <= Fraction(magnitude[1])


@given(
    n=st.integers(1, 10**7),
    hedge=st.sampled_from(["多", "余", "近", "约", "以上", "不足"]),
    scale=st.sampled_from(list(SCALES)),
)
def test_hedged_bounds_follow_the_weight(n: int, hedge: str, scale: str) -> None:
    before, after = (hedge, "") if hedge in "近约不足" else ("", hedge)
    inner, after = (after, "") if after in ("多", "余") else ("", after)
    figure = read_figure(f"{before}{n}{inner}{scale}人{after}")
    weight = SCALES[scale] * 10 ** (len(str(n)) - len(str(n).rstrip("0")))
    value = n * SCALES[scale]
    wanted = {
        "多": (value, value + weight),
        "余": (value, value + weight),
        "近": (value - weight, value),
        "约": (value - weight / 2, value + weight / 2),
        "以上": (value, math.inf),
        "不足": (0, value),
    }
    assert (figure.low, figure.high) == wanted[hedge]
    assert (figure.value, figure.hedge) == (value, hedge)


WAN = "零一二三四五六七八九"


def in_words(n: int) -> str:
    """n below 10**12 in Chinese, in full: written here by its definition, place by place."""
    for place, name in ((10**8, "亿"), (10**4, "万")):
        if n >= place:
            high, low = divmod(n, place)
            zero = "零" if 0 < low < place // 10 else ""
            return in_words(high) + name + (zero + in_words(low) if low else "")
    words, gap = "", False
    for place, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, n = divmod(n, place)
        if digit:
            words += ("零" if gap and words else "") + WAN[digit] + name
            gap = False
        else:
            gap = True
    return words


@given(st.integers(0, 11).flatmap(lambda digits: st.integers(10**digits, 10 ** (digits + 1) - 1)))
def test_chinese_numerals(n: int) -> None:
    words = in_words(n)
    figure = read_figure(words + "件")
    assert figure.value == n
    assert figure.low <= n <= figure.high
    assert read_figure("百分之" + words).value == n


def test_every_short_row_of_numeral_characters_is_read_or_refused() -> None:
    read = 0
    for length in range(1, 5):
        for characters in itertools.product("一三零十百千万亿两半", repeat=length):
            try:
                figure = read_figure("".join(characters) + "人")
            except FigureError:
                continue
            assert figure.low <= figure.high
            read += 1
    assert read > 500


def test_the_record_has_the_names_agreed() -> None:
    assert list(Figure.__dataclass_fields__) == COLUMNS


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1万9999件", 19999),
        ("1万10000件", None),  # more than the place before leaves room for
        ("5千6万件", None),
        ("三分之三", None),
        ("五分之六", None),
        ("四分之三", 75),
        ("三六百人", None),  # no two neighbours
        ("五三百人", None),
        ("5至5起", None),
        ("3人至5起", None),
    ],
)
def test_numbers_that_are_none(text: str, value: float | None) -> None:
    if value is None:
        with pytest.raises(FigureError):
            read_figure(text)
    else:
        assert read_figure(text).value == value


def test_a_fault_far_along_is_shown_with_what_stands_around_it() -> None:
    text = "9" * 35 + "件A" + "起" * 40
    with pytest.raises(FigureError, match="found 'A' at offset 36") as caught:
        read_figure(text)
    _, shown, caret = str(caught.value).split("\n")
    assert shown == "  …" + text[6:66] + "…"
    assert len(caret) - 1 == shown.index("A")
    assert caret.strip(" \u3000") == "^"
    with pytest.raises(FigureError) as caught:
        read_figure("A12")
    assert str(caught.value).split("\n")[1:] == ["  A12", "  ^"]
