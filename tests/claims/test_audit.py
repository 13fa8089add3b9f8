"""Audit: every kind against every verdict, by hand; then against exact fractions."""

import importlib
import importlib.util
import json
import math
import re
from fractions import Fraction
from itertools import pairwise, product
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from analysis import (
    Bounds,
    Extract,
    audit,
    load,
    possible_counts,
    read_figure,
    read_figures,
    smallest_base,
)
from analysis.claims.columns import KINDS, _factor
from analysis.rounding import lower, upper

ROOT = Path(__file__).resolve().parents[2]
BULLETINS = ROOT.parent / "shared" / "bulletins"
NEEDED = {"change": "change", "rate": "rate"}  # measures that a role gives a plain percentage


def extract(*claims, **columns):
    """An extract of claims (kind, {role: reported or several}), figures named role and number."""
    reported, measures, relations = {}, {}, []
    for n, (kind, roles) in enumerate(claims):
        for role, texts in roles.items():
            for text in [texts] if isinstance(texts, str) else texts:
                name = f"{role}{len(reported)}"
                # The same text in two claims of one extract is the same figure, as in an article.
                same = [key for key, other in reported.items() if other == text]
                name = same[0] if same else name
                reported[name] = text
                measures.setdefault(name, NEEDED.get(role))
                relations.append((f"r{n}", kind, role, name))
    read = read_figures(pd.Series(reported))
    figures = read.assign(reported=pd.Series(reported))
    needed = pd.Series(measures, dtype=object).reindex(figures.index)
    percent = figures["unit"].isin(["percent", "‰"]) & (figures["measure"] != "point_change")
    figures["measure"] = figures["measure"].where(~percent | needed.isna(), needed)
    return Extract(
        figures.assign(**columns).drop(columns=["hedge", "decimals"]),
        pd.DataFrame(relations, columns=["relation", "kind", "role", "figure"]),
    )


def judge(kind, columns=(), **roles):
    return audit(extract((kind, roles), **dict(columns))).loc["r0"]


def test_the_article_has_one_contradiction_and_its_nearest_slip_is_one_digit():
    found = audit(load(ROOT / "data" / "datong-2018"))
    # 6 + 20 + 65 = 91; 38 of 139; 139246 / 162473 = 85.704...%; 447 → 342 is -23.49%;
    # 7679 to 7687 → 6623 is -13.8%; but 1628 / 1814 = 89.746...%: 89.7 rounded and cut off.
    assert found.verdict.to_dict() == {
        "gangs_by_class": "agrees",
        "townships_with_video": "agrees",
        "handling_rate": "agrees",
        "criminal_cases_change": "agrees",
        "eight_categories_change": "agrees",
        "mediation_rate": "contradicts",
    }
    row = found.loc["mediation_rate"]
    # 1628 / 1811 = 89.895% and 1628 / 1810 = 89.945% round to 89.9; of 1628 itself no digit will
    # do, since 89.85% of 1814 is 1629.9 and 89.95% is 1631.7.
    assert row.explanation == (
        "89.9% → 89.7% (one digit); 1814起 → 1811起 (one digit); 1814起 → 1810起 (one digit)"
    )
    assert row.gap == pytest.approx(89.85 - 100 * 1628 / 1814)
    assert list(found.columns) == [
        *("kind", "printed_low", "printed_high", "recomputed_low", "recomputed_high"),
        *("gap", "verdict", "explanation"),
    ]
    assert found.index.name == "relation"
    assert (found.explanation[found.verdict == "agrees"] == "").all()


