"""Made-up tables: what is read of them, by hand."""

import re

import pandas as pd
import pytest

from analysis import ExtractError, audit, read_table, read_tables


def cells(extract):
    """(row, column): value of every figure."""
    figures = extract.figures
    keys = zip(figures["row"], figures["column"], strict=True)
    return dict(zip(keys, figures["value"], strict=True))


def at(extract, row, column):
    figures = extract.figures
    found = figures[(figures["row"] == row) & (figures["column"] == column)]
    assert len(found) == 1, (row, column)
    return found.iloc[0]


# --- Formats --------------------------------------------------------------------------------------

EXPECTED = {
    ("盗窃", "立案"): 1200,
    ("盗窃", "破案"): 800,
    ("诈骗", "立案"): 345,
    ("诈骗", "破案"): 67,
}

HTML = """<table><tr><th>类别</th><th>立案</th><th>破案</th></tr>
<tr><td>盗窃</td><td>1,200</td><td>800</td></tr>
<tr><td>诈骗</td><td>345</td><td>67</td></tr></table>"""
FORMATS = {
    "html": HTML,
    "html without a table's tag": HTML.replace("<table>", "").replace("</table>", ""),
    "html with unclosed cells": "<table><tr><td>类别<td>立案<td>破案<tr><td>盗窃<td>1200<td>800"
    "<tr><td>诈骗<td>345<td>67</table>",
    "markdown": "| 类别 | 立案 | 破案 |\n|---|---|---|\n"
    "| 盗窃 | 1,200 | 800 |\n| 诈骗 | 345 | 67 |\n",
    "markdown without a rule": "类别 | 立案 | 破案 |\n盗窃 | 1,200 | 800 |\n诈骗 | 345 | 67 |\n",
    "markdown with open ends": "类别 | 立案 | 破案\n--- | --- | ---\n"
    "盗窃 | 1200 | 800\n诈骗 | 345 | 67",
    "csv": "类别,立案,破案\n盗窃,1200,800\n诈骗,345,67\n",
    "csv with quotes": '类别,立案,破案\n盗窃,"1,200",800\n诈骗,345,67\n',
    "csv with semicolons": "类别;立案;破案\n盗窃;1200;800\n诈骗;345;67\n",
    "tsv": "类别\t立案\t破案\n盗窃\t1 200\t800\n诈骗\t345\t67\n",
    "wide gaps": "类别    立案    破案\n盗窃    1 200   800\n诈骗    345     67\n",
    "single gaps": "类别 立案 破案\n盗窃 1,200 800\n诈骗 345 67\n",
    "a cell a line": "类别\n立案\n破案\n盗窃\n1 200\n800\n诈骗\n345\n67\n",
    "a cell a line, blank lines between": "类别\n\n立案\n\n破案\n\n盗窃\n\n1,200\n\n800\n\n"
    "诈骗\n\n345\n\n67\n",
    "byte order mark and carriage returns": "\ufeff类别,立案,破案\r\n盗窃,1200,800\r\n"
    "诈骗,345,67\r\n",
}


@pytest.mark.parametrize("form", FORMATS)
def test_one_table_in_every_format(form):
    assert cells(read_table(FORMATS[form])) == EXPECTED


@pytest.mark.parametrize("head", ["年分", "n"])
def test_a_first_column_that_counts_on_is_a_label(head):
    table = read_table(f"{head},立案,破案\n85,300,200\n86,120,90\n87,95,31\n88,340,12\n")
    assert cells(table)["86", "立案"] == 120
    assert len(table.figures) == 8


def test_frame_of_texts_with_an_index_or_without():
    frame = pd.DataFrame({"立案": ["1,200", "345"], "破案": ["800", "67"]}, index=["盗窃", "诈骗"])
    assert cells(read_table(frame)) == EXPECTED
    assert cells(read_table(frame.rename_axis("类别").reset_index())) == EXPECTED


