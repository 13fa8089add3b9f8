"""Sums that no label names, told by their printed digits. Made-up tables, added up by hand."""

import pytest
from building import roles_by_place

from analysis import audit, claims, read_table


def sums(table):
    """The parts of each total, by row label and column."""
    names = {key: (row["row"], row["column"]) for key, row in table.figures.iterrows()}
    found = {}
    for _, claim in table.relations[table.relations["kind"] == "sum"].groupby("relation"):
        total = claim.loc[claim["role"] == "total", "figure"].iloc[0]
        parts = claim.loc[claim["role"] == "part", "figure"]
        found[names[total]] = [names[part][0] for part in parts]
    return found


def test_a_list_without_marks_adds_up_in_two_columns_of_many_digits():
    table = read_table(
        "| 类别 | 2019年 | 2020年 |\n|---|---|---|\n| 总计 | 518864 | 503061 |\n"
        "| 婚姻家庭 | 208587 | 209180 |\n"
        "| 婚姻 | 108585 | 110710 |\n| 继承 | 100002 | 98470 |\n| 债务 | 310277 | 293881 |\n"
    )
    found = sums(table)
    assert found["婚姻家庭", "2019年"] == ["婚姻", "继承"]
    assert found["总计", "2020年"] == ["婚姻家庭", "债务"]


def test_small_numbers_that_add_up_by_chance_are_no_sum():
    table = read_table("类别,2019年\n盗窃,5\n诈骗,3\n抢劫,2\n赌博,9\n")
    assert table.relations.empty


def test_columns_alike_in_groups_are_sums_of_the_other_groups():
    table = read_table(
        "| 地区 | 进出口 | 进出口 | 出口 | 出口 | 进口 | 进口 |\n|---|---|---|---|---|---|---|\n"
        "| 地区 | 当月 | 累计 | 当月 | 累计 | 当月 | 累计 |\n"
        "| 东区 | 412 | 1105 | 255 | 690 | 157 | 415 |\n"
        "| 西区 | 521 | 1409 | 417 | 1120 | 104 | 289 |\n"
        "| 南区 | 884 | 2307 | 602 | 1561 | 282 | 746 |\n"
    )
    assert {column for _, column in sums(table)} == {"进出口 / 当月", "进出口 / 累计"}


def test_what_several_parts_exceed_is_an_average():
    table = read_table(
        "地区,火灾(起),平均\n全国,900,20.1\n甲省,400,80.6\n乙省,300,50.0\n丙省,200,11.3\n"
    )
    assert {column for _, column in sums(table)} == {"火灾(起)"}


def test_several_differences_may_exceed_their_sum_where_others_fell():
    # 50 + 40 - 70 = 20: two of the parts are more than all together
    table = read_table(
        "地区,2018年,2019年,增减\n全国,300,320,20\n甲省,60,110,50\n乙省,80,120,40\n丙省,160,90,-70\n"
    )
    assert {column for _, column in sums(table)} == {"2018年", "2019年", "增减"}


def test_a_share_among_the_parts_is_passed_over():
    table = read_table(
        "地区,报警,有效,刑事,治安,占比%,无效\n合计,1005,600,250,350,,405\n甲县,437,260,110,150,43.3,177\n"
        "乙县,342,200,90,110,33.3,142\n丙县,226,140,50,90,23.3,86\n"
    )
    claims = table.relations
    first = claims[claims["relation"].isin(claims.loc[claims["figure"] == "r02_c1", "relation"])]
    along = [g["figure"].tolist() for _, g in first.groupby("relation") if len(g) == 3]
    assert ["r02_c1", "r02_c2", "r02_c6"] in along
    assert (audit(table)["verdict"] == "agrees").all()


def test_a_row_of_totals_that_lost_a_blank_is_placed_where_it_adds_up():
    table = read_table(
        "地区 | 报警 | 刑事 | 治安 | 占比% | 无效 |\n合计 | 1005 | 250 | 350 | 405 |\n"
        "甲县 | 437 | 110 | 150 | 43.3 | 177 |\n乙县 | 342 | 90 | 110 | 33.3 | 142 |\n"
        "丙县 | 226 | 50 | 90 | 23.3 | 86 |\n"
    )
    totals = table.figures[table.figures["row"] == "合计"]
    assert totals["column"].tolist() == ["报警", "刑事", "治安", "无效"]
    assert totals["note"].str.contains("recompute").all()


def test_lines_with_missing_cells_are_no_evidence_of_a_sum():
    table = read_table(
        "类别,2019年,2020年\n恐吓,2338,888\n勒索,354,556\n纵火,675,…\n强奸,136,…\n非礼,1173,…\n"
    )
    assert table.relations.empty


def test_a_column_between_a_total_and_its_parts_is_passed_over():
    # 4207 + 5361 = 9568, 3318 + 6207 = 9525; below 15 is a part of below 18
    table = read_table(
        "地区,各年龄,未满15岁,未满18岁,18岁以上\n甲,9568,1106,4207,5361\n乙,9525,972,3318,6207\n"
    )
    names = {key: row["column"] for key, row in table.figures.iterrows()}
    claim = table.relations[table.relations["relation"] == "claim_01"]
    assert [names[figure] for figure in claim["figure"]] == ["各年龄", "未满18岁", "18岁以上"]


def test_shares_add_up_to_a_row_that_is_100_throughout():
    # 31.2 + 42.5 + 26.3 = 100, 30.1 + 44.4 + 25.5 = 100
    table = read_table(
        "构成(%),2018年,2019年,2020年\n全部,100.0,100.0,100.0\n一产,31.2,30.1,29.9\n二产,42.5,44.4,45.0\n三产,26.3,25.5,25.1\n"
    )
    assert sums(table)["全部", "2019年"] == ["一产", "二产", "三产"]
    assert (audit(table)["verdict"] == "agrees").all()


