"""Claims that the layout of made-up tables makes, by hand."""

import pytest
from building import claims_by_place as claims
from building import roles_by_place as only

from analysis import audit, read_table


def verdicts(extract):
    return audit(extract)["verdict"].tolist()


# --- Totals and parts -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["合计", "总计", "合 计", "總計", "Total", "TOTAL (a)", "小计", "全国"]
)
def test_total_row_first_or_last(name):
    first = read_table(f"类别,立案,破案\n{name},21,9\n盗窃,12,5\n诈骗,9,4\n")
    last = read_table(f"类别,立案,破案\n盗窃,12,5\n诈骗,9,4\n{name},21,9\n")
    for table in (first, last):
        assert only(table, "sum") == [
            {"total": [f"{name}|{c}"], "part": sorted([f"盗窃|{c}", f"诈骗|{c}"])}
            for c in ("立案", "破案")
        ]
        assert verdicts(table) == ["agrees", "agrees"]


def test_total_column_first_or_last():
    table = read_table("地区,男,女,合计\n甲,12,5,17\n乙,9,4,13\n")
    assert only(table, "sum")[0] == {"total": ["甲|合计"], "part": ["甲|女", "甲|男"]}
    table = read_table("地区,合计,男,女\n甲,17,12,5\n乙,13,9,4\n")
    assert only(table, "sum")[1] == {"total": ["乙|合计"], "part": ["乙|女", "乙|男"]}


def test_total_column_of_a_group_of_heads():
    table = read_table(
        "<table><tr><td rowspan=2>月</td><td colspan=3>有效</td><td rowspan=2>无效</td></tr>"
        "<tr><td>刑事</td><td>治安</td><td>小计</td></tr>"
        "<tr><td>1月</td><td>3</td><td>4</td><td>7</td><td>90</td></tr>"
        "<tr><td>2月</td><td>2</td><td>5</td><td>7</td><td>80</td></tr></table>"
    )
    assert only(table, "sum")[0] == {
        "total": ["1月|有效 / 小计"],
        "part": ["1月|有效 / 刑事", "1月|有效 / 治安"],
    }


def test_subtotals_and_a_grand_total():
    table = read_table(
        "类别,件,人\n盗窃,12,5\n诈骗,9,4\n侵财小计,21,9\n"
        "杀人,2,1\n伤害,3,3\n侵人小计,5,4\n总计,26,13\n"
    )
    assert {"total": ["总计|件"], "part": ["侵人小计|件", "侵财小计|件"]} in only(table, "sum")
    assert {"total": ["侵人小计|人"], "part": ["伤害|人", "杀人|人"]} in only(table, "sum")
    assert len(only(table, "sum")) == 6


def test_rows_numbered_by_level():
    table = read_table(
        "项目,预算,决算\n一、税收,30,33\n1、增值税,20,22\n"
        "2、所得税,10,11\n二、收费,5,6\n1、罚没,2,2\n"
        "2、其他,3,4\n收入合计,35,39\n"
    )
    sums = only(table, "sum")
    assert {"total": ["一、税收|预算"], "part": ["1、增值税|预算", "2、所得税|预算"]} in sums
    assert {"total": ["收入合计|决算"], "part": ["一、税收|决算", "二、收费|决算"]} in sums
    assert len(sums) == 6


def test_a_heading_without_figures_counts_as_a_level():
    # 90 + 45 = 135; 70 + 30 = 100 of 110, 72 + 31 = 103 of 115, 74 + 33 = 107 of 119
    table = read_table(
        "项目,2018年,2019年,2020年\n一、高层\n1、甲,135,140,150\n子,90,94,100\n丑,45,46,50\n"
        "二、中层,110,115,119\n1、乙,70,72,74\n2、丙,30,31,33\n"
    )
    parts = only(table, "part")
    assert {"total": ["二、中层|2020年"], "part": ["1、乙|2020年", "2、丙|2020年"]} in parts
    assert len(parts) == len(only(table, "sum")) == 3


def test_rows_indented():
    table = read_table(
        "<table><tr><td>地区</td><td>件</td><td>人</td></tr>"
        "<tr><td>城区</td><td>30</td><td>9</td></tr>"
        "<tr><td>&nbsp;&nbsp;东街</td><td>10</td><td>4</td></tr>"
        "<tr><td>&nbsp;&nbsp;西街</td><td>20</td><td>5</td></tr></table>"
    )
    assert only(table, "sum")[0] == {"total": ["城区|件"], "part": ["东街|件", "西街|件"]}


