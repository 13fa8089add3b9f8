"""Sums of lines whose names are alike. Made-up tables, added up by hand."""

import pytest
from building import roles_by_place

from analysis import audit, read_table

FUNDS = (
    "年份,养老支出,养老收入,医疗支出,医疗收入,社会支出,社会收入\n"
    "2001年,310.5,402.3,120.4,131.2,430.9,533.5\n"
    "2002年,333.1,425.8,131.7,140.9,464.8,566.7\n"
    "2003年,352.6,441.9,140.2,152.3,492.8,594.2\n"
    "2004年,371.4,470.6,153.8,160.7,525.2,631.3\n"
)


def test_columns_that_end_alike_and_add_up_are_a_sum():
    # 310.5 + 120.4 = 430.9, 402.3 + 131.2 = 533.5, and so on in each year
    table = read_table(FUNDS)
    sums = roles_by_place(table, "sum")
    assert {"total": ["2004年|社会支出"], "part": ["2004年|养老支出", "2004年|医疗支出"]} in sums
    assert len(sums) == 8
    assert (audit(table)["verdict"] == "agrees").all()


def test_a_slip_in_one_of_their_rows_is_contradicted():
    table = read_table(FUNDS.replace("492.8", "498.2"))
    verdict = audit(table)["verdict"]
    assert (len(verdict), (verdict == "contradicts").sum()) == (8, 1)


def test_a_name_that_others_go_on_with_is_their_total():
    # 15 + 25 = 40; what is named after new ones adds up apart
    table = read_table(
        "day,samples,samples_new,samples_lab,samples_lab_new,samples_home,samples_home_new\n"
        "2020-10-01,2670,245,2410,240,260,5\n2020-10-02,2701,31,2433,23,268,8\n"
        "2020-10-03,2719,18,2441,8,278,10\n2020-10-04,2755,36,2464,23,291,13\n"
    )
    totals = {claim["total"][0].split("|")[1] for claim in roles_by_place(table, "sum")}
    assert totals == {"samples", "samples new"}


def test_rows_of_one_name_in_groups_add_up_to_that_of_the_last_group():
    # 812 + 605 = 1417 men, 361 + 180 = 541 women
    table = read_table(
        "| 类别 | 性别 | 2019年 | 2020年 |\n|---|---|---|---|\n"
        "| 服刑 | 男 | 812 | 795 |\n| 服刑 | 女 | 361 | 329 |\n"
        "| 羁押 | 男 | 605 | 568 |\n| 羁押 | 女 | 180 | 160 |\n"
        "| 整体 | 男 | 1417 | 1363 |\n| 整体 | 女 | 541 | 489 |\n"
    )
    sums = roles_by_place(table, "sum")
    assert {
        "total": ["整体 / 女|2020年"],
        "part": ["服刑 / 女|2020年", "羁押 / 女|2020年"],
    } in sums
    assert (audit(table)["verdict"] == "agrees").all()


def test_names_alike_that_do_not_add_up_are_no_sum():
    table = read_table(
        "年份,粮食产量,蔬菜产量,水果产量\n2001年,4120,1530,822\n2002年,4311,1618,901\n"
        "2003年,4027,1702,955\n"
    )
    assert table.relations.empty


AGES = (
    "年龄,2019年,2020年,2021年\n15-24岁,231,228,224\n15-64岁,802,806,811\n15岁以上,819,824,831\n"
    "25-54岁,491,494,499\n25岁以上,588,596,607\n55岁以上,97,102,108\n"
)


def test_ages_that_others_make_up_are_their_sum():
    # 231 + 588 = 819, 491 + 97 = 588 in 2019; 228 + 596 = 824, 494 + 102 = 596 in 2020
    table = read_table(AGES)
    assert [c for c in roles_by_place(table, "sum") if "2019年" in c["total"][0]] == [
        {"total": ["15岁以上|2019年"], "part": ["15-24岁|2019年", "25岁以上|2019年"]},
        {"total": ["25岁以上|2019年"], "part": ["25-54岁|2019年", "55岁以上|2019年"]},
    ]
    assert (audit(table)["verdict"] == "agrees").all()
    verdict = audit(read_table(AGES.replace("494", "449")))["verdict"]
    assert (verdict == "contradicts").sum() == 1


def test_ages_with_a_gap_between_them_make_up_nothing():
    table = read_table(AGES.replace("25岁以上", "26岁以上").replace("25-54", "25-50"))
    assert table.relations.empty


