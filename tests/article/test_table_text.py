"""Text without marks of cells: what its lines, blanks and positions tell. Made-up tables; the
expected labels are those that a reader would give them."""

import pytest

from analysis import audit, read_table, read_tables
from analysis.article.table_words import letters_joined, line_of

STACKED = """Item
Number of Number of Losses
Fires Deaths into Cash
(case) (person) (10 000 yuan)

  Total   980 12 1455.5
  North   400  5 1200.1
  South   580  7  255.4
"""


def columns(table):
    return table.figures["column"].drop_duplicates().tolist()


def test_words_of_stacked_english_heads_are_not_cut_by_guess():
    table = read_table(STACKED)
    assert columns(table) == ["(case)", "(person)", "(10 000 yuan)"]
    assert table.figures["unit"].tolist()[:3] == ["case", "person", "万元"]


def test_a_numbered_title_with_a_year_is_neither_head_nor_row():
    table = read_table("12-3  Fires by Region (2004)\n" + STACKED)
    assert table.figures["row"].unique().tolist() == ["Total", "North", "South"]


def test_one_word_over_each_column_is_its_head():
    table = read_table(
        "Region Cases Cases Deaths\nAccepted Settled\n\nNorth 40 38 5\nSouth 58 57 7\n"
    )
    assert columns(table) == ["Cases", "Deaths"]


HEADS = """
                 进出口            出口       累计比上年±%
地区          当月    累计     当月    累计   进出口   出口
东区          41.2   110.3    25.0    69.8     8.4    11.2
西区           5.1    14.9     4.7    11.0    -6.1    -7.7
南区           8.4    23.7     6.2    15.1    21.5    30.3
"""


def test_a_head_stands_over_the_columns_in_whose_middle_it_is():
    assert columns(read_table(HEADS)) == [
        "进出口 / 当月", "进出口 / 累计", "出口 / 当月", "出口 / 累计",
        "累计比上年±% / 进出口", "累计比上年±% / 出口",
    ]  # fmt: skip


def test_a_change_is_of_the_group_that_its_head_names():
    claims = read_table(HEADS).relations
    first = claims[
        claims["relation"] == claims.loc[claims["figure"] == "r01_c5", "relation"].iloc[0]
    ]
    assert dict(zip(first["role"], first["figure"], strict=True)) == {
        "current": "r01_c2",
        "change": "r01_c5",
    }


def test_a_label_over_two_lines_before_numbers_alone():
    table = read_table(
        "Item 2001 2002 2003\nLawyers 11 12 13\nLaw Offices 4 5 6\nUnits with Permanent\n"
        "Legal Advisers\n235 238 254\nNotaries 7 8 9\n"
    )
    assert table.figures["row"].unique().tolist() == [
        "Lawyers", "Law Offices", "Units with Permanent Legal Advisers", "Notaries",
    ]  # fmt: skip


def test_a_label_whose_second_line_stands_further_in():
    table = read_table(
        "Item 2001 2002 2003\n  Lawyers 11 12 13\n  Units with Permanent\n"
        "      Advisers 235 238 254\n  Notaries 7 8 9\n"
    )
    assert table.figures["row"].unique().tolist() == [
        "Lawyers", "Units with Permanent Advisers", "Notaries",
    ]  # fmt: skip


def test_rows_that_stand_further_in_are_parts():
    table = read_table(
        "项目 2001年 2002年 2003年\n律师 20 24 31\n    专职 11 15 20\n    兼职 9 9 11\n"
        "公证员 7 8 9\n"
    )
    of_2001 = table.relations[table.relations["figure"].str.endswith("_c1")]
    assert of_2001["figure"].tolist() == ["r01_c1", "r02_c1", "r03_c1"]
    assert set(of_2001["kind"]) == {"sum"}


def test_years_are_labels_of_rows_that_grow_longer():
    table = read_table(
        "单位:件\n1978 900 500 400\n1979 950 520 430\n1980 1000 550 450\n1981 1235 600 540 95\n"
        "1982 1295 620 580 95\n1983 1349 640 610 99\n1984 1448 700 650 98\n"
    )
    assert table.figures["row"].unique().tolist() == [str(year) for year in range(1978, 1985)]
    sums = table.relations[table.relations["role"] == "total"]
    assert len(sums) == 7  # the first figure of each year is the sum of the others