@pytest.mark.parametrize("mark", ["¬", "..", "› "])
def test_rows_that_stand_in_by_marks(mark):
    table = read_table(
        f"| Area | 2018 | 2019 |\n|---|---|---|\n| Town | 30 | 9 |\n| {mark}East | 10 | 4 |\n"
        f"| {mark}{mark}Hill | 7 | 3 |\n| {mark}West | 20 | 5 |\n"
    )
    found = {tuple(roles["total"]): roles["part"] for roles in only(table, "sum")}
    assert found["Town|2018",] == [f"{mark}East|2018", f"{mark}West|2018"]
    assert {"total": [f"{mark}East|2018"], "part": [f"{mark}{mark}Hill|2018"]} in only(
        table, "part"
    )


def test_parts_among_others_are_no_sum():
    table = read_table("类别,上年,本年\n刑事案件,100,120\n其中:盗窃,60,70\n诈骗,10,20\n")
    assert only(table, "sum") == []
    assert only(table, "part") == [
        {"total": [f"刑事案件|{c}"], "part": [f"其中:盗窃|{c}"]} for c in ("上年", "本年")
    ]


def test_of_which_twice_may_be_one_in_the_other():
    # 70 + 40 are more than 100: the second may be a part of the first
    table = read_table("罪名,上年,本年\n全体,100,120\nうち甲,70,80\nうち乙,40,50\n")
    assert only(table, "part") == [
        {"total": [f"全体|{c}"], "part": [f"うち甲|{c}"]} for c in ("上年", "本年")
    ]


def test_list_that_goes_on_after_of_which_is_a_sum_where_it_adds_up():
    table = read_table(
        "指标,2018年,2019年\n总产值,100,120\n其中:一产,10,12\n二产,50,60\n三产,40,48\n"
    )
    assert only(table, "sum")[0]["part"] == ["三产|2018年", "二产|2018年", "其中:一产|2018年"]


@pytest.mark.parametrize(("last", "of"), [(10, "乙"), (40, "总产值")])
def test_rows_further_in_below_a_heading_divide_the_row_above_unless_they_exceed_it(last, of):
    rows = ["总产值,95,190", "  甲,50,100", "  乙,45,90", "  按类别分,,", "    丙,30,50"]
    table = read_table("\n".join(["指标,2018年,2019年", *rows, f"    丁,{last},{2 * last}\n"]))
    assert only(table, "sum")[0] == {"total": ["总产值|2018年"], "part": ["乙|2018年", "甲|2018年"]}
    assert only(table, "part")[0] == {"total": [f"{of}|2018年"], "part": ["丁|2018年", "丙|2018年"]}


def test_a_total_in_a_length_among_areas_is_one_of_them():
    head = "地区,草地/km²,林地/km²,小计/km,边界/m"
    table = read_table(f"{head}\n东区,120.5,80.25,200.75,41.5\n西区,301.5,33.5,335.0,90.2\n")
    parts = ["东区|林地/km²", "东区|草地/km²"]
    assert only(table, "sum")[0] == {"total": ["东区|小计/km"], "part": parts}
    assert table.figures.groupby("column")["unit"].first()["边界/m"] == "m"
    # A total of lengths, too, is what it says.
    table = read_table("地区,东线/km,草地/km²,小计/km\n甲,12.5,30.5,43.0\n乙,11.5,20.5,32.0\n")
    assert not only(table, "sum")


def test_coefficients_are_not_added_up():
    table = read_table("地区,企业,变异系数\n全国,35,0.5244\n东部,20,0.3625\n西部,15,0.1619\n")
    assert [claim["total"] for claim in only(table, "sum")] == [["全国|企业"]]


@pytest.mark.parametrize("last", ["比上年同期\n增长(%)", "比上年同期增长(%)"])
def test_what_a_heading_divides_is_the_total_where_its_rows_exceed_the_one_above(last):
    # 30 + 20 of the branches are more than the 45 of 三产, deeper though they stand.
    rows = [("总产值", 95, 3.5), ("  按产业分",), ("    一产", 10, 1.2), ("    二产", 40, 2.0)]
    rows += [
        ("    三产", 45, 4.1),
        ("  按行业分",),
        ("    # 甲业", 30, 1.5),
        ("      乙业", 20, 2.5),
    ]
    text = "\n".join(["总量", "(亿元)", last, *(str(x) for row in rows for x in row)])
    table = read_table(text)
    assert set(table.figures["column"]) == {"总量(亿元)", "比上年同期增长(%)"}
    amount = "总量(亿元)"
    names = ["一产", "三产", "二产"]
    assert only(table, "sum") == [
        {"total": [f"总产值|{amount}"], "part": sorted(f"{name}|{amount}" for name in names)}
    ]
    assert only(table, "part") == [
        {"total": [f"总产值|{amount}"], "part": sorted([f"# 甲业|{amount}", f"乙业|{amount}"])}
    ]


