"""The prior value that changes and differences imply, against what the text says; by hand."""

import math

import pandas as pd
import pytest
from building import extract

from analysis import ComparisonError, load, prior_values, read_article, year_over_year

COLUMNS = [
    *("against", "current_low", "current_high", "change_low", "change_high"),
    *("prior_low", "prior_high", "prior", "candidates", "difference_low", "difference_high"),
    *("period_start", "as_of", "prior_period_start", "prior_as_of", "basis"),
]
CHANGE = ("change", {"current": "now", "change": "change"})


def changed(against="year earlier", start="", end="", basis="printed", **roles):
    """An extract of one change; its figures are named by their roles."""
    claims = [("change", {role: role for role in roles})]
    dates = {"period_start": start, "as_of": end}
    return extract(roles, claims, against=against, basis=basis, **dates)


def only(**roles):
    """The one row of its prior values."""
    table = prior_values(changed(**roles))
    assert len(table) == 1
    return table.iloc[0]


def test_prior_values_of_the_article(datong):
    table = prior_values(datong)
    assert table.columns.tolist() == COLUMNS
    assert table.index.name == "figure"
    eight, every = table.loc["eight_categories"], table.loc["criminal_cases"]
    assert (eight["prior"], eight["candidates"]) == (447, 1)
    assert (every["prior_low"], every["prior_high"]) == (7679, 7687)
    assert every["candidates"] == 9
    assert every["prior"] is pd.NA
    # 6623 - 7687 and 6623 - 7679.
    assert (every["difference_low"], every["difference_high"]) == (-1064, -1056)
    assert table["as_of"].isna().all()  # the article states none
    assert (table["basis"] == "printed").all()
    assert (table["against"] == "year earlier").all()
    pd.testing.assert_frame_equal(table, year_over_year(datong))


@pytest.mark.parametrize(
    ("against", "period", "prior"),
    [
        ("year earlier", ("2018-01-01", "2018-10-31"), ("2017-01-01", "2017-10-31")),
        # the end of a month stays one: of February after a leap year, of one, and in it
        ("year earlier", ("2020-01-01", "2020-02-29"), ("2019-01-01", "2019-02-28")),
        ("year earlier", ("2021-01-01", "2021-02-28"), ("2020-01-01", "2020-02-29")),
        ("year earlier", ("2019-02-28", "2019-02-28"), ("2018-02-28", "2018-02-28")),
        ("year earlier", ("2021-01-01", "2021-02-27"), ("2020-01-01", "2020-02-27")),
        ("year earlier", ("2018-06-05", "2018-06-11"), ("2017-06-05", "2017-06-11")),
        ("year earlier", ("", "2018-10-31"), ("", "2017-10-31")),
        ("year earlier", ("2018-01-01", ""), ("2017-01-01", "")),
        ("year earlier", ("", ""), ("", "")),
        # a month, a quarter, a half-year, a year before
        ("previous period", ("2018-08-01", "2018-08-31"), ("2018-07-01", "2018-07-31")),
        ("previous period", ("2018-03-01", "2018-03-31"), ("2018-02-01", "2018-02-28")),
        ("previous period", ("2020-03-01", "2020-03-31"), ("2020-02-01", "2020-02-29")),
        ("previous period", ("2018-02-01", "2018-02-28"), ("2018-01-01", "2018-01-31")),
        ("previous period", ("2018-01-01", "2018-01-31"), ("2017-12-01", "2017-12-31")),
        ("previous period", ("2018-04-01", "2018-06-30"), ("2018-01-01", "2018-03-31")),
        ("previous period", ("2018-01-01", "2018-03-31"), ("2017-10-01", "2017-12-31")),
        ("previous period", ("2018-07-01", "2018-12-31"), ("2018-01-01", "2018-06-30")),
        ("previous period", ("2018-01-01", "2018-06-30"), ("2017-07-01", "2017-12-31")),
        ("previous period", ("2018-01-01", "2018-12-31"), ("2017-01-01", "2017-12-31")),
        # of what is not whole months, or not all stated, the period before is not known
        ("previous period", ("2018-08-01", "2018-08-20"), ("", "")),
        ("previous period", ("2018-08-06", "2018-08-12"), ("", "")),
        ("previous period", ("", "2018-08-31"), ("", "")),
        ("previous period", ("2018-08-01", ""), ("", "")),
        # the same days of a year named
        ("year 2016", ("2018-01-01", "2018-10-31"), ("2016-01-01", "2016-10-31")),
        ("year 2016", ("", "2017-02-28"), ("", "2016-02-29")),
        ("year 2016", ("2018-01-01", ""), ("2016-01-01", "")),
        ("other", ("2018-01-01", "2018-10-31"), ("", "")),
        ("not stated", ("2018-01-01", "2018-10-31"), ("", "")),
    ],
)
def test_the_period_that_a_change_is_against(against, period, prior):
    claim = changed(against, *period, current="342起", change="下降23.5%")
    row = prior_values(claim).loc["current"]
    assert row["against"] == against
    for names, days in (
        (("period_start", "as_of"), period),
        (("prior_period_start", "prior_as_of"), prior),
    ):
        for name, day in zip(names, days, strict=True):
            assert row[name] is pd.NaT if not day else row[name] == pd.Timestamp(day), name
    # 447, whatever it is against.
    assert row["prior"] == 447