# --- A cell a line --------------------------------------------------------------------------------


def lines(*cells):
    return "\n\n".join(cells)


def test_a_label_and_its_translation_are_one():
    table = read_table(
        lines("2014/15 2013/14", "病床", "Number of beds", "普通科", "General", "1,268", "1,218",
              "精神科", "Mentally ill", "400", "390", "總計", "Total", "1,668", "1,608")
    )  # fmt: skip
    assert table.figures["row"].unique().tolist() == [
        f"病床 Number of beds / {name}"
        for name in ("普通科 General", "精神科 Mentally ill", "總計 Total")
    ]
    assert columns(table) == ["2014/15", "2013/14"]
    assert (table.relations["kind"] == "sum").all()


@pytest.mark.parametrize("mark", ["", " #", "*"])
def test_periods_one_below_the_other_are_heads(mark):
    table = read_table(
        lines("Sales", "Jan 2019", f"Jan 2020{mark}", "Shops", "84", "77", "Stalls", "5", "6")
    )
    assert columns(table) == ["Jan 2019", f"Jan 2020{mark}"]


def test_years_of_which_something_is_said_are_heads():
    table = read_table(
        lines(
            "2012", "2011 (est.)", "2010", "All", "832", "901", "905", "Theft", "553", "585", "511"
        )
    )
    assert columns(table) == ["2012", "2011 (est.)", "2010"]
    assert table.figures["row"].unique().tolist() == ["All", "Theft"]


def test_months_below_a_year_are_heads_of_a_block_of_their_own():
    first = ["108", "一月", "二月", "取締", "5977", "6594", "移送", "3486", "3979"]
    second = [
        "108",
        "三月",
        "四月",
        "總計",
        "取締",
        "16",
        "14",
        "12601",
        "移送",
        "57",
        "55",
        "7577",
    ]
    table = read_table(lines("取締及移送件數統計", *first, *second))
    assert columns(table) == ["一月", "二月", "三月", "四月", "總計"]
    assert table.figures["row"].unique().tolist() == ["108 取締", "108 移送"]
    total = table.figures[table.figures["column"] == "總計"]
    assert total["value"].tolist() == [12601, 7577]


def test_years_over_rows_and_labels_that_rows_have_again_are_no_heads():
    heads = ["Men", "Women", "10-17", "18+", "10-17", "18+"]
    first = ["1996", "Sentenced", "Lower court", "62", "122", "7", "16", "Custody", "Lower court"]
    numbers = ["3,973", "6,78", "129", "267"]  # 6,78 is a misprint
    second = ["1997", "Sentenced", "Lower court", "65", "126", "9", "18", "Custody", "Lower court"]
    table = read_table(lines(*heads, *first, *numbers, *second, "3,963", "7,272", "166", "341"))
    assert columns(table) == ["Men / 10-17", "Men / 18+", "Women / 10-17", "Women / 18+"]
    last = table.figures[table.figures["row"] == "Custody / 1997 Lower court"]
    assert last["value"].tolist() == [3963, 7272, 166, 341]


def test_more_heads_than_columns_are_lost_not_guessed():
    heads = ["类型", "有效", "无效", "刑事类", "警情", "治安类", "警情", "交通", "事故", "小计"]
    table = read_table(
        lines(*heads, "上周", "62", "242", "9", "313", "7", "本周", "70", "272", "8", "350", "6")
    )
    assert columns(table) == [""]
    assert table.figures["value"].tolist() == [62, 242, 9, 313, 7, 70, 272, 8, 350, 6]


def test_units_a_line_each_are_the_heads_where_the_words_above_are_lost():
    heads = ["Region", "Number of", "Number of", "Losses", "Fires", "Deaths", "into Cash"]
    units = ["(case)", "(person)", "(10 000 yuan)"]
    rows = ["North", "900", "41", "2355.4", "South", "751", "43", "1683.7"]
    assert columns(read_table(lines(*heads, *units, *rows))) == units


