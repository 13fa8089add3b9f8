"""Tables copied a cell a line. Made-up figures; the expected labels are those that a reader would
give them."""

import pytest

from analysis import audit, read_table
from analysis.article.table_cell_heads import units_onto_heads
from analysis.article.table_signs import signs_beside
from analysis.article.table_words import line_of


def text_of(cells):
    """A text of cells, a stroke between two lines."""
    return "\n".join(cells.replace("\n", "").split("|"))


def columns(table):
    return table.figures["column"].drop_duplicates().tolist()


def rows(table):
    return table.figures["row"].drop_duplicates().tolist()


def roles(table, kind):
    """The figures of each claim of a kind, as printed."""
    own = table.relations[table.relations["kind"] == kind]
    printed = own["figure"].map(table.figures["reported"])
    return [printed[own["relation"] == name].tolist() for name in own["relation"].unique()]


# --- Signs on lines of their own ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "joined"),
    [
        ("Loss|$|(16|)|(2.2|)%|(4|)|%", "Loss|$(16)|(2.2)%|(4)%"),
        ("North|2.7|%|(3.3|%)|South|1|%|0|%", "North|2.7%|(3.3)%|South|1%|0%"),
        ("North|9|11|%|South|8|5|%", "North|9|11%|South|8|5%"),
        ("None|$|—|2", "None|—|2"),
        # Between as many numbers it is the label of a row, and below a year a head.
        ("Theft|12|30|%|5|7|Fraud|1|2", "Theft|12|30|%|5|7|Fraud|1|2"),
        ("2022|%|2021|%|North|2|3|4|5", "2022|%|2021|%|North|2|3|4|5"),
    ],
)
def test_brackets_and_percent_signs_are_put_to_their_numbers(cells, joined):
    assert [row for row in signs_beside(cells.split("|")) if row] == joined.split("|")


def test_a_hyphen_that_does_not_break_is_a_minus_and_percent_points_have_their_sign():
    table = read_table(
        text_of(
            "Item|2022|2021|Change|Sales|90|100|\u201010%|Debt|120|100|+20%|Share|6.5%|3.5%|+3%pt."
        )
    )
    changes = table.figures[table.figures["column"] == "Change"]
    assert changes["value"].tolist() == [-10, 20, 3]
    assert changes["unit"].tolist() == ["percent", "percent", "percentage point"]


# --- Heads ----------------------------------------------------------------------------------------

ACCOUNTS = """Results (in millions)|Three Months Ended|June 30,|Nine Months Ended|June 30,|2018|
2017|2018|2017|Revenue:|North|$|600|$|480|$|1,160|$|920|South|75|79|177|175|Total revenue|$|675|
$|559|$|1,337|$|1,095|Profit (loss):|North|$|16|$|(16|)|$|19|$|(42|)|South|2|4|5|7|
Total profit (loss)|$|18|$|(12|)|$|24|$|(35|)|Profit (loss) % of revenue:|North|2.7|%|(3.3|%)|
1.6|%|(4.6|%)|South|2.7|%|5.1|%|2.8|%|4.0|%"""


def test_heads_of_two_levels_over_sections():
    table = read_table(text_of(ACCOUNTS))
    assert columns(table) == [
        f"{over} Months Ended June 30, / {year}"
        for over in ("Three", "Nine")
        for year in (2018, 2017)
    ]  # fmt: skip
    assert rows(table) == [
        "Revenue: / North", "Revenue: / South", "Revenue: / Total revenue",
        "Profit (loss): / North", "Profit (loss): / South", "Profit (loss): / Total profit (loss)",
        "Profit (loss) % of revenue: / North", "Profit (loss) % of revenue: / South",
    ]  # fmt: skip
    assert roles(table, "part") == []  # a section is no part of the total above it
    assert ["-12", "-16", "4"] in roles(table, "sum")
    assert roles(table, "ratio")[1:6:4] == [["-3.3%", "-16", "480"], ["5.1%", "4", "79"]]
    assert set(audit(table)["verdict"]) == {"agrees"}


def test_what_stands_behind_the_total_of_a_section_is_not_below_its_heading():
    table = read_table(
        text_of(
            "Income|2021|2020|Sales|90|80|Costs:|Wages|50|40|Rent|20|20|Total costs|70|60|"
            "Operating income|20|20|Per share:|Basic|1.5|1.4|Diluted|1.4|1.3"
        )
    )
    assert rows(table) == [
        "Sales", "Costs: / Wages", "Costs: / Rent", "Costs: / Total costs", "Operating income",
        "Per share: / Basic", "Per share: / Diluted",
    ]  # fmt: skip
    assert roles(table, "part") == []


def test_a_line_with_a_colon_still_divides_the_row_above_it():
    table = read_table(text_of("Staff|2021|2020|All staff|90|80|Full-time:|Men|50|40|Women|20|20"))
    assert roles(table, "part") == [["90", "50", "20"], ["80", "40", "20"]]


def test_years_that_come_again_below_heads_of_their_own():
    table = read_table(
        text_of(
            "Table 4|Offence|Number|Rate per 100,000 population|2018|2019|2018|2019|Theft|"
            "40,220|39,870|686.1|674.1|Fraud|1,980|..|33.8|..|Arson|320|310|5.5|5.2"
        )
    )
    assert columns(table) == [
        "Number / 2018", "Number / 2019",
        "Rate per 100,000 population / 2018", "Rate per 100,000 population / 2019",
    ]  # fmt: skip
    assert table.figures["unit"].unique().tolist() == ["", "per 100000 population"]


