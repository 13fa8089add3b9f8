"""Printed figures: what is read, what is refused, what is found.

The expected numbers in printed_figures.csv come from hand arithmetic, each with its reason; this
file adds an oracle in exact fractions.
"""

import csv
import itertools
import math
import random
import re
import sys
from fractions import Fraction
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import units
from analysis.figures import (
    Figure,
    FigureError,
    columns,
    find_figures,
    find_numerals,
    grammar,
    precision,
    read_figure,
    read_figures,
    reading,
    words,
)

HERE = Path(__file__).parent
with (HERE / "printed_figures.csv").open(encoding="utf-8", newline="") as file:
    PRINTED = list(csv.DictReader(file))
COLUMNS = ["value", "low", "high", "unit", "hedge", "measure", "decimals"]


def outward(text: str, towards: float) -> float:
    """The float next to the exact number on the outer side."""
    if "inf" in text:
        return float(text)
    exact, x = Fraction(text), float(Fraction(text))
    inside = Fraction(x) > exact if towards < 0 else Fraction(x) < exact
    return math.nextafter(x, towards) if inside else x


def bits(value: float | None) -> str:
    return "none" if value is None or math.isnan(value) else float(value).hex()


def found(text: str, **options: bool) -> list[str]:
    return find_figures(text, **options)["reported"].tolist()


# --- Reading ------------------------------------------------------------------------------------


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


# --- The oracle: a number printed by rule lies within what is read back -------------------------

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
    if unit == "起" and step <= 1 and printed.denominator == 1:
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


# --- A column -----------------------------------------------------------------------------------

FORMATS = [
    "{}起",
    "{}件",
    "下降{}%",
    "{}%",
    "{}亿元",
    "{}万件",
    "增长{}倍",
    "{}‰",
    "{}多人",
    "日均{}起",
    "超过{}件",
    "不足{}件",
    "约{}亿元",
    "近{} 人",
    "-{}%",
]


@pytest.mark.parametrize("rounding", ["nearest", "truncated", "either"])
def test_a_column_reads_like_its_entries_to_the_bit(rounding: str) -> None:
    rng = random.Random(20181115)
    texts = [row["reported"] for row in PRINTED]
    for form in FORMATS:
        for decimals in range(6):
            for digits in (1, 3, 8, 11):
                texts += [
                    form.format(f"{rng.uniform(0, 10**digits):.{decimals}f}") for _ in range(20)
                ]
    texts += [form.format(n) for form in FORMATS for n in [*range(100, 120), 99, 100, 0]]
    texts += texts[:50]
    series = pd.Series(texts, index=pd.RangeIndex(5, 5 + len(texts)), dtype="str")
    frame = read_figures(series, rounding=rounding)
    assert list(frame.columns) == COLUMNS
    assert frame.index.equals(series.index)
    for text, row in zip(texts, frame.itertuples(index=False), strict=True):
        one = read_figure(text, rounding=rounding)
        assert [bits(row.value), bits(row.low), bits(row.high)] == [
            bits(one.value),
            bits(one.low),
            bits(one.high),
        ], text
        rest = (row.unit, row.hedge, row.measure, row.decimals)
        assert rest == (one.unit, one.hedge, one.measure, one.decimals), text


@given(n=st.integers(0, 2**52), den=st.sampled_from([2, 20, 200, 2000, 20000]))
def test_column_division_rounds_down_exactly(n: int, den: int) -> None:
    column = columns._below_column(np.array([n, -n], dtype=float), den)
    assert column.tolist() == [precision._below(n, den), precision._below(-n, den)]


def test_distinct_plain_figures_are_not_read_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = 0
    real = columns.parse

    def counting(text: str) -> reading.Reading:
        nonlocal calls
        calls += 1
        return real(text)

    monkeypatch.setattr(columns, "parse", counting)
    series = pd.Series(
        [f"{n}起" for n in range(5000)] + [f"下降{n / 10:.1f}%" for n in range(5000)]
    )
    assert len(read_figures(series)) == 10_000
    assert calls == 2  # once for each form
    calls = 0
    read_figures(pd.Series(["1200多路"] * 1000))
    assert calls == 1  # equal texts once


