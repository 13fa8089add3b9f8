"""Markdown that converters broke, and heads whose merged cells lost their blanks. Made-up tables;
the expected labels and verdicts are those of the tables before they were broken."""

import pytest

from analysis import audit, read_table
from analysis.article.table_merged import rebuilt
from analysis.article.table_numbers import read_cell

ROWS = [["全市", "900", "80", "8.9"], ["甲区", "400", "30", "7.5"], ["乙区", "500", "50", "10.0"]]
HEAD = ["地区", "立案(起)", "命案(起)", "占比(%)"]
BROKEN = {
    "a cell a line": "\n".join(f"{cell} |" for row in [HEAD, *ROWS] for cell in row),
    "a pipe a line": "\n".join(f"{cell}\n|" for row in [HEAD, *ROWS] for cell in row),
    "a cell a line, filling": "\n".join(
        f"{cell} |" + (" |" if n == 3 else "")
        for row in [HEAD, *ROWS]
        for n, cell in enumerate(row)
    ),
    "rows begin with a pipe": "\n".join(
        f"{'| ' if n == 0 else ''}{cell} |" for row in [HEAD, *ROWS] for n, cell in enumerate(row)
    ),
    "whole": "\n".join("| " + " | ".join(row) + " |" for row in [HEAD, ["---"] * 4, *ROWS]),
}


@pytest.mark.parametrize("form", BROKEN)
def test_a_broken_table_is_read_as_the_whole_one(form):
    table = read_table(BROKEN[form])
    assert table.figures["value"].tolist() == [900, 80, 8.9, 400, 30, 7.5, 500, 50, 10]
    assert table.figures["row"].unique().tolist() == ["全市", "甲区", "乙区"]
    assert table.figures["column"].unique().tolist() == HEAD[1:]
    assert (audit(table)["verdict"] == "agrees").all()


@pytest.mark.parametrize("form", BROKEN)
def test_one_slip_is_a_contradiction_in_its_place(form):
    table = read_table(BROKEN[form].replace("500", "590"))
    wrong = audit(table)["verdict"] == "contradicts"
    assert wrong.sum() >= 1


def test_an_empty_cell_that_broke_its_row():
    text = "县 | 收入 | 支出 ||\n当月 | 增幅% | 当月 | 增幅% |\n" + "".join(
        f"{name} | {a} |\n| {b} | -4.1 |\n" for name, a, b in [("甲", 12, 15), ("乙", 20, 21)]
    )
    table = read_table(text)
    assert table.figures["column"].unique().tolist() == [
        "收入 / 当月",
        "支出 / 当月",
        "支出 / 增幅%",
    ]
    assert table.figures["value"].tolist() == [12, 15, -4.1, 20, 21, -4.1]


def test_a_cell_whose_first_line_stands_alone():
    table = read_table("年\n度 | 案\n件 | 人数 |\n2019年 | 12 | 15 |\n2020年 | 20 | 21 |\n")
    assert table.figures["column"].unique().tolist() == ["案件", "人数"]


def cells(*rows):
    return [[read_cell(cell) for cell in row.split()] for row in rows]


def test_the_reading_in_which_totals_hold():
    heads = [["件数", "人数", "率"], ["总计", "判刑", "免刑"], ["计", "有期", "罚金"]]
    # 件数 | 人数: 总计 = (判刑: 计 = 有期 + 罚金) + 免刑 | 率
    data = cells("7 20 15 10 5 5 75.0", "9 30 22 14 8 8 73.3")
    assert rebuilt(heads, 7, data)[1] == [
        ["件数"],
        ["人数", "总计"],
        *(["人数", "判刑", below] for below in ("计", "有期", "罚金")),
        ["人数", "免刑"],
        ["率"],
    ]


