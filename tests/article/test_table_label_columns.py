"""Labels in several columns that blanks align, heads over rounds of heads, notes beside labels and
years. Made-up tables; the expected labels are those that a reader would give them."""

import pytest

from analysis import audit, read_table

CASUALTIES = """Table 7  Casualties by mode and severity

                               Town                     Country
Mode          Year     Killed   All severities  Killed   All severities
Coaches       2016          -              227       3               75
              2017          2              278       -               79
              2018 2        3              163       -               32

Light goods   2016          -              165       5              226
vehicles      2017          1              109       4              211
              2018 2        -               71       4              173
2. A new form from 2018.
"""


def labels(table):
    return table.figures["row"].drop_duplicates().tolist()


def columns(table):
    return sorted(table.figures["column"].drop_duplicates())


def cell(table, row, column):
    found = table.figures[(table.figures["row"] == row) & (table.figures["column"] == column)]
    return found["value"].tolist()


def test_a_label_that_is_printed_once_is_beside_all_rows_of_its_group():
    table = read_table(CASUALTIES)
    assert labels(table) == [
        f"{mode} / {year}"
        for mode in ("Coaches", "Light goods vehicles")
        for year in (2016, 2017, 2018)
    ]
    assert columns(table) == [
        "Country / All severities", "Country / Killed", "Town / All severities", "Town / Killed",
    ]  # fmt: skip
    assert cell(table, "Coaches / 2016", "Country / Killed") == [3]
    assert cell(table, "Light goods vehicles / 2018", "Town / All severities") == [71]


def test_the_mark_of_a_note_behind_a_year_is_no_figure_and_not_lost():
    table = read_table(CASUALTIES)
    assert table.figures["as_of"].dt.year.unique().tolist() == [2016, 2017, 2018]
    marks = table.passed_over[table.passed_over["reported"] == "2"]
    assert set(marks["paragraph"].dropna()) >= {7, 11}


@pytest.mark.parametrize("mark", [" 2", " [r]", "(1)", " ①", "*", " (p)"])
def test_a_year_with_a_mark_is_one_of_the_years(mark):
    table = read_table(
        "Year      Fatal   Serious\n2015         12       140\n2016         10       133\n"
        f"{'2017' + mark:9}     9       128\n"
    )
    years = table.figures.drop_duplicates("row")["as_of"].dt.year
    assert years.tolist() == [2015, 2016, 2017]
    assert columns(table) == ["Fatal", "Serious"]
    assert table.figures["value"].tolist() == [12, 140, 10, 133, 9, 128]


def test_what_stands_behind_a_year_where_figures_do_is_one():
    table = read_table(
        "Year  Fatal   Serious\n2015    2       140\n2016    3       133\n2017    9       128\n"
    )
    assert table.figures["value"].tolist() == [2, 140, 3, 133, 9, 128]


def test_three_columns_of_labels_and_a_total():
    table = read_table(
        "Region   Sex      Age        Held   Freed   Total\n"
        "North    Male     Under 18     12      30      42\n"
        "                  18-24        40      61     101\n"
        "         Female   Under 18      2       8      10\n"
        "                  18-24         9      15      24\n"
        "South    Male     Under 18      8      12      20\n"
        "                  18-24        31      40      71\n"
        "         Female   Under 18      1       3       4\n"
        "                  18-24         5      10      15\n"
        "All regions                   108     179     287\n"
    )
    assert labels(table)[3:5] == ["North / Female / 18-24", "South / Male / Under 18"]
    assert labels(table)[-1] == "All regions"
    verdicts = audit(table)["verdict"]
    assert len(verdicts) == 3 + 9
    assert (verdicts == "agrees").all()


def test_a_label_set_beside_the_middle_of_its_rows():
    table = read_table(
        "部门      性别     2019    2020\n"
        "          男        120     115\n一车间    女         80      86\n"
        "          合计      200     201\n"
        "          男         40      42\n营销中心  女         55      51\n"
        "          合计       95      93\n"
    )
    assert labels(table) == [
        f"{name} / {row}" for name in ("一车间", "营销中心") for row in ("男", "女", "合计")
    ]
    assert (audit(table)["verdict"] == "agrees").all()