def test_signs_that_stand_apart_belong_to_their_numbers():
    table = read_table(
        "罪案 2019 2020 增減\n劫案 870 916 + 46 (+5%)\n兇殺 66 47 - 19 (-29%)\n縱火 675 --- N/A\n"
        "爆竊 354 556 + 202 (+57%)\n"
    )
    assert columns(table)[:3] == ["2019", "2020", "增減"]
    robbery = table.figures[table.figures["row"] == "劫案"]
    assert robbery["value"].tolist() == [870, 916, 46, 5]
    murder = table.figures[table.figures["row"] == "兇殺"]
    assert murder["value"].tolist() == [66, 47, -19, -29]
    assert table.figures.loc[table.figures["row"] == "縱火", "value"].tolist() == [675]


def test_signs_stand_apart_from_numbers_that_end_where_their_column_does():
    table = read_table(
        "案類                           2019      2018            增減\n"
        "總計                         77,630    73,008    +4,622 (+6%)\n"
        "每十萬人                      1,108     1,086     +  22\n"
        "兇殺(2)                          47        66     -  19 (-29%)\n"
        "行劫(2)                         870     3,167    -2,297 (-73%)\n"
        "傷人(2)                       7,688     6,472    +1,216 (+19%)\n"
        "勒索(2)                         354       556     - 202 (-36%)\n"
    )
    assert table.figures["row"].unique().tolist()[2:4] == ["兇殺(2)", "行劫(2)"]
    murder = table.figures.loc[table.figures["row"] == "兇殺(2)", "value"]
    assert murder.tolist() == [47, 66, -19, -29]
    assert set(audit(table)["verdict"]) == {"agrees"}


def test_heads_that_end_where_their_columns_do_stand_over_them_whatever_their_words():
    table = read_table(
        "年龄情况\n"
        "年龄            合计       男       女\n"
        "总计          10,000    5,110    4,890\n"
        "0-14岁         1,652      880      772\n"
        "15岁及以上     8,348    4,230    4,118\n"
    )
    assert columns(table) == ["合计", "男", "女"]


def test_a_lower_level_over_some_columns_only():
    table = read_table(
        "案由          旧存    收案    结案            未结\n"
        "                              判决    其他\n"
        "刑事一审        45     512     401      88      68\n"
        "民事一审       310   4,120   2,012   1,998     420\n"
        "行政一审        12     133      90      35      20\n"
    )
    assert columns(table) == ["旧存", "收案", "结案 / 判决", "结案 / 其他", "未结"]


def test_a_first_row_with_one_figure_is_a_row():
    table = read_table(
        "指标               本月   累计    同比(%)\n"
        "工业增加值                          5.8\n"
        "财政收入          12.36  151.88     4.9\n"
        "财政支出          35.44  402.19     9.2\n"
    )
    assert table.figures["row"].tolist()[0] == "工业增加值"
    assert table.figures["column"].tolist()[0] == "同比(%)"


def test_blank_cells_that_left_two_blanks_keep_their_place():
    table = read_table(
        "项    目 Item 2020 2021\n"
        "合 计     合 计    \n"
        "Total 进 口 出 口 Total 进 口 出 口\n"
        "(tons) Imports Exports (tons) Imports Exports\n"
        "总  计 Total 13700 5900 7800 16700 6900 9800\n"
        " 煤 Coal 3785   3785 13539   13539\n"
        " 盐 Salt 533 533   889 889  \n"
        " 木 Wood 9382 5367 4015 2272 6011 -3739\n"
    )
    coal = table.figures[table.figures["row"].str.contains("煤")]
    assert coal["column"].tolist() == [
        f"{year} / {head}"
        for year in (2020, 2021)
        for head in ("合计 Total / (tons)", "出口 / Exports")
    ]
    assert coal["value"].tolist() == [3785, 3785, 13539, 13539]


def test_a_year_over_totals_and_their_parts():
    table = read_table(
        "    2010年 2011年\n合计   合计  \n国有 集体 国有 集体\n                 \n"
        "东市 4930 2715 2215 5570 2945 2625\n"
        "西市 9350 4756 4594 1042 523 519\n"
        "南市 8717 2737 5980 1044 292 752\n"
    )
    assert columns(table) == [
        f"{year}年 / 合计{part}" for year in (2010, 2011) for part in ("", " / 国有", " / 集体")
    ]