def test_spans_of_months_are_the_sums_of_their_months():
    # 12 + 15 = 27, 31 + 22 + 18 = 71; 22 + 11 = 33, 27 + 29 + 14 = 70; and so on
    table = read_table(
        "region,JAN,FEB,MAR,APR,MAY,Jan-Feb,Mar-May\nNorth,12,15,31,22,18,27,71\n"
        "South,22,11,27,29,14,33,70\nEast,41,23,37,19,24,64,80\n"
    )
    sums = roles_by_place(table, "sum")
    assert {"total": ["East|Jan-Feb"], "part": ["East|FEB", "East|JAN"]} in sums
    assert {"total": ["North|Mar-May"], "part": ["North|APR", "North|MAR", "North|MAY"]} in sums
    assert len(sums) == 6


def test_months_of_which_one_lacks_make_up_no_quarter():
    table = read_table("地区,1月,2月,一季度\n甲,12,15,58\n乙,22,11,60\n丙,41,23,90\n")
    assert table.relations.empty


HEADS = (
    "<table><tr><th rowspan=3>年份</th><th colspan=6>风电</th></tr><tr><th colspan=2>小计</th>"
    "<th colspan=2>陆上</th><th colspan=2>海上</th></tr>"
    "<tr><th>千瓦时</th><th>占比(%)</th><th>千瓦时</th><th>占比(%)</th><th>千瓦时</th><th>占比(%)</th>"
    "</tr>"
)


def rows_of(*rows):
    return "".join(
        f"<tr>{''.join(f'<td>{cell}</td>' for cell in row.split())}</tr>" for row in rows
    )


def test_columns_alike_under_heads_add_up_to_the_one_called_total():
    # 30 + 70 = 100 and 3.1 + 7.2 = 10.3; 44 + 81 = 125 and 4.0 + 7.5 = 11.5
    rows = rows_of("2019年 100 10.3 30 3.1 70 7.2", "2020年 125 11.5 44 4.0 81 7.5")
    table = read_table(f"{HEADS}{rows}</table>")
    sums = roles_by_place(table, "sum")
    shares = ["风电 / 海上 / 占比(%)", "风电 / 陆上 / 占比(%)"]
    assert {
        "total": ["2019年|风电 / 小计 / 占比(%)"],
        "part": [f"2019年|{column}" for column in shares],
    } in sums
    assert len(sums) == 4
    assert (audit(table)["verdict"] == "agrees").all()


def test_shares_under_heads_that_do_not_add_up_are_no_sum():
    # 10.3 is not 5.1 + 7.2, 11.5 not 2.0 + 7.5: shares of wholes of their own
    rows = rows_of("2019年 100 10.3 30 5.1 70 7.2", "2020年 125 11.5 44 2.0 81 7.5")
    sums = roles_by_place(read_table(f"{HEADS}{rows}</table>"), "sum")
    assert [claim["total"][0] for claim in sums] == [
        "2019年|风电 / 小计 / 千瓦时",
        "2020年|风电 / 小计 / 千瓦时",
    ]


def test_two_of_several_names_that_alone_make_up_their_total():
    # 843 + 477 = 1320, 853 + 454 = 1307, 801 + 466 = 1267; the others are of another kind
    table = read_table(
        "Category,2021,2022,2023\nTotal injuries,1320,1307,1267\nPedestrian injuries,309,271,288\n"
        "Urban injuries,843,853,801\nCyclist injuries,149,144,151\nRural injuries,477,454,466\n"
    )
    assert roles_by_place(table, "sum") == [
        {
            "total": [f"Total injuries|{year}"],
            "part": [f"Rural injuries|{year}", f"Urban injuries|{year}"],
        }
        for year in (2021, 2022, 2023)
    ]


def test_a_group_of_few_digits_adds_up_as_those_with_the_same_labels_do():
    # 61 = 32 + 29 and so on; 3 = 2 + 1, 4 = 2 + 2, 2 = 2 + 0 alone would be chance
    table = read_table(
        "地区,性别,2001年,2002年,2003年\n东,男女,61,75,84\n,男,32,40,41\n,女,29,35,43\n"
        "西,男女,50,93,77\n,男,26,51,36\n,女,24,42,41\n南,男女,81,66,58\n,男,41,30,31\n,女,40,36,27\n"
        "岛,男女,3,4,2\n,男,2,2,2\n,女,1,2,0\n"
    )
    total, parts = ["岛 / 男女|2002年"], ["岛 / 女|2002年", "岛 / 男|2002年"]
    assert {"total": total, "part": parts} in roles_by_place(table, "sum")