def test_a_label_wide_as_its_column():
    table = read_table(
        "Type of user       Year   Hurt   Died\nPedestrians        2018     12      3\n"
        "                   2019     15      1\nMotorcycle drivers 2018     25      7\n"
        "                   2019     31      9\n"
    )
    assert labels(table)[2:] == ["Motorcycle drivers / 2018", "Motorcycle drivers / 2019"]


def test_quarters_below_a_year():
    table = read_table(
        "Year  Quarter   Births   Deaths\n2018  Q1           310      295\n"
        "      Q2           288      301\n2019  Q1           305      322\n"
        "      Q2           299      341\n"
    )
    days = table.figures.drop_duplicates("row")["as_of"].dt.strftime("%Y-%m-%d").tolist()
    assert days == ["2018-03-31", "2018-06-30", "2019-03-31", "2019-06-30"]


def test_a_group_without_a_name_gets_none():
    # Which rows "South" is beside is not told: the second 2018 may be of either.
    table = read_table(
        "Area    Year   Hurt   Died\nNorth   2018     12      3\n        2019     15      1\n"
        "        2018     25      7\n        2019     31      9\nSouth   2018      4      2\n"
        "        2019      6      1\n"
    )
    assert "North / 2018" not in labels(table)[2:]


# --- Heads ----------------------------------------------------------------------------------------


def test_a_title_from_the_left_is_no_head_of_the_column_it_ends_over():
    table = read_table(
        "Consumer prices, index 2015=100\n\nYear        Food   Housing   All\n"
        "2018       104.1     106.2   105.0\n2019       104.9     106.8   105.7\n"
        "2020       105.3     107.1   106.1\n"
    )
    assert columns(table) == ["All", "Food", "Housing"]


def test_no_head_is_over_two_columns_of_one_name():
    table = read_table(
        "                           Searches                Arrests      Arrest rate\n"
        "Group                    2018/19   2019/20     2018/19  2019/20    2019/20\n"
        "Town                       4,120     5,310         610      790      14.9%\n"
        "Country                      980     1,402         140      196      14.0%\n"
        "Coast                      1,105     1,690         201      290      17.2%\n"
    )
    assert cell(table, "Town", "Searches / 2019/20") == [5310]
    assert cell(table, "Town", "Arrests / 2018/19") == [610]
    rates = table.relations[table.relations["kind"] == "ratio"]
    assert len(rates) == 3 * 3
    assert (audit(table)["verdict"] == "agrees").all()


def test_heads_over_rules_and_rules_between_rows():
    table = read_table(
        "                2018                2019\n"
        "          ----------------    ----------------\n"
        "County     Fatal    Damage     Fatal    Damage\n"
        "------------------------------------------------\n"
        "All           11     2,282        14     2,141\n\n"
        "North\n  Alder        5       880         6       811\n"
        "  Birch        6     1,402         8     1,330\n"
        "------------------------------------------------\nSource: county forces, unrounded.\n"
    )
    assert columns(table) == ["2018 / Damage", "2018 / Fatal", "2019 / Damage", "2019 / Fatal"]
    assert labels(table) == ["All", "North / Alder", "North / Birch"]


# --- Beside labels --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("head", "notes"), [("Note", ["4", "", "7.1"]), ("附注", ["七、1", "", "七、2"])]
)
def test_numbers_of_notes_are_no_figures(head, notes):
    rows = zip(("Sales", "Costs", "Taxes paid"), notes, ("412.5", "(45.2)", "(98.0)"), strict=True)
    lines = [f"{name:20}{note:6}{figure:>10}{'12.4':>10}" for name, note, figure in rows]
    table = read_table(
        "\n".join(["(in millions of euros)", f"{'':20}{head:6}      2020      2019", *lines])
    )
    assert labels(table) == ["Sales", "Costs", "Taxes paid"]
    assert table.figures["value"].tolist() == [412.5, 12.4, -45.2, 12.4, -98.0, 12.4]
    assert columns(table) == ["2019", "2020"]


