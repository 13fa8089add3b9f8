"""The audit drawn: every verdict in words and shapes, and what is not drawn said."""

from itertools import pairwise

import matplotlib as mpl
import pandas as pd
import pytest
from building import claimed, extract
from drawn import assert_nothing_overlaps_or_is_clipped, bars, dots, words

from analysis import audit, charts
from analysis.phrases import OUTCOMES

mpl.use("Agg")


def headline(ax):
    return ax.figure.get_suptitle().replace("\n", " ")


def rate(text, part="1628起", whole="1814起"):
    """A printed share of 1628 in 1814, which is 89.746%."""
    return "ratio", {"rate": text, "numerator": part, "denominator": whole}


ROUNDED, CUT, WRONG = rate("89.7%"), rate("89.74%"), rate("89.9%")


@pytest.mark.parametrize(
    ("claims", "en", "zh"),
    [
        (
            [ROUNDED],
            "rate0: 89.7% printed, and its own figures give 89.746%",
            "rate0：刊出 89.7%，自身数字得 89.746%",
        ),
        (
            [WRONG],
            "rate0: 89.9% printed, but its own figures give 89.746%",
            "rate0：刊出 89.9%，自身数字却得 89.746%",
        ),
        (
            [CUT],
            "rate0: 89.74% printed; its own figures give 89.746%, so it was cut off, not rounded",
            "rate0：刊出 89.74%，自身数字得 89.746%，须按截断而非四舍五入",
        ),
        (
            [ROUNDED, rate("50.0%", "1起", "2起")],
            "All 2 printed claims agree with their own figures",
            "2 项刊出的说法均与自身数字相符",
        ),
        (
            [ROUNDED, CUT],
            "All 2 printed claims agree with their own figures; 1 only if cut off, not rounded",
            "2 项刊出的说法均与自身数字相符；1 项须按截断而非四舍五入",
        ),
        (
            [ROUNDED, WRONG, CUT],
            "1 of 3 printed claims does not add up: rate3; 1 only if cut off, not rounded",
            "3 项刊出的说法中 1 项与自身数字不符：rate3；1 项须按截断而非四舍五入",
        ),
        (
            [WRONG, rate("88.0%")],
            "All 2 printed claims contradict their own figures: rate0, rate3",
            "2 项刊出的说法均与自身数字不符：rate0、rate3",
        ),
        (
            [ROUNDED, *(rate(f"{n}.0%") for n in (10, 20, 30, 40, 50))],
            "5 of 6 printed claims do not add up: rate3, rate4, rate5 and 2 more",
            "6 项刊出的说法中 5 项与自身数字不符：rate3、rate4、rate5等（另 2 项）",
        ),
    ],
)
def test_the_headline_says_what_does_not_add_up(claims, en, zh):
    assert headline(charts.audit(claimed(*claims))) == en
    assert headline(charts.audit(claimed(*claims), language="zh")) == zh


def test_what_was_printed_stands_beside_what_its_parts_give(language):
    claim = claimed(ROUNDED, WRONG)
    ax = charts.audit(claim, language=language)
    said = [text.get_text() for text in ax.texts]
    contradicts = {"en": "◆ contradicts", "zh": "◆ 不符"}[language]
    assert said[-2:] == [{"en": "agrees", "zh": "相符"}[language], contradicts]
    assert {"89.7%", "89.9%"} <= set(said)  # not 89.85–89.95%
    # A ring where it agrees, a diamond where not: (1628 / 1814 - 0.899) / 0.899 is -0.171%.
    assert [y for _, y in dots(ax)] == [0]
    assert dots(ax, "D") == [(pytest.approx(-0.17083, abs=1e-4), 1)]


def test_what_rose_has_its_sign_as_printed_and_as_recomputed(language):
    rise = {"now": "327件", "then": "324件", "change": "上升0.9%"}
    claims = {"rise": ("change", {"current": "now", "prior": "then", "change": "change"})}
    ax = charts.audit(extract(rise, claims), language=language)
    # 3 / 324 is 0.9259%.
    assert "+0.926%" in words(ax)
    assert "+0.926%" in headline(ax)


