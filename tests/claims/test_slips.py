"""Slips that would explain a contradiction: planted by hand; then every one, by editing texts."""

import importlib
import math
import re
from fractions import Fraction
from itertools import pairwise, product

import numpy as np
import pandas as pd
import pytest
from building import claimed, judged

from analysis import Extract, audit, read_figure


@pytest.fixture(autouse=True, scope="module")
def _no_diagnosis():
    """The list of a claim's own slips: what all claims together say first is held elsewhere."""
    with pytest.MonkeyPatch.context() as patch:
        module = importlib.import_module("analysis.claims.audit")
        patch.setattr(module, "first_slips", lambda *_: {})
        yield


SLIPS = [
    # 89.7 for 89.9
    (
        "ratio",
        {"rate": "89.9%", "numerator": "1628起", "denominator": "1814起"},
        0,
        "89.9% → 89.7% (one digit)",
    ),
    # 16.2473 for 16.2478: 162478 = 162000 + 478
    (
        "sum",
        {"total": "16.2473万件", "part": ["162000件", "478件"]},
        0,
        "16.2473万件 → 16.2478万件 (one digit)",
    ),
    # 7,092 for 8802 / 1.241
    (
        "change",
        {"change": "上升24.1%", "current": "8802宗", "prior": "7,892宗"},
        None,
        "7,892宗 → 7,092宗 (one digit)",
    ),
    # 310 + 570 = 880; 808 with its last digits swapped
    (
        "sum",
        {"total": "808起", "part": ["310起", "570起"]},
        None,
        "808起 → 880起 (two digits swapped)",
    ),
    # 521 of 6689 is 7.8%, of 7210 7.2%
    (
        "change",
        {"change": "下降7.8%", "current": "6689起", "prior": "7210起"},
        0,
        "下降7.8%: divided by the current value, not the prior",
    ),
    # 4 of 64 is 6.25%, of 68 5.88%
    (
        "change",
        {"change": "下降6.3%", "current": "64起", "difference": "减少4起"},
        0,
        "下降6.3%: divided by the current value, not the prior",
    ),
    # 12449 cut off to 1.2 is rounded 1.2; 12700 cut off to 1.2: 12700 / 25000 = 50.8%
    (
        "ratio",
        {"rate": "50.8%", "numerator": "1.2万件", "denominator": "25000件"},
        0,
        "1.2万件: cut off, not rounded",
    ),
    # 18.9 for 189.0
    (
        "sum",
        {"total": "24.5万件", "part": ["189.0万件", "5.6万件"]},
        None,
        "189.0万件 ÷ 10 (wrong power of ten)",
    ),
    # 1228 万 for 1228; 345 + 883 = 1228
    (
        "sum",
        {"total": "1228万元", "part": ["345元", "883元"]},
        0,
        "1228万元 ÷ 万 (wrong power of ten)",
    ),
    # 3 亿 for 3
    (
        "ratio",
        {"rate": "50%", "numerator": "3亿元", "denominator": "6元"},
        0,
        "3亿元 ÷ 亿 (wrong power of ten)",
    ),
    # 45.0 - 40.0 is 5 points and 12.5 percent
    (
        "change",
        {"change": "上升5.0%", "current": "45.0%", "prior": "40.0%"},
        0,
        "上升5.0%: percent and percentage points confused",
    ),
    (
        "change",
        {"difference": "上升12.5个百分点", "current": "45.0%", "prior": "40.0%"},
        0,
        "上升12.5个百分点: percent and percentage points confused",
    ),
    # 6689 of 7210 is a fall
    (
        "change",
        {"change": "上升7.2%", "current": "6689起", "prior": "7210起"},
        0,
        "上升7.2%: the other sign",
    ),
    (
        "change",
        {"difference": "增加363宗", "current": "13653宗", "prior": "14016宗"},
        0,
        "增加363宗: the other sign",
    ),
    # 310 + 750 without 4484
    (
        "sum",
        {"total": "1060起", "part": ["310起", "750起", "4484起"]},
        0,
        "4484起: left out of the total",
    ),
    # 5 - 4 = 1, and 25%: neither 1起 for 2起 nor 25% for 20% leaves the whole claim right
    (
        "change",
        {"change": "上升20%", "current": "5起", "prior": "4起", "difference": "增加2起"},
        0,
        "no single slip found",
    ),
    # 6 - 4 = 2 but +50%; 12 - 10 = 2, +20%, but takes two
    (
        "change",
        {"change": "上升25%", "current": "5起", "prior": "4起", "difference": "增加2起"},
        0,
        "增加2起 → 增加1起 (one digit)",
    ),
    # 20 is no digit, swap or power of ten away from 1000
    ("sum", {"total": "1000起", "part": ["3起", "17起"]}, 0, "no single slip found"),
]


