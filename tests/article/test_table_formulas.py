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