VERDICTS = [
    # 310 + 750 + 4484 = 5544
    ("sum", {"total": "5544起", "part": ["310起", "750起", "4484起"]}, "agrees"),
    # 843.5 + 385.9 = 1229.4 ± 0.1, and 1229.5 ± 0.05: they meet at 1229.45
    ("sum", {"total": "1229.5万件", "part": ["843.5万件", "385.9万件"]}, "agrees"),
    # 20.8 + 42.8 + 29.7 = 93.3 in percent, all three inexact as floats
    ("sum", {"total": "93.3%", "part": ["20.8%", "42.8%", "29.7%"]}, "agrees"),
    # 1268 + 1 = 1269 is 0.12 万 cut off, 0.13 rounded
    ("sum", {"total": "0.12万件", "part": ["1268件", "1件"]}, "agrees if truncated"),
    # 16 ± 0.5 + 12.9 ± 0.05 is at most 29.45, the total at least 31.15
    ("sum", {"total": "31.2万起", "part": ["16万起", "12.9万起"]}, "contradicts"),
    ("part", {"total": "139个", "part": ["38个"]}, "agrees"),
    ("part", {"total": "139个", "part": ["38个", "101个"]}, "agrees"),  # exactly all of it
    ("part", {"total": "139个", "part": ["38个", "102个"]}, "contradicts"),  # 140
    # 1300 多 may be 1300, and 1200 多 may be 1300
    ("part", {"total": "1200多路", "part": ["1300多路"]}, "agrees"),
    ("part", {"total": "1200多路", "part": ["1301路"]}, "contradicts"),
    # 14889500 / 125500 = 118.64
    ("ratio", {"rate": "118.4件", "numerator": "1488.9万件", "denominator": "12.6万名"}, "agrees"),
    # 846 / 1077 = 78.55%
    ("ratio", {"rate": "79%", "numerator": "846宗", "denominator": "1077宗"}, "agrees"),
    (
        "ratio",
        {"rate": "78%", "numerator": "846宗", "denominator": "1077宗"},
        "agrees if truncated",
    ),
    ("ratio", {"rate": "77%", "numerator": "846宗", "denominator": "1077宗"}, "contradicts"),
    # 1 / 8 = 12.5%: the half lies on both bounds, to the even and to the odd
    ("ratio", {"rate": "12%", "numerator": "1起", "denominator": "8起"}, "agrees"),
    ("ratio", {"rate": "13%", "numerator": "1起", "denominator": "8起"}, "agrees"),
    ("ratio", {"rate": "12%", "numerator": "1起", "denominator": "0起"}, "cannot tell"),
    # 1000 × 49 / 8160 = 6.0049
    ("ratio", {"rate": "6.0‰", "numerator": "49人", "denominator": "8160人"}, "agrees"),
    ("ratio", {"rate": "6.1‰", "numerator": "49人", "denominator": "8160人"}, "contradicts"),
    # without denominator: 100 × 2 / 3 = 66.7, 100 × 2 / 4 = 50
    ("ratio", {"rate": "66.7%", "numerator": "2起"}, "agrees"),
    ("ratio", {"rate": "60%", "numerator": "2起"}, "contradicts"),
    # without numerator: sevenths are 14.3, 28.6, 42.9, 57.1, ...
    ("ratio", {"rate": "57.1%", "denominator": "7起"}, "agrees"),
    ("ratio", {"rate": "57.2%", "denominator": "7起"}, "contradicts"),
    ("ratio", {"rate": "94.01%"}, "agrees"),
    # -162 ± 0.5 of 13926 + 162 is -1.1499, and at most 162.5 / 14088 = -1.1535%
    (
        "change",
        {"change": "下降1.2%", "current": "13926万吨", "difference": "减少162万吨"},
        "agrees",
    ),
    # (6689 - 7210) / 7210 = -7.226%
    ("change", {"change": "下降7.2%", "current": "6689起", "prior": "7210起"}, "agrees"),
    ("change", {"change": "下降7.3%", "current": "6689起", "prior": "7210起"}, "contradicts"),
    # (310 - 378) / 378 = -17.989%
    (
        "change",
        {"change": "下降17.9%", "current": "310起", "prior": "378起"},
        "agrees if truncated",
    ),
    ("change", {"change": "下降17.8%", "current": "310起", "prior": "378起"}, "contradicts"),
    ("change", {"change": "下降17.8%", "current": "310起", "prior": "0起"}, "cannot tell"),
    # 342 / 447 = -23.49%; 178 / 123 = +44.72%, 178 / 124 = +43.55%: no whole prior; 178 / 119 =
    # +49.58%
    ("change", {"change": "下降23.5%", "current": "342起"}, "agrees"),
    ("change", {"change": "上升44.4%", "current": "178起"}, "contradicts"),
    ("change", {"change": "上升49.5%", "current": "178起"}, "agrees if truncated"),
    # an amount, or a rounded count, has a prior of that size
    ("change", {"change": "上升44.4%", "current": "178元"}, "agrees"),
    ("change", {"change": "上升44.4%", "current": "178万起"}, "agrees"),
    # 0 cases may follow 0 (no change) and any number (-100%), but are no fall by half
    ("change", {"change": "下降100%", "current": "0起"}, "agrees"),
    ("change", {"change": "下降50%", "current": "0起"}, "contradicts"),
    # 5 of 1000 or more is left of -99.5%, which prints as -100%
    ("change", {"change": "下降100%", "current": "5起"}, "agrees"),
    ("change", {"change": "下降百分之二百"}, "contradicts"),
    # 4 of 68 is 5.88%
    ("change", {"change": "下降5.9%", "current": "64起", "difference": "减少4起"}, "agrees"),
    ("change", {"change": "下降6.3%", "current": "64起", "difference": "减少4起"}, "contradicts"),
    # a count that grew by more than it is
    ("change", {"change": "上升140%", "current": "5起", "difference": "增加7起"}, "contradicts"),
    # 64 - 68 = -4; a difference of -5 is of 69, and -7.2%
    (
        "change",
        {"change": "下降5.9%", "current": "64起", "prior": "68起", "difference": "减少4起"},
        "agrees",
    ),
    (
        "change",
        {"change": "下降5.9%", "current": "64起", "prior": "68起", "difference": "减少5起"},
        "contradicts",
    ),
    # points are subtracted: 93.3 - 92.0 = 1.3
    ("change", {"change": "上升1.3个百分点", "current": "93.3%", "prior": "92.0%"}, "agrees"),
    ("change", {"change": "上升1.5个百分点", "current": "93.3%", "prior": "92.0%"}, "contradicts"),
    (
        "difference",
        {"difference": "上升1.3个百分点", "current": "93.3%", "prior": "92.0%"},
        "agrees",
    ),
    ("difference", {"difference": "减少363宗", "current": "13653宗", "prior": "14016宗"}, "agrees"),
    (
        "difference",
        {"difference": "增加363宗", "current": "13653宗", "prior": "14016宗"},
        "contradicts",
    ),
    # 6689 - 1145 = 5544, also where no word says in which direction
    ("difference", {"difference": "5544起", "current": "6689起", "prior": "1145起"}, "agrees"),
    ("difference", {"difference": "5545起", "current": "6689起", "prior": "1145起"}, "contradicts"),
    # 0.5 is possible as any share; 2.4 on average need not be of a whole number
    ("ratio", {"rate": "0.5%"}, "agrees"),
    ("ratio", {"rate": "90%", "numerator": "2.4件"}, "agrees"),
    ("ratio", {"rate": "12%", "denominator": "0起"}, "cannot tell"),
    # a change that counts is no percentage
    ("change", {"change": "增加4起", "current": "68起", "prior": "64起"}, "cannot tell"),
    # none of 5 are left; none of none may be
    ("change", {"change": "下降50%", "current": "0起", "difference": "减少5起"}, "contradicts"),
    # 4 of 68 is 5.88%, loosely called points; points of a percentage are the difference itself
    ("change", {"change": "下降5.9个百分点", "current": "64起", "difference": "减少4起"}, "agrees"),
    (
        "change",
        {"change": "上升1.3个百分点", "current": "93.3%", "difference": "上升1.3个百分点"},
        "agrees",
    ),
    # 289 of 12340 is 2.34%, but prior and difference are not both taken for the other
    (
        "change",
        {
            "change": "上升2.3%",
            "current": "12629宗",
            "prior": "289宗",
            "difference": "增加12340宗",
        },
        "contradicts",
    ),
    # 101 of 101 + 244 is 0.29, but only a share has a rest
    ("ratio", {"rate": "0.29件", "numerator": "101件", "denominator": "244人"}, "contradicts"),
    # 1 of 1 + 3; 101 and no rest
    ("ratio", {"rate": "25%", "numerator": "1人", "denominator": "3人"}, "agrees"),
    ("ratio", {"rate": "100%", "numerator": "101人", "denominator": "0人"}, "agrees"),
    # 56 of 1056 is 5.3%, but so small a share would hide any slip; nor has a rate a head a rest
    ("ratio", {"rate": "5.3%", "numerator": "56起", "denominator": "1000起"}, "contradicts"),
    (
        "ratio",
        {"rate": "49.26起/10万人", "numerator": "2147起", "denominator": "4356300人"},
        "contradicts",
    ),
    ("ratio", {"rate": "不足50%", "numerator": "842起", "denominator": "1000起"}, "contradicts"),
    # 2300 of 2000 is +15%; 300 more of 2300 would be "over 20%" for many a prior, but none is said
    (
        "change",
        {"change": "增长超过20%", "current": "2300起", "prior": "2000起"},
        "contradicts",
    ),
    # -66.7%; a difference of -150 would leave a prior of -100
    ("change", {"change": "下降150%", "current": "50起", "prior": "150起"}, "contradicts"),
    ("change", {"change": "增长0.0%", "current": "5起", "prior": "0起"}, "cannot tell"),
    ("change", {"change": "下降62.5%", "current": "3.0亿元", "prior": "-5.0亿元"}, "cannot tell"),
    # 1.2 less, and 320 of the 300 to 400 or of 300 and more: only the first says its direction
    (
        "difference",
        {"difference": "扩大1.2个百分点", "current": "3.1%", "prior": "4.3%"},
        "contradicts",
    ),
    ("difference", {"difference": "300多起", "current": "500起", "prior": "820起"}, "agrees"),
    ("difference", {"difference": "超过300起", "current": "500起", "prior": "820起"}, "agrees"),
    ("difference", {"difference": "多320起", "current": "500起", "prior": "820起"}, "contradicts"),
    # as large as whole numbers are told apart: 6 more than the total
    ("sum", {"total": "900000000000001元", "part": "900000000000007元"}, "contradicts"),
    # 1269 is 0.12 万 cut off
    (
        "difference",
        {"difference": "增加0.12万起", "current": "1269起", "prior": "0起"},
        "agrees if truncated",
    ),
]