def test_a_word_set_wide_over_two_cells_and_letters_set_vertically():
    heads = [["人数"], ["总计", "科", "刑", "免刑"], [*"甲乙丙丁戊"], ["类"] * 5, ["案"] * 5]
    data = cells("22 5 4 5 5 1 2", "14 3 2 3 3 2 1")
    paths = rebuilt(heads, 7, data)[1]
    assert paths[0] == ["人数", "总计"]
    assert paths[1:6] == [["人数", "科刑", f"{name}类案"] for name in "甲乙丙丁戊"]
    assert paths[6] == ["人数", "免刑"]


def test_heads_that_fit_no_column_are_lost_and_said():
    text = (
        "年别 | 总计 | 判刑 | 免刑 | | | |\n计 | 有期 | 罚金 | | | |\n"
        "甲种 | 乙种 | 丙种 | 丁种 | 戊种 | | |\n"
        "2018年 | 20 | 15 | 10 | 4 | 6 | 5 | 5 |\n2019年 | 30 | 22 | 14 | 5 | 9 | 8 | 8 |\n"
        "2020年 | 40 | 31 | 24 | 9 | 15 | 7 | 9 |\n"
    )
    table = read_table(text)
    assert table.figures["column"].tolist()[2:5] == ["判刑 / 有期"] * 3
    assert table.figures["note"].str.contains("no head stands over it").tolist()[2:5] == [True] * 3


def test_no_reading_is_no_heads():
    assert rebuilt([["甲", "乙"], ["丙", "丁", "戊"]], 9, []) is None
    assert rebuilt([["甲"]], 3, []) is None


def test_a_label_whose_pipe_is_on_the_next_line():
    table = read_table(
        "案件量 | 结案数 | |||\n---|---|---|---|---|\n2021 | 2022 | 2021 | 2022 | |\n"
        "上诉\n| 789 | 910 | 759 | 802 |\n"
        "强制售卖土地申请\n| 16 | 22 | 27 | 36 |\n合计 | 805 | 932 | 786 | 838 |\n"
    )
    assert table.figures["row"].unique().tolist() == ["上诉", "强制售卖土地申请", "合计"]
    assert table.figures["column"].unique().tolist() == [
        "案件量 / 2021", "案件量 / 2022", "结案数 / 2021", "结案数 / 2022",
    ]  # fmt: skip
    assert (audit(table)["verdict"] == "agrees").all()


def test_cells_over_several_lines_with_blank_ones_between():
    rows = [("Item", "1999", "2000"), ("Family\n  Disputes", "192", "195"), ("Debts", "48", "45")]
    text = "".join(
        "| \n" + "".join(f"  {cell} \n | \n  \n" for cell in row)[:-4] + " \n" for row in rows
    )
    table = read_table(text)
    assert table.figures["row"].unique().tolist() == ["Family Disputes", "Debts"]
    assert table.figures["value"].tolist() == [192, 195, 48, 45]


def test_the_last_cells_of_a_head_stand_a_line_each():
    table = read_table(
        "| 里名 | 户数 | 男 |\n女 |\n总数 |\n|---|---|---|---|---|\n| 甲里 | 29 | 44 | 46 | 90 |\n"
        "| 乙里 | 24 | 64 | 26 | 90 |\n| 丙里 | 14 | 81 | 54 | 135 |\n"
    )
    assert table.figures["column"].unique().tolist() == ["户数", "男", "女", "总数"]


def test_a_label_over_the_rows_of_its_group_whose_blanks_went_to_the_end():
    table = read_table(
        "儿童 | 成人 | |||\n---|---|---|---|---|---|\n死亡 | 受伤 | 死亡 | 受伤 | ||\n"
        "行人 | 前三年平均 | 6 | 218 | 59 | 437 |\n2007 | 4 | 181 | 56 | 413 | |\n"
        "2008 | 4 | 194 | 56 | 451 | |\n骑车人 | 前三年平均 | 2 | 29 | 7 | 104 |\n"
        "2007 | 1 | 28 | 3 | 119 | |\n2008 | 2 | 18 | 4 | 126 | |\n"
    )
    assert table.figures["row"].unique().tolist() == [
        "行人 / 前三年平均", "行人 / 2007", "行人 / 2008",
        "骑车人 / 前三年平均", "骑车人 / 2007", "骑车人 / 2008",
    ]  # fmt: skip
    assert table.figures["value"].tolist()[4:8] == [4, 181, 56, 413]