def test_all_faults_of_a_column_come_together() -> None:
    series = pd.Series(["6623起", "12岁", None, "第三", "12岁"], index=list("abcde"), dtype=object)
    with pytest.raises(FigureError) as caught:
        read_figures(series)
    reasons = []
    for text in ("12岁", "第三"):
        with pytest.raises(FigureError) as one:
            read_figure(text)
        reasons.append(str(one.value))
    assert str(caught.value) == "\n".join(
        [
            "4 of 5 entries unreadable",
            f"'b': '12岁': {reasons[0]}",
            "'c': None: no text (str)",
            f"'d': '第三': {reasons[1]}",
            f"'e': '12岁': {reasons[0]}",
        ]
    )


@pytest.mark.parametrize("stray", [5, None, 5.0])
def test_a_number_among_texts_is_a_fault(stray: object) -> None:
    with pytest.raises(FigureError, match=f"1: {stray!r}: no text"):
        read_figures(pd.Series(["6623起", stray], dtype=object))


@pytest.mark.parametrize("odd", ["1起\0", "\0起", "1\n2起"])
def test_what_a_column_is_worked_through_with_is_no_figure(odd: str) -> None:
    series = pd.Series([*(f"{n}起" for n in range(100)), odd])
    with pytest.raises(FigureError, match=re.escape(f"1 of 101 entries unreadable\n100: {odd!r}")):
        read_figures(series)


def test_an_empty_column_has_its_types() -> None:
    frame = read_figures(pd.Series([], dtype="str"))
    assert list(frame.columns) == COLUMNS
    one = read_figures(pd.Series(["6623起"]))
    assert frame.dtypes.to_dict() == one.dtypes.to_dict()


def test_a_column_is_a_series() -> None:
    with pytest.raises(TypeError, match="list"):
        read_figures(["6623起"])  # type: ignore[arg-type]


# --- The grammar --------------------------------------------------------------------------------

TABLES = [*grammar.PASSED_OVER, *grammar.FORMS, *grammar.TALLIES, grammar.REST]


@pytest.mark.parametrize("row", TABLES, ids=lambda row: row.name)
def test_every_row_finds_its_example(row: grammar.Row) -> None:
    hits = {m.lastgroup for m in grammar.scanner().finditer(row.example)}
    assert row.name in hits


@pytest.mark.parametrize("row", grammar.FORMS, ids=lambda row: row.name)
def test_examples_of_figures_are_found(row: grammar.Row) -> None:
    assert found(row.example)


def test_vocabularies_are_whole() -> None:
    tables = (words.FALLS, words.RISES, words.FALL_NOUNS, words.RISE_NOUNS)
    signs = [word for table in tables for word in table.split()]
    assert all(found(f"同比{word}13.8%") == [f"{word}13.8%"] for word in signs)
    names = [pattern.partition("(?!")[0] for pattern in units.as_printed(*units.COUNTED)]
    assert {name for name in names if not found(f"共12{name}。")} == set()