def test_a_total_that_lacks_a_part_everywhere_is_no_sum():
    # 90 + 60 = 150 of 152, 100 + 70 = 170 of 173, 80 + 50 = 130 of 133: what is missing is a part.
    table = read_table(
        "类别,2017年,2018年,2019年\n盗窃,90,100,80\n诈骗,60,70,50\n合计,152,173,133\n"
    )
    assert "contradicts" not in set(audit(table)["verdict"])


SHORT = "年,总计,煤,油,气\n2001,1610,900,400,303\n2002,1707,950,410,340\n2003,1793,1000,430,357\n"


def test_a_total_that_lacks_less_than_any_part_everywhere_is_contradicted():
    # 900 + 400 + 303 = 1603 of 1610, 950 + 410 + 340 = 1700 of 1707; 1787 of 1793
    table = read_table(SHORT)
    assert audit(table)["verdict"].tolist() == ["contradicts"] * 3
    assert sums(table)["2001", "总计"] == ["2001"] * 3
    lacking = SHORT.replace("1610", "1629").replace("1707", "1724").replace("1793", "1810")
    assert claims(read_table(lacking)).empty


def test_a_total_is_of_its_own_group_before_and_behind_it():
    # 2019: 75 + 17 + 3 = 95; 2020: 68 + 12 + 2 = 82.
    rows = "年,类别,立案\n2019,盗窃,75\n2019,诈骗,17\n2019,合计,95\n2019,其他,3\n"
    table = read_table(rows + "2020,盗窃,68\n2020,诈骗,12\n2020,合计,82\n2020,其他,2\n")
    claims = table.relations.groupby("relation")["figure"].agg(sorted)
    assert [*claims] == [[f"r{n:02}_c1" for n in range(first, first + 4)] for first in (1, 5)]


def test_a_part_that_is_nothing_but_once_belongs_to_its_sum():
    # 6 + 4 + 7 + 33 = 50, and 1 more in 2018; elsewhere it is 0
    table = read_table(
        "| 类别 | 2017年 | 2018年 | 2019年 | 2020年 |\n|---|---|---|---|---|\n"
        "| 全部案件 | 250 | 251 | 244 | 231 |\n| 甲类 | 116 | 106 | 107 | 105 |\n"
        "| 乙类 | 50 | 64 | 52 | 49 |\n| 丙类 | 84 | 80 | 85 | 77 |\n| 丁类 | 0 | 1 | 0 | 0 |\n"
    )
    assert sums(table)["全部案件", "2018年"] == ["甲类", "乙类", "丙类", "丁类"]
    assert (audit(table)["verdict"] == "agrees").all()


def test_a_numbered_row_with_one_row_below_it_has_one_part():
    table = read_table(
        "类别,2019年,2020年\n一、医院,700,712\n公立医院,500,505\n民营医院,200,207\n"
        "二、基层机构,67,66\n社区中心,67,66\n三、其他机构,5,4\n疗养院,5,4\n"
    )
    claims = table.relations
    parts = claims[claims["note"] == "its only part"]
    assert parts["kind"].unique().tolist() == ["part"]
    assert parts.loc[parts["role"] == "part", "figure"].tolist() == [
        "r05_c1",
        "r05_c2",
        "r07_c1",
        "r07_c2",
    ]


def test_what_is_headed_as_a_breakdown_adds_up_to_the_row_above_it():
    # 4 + 7 + 18 = 29, 0 + 2 + 15 = 17: too few digits to tell without the heading
    table = read_table(
        "| 项目 | 项目 | 2020年 | 2021年 |\n|---|---|---|---|\n| 死者(人) | 死者(人) | 29 | 17 |\n"
        "| 死者内訳 | 放火 | 4 | 0 |\n| 死者内訳 | 成人 | 7 | 2 |\n| 死者内訳 | 老人 | 18 | 15 |\n"
        "| 伤者(人) | 伤者(人) | 85 | 78 |\n"
    )
    assert sums(table)["死者(人)", "2021年"] == [
        "死者内訳 / 放火",
        "死者内訳 / 成人",
        "死者内訳 / 老人",
    ]


def test_a_total_is_named_in_either_language_and_what_is_marked_is_no_part():
    # 80 + 86 + 500 = 666, 81 + 87 + 510 = 678; of the 500 are 120
    table = read_table(
        "| 项目 | Item | 2014 | 2015 |\n|---|---|---|---|\n| 学校合计 | Schools | 666 | 678 |\n"
        "| 高校 | Colleges | 80 | 81 |\n| 职校 | Vocational | 86 | 87 |\n"
        "| 中学 | Secondary | 500 | 510 |\n| # 高中 | Senior | 120 | 121 |\n"
    )
    assert sums(table)["学校合计 / Schools", "2014"] == [
        "高校 / Colleges",
        "职校 / Vocational",
        "中学 / Secondary",
    ]


def test_what_adds_up_in_amounts_does_so_in_shares_of_one_whole():
    # 36 + 31 + 27 = 94 and 24.0 + 20.7 + 18.0 = 62.7; 56 + 94 = 150
    table = read_table(
        "| 分类 | 金额(万元) | 占比(%) |\n|---|---|---|\n| 合计 | 15040 | 100.0 |\n"
        "| 甲类 | 5610 | 37.3 |\n| 乙类 | 9430 | 62.7 |\n"
        "| 乙类一 | 3610 | 24.0 |\n| 乙类二 | 3110 | 20.7 |\n| 乙类三 | 2710 | 18.0 |\n"
    )
    found = sums(table)
    assert found["乙类", "占比(%)"] == found["乙类", "金额(万元)"] == ["乙类一", "乙类二", "乙类三"]
    assert (audit(table)["verdict"] == "agrees").all()


