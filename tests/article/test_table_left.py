"""No numeral is lost and nothing said: each is a figure's, a label's, or passed over."""

import random
import re
from collections import Counter

import pytest
from bulletins import bulletin
from conftest import SHARED
from hypothesis import given
from hypothesis import strategies as st
from tables import FORMS, table

from analysis import ExtractError, coverage, read_article, read_table

RUN = re.compile(r"[0-9]+")
WORDS = ["Net income", "Costs", "Diluted EPS", "Leverage", "营业收入", "利润总额", "Margin"]
# As pages and filings print them, many in no form that a cell is read in.
CELLS = ["$ 246.0", "$246.0", "(48.2)", "$ (48.2)", "(0.8)%", "(0.8 )%", "3.1%", "2.1x", "390 bps"]
CELLS += [
    "NM",
    "—",
    "1,204",
    "7",
    "12.5p",
    "US$ 3.4",
    "€ 1.2",
    "12-15",
    "约5起左右",
    "5,1",
    "0.3pp",
]
CELLS += ["+4", "-3.7", "1/2", "3 years", "4.2*", "17[1]", "65+", "2nd", "1 204", "n.m."]


def lost(text, **given):
    """The runs of digits of a table in lines that stand in none of its figures, labels, reasons.

    A run of a row of figures stands there as often as it is printed.
    """
    read = read_table(text, **given)
    figures, passed = read.figures, read.passed_over
    said = [*figures["row"], *figures["column"], *figures["when"], *passed["reason"]]
    said = {run for label in [*said, read.source.title] for run in RUN.findall(label)}
    printed = figures["note"].str.extract(r"printed (.+)$")[0].fillna(figures["reported"])
    held = Counter(RUN.findall(" ".join([*printed, *passed["reported"]])))
    labels = dict.fromkeys(zip(figures["paragraph"], figures["row"], strict=True))
    held += Counter(RUN.findall(" ".join(row for _, row in labels)))
    rows = set(figures["paragraph"])
    left = Counter()
    for n, line in enumerate(text.split("\n"), 1):
        own = Counter(RUN.findall(line))
        left += own if n in rows else Counter({r: k for r, k in own.items() if r not in said})
    return dict(left - held)


def test_a_sign_of_money_apart_from_its_number_is_no_label():
    read = read_table(
        "                  2024       2023          %\n"
        "Operating income                  313.3      269.1    16.4%\n"
        "Net income                    $   246.0  $   248.0    (0.8)%\n"
        "Diluted EPS                   $    0.45  $    0.42     7.1%\n"
    )
    assert read.figures["row"].tolist()[3:] == ["Net income"] * 3 + ["Diluted EPS"] * 3
    assert read.figures["value"].tolist()[3:] == [246.0, 248.0, -0.8, 0.45, 0.42, 7.1]
    assert read.figures["unit"].tolist()[3:] == ["$", "$", "percent"] * 2


@pytest.mark.parametrize(
    "text",
    [
        "\t2024\t2023\t%\nRevenue\t$ 400.0\t$ 292.0\t37.0%\nCosts\t(70.4)\t(70.1)\t0.4%\n"
        "Net income\t$ 329.6\t$ 221.9\t48.5%\n",
        "|2024|2023|%|\nRevenue | $ 400.0|$ 292.0|37.0%\nCosts|(70.4)|( 70.1 )|0.4%\n"
        "Net income|$ 329.6|$ 221.9|48.5%\n",
        "Item 2024 2023 Change\nRevenue $ 400.0 $ 292.0 37.0%\nCosts (70.4 ) (70.1 ) 0.4%\n"
        "Net income $ 329.6 $ 221.9 48.5%\n",
        "<table><tr><td><td colspan=2>2024<td colspan=2>2023<td colspan=2>Change</tr>"
        "<tr><td>Revenue<td>$<td>400.0<td>$<td>292.0<td>37.0<td>%</tr>"
        "<tr><td>Costs<td><td>(70.4)<td><td>(70.1)<td>0.4<td>%</tr>"
        "<tr><td>Net income<td>$<td>329.6<td>$<td>221.9<td>48.5<td>%</tr></table>",
        "Item\n2024\n2023\nRevenue\n$\n400.0\n$\n292.0\nCosts\n(70.4)\n(70.1)\nNet income\n$\n"
        "329.6\n$\n221.9\n",
    ],
    ids=["tabs", "pipes", "blanks", "cells of a page", "a cell a line"],
)
def test_brackets_are_below_zero_in_a_column_of_money(text):
    read = read_table(text).figures
    levels = read[read["unit"] == "$"].groupby("row", sort=False)["value"].agg(list)
    assert levels.to_dict() == {
        "Revenue": [400.0, 292.0],
        "Costs": [-70.4, -70.1],
        "Net income": [329.6, 221.9],
    }


def test_brackets_are_not_below_zero_among_counts():
    read = read_table("类别,2019年,2020年\n盗窃,12,15\n诈骗,(30),(28)\n合计,12,15\n").figures
    assert read["value"].tolist() == [12, 15, 30, 28, 12, 15]