def test_rows_a_cell_a_line_whose_labels_are_lost_keep_their_columns():
    heads = ["地区", "18岁以下", "18岁以上", "人数", "占比%", "人数", "占比%"]
    figures = [("802", "16.6", "4023", "83.4"), ("107", "15.1", "602", "84.9"),
               ("68", "15.2", "380", "84.8")]  # fmt: skip
    text = "\n".join(f"{cell} |" for cell in [*heads, *(c for row in figures for c in ("", *row))])
    table = read_table(text)
    assert table.figures["value"].tolist() == [float(n) for row in figures for n in row]
    assert table.figures["column"].tolist() == [
        "18岁以下 / 人数", "18岁以下 / 占比%", "18岁以上 / 人数", "18岁以上 / 占比%",
    ] * 3  # fmt: skip
    assert table.figures["row"].unique().tolist() == [""]


def test_lines_that_begin_with_a_figure_go_on_in_the_row_above():
    rows = [("过夜游客", "1117", "-14.85", "9337", "9.02"),
            ("入境游客", "167", "-53.3", "148", "9.7"),
            ("其中:国外", "29", "-62.0", "354", "3.34")]  # fmt: skip
    head = "本月 |\n比上年同月 |\n本月止累计 |\n比上年同期 | |\n"
    text = head + "".join(f"{a} | {b} |\n{c} |\n{d} | {e} |\n" for a, b, c, d, e in rows)
    table = read_table(text)
    assert table.figures["row"].unique().tolist() == [row[0] for row in rows]
    assert table.figures["value"].tolist() == [float(n) for row in rows for n in row[1:]]
    assert table.figures["column"].unique().tolist() == [
        "本月", "比上年同月", "本月止累计", "比上年同期",
    ]  # fmt: skip


def test_a_head_that_is_repeated_a_cell_a_line_begins_another_block():
    head, rows = ["", "2016年", "2017年"], [("甲", "12", "15"), ("乙", "30", "28")]
    cells = [c for part in (head, *rows, ["其他情况"], head, ("丙", "4", "3"), ("丁", "9", "8"))
             for c in part]  # fmt: skip
    table = read_table("\n".join(f"{cell} |" for cell in cells))
    assert table.figures["value"].tolist() == [12, 15, 30, 28, 4, 3, 9, 8]
    assert [c.split(" / ")[-1] for c in table.figures["column"]] == ["2016年", "2017年"] * 4


def test_a_serial_number_and_a_name_are_two_labels_under_one_head():
    table = read_table("| 地区 | 产量(万吨) | 同比(%) | |\n| --- | --- | --- | --- |\n"
                       "| 1 | 东市 | 12.5 | 3.1 |\n| 2 | 西市 | 8.4 | -2.2 |\n"
                       "| 3 | 南市 | 4.4 | 1.2 |\n")  # fmt: skip
    assert table.figures["row"].unique().tolist() == ["东市", "西市", "南市"]
    assert table.figures["column"].unique().tolist() == ["产量(万吨)", "同比(%)"]


def test_a_row_without_figures_heads_the_rows_below_up_to_the_next_of_its_number() -> None:
    """Cells a line each, of made-up schools: 一、 has three blank cells, 二、 its own figures."""
    rows = [
        ["", "毕业生数", "招生数", "在校生数"],
        ["一、甲类", "", "", ""],
        ["1.小学", "30", "40", "200"],
        ["城镇", "20", "30", "150"],
        ["乡村", "10", "10", "50"],
        ["2.中学", "12", "15", "60"],
        ["城镇", "8", "10", "41"],
        ["乡村", "4", "5", "19"],
        ["二、乙类", "9", "11", "70"],
    ]
    text = "\n".join(f"{cell} |" for row in rows for cell in row)
    figures = read_table(text).figures
    assert figures["column"].tolist() == rows[0][1:] * 7
    assert figures["row"].drop_duplicates().tolist() == [
        "一、甲类 / 1.小学",
        "一、甲类 / 1.小学 / 城镇",
        "一、甲类 / 1.小学 / 乡村",
        "一、甲类 / 2.中学",
        "一、甲类 / 2.中学 / 城镇",
        "一、甲类 / 2.中学 / 乡村",
        "二、乙类",
    ]


