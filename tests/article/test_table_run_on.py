"""Tables whose rows run on in one line. Made-up tables; the expected rows and labels are those that
they had before their lines were lost."""

from analysis import read_table

COURTS = (
    "Year/result Summary Indictable non-motoring All cases Number Per cent Number Per cent"
    " Number Per cent 2001 Charged 4,851 100 4,999 100 9,850 100 Guilty 2,976 61 4,259 85 7,235 73"
    " Dropped 148 3 123 2 271 3 2002 Charged 4,914 100 5,378 100 10,292 100 Guilty 2,925 60 4,513"
    " 84 7,438 72 Dropped 162 3 135 3 297 3"
)
LABOUR = (
    "勞動統計摘要 單位:千人 年 月 別 人口 就業者 失業者 失業率 91 年平均 19 436 18 955 481 2.47"
    " 92 年平均 19 587 19 109 478 2.44 93 年平均 19 705 19 248 457 2.32 1 19 669 19 235 434 2.21"
    " 12 19 714 19 275 439 2.23"
)


def columns(table):
    return table.figures["column"].drop_duplicates().tolist()


def rows(table):
    """The figures of each row as printed."""
    return table.figures.groupby("row", sort=False)["reported"].agg(list).to_dict()


def test_years_before_labels_are_groups_of_rows_under_heads_that_repeat():
    table = read_table(COURTS)
    assert columns(table) == [
        f"{kind} / {measure}"
        for kind in ("Summary", "Indictable non-motoring", "All cases")
        for measure in ("Number", "Per cent")
    ]
    assert list(rows(table)) == [
        f"{year} / {label}" for year in (2001, 2002) for label in ("Charged", "Guilty", "Dropped")
    ]
    assert rows(table)["2002 / Dropped"] == ["162", "3", "135", "3", "297", "3"]


def test_blanks_group_thousands_where_the_columns_add_up():
    found = rows(read_table(LABOUR))
    assert found["91 年平均"] == ["19 436", "18 955", "481", "2.47"]  # 18 955 + 481 = 19 436
    assert found["1"] == ["19 669", "19 235", "434", "2.21"]  # January: its 月 is lost
    assert found["12"] == ["19 714", "19 275", "439", "2.23"]


def test_years_are_the_labels_of_rows_one_behind_the_other():
    table = read_table(
        "Year Burglary in a dwelling Other burglary Total 1990 12,430 30,120 42,550"
        " 1991 13,104 31,222 44,326 1992 12,001 29,876 41,877 Percentage increase 4 5 5"
    )
    assert columns(table) == ["Burglary in a dwelling", "Other burglary", "Total"]
    assert list(rows(table)) == ["1990", "1991", "1992", "Percentage increase"]


def test_heads_behind_a_title_that_nothing_parts_from_it_are_lost():
    table = read_table(
        "Cases and files opened by the court, Northland Cases Files 1979 346,680 327,275"
        " 1991 592,774 427,883 1992 589,562 433,896 Details can be found in the annex."
    )
    assert columns(table) == [""]
    assert rows(table)["1991"] == ["592,774", "427,883"]


def test_a_sign_in_brackets_belongs_to_the_number_behind_it():
    table = read_table(
        "單位:元\n\n一、收入合計 8,152,685 7,535,197(-) 617,488(-) 7.57 1.稅 課 收 入 5,115,835"
        " 5,270,691 154,856 3.03 2.規 費 收 入\n\n 3.其 他 收 入 3,036,850 2,264,506(-) 772,344(-)"
        " 25.43"
    )
    assert [row[2] for row in rows(table).values()] == ["-617,488", "154,856", "-772,344"]
    assert table.figures["unit"].iloc[0] == "元"


def test_dashes_in_a_row_are_missing_and_no_signs():
    table = read_table(
        "總計 製造業 - - 6,900 7.5 總計 服務業 - 35 6,900 9.1 總計 營造業 12 40 6,900 8.2"
        " 總計 運輸業 11 - 6,900 8.8"
    )
    assert table.figures["value"].min() > 0
    assert (table.passed_over["reported"] == "-").sum() == 4