@pytest.mark.parametrize(("kind", "roles", "verdict"), VERDICTS)
def test_verdicts(kind, roles, verdict):
    row = judge(kind, **roles)
    assert row.verdict == verdict, row.to_dict()
    assert (row.gap == 0) == (verdict == "agrees")
    assert row.kind == kind
    if verdict in ("contradicts", "cannot tell"):
        assert row.explanation


def test_per_head_and_per_100_000_rates_are_scaled_by_their_unit():
    # 100000 × 7 / 1400000 = 0.5
    claim = {"rate": "0.5起", "numerator": "7起", "denominator": "1400000人"}
    figures = extract(("ratio", claim))
    figures.figures.loc["rate0", "unit"] = "起/10万人"
    assert audit(figures).verdict.item() == "agrees"
    figures.figures.loc["rate0", "unit"] = "起/万人"
    assert audit(figures).verdict.item() == "contradicts"


def test_growth_at_constant_prices_has_no_nominal_prior():
    claim = {"change": "增长6.5%", "current": "110亿元", "prior": "100亿元"}
    assert judge("change", **claim).verdict == "contradicts"  # 10%
    row = judge("change", columns={"basis": "real"}, **claim)
    assert (row.verdict, row.explanation) == (
        "cannot tell",
        "growth at constant prices has no nominal prior",
    )
    row = judge("change", columns={"basis": "real"}, change="下降百分之二百", current="110亿元")
    assert row.verdict == "contradicts"


def test_points_of_a_count_are_a_loose_word_for_percent():
    # 204 / 348 = -41.38%
    row = judge("change", change="下降41.4个百分点", current="204人", prior="348人")
    assert row.verdict == "agrees"


def test_a_fall_beyond_everything_is_shown_against_what_is_possible():
    row = judge("change", change="下降百分之二百")
    assert (row.recomputed_low, row.recomputed_high) == (-100, math.inf)
    assert row.gap == 99.5  # -200 ± 0.5 against -100


def test_the_nearest_whole_prior_is_shown():
    row = judge("change", change="上升44.4%", current="178起")
    # the nearer of 178 / 123 = +44.715% and 178 / 124 = +43.548%
    assert row.recomputed_low == pytest.approx(100 * 178 / 123 - 100)
    assert row.gap == pytest.approx(100 * 178 / 123 - 100 - 44.45)


def test_what_is_missing_cannot_be_told():
    claim = {"rate": "79%", "numerator": "846宗", "denominator": "1077宗"}
    missing = extract(("ratio", claim))
    missing.relations.loc[2, "figure"] = "elsewhere"
    unknown = extract(("ratio", claim))
    unknown.figures.loc["numerator1", ["low", "high"]] = np.nan
    for figures in (missing, unknown):
        row = audit(figures).loc["r0"]
        assert (row.verdict, row.explanation) == (
            "cannot tell",
            "a figure is missing or has no bounds",
        )
        assert math.isnan(row.gap)
    twice = extract(("ratio", claim | {"denominator": ["1077宗", "1078宗"]}))
    odd = extract(("product", claim))
    alone = extract(("sum", {"total": "3起"}))
    foreign = extract(("ratio", claim | {"prior": "3宗"}))
    for figures in (twice, odd, alone, foreign):
        assert audit(figures).verdict.item() == "cannot tell"
    none = extract(("ratio", claim))
    empty = Extract(none.figures, none.relations.iloc[:0])
    assert audit(empty).empty


def test_order_is_of_first_appearance_and_lines_may_come_in_any_order():
    claims = [
        ("sum", {"total": "3起", "part": ["1起", "2起"]}),
        ("difference", {"difference": "增加5起", "current": "9起", "prior": "4起"}),
    ]
    figures = extract(*claims)
    assert audit(figures).index.tolist() == ["r0", "r1"]
    turned = Extract(figures.figures, figures.relations.iloc[::-1])
    assert audit(turned).index.tolist() == ["r1", "r0"]
    assert audit(turned).verdict.tolist() == ["agrees", "agrees"]


def test_readings_that_make_a_claim_true_are_accepted_and_said():
    # 289 of 12629 - 289 is 2.34%: 289 is the difference
    row = judge("change", change="上升2.3%", current="12629宗", prior="289宗")
    assert row.verdict == "agrees"
    assert row.explanation == "agrees with the printed prior taken as the difference"
    # 101 of 101 + 244 is 29.28%
    row = judge("ratio", rate="29.3%", numerator="101人", denominator="244人")
    assert row.verdict == "agrees"
    assert row.explanation == "agrees with the denominator taken as the rest"
    row = judge("difference", difference="363宗", current="13653宗", prior="14016宗")
    assert row.verdict == "agrees"
    assert row.explanation == "agrees with the unsigned difference in its direction"


def test_a_change_and_a_difference_of_the_same_pair_are_held_together():
    # 110 ± 0.5 from 101 ± 0.5: a difference of 8 to 10, a change of 7.9 to 9.95%, so that each of
    # them agrees. But a difference of at most 8.5 leaves at least 109.5 - 8.5 = 101, and 8.5 of
    # 101 is 8.4%.
    change = {"change": "增长9.9%", "current": "110万元", "prior": "101万元"}
    difference = {"difference": "增加8万元", "current": "110万元", "prior": "101万元"}
    assert audit(extract(("change", change))).verdict.item() == "agrees"
    assert audit(extract(("difference", difference))).verdict.item() == "agrees"
    both = audit(extract(("change", change), ("difference", difference)))
    assert both.verdict.tolist() == ["contradicts", "agrees"]
    # another pair is another matter
    other = difference | {"prior": "102万元"}
    assert audit(extract(("change", change), ("difference", other))).verdict.iloc[0] == "agrees"


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
        {"change": "上升12.5个百分点", "current": "45.0%", "prior": "40.0%"},
        0,
        "上升12.5个百分点: percent and percentage points confused",
    ),
    (
        "difference",
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
        "difference",
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
    # 20 is no digit, swap or power of ten away from 1000
    ("sum", {"total": "1000起", "part": ["3起", "17起"]}, 0, "no single slip found"),
]