def test_frame_with_levels_of_columns():
    columns = pd.MultiIndex.from_product([["2018年", "2019年"], ["立案", "破案"]])
    frame = pd.DataFrame([["1", "2", "3", "4"]], index=["盗窃"], columns=columns)
    assert cells(read_table(frame))["盗窃", "2019年 / 立案"] == 3


@pytest.mark.parametrize(
    ("name", "form"), [("a.html", "html"), ("a.csv", "csv"), ("a.md", "markdown")]
)
def test_file_as_a_path_or_as_text_of_one(tmp_path, name, form):
    path = tmp_path / name
    path.write_text(FORMATS[form], encoding="utf-8")
    assert cells(read_table(path)) == EXPECTED
    assert cells(read_table(str(path))) == EXPECTED


def test_file_in_the_older_encoding(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(FORMATS["csv"].encode("gb18030"))
    assert cells(read_table(path)) == EXPECTED


def test_workbook_prints_as_its_formats_say(tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ["类别", "2018年", None, "占比"],
        [None, "立案", "破案", None],
        ["盗窃", 1200, 800, 0.123],
    ):
        sheet.append(row)
    sheet.merge_cells("B1:C1")
    sheet["D3"].number_format = "0.0%"
    book.save(tmp_path / "a.xlsx")
    table = read_table(tmp_path / "a.xlsx")
    assert cells(table) == {
        ("盗窃", "2018年 / 立案"): 1200,
        ("盗窃", "2018年 / 破案"): 800,
        ("盗窃", "占比"): 12.3,
    }
    assert at(table, "盗窃", "占比")["low"] == pytest.approx(12.25)


def test_several_tables_are_an_extract_each_or_one_that_tells_them_apart():
    two = HTML + "<p>表2 抢劫</p>" + HTML.replace("盗窃", "抢劫")
    assert [len(table.figures) for table in read_tables(two)] == [4, 4]
    together = read_table(two).figures
    assert list(together.index[[0, 4]]) == ["t1r01_c1", "t2r01_c1"]
    assert list(together["theme"].unique()) == ["1", "表2_抢劫"]


def test_what_stands_in_the_corner_tells_tables_apart_and_a_note_between_them_does_not():
    months = (
        "<tr><td>Jan</td><td>13</td><td>12</td></tr><tr><td>Feb</td><td>10</td><td>17</td></tr>"
    )
    head = "<tr><td>{}</td><td>2024</td><td>2025</td></tr>"
    one, two = (f"<table>{head.format(each)}{months}</table>" for each in ("Exports", "Imports"))
    table = read_table(f"<p>Trade (kt)</p>{one}<p>Note: rounded figures.</p>{two}").figures
    assert list(table["theme"].unique()) == ["Exports", "Imports"]
    years = [f"<table>{head.format('Year')}{months}</table>"] * 2  # says what the labels are
    table = read_table(
        f"<p>Table 1</p>{years[0]}<p>Note: rounded.</p><p>Table 2</p>{years[1]}"
    ).figures
    assert list(table["theme"].unique()) == ["Table_1", "Table_2"]


def test_labels_and_numbers_that_a_copy_ran_together():
    lines = ["2018年治安案件", "甲区9,785", "乙区4,449", "丙区2,564", "丁区674", "合计17,472"]
    table = read_table("\n".join(lines))
    assert table.figures["value"].tolist() == [9785, 4449, 2564, 674, 17472]
    assert table.figures["row"].tolist() == ["甲区", "乙区", "丙区", "丁区", "合计"]
    assert audit(table)["verdict"].tolist() == ["agrees"]


def test_a_menu_is_no_table():
    menu = "<table><tr><td>首页</td><td>新闻</td></tr></table>"
    assert cells(read_table(menu + HTML)) == EXPECTED


# --- Labels ---------------------------------------------------------------------------------------


def test_two_header_rows_with_merged_cells():
    table = read_table(
        "<table><tr><th rowspan=2>地区</th><th colspan=2>2018年</th><th colspan=2>2019年</th></tr>"
        "<tr><th>立案</th><th>破案</th><th>立案</th><th>破案</th></tr>"
        "<tr><td>城区</td><td>10</td><td>8</td><td>15</td><td>9</td></tr></table>"
    )
    assert cells(table) == {
        ("城区", "2018年 / 立案"): 10,
        ("城区", "2018年 / 破案"): 8,
        ("城区", "2019年 / 立案"): 15,
        ("城区", "2019年 / 破案"): 9,
    }
    assert table.figures["as_of"].dt.year.tolist() == [2018, 2018, 2019, 2019]


def test_merged_heads_printed_once_with_blanks_behind():
    table = read_table("地区,2018年,,2019年,\n,立案,破案,立案,破案\n城区,10,8,15,9\n郊区,7,6,5,4\n")
    assert cells(table)["郊区", "2019年 / 破案"] == 4


def test_merged_heads_whose_blanks_were_dropped():
    table = read_table(
        "| 地区 | 2018年 | 2019年 | | |\n| 立案 | 破案 | 立案 | 破案 | |\n"
        "| 城区 | 10 | 8 | 15 | 9 |\n| 郊区 | 7 | 6 | 5 | 4 |\n"
    )
    assert cells(table)["郊区", "2019年 / 立案"] == 5


def test_dropped_blanks_are_settled_by_a_total():
    # 3 + 4 = 7 and 2 + 5 = 7: 小计 belongs to the first group, 无效 stands alone
    table = read_table(
        "月份 | 有效 | 无效 |||\n刑事 | 治安 | 小计 |||\n"
        "1月 | 3 | 4 | 7 | 90 |\n2月 | 2 | 5 | 7 | 80 |\n"
    )
    assert cells(table)["1月", "有效 / 小计"] == 7
    assert cells(table)["2月", "无效"] == 80


def test_three_header_rows():
    table = read_table(
        "<table><tr><td rowspan=3>地区</td><td colspan=4>人数</td></tr>"
        "<tr><td colspan=2>男</td><td colspan=2>女</td></tr>"
        "<tr><td>成年</td><td>少年</td><td>成年</td><td>少年</td></tr>"
        "<tr><td>甲</td><td>1</td><td>2</td><td>3</td><td>4</td></tr></table>"
    )
    assert cells(table)["甲", "人数 / 女 / 少年"] == 4


def test_head_set_vertically():
    table = read_table(
        "<table><tr><td>年别</td><td>件</td><td>人</td></tr><tr><td></td><td>数</td><td>数</td></tr>"
        "<tr><td></td><td>计</td><td>计</td></tr><tr><td>甲</td><td>1</td><td>2</td></tr></table>"
    )
    assert cells(table) == {("甲", "件数计"): 1, ("甲", "人数计"): 2}


def test_head_one_cell_short():
    table = read_table("| 立案 | 破案 | |\n| 盗窃 | 12 | 8 |\n| 诈骗 | 34 | 6 |\n")
    assert cells(table)["诈骗", "破案"] == 6


def test_row_of_column_numbers_is_no_row_of_figures():
    table = read_table("类别,立案,破案\n甲,1,2\n盗窃,12,8\n")
    assert len(table.figures) == 4  # 甲 may be a label: two columns are too few to tell
    table = read_table("类别,立案,破案,抓获\n甲,1,2,3\n盗窃,12,8,6\n诈骗,5,4,3\n")
    assert ("甲", "立案") not in cells(table)


def test_years_as_columns():
    table = read_table("指标\t2017\t2018\n盗窃\t12\t15\n诈骗\t5\t6\n")
    assert cells(table)["盗窃", "2018"] == 15
    assert at(table, "盗窃", "2018")["period_start"] == pd.Timestamp("2018-01-01")


def test_years_as_rows():
    table = read_table("Year,Offences,Arrests\n2017,1200,300\n2018,1100,280\n")
    assert cells(table)["2018", "Offences"] == 1100
    assert at(table, "2018", "Offences")["as_of"] == pd.Timestamp("2018-12-31")


def test_years_of_the_republic():
    table = read_table("民國,件數\n98,120\n99,130\n100,125\n")
    assert at(table, "100", "件數")["as_of"] == pd.Timestamp("2011-12-31")
    table = read_table("年別 件數 人數\n109年 120 130\n110年 125 140\n")
    assert at(table, "110年", "件數")["as_of"] == pd.Timestamp("2021-12-31")


def test_year_in_chinese_digits():
    table = read_table("类别,二〇一八年,二〇一九年一月至六月\n盗窃,12,8\n诈骗,5,4\n")
    assert table.figures["as_of"].iloc[:2].tolist() == [
        pd.Timestamp("2018-12-31"),
        pd.Timestamp("2019-06-30"),
    ]


def test_months_take_their_year_from_the_title():
    table = read_table("| 类别 | 6月 | 1-6月 |\n| 盗窃 | 12 | 80 |\n", title="2013年6月主要指标")
    starts = table.figures["period_start"].dt.strftime("%Y-%m-%d").tolist()
    assert starts == ["2013-06-01", "2013-01-01"]
    assert table.figures["when"].tolist() == ["6月", "1-6月"]


def test_a_period_that_is_not_stated_stays_empty():
    table = read_table("类别,立案\n盗窃,12\n诈骗,5\n")
    assert table.figures["as_of"].isna().all()
    assert (table.figures["when"] == "").all()
    # a fiscal year is a period, but on which day it begins is not said
    table = read_table("Year,Offences,Rate\n2006-07,1200,12\n2007-08,1100,11\n")
    assert table.figures["when"].tolist()[0] == "2006-07"
    assert table.figures["as_of"].isna().all()


def test_label_over_two_lines_with_its_figures_on_the_third():
    table = read_table("     甲市 乙市\n109年 100 200\n110年\n(1月至10月)\n80 170\n")
    assert cells(table)["110年 (1月至10月)", "乙市"] == 170
    assert at(table, "110年 (1月至10月)", "乙市")["as_of"] == pd.Timestamp("2021-10-31")


def test_label_that_goes_on_after_its_figures():
    table = read_table(
        "| Offence | 2008 | 2009 |\n| Selling, buying, | 13 | 47 |\n"
        "| and using forged notes | | |\n"
        "| Others | 7 | 8 |\n"
    )
    assert cells(table)["Selling, buying, and using forged notes", "2009"] == 47


def test_stacked_blocks_with_repeated_heads():
    table = read_table(
        "表3 概况\n     发生数(件)\n       甲市 乙市 丙市\n1月 11 12 13\n2月 14 15 16\n"
        "     破获数(件)\n       甲市 乙市 丙市\n1月 1 2 3\n2月 4 5 6\n"
    )
    assert cells(table)["2月", "发生数(件) / 丙市"] == 16
    assert cells(table)["2月", "破获数(件) / 丙市"] == 6


def test_blocks_side_by_side():
    table = read_table("地区,立案,地区,立案\n甲,11,丙,13\n乙,12,丁,14\n")
    assert cells(table) == {
        ("甲", "立案"): 11,
        ("乙", "立案"): 12,
        ("丙", "立案"): 13,
        ("丁", "立案"): 14,
    }


def test_remarks_are_no_figures():
    table = read_table("类别,立案,备注\n盗窃,12,含未遂\n诈骗,5,\n")
    assert cells(table) == {("盗窃", "立案"): 12, ("诈骗", "立案"): 5}


def test_a_total_among_serial_numbers_names_its_row():
    table = read_table(
        "序号,类别,说明,立案\n1,盗窃,入室,12\n2,诈骗,网络,5\n3,抢劫,街头,4\n总计,一,,21\n"
    )
    assert table.figures["row"].tolist()[-1] == "总计"
    assert table.relations["figure"].tolist()[0] == table.figures.index[-1]


def test_serial_numbers_are_no_figures():
    table = read_table("序号,类别,立案\n1,盗窃,12\n2,诈骗,5\n3,抢劫,4\n")
    assert cells(table) == {("盗窃", "立案"): 12, ("诈骗", "立案"): 5, ("抢劫", "立案"): 4}


def test_label_that_covered_two_columns():
    table = read_table(
        "编号 | 类别 | 上年 | 本年 |\n1. | 抢劫案 | 59 | 44 |\n"
        "- 银行 | 4 | 2 | |\n- 其他 | 55 | 42 | |\n"
        "2. | 盗窃案 | 70 | 80 |\n"
    )
    found = {(row.split(" / ")[-1], column): v for (row, column), v in cells(table).items()}
    assert found["- 银行", "上年"] == 4
    assert found["- 其他", "本年"] == 42


# --- Units and measures ---------------------------------------------------------------------------


def test_unit_of_the_caption_stays_the_unit_of_the_print():
    table = read_table("单位:万元\n项目  预算  决算\n税收  24039  21561\n收费  345  300\n")
    row = at(table, "税收", "预算")
    assert (row["value"], row["unit"], row["measure"]) == (24039, "万元", "amount")
    assert (row["low"], row["high"]) == (24038.5, 24039.5)


def test_units_of_heads_and_of_row_labels():
    table = read_table("类别,人数(人),占比(%)\n甲,12,40.0\n乙,18,60.0\n")
    assert table.figures["unit"].tolist()[:2] == ["人", "percent"]
    assert table.figures["measure"].tolist()[:2] == ["count", "rate"]
    table = read_table("指标,2018年,2019年\n户籍人口(万人),12.3,12.5\n破案率(%),45.6,47.1\n")
    assert table.figures["unit"].tolist() == ["万人", "万人", "percent", "percent"]


def test_rate_per_population():
    table = read_table(
        "Area,Offences,Rate per 100,000 population\nA,1200,12.5\nB,900,8.1\n".replace(
            "100,000", '"100,000"'
        ).replace('Rate per "100,000" population', '"Rate per 100,000 population"')
    )
    assert table.figures["unit"].iloc[1] == "per 100000 population"


def test_precision_is_that_of_each_cell():
    table = read_table("地区,出生率(‰)\n甲,7\n乙,6.98\n丙,13.2\n")
    widths = (table.figures["high"] - table.figures["low"]).round(6).tolist()
    assert widths == [1, 0.01, 0.1]


def test_a_scale_in_the_cell_is_applied():
    table = read_table("类别,人次\n甲,16.2万\n乙,3.25万\n")
    row = at(table, "甲", "人次")
    assert (row["value"], row["low"], row["high"]) == (162_000, 161_500, 162_500)


def test_brackets_are_below_zero_in_a_column_of_changes_alone():
    table = read_table(
        "类别,本年,上年,增减\n失车,(185),(264),(79)\n扒窃,287,228,59\n抢夺,22,49,(27)\n"
    )
    assert cells(table)["失车", "上年"] == 264
    assert cells(table)["抢夺", "增减"] == -27


def test_sign_in_a_cell_of_its_own():
    table = read_table(
        "| 类别 | 上年 | 本年 | | 增减 |\n| 盗窃 | 42 | 45 | + | 3 |\n| 诈骗 | 16 | 11 | - | 5 |\n"
    )
    assert cells(table)["诈骗", "增减"] == -5
    assert cells(table)["盗窃", "增减"] == 3


def test_missing_is_not_zero():
    table = read_table("类别,2018年,2019年\n盗窃,-,12\n诈骗,…,0\n抢劫,n.a.,3\n")
    assert ("盗窃", "2018年") not in cells(table)
    assert cells(table)["诈骗", "2019年"] == 0
    assert table.passed_over["reported"].tolist() == ["-", "…", "n.a."]
    assert table.passed_over["reason"].str.startswith("no figure").all()


def test_everything_is_proposed_and_named():
    table = read_table(FORMATS["csv"], title="立案统计", published="2019-01-02")
    assert (table.figures["status"] == "proposed").all()
    assert table.figures["name_zh"].tolist()[0] == "盗窃 立案"
    assert table.source.title == "立案统计"
    assert table.source.published == "2019-01-02"
    assert table.figures["paragraph"].tolist() == [2, 2, 3, 3]


# --- What cannot be read --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("", "found 'nothing'"),
        ("只有一句话", "expected rows of labels and numbers"),
        ("<table><tr><td>首页</td></tr></table>", "expected a table with figures"),
        ("no-such-file.csv", "no file"),
    ],
)
def test_no_table_is_one_clear_error(source, message):
    with pytest.raises(ExtractError, match=message) as caught:
        read_table(source)
    assert len(caught.value.faults) == 1