def test_a_partial_list_is_told_in_words_and_beside_others_does_not_stretch_the_scale(language):
    part = ("part", {"total": "139个", "part": ["38个"]})
    ax = charts.audit(claimed(ROUNDED, part), language=language)
    assert {"en": "38 of it", "zh": "其中 38"}[language] in [text.get_text() for text in ax.texts]
    assert max(abs(limit) for limit in ax.get_xlim()) < 1  # percent
    alone = charts.audit(claimed(part), language=language)
    assert dots(alone) == [(38, 0)]
    beyond = charts.audit(claimed(("part", {"total": "139个", "part": ["140个"]})))
    assert headline(beyond) == "total0: the parts that are printed, 140, exceed 139"


def test_one_that_is_very_far_off_makes_a_scale_that_says_so():
    near, far = (charts.audit(claimed(ROUNDED, c)) for c in (WRONG, rate("8.97%")))
    assert (near.get_xscale(), far.get_xscale()) == ("linear", "symlog")
    assert far.get_xlabel().startswith("Logarithmic beyond ±1%.")
    assert "Logarithmic" not in near.get_xlabel()


@pytest.mark.parametrize("printed", ["8.97%", "0.0897%", "0.000897%", "0.00000897%"])
def test_however_far_off_the_numbers_of_the_scale_do_not_run_into_each_other(printed):
    ax = charts.audit(claimed(ROUNDED, rate(printed)))
    ax.figure.canvas.draw()
    labels = [label for label in ax.get_xticklabels() if label.get_text()]
    boxes = sorted((label.get_window_extent() for label in labels), key=lambda box: box.x0)
    assert len(boxes) >= 3
    assert all(one.x1 < next_.x0 for one, next_ in pairwise(boxes))


def test_a_total_without_end_is_drawn_to_where_it_is_known():
    ax = charts.audit(claimed(("sum", {"total": "100起以上", "part": ["60起", "70起"]})))
    assert dots(ax) == [(130, 0)]
    assert min(line.get_xdata()[0] for line in ax.lines if line.get_linewidth() == 16) == 100
    assert "≥ 100" in words(ax)
    beyond = charts.audit(claimed(("sum", {"total": "130起", "part": ["60起", "70起以上"]})))
    arrow = next(text for text in beyond.texts if getattr(text, "arrow_patch", None))
    assert arrow.xyann == (130, 0)
    assert bars(beyond)[0][1:] == (130, 130)


def test_twelve_claims_are_as_legible_as_two(language):
    named = {}
    claims = []
    for n in range(12):
        keys = [f"{role}{n}" for role in ("rate", "part", "whole")]
        printed = [f"{89.7 + n % 2 / 5:.1f}%", "1628起", "1814起"]
        name = {"name_en": f"A long name of one of a dozen claims, {n}", "name_zh": "甲乙" * 12}
        named |= {k: {"reported": t} | name for k, t in zip(keys, printed, strict=True)}
        roles = dict(zip(("rate", "numerator", "denominator"), keys, strict=True))
        claims.append(("ratio", roles))
    ax = charts.audit(extract(named, claims), language=language)
    assert len(ax.get_yticklabels()) == 12
    assert_nothing_overlaps_or_is_clipped(ax)


def test_what_came_of_slips_is_one_colour_and_four_fillings():
    names = list(OUTCOMES)
    found = pd.DataFrame({"kind": ["sum"] * 4 + ["ratio"], "outcome": [*names, names[0]]})
    claim = claimed(ROUNDED)
    ax = charts.slips(found, claim)
    # Three of four sums, and the ratio, are contradicted; of both one slip is named first.
    assert headline(ax).startswith("4 of 5 claims with a slip are contradicted, 2 with that slip")
    fillings = {
        (bars.patches[0].get_hatch(), bars.patches[0].get_facecolor()) for bars in ax.containers
    }
    assert len(fillings) == 4
    with pytest.raises(ValueError, match="no slip was planted"):
        charts.slips(found.iloc[:0], claim)


def test_what_is_drawn_counts_what_agrees_if_cut_off_as_agreeing():
    claim = claimed(ROUNDED, CUT)
    assert audit(claim)["verdict"].tolist() == ["agrees", "agrees if truncated"]
    assert dots(charts.audit(claim), "D") == []
