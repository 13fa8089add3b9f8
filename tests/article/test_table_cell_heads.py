"""Heads of tables in which every cell stands on a line of its own, with the units and the ends of
ranges below them. Made-up tables; the expected labels are those of the tables as printed."""

import time

import pytest

from analysis import read_table


def columns(*cells):
    return read_table("\n".join(cells) + "\n").figures["column"].unique().tolist()


ROWS = ["Ash", "1,204", "1,310", "8.8", "Oak", "845", "790", "-6.5", "Elm", "92", "130", "41.3"]


@pytest.mark.parametrize(
    ("units", "expected"),
    [
        (["hectares"], ["hectares"] * 3),
        (["thousand of metric tonnes"], ["thousand of metric tonnes"] * 3),
        (["hectares", "percent"], ["hectares", "hectares", "percent"]),
        (["hectares", "hectares", "%"], ["hectares", "hectares", "%"]),
    ],
)
def test_units_on_a_line_below_the_heads_say_where_these_end(units, expected):
    heads = ["Table 3: Planted area", "Tree grown", "North bank", "South bank", "Growth", *units]
    over = ["North bank", "South bank", "Growth"]
    assert columns(*heads, *ROWS) == [
        f"{head} / {unit}" for head, unit in zip(over, expected, strict=True)
    ]


def test_a_unit_below_the_heads_may_stand_before_a_heading_of_rows():
    heads = ["Table 3: Planted area", "Tree grown", "North bank", "South bank", "Islands", "acres"]
    table = read_table("\n".join([*heads, "Broadleaved trees", *ROWS]))
    assert table.figures["column"].unique().tolist() == [
        "North bank / acres", "South bank / acres", "Islands / acres"
    ]  # fmt: skip
    assert table.figures["row"].iloc[0] == "Broadleaved trees / Ash"


def test_a_word_that_is_no_unit_is_a_head():
    heads = ["Table 3: Planted area", "Tree grown", "North bank", "South bank", "Number of plots"]
    assert columns(*heads, *ROWS) == ["North bank", "South bank", "Number of plots"]


@pytest.mark.parametrize("heading", [[], ["Age of the forester"]])
def test_the_ends_of_a_range_stand_below_its_interval(heading):
    heads = ["Characteristic", "Falls from trees", "Burns"]
    heads += ["Rate ratio", "95% confidence interval"] * 2 + ["from", "to"] * 2
    rows = ["Youngest", "1.2", "1.0", "1.3", "1.7", "1.3", "2.1"]
    rows += ["Middle", "1.1", "0.9", "1.4", "0.8", "0.7", "1.0"]
    rows += ["Oldest", "0.6", "0.5", "0.7", "0.9", "0.6", "1.2"]
    each = ["Rate ratio", "95% confidence interval / from", "95% confidence interval / to"]
    assert columns("Table 1: Injuries of foresters", *heads, *heading, *rows) == [
        f"{over} / {head}" for over in ("Falls from trees", "Burns") for head in each
    ]


def test_many_heads_of_which_only_the_order_is_left_are_bounded_in_time():
    heads = ["Every household", "Plain", "Hill", "Coast", *["Mean", "Interval"] * 4]
    heads += ["from", "to"] * 4
    rows = [f"{n}.{k}" for n in range(8) for k in range(12)]
    cells = [cell for n in range(8) for cell in (f"Group {n}", *rows[12 * n : 12 * n + 12])]
    started = time.process_time()
    read_table("\n".join(["Table 2: What households eat", *heads, *cells]))
    assert time.process_time() - started < 20