def test_what_is_no_source_is_said(tmp_path):
    with pytest.raises(TypeError, match="not int"):
        read_table(5)
    (tmp_path / "a.xlsx").write_bytes(b"no workbook")
    with pytest.raises(ExtractError, match="Excel workbook"):
        read_table(tmp_path / "a.xlsx")
    # Neither is one whose packed bytes were damaged: zlib's own error is none of ours.
    frame = pd.DataFrame({"类别": ["盗窃", "诈骗"] * 40, "2019年": range(80)})
    frame.to_excel(tmp_path / "b.xlsx", index=False)
    data = bytearray((tmp_path / "b.xlsx").read_bytes())
    middle = len(data) // 2
    data[middle : middle + 40] = bytes(40)
    (tmp_path / "b.xlsx").write_bytes(data)
    with pytest.raises(ExtractError, match="Excel workbook"):
        read_table(tmp_path / "b.xlsx")
    (tmp_path / "a.pdf").write_bytes(b"%PDF")
    with pytest.raises(ExtractError, match=r"a file that ends in"):
        read_table(tmp_path / "a.pdf")


def test_text_in_a_column_of_figures_is_said_not_guessed():
    table = read_table("类别,立案\n盗窃,12\n诈骗,约5起左右\n抢劫,4\n")
    assert ("诈骗", "立案") not in cells(table)
    assert table.passed_over["reported"].tolist() == ["约5起左右"]


