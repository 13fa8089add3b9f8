"""The table of units: names in both languages, rates, differences, and what the grammar reads."""

import re

import pytest

from analysis import read_figure
from analysis.kinds import MEASURES
from analysis.units import (
    COUNTED,
    FAMILIES,
    MEASURED,
    SPELLED,
    SPELLINGS,
    as_printed,
    is_share,
    lines_of,
    names_of,
    spelled,
    unit_of,
)

CHINESE = re.compile(r"[\u3400-\u9fff]")
PRINTED = [pattern.partition("(?!")[0] for pattern in [*as_printed(*FAMILIES), *SPELLED]]


@pytest.mark.parametrize("printed", PRINTED)
def test_every_unit_of_the_grammar_has_a_name_in_both_languages(printed):
    name = spelled(printed)[0]
    unit = unit_of(name)
    assert unit.name == name
    assert unit.en
    assert not CHINESE.search(unit.en), f"no English name of {printed}"
    assert unit.zh
    assert unit.family.measure in MEASURES


@pytest.mark.parametrize("printed", PRINTED)
def test_every_unit_of_the_table_is_read_with_its_own_name_and_measure(printed):
    sign = "上升" if "点" in printed and "分" in printed else ""
    figure = read_figure(f"{sign}5.5{printed}")
    name, times = spelled(printed)
    assert figure.unit == name
    assert figure.value == 5.5 * times
    assert figure.measure == ("difference" if sign else unit_of(name).family.measure)


def test_no_unit_stands_in_two_families():
    every = [spelled(pattern.partition("(?!")[0])[0] for pattern in as_printed(*FAMILIES)]
    assert sorted(set(every)) == sorted(every)


@pytest.mark.parametrize(
    ("unit", "factor"),
    [
        *(("percent", 100), ("%", 100), ("‰", 1000), ("‱", 10_000), ("", 1), ("元", 1), ("起", 1)),
        *(("件/人", 1), ("起/10万人", 1e5), ("起/千人", 1e3), ("户/百人", 100), ("起/万人", 1e4)),
        *(("起/每10万人", 1e5), ("件/每万人", 1e4), ("辆/每百户", 100), ("起／10万人", 1e5)),
        *(("per 100,000", 1e5), ("起/100 000人", 1e5), ("per 10,000 population", 1e4)),
        *(("人/10 万", 1e5), ("起/一百万人", 1e6)),
    ],
)
def test_what_a_quotient_of_one_is_printed_as(unit, factor):
    assert unit_of(unit).family.per_one == factor


def test_a_unit_per_another_is_a_rate_with_a_name():
    for name, en in (
        ("起/10万人", "cases per 100,000 persons"),
        ("辆/百户", "vehicles per 100 households"),
        ("元/人", "yuan per person"),
    ):
        unit = unit_of(name)
        assert (unit.name, unit.en, unit.zh, unit.family.measure) == (name, en, name, "rate")
        assert unit.family.differences == ""  # its differences are in the unit itself


@pytest.mark.parametrize(
    ("name", "en", "signed"),
    [("亿元", "100 million yuan", True), ("万人", "10,000 persons", False)],
)
def test_a_unit_in_so_many_is_an_amount_with_a_name(name, en, signed):
    unit = unit_of(name)
    assert (unit.name, unit.en, unit.zh, unit.family.measure) == (name, en, name, "amount")
    assert (unit.family.differences, unit.family.signed) == ("", signed)


def test_the_unit_of_differences():
    for name, differences in (("percent", "percentage point"), ("‰", "permille point")):
        assert unit_of(name).family.differences == differences
        assert unit_of(differences).family.measure == "difference"
        assert is_share(name)
        assert is_share(differences)
    for family in (*COUNTED, *MEASURED):
        assert family.differences == ""
    assert not is_share("起")


def test_only_money_temperature_and_differences_may_be_below_zero_without_a_word():
    signed = {family.name for family in FAMILIES if family.signed}
    assert signed == {"money", "temperature", "percentage point", "permille point", "‱ point"}


def test_only_shares_end():
    ends = {family.name: family.end for family in FAMILIES if family.end is not None}
    assert ends == {"percent": 100, "‰": 1000, "‱": 10_000}


def test_measures_of_families():
    assert {family.measure for family in COUNTED} == {"count"}
    assert {family.measure for family in MEASURED} == {"amount"}


def test_a_counter_that_the_table_does_not_know_is_itself():
    unit = unit_of("摞")
    assert (unit.name, unit.en, unit.zh, unit.family.measure) == ("摞", "摞", "摞", "count")


def test_other_ways_to_print_a_unit_lead_to_one_of_the_table():
    for line in lines_of(SPELLINGS):
        for printed in line.partition(" = ")[2].split():
            unit = unit_of(spelled(printed.partition("(?")[0])[0])
            assert unit.family in FAMILIES, printed


def test_names_of_several_units_each_once():
    units = ["起", "宗", "percent", "人"]  # 起 and 宗 are both cases
    assert names_of(units, "en") == "cases, %, persons"
    assert names_of(units, "zh") == "起, 宗, %, 人"