@pytest.mark.parametrize(("kind", "roles", "place", "slip"), SLIPS)
def test_planted_slips_are_explained(kind, roles, place, slip):
    row = judged(kind, **roles)
    assert row.verdict == "contradicts"
    slips = row.explanation.split("; ")
    assert slip in slips
    if place is not None:
        assert slips[place] == slip


def test_a_percentage_repeated_from_another_claim():
    # 189 / 1299.9 = 14.54%; 1488.9 / 1229.5 = +21.1%
    found = audit(
        claimed(
            (
                "change",
                {"change": "上升14.54%", "current": "1488.9万件", "difference": "增加189.0万件"},
            ),
            ("change", {"change": "上升14.54%", "current": "1488.9万件", "prior": "1229.5万件"}),
        )
    )
    assert found.verdict.tolist() == ["agrees", "contradicts"]
    assert found.explanation.tolist() == ["", "上升14.54%: repeated from another claim (r0)"]


def test_at_most_three_slips_and_that_there_are_others():
    # 100 too many in the total: one digit of the total, or of any of ten parts
    row = judged("sum", total="1155起", part=[f"{n}起" for n in range(101, 111)])
    assert 1155 - sum(range(101, 111)) == 100
    slips = row.explanation.split("; ")
    assert slips[0] == "1155起 → 1055起 (one digit)"
    assert slips[1:3] == [f"{n}起 → {n + 100}起 (one digit)" for n in (110, 109)]
    assert slips[3:] == ["or others"]


def test_no_number_begins_with_a_zero_by_a_swap():
    # 01 of a total is not printed, nor 05.5 of 万; 0.5 is: 5.0 with its digits swapped.
    assert "01起" not in judged("sum", total="10起", part=["1起"]).explanation
    assert "05.5" not in judged("sum", total="50.5万件", part=["5.5万件"]).explanation
    swap = "5.0万件 → 0.5万件 (two digits swapped)"
    assert swap in judged("sum", total="5.0万件", part=["0.5万件"]).explanation


def test_full_width_digits_and_figures_without_digits():
    row = judged("sum", total="３１起", part=["10起", "20起"])
    assert row.explanation.startswith("３１起 → ３0起 (one digit)")
    row = judged("change", change="下降百分之二百", current="110亿元", prior="100亿元")
    assert "百分之二百 →" not in row.explanation


@pytest.mark.parametrize(
    ("kind", "roles", "slip"),
    [
        # 700 + 500 = 1200
        (
            "sum",
            {"total": "120起", "part": ["700起", "500起"]},
            "120起 × 10 (wrong power of ten)",
        ),
        # 3万 of 6万
        (
            "ratio",
            {"rate": "50%", "numerator": "3元", "denominator": "60000元"},
            "3元 × 万 (wrong power of ten)",
        ),
        (
            "ratio",
            {"rate": "50%", "numerator": "3元", "denominator": "6亿元"},
            "3元 × 亿 (wrong power of ten)",
        ),
        # 1.245 to 1.255 of 3 is 41.5 to 41.83%; a rounded count need not stay whole
        (
            "ratio",
            {"rate": "41.7%", "numerator": "1.25万件", "denominator": "3件"},
            "1.25万件 ÷ 万 (wrong power of ten)",
        ),
    ],
)
def test_a_power_of_ten_may_be_wrong_either_way(kind, roles, slip):
    assert slip in judged(kind, **roles).explanation.split("; ")


def test_a_percentage_is_no_figure_in_ten_thousands_nor_a_whole_count_a_fraction():
    # 60 of 12000 is 0.5%, which is 5000% ÷ 万; but percentages are not printed in 万.
    row = judged("ratio", rate="5000%", numerator="60起", denominator="12000起")
    assert "5000% ÷ 万" not in row.explanation
    # 7 起 ÷ 10 would be 0.7 of a case.
    row = judged("ratio", rate="10%", numerator="7起", denominator="7起")
    assert "7起 ÷ 10" not in row.explanation