def test_numbered_headings_stand_below_those_numbered_otherwise():
    rows = ["Boats | Crews | |", "Lost | Saved | Lost | Saved | |", "1. All | | | | |"]
    rows += ["(a) Numbers | | | | |", "2022 | 17 | 22 | 41 | 60 |", "2023 | 12 | 21 | 38 | 66 |"]
    rows += ["(b) Changes: | | | | |", "2023 on 2022 | -5 | -1 | -3 | 6 |", "2. Steam | | | | |"]
    rows += ["(a) Numbers | | | | |", "2022 | 7 | 2 | 11 | 14 |"]
    table = read_table("\n".join(rows))
    assert table.figures["row"].unique().tolist() == [
        "1. All / (a) Numbers / 2022",
        "1. All / (a) Numbers / 2023",
        "1. All / (b) Changes: / 2023 on 2022",
        "2. Steam / (a) Numbers / 2022",
    ]
    assert table.figures["column"].tolist()[:4] == [
        f"{of} / {what}" for of in ("Boats", "Crews") for what in ("Lost", "Saved")
    ]


def test_a_unit_that_begins_with_a_number_is_no_figure():
    cells = ["单位:万人", "(10 000 persons)", "类 别", "Item", "城 镇 Urban", "乡 村 Rural"]
    cells += ["2010", "2011"] * 2
    cells += ["总计", "Total", "2338.23", "2451.38", "3061.84", "2984.05"]
    cells += ["就业", "Employed", "2229.48", "2408.91", "2753.25", "2596.12"]
    table = read_table("\n".join(f"{cell} |" for cell in cells))
    assert table.figures["column"].tolist()[:4] == [
        f"{of} / {year}" for of in ("城镇 Urban", "乡村 Rural") for year in (2010, 2011)
    ]
    assert table.figures["row"].unique().tolist() == ["总计 / Total", "就业 / Employed"]


def test_a_row_of_fewer_figures_keeps_the_year_that_is_its_label():
    rows = ["| 年份 | 合计 | 甲 | 乙 | 丙 | 丁 |", "| 1983 | 2594.4 | 447.8 | 349.0 | 98.8 | 9.7 |"]
    rows += ["| 1984 | 2672.9 | 460.7 | 340.9 | 119.8 | |", "| 1985 | 2728.7 | 475.2 | 352.7 | |"]
    table = read_table("\n".join(["| 单位:万人 | (10 000 persons) |", *rows]))
    assert table.figures["row"].unique().tolist() == ["1983", "1984", "1985"]


def test_a_change_and_its_percent_are_under_one_head():
    rows = ["2023年 | 2024年 | 比较 | ||", "盗窃 | 4300 | 4500 | +200 | +4.7 |"]
    rows += ["抢劫 | 470 | 510 | +40 | +8.5 |", "纵火 | 160 | 110 | -50 | -31.3 |"]
    table = read_table("\n".join(rows))
    assert table.figures["column"].tolist()[:4] == ["2023年", "2024年", "比较", "比较"]


BROKEN_CELLS = """区分 |
本年
(確定)
(A)
|
前年
(確定)
(B)
|
増減
(A)-(B)
|
|||
1.総数 | 64 | 66 | -2 | |||
|
内
訳
|
建物 | 29 | 29 | 0 | |
林野 | 35 | 37 | -2 | |||
2.原因
(上位)
|
1.火 | 15 | 1.火 | 16 | ||
(1)死者 | 9 | 7 | 2 | |||
(2)傷者 | 85 | 78 |
7
|
|||
(3)損害 | 88 | 94 | -6 | |||
(4)棟数 | 43 | 51 | -8 | |||
"""