def test_year_over_year_has_only_what_is_against_the_year_before():
    against = {
        "a": "year earlier",
        "b": "previous period",
        "c": "year 2017",
        "d": "year 2016",
        "e": "other",
        "f": "not stated",
    }
    figures, claims = {}, []
    for key, words in against.items():
        figures[key] = {"reported": "342起", "as_of": "2018-10-31"}
        figures[key + "_change"] = {"reported": "下降23.5%", "against": words, "basis": "printed"}
        claims.append(("change", {"current": key, "change": key + "_change"}))
    every = extract(figures, claims)
    assert prior_values(every)["against"].to_dict() == against
    assert year_over_year(every).index.tolist() == ["a", "c"]
    # Of a figure that states no day a named year may be any.
    undated = extract(
        {"now": "342起", "change": "下降23.5%"}, [CHANGE], against="year 2017", basis="printed"
    )
    assert year_over_year(undated).empty
    assert year_over_year(undated).columns.tolist() == COLUMNS


def test_a_figure_may_have_changed_against_two():
    """8月 342起, a tenth less than in July and 23.5% less than a year before: two rows."""
    figures = {
        "now": {"reported": "342起", "period_start": "2018-08-01", "as_of": "2018-08-31"},
        "month": {"reported": "下降10.0%", "against": "previous period", "basis": "printed"},
        "year": {"reported": "下降23.5%", "against": "year earlier", "basis": "printed"},
    }
    claims = [("change", {"current": "now", "change": key}) for key in ("month", "year")]
    table = prior_values(extract(figures, claims))
    assert table.index.tolist() == ["now", "now"]
    # 342 / 0.9005 = 379.8 and 342 / 0.8995 = 380.2
    assert table["prior"].tolist() == [380, 447]
    assert table["prior_as_of"].tolist() == [pd.Timestamp("2018-07-31"), pd.Timestamp("2017-08-31")]
    assert year_over_year(extract(figures, claims))["prior"].tolist() == [447]


def test_a_difference_gives_the_prior_exactly():
    row = only(current="86起", difference="增加11起")
    assert (row["prior_low"], row["prior_high"], row["prior"], row["candidates"]) == (75, 75, 75, 1)
    assert (row["difference_low"], row["difference_high"]) == (11, 11)
    assert math.isnan(row["change_low"])
    assert row["basis"] == ""


def test_percentage_points_are_subtracted():
    # 95.25 - 1.25 and 95.35 - 1.15
    row = only(current="95.3%", difference="提高1.2个百分点")
    assert (row["prior_low"], row["prior_high"]) == pytest.approx((94.0, 94.2))
    assert row["prior_low"] <= 94.0
    assert row["prior_high"] >= 94.2
    assert row[["prior", "candidates"]].isna().all()
    assert (row["difference_low"], row["difference_high"]) == pytest.approx((1.15, 1.25))


