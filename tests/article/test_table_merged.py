"""Heads whose merged cells lost their blanks. Made-up tables; the expected labels are those of the
tables before they lost them."""

import pytest
from building import roles_by_place

from analysis import audit, read_table
from analysis.article.table_merged import rebuilt
from analysis.article.table_numbers import read_cell

TOTALS_AND_PARTS = """年 份 Year |
渔船 (艘) Boats |
船员 (人) Crew |
|||
#机动船 Motor Boats |
#妇女 Women |
#老年 Aged |
|||
2001 | 70 | 61 | 302 | 45 | 20 |
2002 | 75 | 63 | 318 | 49 | 22 |
2003 | 71 | 66 | 309 | 51 | 25 |
"""


def cells(*rows):
    return [list(map(read_cell, row.split())) for row in rows]


def test_a_total_heads_a_column_of_its_own_beside_its_parts():
    table = read_table(TOTALS_AND_PARTS)
    columns = table.figures["column"].unique().tolist()
    boats, crew = "渔船 (艘) Boats", "船员 (人) Crew"
    assert columns == [
        boats, f"{boats} / #机动船 Motor Boats",
        crew, f"{crew} / #妇女 Women", f"{crew} / #老年 Aged",
    ]  # fmt: skip
    assert table.figures["value"].tolist()[:5] == [70, 61, 302, 45, 20]


def test_what_exceeds_a_column_is_no_part_of_it():
    # 302 is no part of 70, and 90 none of 70 either: nothing fits.
    levels = [["甲", "乙"], ["其一", "其二", "其三"]]
    assert rebuilt(levels, 5, cells("70 61 302 45 20"))[1] == [
        ["甲"], ["甲", "其一"], ["乙"], ["乙", "其二"], ["乙", "其三"],
    ]  # fmt: skip
    assert rebuilt(levels, 5, cells("70 90 80 85 95")) is None


def test_where_several_groupings_fit_as_well_none_is_taken():
    assert rebuilt([["甲", "乙"], ["其一", "其二"]], 4, cells("90 80 70 60", "95 85 75 65")) is None
    found = rebuilt([["甲", "乙"], ["其一", "其二"]], 4, cells("90 60 30 20", "95 65 30 25"))
    assert found
    assert found[1] == [["甲"], ["甲", "其一"], ["甲", "其二"], ["乙"]]


def test_what_stands_below_every_head_is_no_part():
    levels = [["死亡", "受伤", "损失"], ["指数"] * 3]
    found = rebuilt(levels, 6, cells("7 110 9 120 8 130"))
    assert found
    assert found[1][:4] == [["死亡"], ["死亡", "指数"], ["受伤"], ["受伤", "指数"]]


def test_years_of_an_era_of_which_the_first_is_named_are_labels():
    lines = ["件数 | 死者 | 傷者 |", "||||", "指数 | 指数 | 指数 | ||||"]
    lines += ["平成元年 | 661 | 92 | 70 | 67 | 814 | 83 |", "2 | 643 | 90 | 71 | 67 | 790 | 81 |"]
    lines += ["3 | 662 | 92 | 75 | 66 | 810 | 83 |", "4 | 695 | 97 | 91 | 68 | 844 | 86 |"]
    table = read_table("\n".join(lines))
    assert table.figures["column"].unique().tolist()[:3] == ["件数", "件数 / 指数", "死者"]
    assert table.figures["row"].unique().tolist() == ["平成元年", "2", "3", "4"]


def test_groups_stand_where_their_changes_recompute():
    # 52 - 40 = 12 = 30 %, 5 - 4 = 1 = 25 %; 66 - 60 = 6 = 10 %, 8 - 10 = -2 = -20 %
    table = read_table(
        "| 表一 | 单位:万元 | | | | | | | | | |\n"
        "| 科目 | 预算 | 累计 | 当月 | 完成预算% | | | | | | |\n"
        "| 本期 | 同期 | 增减额 | 增减率% | 本期 | 同期 | 增减额 | 增减率% | | | |\n"
        "|---|---|---|---|---|---|---|---|---|---|---|\n"
        "| 税收 | 100 | 52 | 40 | 12 | 30.0 | 5 | 4 | 1 | 25.0 | 52.0 |\n"
        "| 其他 | 80 | 66 | 60 | 6 | 10.0 | 8 | 10 | -2 | -20.0 | 82.5 |\n"
    )
    assert table.figures["column"].iloc[[0, 1, 4, 5, 8, 9]].tolist() == [
        "预算", "累计 / 本期", "累计 / 增减率%", "当月 / 本期", "当月 / 增减率%", "完成预算%"
    ]  # fmt: skip
    assert table.figures["unit"].iloc[0] == "万元"


def test_heads_stand_below_the_text_that_they_hold():
    upper = ["杀人", "抢劫", "盗窃", "诈骗", "合计"]
    lower = ["入室盗窃", "其它", "电信诈骗", "网络诈骗"]
    _, paths = rebuilt([upper, lower], 7, [])
    assert paths[2:6] == [
        *(["盗窃", "入室盗窃"], ["盗窃", "其它"]),
        *(["诈骗", "电信诈骗"], ["诈骗", "网络诈骗"]),
    ]


def test_a_head_of_changes_beside_the_two_years_that_they_compare():
    """2706.9 - 2911.5 = -204.6, by hand: what stands below is of the last head."""
    table = read_table(
        "项目 | 上年决算数 | 本年决算数 | 比上年增、减情况 | |\n增、减金额 | 增、减幅度 | |||\n"
        "出国费 | 13.1 | 10.2 | -2.9 | -22.1% |\n接待费 | 1679.7 | 1590.9 | -88.8 | -5.3% |\n"
        "合计 | 1692.8 | 1601.1 | -91.7 | -5.4% |\n"
    )
    assert table.figures["column"].tolist()[:4] == [
        "上年决算数",
        "本年决算数",
        "比上年增、减情况 / 增、减金额",
        "比上年增、减情况 / 增、减幅度",
    ]