def test_cells_over_several_lines_and_labels_that_stand_again():
    table = read_table(BROKEN_CELLS)
    heads = ["本年 (確定) (A)", "前年 (確定) (B)", "増減 (A)-(B)"]
    figures = {
        row.split(" / ")[-1]: dict(zip(each["column"], each["value"], strict=True))
        for row, each in table.figures.groupby("row")
    }
    assert table.figures["row"].unique().tolist()[:4] == [
        "1.総数", "内 訳 / 建物", "内 訳 / 林野", "2.原因 (上位) / 1.火",
    ]  # fmt: skip
    assert figures["1.総数"] == dict(zip(heads, [64, 66, -2], strict=True))
    assert figures["建物"] == dict(zip(heads, [29, 29, 0], strict=True))
    assert figures["1.火"] == dict(zip(heads[:2], [15, 16], strict=True))
    assert figures["(2)傷者"] == dict(zip(heads, [85, 78, 7], strict=True))
    assert (audit(table)["verdict"] == "agrees").all()


def test_a_row_in_pieces_around_a_cell_that_stands_alone():
    rows = ["月 | 計 | 建物 |", "焼損棟数 |", "死者 | 負傷者 |", "1月 | 10 | 6 | 4 | 1 | 2 |"]
    rows += [f"{n}月 | {10 + n} | {6 + n} | 4 | 1 | 2 |" for n in range(2, 9)]
    rows += ["9月 | 65 | 42 |", "2 |", "3 | 18 |"]
    table = read_table("\n".join(rows))
    assert table.figures["column"].unique().tolist() == ["計", "建物", "焼損棟数", "死者", "負傷者"]
    last = table.figures[table.figures["row"] == "9月"]
    assert last["value"].tolist() == [65, 42, 2, 3, 18]


def test_a_change_and_its_percentage_in_one_bracket_under_heads_that_compare():
    # 1200 is 60 less than 1260, -4.8 %; 300 is 20 more than 280, 7.1 %, and 2.0 % more than 294
    table = read_table(
        "(前年比) | [5年前比] | ||\n甲罪 | 1,200件 | (-60件,-4.8%) | [-17.3%] |\n"
        "乙罪 | 300件 | (+20件,+7.1%) | [+2.0%] |\n丙率 | 53.1% | (+0.7pt) | [-2.7pt] |\n"
    )
    figures = table.figures
    first = figures[figures["row"] == "甲罪"]
    assert first["column"].tolist() == ["", "(前年比)", "(前年比)", "[5年前比]"]
    assert first["value"].tolist() == [1200, -60, -4.8, -17.3]
    last = figures[figures["row"] == "丙率"]
    assert last["unit"].tolist() == ["percent", "percentage point", "percentage point"]
    assert (audit(table)["verdict"] != "contradicts").all()


def test_a_line_break_stands_for_each_blank_cell():
    # 31 + 22 + 40 = 93, 12 + 5 = 17, 7 alone; 93 of 200 is 46.5 %
    table = read_table(
        "某县收入情况表 | 科目 | 全年计划 | 完成数 | 完成数 | 占计划% | 备注 | 省级 | 市级 | 县级"
        " | 合计 | 甲税 | 200 | 31 | 22 | 40 | 93 | 46.50 |\n| 乙税 | 50 | 12 |\n| 5 | 17 | 34.00 |"
        "\n| 丙税 | 10 |\n|\n| 7 | 7 | 70.00 |\n| 丁税 | 80 |\n| 9 | 11 | 20 | 25.00 |"
    )
    figures = table.figures.set_index(["row", "column"])["value"]
    assert figures["乙税"].to_dict() == {
        "全年计划": 50, "完成数 / 省级": 12, "完成数 / 县级": 5, "完成数 / 合计": 17, "占计划%": 34,
    }  # fmt: skip
    assert figures["丙税", "完成数 / 县级"] == 7
    assert len(figures) == 6 + 5 + 4 + 5
    assert set(audit(table)["kind"]) == {"sum", "part", "ratio"}
    assert (audit(table)["verdict"] != "contradicts").all()