def test_without_a_current_value_change_and_difference_give_both():
    # 11 of 20% are 55; printed to a tenth 11 / 0.2005 = 54.86 to 11 / 0.1995 = 55.14.
    claim = changed(change="下降20.0%", difference="减少11起")
    table = prior_values(claim)
    assert table.index.tolist() == ["change"]  # no current value is printed
    row = table.loc["change"]
    assert (row["prior_low"], row["prior_high"], row["prior"], row["candidates"]) == (55, 55, 55, 1)
    assert (row["difference_low"], row["difference_high"]) == (-11, -11)
    assert math.isnan(row["current_low"])
    # Printed to the unit 11 / 0.205 = 53.7 to 11 / 0.195 = 56.4.
    row = only(change="下降20%", difference="减少11起")
    assert (row["prior_low"], row["prior_high"], row["candidates"]) == (54, 56, 3)
    # Of a change that may be none nothing follows.
    row = only(change="下降0.0%", difference="减少11起")
    assert math.isnan(row["prior_low"])


def test_a_difference_alone_says_nothing_but_itself():
    row = only(prior="75起", difference="增加11起")
    assert (row["prior_low"], row["prior_high"], row["prior"]) == (75, 75, 75)
    assert (row["difference_low"], row["difference_high"]) == (11, 11)


def test_all_that_is_printed_is_used_together():
    # 6623 at -13.8% leaves 7679 to 7687; 余 puts the prior from 7680 on.
    row = only(current="6623起", change="下降13.8%", prior="7680余起")
    assert (row["prior_low"], row["prior_high"], row["candidates"]) == (7680, 7687, 8)
    row = only(current="6623起", change="下降13.8%", difference="减少1060起")
    assert row["prior"] == 7683
    # Contradicting figures leave nothing, which is no error here: see `audit`.
    row = only(current="6623起", change="下降13.8%", prior="8000起")
    assert math.isnan(row["prior_low"])
    assert row[["prior", "candidates"]].isna().all()


def test_none_are_left_of_exactly_one():
    row = only(current="0件", change="下降100%", difference="减少1件")
    assert (row["prior_low"], row["prior_high"], row["prior"]) == (1, 1, 1)
    # Without the difference any number may have gone.
    row = only(current="0件", change="下降100%")
    assert (row["prior_low"], row["prior_high"]) == (0, math.inf)
    assert row["candidates"] is pd.NA
    assert only(current="0件", difference="减少1件")["prior"] == 1


def test_an_amount_is_not_whole():
    row = only(current="2.23亿元", change="增长5%")
    # 222.5M / 1.055 and 223.5M / 1.045; x × c / (100 + c): 222.5M at +4.5%, 223.5M at +5.5%
    assert row["prior_low"] == pytest.approx(222.5e6 / 1.055, rel=1e-14)
    assert row["prior_high"] == pytest.approx(223.5e6 / 1.045, rel=1e-14)
    assert row["difference_low"] == pytest.approx(222.5e6 * 4.5 / 104.5, rel=1e-14)
    assert row["difference_high"] == pytest.approx(223.5e6 * 5.5 / 105.5, rel=1e-14)
    assert row[["prior", "candidates"]].isna().all()
    table = prior_values(changed(current="2.23亿元", change="增长5%"))
    assert table[["prior", "candidates"]].dtypes.tolist() == ["Int64", "Int64"]


@pytest.mark.parametrize("text", ["85公里", "12公顷", "日均488起", "118.4件", "37辆/百户"])
def test_what_does_not_count_things_has_no_whole_prior(text):
    row = only(current=text, change="增长5.0%")
    assert row[["prior", "candidates"]].isna().all()
    assert row["prior_low"] != math.floor(row["prior_low"])
    low, high = row["current_low"] / 1.0505, row["current_high"] / 1.0495
    assert (row["prior_low"], row["prior_high"]) == pytest.approx((low, high))