def test_units_below_heads_and_a_change_in_two_of_them():
    table = read_table(
        text_of(
            "Results|2021|2020|Change|HK$M|HK$M|HK$M|%|Revenue|Homes|9,450|8,900|550|6%|Ships|4,210|"
            "5,300|-1,090|-21%|Profit|Homes|(300)|200|-500|n.a.|Ships|610|500|110|22%"
        )
    )
    assert columns(table) == ["2021 / HK$M", "2020 / HK$M", "Change / HK$M", "Change / %"]
    assert rows(table)[0::2] == ["Revenue / Homes", "Profit / Homes"]
    assert table.figures["measure"].tolist()[:4] == ["amount", "amount", "difference", "change"]
    assert table.figures["value"].tolist()[8:11] == [-300, 200, -500]
    assert ["610", "500", "110", "22%"] in roles(table, "change")


def test_a_heading_behind_heads_that_each_have_their_unit_is_no_head():
    table = read_table(
        text_of(
            "分部资料|截至12月31日止年度|2022年|人民币千元|2021年|人民币千元|变动|%|收入|软件|120,500|100,200|20.3|"
            "硬件|80,300|90,100|(10.9)"
        )
    )
    assert columns(table) == ["2022年 / 人民币千元", "2021年 / 人民币千元", "变动 / %"]
    assert rows(table) == ["收入 / 软件", "收入 / 硬件"]
    assert table.figures["value"].tolist()[-1] == -10.9
    assert table.figures["unit"].unique().tolist() == ["人民币千元", "percent"]


def test_heads_that_come_again_and_units_of_some_rows_alone():
    table = read_table(
        text_of(
            "Results|2022 HK$M|2021 HK$M|Change|Revenue|138|163|-15%|Profit|87|95|-8%|HK$|HK$|"
            "Per share|Underlying|1.49|1.63|-9%|2022 HK$M|2021 HK$M|Change|Net debt|189|103|+83%"
        )
    )
    per_share, all_others = ["2022 / HK$", "2021 / HK$"], ["2022 / HK$M", "2021 / HK$M", "Change"]
    assert columns(table) == [*all_others, *per_share]
    assert table.figures["column"].tolist()[6:] == [*per_share, "Change", *all_others]
    assert rows(table)[2:] == ["Per share / Underlying", "Net debt"]


def test_the_numbers_of_notes_are_no_figures():
    table = read_table(
        text_of(
            "Income statement|Note|2020|2019|HK$'000|HK$'000|Revenue|4|512|488|Cost of sales|(301)|"
            "(290)|Gross profit|211|198|Finance costs|6(a)|(4)|(3)|Other income|12|7|9"
        )
    )
    assert columns(table) == ["2020 / HK$'000", "2019 / HK$'000"]
    assert rows(table)[-2:] == ["Finance costs", "Other income"]
    assert table.figures["value"].tolist() == [512, 488, -301, -290, 211, 198, -4, -3, 7, 9]
    assert table.passed_over["reported"].tolist() == ["4", "6", "12"]


def test_small_figures_stay_where_no_head_names_notes():
    table = read_table(
        text_of("Cases|Open|2020|2019|North|4|512|488|South|6|301|290|West|9|211|198")
    )
    assert table.figures["value"].tolist() == [4, 512, 488, 6, 301, 290, 9, 211, 198]


def test_as_many_in_brackets_as_there_are_columns_are_figures_of_their_own():
    table = read_table(
        text_of("Profit|2018|2017|2016|2015|North|6|7|8|9|South|5|(3)|4|(2)|West|1|2|3|4")
    )
    assert columns(table) == ["2018", "2017", "2016", "2015"]
    assert len(table.figures) == 12


@pytest.mark.parametrize(
    "cells",
    [
        "单位|千元|北区|5|4|南区|3|2",  # a unit of all
        "Area|km²|People|North|5|4|South|3|2",
    ],
)
def test_units_below_what_is_no_period_stay(cells):
    lines = [line_of(cell, n) for n, cell in enumerate(cells.split("|"), 1)]
    assert units_onto_heads(lines) == lines


@pytest.mark.parametrize("over", [["Number", "Per cent"], ["人数", "占比(%)"]])
def test_years_that_come_again_below_a_head_of_their_own(over):
    rows = ["Violence", "22,100", "23,050", "30.0", "30.9", "Theft", "51,580", "51,580", "70.0"]
    rows += ["69.1", "Total", "73,680", "74,630", "100.0", "100.0"]
    cells = ["Prisoners", "Group", over[0], "2022", "2023", over[1], "2022", "2023", *rows]
    table = read_table("\n".join(cells))
    heads = [f"{head} / {year}" for head in over for year in (2022, 2023)]
    assert table.figures["column"].unique().tolist() == heads
    audited = audit(table)
    assert (audited["verdict"] == "agrees").all()
    assert set(audited["kind"]) == {"sum", "ratio"}


def test_a_letter_for_a_withheld_figure_does_not_part_its_row():
    cells = ["Drinks", "2004", "2015", "Change", "Water", "10.5", "12.5", "2.0"]
    cells += ["Milk", "8.0", "F", "F", "Juice", "F", "3.5", "1.5", "Tea", "4.0", "5.0", "1.0"]
    table = read_table("\n".join(cells) + "\n")
    assert table.figures["row"].tolist() == ["Water"] * 3 + ["Milk"] + ["Juice"] * 2 + ["Tea"] * 3
    assert table.figures.loc[table.figures["row"] == "Juice", "column"].tolist() == [
        "2015",
        "Change",
    ]


def test_letters_that_are_labels_of_rows_are():
    cells = ["Sex", "2004", "2015", "Change", "M", "10.5", "12.5", "2.0", "F", "8.0", "7.0", "-1.0"]
    assert read_table("\n".join(cells)).figures["row"].tolist() == ["M"] * 3 + ["F"] * 3