def test_rows_without_a_number_go_on_with_the_list_of_a_numbered_one():
    rows = "一、税收,90,99\n1、增值税,50,55\n其中:甲税,30,31\n乙税,8,9\n2、所得税,40,44\n"
    parts = only(read_table("项目,预算,决算\n" + rows), "part")
    assert {"total": ["1、增值税|决算"], "part": ["乙税|决算", "其中:甲税|决算"]} in parts
    assert len(parts) == 2
    # Where no number closes the list, what stands below it may be of anything.
    parts = only(read_table("项目,预算,决算\n" + rows.rsplit("2、", 1)[0]), "part")
    assert not any("乙税|决算" in claim["part"] for claim in parts if "1、" in claim["total"][0])


def test_rows_divided_by_a_line_between_them():
    table = read_table(
        "| 类别 | 2012 | 2013 |\n| 盗窃 | 100 | 90 |\n| 按类别分 | | |\n| 扒窃 | 40 | 30 |\n"
        "| 其他盗窃 | 50 | 50 |\n| 杀人 | 2 | 3 |\n"
    )
    assert only(table, "part")[0] == {
        "total": ["盗窃|2012"],
        "part": ["其他盗窃|2012", "扒窃|2012"],
    }


def test_label_that_introduces_its_parts():
    table = read_table(
        "类别,上年,本年\n劫案,包括:,59,44\n".replace("劫案,包括:", '"劫案,包括:"')
        + "- 银行,4,2\n- 其他,55,42\n盗窃,70,80\n"
    )
    assert only(table, "sum")[0]["total"] == ["劫案,包括:|上年"]


def test_labels_that_begin_with_another():
    table = read_table(
        "地区,出生,死亡\n甲县,30,9\n甲县东乡,10,4\n甲县西乡,20,5\n乙县,8,3\n乙县南乡,3,1\n"
    )
    assert only(table, "sum")[0] == {
        "total": ["甲县|出生"],
        "part": ["甲县东乡|出生", "甲县西乡|出生"],
    }
    assert only(table, "part")[0] == {"total": ["乙县|出生"], "part": ["乙县南乡|出生"]}


def test_months_of_a_year():
    table = read_table(
        "年月 甲市 乙市\n109年 100 200\n109年 11月 5 9\n110年(1月至2月) 7 9\n"
        "110年1月 3 4\n110年2月 4 5\n"
    )
    assert only(table, "part")[0]["total"] == ["109年|甲市"]
    assert only(table, "sum")[0] == {
        "total": ["110年(1月至2月)|甲市"], "part": ["110年1月|甲市", "110年2月|甲市"]
    }  # fmt: skip


def test_rows_that_add_up_though_no_label_says_so():
    table = read_table(
        "类别,2015,2016,2017,2018\n侵犯人身,250,271,291,267\n"
        "杀人,10,6,12,12\n伤害,187,178,174,165\n"
        "非法拘禁,53,87,105,90\n纵火,44,31,27,38\n"
    )
    assert only(table, "sum")[0]["part"] == ["伤害|2015", "杀人|2015", "非法拘禁|2015"]
    assert len(only(table, "sum")) == 4


def test_a_missing_part_leaves_a_partial_list():
    table = read_table("类别,2018年,2019年\n合计,21,17\n盗窃,12,13\n诈骗,9,-\n")
    assert [kind for kind, _ in claims(table)] == ["sum", "part"]
    assert verdicts(table) == ["agrees", "agrees"]


def test_no_sum_over_rates_but_over_shares_of_a_whole():
    table = read_table("地区,破案率(%),占比(%)\n合计,45.0,100.0\n甲,40.0,60.0\n乙,50.0,40.0\n")
    assert [roles["total"] for roles in only(table, "sum")] == [["合计|占比(%)"]]


def test_contradiction_in_one_column_of_many():
    table = read_table("类别,甲,乙,丙,丁\n盗窃,12,5,7,8\n诈骗,9,4,1,2\n合计,21,9,8,11\n")  # 8+2=10
    assert verdicts(table) == ["agrees", "agrees", "agrees", "contradicts"]


def test_what_holds_in_few_is_no_claim():
    table = read_table("类别,甲,乙,丙,丁\n盗窃,12,5,7,8\n诈骗,9,4,1,2\n总计,500,9,1,40\n")
    assert [v for v in verdicts(table) if v == "contradicts"] == []