def test_figures_of_a_shorter_line_stand_where_theirs_end():
    # The last line has no second figure, the one before it no percent.
    table = read_table(
        "罪案        2009  2001 増減\n\n"
        "全部案件   7,630 7,008 +622 (+9%)\n"
        "重案,全部 1,193 1,551 -358 (-23%)\n"
        "輕案      59,437 5,457 +980 (+7%)\n"
        "破案          47    53 -  6\n"
        "自首          15       +  2\n"
    )
    found = {
        row: dict(zip(each["column"], each["value"], strict=False))
        for row, each in table.figures.groupby("row")
    }
    assert found["破案"] == {"2009": 47, "2001": 53, "増減": -6}
    assert found["自首"] == {"2009": 15, "増減": 2}


def test_words_that_go_on_from_the_line_above_and_changes_over_the_last_columns():
    table = read_table(
        "2019 Percentage\nNumber change over:\n2011-15 2011-15\n"
        "average 2017 2019 2018 average\n\n"
        "Deaths 130 107 118 10 -9\n"
        "Injured 2,398 3,085 3,222 4 34\n"
        "Total 2,528 3,192 3,340 -5 32\n"
    )
    assert columns(table) == [
        "Number / 2011-15 average", "Number / 2017", "Number / 2019",
        "2019 Percentage change over: / 2018", "2019 Percentage change over: / 2011-15 average",
    ]  # fmt: skip


def test_a_head_set_wide_with_years_a_blank_before_the_first_figure():
    table = read_table(
        "表 乙\n贸 易 种 类 / 地 区 1999   2003   2004\n进 口 1,392.7   1,805.8   2,111.1\n"
        "          (-2.5)   (+11.5)   (+16.9)\n  日 本 162.7   214.0   256.1\n"
        "  台 湾 100.4   125.2   153.8\n  新 加 坡 60.0   90.6   111.0\n"
    )
    assert table.figures["column"].unique().tolist() == ["1999", "2003", "2004"]
    assert table.figures["row"].unique().tolist()[:1] == ["进 口"]
    assert len(table.figures) == 15


def test_years_a_line_each_are_heads_and_what_stands_below_them_is_none():
    table = read_table(
        "1997\n1998\n1999\n服 務 (召 喚 次 數)\n   火 警   35 543   37 846   43 564\n"
        "   特 別 服 務   20 899   20 813   21 035\n   總 計   56 442   58 659   64 599\n"
    )
    assert table.figures["column"].unique().tolist() == ["1997", "1998", "1999"]
    assert (audit(table)["verdict"] == "agrees").all()


def test_rows_of_which_most_lost_the_blanks_at_their_end():
    table = read_table(
        "项目 Item 发病率(1/10万) 死亡率(1/10万) 病死率(%)\n总计 Total 392.54 0.71 0.18\n"
        "甲病 Alpha 97.46 0.01 0.01\n乙病 Beta 0.43\n丙病 Gamma 0.97\n丁病 Delta 2.58 0.62 24.03\n"
        "戊病 Eta 13.89\n己病 Zeta 0.02\n庚病 Iota 0.81\n"
    )
    figures = table.figures.set_index(["row", "column"])["value"]
    assert figures["丁病 Delta", "病死率(%)"] == 24.03
    assert figures["乙病 Beta", ""] == 0.43  # which of the three it is, nothing says


def test_heads_glued_to_the_one_over_them_and_a_line_for_each_group():
    table = read_table(
        "指标名称\n单位\n5月份\n比去年同期增长(%)累计 当月 累计 当月\n"
        "甲业务 亿元 790.7 76.0 19.4 16.7\n乙业务 亿元 368.3 29.4 4.1 -5.0\n"
        "丙业务 万件 638.4 69.6 21.8 17.3\n"
    )
    assert columns(table) == [
        *("5月份 / 累计", "5月份 / 当月"),
        *("比去年同期增长(%) / 累计", "比去年同期增长(%) / 当月"),
    ]
    assert table.figures["unit"].iloc[[0, 2, 8]].tolist() == ["亿元", "percent", "万件"]