def test_the_difference_beside_a_change_may_have_the_other_sign():
    # 4 fewer than 68 is -5.88%.
    row = judged("change", change="下降5.9%", current="64起", difference="增加4起")
    assert row.explanation.split("; ")[0] == "增加4起: the other sign"


NEAREST = (  # as the docstring of `audit` orders them
    *("cut off, not rounded", "left out of the total", "one digit", "two digits swapped"),
    "wrong power of ten",
)


def slips_by_editing(text):
    """Every single slip of a figure, by editing its text: order, words, then low and high."""
    bare = text.removeprefix("每10万人")
    number = re.search(r"[\d.,．]+", bare)[0]
    start = text.rindex(number)
    places = [start + n for n, sign in enumerate(number) if sign.isdigit()]
    edited = [
        ("one digit", text[:at] + str(digit) + text[at + 1 :])
        for at, digit in product(places, range(10))
        if int(text[at]) != digit
    ]
    edited += [
        ("two digits swapped", text[:a] + text[b] + text[a + 1 : b] + text[a] + text[b + 1 :])
        for a, b in pairwise(places)
        if text[a] != text[b]
    ]
    figure = read_figure(bare)
    value, low, high = (Fraction(x) for x in (figure.value, figure.low, figure.high))
    slips = []
    for slip, new in edited:
        digits = new[start : start + len(number)]
        if re.search("[1-9１-９]", digits) and not re.match("[0０][0-9０-９,]", digits):
            read = read_figure(new[len(text) - len(bare) :])
            size = abs(read.value / figure.value - 1)
            slips.append((slip, size, f"{text} → {new} ({slip})", read.low, read.high))
    for zeros, name in ((1, "10"), (4, "万"), (8, "亿")):
        # Percentages are not printed in 万 and 亿.
        if zeros == 1 or figure.measure in ("count", "amount"):
            for sign, by in (("×", Fraction(10**zeros)), ("÷", Fraction(1, 10**zeros))):
                words = f"{text} {sign} {name} (wrong power of ten)"
                slips.append(("wrong power of ten", zeros, words, low * by, high * by))
    if low < value < high:  # rounded: cut off, it would be up to a whole step further from zero
        step = high - low if value > 0 else low - high
        ends = sorted([value, value + step * Fraction(999_999, 10**6)])
        slips.append(("cut off, not rounded", 0, f"{text}: cut off, not rounded", *ends))
    counted = figure.measure == "count" and low == high
    return [
        (NEAREST.index(slip), size, words, float(low), float(high))
        for slip, size, words, low, high in slips
        if not counted or low == int(low)
    ]


def in_words(fits):
    """An explanation from (order..., words) of every slip that fits."""
    words = [words for *_, words in sorted(fits)]
    more = ["or others"] if len(words) > 3 else []
    return "; ".join(words[:3] + more) or "no single slip found"


FIGURES = (
    *(
        "5件",
        "1起",
        "12起",
        "857起",
        "7,892宗",
        "1.2万件",
        "1.2万多件",
        "近1.2万件",
        "16.2473万件",
        "85.7%",
    ),
    *(
        "0.57%",
        "３１．５％",
        "下降5.9%",
        "下降近5.9%",
        "每10万人3.4万件",
        "1,234.5元",
        "987654321987653件",
    ),
)


def test_the_slips_of_a_figure_are_those_of_editing_its_text():
    """By brute force: one part of a total that is only a range, just beside and in every slip."""
    figures, relations, wanted = {}, [], []
    for text in FIGURES:
        figure = read_figure(text.removeprefix("每10万人"))
        figures[text] = (text, figure.value, figure.low, figure.high, figure.measure)
        slips = slips_by_editing(text)
        totals = {(-1e15, figure.low - 1e-4), (figure.high + 1e-4, 1e15)}
        for *_, low, high in slips:
            near = (high - low) / 1000 or 0.5
            points = (low - near, low + near, (low + high) / 2, high - near, high + near)
            totals.update((point, point) for point in points)
        for total in sorted(totals):
            low, high = total
            if low <= figure.high and figure.low <= high:
                continue
            fits = [each[:3] for each in slips if each[3] <= high and low <= each[4]]
            if low <= 0 <= high:
                fits.append(
                    (NEAREST.index("left out of the total"), 0, f"{text}: left out of the total")
                )
            name = f"total{len(wanted)}"
            figures[name] = ("", math.nan, low, high, figure.measure)
            relations += [(name, "sum", "total", name), (name, "sum", "part", text)]
            wanted.append(in_words(fits))
    columns = ["reported", "value", "low", "high", "measure"]
    frame = pd.DataFrame.from_dict(figures, orient="index", columns=columns)
    lines = pd.DataFrame(relations, columns=["relation", "kind", "role", "figure"])
    found = audit(Extract(frame.assign(unit=""), lines))
    assert set(found.verdict) == {"contradicts"}
    assert found.explanation.tolist() == wanted