@pytest.mark.parametrize(("kind", "roles", "place", "slip"), SLIPS)
def test_planted_slips_are_explained(kind, roles, place, slip):
    row = judge(kind, **roles)
    assert row.verdict == "contradicts"
    slips = row.explanation.split("; ")
    assert slip in slips
    if place is not None:
        assert slips[place] == slip


def test_what_one_claim_lacks_leaves_the_others_to_be_judged():
    claims = [
        ("ratio", {"rate": "79%", "numerator": "846宗", "denominator": "1077宗"}),
        ("ratio", {"rate": "50%", "numerator": "20起", "denominator": "40起"}),
    ]
    lacking = extract(*claims)
    lacking.relations.loc[2, "figure"] = "elsewhere"
    assert audit(lacking)["verdict"].tolist() == ["cannot tell", "agrees"]


def test_of_several_checks_the_first_that_fails_is_told_however_little_it_fails_by():
    # 100.4 / 90.2 is +11.3%; but 10.5 more than 89.9 is +11.7%, 0.2 points away at the least.
    three = {"current": "100.4吨", "prior": "90.2吨", "difference": "增加10.5吨"}
    row = judge("change", change="增长11.3%", **three)
    assert row.verdict == "contradicts"
    assert 0 < row.gap < 1


@pytest.mark.parametrize("tenths", range(1, 40, 2))
def test_a_sum_of_which_one_part_is_no_float_is_rounded_outward(tenths):
    # By exact fractions: the range of 0.1 and of a large whole number.
    parts = {"fraction": tenths / 10, "whole": 10.0**6 + tenths}
    claim = frames("sum", {"total": ranged(0, 10**7), **parts})
    claim.relations["role"] = ["total", "part", "part"]
    row = audit(claim).iloc[0]
    exact = Fraction(tenths / 10) + 10**6 + tenths
    assert Fraction(row.recomputed_low) <= exact <= Fraction(row.recomputed_high)


def test_a_percentage_repeated_from_another_claim():
    # 189 / 1299.9 = 14.54%; 1488.9 / 1229.5 = +21.1%
    found = audit(
        extract(
            (
                "change",
                {"change": "上升14.54%", "current": "1488.9万件", "difference": "增加189.0万件"},
            ),
            ("change", {"change": "上升14.54%", "current": "1488.9万件", "prior": "1229.5万件"}),
        )
    )
    assert found.verdict.tolist() == ["agrees", "contradicts"]
    assert found.explanation.tolist() == ["", "上升14.54%: repeated from another claim (r0)"]


def test_at_most_five_slips_and_the_count_of_the_rest():
    # 100 too many in the total: one digit of the total, or of any of ten parts
    row = judge("sum", total="1155起", part=[f"{n}起" for n in range(101, 111)])
    assert 1155 - sum(range(101, 111)) == 100
    slips = row.explanation.split("; ")
    assert slips[0] == "1155起 → 1055起 (one digit)"
    assert slips[1:5] == [f"{n}起 → {n + 100}起 (one digit)" for n in (110, 109, 108, 107)]
    assert slips[5:] == ["and 6 more"]


def test_no_number_begins_with_a_zero_by_a_swap():
    # 01 of a total is not printed, nor 05.5 of 万; 0.5 is: 5.0 with its digits swapped.
    assert "01起" not in judge("sum", total="10起", part=["1起"]).explanation
    assert "05.5" not in judge("sum", total="50.5万件", part=["5.5万件"]).explanation
    swap = "5.0万件 → 0.5万件 (two digits swapped)"
    assert swap in judge("sum", total="5.0万件", part=["0.5万件"]).explanation


def test_full_width_digits_and_figures_without_digits():
    row = judge("sum", total="３１起", part=["10起", "20起"])
    assert row.explanation.startswith("３１起 → ３0起 (one digit)")
    row = judge("change", change="下降百分之二百", current="110亿元", prior="100亿元")
    assert "百分之二百 →" not in row.explanation


def printed(value, decimals):
    """The bounds of an exact number printed with so many decimals, and the printed integer."""
    steps = math.floor(value * 10**decimals + Fraction(1, 2))
    return steps, *bounds_of(steps, decimals)


def bounds_of(steps, decimals):
    unit = 2 * 10**decimals
    low, high = Fraction(2 * steps - 1, unit), Fraction(2 * steps + 1, unit)
    return low, high, {"value": steps / 10**decimals, "low": lower(low), "high": upper(high)}


def frames(kind, roles):
    """An extract of one claim from numbers (exact counts) and dicts of bounds."""
    rows = []
    for role, given_as in roles.items():
        exact = {"value": given_as, "low": given_as, "high": given_as}
        row = given_as if isinstance(given_as, dict) else exact
        measure = NEEDED.get(role, "count")
        unit = "percent" if measure != "count" else "起"
        # A word of direction, so that no difference is taken for a distance.
        rows.append(row | {"reported": f"升{row['value']}", "unit": unit, "measure": measure})
    names = pd.Index(list(roles), name="figure")
    relations = pd.DataFrame({"relation": "r", "kind": kind, "role": names, "figure": names})
    return Extract(pd.DataFrame(rows, index=names, dtype=object).infer_objects(), relations)


counts = st.integers(1, 10**6)
decimals = st.integers(0, 3)


@settings(max_examples=40, deadline=None)
@given(counts, counts, decimals)
def test_exact_claims_printed_with_rounding_agree(a, b, d):
    share, change = Fraction(100 * a, b), Fraction(100 * (a - b), b)
    found = [
        frames("ratio", {"rate": printed(share, d)[3], "numerator": a, "denominator": b}),
        frames("ratio", {"rate": printed(share, d)[3], "numerator": a}),
        frames("ratio", {"rate": printed(share, d)[3], "denominator": b}),
        frames("change", {"change": printed(change, d)[3], "current": a, "prior": b}),
        frames("change", {"change": printed(change, d)[3], "current": a, "difference": a - b}),
        frames("change", {"change": printed(change, d)[3], "current": a}),
        frames("difference", {"difference": a - b, "current": a, "prior": b}),
    ]
    assert [audit(each).verdict.item() for each in found] == ["agrees"] * len(found)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.fractions(0, 10**6), min_size=1, max_size=9), decimals)