def test_a_head_that_comes_again_with_other_periods():
    rows = "Murder 6 -13 19 -68%\nRape 47 +5 42 +12%\nRobbery 653 -20 673 -3%\n"
    table = read_table(
        f"CRIME May 2009 # DIFF. May 2008 % CHANGE\n{rows}\n"
        f"CRIME 5 MONTHS 09 # DIFF. 5 MONTHS 08 % CHANGE\n{rows}"
    )
    assert columns(table) == [
        *("May 2009", "# DIFF.", "May 2008", "% CHANGE"),
        *("5 MONTHS 09", "5 MONTHS 08"),
    ]


def test_a_numbered_title_before_rows_of_another_width_begins_a_table():
    text = (
        "表3:甲类\n0~8时 8~16时 16~24时 合计\n人数 22 17 8 47\n占比 46.8% 36.2% 17.0% 100%\n"
        "表4:乙类\n客厅 厨房 合计\n人数 10 44 54\n占比 18.5% 81.5% 100%\n"
    )
    first, second = read_tables(text)
    assert first.figures["column"].unique().tolist() == ["0~8时", "8~16时", "16~24时", "合计"]
    assert second.figures["column"].unique().tolist() == ["客厅", "厨房", "合计"]


def test_a_heading_in_the_middle_of_its_rows_holds_for_those_above_it_too():
    text = (
        "0~8时 8~16时 16~24时 合计\n人数 22 17 8 47\n99年\n占比 46.8% 36.2% 17.0% 100%\n"
        "人数 10 24 26 60\n100年\n占比 16.7% 40.0% 43.3% 100%\n"
    )
    rows = read_table(text).figures["row"].unique().tolist()
    assert rows == ["99年 / 人数", "99年 / 占比", "100年 / 人数", "100年 / 占比"]


def test_a_heading_below_the_last_of_its_rows_stays_where_it_is():
    text = "甲 乙 合计\n人数 22 17 39\n占比 56.4% 43.6% 100%\n99年\n"
    text += "人数 10 24 34\n占比 29.4% 70.6% 100%\n"
    rows = read_table(text).figures["row"].unique().tolist()
    assert rows == ["人数", "占比", "99年 / 人数", "99年 / 占比"]


def test_the_mark_of_a_note_behind_each_figure_is_no_figure():
    table = read_table(
        "2008\n\n2012\n\n2013\n\n编制\n\n甲级\n\n418\n\n425\n\n428\n\n乙级\n\n216\n\n277\n\n345\n\n"
        "实际\n\n甲级\n\n423\n\n(1)\n\n432\n\n(1)\n\n433\n\n(1)\n\n乙级\n\n145\n\n209\n\n296\n"
    )
    figures = table.figures[table.figures["row"] == "实际 / 甲级"]
    assert figures["value"].tolist() == [423, 432, 433]
    assert figures["note"].iloc[0] == "printed 423(1)"


UPRIGHT = """年度 件數 人數
98年 400 510
99年 420 500
兩 增
年 減 20 -10
間 數
比 增
 減 5.0% -2.0%
較 率
"""


@pytest.mark.parametrize(("before", "over"), [(" 減", "兩年間比減較"), ("之 減", "兩年間比之較")])
def test_labels_set_upright_beside_the_figures_of_one_line_are_put_together(before, over):
    text = UPRIGHT.replace("\n 減", f"\n{before}")
    rows = read_table(text).figures["row"].unique().tolist()
    told = [f"{over} / 增減數", f"{over} / 增減率"]
    assert (rows[2:] == told) is (before != " 減")  # else a letter is missing: nothing is guessed


def test_changes_whose_label_is_set_upright_are_of_the_years_above_them():
    text = UPRIGHT.replace("\n 減", "\n之 減")
    assert audit(read_table(text))["verdict"].tolist() == ["agrees", "agrees"]
    wrong = audit(read_table(text.replace("-2.0", "-2.4")))["verdict"].tolist()
    assert wrong == ["agrees", "contradicts"]


@pytest.mark.parametrize(
    "text",
    [
        "年度 件數 人數\n甲 400 510\n乙 420 500\n丙 20 10\n",  # rows of one letter each
        "年度 件數\n甲\n400\n乙\n420\n丙\n20\n",  # a cell a line
        "年度 件數 人數\n甲 400 510\n乙 420 500\n合\n丙 20 10\n",
    ],
)
def test_letters_that_are_labels_stay_so(text):
    lines = [line_of(line, n) for n, line in enumerate(text.splitlines())]
    assert letters_joined(lines) == lines


