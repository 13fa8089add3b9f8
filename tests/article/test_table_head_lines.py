"""Lines of words over figures: made-up heads; the expected ones are those a reader would give."""

import pytest

from analysis import audit, read_table
from analysis.article.table_head_lines import heads_over


@pytest.mark.parametrize(
    ("lines", "width", "expected"),
    [
        # Letters set wide, units below, and English of which the cut is not decided: left out.
        (
            ["项   目 Item 职工 构 成", "(人) (%)", "Employed Staff Composition"],
            2,
            [["项 目 Item", "职工", "构 成"], ["", "(人)", "(%)"]],
        ),
        # A blank cell left two blanks: five words and three blank cells are eight columns.
        (
            ["North South     Coal Wood   Salt", "  Mine Works Pit Yard     Mill (t)"],
            8,
            [["", "North Mine", "South Works", "Pit", "Yard", "Coal", "Wood", "Mill", "Salt (t)"]],
        ),
        # Each head begins with its period, a line each.
        (
            ["2017", "Budget", "$'000", "2018", "Actual", "$'000", "2019", "Plan", "$'000"],
            3,
            [["", "2017 Budget $'000", "2018 Actual $'000", "2019 Plan $'000"]],
        ),
        # Each head is Chinese, with its translation behind it.
        (
            ["Item 职工", "Staff", "城镇", "从业人员", "Urban Workers", "其他", "Others"],
            3,
            [["Item", "职工 Staff", "城镇 从业人员 Urban Workers", "其他 Others"]],
        ),
        # So behind what stands over the labels, with marks of parts, and a heading of rows behind.
        (
            ["Year", "总量", "Total", "Output", "# 煤炭", "Coal and", "Coke", "# 铁矿", "Iron",
             "数(吨)", "Tons (t)"],
            3,
            [["Year", "总量 Total Output", "# 煤炭 Coal and Coke", "# 铁矿 Iron"]],
        ),
        # Periods set with blanks, and the same in another tongue, each over two columns.
        (
            ["2015 年 第 4 季 2016 年 第 1 季", "4º T / 2015 1º T / 2016"],
            4,
            [
                ["", *["2015 年 第 4 季"] * 2, *["2016 年 第 1 季"] * 2],
                ["", *["4º T / 2015"] * 2, *["1º T / 2016"] * 2],
            ],
        ),
        # Seven heads over seven: those of two fall where the years give way to spans.
        (
            ["1995 1996 2007 指数 平均增长", "1995 1996 1991-2000 2001-2005"],
            7,
            [
                ["", "1995", "1996", "2007", "指数", "指数", "平均增长", "平均增长"],
                ["", "", "", "", "1995", "1996", "1991-2000", "2001-2005"],
            ],
        ),
        # Heads go on in the next line; a word in small letters goes on in the head before it.
        (
            ["Offence charged Total all", "ages", "Under", "10", "10-12 13-14 15 and", "over"],
            5,
            [["Offence charged", "Total all ages", "Under 10", "10-12", "13-14", "15 and over"]],
        ),
        (
            ["Caseload 2014 2019 Percent Change Since 2014 Percent Change Since 2019"],
            4,
            [["Caseload", "2014", "2019", "Percent Change Since 2014",
              "Percent Change Since 2019"]],
        ),
        # A capital behind small letters begins a head, Per cent. too; Fires Per Crew is one.
        (
            ["Boats seen Seized at sea Per cent. Left in port Per cent."],
            5,
            [["", "Boats seen", "Seized at sea", "Per cent.", "Left in port", "Per cent."]],
        ),
        (["2018 Fires Per Crew 2019 Fires Per Crew"], 2,
         [["", "2018 Fires Per Crew", "2019 Fires Per Crew"]]),
        (
            ["Kind May 2009 # Diff. May 2008 % Change"],
            4,
            [["Kind", "May 2009", "# Diff.", "May 2008", "% Change"]],
        ),
    ],
)  # fmt: skip
def test_heads_in_lines_of_words(lines, width, expected):
    assert heads_over(lines, width)[0] == expected


@pytest.mark.parametrize(
    ("lines", "width"),
    [
        (["North Coast Rainfall"], 2),  # North | Coast Rainfall, or North Coast | Rainfall
        (["Number of Number of Losses", "Fires Deaths into Cash"], 3),
        (["表3 某市概况", "单位:人 (10 000 persons)"], 3),
        (["甲类 乙类", "男 女 其他(含外地、", "次数 本地、港澳)"], 5),  # a cell goes on elsewhere
    ],
)
def test_what_is_undecided_is_no_head(lines, width):
    assert heads_over(lines, width)[0] == []


def test_a_head_of_groups_that_the_level_below_does_not_tell_is_left_out():
    assert heads_over(["Cases Deaths", "North South East West"], 4)[0] == [
        ["", "North", "South", "East", "West"]
    ]


def test_a_text_set_wide_is_not_cut_into_pairs_of_letters():
    heads, _, _ = heads_over(["東 西 南 北 街 口 件", "件 數 死亡 件數 死亡"], 4)
    assert heads == [["東 西 南 北 街 口 件"], ["", "件 數", "死亡", "件數", "死亡"]]


