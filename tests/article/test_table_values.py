"""The period of what is said to be of the year before. Made-up tables."""

import pandas as pd
import pytest

from analysis import audit, claims, read_table
from analysis.article.table_measures import says_prior, says_rate


def period(table, column):
    row = table.figures.query("column == @column").iloc[0]
    return row["when"], row["period_start"], row["as_of"]


def test_the_same_months_a_year_earlier():
    table = read_table(
        "2024年1-2月案件\n项目,本期,上年同期,增减%\n盗窃,12,15,-20.0\n诈骗,30,20,50.0\n"
    )
    assert period(table, "本期")[1:] == (pd.Timestamp(2024, 1, 1), pd.Timestamp(2024, 2, 29))
    earlier = ("上年同期", pd.Timestamp(2023, 1, 1), pd.Timestamp(2023, 2, 28))
    assert period(table, "上年同期") == earlier
    assert period(table, "增减%")[2] == pd.Timestamp(2024, 2, 29)


def test_the_same_months_below_the_name_of_the_current_ones():
    head = "<tr><th rowspan=2>项目</th><th colspan=2>2023年1-6月</th></tr>"
    head += "<tr><th>本期</th><th>同期</th></tr>"
    table = read_table(f"<table>{head}<tr><td>盗窃</td><td>12</td><td>15</td></tr></table>")
    assert period(table, "2023年1-6月 / 同期")[2] == pd.Timestamp(2022, 6, 30)


def test_a_year_earlier_is_all_of_it_where_the_table_is_of_a_year():
    table = read_table("2024年预算\n项目,盗窃,诈骗\n本年数,12,15\n上年数,30,20\n")
    row = table.figures.query("row == '上年数'").iloc[0]
    assert (row["when"], row["as_of"]) == ("上年数", pd.Timestamp(2023, 12, 31))


@pytest.mark.parametrize("title", ["2024年1-6月收支", "收支"])
def test_all_of_a_year_or_its_part_is_not_guessed(title):
    table = read_table(f"{title}\n项目,本期,上年\n收入,12,15\n支出,30,20\n")
    assert period(table, "上年")[0] == "上年"
    assert pd.isna(period(table, "上年")[2])


@pytest.mark.parametrize("label", ["上年结转", "指数(上年=100)", "比上年增减"])
def test_what_only_names_the_year_before_is_of_its_own(label):
    table = read_table(f"2024年收支\n项目,本年,{label}\n收入,12,15\n支出,30,20\n")
    assert period(table, label)[2] == pd.Timestamp(2024, 12, 31)


def test_how_much_a_share_changed_is_in_points():
    """10.7 - 8.1 = 2.6 points, by hand; each share is of the year in the head beside its own."""
    table = read_table(
        "类别 | 2022年上半年(件) | 比重(%) | 2021年上半年(件) | 比重(%) | 比重变化(%) |\n"
        "食品 | 58973 | 10.7 | 42476 | 8.1 | ↑2.6 |\n"
        "家具 | 18009 | 3.3 | 16729 | 3.2 | ↑0.1 |\n"
    )
    row = table.figures.iloc[:5]
    assert row["when"].tolist() == ["2022年上半年"] * 2 + ["2021年上半年"] * 2 + [""]
    assert (row["measure"].iloc[4], row["unit"].iloc[4]) == ("difference", "percentage point")
    told = claims(table)
    assert told.difference.tolist() == ["r01_c5", "r02_c5"]
    assert told.current.tolist() == ["r01_c2", "r02_c2"]
    assert told.prior.tolist() == ["r01_c4", "r02_c4"]