def test_blank_that_was_dropped_is_placed_by_size_and_said():
    table = read_table(
        "| 月份 | 刑事 | 治安 | 交通 | 火灾 | 合计 |\n| 7月 | 37 | 962 | 14270 | 1 | 15270 |\n"
        "| 8月 | 750 | 11450 | 2 | 12250 | |\n"
    )
    assert cells(table)["8月", "合计"] == 12250
    assert ("8月", "刑事") not in cells(table)
    assert at(table, "8月", "合计")["note"]


def test_order_that_is_lost_leaves_the_column_empty():
    table = read_table(
        "类别\n甲项\n乙项\n丙项\n盗窃\n1200\n800\n75\n诈骗\n345\n67\n21\n抢劫\n9\n3\n1\n杀人\n4\n"
    )
    figures = table.figures
    assert figures.loc[figures["row"] == "杀人", "column"].tolist() == [""]


def test_the_result_is_audited_like_an_article():
    table = read_table("类别,立案\n盗窃,12\n诈骗,5\n抢劫,4\n合计,22\n")  # 12 + 5 + 4 = 21
    assert audit(table)["verdict"].tolist() == ["contradicts"]


def test_blank_among_columns_aligned_by_spaces_keeps_its_place():
    table = read_table(
        "类别    2016年   2017年   2018年\n盗窃       120      130      145\n"
        "诈骗        45                51\n抢劫         9        8        7\n"
    )
    assert cells(table)["诈骗", "2018年"] == 51
    assert ("诈骗", "2017年") not in cells(table)