def test_months_below_what_stands_over_the_labels_are_heads():
    cells = ["縣市別", "1", "2", "3", "東市", "43", "40", "26", "西市", "19", "16", "14"]
    table = read_table("\n\n".join(["某年統計", *cells]))
    assert table.figures["column"].tolist() == ["1", "2", "3"] * 2
    assert table.figures["value"].tolist() == [43, 40, 26, 19, 16, 14]


def test_a_chapter_or_a_numbered_title_is_no_level_of_heads():
    lines = ["( 第 三 章 : 运 输 业 )", "( 乙 ) 按 主 要 地 区 划 分", "地区 2018 2019 2020"]
    assert heads_over(lines, 3) == ([["地区", "2018", "2019", "2020"]], 2, 3)


def test_a_period_in_brackets_on_a_line_of_its_own_is_of_all_and_no_head():
    lines = ["(2019年)", "甲数 乙数 丙数", "丁别", "(个) (张) (人) 戊员 己别"]
    assert "2019" not in str(heads_over(lines, 5)[0])
    assert heads_over(lines, 5)[0][-1] == ["", "(个)", "(张)", "(人)", "戊员", "己别"]


def test_headings_in_two_tongues_have_their_own_units():
    rows = "2018 500 200 160\n2019 600 220 120\n2020 660 231 144\n"
    changes = "2018 8.1 2.5 3.4\n2019 20.0 10.0 -25.0\n2020 10.0 5.0 20.0\n"
    heads = "Year\n总量\nTotal\nOutput\n# 煤炭\nCoal and\nCoke\n# 铁矿\nIron\n数(吨)\nTons (t)\n"
    table = read_table(f"{heads}{rows}比上年增长(%)\nGrowth over\nPreceding Year (%)\n{changes}")
    heads = ["总量 Total Output", "# 煤炭 Coal and Coke", "# 铁矿 Iron"]
    assert table.figures["column"].unique().tolist() == heads
    first, *_, last = table.figures["row"].unique()
    assert first == "数(吨) Tons (t) / 2018"
    assert last == "比上年增长(%) Growth over Preceding Year (%) / 2020"
    assert table.figures["unit"].tolist() == ["吨"] * 9 + ["percent"] * 9
    assert (audit(table).query("kind == 'change'")["verdict"] == "agrees").sum() == 6


def test_levels_of_heads_in_two_tongues_over_many_lines_are_a_tree():
    """960 = 500 + 460 = 172 + 788; 500 / 960 = 52.08 %."""
    pair = "数量\nNumber\n比重(%)\nProportion\n"
    heads = "4-1 牲畜\nLivestock\n年份\nYear\n总数 (年末)\nTotal\n(year-end)\n按毛色分 By Colour "
    heads += f"按村分 By Place\n黑 Black 白 White 山区 Hills 平原 Plains\n{pair * 4}"
    rows = "1978 960 500 52.08 460 47.92 172 17.92 788 82.08\n"
    rows += "1980 987 507 51.37 480 48.63 191 19.35 796 80.65\n"
    rows += "1985 1058 547 51.70 511 48.30 250 23.63 808 76.37\n"
    table = read_table(heads + rows)
    columns = table.figures["column"].tolist()
    assert columns[0] == "总数 (年末) Total (year-end)"
    assert columns[1] == "按毛色分 By Colour / 黑 Black / 数量 Number"
    assert columns[8] == "按村分 By Place / 平原 Plains / 比重(%) Proportion"
    assert set(audit(table)["verdict"]) == {"agrees"}


def heads(text):
    return read_table(text).figures["column"].unique().tolist()


def test_first_lines_of_heads_over_some_columns_go_on_below():
    text = (
        "           Pending at                         Pending at\n"
        "            1 January   Received   Closed    31 December\n"
        "Civil           2,104      8,820    8,610          2,314\n"
        "Criminal        1,310      6,200    6,405          1,105\n"
    )
    expected = ["Pending at 1 January", "Received", "Closed", "Pending at 31 December"]
    assert heads(text) == expected


def test_heads_of_groups_are_over_the_columns_in_whose_middle_they_stand():
    text = (
        "地区    总户数     总人口       按性别分           按城乡分\n"
        "                                 男        女       城镇      乡村\n"
        "总计   512,300  1,502,400  760,300   742,100  801,200   701,200\n"
        "甲区   201,100    590,200  298,100   292,100  480,100   110,100\n"
        "乙区   311,200    912,200  462,200   450,000  321,100   591,100\n"
    )
    below = ["按性别分 / 男", "按性别分 / 女", "按城乡分 / 城镇", "按城乡分 / 乡村"]
    assert heads(text) == ["总户数", "总人口", *below]


@pytest.mark.parametrize("over", ["Year ended", "Half-year ended"])
def test_a_period_in_lines_that_are_alike_over_all_columns(over):
    text = (
        f"               {over:>17}{over:>17}\n"
        "                        31 March         31 March\n"
        "                            2024             2023\n"
        "                           £'000            £'000\n"
        "Revenue                  128,450          119,320\n"
        "Costs                   (74,310)         (70,115)\n"
    )
    assert heads(text) == [f"{over} 31 March / {year} / £'000" for year in (2024, 2023)]
    starts = read_table(text).figures["period_start"].astype(str).unique().tolist()
    month = "04" if over[0] == "Y" else "10"
    assert starts == [f"{year - 1}-{month}-01" for year in (2024, 2023)]
