"""Years of Japanese eras: 令和元年 is 2019, 平成元年 1989, 昭和元年 1926. Made-up tables."""

import pytest

from analysis import read_table
from analysis.article.table_labels import period_of, year_in


def days(table):
    """The first and the last day of each row's or column's figures, as printed labels."""
    figures = table.figures
    return {
        (row.row, row.column): (f"{row.period_start:%Y-%m-%d}", f"{row.as_of:%Y-%m-%d}")
        for row in figures.itertuples()
    }


@pytest.mark.parametrize(
    ("label", "year"),
    [
        ("平成30年", 2018),
        ("令和元年", 2019),
        ("令和 6 年", 2024),
        ("昭和64年", 1989),
        ("大正12年9月", 1923),
        ("明治45", 1912),
        ("30年", 1941),  # without an era, one of the ROC
        ("平成26年~30年", None),
    ],
)
def test_the_year_of_an_era(label, year):
    assert year_in(label) == year


def test_a_period_of_an_era_is_said_as_printed():
    period = period_of(["交通事故(令和5年1月~6月)"])
    assert period.when == "令和5年1月~6月"
    assert (str(period.start), str(period.end)) == ("2023-01-01", "2023-06-30")


def test_a_fiscal_year_of_an_era_has_no_days():
    assert period_of(["令和5年度"])[:3] == ("令和5年度", None, None)


def test_an_era_holds_for_the_columns_behind_it():
    table = read_table(
        "区分,平成29年,30年,令和元年,2年\n刑法犯,614,568,560,504\n窃盗,417,381,375,300\n"
    )
    assert days(table)["窃盗", "30年"] == ("2018-01-01", "2018-12-31")
    assert days(table)["窃盗", "2年"] == ("2020-01-01", "2020-12-31")


def test_the_later_of_two_years_of_an_era_is_the_current_one():
    # 504 / 560 - 1 = -10 %, 300 / 375 - 1 = -20 %
    table = read_table("区分,令和元年,2年,増減率(%)\n刑法犯,560,504,-10.0\n窃盗,375,300,-20.0\n")
    current = table.relations.query("role == 'current'")["figure"]
    assert table.figures.loc[current, "column"].unique().tolist() == ["2年"]


def test_years_of_an_era_below_the_first_are_labels():
    table = read_table("年,件数,死者\n平成29年,614,568\n30,417,381\n令和元,178,187\n2,145,160\n")
    assert table.figures["row"].unique().tolist() == ["平成29年", "30", "令和元", "2"]
    assert days(table)["30", "件数"] == ("2018-01-01", "2018-12-31")
    assert days(table)["2", "死者"] == ("2020-01-01", "2020-12-31")


def test_each_heading_of_a_year_is_of_its_months():
    months = "January 47,719 224 47,943\nFebruary 48,532 143 48,675\nMarch 48,879 50 48,929\n"
    table = read_table(f"Date In open houses Locked cells Total\n1994\n{months}1995\n{months}")
    assert table.figures["as_of"].dt.year.tolist() == [1994] * 9 + [1995] * 9
    heads = ["In open houses", "Locked cells", "Total"]
    assert table.figures["column"].unique().tolist() == heads


def test_may_is_a_month_and_a_kind_in_brackets_no_half_of_a_year():
    assert str(period_of(["May 1987"]).end) == "1987-05-31"
    assert period_of(["what may fall 1987"]).start.month == 1
    assert str(period_of(["2019 H2"]).start) == "2019-07-01"
    assert str(period_of(["Sort A (H2)", "2019"]).start) == "2019-01-01"


@pytest.mark.parametrize(
    ("label", "start", "end"),
    [
        ("Year ended 31 March 2024", "2023-04-01", "2024-03-31"),
        ("52 weeks ended 30 March 2024", "2023-04-01", "2024-03-31"),
        ("Half-year ended 30 June 2024", "2024-01-01", "2024-06-30"),
        ("截至2024年3月31日止年度", "2023-04-01", "2024-03-31"),
        ("2024年6月30日", "2024-06-30", "2024-06-30"),
        ("于2023年12月31日", "2023-12-31", "2023-12-31"),
        ("As at 31 March 2024", "2024-03-31", "2024-03-31"),
        ("2020-03-01", "2020-03-01", "2020-03-01"),
    ],
)
def test_days_and_years_that_end_in_another_month(label, start, end):
    period = period_of([label])
    assert (str(period.start), str(period.end)) == (start, end)


@pytest.mark.parametrize(
    ("title", "start"),
    [
        ("for the year ended 31 March 2024", "2023-04-01"),
        ("Six months ended 30 September 2024", "2024-04-01"),
        ("截至二零二四年三月三十一日止年度", "2023-04-01"),
        ("Income in 2024", "2024-01-01"),
    ],
)
def test_years_alone_below_a_title_that_says_when_they_end(title, start):
    table = read_table(
        f"{title}\n\n| | 2024 | 2023 |\n|---|---|---|\n| Sales | 128 | 119 |\n| Tax | 12 | 9 |\n"
    )
    assert str(table.figures["period_start"].iloc[0])[:10] == start