def test_exact_sums_printed_with_rounding_agree(parts, d):
    names = [f"p{n}" for n in range(len(parts))] + ["total"]
    values = [printed(part, d)[3] for part in [*parts, sum(parts)]]
    figures = pd.DataFrame(values, index=names).assign(reported="", unit="", measure="amount")
    roles = ["part"] * len(parts) + ["total"]
    for kind in ("sum", "part"):
        relations = pd.DataFrame({"relation": 1, "kind": kind, "role": roles, "figure": names})
        assert audit(Extract(figures, relations)).verdict.item() == "agrees"


def expected(exact, steps, d):
    low, high, _ = bounds_of(steps, d)
    if low <= exact <= high:
        return "agrees"
    return "agrees if truncated" if int(exact * 10**d) == steps else "contradicts"


# 300, 1700 and 16700 percent exactly: what is cut off to one step less ends before them.
@settings(max_examples=60, deadline=None)
@given(st.integers(1, 3000), st.integers(1, 3000), decimals, st.integers(-20, 20))
@example(3, 1, 0, -1)
@example(18, 1, 3, -1)
@example(168, 1, 3, -1)
@example(1073, 1000, 1, -1)
# 0.58 is cut off to 0.5, and 0.067 and -0.067 to 0.
@example(3, 515, 1, -1)
@example(3000, 2998, 1, -1)
@example(2998, 3000, 1, 1)
def test_claims_printed_with_an_error_are_judged_as_exact_arithmetic_judges(a, b, d, error):
    for kind, exact, roles in (
        ("ratio", Fraction(100 * a, b), {"numerator": a, "denominator": b}),
        ("change", Fraction(100 * (a - b), b), {"current": a, "prior": b}),
        ("change", Fraction(100 * (a - b), b), {"current": a, "difference": a - b}),
    ):
        steps = printed(exact, d)[0] + error
        name = "rate" if kind == "ratio" else "change"
        row = audit(frames(kind, {name: bounds_of(steps, d)[2]} | roles)).loc["r"]
        assume(not row.explanation.startswith("agrees with"))
        assert row.verdict == expected(exact, steps, d)


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 60), st.integers(-900, 2000))
def test_a_whole_prior_exists_as_brute_force_finds_it(current, steps):
    low, high, row = bounds_of(steps, 1)
    exists = any(low <= Fraction(100 * (current - p), p) <= high for p in range(1, 700))
    verdict = audit(frames("change", {"change": row, "current": current})).verdict.item()
    assert (verdict == "agrees") == exists


@settings(deadline=None)
@given(st.integers(0, 10000), st.integers(0, 2))
def test_smallest_base_is_that_of_brute_force(steps, d):
    low, high, row = bounds_of(steps, d)
    low = max(low, Fraction(0))
    whole = next(
        n for n in range(1, 20001) if math.ceil(low * n / 100) <= math.floor(high * n / 100)
    )
    assert smallest_base(Bounds(row["low"], row["high"])) == whole


def test_smallest_base_of_columns_and_of_what_is_no_percentage():
    # 50 = 1/2, 33.3 = 1/3, 94.01 = 157/167
    percent = pd.DataFrame({"low": [49.5, 33.25, 94.005], "high": [50.5, 33.35, 94.015]})
    pd.testing.assert_series_equal(smallest_base(Bounds.of(percent)), pd.Series([2.0, 3.0, 167.0]))
    assert smallest_base(Bounds(-3.0, -2.0)) is None
    assert smallest_base(Bounds(math.nan, math.nan)) is None
    assert smallest_base(Bounds(0, 0)) == smallest_base(Bounds(100, math.inf)) == 1
    # More rows than are worked on at a time.
    assert (smallest_base(Bounds(np.full(20_000, 49.5), np.full(20_000, 50.5))) == 2).all()
    # As narrow as floats go: a search would never end.
    assert smallest_base(Bounds(100 / math.pi, 100 / math.pi)) > 10**6


@settings(deadline=None)
@given(st.integers(0, 1000), st.integers(1, 3000))
def test_possible_counts_are_those_of_brute_force(steps, base):
    low, high, row = bounds_of(steps, 1)
    every = [k for k in range(base + 5) if low <= Fraction(100 * k, base) <= high]
    found = possible_counts(Bounds(max(row["low"], 0.0), row["high"]), base)
    assert found.count == len(every)
    assert (found.low, found.high) == ((every[0], every[-1]) if every else (None, None))


def test_which_bases_below_2000_are_possible():
    bases = pd.Series(range(1, 2000))
    count = possible_counts(Bounds(94.005, 94.015), bases).count
    assert bases[count > 0].iloc[0] == 167
    by_hand = [n for n in range(1, 2000) if math.floor(0.94015 * n) >= math.ceil(0.94005 * n)]
    assert bases[count > 0].tolist() == by_hand


def many(n, wrong=0):
    """n claims of each kind, consistent but for the first few changes."""
    rng = np.random.default_rng(1)
    a, b = rng.integers(1, 9000, n), rng.integers(1, 9000, n)
    change = np.round(100 * a / b - 100, 1)
    change[:wrong] += 1000
    of = {
        "a": (a, 0, "count", "起"),
        "b": (b, 0, "count", "起"),
        "both": (a + b, 0, "count", "起"),
        "more": (a - b, 0, "count", "起"),
        "rate": (np.round(100 * a / b, 1), 0.05, "rate", "percent"),
        "change": (change, 0.05, "change", "percent"),
    }
    figures = pd.concat(
        pd.DataFrame(
            {"reported": [f"升{x:g}" for x in value], "value": value, "low": value - half}
            | {"high": value + half, "measure": measure, "unit": unit},
            index=[f"{name}{k}" for k in range(n)],
        )
        for name, (value, half, measure, unit) in of.items()
    )
    roles = [
        *[("sum", role, name) for role, name in (("total", "both"), ("part", "a"), ("part", "b"))],
        *[("part", role, name) for role, name in (("total", "both"), ("part", "a"))],
        *[("ratio", r, name) for r, name in zip(KINDS["ratio"], ("rate", "a", "b"), strict=True)],
        *[
            ("change", r, name)
            for r, name in zip(KINDS["change"], ("change", "a", "b"), strict=False)
        ],
        *[
            ("difference", r, n)
            for r, n in zip(KINDS["difference"], ("more", "a", "b"), strict=True)
        ],
    ]
    relations = pd.concat(
        pd.DataFrame(
            {"relation": [f"{kind}{k}" for k in range(n)], "kind": kind, "role": role}
            | {"figure": [f"{name}{k}" for k in range(n)]}
        )
        for kind, role, name in roles
    )
    return Extract(figures, relations)