def test_millions_are_not_those_of_a_share():
    read = read_table(
        "(in millions, except per share data)\n"
        "                 2024        2023\n"
        "Net revenue      $ 2,570.4   $ 2,492.1\n"
        "Operating costs    2,324.4     2,244.1\n"
        "Diluted EPS      $    0.45   $    0.42\n"
    ).figures
    assert read["unit"].tolist() == ["$ million"] * 4 + ["$"] * 2


def test_of_two_units_whole_figures_are_in_that_of_things():
    read = read_table(
        "单位:所、万人\n指标,2012年,2013年\n学校数,122,123\n招生数,44.51,44.29\n教师数,8.07,8.10\n"
    ).figures
    assert read["unit"].tolist() == ["所", "所", "万人", "万人", "万人", "万人"]


def test_a_unit_below_the_head_is_of_all():
    read = read_table(
        "2024年1-9月主要指标\n指标\t本月\t累计\t同比增长(%)\n单位:亿元\n"
        "营业收入\t412.3\t3,520.6\t4.2\n利润总额\t22.1\t180.5\t-3.7\n"
    ).figures
    assert read["unit"].tolist() == ["亿元", "亿元", "percent"] * 2
    days = zip(read["period_start"].astype(str), read["as_of"].astype(str), strict=True)
    assert [*days][:2] == [("2024-09-01", "2024-09-30"), ("2024-01-01", "2024-09-30")]


@pytest.mark.parametrize(
    ("title", "start"), [("2024年9月主要指标", "2024-09-01"), ("2024年主要指标", None)]
)
def test_the_month_is_the_one_that_a_title_names(title, start):
    text = f"{title}\n指标\t本月\t累计\n营业收入\t412.3\t3,520.6\n利润总额\t22.1\t180.5\n"
    read = read_table(text).figures
    days = [
        day and str(day)[:10]
        for day in read["period_start"].astype(object).where(read["period_start"].notna(), None)
    ]
    assert days[:2] == [start, "2024-01-01"]


def test_a_change_is_not_of_the_first_of_two_years_of_a_title():
    read = read_table(
        "Grade,2022-23,2023-24,Change (%)\nK-5,1204,1310,8.8\n6-8,2318,2290,-1.2\n",
        title="Suspensions, 2022-23 and 2023-24",
    ).figures
    assert read["when"].tolist() == ["2022-23", "2023-24", ""] * 2
    assert read["against"].tolist() == ["", "", "year earlier"] * 2


def test_what_is_in_no_figure_is_passed_over():
    read = read_table(
        "Results   2024  2023\nRevenue  400.0  292.0\nLeverage 2.1x 2.3x NM\nCosts  70.4  70.1\n"
        "a) Costs were 68.2 before fees.\n"
    )
    assert read.figures["value"].tolist() == [400.0, 292.0, 70.4, 70.1]
    assert read.passed_over["reported"].tolist() == ["2.1", "2.3", "68.2"]
    assert read.passed_over["reason"].str.startswith("in no row of figures").all()


def test_a_row_that_is_not_read_in_a_text_is_said_to_be_none():
    text = "情况如下。\n\n类别\t2019年\t2020年\n盗窃\t12\t15\n诈骗\t约5起左右\t28\n抢劫\t3\t4\n"
    passed = read_article(text).passed_over.set_index("reported")["reason"]
    assert passed["2019"] == "head or label of a table"
    assert passed["5"] == "head or label of a table"


@given(st.integers(0, 2**32))
def test_no_numeral_of_a_line_of_cells_is_lost(seed):
    made = random.Random(seed)
    apart = made.choice(["\t", "    ", " ", " | "])
    rows = [["Item", "2024", "2023", "Change"]]
    rows += [[made.choice(WORDS), *made.choices(CELLS, k=3)] for _ in range(made.randint(2, 6))]
    text = "\n".join(apart.join(row) for row in rows)
    try:
        assert not lost(text), text
    except ExtractError:
        return  # the whole table is refused, and that is said


@pytest.mark.parametrize("form", [form for form in FORMS if form not in ("frame", "html")])
@pytest.mark.parametrize("seed", range(8))
def test_no_numeral_of_a_made_up_table_is_lost(form, seed):
    text = FORMS[form](table(random.Random(seed)))
    assert not lost(text), text


@pytest.mark.parametrize("seed", range(20))
def test_no_numeral_of_a_made_up_bulletin_is_lost(seed):
    text = bulletin(random.Random(seed)).text
    assert (coverage(read_article(text), text)["accounted"] == 1).all()


def shared(pattern):
    return sorted(SHARED.glob(pattern)) or [None]


@pytest.mark.parametrize("path", shared("tables/*/table.[tcm]*"), ids=str)
def test_no_numeral_of_a_shared_table_is_lost(path):
    if path is None:
        pytest.skip("the shared material is not here")
    assert not lost(path.read_text())
