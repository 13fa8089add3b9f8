"""Heads of letters that are set wide. Made-up tables, recomputed by hand."""

import pytest
from building import roles_by_place

from analysis import audit, read_table
from analysis.article.table_head_wide import heads_set_wide

# 90 - 100 = -10, a tenth less; 60 - 50 = 10, a fifth more; 30 - 50 = -20, two fifths less; of 90
# are 60 66.67 % and 30 33.33 %; 100 - 80 = 20, a quarter more, as are 80 - 64 and 20 - 16
ROWS = (
    "一、歲入合計 100,000 90,000(-) 10,000(-) 10.00 100.00     1.甲 稅 50,000 60,000 10,000 20.00 "
    "66.67     2.乙 稅 50,000 30,000(-) 20,000(-) 40.00 33.33\n\n二、歲出合計 80,000 100,000 "
    "20,000 25.00 100.00     1.丙 支 出 64,000 80,000 16,000 25.00 80.00     2.丁 支 出 16,000 "
    "20,000 4,000 25.00 20.00"
)


@pytest.mark.parametrize(
    "wide", ["預  算  數 決  算  數 比 較 增 減 數", "預 算 數 決 算 數 比較增減 數"]
)
@pytest.mark.parametrize("title", ["", "收支簡明分析表\n\n"])
def test_a_line_of_letters_is_heads_and_what_stands_below_it_is_of_the_percentages(wide, title):
    heads = f"項      目 {wide.replace('比較增減', '比 較 增 減')} 百 分 比"
    table = read_table(f"{heads}\n\n增 減(%)\n\n占決算 總額(%)\n\n{title}( 1 ) ( 2 )\n\n{ROWS}\n")
    assert table.figures["column"].unique().tolist() == [
        "預算數", "決算數", "比較增減數", "百分比 / 增減(%)", "百分比 / 占決算總額(%)",
    ]  # fmt: skip
    assert {
        "current": ["2.乙 稅|決算數"],
        "prior": ["2.乙 稅|預算數"],
        "difference": ["2.乙 稅|比較增減數"],
        "change": ["2.乙 稅|百分比 / 增減(%)"],
    } in roles_by_place(table, "change")
    assert {
        "rate": ["1.甲 稅|百分比 / 占決算總額(%)"],
        "numerator": ["1.甲 稅|決算數"],
        "denominator": ["一、歲入合計|決算數"],
    } in roles_by_place(table, "ratio")
    assert (audit(table)["verdict"] == "agrees").all()


@pytest.mark.parametrize(
    ("line", "heads"),
    [
        ("地 區 別 死 亡 人 數 受 傷 人 數", ["地區別", "死亡人數", "受傷人數"]),
        ("年   度 件  數 人  數", ["年度", "件數", "人數"]),
    ],
)
def test_letters_are_cut_behind_names_and_where_blanks_are_narrow(line, heads):
    assert heads_set_wide([line], 2) == ([heads], 0, 1)


@pytest.mark.parametrize(
    "line", ["中 華 民 國 九 十 七 年 度", "項 目 預 算 數 決 算 數", "a b c d e f"]
)
def test_other_letters_are_no_heads(line):
    assert heads_set_wide([line], 4)[0] == []