def test_work_does_not_grow_in_calls_with_the_number_of_relations(monkeypatch):
    module, slips = (
        importlib.import_module(f"analysis.claims.{name}") for name in ("audit", "slips")
    )
    calls = []

    def counted(name, function):
        def call(*args, **kwargs):
            calls.append(name)
            return function(*args, **kwargs)

        return call

    monkeypatch.setattr(Bounds, "_with", counted("arithmetic", Bounds._with))
    for judging in (module, slips):
        monkeypatch.setattr(judging, "judge", counted("judge", judging.judge))
    monkeypatch.setattr(slips, "_text", counted("text", slips._text))
    few, lots = many(5), many(3000)
    assert set(audit(few).verdict) == {"agrees"}
    after_few = len(calls)
    assert set(audit(lots).verdict) == {"agrees"}
    assert len(calls) - after_few <= after_few
    assert "text" not in calls
    # Explanations cost by contradiction, and their arithmetic is shared.
    calls.clear()
    found = audit(many(3000, wrong=200))
    assert (found.verdict == "contradicts").sum() == 200
    assert calls.count("text") <= 200 * 5
    assert len(calls) - calls.count("text") < 200


def test_sums_without_integers_are_rounded_outward_and_no_further():
    parts = pd.DataFrame({"low": [0.1] * 10, "high": [0.1] * 10})
    names = [*(f"p{n}" for n in range(10)), "total"]
    figures = pd.concat([parts, pd.DataFrame({"low": [1.0], "high": [1.0]})]).set_axis(names)
    figures = figures.assign(value=figures.low, reported="", unit="", measure="amount")
    roles = ["part"] * 10 + ["total"]
    relations = pd.DataFrame({"relation": "r", "kind": "sum", "role": roles, "figure": names})
    row = audit(Extract(figures, relations)).loc["r"]
    assert row.recomputed_low <= 10 * Fraction(0.1) <= row.recomputed_high
    assert row.recomputed_high - row.recomputed_low < 1e-14
    # Integers are exact: 2**53 - 1 is told from 2**53 - 2.
    big = figures.assign(low=[0.0] * 9 + [2.0**53 - 1] * 2, high=[0.0] * 9 + [2.0**53 - 1] * 2)
    assert audit(Extract(big, relations)).loc["r", "gap"] == 0
    big.loc["total", ["low", "high"]] = 2.0**53 - 2
    assert audit(Extract(big, relations)).loc["r", "gap"] == 1


def test_a_low_above_its_high_is_refused():
    figures = extract(("sum", {"total": "3起", "part": ["1起", "2起"]}))
    figures.figures.loc["total0", "low"] = 4.0
    with pytest.raises(ValueError, match="low 4 is above high 3"):
        audit(figures)


def test_many_claims_get_the_verdicts_and_texts_they_get_alone():
    whole = many(60, wrong=20)
    together = audit(whole)
    for relation in together.index[::7]:
        lines = whole.relations[whole.relations.relation == relation]
        alone = audit(Extract(whole.figures.loc[lines.figure.unique()], lines))
        pd.testing.assert_frame_equal(alone, together.loc[[relation]])


@pytest.mark.skipif(not BULLETINS.is_dir(), reason="needs ../shared/bulletins")
def test_relations_of_the_shared_bulletins_as_labelled():
    spec = importlib.util.spec_from_file_location("score", BULLETINS / "score.py")
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    same = total = 0
    alarms = []
    for line in (BULLETINS / "cases.jsonl").read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        claims, labels = score.as_extract(case)
        found = audit(claims).verdict if labels else {}
        for relation, (label, _, _) in labels.items():
            total += 1
            same += found[relation] == label
            if found[relation] == "contradicts" != label:
                alarms.append((case["id"], relation))
    assert total > 90
    assert same / total >= 0.99
    assert not alarms


def ranged(low, width):
    """A rounded figure as its bounds; exact in binary, so that corners are too."""
    return {"value": low + width / 2, "low": float(low), "high": float(low + width)}


rounded = st.builds(ranged, st.integers(200, 9000), st.sampled_from([0, 1, 100]))
moves = st.builds(ranged, st.integers(-150, 150), st.sampled_from([0, 1, 50]))
RECOMPUTED = {
    ("ratio", "rate", "numerator", "denominator"): lambda n, d: 100 * n / d,
    ("change", "change", "current", "prior"): lambda c, p: 100 * (c - p) / p,
    ("change", "change", "current", "difference"): lambda c, d: 100 * d / (c - d),
    ("difference", "difference", "current", "prior"): lambda c, p: c - p,
}


@settings(max_examples=40, deadline=None)
@given(rounded, rounded, moves)
@example(ranged(1000, 100), ranged(1000, 1), ranged(1, 0))
def test_what_is_recomputed_is_what_the_corners_give_in_fractions(a, b, moved):
    for (kind, result, first, second), formula in RECOMPUTED.items():
        other = moved if second == "difference" else b
        row = audit(frames(kind, {result: ranged(-10000, 1), first: a, second: other})).loc["r"]
        ends = [[Fraction(part["low"]), Fraction(part["high"])] for part in (a, other)]
        corners = [formula(x, y) for x in ends[0] for y in ends[1]]
        assert (row.kind, row.printed_low, row.printed_high) == (kind, -10000, -9999)
        for found, exact in (
            (row.recomputed_low, min(corners)),
            (row.recomputed_high, max(corners)),
        ):
            assert abs(Fraction(found) - exact) <= Fraction(1, 10**9)
        assert row.recomputed_low <= min(corners)
        assert max(corners) <= row.recomputed_high
        assert row.gap == pytest.approx(float(min(corners)) + 9999)
        assert row.verdict == "contradicts"


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 20), st.integers(100, 1500))
@example(1, 800)
def test_what_is_shown_where_no_whole_number_fits_is_the_nearest(known, steps):
    """By brute force over every whole number that could stand in the empty role."""
    low, high, row = bounds_of(steps, 1)
    # From 10% to 150%: of 20 there is no base above 201 to be thought of, nor a count above 30.
    given_as = {
        "numerator": [Fraction(100 * known, n) for n in range(1, 220)],
        "denominator": [Fraction(100 * n, known) for n in range(40)],
    }
    for role, rates in given_as.items():
        gap = min(max(low - rate, rate - high, Fraction(0)) for rate in rates)
        found = audit(frames("ratio", {"rate": row, role: known})).loc["r"]
        assert found.gap == pytest.approx(float(gap), abs=1e-9)
        assert (found.verdict == "agrees") == (gap == 0)


def test_where_several_whole_numbers_fit_all_are_shown():
    # 10% is 9.5 to 10.5: of 20 and 21 that is 2, and of 300 it is 29 to 31.
    row = judge("ratio", rate="10%", numerator="2起")
    assert (row.recomputed_low, row.recomputed_high) == pytest.approx((200 / 21, 10))
    row = judge("ratio", rate="10%", denominator="300起")
    assert (row.recomputed_low, row.recomputed_high) == pytest.approx((2900 / 300, 3100 / 300))
    # 178 / 1.455 = 122.3 and 178 / 1.445 = 123.2: only 123.
    row = judge("change", change="上升45%", current="178起")
    assert (row.recomputed_low, row.recomputed_high) == pytest.approx((17800 / 123 - 100,) * 2)


