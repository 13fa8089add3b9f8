"""Claims of labels that say how a line is computed. Made-up tables, recomputed by hand."""

import pytest
from building import roles_by_place

from analysis import audit, read_table


@pytest.mark.parametrize(
    "heads",
    ["收入(1),支出(2),结余(3)=(1)-(2)", "收入A,支出B,结余(A-B)", "收入(a),支出(b),结余 c=a-b"],
)
def test_what_is_left_is_a_part_of_what_came_in(heads):
    # 90 - 70 = 20, 51 - 55 = -4, 12 - 9 = 3
    table = read_table(f"地区,{heads}\n甲,90,70,20\n乙,51,55,-4\n丙,12,9,3\n")
    first, second, third = heads.split(",")
    assert {"total": [f"甲|{first}"], "part": sorted([f"甲|{second}", f"甲|{third}"])} in (
        roles_by_place(table, "sum")
    )
    assert (audit(table)["verdict"] == "agrees").all()


def test_a_sum_by_its_formula_is_contradicted_where_it_fails():
    # 3 + 5 = 8, 2 + 2 = 4, 7 + 1 = 8 and not 9
    table = read_table(
        "<table><tr><td>镇</td><td>已结</td><td>未结</td><td>件数</td></tr>"
        "<tr><td>栏次</td><td>1</td><td>2</td><td>3=1+2</td></tr>"
        "<tr><td>东</td><td>3</td><td>5</td><td>8</td></tr>"
        "<tr><td>西</td><td>2</td><td>2</td><td>4</td></tr>"
        "<tr><td>南</td><td>7</td><td>1</td><td>9</td></tr></table>"
    )
    assert audit(table)["verdict"].tolist() == ["agrees", "agrees", "contradicts"]


def test_a_change_by_its_formula_though_the_first_column_is_the_earlier():
    # 12 - 10 = 2, 2 / 10 = 20 %; 9 - 12 = -3, -3 / 12 = -25 %
    table = read_table(
        "类别,甲数(A),乙数(B),增减数(B-A),增减率%((B-A)/A)\n盗窃,10,12,2,20.0\n诈骗,12,9,-3,-25.0\n"
    )
    assert roles_by_place(table, "change")[0] == {
        "current": ["盗窃|乙数(B)"],
        "prior": ["盗窃|甲数(A)"],
        "difference": ["盗窃|增减数(B-A)"],
        "change": ["盗窃|增减率%((B-A)/A)"],
    }


def test_a_rate_by_its_formula_and_what_it_is_multiplied_by():
    # 45 / 60 = 75.0 %, 33 / 40 = 82.5 %
    table = read_table("年,受理(A),办结(B),办结率(B/A)\n2018年,60,45,75.0\n2019年,40,33,82.5\n")
    assert roles_by_place(table, "ratio")[1] == {
        "rate": ["2019年|办结率(B/A)"],
        "numerator": ["2019年|办结(B)"],
        "denominator": ["2019年|受理(A)"],
    }
    assert table.figures.loc["r01_c3", "unit"] == "percent"


@pytest.mark.parametrize("head", ["1-6月", "(1-2)", "2019-20", "结余(X-Y)"])
def test_months_ages_and_letters_of_no_column_are_no_formula(head):
    table = read_table(f"地区,收入(1),支出(2),{head}\n甲,90,70,41\n乙,51,55,18\n")
    assert table.relations.empty


def test_a_balance_is_what_is_left_of_two_opposite_columns():
    # 510.3 - 394.9 = 115.4; of three rows one does not hold
    text = (
        "年份,进出口总额,出口,进口,贸易顺差\n2018年,905.2,510.3,394.9,115.4\n"
        "2019年,950.6,530.1,420.5,109.6\n2020年,990.4,560.2,430.2,130.0\n"
    )
    sums = roles_by_place(read_table(text), "sum")
    assert {"total": ["2018年|出口"], "part": ["2018年|贸易顺差", "2018年|进口"]} in sums
    assert {"total": ["2018年|进出口总额"], "part": ["2018年|出口", "2018年|进口"]} in sums
    verdict = audit(read_table(text.replace("109.6", "106.9")))["verdict"]
    assert (verdict == "contradicts").sum() == 1


def test_balances_stand_for_what_they_are_left_of():
    # 381 - 124 = 257, 96 - 142 = -46, 257 - 46 + 32 = 243; of later years some miss by one: rounded
    table = read_table(
        "(USD bn),2018,2019,2020,2021\nCurrent account,243,288,311,405\n% of GDP,1.1,1.3,1.4,1.8\n"
        "Goods balance,257,301,330,412\nExports,381,420,455,540\nImports,124,118,125,128\n"
        "Service balance,-46,-51,-60,-48\nExports,96,90,84,88\nImports,142,141,144,137\n"
        "Income,32,37,41,42\n"
    )
    assert set(table.figures["unit"]) == {"USD bn", "percent"}
    assert set(table.figures["measure"]) == {"amount", "rate"}
    sums = roles_by_place(table, "sum")
    for year in ("2018", "2019", "2020", "2021"):
        parts = [f"Goods balance|{year}", f"Income|{year}", f"Service balance|{year}"]
        assert {"total": [f"Current account|{year}"], "part": parts} in sums
    assert len(sums) == 3 * 4
    assert (audit(table)["verdict"] == "agrees").all()


def test_what_has_gathered_is_no_balance_of_one_year():
    table = read_table(
        "年份,收入,支出,累计结余\n2018年,455.2,420.1,35.1\n2019年,480.3,455.5,59.9\n"
        "2020年,490.8,471.2,79.5\n"
    )
    assert not roles_by_place(table, "sum")


def test_a_labour_force_is_who_works_and_who_is_without_work():
    # 819 + 37 = 856, 588 + 16 = 604; part-time stands between
    table = read_table(
        "Sex,Employment,Part-time employment,Labour force,Population,Unemployment\n"
        "Both,819,126,856,1277,37\nMen,588,69,604,914,16\nWomen,231,57,252,363,21\n"
    )
    assert {
        "total": ["Men|Labour force"],
        "part": ["Men|Employment", "Men|Unemployment"],
    } in roles_by_place(table, "sum")


@pytest.mark.parametrize("on", ["on", "compared with", "over"])
def test_a_change_is_of_the_years_and_the_spans_that_its_label_compares(on):
    # An average of 12 is one of 11.5 to 12.5: 9 is 21.7 to 28 % below it; of 30.5 to 31.5: 27 is
    # 11.5 to 14.3 % below it
    rows = "2011-15 ave,12,31\n2016,10,28\n2017,8,25\n2016-2017 ave,9,27\n"
    changes = f"2017 {on} 2016,-20.0,-10.7\n2016-17 ave. {on} 11-15 ave,-22.3,-12.0\n"
    table = read_table(f"years,town,village\nNumbers\n{rows}Per cent changes\n{changes}")
    said = roles_by_place(table, "change")
    assert len(said) == 4
    assert {
        "current": ["Numbers / 2016-2017 ave|town"],
        "prior": ["Numbers / 2011-15 ave|town"],
        "change": [f"Per cent changes / 2016-17 ave. {on} 11-15 ave|town"],
    } in said
    assert (audit(table)["verdict"] == "agrees").all()
