"""Workbooks: what is printed of a cell is what its number format shows. Made-up sheets."""

from datetime import date

import pytest

from analysis import ExtractError, audit, read_table, read_tables

openpyxl = pytest.importorskip("openpyxl")


def saved(path, rows, formats=None, change=lambda sheet: None):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for cell, shape in (formats or {}).items():
        book.active[cell].number_format = shape
    change(book.active)
    book.save(path)
    return path


@pytest.mark.parametrize(
    ("value", "shape", "reported"),
    [
        (1234567.891, "#,##0.00_);[Red](#,##0.00)", "1234567.89"),
        (123456, "#,##0.0,", "123.5"),  # in thousands
        (0.1234, "0.0%", "12.3%"),
        (1 / 3, "General", "0.3333333333"),
        (40.0, "General", "40"),
    ],
)
def test_a_number_is_printed_as_its_format_shows_it(tmp_path, value, shape, reported):
    path = saved(tmp_path / "a.xlsx", [["项目", "金额"], ["甲", value]], {"B2": shape})
    assert read_table(path).figures["reported"].tolist() == [reported]


@pytest.mark.parametrize(
    ("day", "shape", "row"),
    [
        (date(2019, 3, 1), 'yyyy"年"m"月"', "2019年3月"),
        (date(2019, 3, 1), "mmm\\ yyyy", "Mar 2019"),
        (date(2019, 3, 1), "yyyy-mm-dd h:mm:ss", "2019-03-01"),
    ],
)
def test_a_day_is_printed_as_its_format_shows_it(tmp_path, day, shape, row):
    path = saved(tmp_path / "a.xlsx", [["月份", "案件"], [day, 12], [day, 15]], {"A2": shape})
    figure = read_table(path).figures.iloc[0]
    assert figure["row"] == row
    assert figure["period_start"].year == 2019


def test_what_is_hidden_is_not_printed(tmp_path):
    # 12 + 9 = 21 without the hidden row
    def hide(sheet):
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["C"].hidden = True
        sheet.parent.create_sheet("隐").append(["a", 2018])
        sheet.parent["隐"].sheet_state = "hidden"

    rows = [["类别", "立案", "号"], ["甲", 12, 5], ["藏", 70, 6], ["乙", 9, 7], ["合计", 21, 8]]
    tables = read_tables(saved(tmp_path / "a.xlsx", rows, change=hide))
    assert [table.figures["reported"].tolist() for table in tables] == [["12", "9", "21"]]
    assert audit(tables[0])["verdict"].tolist() == ["agrees"]


def test_a_sheet_without_a_title_has_its_name(tmp_path):
    def name(sheet):
        sheet.title = "2019年度案件"

    path = saved(tmp_path / "a.xlsx", [["类别", "立案"], ["甲", 12]], change=name)
    table = read_table(path)
    assert table.source.title == "2019年度案件"
    assert table.figures["as_of"].iloc[0].isoformat() == "2019-12-31T00:00:00"


def test_a_formula_without_a_stored_value_is_passed_over_and_said(tmp_path):
    rows = [["类别", "2019年", "2020年", "增减"], ["甲", 12, 15, "=C2-B2"],
            ["乙", 30, 28, "=C3-B3"], ["合计", "=SUM(B2:B3)", "=SUM(C2:C3)", "=C4-B4"]]  # fmt: skip
    table = read_table(saved(tmp_path / "a.xlsx", rows))  # openpyxl stores no values
    assert table.figures["value"].tolist() == [12, 15, 30, 28]
    passed = table.passed_over.set_index("reported")["reason"]
    assert passed["=SUM(B2:B3)"] == "a formula without a stored value: 合计 | 2019年"
    assert passed["=C3-B3"] == "a formula without a stored value: 乙 | 增减"
    assert len(passed) == 5


def test_a_number_in_a_merged_cell_is_one_figure():
    text = (
        "<table><tr><th rowspan=2>月份</th><th colspan=2>2019</th></tr>"
        "<tr><th>件</th><th>占比(%)</th></tr><tr><td>1月</td><td>40</td><td>40.0</td></tr>"
        "<tr><td>2月</td><td>60</td><td>60.0</td></tr>"
        "<tr><td>环比(%)</td><td colspan=2>50.0</td></tr></table>"
    )
    figures = read_table(text).figures
    assert len(figures) == 5
    assert figures.loc["r03_c1", ["row", "column"]].tolist() == ["环比(%)", "2019 / 件"]


