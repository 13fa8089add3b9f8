"""Heads of which only the order is left. Made-up tables; the expected labels are those that the
tables had before their merged cells and blanks were lost."""

import pytest
from building import roles_by_place

from analysis import audit, read_table
from analysis.article.table_head_cells import heads_in_cells
from analysis.article.table_numbers import read_cell


def rows(*texts):
    return [[read_cell(cell) for cell in row.split()] for row in texts]


def lines(*cells):
    return "\n".join(cells) + "\n"


def columns(table):
    return table.figures["column"].unique().tolist()


def test_heads_that_repeat_stand_under_every_group():
    cells = ["人数情况", "单位:人", "年别", "总计", "男", "女", *["人数", "百分比"] * 3]
    data = rows("512 100.0 390 76.2 122 23.8", "534 100.0 401 75.1 133 24.9")
    found = heads_in_cells(cells, 6, data)
    assert found.levels == [
        ["年别", "总计", "总计", "男", "男", "女", "女"],
        ["", *["人数", "百分比"] * 3],
    ]
    assert (found.first, found.last) == (2, len(cells))


def test_a_head_with_a_unit_of_its_own_is_over_one_column():
    cells = ["行业", "企业数(个)", "收入", "利润", *["本月(亿元)", "同比(%)"] * 2]
    data = rows("153 220.6 11.2 160.3 14.0", "88 190.1 6.5 122.8 -3.2", "40 102.6 4.7 97.6 5.1")
    levels = heads_in_cells(cells, 5, data).levels
    assert levels[0] == ["行业", "企业数(个)", "收入", "收入", "利润", "利润"]
    assert levels[1] == ["", "", "本月(亿元)", "同比(%)", "本月(亿元)", "同比(%)"]


def test_shares_that_come_to_100_are_one_group():
    data = rows("51.24 48.76 105.07", "50.50 49.50 102.02", "49.92 50.08 99.70")
    levels = heads_in_cells(["地区", "比重", "性别比", "男", "女"], 3, data).levels
    assert levels == [["地区", "比重", "比重", "性别比"], ["", "男", "女", ""]]


@pytest.mark.parametrize(
    ("cells", "width"),
    [
        (["案由", "旧存", "收案", "结案", "未结", "判决", "其他"], 5),  # which head is over two?
        (["类型", "有效", "无效", "刑事", "警情", "治安", "警情", "交通", "事故"], 4),
    ],
)
def test_heads_that_nothing_tells_apart_are_lost(cells, width):
    data = rows(*[" ".join(str(7 * n + k) for k in range(width)) for n in (3, 8, 11)])
    assert heads_in_cells(cells, width, data) is None


def test_brackets_below_a_head_go_on_in_it():
    found = heads_in_cells(["种类", "件数", "(人数)", "比例", "(%)"], 2, rows("12 3.1", "9 2.2"))
    assert found.levels == [["种类", "件数(人数)", "比例(%)"]]


def test_a_cell_a_line_with_heads_of_two_levels():
    table = read_table(
        lines("案件情况", "单位:起", "类别", "立案", "破案", "本期", "同比(%)", "本期", "同比(%)",
              "盗窃", "744", "-12.4", "355", "-1.1", "诈骗", "268", "3.5", "143", "16.3",
              "总计", "1,012", "-8.8", "498", "3.3")
    )  # fmt: skip
    assert columns(table) == ["立案 / 本期", "立案 / 同比(%)", "破案 / 本期", "破案 / 同比(%)"]
    assert table.figures["unit"].tolist() == ["起", "percent"] * 6
    assert table.figures["row"].unique().tolist() == ["盗窃", "诈骗", "总计"]


def test_years_among_other_heads_are_heads():
    table = read_table(
        lines("Offence", "2018", "2019", "Change", "Burglary", "1,204", "1,120", "-84", "Robbery",
              "310", "295", "-15", "Theft", "287", "302", "15")
    )  # fmt: skip
    assert columns(table) == ["2018", "2019", "Change"]
    assert table.figures["value"].tolist() == [1204, 1120, -84, 310, 295, -15, 287, 302, 15]