def test_changes_behind_a_total_column_are_of_the_total():
    table = read_table(
        "地区,男,女,合计,同比增减\n甲县,1205,1180,2385,-78\n乙县,988,1002,1990,12\n"
        "丙县,755,731,1486,-5\n"
    )
    changes = table.relations[table.relations["kind"] == "change"]
    assert changes["figure"].tolist()[:2] == ["r01_c3", "r01_c4"]


AVERAGES = (
    "类别,2001年,2002年,2003年,2004年\n甲,3652,3893,4541,4979\n乙,11076,9600,10485,11488\n"
    "丙,14167,13697,14314,15506\n合计,28894,27189,29340,31973\n"
)


def test_counts_that_miss_by_one_in_several_places_are_rounded():
    # 3652 + 11076 + 14167 = 28895, 3893 + 9600 + 13697 = 27190: one more than printed in two years
    table = read_table(AVERAGES)
    assert (audit(table)["verdict"] == "agrees").all()
    assert table.figures.loc["r04_c1", ["low", "high"]].tolist() == [28893.5, 28894.5]
    assert table.relations["note"].unique().tolist() == ["total; counts that are rounded"]


def test_a_count_that_misses_by_one_alone_is_a_slip():
    table = read_table(AVERAGES.replace("28894", "28895"))
    assert audit(table)["verdict"].tolist().count("contradicts") == 1


def test_two_misses_by_one_of_a_few_are_slips():
    few = "城,高,中,低\n甲,3,2,0\n乙,13,15,3\n丙,36,72,87\n合计,52,90,91\n"
    assert audit(read_table(few))["verdict"].tolist() == ["agrees", "contradicts", "contradicts"]


def test_a_slip_among_rounded_counts_is_one():
    slipped = audit(read_table(AVERAGES.replace("29340", "29430")))
    assert slipped.index[slipped["verdict"] == "contradicts"].tolist() == ["claim_03"]


JOINED = (
    "year,population,labor_force,labor_percent,employed_total,farm_ratio,other_ratio,unemployed,"
    "not_in_labor\n"
    "2001,10390,5870,56.5,5310,1310,4000,560,4520\n2002,10464,5941,56.8,5380,1290,4091,560,4523\n"
    "2003,10551,6012,57.0,5466,1271,4195,546,4539\n2004,10602,6071,57.3,5501,1262,4238,569,4531\n"
    "2005,10688,6123,57.3,5590,1240,4350,533,4565\n"
    "2006,10780,6180,57.3,5661,1221,4440,519,4600\n"
    "2007,10861,6240,57.5,5730,1200,4530,510,4621\n"
    "2008,10962,6302,57.5,5761,1183,4578,541,4660\n"
)


def test_columns_with_joined_names_add_up_though_some_miss_by_one():
    # 5380 + 560 = 5940 and 5501 + 569 = 6070, one less than printed, as 1262 + 4238 = 5500
    table = read_table(JOINED)
    found = roles_by_place(table, "sum")
    for total, *parts in (
        ("labor force", "employed total", "unemployed"),
        ("employed total", "farm ratio", "other ratio"),
        ("population", "labor force", "not in labor"),
    ):
        assert {"total": [f"2002|{total}"], "part": [f"2002|{part}" for part in parts]} in found
    assert len(found) == 24
    assert (audit(table)["verdict"] == "agrees").all()


def test_a_column_called_a_ratio_that_holds_small_numbers_is_one():
    table = read_table(JOINED.replace("1310", "131"))
    measures = table.figures.groupby("column")["measure"].unique()
    assert measures["farm ratio"].tolist() == ["rate"]
    assert measures["other ratio"].tolist() == ["count"]


def test_counts_in_round_hundreds_are_rounded_to_these():
    # 682100 + 120300 = 802400, 174900 + 57000 = 231900: a hundred more than printed
    table = read_table(
        "地区,合计,全日,半日\n甲,231800,174900,57000\n乙,802400,682100,120300\n丙,819500,693700,125800\n"
    )
    assert (audit(table)["verdict"] == "agrees").all()
    assert table.figures.loc["r01_c1", ["low", "high"]].tolist() == [231750.0, 231850.0]
    assert set(table.figures["note"]) == {"rounded to 100, as sums show"}


def test_subtotals_that_lack_something_of_the_total_are_parts_of_it():
    # 320 + 410 = 730 of 760, 331 + 405 = 736 of 772, 325 + 420 = 745 of 790
    table = read_table(
        "类别,2018年,2019年,2020年\n甲,200,210,204\n乙,120,121,121\n前两类小计,320,331,325\n"
        "丙,300,290,301\n丁,110,115,119\n后两类小计,410,405,420\n总计,760,772,790\n"
    )
    kinds = table.relations.groupby("relation")["kind"].first()
    assert kinds.tolist().count("part") == 3
    assert kinds.tolist().count("sum") == 6
    assert (audit(table)["verdict"] == "agrees").all()


def test_a_whole_of_100_is_the_sum_of_shares_without_a_unit():
    # 44.8 + 23.8 + 31.4 = 100.0, ...
    table = read_table(
        "指标,2005年,2006年,2007年\n就业人员构成(%),100.0,100.0,100.0\n"
        "农业,44.8,42.6,40.8\n工业,23.8,25.2,26.8\n服务业,31.4,32.2,32.4\n"
    )
    assert list(sums(table).values()) == [["农业", "工业", "服务业"]] * 3
    assert not (table.relations["kind"] == "ratio").any()