# --- Finding ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("甲、乙分别下降13.8%和23.5%", [-13.8, -23.5]),
        ("分别下降11.4%、6.3%、2.8%和4.5%", [-11.4, -6.3, -2.8, -4.5]),
        ("分别下降38.6%、上升2.8%", [-38.6, 2.8]),
        ("分别上升1.2倍、2.7倍和61.5%", [120, 270, 61.5]),
        ("減少58起、47人、36人,下降21.5%、20.25%", [-58, -47, -36, -21.5, -20.25]),
        ("下降13.8%,占85.7%", [-13.8, 85.7]),
        ("下降13.8%、立案5起", [-13.8, 5]),
        ("减少4起、13.8%", [-4, -13.8]),
        ("上升0.46和0.37个百分点", [0.46, 0.37]),
        ("降幅分别为13.8%和百分之九", [-13.8, -9]),
        ("从6%上升到8%", [6, 8]),
        ("由31起、112人下降到17起、64人", [31, 112, 17, 64]),
        ("从18起增至25起,降为3起", [18, 25, 3]),
        ("分别下降3.2%和+1.5%", [-3.2, 1.5]),
        ("三个方面,分别减少3起和5起", [-3, -5]),
        # A printed minus is of its own number alone, and no list goes on through it.
        ("增速分别为12.3%、-3.4%和5.6%", [12.3, -3.4, 5.6]),
        ("增长率为-1.4‰和6.0‰", [-1.4, 6]),
        ("分别增长-3.4%、5.6%", [-3.4, 5.6]),
        ("净利润为-12.3亿元和5.6亿元", [-1.23e9, 5.6e8]),
        # Cases and people stand together without a comma.
        ("减少12起34人", [-12, -34]),
        ("分别减少3件5人、2件3人", [-3, -5, -2, -3]),
        # 分别 keeps a list of one unit together over commas; without it a comma ends the list.
        ("分别下降12.3%,3.4%;5.6%。", [-12.3, -3.4, -5.6]),
        ("同比分别减少3起,5起", [-3, -5]),
        ("下降12.3%,3.4%", [-12.3, 3.4]),
        ("分别下降1%和2%,3%的案件", [-1, -2, 3]),
        ("分别减少3起和5起,12人", [-3, -5, 12]),
        ("分别下降1%,占5%", [-1, 5]),
        ("分别下降1.2个、0.8个和0.5个百分点", [-1.2, -0.8, -0.5]),
        # What may stand between a sign word and its number.
        ("下降高达30%,跌幅高达三成,降幅在12%左右", [-30, -30, -12]),
        ("下降分别达12%、15%,下降均为5%", [-12, -15, -5]),
        ("下降到30%,降为12%,增长率为5%", [30, 12, 5]),
        ("增产2.1%,增收5.6亿元", [2.1, 5.6e8]),
        ("减少45起、少死亡38人,减少发案12起", [-45, -38, -12]),
        ("跌幅更達70%,增幅仅为5%,飙升三成", [-70, 5, 30]),
        # What stands in brackets or after 即 says the same in percent; a share says so.
        ("增加563宗即1.8%,減少274人(18%),增加3件(占5%)", [563, 1.8, -274, -18, 3, 5]),
        ("减少5起(12%的案件)", [-5, 12]),
        ("多破案12起、多抓获了3人,至少死亡5人,大多发生3起", [12, 3, 5, 3]),
        ("减产3.2%,放缓0.5个百分点,少增3亿元", [-3.2, -0.5, -3e8]),
    ],
)
def test_signs_reach_over_lists(text: str, values: list[float]) -> None:
    assert find_figures(text)["value"].tolist() == values