def test_two_numbers_in_a_cell_whose_blank_is_lost():
    table = read_table(
        "项目 | 110年 | 111年 |\n嫌疑人(A) | 17,5452,730 | 22,8263,516 |\n"
        "处分(B) | 5,708940 | 5,7001,046 |\n比率(B/A) | 32.534.4 | 25.029.8 |\n"
    )
    assert table.figures["value"].tolist() == [
        17_545, 2_730, 22_826, 3_516, 5_708, 940, 5_700, 1_046, 32.5, 34.4, 25.0, 29.8,
    ]  # fmt: skip


def test_one_cell_cut_oddly_is_no_pair():
    table = read_table('类别,2019年,2020年\n盗窃,12,15\n诈骗,"5,708940",28\n')
    assert table.figures["value"].tolist() == [12, 15, 28]
    assert table.passed_over["reason"].tolist() == ["not read as a figure: 诈骗 | 2019年"]


def test_a_frame_of_box_characters_is_a_table_of_pipes():
    drawn = """單位:新台幣千元
──────┬─────
項    目 │ 金   額
──────┼─────
甲稅     │     1,200
乙稅     │       301
合計     │     1,502
──────┴─────
"""
    table = read_table(drawn)
    expected = {("甲稅", "金額"): 1200, ("乙稅", "金額"): 301, ("合計", "金額"): 1502}
    assert cells(table) == expected
    # 1,501 is not 1,502; in thousands of dollars each is rounded, and may be.
    assert list(audit(table)["verdict"]) == ["agrees"]