def test_a_rounded_count_has_whole_priors_and_no_single_one():
    # 13.9万件 is 138500 to 139500; / 1.0505 = 131842.0 (131841.98), / 1.0495 = 132920.4
    row = only(current="13.9万件", change="增长5.0%")
    assert (row["prior_low"], row["prior_high"]) == (131842, 132920)
    assert row["candidates"] == 1079
    assert row["prior"] is pd.NA


def test_growth_at_constant_prices_has_no_nominal_prior():
    row = only(basis="real", current="2.23亿元", change="增长5%")
    for name in ("prior_low", "prior_high", "difference_low", "difference_high"):
        assert math.isnan(row[name])
    assert (row["change_low"], row["change_high"], row["basis"]) == (4.5, 5.5, "real")
    # But a difference has one: 2.225 - 0.105 and 2.235 - 0.095
    row = only(basis="real", current="2.23亿元", change="增长5%", difference="增加0.10亿元")
    assert (row["prior_low"], row["prior_high"]) == pytest.approx((2.12e8, 2.14e8))
    for basis in ("comparable", "not stated"):
        assert not math.isnan(only(basis=basis, current="2.23亿元", change="增长5%")["prior_low"])


def test_a_loss_that_fell_or_grew_has_no_prior():
    row = only(current="-3.2亿元", change="下降20%")
    for name in ("prior_low", "prior_high", "difference_low", "difference_high"):
        assert math.isnan(row[name])
    # A difference needs no base.
    row = only(current="-3.2亿元", difference="增加0.8亿元")
    assert (row["prior_low"], row["prior_high"]) == pytest.approx((-4.1e8, -3.9e8))


def test_a_fall_of_all_to_something():
    """5 after a fall of 99.5% or more: 1,000 at least; after one of twice all: nothing fits."""
    row = only(current="5起", change="下降100%")
    assert (row["prior_low"], row["prior_high"]) == (1000, math.inf)
    row = only(current="5起", change="下降200%")
    assert math.isnan(row["prior_low"])
    assert math.isnan(row["prior_high"])


@pytest.mark.parametrize(
    ("roles", "says"),
    [
        (
            {"current": "上升3个百分点", "change": "上升5%"},
            "its current value current is itself a difference",
        ),
        (
            {"current": "5起", "difference": "增加2人"},
            "found difference in 人, expected a figure in 起",
        ),
        (
            {"current": "5起", "difference": "增加2个百分点"},
            "found difference in percentage point, expected a figure in 起",
        ),
        (
            {"current": "6.0‰", "difference": "提高1.2个百分点"},
            "found difference in percentage point, expected a figure in permille point",
        ),
        (
            {"current": "5起", "prior": "4人", "difference": "增加1起"},
            "found prior in 人, expected a figure in 起",
        ),
    ],
)
def test_what_has_no_prior(roles, says):
    for function in (prior_values, year_over_year):
        with pytest.raises(ComparisonError, match=f"r0: {says}"):
            function(changed(**roles))


def test_unlike_measures_are_one_error_that_names_them_all():
    figures = {
        "now": "85.7%",
        "points": {"reported": "上升3个百分点", "measure": "difference"},
        "cases": "5起",
        "gone": "下降200%",
        "change": "上升3%",
    }
    claims = {
        "rates": ("change", {"current": "now", "change": "points"}),
        "fall": ("change", {"current": "cases", "change": "gone"}),
        "twice": ("change", {"current": "change", "change": "change"}),
    }
    with pytest.raises(ComparisonError) as error:
        prior_values(extract(figures, claims))
    assert str(error.value).split("\n") == [
        "cannot be compared:",
        "rates: found points, which is a difference, expected a change as change",
        "twice: its current value change is itself a change",
    ]