def test_what_is_shown_ends_at_one_and_at_none():
    # 40% or more: 1 of 1 or of 2. 0%, which is below 0.5%: of 1000 that is none to 5.
    row = judge("ratio", rate="40%以上", numerator="1起")
    assert (row.recomputed_low, row.recomputed_high) == (50, 100)
    row = judge("ratio", rate="0%", denominator="1000起")
    assert (row.recomputed_low, row.recomputed_high) == (0, 0.5)
    # No count is below none: -50 to -49% of 7 is not -3, but nearest to 0.
    assert audit(frames("ratio", {"rate": ranged(-50, 1), "denominator": 7})).gap["r"] == 49


def test_an_end_that_is_whole_makes_no_whole_number():
    # 2 of 90% would be of 2.2, and 2.5 of 2.8; but 2 to 2.5 is no count.
    row = audit(frames("ratio", {"rate": ranged(89.5, 1), "numerator": ranged(2, 0.5)})).loc["r"]
    assert row.verdict == "agrees"


def test_what_follows_nothing_cannot_be_told_from_no_change():
    assert judge("change", change="增长0%", current="0起").verdict == "cannot tell"
    nothing_or_less = frames("change", {"change": ranged(-0.5, 0.5), "current": 0})
    assert audit(nothing_or_less).verdict.item() == "cannot tell"


def test_what_a_change_without_a_companion_can_be():
    # Points may be any; no fall is beyond everything, but where what is left is below zero.
    row = judge("change", change="上升1.3个百分点", current="93.3%")
    assert (row.verdict, row.recomputed_low, row.recomputed_high) == ("agrees", -math.inf, math.inf)
    assert (row.printed_low, row.printed_high) == pytest.approx((1.25, 1.35))
    for current, verdict in ((ranged(-5, 0.5), "agrees"), (ranged(0, 0.5), "contradicts")):
        claim = frames("change", {"change": ranged(-150, 1), "current": current})
        assert audit(claim).verdict.item() == verdict
    # -101.5 to -100.5 at constant prices
    row = judge("change", columns={"basis": "real"}, change="下降101%", current="110亿元")
    assert (row.verdict, row.recomputed_low, row.gap) == ("contradicts", -100, 0.5)


def test_what_cannot_be_told_is_shown_as_printed():
    change = {"change": "下降5.9%"}
    for companions in ({"difference": "减少4起"}, {"current": "64起", "prior": "0起"}):
        row = judge("change", **change, **companions)
        assert row.verdict == "cannot tell"
        assert (row.printed_low, row.printed_high) == pytest.approx((-5.95, -5.85))
        assert math.isnan(row.recomputed_low)


@pytest.mark.parametrize(
    ("unit", "of_one"),
    [
        ("percent", 100),
        ("%", 100),
        ("‰", 1000),
        ("‱", 10_000),
        ("起/10万人", 100_000),
        ("起/万人", 10_000),
        ("起/千人", 1000),
        ("户/百人", 100),
        ("件/人", 1),
        ("元", 1),
        ("", 1),
    ],
)
def test_a_quotient_of_one_is_printed_by_the_unit(unit, of_one):
    claim = frames("ratio", {"rate": ranged(of_one, 0), "numerator": 7, "denominator": 7})
    claim.figures.loc["rate", "unit"] = unit
    row = audit(claim).loc["r"]
    assert (row.recomputed_low, row.recomputed_high, row.verdict) == (of_one, of_one, "agrees")


def test_figures_need_not_say_their_basis():
    figures = pd.DataFrame(
        {"value": [3.0, 1.0, 2.0], "low": [3.0, 1.0, 2.0], "high": [3.0, 1.0, 2.0]},
        index=["total", "one", "two"],
    ).assign(reported="", unit="", measure="")
    relations = pd.DataFrame(
        {
            "relation": "r",
            "kind": "sum",
            "role": ["total", "part", "part"],
            "figure": figures.index,
        }
    )
    assert audit(Extract(figures, relations)).verdict.item() == "agrees"


@pytest.mark.parametrize(
    ("kind", "roles", "why"),
    [
        (
            "ratio",
            {"rate": "12%", "numerator": "1起", "denominator": "0起"},
            "the base may be zero, or a role is not filled",
        ),
        ("sum", {"total": "3起"}, "the base may be zero, or a role is not filled"),
        (
            "difference",
            {"difference": "增加3起", "current": "5起"},
            "the base may be zero, or a role is not filled",
        ),
        ("product", {"total": "3起"}, "not a known kind of relation"),
        # two totals; a role of another kind
        ("sum", {"total": ["3起", "4起"], "part": "3起"}, "a figure is missing or has no bounds"),
        (
            "ratio",
            {"rate": "50%", "numerator": "1起", "denominator": "2起", "prior": "4起"},
            "a figure is missing or has no bounds",
        ),
    ],
)
def test_why_nothing_can_be_told(kind, roles, why):
    row = judge(kind, **roles)
    assert (row.kind, row.verdict, row.explanation) == (kind, "cannot tell", why)


def test_a_change_and_a_difference_are_held_together_by_their_difference_as_well():
    # 8 ± 0.5 more than 102 to 101 is 7.28 to 8.42%; 110 ± 0.5 of 101 ± 0.5 is at least 7.88%.
    change = {"change": "增长7.4%", "current": "110万元", "difference": "增加8万元"}
    difference = {"difference": "增加8万元", "current": "110万元", "prior": "101万元"}
    assert audit(extract(("change", change))).verdict.item() == "agrees"
    both = audit(extract(("difference", difference), ("change", change)))
    assert both.verdict.tolist() == ["agrees", "contradicts"]
    assert both.recomputed_low["r1"] == pytest.approx(100 * 109.5 / 101.5 - 100)
    other = difference | {"current": "110.1万元"}
    assert audit(extract(("difference", other), ("change", change))).verdict["r1"] == "agrees"


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
    assert slip in judge(kind, **roles).explanation.split("; ")


def test_a_percentage_is_no_figure_in_ten_thousands_nor_a_whole_count_a_fraction():
    # 60 of 12000 is 0.5%, which is 5000% ÷ 万; but percentages are not printed in 万.
    row = judge("ratio", rate="5000%", numerator="60起", denominator="12000起")
    assert "5000% ÷ 万" not in row.explanation
    # 7 起 ÷ 10 would be 0.7 of a case.
    row = judge("ratio", rate="10%", numerator="7起", denominator="7起")
    assert "7起 ÷ 10" not in row.explanation