def test_age_groups_with_blanks_around_their_dash():
    table = read_table(
        "Age        Males   Females     All\n  0 -  4   1,020       980   2,000\n"
        "  5 -  9   1,105     1,040   2,145\n 10 - 14   1,090     1,033   2,123\n"
        " 15 +      5,510     5,602  11,112\nTotal      8,725     8,655  17,380\n"
    )
    assert labels(table) == ["0-4", "5-9", "10-14", "15+", "Total"]
    assert len(audit(table)) == 3 + 5


def test_a_label_that_goes_on_in_small_letters():
    table = read_table(
        "                      Q1      Q2\nViolence with a\nweapon              2010    2150\n"
        "Robbery              110     121\nBurglary:\n dwelling            402     388\n"
        " other               210     205\nTOTAL               2732    2864\n"
    )
    assert labels(table) == [
        "Violence with a weapon", "Robbery", "Burglary: / dwelling", "Burglary: / other", "TOTAL",
    ]  # fmt: skip


def test_rows_in_small_letters_below_a_heading():
    table = read_table(
        "            Q1      Q2\nOffenders\nmen       2010    2150\nwomen      110     121\n"
    )
    assert labels(table) == ["Offenders / men", "Offenders / women"]


def test_what_is_taken_off_with_a_row_is_no_part_of_it():
    table = read_table(
        "单位:千元\n项目                2019年    2018年\n一、营业收入       128,450   119,302\n"
        "减：营业成本        95,210    90,118\n　　税金及附加       1,204     1,118\n"
        "　　销售费用         8,330     7,902\n二、营业利润        23,706    20,164\n"
    )
    assert not ((table.relations["kind"] == "part") & (table.relations["figure"] == "r02_c1")).any()


def test_money_of_the_corner_and_brackets_below_zero():
    table = read_table(
        "Segments (EUR m)         2020      2019\nIndustrial              1,210     1,305\n"
        "Eliminations              (44)      (40)\nGroup                   1,166     1,265\n"
    )
    assert set(table.figures["unit"]) == {"EUR m"}
    assert cell(table, "Eliminations", "2020") == [-44]


def test_what_flowed_is_an_amount():
    table = read_table(
        "(in millions of euros)\n                             2020      2019\n"
        "Profit                      412.5     388.1\nChange in working capital   (45.2)     12.4\n"
    )
    assert set(table.figures["measure"]) == {"amount"}


VOTES = (
    "Candidate                  Party              Votes        %     +/-%\n"
    "Anna Field                 Labour            18,240     43.3     +5.1\n"
    "John Marsh                 Conservative      14,105     33.5     -8.4\n"
    "Priya Nair                 Lib Dem            6,730     16.0     +1.9\n"
    "Tom Oakes                  Green              3,010      7.2     +2.2\n"
    "Valid votes                                  42,085    100.0\n"
    "Turnout                                      42,085     62.0\n"
)


def test_labels_in_two_columns_that_both_have_a_head():
    table = read_table(VOTES)
    assert table.figures["column"].unique().tolist() == ["Votes", "%", "+/-%"]
    labels = table.figures["row"].unique().tolist()
    assert labels[1] == "John Marsh / Conservative"
    assert labels[-1] == "Turnout"


def test_letters_that_are_set_wide_are_one_label():
    text = "地  区    立案    破案\n东  市     120      80\n西  市     300     210\n"
    text += "合  计     420     290\n"
    labels = read_table(text).figures["row"].unique().tolist()
    assert all("/" not in label for label in labels)


def test_what_stands_beyond_the_total_is_no_share_of_it():
    table = read_table(VOTES)
    audited = audit(table)
    assert (audited["verdict"] == "agrees").all()
    assert (audited["kind"] == "ratio").sum() == 5
    wrong = audit(read_table(VOTES.replace("33.5", "35.3")))
    assert (wrong["verdict"] == "contradicts").any()