def test_memoranda_in_brackets_are_not_added():
    table = read_table(
        "类别,上年,本年\n盗窃案包括:,300,330\n- 扒窃,100,110\n- 店铺,200,220\n- 失车,(50),(60)\n"
    )
    assert only(table, "sum")[0]["part"] == ["- 店铺|上年", "- 扒窃|上年"]


def test_a_total_divided_in_two_ways_has_two_lists_of_parts():
    """310 + 190 = 500 = 420 + 80, and 1020 + 380 = 1400 = 900 + 500."""
    table = read_table(
        "| 项目 | 2012 | 2013 | 2014 |\n| 完成额 | 5001 | 6002 | 14003 |\n| 按类型分 | | | |\n"
        "| 国有 | 3100 | 2001 | 10201 |\n| 其他类型 | 1901 | 4001 | 3802 |\n| 按用途分 | | | |\n"
        "| 住宅 | 4200 | 5001 | 9001 |\n| 办公 | 801 | 1001 | 5002 |\n"
    )
    sums = only(table, "sum")
    assert {"total": ["完成额|2012"], "part": ["其他类型|2012", "国有|2012"]} in sums
    assert {"total": ["完成额|2012"], "part": ["住宅|2012", "办公|2012"]} in sums
    assert len(sums) == 6


def test_a_second_division_that_is_not_whole_is_a_list_of_parts_of_the_same_total():
    table = read_table(
        "| 项目 | 2012 | 2013 | 2014 |\n| 完成额 | 5001 | 6002 | 14003 |\n| 按类型分 | | | |\n"
        "| 国有 | 3100 | 2001 | 10201 |\n| 其他类型 | 1901 | 4001 | 3802 |\n| 按用途分 | | | |\n"
        "| 住宅 | 4200 | 5001 | 9001 |\n| 办公 | 501 | 901 | 4002 |\n"
    )
    assert only(table, "part")[0] == {"total": ["完成额|2012"], "part": ["住宅|2012", "办公|2012"]}


def test_a_division_behind_one_that_is_not_whole_adds_up_on_its_own():
    """5001 = 4000 + 1001, 6002 = 5002 + 1000, 14003 = 9003 + 5000."""
    table = read_table(
        "| 项目 | 2012 | 2013 | 2014 |\n| 完成额 | 5001 | 6002 | 14003 |\n| 按构成分 | | | |\n"
        "| 建筑工程 | 3100 | 2001 | 10201 |\n| 安装工程 | 901 | 1001 | 3002 |\n"
        "| Grouped by use | | | |\n| 住宅 | 4000 | 5002 | 9003 |\n| 办公 | 1001 | 1000 | 5000 |\n"
    )
    assert {"total": ["完成额|2012"], "part": ["住宅|2012", "办公|2012"]} in only(table, "sum")
    assert {"total": ["完成额|2014"], "part": ["安装工程|2014", "建筑工程|2014"]} in only(
        table, "part"
    )


def test_a_number_in_brackets_among_others_is_left_out_of_no_sum_and_added_to_none():
    """(50) may be below zero: 1000 + 121 - 50 = 1071; no claim there rather than a wrong one."""
    table = read_table(
        "项目,2017,2018,2019\n拨款,520,1000,746\n服务,50,121,10\n"
        "其他支出,8,(50),(6)\n支出合计,578,1071,750\n"
    )
    assert only(table, "sum") == [
        {"total": ["支出合计|2017"], "part": ["其他支出|2017", "拨款|2017", "服务|2017"]}
    ]


def test_rows_add_up_though_they_stand_further_out_than_their_total():
    table = read_table(
        "<table><tr><td>学校</td><td>2005</td><td>2006</td><td>2007</td></tr>"
        "<tr><td>&nbsp;&nbsp;普通中学</td><td>179401</td><td>179429</td><td>183464</td></tr>"
        "<tr><td>&nbsp;高中</td><td>50601</td><td>50607</td><td>51766</td></tr>"
        "<tr><td>初中</td><td>128800</td><td>128822</td><td>131698</td></tr></table>"
    )
    assert only(table, "sum")[0] == {"total": ["普通中学|2005"], "part": ["初中|2005", "高中|2005"]}


def test_of_which_begins_a_list_again_below_another_that_adds_up():
    """1340 + 130 = 1470 = 300 + 310 + 860 and so on."""
    table = read_table(
        "指标,6月,7月,8月\n零售额,1470.3,1512.4,1333.1\n"
        "# 批发,1340.1,1402.2,1203.4\n住宿,130.2,110.2,129.7\n"
        "# 吃,300.2,310.3,280.1\n穿,309.9,298.1,210.0\n用,860.2,904.0,843.0\n"
    )
    assert {"total": ["零售额|6月"], "part": ["# 吃|6月", "用|6月", "穿|6月"]} in only(table, "sum")
    assert {"total": ["零售额|6月"], "part": ["# 批发|6月", "住宿|6月"]} in only(table, "sum")


