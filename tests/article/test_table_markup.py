"""Markdown as it is seen: what sets a text is no part of it. Made-up tables."""

import pytest

from analysis import audit, read_table
from analysis.article.table_markup import without_markup


def test_bold_letters_and_links_are_no_part_of_a_label():
    table = read_table(
        "## 2023年统计\n\n| **区域** | **2022年** | **2023年** | 同比 |\n|:-:|:-|-:|-:|\n"
        "| [东区](http://a.b/1) | 1,200 | 1,320 | **+10.0%** |\n"
        "| *西区* | 800 | 760 | `-5.0%` |\n| **合计** | **2,000** | 2,080[^1] | +4.0% |\n"
    )
    assert table.figures["row"].unique().tolist() == ["东区", "西区", "合计"]
    assert table.figures["column"].unique().tolist() == ["2022年", "2023年", "同比"]
    assert table.figures["reported"].tolist()[-3:] == ["2,000", "2,080", "+4.0%"]
    assert table.source.title == "2023年统计"
    assert table.passed_over["reported"].tolist() == []
    assert (audit(table)["verdict"] == "agrees").all()
    assert len(audit(table)) == 5


@pytest.mark.parametrize(
    "text",
    [
        "| a* | 5* | 6* |",  # footnotes
        "| ** | 5 | ** |",  # none there
        "* 注: 一* 二",
        "| [2] | 500 [62.5](%) |",
        "| 5 < 6 | a & b | x_y_z |",
        "| # 其中 | 5 |",
    ],
)
def test_what_sets_nothing_stays(text):
    assert without_markup(text) == text


def test_a_blank_that_indents_a_label_stays():
    table = read_table(
        "| 指标 | 数量(件) |\n|---|---|\n| 甲 | 10 |\n| 　乙 | 6 |\n| &emsp;丙 | 4 |\n| 丁 | 3 |\n"
    )
    assert table.relations["role"].tolist() == ["total", "part", "part"]


def test_points_and_quarters():
    table = read_table(
        "| Metric | Q1 2023 | Q2 2023 | QoQ |\n|--|--|--|--|\n"
        "| Revenue ($m) | 120.5 | 132.6 | 10% |\n"
        "| Orders | 45 | 54 | 20% |\n| Conversion rate | 2.4% | 2.6% | +0.2pp |\n"
    )
    last = table.figures.iloc[-1]
    assert (last["unit"], last["measure"]) == ("percentage point", "difference")
    assert last["against"] == "previous period"
    assert (audit(table)["verdict"] == "agrees").all()
