"""Rows that go round, with one label beside each round. Made-up tables; the labels expected are
those that stand beside the merged cells before these are printed as lines."""

from analysis import audit, read_table

HEADS = "区分 平成30年 平成29年 増減\n"


def labels(table):
    return table.figures["row"].drop_duplicates().tolist()


def test_the_label_of_a_round_before_that_of_its_first_row():
    # 30 + 12 + 5 = 47 runs, 28 + 10 + 3 = 41 persons; the differences: 3, 2, -1, 0, -2, 1
    table = read_table(
        HEADS + "出動 47 47 0\n搬送 41 38 3\n甲災 出動 30 27 3\n搬送 28 26 2\n乙災 出動 12 13 1減\n"
        "搬送 10 10 0\n丙災 出動 5 7 2減\n搬送 3 2 1\n"
    )
    assert labels(table) == [
        *("出動", "搬送", "甲災 / 出動", "甲災 / 搬送", "乙災 / 出動", "乙災 / 搬送"),
        *("丙災 / 出動", "丙災 / 搬送"),
    ]
    assert table.figures.loc[table.figures["row"] == "丙災 / 出動", "value"].tolist() == [5, 7, -2]
    assert (audit(table)["verdict"] == "agrees").all()
    assert table.relations["kind"].value_counts()["change"] == 8 * 3


def test_the_label_of_a_round_on_a_line_between_its_rows():
    table = read_table(
        "0時 8時 16時 合計\n人數 2 3 5 10\n99年\n百分比 20% 30% 50% 100%\n人數 1 4 5 10\n100年\n"
        "百分比 10% 40% 50% 100%\n人數 6 3 1 10\n101年\n百分比 60% 30% 10% 100%\n"
    )
    assert labels(table) == [
        f"{year}年 / {row}" for year in (99, 100, 101) for row in ("人數", "百分比")
    ]
    years = table.figures.drop_duplicates("row")["as_of"].dt.year
    assert years.tolist() == [2010, 2010, 2011, 2011, 2012, 2012]  # 民國 99 is 2010


def test_headings_between_rounds_are_over_the_rows_behind_them():
    table = read_table(
        "2018 2019\n甲人\n男 3 4\n女 2 5\n小计 5 9\n乙人\n男 4 6\n女 1 2\n小计 5 8\n丙人\n男 1 1\n"
        "女 2 1\n小计 3 2\n整体\n男 8 11\n女 5 8\n总计 13 19\n"
    )
    assert labels(table)[2:5] == ["甲人 / 小计", "乙人 / 男", "乙人 / 女"]


def test_two_rounds_are_too_few_to_tell():
    table = read_table("地区 2018 2019\n北 男 3 4\n女 2 5\n南 男 4 6\n女 1 2\n")
    assert labels(table) == ["北 男", "女", "南 男"]


def test_figures_of_a_row_on_lines_of_their_own_behind_it():
    table = read_table(
        HEADS + "甲災 57 57\n\n 0\n\n乙災 6\n\n7\n\n1減\n丙災 8 5 3\n丁災 2 1 1\n"
        "戊災 9 4 5\n己災 3 3 0\n"
    )
    assert table.figures.groupby("row")["value"].agg(list)["乙災"] == [6, 7, -1]


def test_tables_with_numbered_titles_have_columns_of_their_own():
    table = read_table(
        "表1 案件\n类别 2018年 2019年\n盗窃 12 15\n诈骗 30 28\n合计 42 43\n"
        "表2 场所\n场所 街道 商店 学校 住宅\n盗窃 5 4 3 3\n诈骗 8 8 6 6\n"
    )
    columns = table.figures["column"].drop_duplicates().tolist()
    assert [column.split(" / ")[-1] for column in columns] == [
        *("2018年", "2019年", "街道", "商店", "学校", "住宅")
    ]


def test_the_label_of_the_first_round_in_another_tongue_before_its_second_row():
    table = read_table(
        "2018年 2019年\n總數 男女 30.0 41.0\nTotal 男 18.0 24.0\n女 12.0 17.0\n"
        "16 - 24 男女 18.1 25.0\n男 11.0 14.9\n女 7.1 10.1\n25 - 34 男女 8.9 12.0\n男 5.0 7.0\n"
        "女 3.9 5.0\n≧35 男女 3.0 4.0\n男 2.0 2.1\n女 1.0 1.9\n"
    )
    assert labels(table)[:4] == [
        "總數 Total / 男女",
        "總數 Total / 男",
        "總數 Total / 女",
        "16 - 24 / 男女",
    ]