def test_a_column_that_says_of_which_is_a_part_of_the_one_before_it():
    table = read_table("学校,教师,其中:女教师,学生\n甲校,120,70,900\n乙校,88,40,700\n")
    assert only(table, "part") == [
        {"total": [f"{n}|教师"], "part": [f"{n}|其中:女教师"]} for n in ("甲校", "乙校")
    ]


def test_columns_that_no_total_column_adds_up_are_no_list_of_parts():
    table = read_table("年,死亡,重伤,合计\n2007,4,181,882\n2008,4,194,831\n2009,1,155,674\n")
    assert claims(table) == []


def test_the_total_of_groups_of_columns_whose_own_totals_have_other_names():
    """Heads of three levels: 合计 over 小计 of each group, and 男 over 男."""
    text = (
        "<table><tr><td rowspan=3>地区</td><td colspan=9>人口数</td></tr><tr>"
        "<td colspan=3>合计</td><td colspan=3>家庭户</td><td colspan=3>集体户</td></tr><tr>"
        + "<td>合计</td><td>男</td><td>女</td>"
        + 2 * "<td>小计</td><td>男</td><td>女</td>"
        + "</tr><tr><td>甲</td><td>9496</td><td>4975</td><td>4521</td><td>8155</td><td>4040</td>"
        "<td>4115</td><td>1341</td><td>935</td><td>406</td></tr>"
        "<tr><td>乙</td><td>5313</td><td>2710</td><td>2603</td><td>4876</td><td>2410</td>"
        "<td>2466</td><td>437</td><td>300</td><td>137</td></tr>"
        "<tr><td>丙</td><td>11498</td><td>5815</td><td>5683</td><td>10338</td><td>5131</td>"
        "<td>5207</td><td>1160</td><td>684</td><td>476</td></tr></table>"
    )
    table = read_table(text)
    sums = only(table, "sum")
    assert len(sums) == 18  # six a row
    assert {
        "total": ["甲|人口数 / 合计 / 男"],
        "part": ["甲|人口数 / 家庭户 / 男", "甲|人口数 / 集体户 / 男"],
    } in sums
    assert set(verdicts(table)) == {"agrees"}


def test_the_numbers_of_a_cell_are_columns_of_their_own():
    """63 of 140 are 45.0%: the share stands in the cell of its number."""
    table = read_table(
        "| 年 | 行人 | 合计 |\n| --- | --- | --- |\n| 2005 | 63 (45.0%) | 140 |\n"
        "| 2006 | 50 (40.0%) | 125 |\n| 2007 | 81 (54.0%) | 150 |\n| 2008 | 66 (50.0%) | 132 |\n"
    )
    assert only(table, "ratio")[0] == {
        "rate": ["2005|行人"], "numerator": ["2005|行人"], "denominator": ["2005|合计"]
    }  # fmt: skip
    assert len(only(table, "ratio")) == 4


def test_totals_of_ten_thousands_are_rounded_and_may_be_off_by_one():
    """单位:万美元 in two languages: 7062 of 3664 + 3399 is no contradiction."""
    table = read_table(
        "单位:万美元 (USD10000)\n年份    合计   进口   出口\n2019    7062   3664   3399\n"
        "2020    5003   2001   3002\n2021    6410   3110   3300\n"
    )
    assert set(table.figures["unit"]) == {"万美元"}
    assert verdicts(table) == ["agrees"] * 3


# --- Changes --------------------------------------------------------------------------------------


def test_difference_and_percent_of_two_years_are_one_claim():
    table = read_table("类别,2018年,2019年,增减,增减%\n盗窃,80,100,20,25.0\n诈骗,50,40,-10,-20.0\n")
    assert only(table, "change")[0] == {
        "current": ["盗窃|2019年"],
        "prior": ["盗窃|2018年"],
        "difference": ["盗窃|增减"],
        "change": ["盗窃|增减%"],
    }
    assert verdicts(table) == ["agrees", "agrees"]


def test_current_and_prior_by_their_names():
    table = read_table(
        "项目,本年预算,上年完成,比上年增减%\n税收,110,100,10.00\n收费,45,50,-10.00\n"
    )
    assert only(table, "change")[1]["prior"] == ["收费|上年完成"]