def test_the_difference_beside_a_change_may_have_the_other_sign():
    # 4 fewer than 68 is -5.88%.
    row = judge("change", change="下降5.9%", current="64起", difference="增加4起")
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
    more = [f"and {len(words) - 5} more"] if len(words) > 5 else []
    return "; ".join(words[:5] + more) or "no single slip found"


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
    row = judge(kind, **roles)
    assert row.verdict == "contradicts"
    assert row.explanation == in_words(fits)


def test_no_slip_is_thought_of_beyond_what_was_printed():
    # -6689 of 7210 would be -192.8%, but only changes and differences are printed with a sign.
    row = judge("change", change="下降192.8%", current="6689起", prior="7210起")
    assert "6689起" not in row.explanation
    # 45 - 40 = 5, but counts have no points.
    row = judge("change", change="上升5.0%", current="45起", prior="40起")
    assert "points" not in row.explanation
    # 5 of 45 is 11.1%, but what was divided by anything is no points: that would be two slips.
    row = judge("change", change="上升11.1个百分点", current="45.0%", prior="40.0%")
    assert "divided" not in row.explanation
    # 9999999999999999 is 10**16 as a float, which would pass for it.
    large = {"difference": "增加10000000000000000件", "current": "9999999999999998件"}
    row = judge("difference", prior="0件", **large)
    assert row.explanation == "no single slip found"


def test_a_difference_divided_by_the_current_value_is_said_once():
    # 40 of 64 is 62.5%, of 104 38.5%
    claim = {"change": "下降62.5%", "current": "64起", "difference": "减少40起"}
    by_current = "下降62.5%: divided by the current value, not the prior"
    for roles in (claim, claim | {"prior": "104起"}):
        assert judge("change", **roles).explanation.split("; ").count(by_current) == 1


def test_a_change_beside_an_unsigned_difference_can_be_repeated():
    # 4 fewer than 68 is -5.88%; 3 of 1000 is no change by that.
    found = audit(
        extract(
            ("change", {"change": "下降5.9%", "current": "64起", "difference": "4起"}),
            ("change", {"change": "下降5.9%", "current": "3起", "prior": "1000起"}),
        )
    )
    assert found.explanation.tolist() == [
        "agrees with the unsigned difference in its direction",
        "下降5.9%: repeated from another claim (r0)",
    ]


def test_a_contradiction_stays_what_it_is_beside_a_difference_of_its_pair():
    # 120 of 100 is +20%, though 120 would not be 10 more than 100.
    change = {"change": "上升20%", "current": "110起", "prior": "100起"}
    difference = {"difference": "增加10起", "current": "110起", "prior": "100起"}
    both = audit(extract(("change", change), ("difference", difference)))
    assert both.explanation.tolist() == [judge("change", **change).explanation, ""]
    assert "110起 → 120起 (one digit)" in both.explanation["r0"]


def test_pairs_of_other_figures_are_not_held_together_in_whatever_rows_they_stand():
    # 220 of 200 is +10%, and 140 is 40 more than 100: nothing is shared.
    change = {"change": "上升10%", "current": "220起", "prior": "200起"}
    difference = {"difference": "增加40起", "current": "140起", "prior": "100起"}
    claims = extract(("change", change), ("difference", difference))
    rows = list(claims.figures.index)
    for turned in (rows[n:] + rows[:n] for n in range(len(rows))):
        for order in (
            turned,
            [*turned[::2], *turned[1::2]],
            [*turned[::3], *turned[1::3], *turned[2::3]],
        ):
            found = audit(Extract(claims.figures.loc[order], claims.relations))
            assert found.verdict.tolist() == ["agrees", "agrees"]


def test_what_a_line_leaves_out_is_not_guessed():
    # Without a role 3起 is no total; a change without a measure is what its role says; 10 of 20
    # without a unit is a half.
    claim = extract(("sum", {"total": "3起", "part": ["1起", "2起"]}))
    claim.relations.loc[0, "role"] = None
    assert audit(claim).verdict.item() == "cannot tell"
    claim = extract(("change", {"change": "增长5%", "current": "21起", "prior": "20起"}))
    claim.figures.loc["change0", "measure"] = None
    assert audit(claim).verdict.item() == "agrees"
    claim = frames("ratio", {"rate": ranged(0.5, 0), "numerator": 10, "denominator": 20})
    claim.figures["unit"] = None
    assert audit(claim).verdict.item() == "agrees"


def test_claims_among_others_are_explained_as_they_are_alone():
    sound = ("sum", {"total": "90起", "part": ["20起", "70起"]})
    claims = [("ratio" if "rate" in roles else "sum", roles) for roles in CLAIMS]
    found = audit(extract(sound, *claims)).explanation.tolist()
    assert found == ["", *(judge(kind, **roles).explanation for kind, roles in claims)]


def test_each_of_several_contradictions_is_explained_by_its_own_slip():
    # 101 / 200 = 50.5%, 846 / 1077 = 78.55%; 3 / 1000 is neither 41.2 nor 78.6%.
    roles = [
        {"rate": "50.5%", "numerator": "101起", "denominator": "200起"},
        {"rate": "78.6%", "numerator": "846起", "denominator": "1077起"},
        {"rate": "41.2%", "numerator": "3起", "denominator": "1000起"},
        {"rate": "78.6%", "numerator": "3起", "denominator": "1000起"},
        {"rate": "41.2%"},  # by itself it bears nothing out
    ]
    found = audit(extract(*(("ratio", each) for each in roles)))
    assert found.explanation.tolist() == [
        *("", "", "no single slip found", "78.6%: repeated from another claim (r1)", ""),
    ]


def test_a_number_beside_a_figure_of_nothing_is_not_its_own():
    # 10 + 0 is not 15; the 10 of 每10万人 is not what stands for 0.
    claim = extract(("sum", {"total": "15起", "part": ["10起", "0起"]}))
    claim.figures.loc["part2", "reported"] = "每10万人0起"
    assert audit(claim).explanation["r0"].startswith("15起 → 10起 (one digit)")


@pytest.mark.parametrize(
    ("unit", "factor"),
    [
        *(("percent", 100), ("％", 100), ("permille", 1000), ("件/人", 1), ("起/10万人", 1e5)),
        *(("起/每10万人", 1e5), ("件/每万人", 1e4), ("辆/每百户", 100), ("起／10万人", 1e5)),
        *(("per 100,000", 1e5), ("起/100 000人", 1e5), ("per 10,000 population", 1e4)),
        *(("人/10 万", 1e5), ("起/一百万人", 1e6), ("", 1)),
    ],
)
def test_rates_of_so_many_are_told_by_their_unit_however_written(unit, factor):
    assert _factor(unit) == factor