def test_numbers_that_rise_before_names_number_the_rows_though_some_are_left_out():
    text = "款,名称,甲,乙\n,合计,{},15\n3,内政,4,6\n8,教育,2,5\n26,地方,6,4\n"
    table = read_table(text.format(12))
    assert cells(table)["3 / 内政", "甲"] == 4
    assert "款" not in set(table.figures["column"])
    assert read_table("甲,名称\n3,内政\n2,教育\n6,地方\n").figures["value"].tolist() == [3, 2, 6]


def test_years_of_a_data_set_are_labels_though_they_are_printed_as_decimals():
    table = read_table("年,类别,立案,破案\n2010.0,盗窃,75.0,37.0\n2011.0,盗窃,67.0,35.0\n")
    assert list(table.figures["row"].unique()) == ["2010.0 / 盗窃", "2011.0 / 盗窃"]
    assert list(table.figures["reported"]) == ["75.0", "37.0", "67.0", "35.0"]


def test_a_blank_behind_a_unit_is_no_text_of_its_own():
    with pytest.raises(ExtractError, match="expected a table with figures"):
        read_table(",\n单位:万元,\t\n")
    table = read_table("单位:万元,\t\n项目,2018\n出口,12\n")
    assert table.figures["unit"].tolist() == ["万元"]