def test_labels_in_two_tongues_tell_where_heads_end_and_which_label_is_of_a_group():
    table = read_table(
        "7 2013 年 Ano de 2013 2014 年 Ano de 2014 差距 Diferença 吊車 Remoção 汽車 automóveis"
        " 689 717 +28 電單車 motociclos 630 579 -51 鎖車 Bloqueio 汽車 automóveis 2,474 2,581 +107"
        " 電單車 motociclos 730 635 -95 逾期 (15 日) Multas (15 dias) 58 89 +31"
    )
    assert columns(table)[1:] == ["2014 年 Ano de 2014", "差距 Diferença"]
    assert list(rows(table))[:4] == [
        f"{group} / {label}"
        for group in ("吊車 Remoção", "鎖車 Bloqueio")
        for label in ("汽車 automóveis", "電單車 motociclos")
    ]
    assert list(rows(table))[4].endswith("逾期 (15 日) Multas (15 dias)")


def test_years_in_the_line_are_heads_and_groups_over_them_are_lost():
    table = read_table(
        "Borough Theft from a car Theft of a car 1989 1991 19921 1989 1991 19921 Northwick 3,953"
        " 4,970 5,839 3,013 3,760 3,794 Southwick 4,762 5,348 5,510 2,820 2,938 3,095 Easton 729"
        " 661 297 259 534 635"
    )
    assert columns(table) == ["1989", "1991", "19921"]
    assert list(rows(table)) == ["Northwick", "Southwick", "Easton"]


def test_a_title_before_labels_of_one_word_is_no_label():
    table = read_table(
        "第3章 成果 施工 84 4 18 自燃 11 1 4 漏氣 56 2 14 爆竹 56 3 7 其他 3,301 45 817"
        " 備註 : 自106年起實施新制,原標準停止適用。"
    )
    assert list(rows(table)) == ["施工", "自燃", "漏氣", "爆竹", "其他"]


def test_a_row_that_has_lost_a_cell_stands_under_no_head():
    table = read_table(
        "罪案類別 2010 2011 2012 兇殺 35 17 27 強姦 112 121 行劫 760 733 616 爆竊 4,800 4,462 4,203"
        " 縱火 675 701 654 勒索 354 556 733"
    )
    lost = table.figures[table.figures["row"] == "強姦"]
    assert lost["column"].tolist() == ["", ""]
    assert lost["note"].str.contains("no head stands over it").all()


def test_long_rows_a_line_each_do_not_run_on():
    table = read_table(
        "".join(
            f"Area {name} of the old north 1 2 3 4 5 6 7 8 9 10 11\n" for name in ("A", "B", "C")
        )
    )
    assert list(rows(table)) == [f"Area {name} of the old north" for name in ("A", "B", "C")]


def test_periods_and_what_is_made_of_them_are_heads_of_a_table_that_runs_on():
    table = read_table(
        "地区 1月 2月 一季度 Northfield Town 1,203 1,105 3,401 Southfield 886 902 2,650 West Bay"
        " 640 617 1,920 Old North Port 512 530 1,533"
    )
    assert table.figures["column"].tolist()[:3] == ["1月", "2月", "一季度"]
    assert list(rows(table))[1:] == ["Southfield", "West Bay", "Old North Port"]


def test_labels_of_one_word_leave_the_words_before_them_to_the_heads():
    table = read_table(
        "Town 2018 budget(cash)(£) 2019 budget(cash)(£) Change in cash(£) Oxbury 6,363,247 "
        "6,391,504 28,257 Northam 3,561,153 3,520,072 (41,081) Eastham 5,598,357 5,537,701 "
        "(60,656) Bray 4,123,056 4,032,524 (90,532)"
    )
    assert list(rows(table)) == ["Oxbury", "Northam", "Eastham", "Bray"]
    heads = ["2018 budget(cash)(£)", "2019 budget(cash)(£)", "Change in cash(£)"]
    assert table.figures["column"].unique().tolist() == heads