def test_a_percent_sign_that_is_set_apart_belongs_to_its_number():
    rows = [
        "類別 2018年 2017年 增減率",
        "甲 631 600 5.2 %",
        "乙 210 200 5.0 %",
        "丙 150 160 -6.3 %",
    ]
    table = read_table("\n".join(rows))
    assert columns(table) == ["2018年", "2017年", "增減率"]
    assert audit(table)["verdict"].tolist() == ["agrees"] * 3
    wide = "類別      2018年   佔比\n" + "".join(
        f"{label}      {count:>4}   {share:>6}\n"
        for label, count, share in [
            ("甲類", 30, "75.0 %"),
            ("乙類", 10, "25.0 %"),
            ("合計", 40, "100 %"),
        ]
    )
    assert read_table(wide).figures["unit"].tolist() == ["", "percent"] * 3
    assert line_of("September 2008 % Change", 1).pieces == []


@pytest.mark.parametrize("pair", ["{} / {} %", "{}/{}%", "{}({}%)"])
def test_a_row_of_differences_with_their_percentages_is_two_rows(pair):
    last = " ".join(pair.format(*each) for each in [("31", "5.2"), ("368", "19.5")])
    table = read_table(f"年 甲 乙\n2018年 631 2258\n2017年 600 1890\n增減數/增減率 {last}\n")
    assert table.figures["row"].unique().tolist()[2:] == ["增減數", "增減率"]
    assert table.figures["measure"].tolist()[4:] == ["difference"] * 2 + ["change"] * 2
    assert table.relations["role"].tolist() == ["current", "prior", "difference", "change"] * 2
    assert (audit(table)["verdict"] == "agrees").all()


def test_a_column_of_differences_with_their_percentages():
    table = read_table(
        "類別,2018年,2017年,增減/增減率\n甲,631,600,31 (5.2%)\n乙,210,200,10 (5.0%)\n"
        "丙,150,160,-10 (-6.3%)\n丁,90,90,0 (0.0%)\n"
    )
    told = table.figures[table.figures["column"] == "增減/增減率"]
    assert told["measure"].tolist() == ["difference", "change"] * 4
    assert told["unit"].tolist() == ["", "percent"] * 4
    assert audit(table)["verdict"].tolist() == ["agrees"] * 4


TRANSLATED = """年份 甲 乙 合計
2019年首季
1º Trim. de 201941 50 91
2018年首季
1º Trim. de 201840 30 70
變化 / 百份比 Var. / %
1 / 2.5 % 20 / 66.7 % 21 / 30.0 %
"""


def test_a_label_above_the_translation_that_its_row_begins_with_and_the_year_both_end_with():
    table = read_table(TRANSLATED)
    assert table.figures["value"].tolist()[:6] == [41, 50, 91, 40, 30, 70]
    rows = ["2019年首季 1º Trim. de 2019", "2018年首季 1º Trim. de 2018"]
    assert table.figures["row"].unique().tolist() == [*rows, "變化", "變化 / 百份比 Var. / %"]
    assert table.figures["measure"].tolist()[6:] == ["difference"] * 3 + ["change"] * 3
    told = audit(table)
    assert (told["kind"] == "change").sum() == 3
    assert (told["verdict"] == "agrees").all()


def test_a_number_that_begins_like_another_year_is_no_year():
    table = read_table(TRANSLATED.replace("201840", "201940"))
    assert 201_940 in table.figures["value"].tolist()


def test_a_chinese_heading_above_one_of_many_rows_heads_them():
    text = "kind 2019 2020\n甲類\ntheft 12 15\nfraud 30 28\n乙類\narson 3 5\nother 4 6\nriot 1 2\n"
    rows = read_table(text).figures["row"].unique().tolist()
    assert rows[:3] == ["甲類 / theft", "甲類 / fraud", "乙類 / arson"]