@pytest.mark.parametrize(
    "text",
    [
        "2018年11月15日",
        "11月13日凌晨2时",
        "二〇一八年十一月十五日",
        "2012年—2021年",
        "1至8月",
        "2019-03-07 12:30:00",
        "下午3点20分",
        "近3年来",
        "24小时值守",
        "3个月内",
        "18岁至60岁",
        "第三产业、第28周、第一季度",
        "一是建网,二是联户",
        "拨打110报警,12345热线",
        "110类警情",
        "某发〔2018〕15号文件",
        "“三个一律”“两个严禁”",
        "八类案件、三张网、一格多能",
        "进一步统一,一批唯一,一站式",
        "千家万户,百家争鸣,万人评议",
        "“8·12”专案,7·20案",
        "G20峰会,5G时代,A4纸,K123+500处",
        "十四五规划,九十年代",
        "每10万人口,每百户",
        "一次死亡10人以上的特大事故",
        "3人以上火灾",
        "五年以上有期徒刑",
        "前10名",
        "成千上万",
        "一名男子在一起",
        "三个方面,五个月",
        "一、二、三项工作",
        "3:1",
        "②件,٣件,1²件,1\u200b2件",
        "9" * 41 + "起",
        "一成不变",
        "用时1,200分钟、1,200小时、1,200秒",
        "死亡10人以下事故、10人以内事故、10人之内事故",
    ],
)
def test_no_figures(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "reported"),
    [
        ("抓获三名嫌疑人,两人在逃", ["三名", "两人"]),
        ("死亡一人,重伤两人", ["一人", "两人"]),
        ("发生一起大火", ["一起"]),
        ("没有发生一起大火", ["没有发生一起"]),
        ("五个县区,六个村", ["五个", "六个"]),
        ("截至10月底接入1200多路", ["1200多路"]),
        ("建成16批次4000余人次", ["16批次", "4000余人次"]),
        ("查处10案10人", ["10案", "10人"]),
        ("約5.6萬宗,減少1,234宗", ["約5.6萬宗", "減少1,234宗"]),
        ("收案１，２３４件，结案１２％", ["１，２３４件", "１２％"]),
        ("刑事378 治安962", ["378", "962"]),
        ("共5000多万元,占三成多", ["5000多万元", "三成多"]),
        ("由3人至5人", ["3人", "5人"]),
        ("有3至5人", ["3至5人"]),
        ("用时7.5分钟,缩短3.2分钟", ["7.5分钟", "缩短3.2分钟"]),
        ("12345件,110起,122名", ["12345件", "110起", "122名"]),
        ("群众95%以上的好评", ["95%以上"]),
        ("3000万元以上,", ["3000万元以上"]),
        ("新增12起", ["12起"]),
        ("2018年12起", ["12起"]),
        ("上一年度多12起", ["多12起"]),
        ("与上年基本持平,有的翻番", ["基本持平", "翻番"]),
        ("折合2.23亿。", ["2.23亿"]),
        ("①下降12%", ["下降12%"]),
        ("上百家企业,三万个口罩,超过三项", ["上百家", "三万个", "超过三项"]),
        ("抓获一名,确诊一例。盗窃一宗;", ["一名", "一例", "一宗"]),
        ("发放三件/户", ["三件/户"]),
        ("三个方面,抓获12人", ["12人"]),
        ("约 1.2 万件,12.3 亿元,20 余起", ["约 1.2 万件", "12.3 亿元", "20 余起"]),
        ("30% - 50%,3 至 5 起,10 ~ 20 万元", ["30% - 50%", "3 至 5 起", "10 ~ 20 万元"]),
        ("收入1000—2000元,2012—2021年", ["1000—2000元"]),
        ("1200至1500人,2017—2018", ["1200至1500人"]),
        ("占比两成五,一两百人", ["两成五", "一两百人"]),
        ("死亡率16.1/10万,降至1.2/10万", ["16.1/10万", "1.2/10万"]),
        ("浓度30微克/立方米,气温-3.5℃", ["30微克/立方米", "-3.5℃"]),
        ("锦旗12面,培训12期,班列120列", ["12面", "12期", "120列"]),
        ("面积12面积,12期间,12列车,20期限,二期工程", []),
        # 百分点 of the whole list; but 个 is the unit where no 百分点 follows.
        ("提高0.5个、0.3个和1.2个百分点", ["提高0.5", "0.3", "1.2个百分点"]),
        ("3个、5个和2个县", ["3个", "5个", "2个"]),
        ("噪声54.3分贝,下调5个基点", ["54.3分贝", "下调5个基点"]),
        ("用时6分30秒,得分95分", ["95分"]),
        ("城乡二元结构,两位数增长,三位一体", []),
        ("签约12个,履约5件", ["12个", "5件"]),
        ("第 12 条,前 10 名", []),
        ("投资3个亿,3个亿元村", ["3个亿", "3个"]),
        ("1千多万元,3万余亿元,2个多亿", ["1千多万元", "3万余亿元", "2个多亿"]),
        # Words that end in a sign word; the base of an index.
        ("起降40278架次,升降5次,空降3人", ["40278架次", "5次", "3人"]),
        ("(以上年为100)性别比(以女性为100)为105.02；65岁以上人口为23456,", ["105.02", "23456"]),
        ("共90 276宗,增加20 228宗,1 234.5亿元", ["90 276宗", "增加20 228宗", "1 234.5亿元"]),
        ("刑事378 治安962 5起,2023 120起", ["378", "962", "5起", "120起"]),
        ("增百分二點三,百分制", ["增百分二點三"]),
        ("分别高1.7 、2.8个百分点", ["高1.7", "2.8个百分点"]),
    ],
)
def test_figures_found(text: str, reported: list[str]) -> None:
    assert found(text) == reported