def test_totals_one_after_another_each_take_what_follows():
    # 410 + 330 = 740; 250 + 160 = 410, 190 + 140 = 330, past the totals; and so on in each year
    table = read_table(
        "| Kind | 2018 | 2019 | 2020 |\n|---|---|---|---|\n| Total crime | 740 | 765 | 798 |\n"
        "| Total property | 410 | 423 | 447 |\n| Total violent | 330 | 342 | 351 |\n"
        "| Theft | 250 | 261 | 274 |\n| Fraud | 160 | 162 | 173 |\n"
        "| Assault | 190 | 197 | 205 |\n| Robbery | 140 | 145 | 146 |\n"
    )
    assert {total: parts for (total, year), parts in sums(table).items() if year == "2020"} == {
        "Total crime": ["Total property", "Total violent"],
        "Total property": ["Theft", "Fraud"],
        "Total violent": ["Assault", "Robbery"],
    }


def test_a_column_below_the_head_of_a_whole_column_is_a_part_of_it():
    table = read_table(
        "<table><tr><td rowspan=2>年份</td><td rowspan=2>参保人数</td><td>参保人数</td></tr>"
        "<tr><td>退休人员</td></tr><tr><td>2018年</td><td>351.6</td><td>83.7</td></tr>"
        "<tr><td>2019年</td><td>398.1</td><td>108.3</td></tr></table>"
    )
    assert table.relations["kind"].tolist() == ["part"] * 4
    assert table.relations["figure"].tolist() == ["r01_c1", "r01_c2", "r02_c1", "r02_c2"]


def test_what_stands_below_a_lone_word_for_parts_is_of_the_row_above_it():
    # 140 + 60 + 20 = 220, 150 + 50 + 30 = 230; 45 + 25 are but a part of 90, 40 + 31 of 95
    rows = "全部案件    310     325\n甲类案件    220     230\n包括\n盗窃        140     150\n"
    rows += "诈骗        60      50\n其他        20      30\n乙类案件    90      95\n包括\n"
    rows += "赌博        45      40\n走私        25      31\n"
    table = read_table(f"类别        2018    2019\n{rows}")
    assert sums(table)["甲类案件", "2018"] == ["盗窃", "诈骗", "其他"]
    parts = roles_by_place(table, "part")
    assert parts[0] == {"total": ["乙类案件|2018"], "part": ["赌博|2018", "走私|2018"]}


def test_lists_that_overlap_are_parts_row_by_row():
    # 60 + 40 + 70 > 120: the last is counted in the others; none is more than 120
    rows = "进口      120.4    151.2\n          (-2.5)   (+25.6)\n  甲国    60.1     70.5\n"
    rows += "  乙国    40.2     44.8\n  甲乙组织  70.3     92.0\n"
    table = read_table(f"国家      1999     2000\n{rows}出口      33.1     35.9\n")
    parts = roles_by_place(table, "part")
    assert {"total": ["进口|1999"], "part": ["甲乙组织|1999"]} in parts
    assert len(parts) == 6


def test_a_row_further_in_that_exceeds_the_one_above_it_is_no_part():
    # 130 of 120: no list of parts, whatever the others are
    rows = "进口      120.4    151.2\n  甲国    60.1     70.5\n  乙国    40.2     44.8\n"
    table = read_table(
        f"国家      1999     2000\n{rows}  丙国    130.3    92.0\n出口      33.1     35.9\n"
    )
    assert table.relations.empty


def test_months_below_a_year_are_parts_of_it_until_they_begin_again():
    # 410 + 365 of 1530; the second 1月 is of another year, which is not named
    table = read_table("期间,件数,人数\n2023年,1530,921\n1月,410,210\n2月,365,199\n1月,388,204\n")
    parts = roles_by_place(table, "part")
    assert parts == [
        {"total": [f"2023年|{column}"], "part": [f"1月|{column}", f"2月|{column}"]}
        for column in ("件数", "人数")
    ]


def test_a_month_that_exceeds_its_year_contradicts_it():
    table = read_table("期间,件数,人数,起数\n2023年,1530,921,77\n1月,410,210,19\n2月,3650,199,12\n")
    verdict = audit(table)["verdict"]
    assert sorted(verdict) == ["agrees", "agrees", "contradicts"]


def test_what_stands_under_no_head_and_does_not_add_up_is_no_sum():
    rows = "总计  9512  3.5  8834\n甲地  5031  1.2  4723\n乙地  4481  4.1  4111\n"
    table = read_table(rows)
    assert set(table.figures["column"]) == {""}
    assert (audit(table)["verdict"] == "agrees").all()
    assert len(table.relations["relation"].unique()) == 2


def test_totals_of_nothing_are_no_reason_to_warn():
    # 12 + 30 = 42, printed 43; 0 + 0 = 0. A warning here would be one in the analyst's notebook.
    table = read_table("类别,2018年,2019年\n盗窃,12,0\n诈骗,30,0\n合计,43,0\n")
    sums = audit(table).query("kind == 'sum'")["verdict"]
    assert sums.tolist() == ["contradicts", "agrees"]


def test_counts_add_up_beside_two_columns_of_changes():
    """15390 + 2013 + 710 = 18113, by hand; most cells of each row are changes."""
    table = read_table(
        "部门 | 件数 | 同比 | 环比 |\n甲 | 15390 | 14.1% | 2.4% |\n乙 | 2013 | -1.5% | 0.7% |\n"
        "丙 | 710 | / | / |\n总计 | 18113 | 13.3% | 5.1% |\n"
    )
    told = claims(table)
    assert told.claim[told.kind == "sum"].tolist() == ["18113 = 15390 + 2013 + 710"]