@pytest.mark.parametrize("shares", [("62.5", "37.5"), ("62.5%", "37.5%")])
@pytest.mark.parametrize("head", ["Cases, n (%)", "案件数(占比%)"])
def test_a_count_and_its_share_in_one_cell_and_a_total_without_one(head, shares):
    a, b = shares
    table = read_table(
        f"| 类别 | {head} |\n|---|---|\n| 盗窃 | 50 ({a}) |\n| 诈骗 | 30 ({b}) |\n| 合计 | 80 |\n"
    )
    assert table.figures["measure"].tolist() == ["count", "rate", "count", "rate", "count"]
    assert claims(table)["kind"].tolist() == ["sum", "ratio", "ratio"]


def test_percentages_and_their_errors_in_one_cell_are_no_counts():
    text = "| 类别 | 比率(%) |\n|---|---|\n| 盗窃 | 50.1 (2.5) |\n| 诈骗 | 30.2 (3.5) |\n"
    assert set(read_table(text).figures["measure"]) == {"rate"}


def test_a_bracket_behind_the_head_of_a_count_says_what_its_change_is():
    text = "| 类别 | 件数(同比%) |\n|---|---|\n| 盗窃 | 500(-5.0) |\n| 诈骗 | 301(3.1) |\n"
    assert read_table(text).figures["measure"].tolist() == ["count", "change"] * 2


@pytest.mark.parametrize("head", ["A,B,C", "A,B,B against A"])
def test_percentages_of_which_most_are_below_zero_are_changes(head):
    """420 / 400 = +5 %, 450 / 500 = -10 %, 150 / 200 = -25 %, 90 / 100 = -10 %."""
    rows = (
        "Migration,400,420,5%\nCorporation tax,500,450,-10%\nFees,200,150,-25%\nFines,100,90,-10%\n"
    )
    table = read_table(f"Department,{head}\n{rows}")
    assert table.figures["measure"].tolist() == ["count", "count", "change"] * 4
    assert claims(table)["kind"].tolist() == ["change"] * 4


def test_averages_below_zero_are_no_changes():
    text = "Item,Count,Average\nA,400,5%\nB,500,-10%\nC,200,-25%\nD,100,-10%\n"
    assert read_table(text).relations.empty


def test_only_whole_words_say_rate_or_prior():
    assert not any(map(says_rate, ("Administration", "Corporation tax", "Operations")))
    assert says_rate("Sex ratio")
    assert list(map(says_prior, ("Prior year", "Priority crimes"))) == [True, False]


@pytest.mark.parametrize(
    ("note", "low", "first"),
    [
        ("Figures are rounded to the nearest 5.", 222.5, "agrees"),
        ("Counts have been rounded to the nearest multiple of five.", 222.5, "agrees"),
        ("Amounts are rounded to the nearest 1,000.", 225.0, "contradicts"),  # these are not
    ],
)
def test_counts_are_rounded_to_what_a_note_says(note, low, first):
    """225 and 420 are 645, which 650 may be; 90 and 115 are 205, and 305 no rounding of it."""
    rows = "North,225,90,155\nSouth,420,115,325\nTotal,650,305,480\n"
    table = read_table(f"Kind,2018,2019,2020\n{rows}\n{note}\n")
    assert table.figures["low"].iloc[0] == low
    assert audit(table)["verdict"].tolist() == [first, "contradicts", "agrees"]


@pytest.mark.parametrize(
    ("head", "against", "when"),
    [
        ("Sep 12 to Oct 12", "previous period", "Oct 12"),
        ("Oct 11 to Oct 12", "year earlier", "Oct 12"),
        ("Jun Qtr 2011 to Jun Qtr 2012", "year earlier", None),
        ("Jun Qtr 2012 to Sep Qtr 2012", "previous period", None),
        ("Annual", "not stated", ""),
    ],
)
def test_months_that_the_head_of_a_change_compares(head, against, when):
    table = read_table(
        f"|  | Boats | {head} |\n|  | no. | % change |\n| --- | --- | --- |\n"
        "| North | 12726 | -0.3 |\n| South | 7556 | 0.9 |"
    )
    assert set(table.figures["against"]) == {"", against}
    assert when is None or table.figures["when"].tolist() == ["", when] * 2