def test_shares_add_up_as_the_amounts_beside_them_do():
    # 31.2 + 12.4 = 43.6 and 6.9 + 2.7 = 9.6; -8.5 + 20.1 = 11.6 and -1.9 + 4.5 = 2.6; and so on
    table = read_table(
        "<table><tr><th rowspan=2>等级</th><th colspan=2>前期</th><th colspan=2>后期</th>"
        "<th colspan=2>全期</th></tr><tr>" + "<th>面积</th><th>比例%</th>" * 3 + "</tr>"
        + "".join(
            f"<tr><td>{row.replace(',', '</td><td>')}</td></tr>"
            for row in (
                "低,31.2,6.9,12.4,2.7,43.6,9.6", "中,-8.5,-1.9,20.1,4.5,11.6,2.6",
                "高,-22.7,-5.0,-32.5,-7.2,-55.2,-12.2", "极高,91.3,20.3,14.4,3.2,105.7,23.5",
            )
        )
        + "</table>"
    )  # fmt: skip
    sums = roles_by_place(table, "sum")
    assert {"total": ["中|全期 / 比例%"], "part": ["中|前期 / 比例%", "中|后期 / 比例%"]} in sums
    assert len(sums) == 2 * 4


def test_numbered_rows_add_up_to_the_one_row_without_a_number_that_they_fit():
    # 71937 + 20508 + 6274 = 98719, and what stands between is of other rows
    table = read_table(
        "项目,预算数\n全部来源,98719\n其中:税收,60126\n其他,38593\n税收比例%,60.91\n一、地方,71937\n1、甲税,41937\n2、乙税,30000\n二、中央,20508\n"
        "三、省级,6274\n1、甲税,6000\n2、丙税,274\n上年来源,98019\n"
    )
    assert {
        "total": ["全部来源|预算数"],
        "part": sorted(["一、地方|预算数", "二、中央|预算数", "三、省级|预算数"]),
    } in roles_by_place(table, "sum")


STAFF = (
    "<table><tr><td rowspan=2>学校</td><td colspan=2>教职工</td></tr>"
    "<tr><td>{}</td><td>{}</td></tr>"
    "<tr><td>高校</td><td>213</td><td>110</td></tr><tr><td>中学</td><td>600</td><td>420</td></tr>"
    "<tr><td>小学</td><td>187</td><td>150</td></tr></table>"
)


@pytest.mark.parametrize("heads", [("合计", "专任教师"), ("总计", "女"), ("Total", "Full-time")])
def test_the_one_column_beside_a_total_under_one_head_is_a_part_of_it(heads):
    total, part = (f"教职工 / {head}" for head in heads)
    assert roles_by_place(read_table(STAFF.format(*heads)), "part") == [
        {"total": [f"{row}|{total}"], "part": [f"{row}|{part}"]} for row in ("高校", "中学", "小学")
    ]


def test_the_few_columns_beside_a_total_under_one_head_are_parts_of_it():
    # 2 + 17 < 223, ...: who was slightly hurt is not printed
    table = read_table(
        "<table><tr><td rowspan=2>Mode</td><td colspan=3>Built-up</td><td colspan=3>Other</td></tr>"
        "<tr><td>Killed</td><td>Serious</td><td>All severities</td>"
        "<td>Killed</td><td>Serious</td><td>All severities</td></tr>"
        "<tr><td>Bus</td><td>2</td><td>17</td><td>223</td><td>3</td><td>14</td><td>75</td></tr>"
        "<tr><td>Van</td><td>4</td><td>35</td><td>165</td><td>5</td><td>36</td><td>226</td></tr>"
        "<tr><td>Car</td><td>9</td><td>61</td><td>702</td><td>8</td><td>77</td><td>540</td></tr>"
        "</table>"
    )
    parts = roles_by_place(table, "part")
    assert len(parts) == 12
    assert {"total": ["Bus|Other / All severities"], "part": ["Bus|Other / Killed"]} in parts
    assert not roles_by_place(table, "sum")


@pytest.mark.parametrize("head", ["上年同期", "2019年", "人均", "最多", "班级数", "累计"])
def test_what_is_of_another_time_or_of_something_else_is_no_part(head):
    assert not roles_by_place(read_table(STAFF.format("合计", head)), "part")


def test_what_is_more_than_the_total_beside_it_is_no_part():
    assert not roles_by_place(
        read_table(STAFF.format("合计", "学生").replace("110", "2110")), "part"
    )


def test_a_total_that_is_divided_twice_by_rows_of_one_level():
    # 2600 + 2400 = 1900 + 1600 + 1050 + 450 = 5000
    rows = (
        "全部情形,5000\n男性,2600\n女性,2400\n60-64歲,1900\n50-54歲,1600\n70-74歲,1050\n不詳,{}\n"
    )
    sums = roles_by_place(read_table("組別,人數\n" + rows.format(450)), "sum")
    assert [{*each["part"]} for each in sums] == [
        {"男性|人數", "女性|人數"},
        {"60-64歲|人數", "50-54歲|人數", "70-74歲|人數", "不詳|人數"},
    ]
    assert {each["total"][0] for each in sums} == {"全部情形|人數"}
    # 1900 + 1600 + 1050 + 430 = 4980: what is left over may be chance
    assert roles_by_place(read_table("組別,人數\n" + rows.format(430)), "sum") == []