def test_rows_that_begin_with_years_keep_their_heads():
    table = read_table(
        lines("人口变动", "单位:人", "年份", "出生", "死亡", "自然增长率(‰)", "2015", "1204", "603",
              "4.21", "2016", "1331", "612", "5.02", "2017", "1287", "625", "4.60")
    )  # fmt: skip
    assert columns(table) == ["出生", "死亡", "自然增长率(‰)"]
    assert table.figures["row"].unique().tolist() == ["2015", "2016", "2017"]


def test_numbers_in_brackets_below_others_are_of_the_same_cell():
    pairs = [("40", "(36)", "80.0", "(81.8)"), ("10", "(8)", "20.0", "(18.2)"),
             ("50", "(44)", "100.0", "(100.0)")]  # fmt: skip
    cells = [t for n, p in zip(["火灾", "急病", "合计"], pairs, strict=True) for t in (n, *p)]
    table = read_table(lines("种类", "件数", "(人数)", "比例", "(%)", *cells))
    assert columns(table) == ["件数(人数)", "比例(%)"]
    assert table.figures["value"].tolist()[:4] == [40, 36, 80.0, 81.8]


def test_a_heading_behind_the_head_stands_over_rows():
    table = read_table(
        lines("指标", "2019年", "2020年", "一、综合", "人口", "133", "134", "户数", "40", "41",
              "二、农业", "粮食", "61", "60", "油料", "12", "13")
    )  # fmt: skip
    assert table.figures["row"].unique().tolist() == [
        "一、综合 / 人口", "一、综合 / 户数", "二、农业 / 粮食", "二、农业 / 油料",
    ]  # fmt: skip


def test_a_base_alone_goes_on_with_one_change_and_not_with_two():
    texts = ["总量", "比上年", "增长(%)", "占比", "较去年同期", "增减"]
    assert heads_in_cells(texts, 4, []).levels == [
        ["", "总量", "比上年增长(%)", "占比", "较去年同期增减"]
    ]
    texts = ["总量", "比上年", "增减额", "增减率"]
    assert heads_in_cells(texts, 4, []).levels == [["", *texts]]


def test_a_period_over_some_heads_is_over_all_where_the_others_have_none():
    texts = ["某市生产总值", "2022年", "绝对值(亿元)", "比上年增长(%)", "占比(%)"]
    data = rows("95 3.5 100", "10 1.2 10.5", "40 2.0 42.1", "45 4.1 47.4")
    levels = heads_in_cells(texts, 3, data).levels
    assert levels == [["某市生产总值", *["2022年"] * 3], ["", *texts[2:]]]


QUARTERS = ["First", "Second", "Third", "Fourth", "Full"]
KINDS = ["Quarter"] * 4 + ["Year"]
YEARS_OF_QUARTERS = (
    "2018\nSales\n$\n10\n$\n20\n$\n30\n$\n45\n$\n105\nCosts\n(4\n)\n8\n9\n10\n23\n"
    "Earnings per share\nBasic\n1.02\n0.60\n0.56\n0.72\n2.93\n"
    "2017\nSales\n11\n21\n31\n41\n104\nCosts\n5\n6\n7\n8\n26\n(1)\n"
    "Earnings per share of each period are computed on the shares of that period alone.\n"
)


@pytest.mark.parametrize("pairs", [True, False])
def test_heads_broken_over_two_lines_over_sections_of_a_year_each(pairs):
    # 10 + 20 + 30 + 45 = 105, 11 + 21 + 31 + 41 = 104; -4 + 8 + 9 + 10 = 23, 5 + 6 + 7 + 8 = 26
    rounds = zip(QUARTERS, KINDS, strict=True) if pairs else [QUARTERS, KINDS]
    heads = [text for each in rounds for text in each]
    table = read_table("\n".join(["(In millions)", *heads, YEARS_OF_QUARTERS]))
    whole = [" ".join(pair) for pair in zip(QUARTERS, KINDS, strict=True)]
    assert table.figures["column"].unique().tolist() == whole
    assert len(table.figures) == 25
    assert table.figures["row"].iloc[-1] == "2017 Costs"  # no longer below what heads the shares
    # what each share earns in the quarters does not add up to that of the year: 2.90
    assert len(roles_by_place(table, "sum")) == 4
    assert (audit(table)["verdict"] == "agrees").all()