HEADS = (
    "<table><tr><td rowspan=2>分区</td><td rowspan=2>总人口/10人</td><td colspan=2>城镇人口</td>"
    "<td colspan=2>农村人口</td><td colspan=2>面积(亩)</td></tr>"
    "<tr><td>/10人</td><td>1%</td><td>/10人</td><td>1%</td><td>农田</td><td>合计</td></tr>"
    "<tr><td>甲</td><td>48.15</td><td>12.10</td><td>25.1</td><td>36.05</td><td>74.9</td>"
    "<td>245.7</td><td>283.1</td></tr>"
    "<tr><td>乙</td><td>431.20</td><td>337.00</td><td>78.2</td><td>94.20</td><td>21.8</td>"
    "<td>113.2</td><td>285.6</td></tr>"
    "<tr><td>丙</td><td>103.70</td><td>51.20</td><td>49.4</td><td>52.50</td><td>50.6</td>"
    "<td>486.5</td><td>576.6</td></tr></table>"
)


def test_rows_that_the_first_merged_cell_covers_are_heads():
    # 12.10 of 48.15 is 25.1 %: of the people, not of the total of the areas
    table = read_table(HEADS)
    assert len(table.figures) == 21
    assert table.figures["column"].iloc[1:3].tolist() == ["城镇人口 / /10人", "城镇人口 / /%"]
    ratio = {
        "rate": ["甲|城镇人口 / /%"],
        "numerator": ["甲|城镇人口 / /10人"],
        "denominator": ["甲|总人口/10人"],
    }
    assert ratio in roles_by_place(table, "ratio")
    parts = ["甲|农村人口 / /10人", "甲|城镇人口 / /10人"]
    assert {"total": ["甲|总人口/10人"], "part": parts} in roles_by_place(table, "sum")


def test_what_a_heading_calls_parts_of_a_row_may_overlap_with_how_it_is_divided():
    # 3410 = 1290 + 2120 = 905 + 2505, and so on; of all of them 410 and 780 are of other kinds
    table = read_table(
        "单位:万元\n类别 | 单位数(个) | #亏损 | 产值\n总计 | 3410 | 512 | 81200\n在总计中: | | |\n"
        "股份公司 | 410 | 70 | 9150\n在总计中： | | |\n乡办 | 780 | 88 | 7420\n一、按轻重分 | | |\n"
        "轻 | 1290 | 200 | 30120\n重 | 2120 | 312 | 51080\n二、按规模分 | | |\n"
        "大 | 905 | 160 | 40700\n小 | 2505 | 352 | 40500\n"
    )
    assert set(table.figures["unit"][table.figures["column"] == "#亏损"]) == {"个"}
    parts = roles_by_place(table, "part")
    for row in ("股份公司", "乡办"):
        assert {"total": ["总计|产值"], "part": [f"{row}|产值"]} in parts
    assert {"total": ["总计|单位数(个)"], "part": ["总计|#亏损"]} in parts
    sums = [
        claim["part"] for claim in roles_by_place(table, "sum") if "总计|产值" in claim["total"]
    ]
    assert sorted(map(sorted, sums)) == [["大|产值", "小|产值"], ["轻|产值", "重|产值"]]


def test_registrations_are_no_ratios_nor_shareholders_shares():
    # 351 + 127 + 89 = 567, 402 + 131 + 94 = 627, 389 + 140 + 77 = 606
    table = read_table(
        "Body,2018,2019,2020\nRegistration offices,351,402,389\nShareholders,127,131,140\n"
        "Others,89,94,77\nTotal,567,627,606\nDebt ratio,7.5,8.1,9.2\n"
    )
    measures = table.figures.groupby("row")["measure"].first()
    assert measures["Registration offices"] == measures["Shareholders"] == "count"
    assert measures["Debt ratio"] == "rate"
    assert audit(table)["verdict"].tolist() == ["agrees"] * 3


def test_what_stands_in_the_total_divides_it_and_not_the_row_above():
    # 400.2 + 600.3 = 1000.5; 650.1 + 300 is 5 % short of it: a part; 700.4 + 160.1 + 145 = 1005.5
    # is half a percent more, though 高台 is a part of 洪水 alone
    table = read_table(
        "指标,本月\n全市总计,1000.5\n在总计中：,\n甲类,400.2\n乙类,600.3\n在总计中：,\n国有,650.1\n"
        "民营,300.0\n在总计中：,\n洪水镇,700.4\n#高台村,100.2\n南山镇,160.1\n北山镇,145.0\n"
    )
    assert roles_by_place(table, "sum") == [
        {"total": ["全市总计|本月"], "part": ["乙类|本月", "甲类|本月"]},
        {"total": ["全市总计|本月"], "part": ["北山镇|本月", "南山镇|本月", "洪水镇|本月"]},
    ]
    assert {"total": ["全市总计|本月"], "part": ["国有|本月", "民营|本月"]} in (
        roles_by_place(table, "part")
    )


def test_a_partial_list_goes_on_behind_the_parts_of_one_of_its_own():
    """451 = 201 + 150 + 100, 472 = 212 + 155 + 105."""
    rows = "案件总数,1000,1100\n其中：城区,451,472\n"
    rows += "{0}东区,201,212\n{0}西区,150,155\n{0}北区,100,105\n"
    rows += "其中：郊区,180,190\n其中：山区,90,96\n破案数,500,600\n"
    for indent in ("", "  "):
        told = claims(read_table("指标,2019,2020\n" + rows.format(indent)))["claim"]
        assert {"451 = 201 + 150 + 100", "1000 ≥ 451 + 180 + 90"} <= set(told)