def test_a_difference_of_rates_may_be_in_points_or_in_their_own_unit():
    for text in ("提高1.2个千分点", "提高1.2‰"):
        figures = {"current": "6.0‰", "difference": {"reported": text, "measure": "difference"}}
        claim = extract(figures, [("change", {role: role for role in figures})])
        row = prior_values(claim).loc["current"]
        # 5.95 - 1.25 and 6.05 - 1.15
        assert (row["prior_low"], row["prior_high"]) == pytest.approx((4.7, 4.9))
    row = only(current="60.0起/10万人", difference="增加2.0起/10万人")
    assert (row["prior_low"], row["prior_high"]) == pytest.approx((57.9, 58.1))


def test_a_rate_that_rose_by_a_percentage_may_have_risen_by_points():
    article = read_article("2023年结案率80.0%,同比提高25%。")
    row = prior_values(article).iloc[0]
    # 79.95 - 25.5 = 54.45 points lower; 80.05 / 1.245 = 64.2972, by so much of itself
    assert (row["prior_low"], row["prior_high"]) == pytest.approx((54.45, 80.05 / 1.245))
    # 79.95 × 0.245 / 1.245 = 15.7332 and 25.5
    ends = 79.95 * 0.245 / 1.245, 25.5
    assert (row["difference_low"], row["difference_high"]) == pytest.approx(ends)
    told = read_article("2023年结案率80.0%,同比提高25%,去年同期为64.0%。")
    row = prior_values(told).iloc[0]
    assert (row["prior_low"], row["prior_high"]) == pytest.approx((63.95, 64.05))
    # What a person has typed is what it says: 79.95 / 1.255 and 80.05 / 1.245.
    typed = only(current="80.0%", change="提高25%")
    ends = 79.95 / 1.255, 80.05 / 1.245
    assert (typed["prior_low"], typed["prior_high"]) == pytest.approx(ends)


def test_an_extract_without_changes_gives_an_empty_table():
    for none in (extract({"now": "342起"}), extract({})):
        for table in (prior_values(none), year_over_year(none)):
            assert table.columns.tolist() == COLUMNS
            assert table.empty
    pair = changed(current="86起", prior="75起")  # nothing says how it changed
    assert prior_values(pair).empty


def test_changes_keep_the_order_of_the_relations_also_beside_an_incomplete_one():
    figures = {"a": "20起", "b": "30起", "change": "增长5%"}
    claims = {
        "third": ("change", {"change": "change"}),  # of what, is not said
        "second": ("change", {"change": "change", "current": "b"}),
        "first": ("change", {"current": "a", "change": "change"}),
    }
    table = prior_values(extract(figures, claims, against="year earlier", basis="printed"))
    assert table.index.tolist()[1:] == ["b", "a"]
    assert table.index[0] == "change"
    assert math.isnan(table["prior_low"].iloc[0])


def test_a_change_that_says_nothing_of_its_base_is_not_taken_for_a_year_earlier():
    figures = {"now": "342起", "change": "下降23.5%"}
    silent = extract(figures, [CHANGE])
    assert prior_values(silent)["against"].tolist() == ["not stated"]
    assert year_over_year(silent).empty


def test_the_invented_bulletin_has_the_priors_worked_out_for_it():
    # 486 / 0.876 = 554.8, 203 / 0.819 = 247.9; 95.3 - 1.2 is 94.0 to 94.2 percent
    bulletin = load("data/example-bulletin")
    table = prior_values(bulletin)
    assert table["prior"].tolist()[:2] == [555, 248]
    assert table["prior"].isna().tolist() == [False, False, True]
    points = table.iloc[2]
    assert (points["prior_low"], points["prior_high"]) == pytest.approx((94.0, 94.2))


def test_a_whole_number_that_only_a_change_cut_off_gives_is_told_with_no_candidate():
    # 6924 / 7632 is 0.90723: a fall of 9.277%, printed 9.27.
    claims = [("change", {"current": "now", "change": "moved"})]
    row = prior_values(extract({"now": "6924件", "moved": "下降9.27%"}, claims, against="")).iloc[0]
    assert (row["prior"], row["candidates"], row["difference_low"]) == (7632, 0, -708)
    neither = extract({"now": "178起", "moved": "上升44.4%"}, claims, against="")
    assert prior_values(neither)[["prior_low", "prior"]].isna().all(axis=None)