CLAIMS = [
    {"rate": "77%", "numerator": "846宗", "denominator": "1077宗"},
    {"rate": "9%", "numerator": "1.7万件", "denominator": "25万件"},
    {"rate": "41.3%", "numerator": "23起", "denominator": "65起"},
    {"total": "11111起", "part": ["1起", "1111起"]},
    {"total": "31.2万起", "part": ["16万起", "12.9万起"]},
    {"total": "582起", "part": ["123起", "254起", "195起"]},
]


def recomputed(kind, parts):
    """The range of a claim's result in fractions, from the ranges of its parts."""
    ends = [[Fraction(end) for end in part] for part in parts]
    if kind == "ratio":
        (low, high), (least, most) = ends
        return 100 * low / most, 100 * high / least
    return tuple(map(sum, zip(*ends, strict=True)))


@pytest.mark.parametrize(
    ("kind", "roles"),
    [
        *[("ratio" if "rate" in roles else "sum", roles) for roles in CLAIMS],
        ("part", {"total": "139个", "part": ["38个", "181个"]}),
    ],
)
def test_the_slips_of_a_claim_are_those_that_fractions_bear_out(kind, roles):
    """Every slip of every figure, edited and recomputed one by one; nearest first, result first."""
    texts = [text for given_as in roles.values() for text in np.atleast_1d(given_as).tolist()]
    printed = [(figure.low, figure.high) for figure in map(read_figure, texts)]

    def agree(figures):
        low, high = recomputed(kind, figures[1:])
        return low <= figures[0][1] and (kind == "part" or figures[0][0] <= high)

    fits = []
    for n, text in enumerate(texts):
        is_part = n > 0
        role = is_part if kind != "ratio" else n
        for slip, size, words, low, high in slips_by_editing(text):
            if agree([*printed[:n], (low, high), *printed[n + 1 :]]) and (slip > 0 or is_part):
                fits.append((slip, is_part, size, role, n, words))
        if kind == "sum" and is_part and agree([*printed[:n], (0, 0), *printed[n + 1 :]]):
            slip = "left out of the total"
            fits.append((NEAREST.index(slip), is_part, 0, role, n, f"{text}: {slip}"))
    row = judged(kind, **roles)
    assert row.verdict == "contradicts"
    assert row.explanation == in_words(fits)


def test_no_slip_is_thought_of_beyond_what_was_printed():
    # -6689 of 7210 would be -192.8%, but only changes and differences are printed with a sign.
    row = judged("change", change="下降192.8%", current="6689起", prior="7210起")
    assert "6689起" not in row.explanation
    # 45 - 40 = 5, but counts have no points.
    row = judged("change", change="上升5.0%", current="45起", prior="40起")
    assert "points" not in row.explanation
    # 5 of 45 is 11.1%, but what was divided by anything is no points: that would be two slips.
    row = judged("change", difference="上升11.1个百分点", current="45.0%", prior="40.0%")
    assert "divided" not in row.explanation
    # 9999999999999999 is 10**16 as a float, which would pass for it.
    large = {"difference": "增加10000000000000000件", "current": "9999999999999998件"}
    row = judged("change", prior="0件", **large)
    assert row.explanation == "no single slip found"


def test_a_difference_divided_by_the_current_value_is_said_once():
    # 40 of 64 is 62.5%, of 104 38.5%
    claim = {"change": "下降62.5%", "current": "64起", "difference": "减少40起"}
    by_current = "下降62.5%: divided by the current value, not the prior"
    for roles in (claim, claim | {"prior": "104起"}):
        assert judged("change", **roles).explanation.split("; ").count(by_current) == 1