def test_names_below_the_first_one_behind_a_mark_go_on_with_its_list():
    """700 of 1000 and 770 of 1100; 破案数 is none of them."""
    for rows in (
        "其中:盗窃 400 380\n     诈骗 300 390\n",
        "其中：盗窃 400 380\n      诈骗 300 390\n",
        "  #盗窃 400 380\n   诈骗 300 390\n",
    ):
        table = read_table(f"项目 2020年 2021年\n案件总数 1000 1100\n{rows}破案数 500 600\n")
        assert claims(table)["claim"].tolist() == ["1000 ≥ 400 + 300", "1100 ≥ 380 + 390"]


def test_rows_further_in_than_a_part_are_not_beside_it():
    rows = "#城区,451,472\n    东区,201,212\n    西区,250,260\n#郊区,180,190\n"
    table = read_table(f"指标,2019,2020\n案件总数,1000,1100\n{rows}")
    assert sums(table)["#城区", "2019"] == ["东区", "西区"]


def test_a_row_that_prints_no_count_may_be_what_a_total_lacks():
    table = read_table(
        "Type,Cases,Share (%)\nTheft,,3.6\nFraud,468,4.6\nRobbery,707,7.0\nGambling,779,7.7\n"
        "Drugs,7826,77.2\nTotal,10141,100.0\n"
    )
    assert "contradicts" not in set(audit(table)["verdict"])


def test_the_only_row_that_a_total_has_below_it_is_a_part_of_it():
    table = read_table(
        "项目,2018年,2019年\n总计,900,850\n一、税收,700,640\n1.地税,300,310\n2.房税,400,330\n"
    )
    found = claims(table)
    names = {key: f"{row['row']} {row['column']}" for key, row in table.figures.iterrows()}
    told = [(names[row["total"]], row["kind"]) for _, row in found.iterrows()]
    assert told.count(("总计 2018年", "part")) == told.count(("总计 2019年", "part")) == 1
    assert ("一、税收 2018年", "sum") in told


def test_of_which_on_a_line_of_its_own_opens_the_parts_of_the_row_above():
    cells = ["2013", "2014", "2015", "Deaths", "24", "36", "42", "of which", "Other/unknown"]
    cells += ["14", "11", "4", "Awaited", "10", "25", "38", "Births", "61", "63", "57"]
    table = read_table("\n\n".join(cells))
    assert table.figures["row"].tolist()[::3] == ["Deaths", "Other/unknown", "Awaited", "Births"]
    assert [parts for (total, _), parts in sums(table).items()] == [
        ["Other/unknown", "Awaited"]
    ] * 3


@pytest.mark.parametrize("last", [True, False])
@pytest.mark.parametrize("mark", ["- ", "　　"])
def test_rows_further_in_are_parts_of_the_row_that_they_stand_under(mark, last):
    # 896 = 531 + 346 + 19: though 210 + 321 are 531, those are its parts, and not the total's
    rows = ["甲,531,48", f"{mark}一类,210,30", f"{mark}二类,321,18", "乙,346,92", "丙,19,20"]
    rows.insert(len(rows) if last else 0, "合计,896,160")
    sums = roles_by_place(read_table("\n".join(["类别,收案,结案", *rows])), "sum")
    whole = [claim for claim in sums if claim["total"] == ["合计|收案"]]
    assert [claim["part"] for claim in whole] == [sorted(["甲|收案", "乙|收案", "丙|收案"])]


def test_rates_of_completion_have_no_sum_though_all_is_done():
    # 98.3 and 102.5 are no shares of the 100.0 that is done of the plan
    table = read_table(
        "科目,预算数,决算数,完成预算%\n教育,1200,1180,98.3\n卫生,800,820,102.5\n合计,2000,2000,100.0\n"
    )
    assert all("完成预算%" not in claim["total"][0] for claim in roles_by_place(table, "sum"))
    assert len(roles_by_place(table, "ratio")) == 3
    assert (audit(table)["verdict"] == "agrees").all()


@pytest.mark.parametrize("head", ["人均产值(元)", "平均工资(元)", "Output per capita (yuan)"])
def test_what_each_has_on_average_is_not_added_up(head):
    # the whole's average is no sum of two, in whatever unit it is
    table = read_table(f"地区,人口(万人),{head}\n东,52.3,100019\n西,41.2,72913\n全省,93.5,88075\n")
    assert [claim["total"] for claim in roles_by_place(table, "sum")] == [["全省|人口(万人)"]]


@pytest.mark.parametrize(
    "rows",
    [
        "全市2022年,1230,88.3\n全市2023年,1345,91.0\n城区2022年,830,58.1\n城区2023年,905,60.6\n"
        "郊县2022年,400,30.2\n郊县2023年,440,30.4\n",
        "State in 2022,1230,88.3\nState in 2023,1345,91.0\nCity in 2022,830,58.1\n"
        "City in 2023,905,60.6\n"
        "Rural in 2022,400,30.2\nRural in 2023,440,30.4\n",
    ],
)
def test_rows_that_name_the_same_year_add_up(rows):
    # 1230 = 830 + 400, 1345 = 905 + 440; 88.3 = 58.1 + 30.2, 91.0 = 60.6 + 30.4
    table = read_table(f"地区,案件,金额\n{rows}")
    sums = roles_by_place(table, "sum")
    assert len(sums) == 4
    assert all(len(claim["part"]) == 2 for claim in sums)
    assert (audit(table)["verdict"] == "agrees").all()