def test_month_and_cumulated_have_a_change_each():
    table = read_table(
        "<table><tr><td rowspan=2>类别</td><td colspan=3>当月</td><td colspan=3>累计</td></tr>"
        "<tr><td>本期</td><td>同期</td><td>增减%</td><td>本期</td><td>同期</td><td>增减%</td></tr>"
        "<tr><td>盗窃</td><td>11</td><td>10</td><td>10.0</td><td>120</td><td>100</td><td>20.0</td></tr>"
        "<tr><td>诈骗</td><td>9</td><td>12</td><td>-25.0</td><td>90</td><td>75</td><td>20.0</td></tr>"
        "</table>"
    )
    found = only(table, "change")
    assert {
        "current": ["诈骗|累计 / 本期"],
        "prior": ["诈骗|累计 / 同期"],
        "change": ["诈骗|累计 / 增减%"],
    } in found
    assert len(found) == 4


def test_change_whose_prior_is_not_printed():
    table = read_table("指标,绝对数(亿元),同比增长(%)\n一产,287.0,2.2\n二产,714.1,6.2\n")
    assert only(table, "change")[0] == {
        "current": ["一产|绝对数(亿元)"],
        "change": ["一产|同比增长(%)"],
    }
    assert table.figures["against"].tolist()[1] == "year earlier"


def test_change_against_the_row_before():
    table = read_table(
        "年份,立案,增减率(%)\n2016,200,\n2017,250,25.0\n2018,240,-4.0\n2019,300,25.0\n"
    )
    assert only(table, "change")[1] == {
        "current": ["2018|立案"],
        "prior": ["2017|立案"],
        "change": ["2018|增减率(%)"],
    }


def test_row_of_changes_under_two_rows():
    table = read_table(
        "Year,Murder,Robbery\n2014,400,120\n2015,410,150\nPercent change,+2.5,+25.0\n"
    )
    assert only(table, "change") == [
        {"current": [f"2015|{c}"], "prior": [f"2014|{c}"], "change": [f"Percent change|{c}"]}
        for c in ("Murder", "Robbery")
    ]


def test_change_of_a_rate_is_in_percentage_points():
    table = read_table(
        "指标,2018年,2019年,增减\n破案率(%),45.6,47.1,1.5\n起诉率(%),80.0,79.0,-1.0\n"
    )
    assert table.figures["unit"].tolist()[2] == "percentage point"
    assert verdicts(table) == ["agrees", "agrees"]


def test_sizes_of_changes_without_a_sign_say_nothing_of_those_that_fell():
    # 631 / 681 = -7.3 %, 2258 / 1890 = 19.5 %, 210 / 288 = -27.1 %: arrows that are lost
    table = read_table(
        "类别,2017年,2018年,增减%\n甲,681,631,7.3\n乙,1890,2258,19.5\n丙,288,210,27.1\n"
    )
    assert [c["current"] for c in only(table, "change")] == [["乙|2018年"]]


def test_one_change_without_its_sign_is_contradicted():
    # 631 / 681 = -7.3 %, 2258 / 1890 = 19.5 %, 310 / 288 = 7.6 %
    table = read_table(
        "类别,2017年,2018年,增减%\n甲,681,631,7.3\n乙,1890,2258,19.5\n丙,288,310,7.6\n"
    )
    assert verdicts(table) == ["contradicts", "agrees", "agrees"]


def test_what_is_signed_and_named_after_the_year_before_is_a_change():
    table = read_table(
        "罪名,件数,前年比(件),前年比(%)\n甲,900,-100,-10.0\n乙,450,-50,-10.0\n丙,93,-7,-7.0\n"
    )
    changes = only(table, "change")
    assert {"current": ["甲|件数"], "difference": ["甲|前年比(件)"]} in changes
    assert {"current": ["丙|件数"], "change": ["丙|前年比(%)"]} in changes


def test_wrong_change_is_caught():
    table = read_table(
        "类别,上年,本年,增减%\n盗窃,80,100,25.0\n诈骗,50,40,-20.0\n抢劫,40,50,52.0\n"
    )
    assert verdicts(table) == ["agrees", "agrees", "contradicts"]


# --- Shares and rates -----------------------------------------------------------------------------


def test_share_of_the_total_row():
    table = read_table("类别,数量,占比(%)\n盗窃,30,75.0\n诈骗,10,25.0\n合计,40,100\n")
    assert only(table, "ratio")[0] == {
        "rate": ["盗窃|占比(%)"],
        "numerator": ["盗窃|数量"],
        "denominator": ["合计|数量"],
    }
    assert set(verdicts(table)) == {"agrees"}