def test_a_change_beside_an_unsigned_difference_can_be_repeated():
    # 4 fewer than 68 is -5.88%; 3 of 1000 is no change by that.
    found = audit(
        claimed(
            ("change", {"change": "下降5.9%", "current": "64起", "difference": "4起"}),
            ("change", {"change": "下降5.9%", "current": "3起", "prior": "1000起"}),
        )
    )
    assert found.explanation.tolist() == [
        "agrees with the unsigned difference in its direction",
        "下降5.9%: repeated from another claim (r0)",
    ]


def test_no_explanation_breaks_another_claim_that_agrees():
    # 120 of 100 is +20%, though 120 would not be 10 more than 100; 90 would be 20 less than 110.
    change = {"change": "上升20%", "current": "110起", "prior": "100起"}
    assert "110起 → 120起 (one digit)" in judged("change", **change).explanation
    difference = {"difference": "增加10起", "current": "110起", "prior": "100起"}
    both = audit(claimed(("change", change), ("change", difference)))
    assert both.explanation.tolist() == ["上升20% → 上升10% (one digit)", ""]
    # The same where all is one claim, and with a sum and a share that the figure stands in.
    row = judged("change", difference="增加10起", **change)
    assert row.explanation == "上升20% → 上升10% (one digit)"
    for other in (
        ("sum", {"total": "110起", "part": ["30起", "80起"]}),
        ("ratio", {"rate": "55.0%", "numerator": "110起", "denominator": "200起"}),
        ("part", {"total": "110起", "part": ["109起"]}),
    ):
        beside = audit(claimed(("change", change), other))
        assert beside.verdict["r1"] == "agrees"
        # 120 is no sum of 30 and 80 and no 55% of 200, but it may have 109 among it.
        kept = "110起 → 120起 (one digit)" in beside.explanation["r0"]
        assert kept == (other[0] == "part"), other


def test_an_explanation_that_mends_two_claims_is_kept():
    # 30 + 80 = 110 and 55% of 200 are 110: one digit of 120 spoils both.
    total = {"total": "120起", "part": ["30起", "80起"]}
    rate = {"rate": "55.0%", "numerator": "120起", "denominator": "200起"}
    found = audit(claimed(("sum", total), ("ratio", rate)))
    assert found.verdict.tolist() == ["contradicts", "contradicts"]
    for text in found.explanation:
        assert "120起 → 110起 (one digit)" in text.split("; ")


def test_a_claim_that_cannot_be_told_forbids_nothing():
    # 6623 at -13.8% tells nothing; 6613 = 6000 + 613 is found beside it.
    untold = ("change", {"change": "下降13.8%", "current": "6623起"})
    found = audit(claimed(("sum", {"total": "6623起", "part": ["6000起", "613起"]}), untold))
    assert found.verdict.tolist() == ["contradicts", "cannot tell"]
    assert "6623起 → 6613起 (one digit)" in found.explanation["r0"].split("; ")


def test_claims_among_others_are_explained_as_they_are_alone():
    sound = ("sum", {"total": "90起", "part": ["20起", "70起"]})
    claims = [("ratio" if "rate" in roles else "sum", roles) for roles in CLAIMS]
    found = audit(claimed(sound, *claims)).explanation.tolist()
    assert found == ["", *(judged(kind, **roles).explanation for kind, roles in claims)]


def test_each_of_several_contradictions_is_explained_by_its_own_slip():
    # 101 / 200 = 50.5%, 846 / 1077 = 78.55%; 3 / 1000 is neither 41.2 nor 78.6%.
    roles = [
        {"rate": "50.5%", "numerator": "101起", "denominator": "200起"},
        {"rate": "78.6%", "numerator": "846起", "denominator": "1077起"},
        {"rate": "41.2%", "numerator": "3起", "denominator": "1000起"},
        {"rate": "78.6%", "numerator": "3起", "denominator": "1000起"},
        {"rate": "41.2%"},  # by itself it bears nothing out
    ]
    found = audit(claimed(*(("ratio", each) for each in roles)))
    assert found.explanation.tolist()[:4] == [
        *("", "", "no single slip found", "78.6%: repeated from another claim (r1)"),
    ]
    assert found.verdict.tolist()[4] == "cannot tell"


def test_a_number_beside_a_figure_of_nothing_is_not_its_own():
    # 10 + 0 is not 15; the 10 of 每10万人 is not what stands for 0.
    claim = claimed(("sum", {"total": "15起", "part": ["10起", "0起"]}))
    claim.figures.loc["part2", "reported"] = "每10万人0起"
    assert audit(claim).explanation["r0"].startswith("15起 → 10起 (one digit)")