@pytest.mark.parametrize("hidden", ["\u200b", "\ufeff", "\xad"])
@pytest.mark.parametrize(
    "table",
    [
        "类别,2019年,2020年\n盗窃,12,15\n诈骗,30,28\n合计,42,43\n",
        "类别\t2019年\t2020年\n盗窃\t12\t15\n诈骗\t30\t28\n合计\t42\t43\n",
        "| 类别 | 2019年 | 2020年 |\n| --- | --- | --- |\n| 盗窃 | 12 | 15 |\n| 诈骗 | 30 | 28 |\n"
        "| 合计 | 42 | 43 |\n",
        "类别    2019年  2020年\n盗窃    12      15\n诈骗    30      28\n合计    42      43\n",
        "<table><tr><th>类别<th>2019年<th>2020年<tr><td>盗窃<td>12<td>15<tr><td>诈骗<td>30<td>28"
        "<tr><td>合计<td>42<td>43</table>",
    ],
)
def test_characters_that_nobody_sees_are_read_through(table, hidden):
    plain, shown = read_table(table), read_table(re.sub("([0-9合])", rf"{hidden}\1", table))
    columns = ["row", "column", "reported", "value", "as_of"]
    assert shown.figures[columns].equals(plain.figures[columns])
    assert shown.relations.equals(plain.relations)
    assert read_table(table.replace(" ", "\xa0")).figures[columns].equals(plain.figures[columns])