def test_share_that_is_wrong_in_one_row():
    table = read_table("类别,数量,占比(%)\n盗窃,30,60.0\n诈骗,10,30.0\n抢劫,10,20.0\n合计,50,100\n")
    ratios = audit(table)[lambda x: x["kind"] == "ratio"]["verdict"].tolist()
    assert ratios == ["agrees", "contradicts", "agrees", "agrees"]  # 10 of 50 are 20%


def test_rate_per_population_of_two_columns():
    table = read_table(
        "地区,出生数,死亡数,年中人口,出生率(‰)\n甲,95,204,15459,6.15\n乙,220,172,15666,14.04\n"
    )
    assert only(table, "ratio")[0] == {
        "rate": ["甲|出生率(‰)"],
        "numerator": ["甲|出生数"],
        "denominator": ["甲|年中人口"],
    }


def test_factor_that_is_not_stated_is_found_and_said():
    table = read_table(
        "地区,出生数,人口,粗出生率\n甲,95,15459,6.15\n乙,220,15666,14.04\n丙,187,16585,11.28\n"
    )
    assert table.figures.loc[table.figures["column"] == "粗出生率", "unit"].tolist() == ["‰"] * 3
    assert table.relations["note"].str.contains("not stated").any()


def test_a_rate_that_recomputes_from_nothing_printed_is_no_claim():
    table = read_table(
        "年,收案,结案,维持率\n2016,288,286,63.5\n2017,275,270,67.4\n2018,272,250,64.9\n"
    )
    assert only(table, "ratio") == []


# --- Stocks ---------------------------------------------------------------------------------------


def test_what_a_year_opens_with_is_what_the_last_one_closed_with():
    table = read_table(
        "年,旧受,新受,终结,未结\n2016,10,90,80,20\n2017,20,95,90,25\n"
        "2018,26,80,70,36\n2019,36,9,5,40\n"
    )
    stocks = [r for r in only(table, "sum") if len(r["part"]) == 1]
    assert stocks[0] == {"total": ["2017|旧受"], "part": ["2016|未结"]}
    assert verdicts(table)[:3] == ["agrees", "contradicts", "agrees"]  # 25 and 26


# --- Proposed, and said ---------------------------------------------------------------------------


def test_every_claim_is_proposed_with_what_ties_it():
    table = read_table(
        "类别,2018年,2019年,增减%\n合计,30,40,33.3\n盗窃,20,25,25.0\n诈骗,10,15,50.0\n"
    )
    assert (table.relations["status"] == "proposed").all()
    assert (table.relations["note"] != "").all()


def test_no_claim_where_the_layout_makes_none():
    table = read_table("类别,甲,乙\n盗窃,12,5\n诈骗,9,4\n抢劫,3,8\n")
    assert claims(table) == []


def test_same_claims_with_the_table_on_its_side():
    table = read_table(
        "指标,盗窃,诈骗,合计\n2018年,20,10,30\n2019年,25,15,40\n增减%,25.0,50.0,33.3\n"
    )
    assert {"total": ["2018年|合计"], "part": ["2018年|盗窃", "2018年|诈骗"]} in only(table, "sum")
    assert {
        "current": ["2019年|诈骗"], "prior": ["2018年|诈骗"], "change": ["增减%|诈骗"]
    } in only(table, "change")  # fmt: skip


def changes_of(text):
    table = read_table(text)
    held = table.relations[table.relations["kind"] == "change"]
    return [
        tuple(table.figures.loc[figures["figure"], "column"])
        for _, figures in held.groupby("relation", sort=False)
    ]


def test_changes_belong_to_the_level_of_the_same_name_below_the_head_alike():
    """累计比去年同期±% has 数量 and 金额 below it, as 1至12月累计 has."""
    text = (
        "<table><tr><th rowspan=2>商品</th><th colspan=2>12月</th><th colspan=2>1至12月累计</th>"
        "<th colspan=2>累计比去年同期±%</th></tr><tr>" + "<th>数量</th><th>金额</th>" * 3 + "</tr>"
        "<tr><td>水产品</td><td>34.1</td><td>18.3</td><td>372.9</td><td>206.8</td><td>-3.1</td>"
        "<td>8.6</td></tr></table>"
    )
    assert changes_of(text) == [
        ("1至12月累计 / 数量", "累计比去年同期±% / 数量"),
        ("1至12月累计 / 金额", "累计比去年同期±% / 金额"),
    ]


def test_changes_of_a_budget_are_of_what_was_carried_out():
    text = "项目,预算数,执行数,比上年±%\n教育,45600,46055,7.2\n科技,1200,1104,-10.3\n"
    assert changes_of(text) == [("执行数", "比上年±%")] * 2