def test_what_opens_below_the_last_number_goes_on_to_the_end_where_all_may_be_parts():
    text = (
        "项目,上年,本年\n一、出口,886.2,966.4\n其中:机电,411.0,458.1\n二、进口,642.1,661.9\n"
        "其中:机电,217.0,218.2\n农产品,21.3,{}\n"
    )
    parts = roles_by_place(read_table(text.format("22.4")), "part")
    listed = ["其中:机电|上年", "农产品|上年"]
    assert any(p["total"] == ["二、进口|上年"] and p["part"] == listed for p in parts)
    parts = roles_by_place(read_table(text.format("2022.4").replace("21.3", "2021.3")), "part")
    assert not any("农产品|上年" in p["part"] for p in parts)


LISTED = "类别,2022年,2023年,增长%\n{}\n"
TOTAL = "总计,2100,2310,10.0"
THEFT = "盗窃,900,1080,20.0\n{}入室盗窃,300,330,10.0\n扒窃,200,210,5.0"
FRAUD = "诈骗,1000,1000,0.0\n{}网络诈骗,700,735,5.0"
ARSON = "放火,200,230,15.0"


@pytest.mark.parametrize("opened", ["其中:", "其中", "#", "of which: "])
@pytest.mark.parametrize("last", [False, True])
def test_what_a_total_adds_up_tells_how_far_the_lists_below_its_parts_go(opened, last):
    # 900 + 1000 + 200 = 2100, 1080 + 1000 + 230 = 2310: neither 入室盗窃 nor 扒窃
    rows = [THEFT.format(opened), FRAUD.format(opened), ARSON]
    table = read_table(LISTED.format("\n".join([*rows, TOTAL] if last else [TOTAL, *rows])))
    sums = {claim["total"][0]: claim["part"] for claim in roles_by_place(table, "sum")}
    assert set(sums["总计|2023年"]) == {"盗窃|2023年", "诈骗|2023年", "放火|2023年"}
    parts = {claim["total"][0]: claim["part"] for claim in roles_by_place(table, "part")}
    assert set(parts["盗窃|2023年"]) == {f"{opened}入室盗窃|2023年", "扒窃|2023年"}
    assert "contradicts" not in set(audit(table)["verdict"])


def test_lists_that_may_end_in_two_ways_are_not_told():
    # with 乙, which is 0, and without it
    text = "类别,2022年,2023年\n甲,40,400\n其中:子,10,100\n乙,0,0\n丙,80,800\n合计,120,1200\n"
    sums = {claim["total"][0]: claim["part"] for claim in roles_by_place(read_table(text), "sum")}
    assert set(sums["合计|2022年"]) == {"甲|2022年", "乙|2022年", "丙|2022年"}


@pytest.mark.parametrize("unit", ["单位:元", "单位:元、%"])
def test_what_each_has_is_the_sum_of_its_kinds(unit):
    # 30941 = 17910 + 4811 + 2640 + 5580, 29438 = 17012 + 4543 + 2583 + 5300
    table = read_table(
        f"居民收入\n{unit}\n指标,本期,上年同期,增长\n一、人均可支配收入,30941,29438,5.1\n"
        "(一)工资性收入,17910,17012,5.3\n(二)经营净收入,4811,4543,5.9\n"
        "(三)财产净收入,2640,2583,2.2\n(四)转移净收入,5580,5300,5.3\n"
    )
    sums = roles_by_place(table, "sum")
    assert [len(claim["part"]) for claim in sums] == [4, 4]
    assert set(table.figures.query("column == '本期'")["unit"]) == {"元"}


def test_what_each_has_is_in_no_power_of_the_caption():
    table = read_table(
        "单位:万元\n指标,2022年,2023年\n生产总值,401250,432100\n人均生产总值,80250,86420\n"
    )
    assert table.figures["unit"].tolist() == ["万元", "万元", "", ""]


def test_differences_add_up_as_what_they_are_of_but_not_those_of_rates():
    rows = ["就业者,11537,11605,68,6411,6428,17,5126,5177,51"]
    rows += ["失业者,414,404,-10,226,219,-7,188,185,-3"]
    rows += ["非劳动力,8187,8145,-42,3196,3179,-17,4991,4966,-25"]
    rows += ["失业率,3.46,3.36,-0.10,3.41,3.29,-0.12,3.54,3.45,-0.09"]
    lines = ["项目,总计,,,男,,,女,,", "," + ",".join(["2022年,2023年,增减"] * 3)]
    table = read_table("\n".join(["单位:千人、%", *lines, *rows]))
    sums = [claim for claim in roles_by_place(table, "sum") if "增减" in claim["total"][0]]
    assert len(sums) == 3
    assert not any("失业率" in claim["total"][0] for claim in sums)
    assert "contradicts" not in set(audit(table)["verdict"])


def test_rounded_parts_that_miss_their_total_in_every_other_place_add_up():
    # 548, 2583, 11478, 541, 9289, 17618: two are one more than their total, one is one less
    rows = ["甲,548,300,148,100", "乙,2583,1583,600,400", "丙,11477,6431,4646,401"]
    rows += ["丁,541,301,140,100", "戊,9290,5325,2614,1350", "己,17617,9775,5930,1913"]
    table = read_table("\n".join(["地区,总计,固体,液体,气体", *rows]))
    assert len(roles_by_place(table, "sum")) == 6
    assert (audit(table)["verdict"] == "agrees").all()