def test_a_rate_that_is_passed_has_no_end() -> None:
    figures = find_figures("产销率达100%以上,满意率100%,合格率99.9%以上")
    assert figures["low"].tolist() == [100, 99.5, outward("99.9", -math.inf)]
    assert figures["high"].tolist() == [math.inf, 100, 100]
    many = read_figures(pd.Series([f"{n}%以上" for n in range(90, 110)]))
    assert np.isinf(many["high"]).tolist() == [n >= 100 for n in range(90, 110)]


def test_a_sign_that_reaches_over_a_list_makes_changes() -> None:
    rows = find_figures("分别上升50%和100%,分别减少3起和5起")
    assert rows["measure"].tolist() == ["change", "change", "difference", "difference"]
    assert rows["high"].tolist() == [50.5, 100.5, -3, -5]  # a change may be above 100%
    assert rows["low"].tolist() == [49.5, 99.5, -3, -5]


def test_an_average_governs_its_clause() -> None:
    rows = find_figures("人均办案118件,共办案118件")
    assert rows["low"].tolist() == [117.5, 118]
    assert rows["measure"].tolist() == ["rate", "count"]
    rows = find_figures("平均用时分别下降了40天和16天")
    assert rows["low"].tolist() == [-40.5, -16.5]
    assert rows["measure"].tolist() == ["difference", "difference"]


def test_places_and_columns() -> None:
    text = "标题\n共立6623起，同比下降13.8%\n\n占85.7%"
    rows = find_figures(text)
    assert list(rows.columns) == ["paragraph", "position", "reported", *COLUMNS[:-1]]
    assert rows["paragraph"].tolist() == [2, 2, 4]
    lines = text.split("\n")
    for row in rows.itertuples():
        assert lines[row.paragraph - 1][row.position :].startswith(row.reported)
    assert rows["hedge"].tolist() == ["", "", ""]


def test_dates_as_rows() -> None:
    text = "2018年11月9日2时,共91个,1至8月"
    rows = find_figures(text, dates=True)
    dates = rows[rows["measure"] == "date"]
    assert dates["reported"].tolist() == ["2018年11月9日", "2时", "1至8月"]
    assert dates[["value", "low", "high"]].isna().all(axis=None)
    assert (dates[["unit", "hedge"]] == "").all(axis=None)
    assert found(text) == ["91个"]


def test_what_is_found_reads_alone() -> None:
    text = "；".join(row["reported"] for row in PRINTED if row["unit"])
    rows = find_figures(text)
    assert len(rows) > 150
    for row in rows.itertuples():
        one = read_figure(row.reported)
        assert [bits(row.value), bits(row.low), bits(row.high)] == [
            bits(one.value),
            bits(one.low),
            bits(one.high),
        ], row.reported
        assert (row.unit, row.hedge, row.measure) == (one.unit, one.hedge, one.measure)


def test_a_text_without_figures_has_typed_columns() -> None:
    rows = find_figures("")
    assert rows.empty
    assert rows["position"].dtype == int
    assert rows["low"].dtype == float
    with pytest.raises(TypeError, match="NoneType"):
        find_figures(None)  # type: ignore[arg-type]


@given(st.text(ALPHABET + "，。、年月日时第每“”\n", max_size=40))
def test_what_is_reported_stands_there(text: str) -> None:
    lines = text.split("\n")
    for row in find_figures(text, dates=True).itertuples():
        assert lines[row.paragraph - 1][row.position :].startswith(row.reported)
    for row in find_numerals(text).itertuples():
        assert lines[row.paragraph - 1][row.position :].startswith(row.numeral)


def test_numerals() -> None:
    rows = find_numerals("2018-11-15进一步\n16.2473万件,１，２３４起、三百二十人,約三萬")
    assert rows["numeral"].tolist() == [
        "2018",
        "11",
        "15",
        "一",
        "16.2473万",
        "１，２３４",
        "三百二十",
        "三萬",
    ]
    assert rows["paragraph"].tolist() == [1, 1, 1, 1, 2, 2, 2, 2]
    assert rows["position"].tolist() == [0, 5, 8, 11, 0, 10, 17, 24]
    assert find_numerals("")["position"].dtype == int


# --- Hostile texts ------------------------------------------------------------------------------

