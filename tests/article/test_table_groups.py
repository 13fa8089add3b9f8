"""Sums of lines whose names are alike. Made-up tables, added up by hand."""

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
    assert totals == {"samples", "samples_new"}


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