def test_numbers_that_are_far_from_adding_up_in_every_other_place_do_not():
    rows = ["甲,548,300,148,100", "乙,2583,1583,600,400", "丙,11477,6431,3646,401"]
    rows += ["丁,541,301,140,100", "戊,9290,5325,1614,1350", "己,17617,9775,4930,1913"]
    table = read_table("\n".join(["地区,能耗,固体,液体,气体", *rows]))
    assert not roles_by_place(table, "sum")


def test_parts_may_follow_the_change_of_their_total():
    table = read_table(
        "项目,2022年,2023年\n产量(吨),52000,54600\n增长%,3.0,5.0\n其中:精矿(吨),8000,8500\n销量(吨),51800,53900\n"
    )
    parts = roles_by_place(table, "part")
    assert {"total": ["产量(吨)|2023年"], "part": ["其中:精矿(吨)|2023年"]} in parts


@pytest.mark.parametrize(
    "names",
    [
        ("Refined production", "Refined consumption", "Surplus/Deficit"),
        ("Supply", "Demand", "Balance"),
        ("产量", "消费量", "供需差额"),
        ("供应量", "需求量", "结余"),
    ],
)
def test_a_balance_is_of_supply_and_demand(names):
    # 23591 - 23103 = 488, 24374 - 24769 = -395, 25067 - 24841 = 226
    rows = zip(names, ("23591,24374,25067", "23103,24769,24841", "488,-395,226"), strict=True)
    table = read_table("\n".join(["kt,2020,2021,2022", *map(",".join, rows)]))
    sums = roles_by_place(table, "sum")
    assert [claim["total"] for claim in sums] == [[f"{names[0]}|{y}"] for y in (2020, 2021, 2022)]
    assert (audit(table)["verdict"] == "agrees").all()


@pytest.mark.parametrize(("printed", "verdicts"), [("302208", 1), ("291038", 0)])
def test_lines_that_add_up_but_for_one_digit_are_a_sum(printed, verdicts):
    # 101673 + 111463 = 213136, 150582 + 151656 = 302238, 341317 + 327242 = 668559; and a column
    # that is off by more than a digit tells that the three lines are no list
    table = read_table(
        f"类别,毕业,招生,在校\n研究生,63966,91650,286371\n成人本专科,213136,{printed},668559\n"
        "本科,101673,150582,341317\n专科,111463,151656,327242\n网络生,71150,20688,94165\n"
    )
    assert list(audit(table)["verdict"] == "contradicts").count(True) == verdicts
    assert len(table.relations["relation"].unique()) == 3 * verdicts


@pytest.mark.parametrize(
    "label", ["最高气温(℃)", "Min temp (°C)", "平均气压(百帕)", "Highest price ($)", "水位(米)"]
)
def test_what_stood_so_high_is_not_added_up(label):
    text = f"月份,{label},降水量(毫米)\n1月,8.2,2.1\n2月,12.5,5.0\n3月,22.1,10.4\n4月,29.3,22.8\n"
    table = read_table(f"{text}全年,29.3,40.3\n")
    assert {column for _, column in sums(table)} == {"降水量(毫米)"}


def test_persons_with_the_lowest_wage_are_added_up():
    text = "地区,最低生活保障人数(人)\n甲区,1204\n乙区,3310\n丙区,820\n合计,5334\n"
    assert ("合计", "最低生活保障人数(人)") in sums(read_table(text))


def test_rates_that_are_levied_are_added_up():
    text = "$ thousand,2023,2024\nRates and charges,82400,83100\nFees,20100,19450\n"
    table = read_table(f"{text}Total revenue,102500,102550\n")
    assert sums(table)["Total revenue", "2024"] == ["Rates and charges", "Fees"]


def test_what_stands_in_brackets_among_the_parts_is_a_part_that_is_not_added():
    # 49 + 228 + 3939 < 11092, and of all thefts 264 were of cars, which are in other rows, too
    table = read_table(
        "罪案,2023年,2024年\n盗窃案 包括:,11092,11529\n- 抢掠,49,22\n- 扒窃,228,287\n"
        "- 店铺盗窃,3939,4415\n- 失车,(264),(185)\n诈骗,18743,19897\n"
    )
    parts = [tuple(each["part"]) for each in roles_by_place(table, "part")]
    assert ("- 失车|2023年",) in parts
    assert ("- 失车|2024年",) in parts
    assert (audit(table)["verdict"] == "agrees").all()


@pytest.mark.parametrize(
    "label", ["Share of profits of associates", "Share of results of joint ventures"]
)
def test_what_accounts_take_in_of_others_is_added_up(label):
    text = (
        f"HK$ million,2024,2023\nOperating profit,403,360\nFinance costs,(28),(25)\n{label},12,9\n"
    )
    table = read_table(f"{text}Profit before tax,387,344\nTax,(61),(52)\nProfit,326,292\n")
    parts = ["Operating profit", "Finance costs", label]
    assert sums(table)["Profit before tax", "2024"] == parts


def test_a_share_of_the_total_is_none():
    text = "Goods,Sales,Share of total profits\nFood,1204,50\nFuel,903,37.5\nOil,301,12.5\n"
    figures = read_table(text).figures
    assert set(figures[figures["column"] != "Sales"]["measure"]) == {"rate"}


def test_counts_rounded_to_fives_do_not_miss_their_total():
    rows = (
        "Region 1,905,105,15,1025\nRegion 2,1075,50,10,1130\nRegion 3,580,25,0,610\n"
        "Region 4,825,15,5,840\nRegion 5,495,40,0,530\n"
    )
    table = read_table(f"Workers,English,French,Other,Total\n{rows}")
    assert (table.relations["kind"] == "sum").any()
    assert "contradicts" not in set(audit(table)["verdict"])