def test_a_head_of_years_tells_how_many_columns_there_are_where_most_rows_have_blanks():
    text = """单位:张
      2010 2015 2016 2017 2018
    项目  Item
        900 950 990 1010 1060
       医院 500 520 540 560 600
       疗养院   20 22 24 26
       卫生院 230 240 250 250 250
       门诊部   10 9 8 8
       保健院   60 61 62 63
       诊所   31 32 33 34
       救护站   41 42 43 44
    """
    figures = read_table(text).figures
    places = set(zip(figures["row"], figures["column"], figures["reported"], strict=True))
    assert {("医院", "2010", "500"), ("疗养院", "2015", "20"), ("保健院", "2018", "63")} <= places
    assert {("", "2010", "900"), ("", "2018", "1060")} <= places


def test_a_row_that_stands_as_far_out_as_a_heading_is_not_below_it():
    text = """     2017  2018  2019
服务
   火警     35543   37846   43564
   救护
      紧急   367064   394493   421146
      非紧急   3609   505   706
      小计   370673   394998   421852
   总计   406216   432844   465416
死亡人数
   火警   47   14   29
   特别服务   504   588   639
    """
    table = read_table(text)
    figures = table.figures
    rows = ["服务 / 火警", "服务 / 救护 / 紧急", "服务 / 救护 / 非紧急", "服务 / 救护 / 小计"]
    rows += ["服务 / 总计", "死亡人数 / 火警", "死亡人数 / 特别服务"]
    assert [*figures["row"].drop_duplicates()] == rows
    # 367064 + 3609 = 370673; 35543 + 370673 = 406216; and so in each of three years
    assert audit(table).query("kind == 'sum'")["verdict"].tolist() == ["agrees"] * 6


def test_pieces_that_no_number_begins_with_say_that_blanks_group_thousands():
    """Of one number printed whole (1474) and two of which a piece begins with 0, the two tell."""
    table = read_table(
        "项目 2005 2006 2007\n出生 3 212 4 058 4 537\n死亡 1474 1 566 1 045\n居留 1 179 ~ 6 115\n"
        "结婚 451 309 212\n离婚 260 440 592\n"
    )
    assert table.figures["reported"].tolist()[:8] == [
        *("3 212", "4 058", "4 537"), *("1474", "1 566", "1 045"), *("1 179", "6 115"),
    ]  # fmt: skip
    assert table.figures["column"].tolist()[7] == "2007"


def test_the_letter_of_a_note_behind_thousands_that_a_blank_groups():
    table = read_table(
        "项目 2005年 2006年 2007年\n男女 4 434a 3 212 4 058\n男 2 279 1 701 2 113\n"
        "女 2 155 1 511 1 945\n离婚 260 440 592\n结婚 451 309 212\n"
    )
    assert table.figures["value"].tolist()[:4] == [4434, 3212, 4058, 2279]


@pytest.mark.parametrize("gap", [" ", "    "])
@pytest.mark.parametrize("sign", ["%", ""])
def test_a_percentage_in_brackets_behind_each_number_shares_its_cell(gap, sign):
    """50 / 80 = 62.5 %, 30 / 80 = 37.5 %."""
    rows = [["Type", "Cases (%)"], ["Theft", f"50 (62.5{sign})"], ["Fraud", f"30 (37.5{sign})"]]
    table = read_table("\n".join(gap.join(row) for row in [*rows, ["Total", "80"]]))
    assert table.figures["measure"].tolist() == ["count", "rate", "count", "rate", "count"]
    assert set(table.figures["column"]) == {"Cases (%)"}
    assert audit(table)["verdict"].tolist() == ["agrees"] * 3


def test_a_change_in_brackets_behind_several_numbers_is_a_column():
    """450 / 500 and 270 / 300 are -10 %, 210 / 200 is +5 %."""
    table = read_table(
        "Department 2009 2010 Change\nPolice 500 450 (10.0%)\nFire 300 270 (10.0%)\n"
        "Parks 200 210 5.0%\n"
    )
    assert columns(table) == ["2009", "2010", "Change"]
    assert audit(table)["verdict"].tolist() == ["agrees"] * 3


COUNTED = (
    *("2001", "2006", "年齡", "總計", "總計", "3歲以下", "N.A.", "N.A.", "N.A.", "61", "52", "113"),
    *("3", "27", "25", "52", "23", "21", "44", "4", "28", "26", "54", "24", "22", "46"),
    *("5", "23", "21", "44", "19", "17", "36", "6", "11", "9", "20", "17", "15", "32"),
)


