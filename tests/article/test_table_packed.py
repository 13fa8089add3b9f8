"""Heads whose merged cells lost the blanks behind them, among cells. Made-up tables."""

import pytest

from analysis import read_table

ROWS = [["甲区", "120", "80", "130", "91"], ["乙区", "210", "160", "190", "150"]]
ROWS += [["丙区", "75", "40", "82", "55"], ["合计", "405", "280", "402", "296"]]
LOWER = ["发案", "破案", "发案", "破案"]


def html(rows):
    cells = ["".join(f"<td>{cell}</td>" for cell in row) for row in rows]
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"


def lines(rows, mark):
    return "".join(mark.join(row) + "\n" for row in rows)


@pytest.mark.parametrize("mark", ["", "\t", ",", " | "])
@pytest.mark.parametrize(
    "heads",
    [
        [["地区", "2018年", "", "2019年", ""], ["", *LOWER]],
        [["地区", "2018年", "2019年"], LOWER],
        [["2018年", "2019年"], ["地区", *LOWER]],
        [["2018年", "2019年"], LOWER],
        [["2018年", "2019年", "", "", ""], [*LOWER, ""]],
    ],
)
def test_heads_at_the_left_of_their_line_are_over_groups(heads, mark):
    rows = heads + ROWS
    table = read_table(lines(rows, mark) if mark else html(rows))
    columns = table.figures["column"].tolist()[:4]
    assert columns == ["2018年 / 发案", "2018年 / 破案", "2019年 / 发案", "2019年 / 破案"]


@pytest.mark.parametrize("mark", ["", "\t"])
def test_heads_with_blanks_below_them_are_over_what_stands_there(mark):
    rows = [["地区", "总数", "其中", "", ""], ["", "", "盗窃", "诈骗", "抢劫"], *ROWS]
    table = read_table(lines(rows, mark) if mark else html(rows))
    assert table.figures["column"].tolist()[:3] == ["总数", "其中 / 盗窃", "其中 / 诈骗"]


@pytest.mark.parametrize("mark", ["", "\t"])
def test_heads_that_are_over_no_group_are_lost(mark):
    rows = [["地区", "2018年", "2019年"], ["发案", "破案", "抓获", "起诉", "判决"]]
    rows += [[*row, row[1]] for row in ROWS]
    table = read_table(lines(rows, mark) if mark else html(rows))
    assert not table.figures["column"].str.contains("20").any()


def test_heads_set_at_the_left_are_over_the_columns_that_begin_there():
    table = read_table(
        "类别   2018年          2019年\n       发案     破案   发案     破案\n"
        "盗窃   317      190    213      149\n诈骗   371      222    507      354\n"
        "赌博   882      529    9568     6697\n合计   1570     941    10288    7200\n"
    )
    columns = table.figures["column"].tolist()[:4]
    assert columns == ["2018年 / 发案", "2018年 / 破案", "2019年 / 发案", "2019年 / 破案"]


@pytest.mark.parametrize(
    ("corner", "heads"),
    [("区分", ["総数", "男", "女"]), ("类别", ["总数", "男", "女"]), ("Tipo", ["Total", "M", "F"])],
)
def test_what_stands_over_labels_and_the_sexes_are_heads_of_their_own(corner, heads):
    table = read_table(
        f"{corner} {' '.join(heads)}\n甲 600 330 270\n乙 713 402 311\n丙 514 260 254\n"
    )
    assert table.figures["column"].tolist()[:3] == heads


def test_a_row_that_lacks_a_figure_is_under_the_column_that_begins_where_it_does():
    table = read_table(
        "类别   2018年   2019年\n盗窃   5174     660\n诈骗   640\n抢劫   285      2808\n"
        "赌博   7449     426\n合计   13548    15295\n"
    )
    assert table.figures.loc[table.figures["row"] == "诈骗", "column"].tolist() == ["2018年"]