def test_the_last_year_of_each_group_that_has_only_begun():
    # 61 + 53 = 114, 63 + 59 = 122, 87 + 74 = 161, 89 + 88 = 177; of 2002 there is one month
    table = read_table(
        "Road accidents |\n1 | Persons killed or injured, by month of the year |\n"
        "Accidents | Persons hurt | |||||\n---|---|---|---|---|---|---|\n"
        "2000 | 2001 | 2002 | 2000 | 2001 | 2002 | |\nJanuary | 61 | 63 | 57 | 87 | 89 | 83 |\n"
        "February | 53 | 59 | 74 | 88 | ||\nTotal | 114 | 122 | 161 | 177 | ||\n"
        "1 | Figures for the last of these years are preliminary. |\n"
    )
    figures = table.figures.set_index(["row", "column"])["value"]
    assert figures["February"].to_dict() == {
        "Accidents / 2000": 53, "Accidents / 2001": 59,
        "Persons hurt / 2000": 74, "Persons hurt / 2001": 88,
    }  # fmt: skip
    assert figures["January", "Persons hurt / 2002"] == 83
    assert table.figures["note"].str.contains("last period of each group").sum() == 8
    assert audit(table)["verdict"].tolist() == ["agrees"] * 4


@pytest.mark.parametrize("lead", ["| ", ""])
@pytest.mark.parametrize(
    ("broken", "figures"),
    [
        ("职中 |\n| 4 | 6 | 9 |", ["1980", "1985", "1990"]),
        ("职中 |\n|\n| 6 | 9 |", ["1985", "1990"]),
    ],
)
def test_a_row_that_breaks_behind_its_label_has_a_blank_there(lead, broken, figures):
    rows = ["指标 | 1978 | 1980 | 1985 | 1990 |", "高校 | 10 | 12 | 13 | 15 |", broken]
    rows += ["中专 | 20 | 29 | 23 | 25 |", "小学 | 81 | 84 | 82 | 99 |"]
    table = read_table("".join(f"{lead}{row}\n" for row in rows))
    own = table.figures[table.figures["row"] == "职中"]
    assert own["column"].tolist() == figures
    assert set(own["note"]) == {""}


@pytest.mark.parametrize(
    "head", ["| 走 | 骑 | 合计 |\n---|\n", "| 年 | 走 | 骑 | 合计 |\n|--|--|--|--|\n| "]
)
def test_rows_one_behind_the_other_in_a_line(head):
    table = read_table(
        f"{head}2005 | 2,134 (61%) | 1,338 (39%) | 3,472 (100%) | 2006 | 2,025 (61%) | 1,269 (39%) "
        "| 3,294 (100%) | 2007 | 1,899 (61%) | 1,191 (39%) | 3,090 (100%) |\n"
    )
    assert table.figures["row"].unique().tolist() == ["2005", "2006", "2007"]
    assert table.figures["column"].unique().tolist() == ["走", "骑", "合计"]
    assert len(table.relations) == 6 * 3 + 6 * 3


def test_tables_side_by_side_are_no_rows_one_behind_the_other():
    table = read_table(
        "| 表1 |\n| 地区 | 数 | 率 | 地区 | 数 | 率 |\n|---|---|---|---|---|---|\n"
        "| 甲 | 3 | 4.1 | 乙 | 5 | 5.2 |\n| 丙 | 13 | 4.4 | 丁 | 15 | 5.5 |\n"
    )
    assert table.figures["row"].unique().tolist() == ["甲", "丙", "乙", "丁"]


