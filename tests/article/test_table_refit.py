"""Rows that lost blanks, put where their figures recompute. Made-up tables; what is expected is
hand arithmetic, said beside each."""

from analysis import audit, read_table


def row_of(table, label):
    figures = table.figures[table.figures["row"] == label]
    return dict(zip(figures["column"], figures["reported"], strict=True)), set(figures["note"])


HEADS = (
    "税种 | 预算 | 累计本期 | 累计同期 | 累计增减额 | 累计增减率% | 当月本期 | 当月同期 | "
    "当月增减额 |\n"
)
WHOLE = (
    "甲税 | 300 | 210 | 200 | 10 | 5.0 | 30 | 20 | 10 |\n"
    "乙税 | 500 | 380 | 400 | -20 | -5.0 | 45 | 50 | -5 |\n"
    "丙税 | 260 | 150 | 125 | 25 | 20.0 | 12 | 15 | -3 |\n"
    "国税 | 200 | 110 | 80 | 30 | 37.5 | 9 | 6 | 3 |\n"
)


def test_a_row_that_lost_blanks_stands_where_its_difference_and_change_recompute():
    # 0 - 45 = -45, -100 %; with 国税 it makes 丙税: 200 + 60 = 260, 80 + 45 = 125
    table = read_table(HEADS + WHOLE + "地税 | 60 | 45 | -45 | -100.0 | ||||\n")
    figures, notes = row_of(table, "地税")
    assert figures == {"预算": "60", "累计同期": "45", "累计增减额": "-45", "累计增减率%": "-100.0"}
    assert notes == {"blanks were dropped from the row: placed where its figures recompute"}
    assert (audit(table)["verdict"] == "agrees").all()


def test_a_row_that_nothing_recomputes_says_that_its_place_is_not_sure():
    table = read_table(HEADS + WHOLE + "其他 | 71 | 33 | 17 | |||||\n")
    figures, notes = row_of(table, "其他")
    assert list(figures.values()) == ["71", "33", "17"]
    assert notes == {"fewer figures than columns: that they stand in the first ones is not sure"}
    own = table.figures.index[table.figures["row"] == "其他"]
    assert not table.relations["figure"].isin(own).any()


def test_a_row_whose_figures_recompute_in_the_first_columns_is_left_there_without_a_note():
    # 10 + 20 = 30, 12 + 18 = 30; the third of 乙 is blank
    table = read_table(
        "类别 | 收案 | 结案 | 未结 |\n合计 | 30 | 30 | 7 |\n甲 | 10 | 12 | 7 |\n乙 | 20 | 18 | |\n"
    )
    figures, notes = row_of(table, "乙")
    assert figures == {"收案": "20", "结案": "18"}
    assert notes == {""}


def test_where_blanks_are_kept_a_short_row_is_as_it_stands():
    table = read_table(HEADS + WHOLE + "甲乙 | 71 | | 17 | |||||\n其他 | 71 | 33 | |||||| \n")
    assert row_of(table, "甲乙") == ({"预算": "71", "累计同期": "17"}, {""})
    assert row_of(table, "其他") == ({"预算": "71", "累计本期": "33"}, {""})


def test_a_row_whose_one_large_figure_fills_a_total_stands_there():
    # 900000 - 400000 - 250000 - 60000 - 40000 = 150000; the shares of 丙 are not printed
    table = read_table(
        "地区\n人口数\n比重\n2020年\n2010年\n全国\n900000\n100.0\n100.0\n甲\n400000\n44.4\n48.0\n"
        "乙\n250000\n27.8\n30.0\n丁\n60000\n6.7\n5.0\n戊\n40000\n4.4\n3.0\n丙\n150000\n"
    )
    figures, notes = row_of(table, "丙")
    assert figures == {"人口数": "150000"}
    assert notes == {"blanks were dropped from the row: placed where its figures recompute"}
    assert row_of(table, "乙") == (
        {"人口数": "250000", "比重 / 2020年": "27.8", "比重 / 2010年": "30.0"},
        {""},
    )


def test_a_row_without_its_label_keeps_its_figures_out_of_the_labels():
    table = read_table(
        "类型 | 杀人 | 伤害 | 抢劫 | 盗窃 | 合计 |\n5 | 34 | 60 ||||\n"
        "本周 | 5 | 12 | 31 | 6 | 54 |\n"
    )
    assert set(table.figures["row"]) == {"", "本周"}
    assert row_of(table, "")[1] == {
        "fewer figures than columns: that they stand in the first ones is not sure"
    }