@pytest.mark.parametrize("head", ["年均增长率(%)", "自然增长率(‰)", "average annual growth (%)"])
def test_growth_a_year_and_natural_growth_are_no_changes_of_the_level_beside_them(head):
    assert changes_of(f"地区,人口,{head}\n甲,2189,1.2\n乙,1386,0.7\n丙,7461,0.3\n") == []


def test_a_ratio_of_two_columns_is_no_amount_that_adds_up():
    """性别比 is 男 per 100 女: 102 of 100, no sum over districts."""
    text = "地区,男,女,性别比\n全县,510,500,102.00\n甲,306,300,102.00\n乙,204,200,102.00\n"
    table = read_table(text)
    kinds = table.relations.drop_duplicates("relation")["kind"].value_counts()
    assert kinds.to_dict() == {"ratio": 3, "sum": 2}


def test_the_unit_of_a_total_holds_for_its_parts():
    text = (
        "指标,2018,2019,2020\n生产总值(亿元),100,131,140\n第一产业,20,30,31\n第二产业,80,101,109\n"
    )
    table = read_table(text)
    assert table.relations.drop_duplicates("relation")["kind"].tolist() == ["sum"] * 3


def test_what_was_not_looked_for_in_a_large_table_is_said():
    rows = "\n".join(f"地区{n},{n % 7 + 1},{n % 5 + 1}" for n in range(500))
    reasons = read_table(f"地区,立案,破案\n{rows}\n").passed_over["reason"]
    assert len(reasons) == 1
    assert "500 rows, more than 400" in reasons.iloc[0]


# --- Which level a change is of -------------------------------------------------------------------


def levels_of(table):
    """The current and prior figure of each change, "" where none is printed."""
    found = {}
    for _, claim in table.relations[table.relations["kind"] == "change"].groupby("relation"):
        roles = dict(zip(claim["role"], claim["figure"], strict=True))
        found[roles.get("change", "")] = roles["current"], roles.get("prior", "")
    return found


def test_a_change_is_of_the_level_whose_label_begins_alike():
    table = read_table(
        "地区,当月产量,累计产量,当月增长(%),累计增长(%)\n甲,12.1,30.2,5.1,4.2\n乙,9.5,28.8,-2.0,1.1\n"
    )
    assert levels_of(table)["r01_c3"] == ("r01_c1", "")
    assert levels_of(table)["r01_c4"] == ("r01_c2", "")


def test_a_change_in_a_group_is_of_the_value_before_it():
    table = read_table(
        "单位 | 收入 | | | 支出 | | |\n | 当月 | 累计 | 增幅% | 当月 | 累计 | 增幅% |\n"
        "甲 | 737 | 2342 | -10.9 | 380 | 744 | -4.1 |\n"
        "乙 | 140 | 540 | -22.8 | 593 | 1295 | -27.6 |\n"
    )
    assert levels_of(table)["r01_c3"] == ("r01_c2", "")
    assert levels_of(table)["r01_c6"] == ("r01_c5", "")


def test_a_row_of_changes_below_its_level_over_two_periods():
    # 77.3 / 84.8 - 1 = -8.84 %
    table = read_table("Item,Jan 2019,Jan 2020\nValue,84.8,77.3\nValue (yoy%),+7.0,-8.8\n")
    assert levels_of(table)["r02_c2"] == ("r01_c2", "r01_c1")


def test_growth_at_other_prices_has_no_prior_in_the_table():
    # people: 310 / 311 - 1 = -0.3 %; of the products in 亿元 none is what the two years give
    table = read_table(
        "指标,计量单位,2022年,2021年,增长(%)\n人口,万人,310,311,-0.3\n城镇,万人,210,207,1.4\n乡村,万人,100,104,-3.8\n"
        "总值,亿元,1830,1651,6.1\n一产,亿元,112,108,4.5\n二产,亿元,850,742,7.2\n三产,亿元,868,801,5.3\n"
    )
    found = levels_of(table)
    assert found["r01_c3"] == ("r01_c1", "r01_c2")
    assert found["r04_c3"] == ("r04_c1", "")
    assert not (audit(table)["verdict"] == "contradicts").any()


def test_a_label_that_begins_with_that_of_another_thing_is_no_part_of_it():
    table = (
        "| 品名 | 等级 | 均价 |\n|---|---|---|\n| 黄瓜 | 一级 | 5.42 |\n| 萝卜 | 一级,白 | 1.49 |\n"
    )
    assert read_table(table).relations.empty
    same = only(read_table(table.replace("萝卜", "黄瓜")), "part")
    assert same == [{"total": ["黄瓜 / 一级|均价"], "part": ["黄瓜 / 一级,白|均价"]}]