HOSTILE = [
    *["1", "千", "约", "1,", "1.", "1,234", "234,", "下降", "3-", "1万", "第1、", "1、", "日均"],
    *["1 234 ", "减少死亡", "3人(18", "以1为1", "百分二"],
    *[
        "每1",
        "A",
        "A1",
        "百分之",
        "上百",
        "数",
        "-",
        "-5",
        "1至",
        "，",
        "2018年",
        "一",
        "半",
        "翻了近",
    ],
    *["5起", "１，", "没有发生", "1\n", "“一", "十点五", "三五"],
]


def steps(function: object, text: str) -> int:
    """Lines of Python run: a count of work that no busy machine disturbs."""
    count = 0

    def trace(frame: object, event: str, arg: object) -> object:
        nonlocal count
        count += 1
        return trace

    before = sys.gettrace()
    sys.settrace(trace)  # type: ignore[arg-type]
    try:
        function(text)  # type: ignore[operator]
    except FigureError:
        pass
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("unit", HOSTILE)
def test_work_grows_with_the_text_only(unit: str) -> None:
    small, large = unit * 200, unit * 800
    for function in (find_figures, find_numerals, read_figure):
        assert steps(function, large) < 8 * steps(function, small) + 2000


@pytest.mark.parametrize("unit", HOSTILE)
def test_a_long_hostile_text_ends(unit: str) -> None:
    """A pattern that backtracks over runs would need hours for this, not the time of a test."""
    text = unit * (40_000 // len(unit))
    find_figures(text)
    find_numerals(text)
    with pytest.raises(FigureError):
        read_figure(text)


def test_a_million_digits() -> None:
    for text in ("9" * 10**6, "千" * 10**6, "9" * 10**6 + "起", "9." + "9" * 10**6 + "%"):
        assert found(text) == []
        with pytest.raises(FigureError, match="40 digits") as caught:
            read_figure(text)
        assert len(str(caught.value)) < 500
    with pytest.raises(FigureError, match="1 of 1"):
        read_figures(pd.Series(["9" * 10**6 + "起"]))


def test_forty_digits_are_read() -> None:
    assert read_figure("9" * 40 + "亿元").high >= 10**48


# --- The shared bulletins -----------------------------------------------------------------------


def test_shared_bulletins() -> None:
    folder = HERE.parents[2] / "shared" / "bulletins"
    if not (folder / "score.py").exists():
        pytest.skip(f"the labelled bulletins are not there: {folder}")
    import importlib.util
    import json
    import types
    from unittest import mock

    module = types.ModuleType("analysis")
    module.find_figures = find_figures  # type: ignore[attr-defined]
    spec = importlib.util.spec_from_file_location("bulletin_score", folder / "score.py")
    assert spec is not None
    assert spec.loader is not None
    score = importlib.util.module_from_spec(spec)
    with mock.patch.dict(sys.modules, {"analysis": module}):
        spec.loader.exec_module(score)
    cases = [json.loads(line) for line in (folder / "cases.jsonl").read_text("utf-8").splitlines()]
    result = score.score_figures(cases, print)
    assert all(result[part] >= 0.98 for part in ("recall", "precision", "value", "bounds")), result


def test_the_record_has_the_names_agreed() -> None:
    assert list(Figure.__dataclass_fields__) == COLUMNS


# --- At the edges of the rules ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "reported"),
    [
        ("发生数起案件", []),  # how many, is not said at all
        ("发生数十起案件", ["数十起"]),
        ("用时30分钟", []),  # a duration, but for a change, a decimal or an average
        ("缩短30分钟", ["缩短30分钟"]),
        ("平均30分钟", ["平均30分钟"]),
        ("涉案100万元以上和3人死亡", ["100万元以上", "3人"]),
        ("死亡3人以上事故", []),
        ("十项措施", []),  # a small number in words of what is no people or case
        ("十一项措施", ["十一项"]),
        ("一个县", []),
        ("两个县", ["两个"]),
        ("一人在逃", []),
        ("发现一人", ["一人"]),
        ("共一人作案", ["一人"]),
        ("3人至5起", ["3人", "5起"]),
        ("5起至3起", ["5起", "3起"]),
    ],
)
def test_what_is_a_figure_in_a_text(text: str, reported: list[str]) -> None:
    assert found(text) == reported


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