def test_rows_of_cells_a_line_each_that_begin_with_a_pipe_keep_their_months():
    """Of many rows of nothing but small counts, and one with a label of two cells."""
    rows = {"Sheep": "10210", "Goats": "01213", "Cows / Sold": "11125", "Lost": "20010"}
    text = "| Kind |\nJan |\nFeb |\nMar |\nApr |\nMay |\n"
    for label, counts in rows.items():
        cells = [*label.split(" / "), *counts]
        text += "| " + "".join(f"{cell} |\n" for cell in cells)
    figures = read_table(text).figures
    assert figures["column"].tolist() == ["Jan", "Feb", "Mar", "Apr", "May"] * 4
    assert figures["row"].unique().tolist()[:3] == ["Sheep", "Goats", "Cows / Sold"]


def test_strokes_between_rows_end_no_table():
    rule = "-" * 30 + "\n"
    rows = ["|     |Number|", "|All  |77,609|", "|15-17|2,396 |", "|18-20|75,213|"]
    table = read_table(rule + rule.join(f"{row}\n" for row in rows) + rule)
    assert table.figures["row"].tolist() == ["All", "15-17", "18-20"]
    assert audit(table)["verdict"].tolist() == ["agrees"]


@pytest.mark.parametrize(
    ("corner", "heads"), [("年份", ["总数", "按色分 / 黑", "按色分 / 白"]), ("", [""])]
)
def test_rows_of_cells_a_line_each_that_years_begin(corner, heads):
    """Their heads are rows as wide, where what stands over the labels is the first of one."""
    cells = [
        "3-2 牲畜",
        "",
        "本表未包括山区。",
        *["", "总数", "按色分", ""],
        *[corner, "", "黑", "白"],
    ]
    cells += [
        "1978",
        "960",
        "500",
        "460",
        "1980",
        "987",
        "507",
        "480",
        "1985",
        "1058",
        "547",
        "511",
    ]
    figures = read_table("".join(f"{cell} |\n" for cell in cells)).figures
    assert figures["row"].tolist()[::3] == ["1978", "1980", "1985"]
    assert figures["column"].unique().tolist() == heads


@pytest.mark.parametrize("last", ["增速(%)", "排名"])
def test_merged_heads_whose_blanks_were_kept_stand_where_they_are(last):
    table = read_table(
        f"| 行业 | 绝对额(亿元) |  | 构成(%) |  | {last} |\n| --- | --- | --- | --- | --- | --- |\n"
        "|  | 2023年 | 2022年 | 2023年 | 2022年 |  |\n| 全部 | 200 | 160 | 100.0 | 100.0 | 6 |\n"
        "| 工业 | 150 | 100 | 75.0 | 62.5 | 7 |\n| 农业 | 50 | 60 | 25.0 | 37.5 | 3 |\n"
    )
    assert table.figures["column"].tolist()[:5] == [
        "绝对额(亿元) / 2023年",
        "绝对额(亿元) / 2022年",
        "构成(%) / 2023年",
        "构成(%) / 2022年",
        last,
    ]


@pytest.mark.parametrize("rule", ["---|", "---|---|---|---|"])
def test_a_head_that_begins_with_a_pipe_over_rows_that_do_not(rule):
    text = f"| | Cats | Dogs | Total |\n{rule}\n2019 | 30 (30%) | 70 (70%) | 100 (100%) |\n"
    table = read_table(text + "2020 | 44 (40%) | 66 (60%) | 110 (100%) |\n")
    assert table.figures["column"].unique().tolist() == ["Cats", "Dogs", "Total"]
    assert set(audit(table)["verdict"]) == {"agrees"}


def test_such_a_head_over_two_labels_and_merged_cells():
    text = "| | | 2022年 | 2023年 | 比较 ||||\n---|---|---|---|---|---|---|---|\n"
    text += "| | | | | 数字 || 百分率 ||\n1. | 盗窃 | 120 | 150 | + | 30 | + | 25.0 |\n"
    text += "2. | 诈骗 | 90 | 72 | - | 18 | - | 20.0 |\n"
    table = read_table(text)
    heads = ["2022年", "2023年", "比较 / 数字", "比较 / 百分率"]
    assert table.figures["column"].unique().tolist() == heads