def test_commas_that_group_the_last_numbers_of_lines_part_no_cells():
    table = read_table(
        "项目 合计 有 没有 人数\n总计 100.00 0.99 99.01 488,074\n农业 100.00 2.67 97.33 18,768\n"
        "矿业 100.00 - 100.00 1,363\n"
    )
    assert table.figures["reported"].tolist()[3::4][:2] == ["488,074", "18,768"]
    assert table.figures["row"].iloc[0] == "总计"


FOLDED = 'received,town,_id,paid out "1,200",North End,1,300 80,South,2,- 95,West,3,20 7,East,4,2'


def test_rows_of_csv_that_stand_in_one_line_are_parted_at_their_blanks():
    table = read_table(FOLDED)
    assert table.figures[["row", "column", "value"]].values.tolist() == [
        ["North End", "received", 1200.0],
        ["North End", "paid out", 300.0],
        ["South", "received", 80.0],
        ["West", "received", 95.0],
        ["West", "paid out", 20.0],
        ["East", "received", 7.0],
        ["East", "paid out", 2.0],
    ]


@pytest.mark.parametrize(
    "line",
    [
        FOLDED.replace("20 7", "20 1 7"),  # which blank ends the row?
        "of 3 towns, 5 villages, 2 hamlets and 9 farms, 4 were flooded, 6 were not",
    ],
)
def test_a_line_with_commas_is_no_csv_where_its_rows_are_not_plain(line):
    with pytest.raises(ExtractError):
        read_table(line)


def test_names_behind_figures_are_labels_where_they_are_the_only_ones():
    last = read_table("件数,地区\n31,甲\n22,乙\n53,合计\n").figures
    assert last["row"].tolist() == ["甲", "乙", "合计"]
    two = read_table("件数,地区,备注\n31,甲,停\n22,乙,开\n").figures
    assert "甲" not in set(two["row"])


def _table(rows):
    lines = ("".join(f"<td>{cell}</td>" for cell in row.split(",")) for row in rows)
    return "<table>" + "".join(f"<tr>{line}</tr>" for line in lines) + "</table>"


def _tabs(rows):
    return "\n".join(row.replace(",", "\t") + "\t" * (3 - row.count(",")) for row in rows)


@pytest.mark.parametrize("form", [_table, _tabs])
def test_a_label_that_covers_rows_and_was_printed_once_shifts_no_figures(form):
    """120 + 80 = 200, 130 + 95 = 225."""
    table = read_table(
        form(["地区,性别,2019年,2020年", "东区,男,120,130", "女,80,95", "合计,200,225"])
    )
    assert table.figures.loc["r02_c1", ["row", "column"]].tolist() == ["东区 / 女", "2019年"]
    assert audit(table)["verdict"].tolist() == ["agrees"] * 2


def test_rows_that_end_early_for_want_of_figures_keep_their_places():
    rows = ["地区,名称,2019年,2020年", "东区,甲,120,130", "西区,乙,80,", "北区,丙,200,"]
    figures = read_table(_tabs(rows)).figures
    assert figures["column"].tolist() == ["2019年", "2020年", "2019年", "2019年"]


def test_tabs_part_cells_among_as_many_titles_and_notes():
    text = "Held by sex\n\tMales\tFemales\tTotal\tMore (%)\nYear\n2015\t82.1\t3.9\t86.0\t\n"
    text += "2016\t81.4\t3.8\t85.2\t-0.9\nSource: the office\n(a) Of the year.\n"
    figures = read_table(text).figures
    assert figures["column"].tolist() == [*["Males", "Females", "Total"] * 2, "More (%)"]


@pytest.mark.parametrize("head", ["District,2011,2021", "地区,男,女"])
def test_a_csv_may_group_its_thousands_by_blanks(head):
    table = read_table(f"{head}\nEast,588 094,1 270 876\nWest,251 519,235 953\n")
    assert table.figures["value"].tolist() == [588094, 1270876, 251519, 235953]
    assert table.figures["column"].tolist()[:2] == head.split(",")[1:]


def test_commas_that_group_thousands_part_no_cells():
    table = read_table("Region 2011 2021\nEast 588,094 1,270,876\nWest 251,519 235,953\n")
    assert table.figures["value"].tolist() == [588094, 1270876, 251519, 235953]


def test_thousands_in_most_lines_are_no_columns_of_a_csv():
    """Of 15,158 13.9% a comma leaves 158 13.9%: no cell, though no row has a whole numeral."""
    text = (
        "年龄组            死亡人数    百分比\n总死亡人数         29,894\n"
        "80-84岁             15,158     50.7%\n75-79岁             14,736     49.3%\n"
    )
    figures = read_table(text).figures
    assert figures["value"].tolist() == [29894, 15158, 50.7, 14736, 49.3]
    assert figures["row"].tolist() == ["总死亡人数", *["80-84岁"] * 2, *["75-79岁"] * 2]