def test_labels_that_count_on_a_cell_a_line():
    # 27 + 25 = 52, 61 + 52 = 113; under each year what stands last is called the total
    table = read_table(lines(*COUNTED))
    assert table.figures["row"].unique().tolist() == ["3歲以下", "3", "4", "5", "6"]
    total = table.figures.query("row == '6' and column == '2006 總計'")
    assert total["value"].tolist() == [32]
    assert set(audit(table)["verdict"]) == {"agrees"}


def test_the_last_row_of_labels_that_count_on_may_have_lost_a_cell():
    table = read_table(lines(*COUNTED[:-1]))
    assert table.figures["row"].unique().tolist() == ["3歲以下", "3", "4", "5", "6"]
    assert table.figures.query("row == '5' and value == 36")["column"].tolist() == ["2006 總計"]


def test_a_lone_corner_below_repeated_years_heads_no_column():
    cells = ["2008", "2012", "人员", "督察", "2 176", "2 277", "文员", "4 766", "4 695"]
    cells += ["2008", "2012", "罪案", "盗窃", "78 469", "75 930", "行劫", "1 100", "616"]
    table = read_table("\n\n".join(cells))
    assert table.figures["column"].tolist() == ["2008", "2012"] * 4


def test_what_comes_again_behind_per_is_part_of_the_heads():
    rows = "98年    472   17.10   11,102   581.09\n99年    537   20.11   13,103   703.51\n"
    heads = "          Cases Per      Cases Per\n            100,000        100,000\n"
    table = read_table(heads + "     Cases  People   Cases   People\n" + rows)
    assert len(table.figures) == 8


@pytest.mark.parametrize("mark", ["/", "np", "n.p.", "nil"])
def test_a_row_may_end_with_a_mark_for_a_figure_that_is_not_there(mark):
    rows = [("North", "1,204", "1,133", "+71", "1"), ("South", "1,066", "1,102", "-36", "2")]
    rows += [("Other", "52", "61", "-9", mark), ("All", "2,322", "2,296", "+26", mark)]
    lines = [f"{'area':8}{'now':>8}{'before':>8}{'change':>8}{'rank':>6}"]
    lines += [f"{a:8}{b:>8}{c:>8}{d:>8}{e:>6}" for a, b, c, d, e in rows]
    table = read_table("\n".join(lines))
    assert table.figures.query("row == 'Other'")["value"].tolist() == [52, 61, -9]
    assert "contradicts" not in set(audit(table)["verdict"])


def test_a_stroke_that_no_figure_stands_before_belongs_to_the_label():
    line = line_of("件 /", 1)
    assert (line.label, line.pieces) == ("件 /", [])


WRAPPED = (
    "指标                              2022年     2023年\n"
    "事故起数                           1,204     1,150\n"
    "驾驶人违反道路交通信号灯通行\n"
    "造成的事故                           120       101\n"
    "机动车未按规定让行造成的事故         310       305\n"
    "货物周转(包括本港及所\n"
    "属港区)                              774       744\n"
)


def test_a_label_in_chinese_goes_on_where_its_room_ended_or_its_bracket_is_open():
    labels = read_table(WRAPPED).figures["row"].unique().tolist()
    assert "驾驶人违反道路交通信号灯通行造成的事故" in labels
    assert "货物周转(包括本港及所属港区)" in labels


@pytest.mark.parametrize("heading", ["按对个人和家庭的补助支出分", "车辆", "车辆安全行驶里程情况:"])
def test_a_heading_is_no_first_line_of_a_label(heading):
    text = WRAPPED.replace("驾驶人违反道路交通信号灯通行\n造", f"{heading}\n造")
    labels = read_table(text).figures["row"].unique().tolist()
    assert not any(f"{heading}造" in label for label in labels)


def test_ratios_in_words_stand_beside_figures():
    text = (
        "学校类别    学校数目    学生人数    师生比率\n"
        "幼儿园         1,042     174,297      1:12.3\n"
        "小学             591     363,049      1:12.5\n"
        "总数           1,633     537,346      1:12.4\n"
    )
    table = read_table(text)
    assert table.figures["column"].unique().tolist() == ["学校数目", "学生人数"]
    assert (audit(table)["verdict"] == "agrees").all()