def test_periods_below_a_head_are_over_columns_printed_alike():
    # which of the two heads has the years below it, only the figures tell
    rows = (
        "全市 | 1000 | 100 | 100 |\n东镇 | 621 | 62.10 | 58.32 |\n其中:东村 | 15 | 1.50 | 1.31 |\n"
    )
    rows += "西镇 | 379 | 37.90 | 41.68 |\n"
    table = read_table(f"地区 | 人口数 | 比重 | |\n2020年 | 2010年 | | |\n{rows}")
    assert table.figures["column"].unique().tolist() == ["人口数", "比重 / 2020年", "比重 / 2010年"]
    claims = [
        *roles_by_place(table, "ratio"),
        *(claim for kind in ("sum", "part") for claim in roles_by_place(table, kind)),
    ]
    assert {
        "rate": ["西镇|比重 / 2020年"],
        "numerator": ["西镇|人口数"],
        "denominator": ["全市|人口数"],
    } in claims
    assert {"total": ["东镇|比重 / 2010年"], "part": ["其中:东村|比重 / 2010年"]} in claims
    assert (audit(table)["verdict"] == "agrees").all()


PACKED = {
    "three levels, 其中 below one of them": (
        "| 类别 | 旧存 | 收案 | 结案 | | | | | |\n|--|--|--|--|--|--|--|--|--|\n"
        "| 合计 | 2022年 | 同比 | 合计 | 其中 | | | | |\n| 增减数 | 增减% | 调解 | 判决 "
        "| | | | | |\n"
        "| 盗窃 | 40 | 620 | 640 | -20 | -3.1 | 630 | 15 | 590 |\n"
        "| 诈骗 | 50 | 540 | 460 | 80 | 17.4 | 530 | 20 | 480 |\n"
        "| 合同 | 90 | 900 | 750 | 150 | 20.0 | 880 | 60 | 700 |\n",
        "旧存; 收案 / 合计; 收案 / 2022年; 收案 / 同比 / 增减数; 收案 / 同比 / 增减%; 结案 / 合计"
        "; 结案 / 其中 / 调解; 结案 / 其中 / 判决",
    ),
    "what heads several columns heads figures alike": (
        "| Year | Population | Violent | Property | | |\n|--|--|--|--|--|--|\n"
        "| Number | Rate | Number | Rate | | |\n"
        "| 2018[1] | 8,398,748 | 45,000 | 535.8 | 120,000 | 1,428.8 |\n"
        "| 2019[2] | 8,336,817 | 44,000 | 527.8 | 118,500 | 1,421.4 |\n"
        "| 2020 | 8,253,213 | 43,500 | 527.1 | 110,000 | 1,332.8 |\n",
        "Population; Violent / Number; Violent / Rate; Property / Number; Property / Rate",
    ),
    "a change stands behind what it is of": (
        "| 单位名称 | 1—9月 | 9月 | | | | |\n|--|--|--|--|--|--|--|\n"
        "| 本期 | 去年同期 | 增减 | 增减（%） | 本月 | 占比(%) | |\n"
        "| 一局 | 300 | 260 | 40 | 15.4 | 32 | 40.0 |\n"
        "| 二局 | 180 | 140 | 40 | 28.6 | 28 | 35.0 |\n"
        "| 三局 | 120 | 100 | 20 | 20.0 | 20 | 25.0 |\n",
        "1—9月 / 本期; 1—9月 / 去年同期; 1—9月 / 增减; 1—9月 / 增减(%); 9月 / 本月; 9月 / 占比(%)",
    ),
    "a heading below heads without a corner": (
        " | Number | Per cent |\nMale | Female | Total | Male | Female |\nViolent offences |\n"
        "Assault | 12,340 | 2,660 | 15,000 | 82.3 | 17.7 |\n"
        "Robbery | 1,800 | 200 | 2,000 | 90.0 | 10.0 |\n"
        "Arson | 140 | 60 | 200 | 70.0 | 30.0 |\n",
        "Number / Male; Number / Female; Number / Total; Per cent / Male; Per cent / Female",
    ),
}


@pytest.mark.parametrize("form", PACKED)
def test_heads_whose_blanks_stand_at_the_end(form):
    text, columns = PACKED[form]
    table = read_table(text)
    assert "; ".join(table.figures["column"].unique()) == columns
    assert (audit(table)["verdict"] == "agrees").all()


def test_three_levels_of_two_letters_are_no_word():
    table = read_table(
        "| 类别 | 结案 | | 备注 |\n|--|--|--|--|\n| | 其中 | | |\n| | 调解 | 判决 | |\n"
        "| 合同 | 15 | 590 | |\n| 侵权 | 20 | 480 | |\n"
    )
    assert table.figures["column"].unique().tolist() == ["结案 / 其中 / 调解", "结案 / 其中 / 判决"]


def test_the_total_of_all_is_no_part_of_the_last_label():
    table = read_table(
        "类型 | 状态 | 数量 |\n道路 | 已办结 | 150 |\n办理中 | 50 |\n小计 | 200 |\n"
        "消防 | 已办结 | 90 |\n办理中 | 60 |\n小计 | 150 |\n总计 | 350 |\n"
    )
    assert table.figures["row"].tolist()[-2:] == ["消防 / 小计", "总计"]
