"""One indicator over many issues: three real chains, and made-up ones worked out by hand."""

import math
import random
from fractions import Fraction
from pathlib import Path

import pandas as pd
import pytest
from building import several
from chains import chain, faults_of_chains
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import (
    ComparisonError,
    Extract,
    Source,
    compare,
    load_all,
    prior_values,
    series,
    year_over_year,
)

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
ISSUERS = ("national-fires", "hong-kong-police", "procuratorate")


@pytest.fixture(scope="module")
def indicators():
    return pd.read_csv(ROOT / "data" / "indicators.csv")


@pytest.fixture(scope="module")
def chains():
    return {name: load_all(ROOT / "data" / name) for name in ISSUERS}


def issue(name, start, end, rows, source=None):
    """A made-up issue. A row: key, reported, unit, then what it changed by and against what."""
    figures, relations = [], []
    for key, reported, unit, *moved in rows:
        measure = {"元": "amount", "percent": "rate"}.get(unit, "count")
        days = {"period_start": pd.Timestamp(start), "as_of": pd.Timestamp(end)}
        figures.append(
            {"figure": key, "reported": reported, "unit": unit, "measure": measure} | days
        )
        for change, *against in [moved] if moved else []:
            points = change.endswith("个百分点")
            kind = "change" if change.endswith("%") else "difference"
            of = "percent" if kind == "change" else "percentage point" if points else unit
            told = {"against": against[0] if against else "year earlier"}
            told["basis"] = "printed" if kind == "change" else ""
            name_of = f"{key}_{kind}"
            figures.append(
                {"figure": name_of, "reported": change, "unit": of, "measure": kind} | days | told
            )
            relations += [(f"{key}_c", "change", "current", key)]
            relations += [(f"{key}_c", "change", kind, name_of)]
    table = pd.DataFrame(figures).set_index("figure")
    for column in {"against", "basis"} & set(table):
        table[column] = table[column].fillna("")
    columns = ["relation", "kind", "role", "figure"]
    return Extract(table, pd.DataFrame(relations, columns=columns), source=source, name=name)


def year(number, rows, **more):
    return issue(f"x/{number}", f"{number}-01-01", f"{number}-12-31", rows, **more)


@pytest.mark.parametrize(
    ("name", "against", "pairs"),
    [
        # Worked out by hand from the printed figures, pair by pair. Of the fires' 39 pairs, 33
        # are on another base: four of these stand across the change of coverage of 2021.
        (
            "national-fires",
            "year earlier",
            {"within print": 6, "revised": 29, "other definition": 4},
        ),
        # 21, and the money lost in 2023, printed as "over" an amount.
        ("hong-kong-police", "year earlier", {"within print": 22}),
        (
            "procuratorate",
            "year earlier",
            {"within print": 17, "revised": 18, "other definition": 1},
        ),
        # The second quarter of 2020, printed against the first.
        ("procuratorate", "previous period", {"within print": 1, "revised": 1}),
    ],
)
def test_the_pairs_of_the_real_chains(chains, indicators, name, against, pairs):
    base = series(chains[name], indicators, against)["base"]
    assert base[base != ""].value_counts().to_dict() == pairs


def test_the_fires_of_2020_as_printed_and_by_the_first_prints(chains, indicators):
    table = series(chains["national-fires"], indicators)
    row = table.loc[("fires", "2020")]
    # 25.2万 after 23.3万: (251500/233500 - 1, 252500/232500 - 1).
    assert row["by_prints_low"] == pytest.approx(float(Fraction(251500, 233500) - 1) * 100)
    assert row["by_prints_high"] == pytest.approx(float(Fraction(252500, 232500) - 1) * 100)
    assert (row["change_low"], row["change_high"]) == pytest.approx((-1.45, -1.35))
    assert row["flips"]
    higher = (table["revision_low"] > 0).sum(), (table["revision_high"] < 0).sum()
    assert higher == (28, 1)  # the lower one: 6 major fires of 2017, 5 a year later
    flipped = table.index[table["flips"]].tolist()
    assert flipped == [
        *[("fires", "2020"), ("fires", "2022 Q1"), ("fire_injuries", "2019")],
        *[("fire_loss", "2020"), ("fire_loss", "2022 Q1"), ("larger_fires", "2016")],
        *[("larger_fires", "2017"), ("callouts", "2016")],
    ]
    # Printed -4.8%; across the change of coverage nothing is said of the first prints.
    assert math.isnan(table.loc[("fire_deaths", "2021"), "by_prints_low"])


@pytest.mark.parametrize("name", ISSUERS)
def test_what_is_implied_is_what_each_issue_implies_by_itself(chains, indicators, name):
    table = series(chains[name], indicators)
    found = 0
    for extract in chains[name]:
        alone = year_over_year(extract)
        for (indicator, _), row in table[table["implied_by"] == extract.name].iterrows():
            of = alone[alone["prior_as_of"] == row["as_of"]]
            of = of[of.index.str.startswith(indicator) & of["prior_low"].notna()]
            assert [row["implied_low"], row["implied_high"]] in of[
                ["prior_low", "prior_high"]
            ].to_numpy().tolist()
            found += 1
    assert found > 20


@pytest.mark.parametrize(
    ("issuer", "chain"),
    [*zip(ISSUERS, [*ISSUERS[:2], "procuratorate-quarterly"], strict=True)],
)
def test_every_figure_of_the_notes_is_entered(chains, issuer, chain):
    path = SHARED / "chains" / chain / "figures.csv"
    if not path.exists():
        pytest.skip(f"{path} is not here: the notes are not part of the project")
    rows = pd.read_csv(path, dtype=str, keep_default_na=False)
    every = pd.concat([extract.figures for extract in chains[issuer]])
    end = every["as_of"].dt.strftime("%Y-%m-%d")
    days = {"Q1": "03-31", "Q2": "06-30", "H1": "06-30", "Q1-3": "09-30", "": "12-31"}
    missing = []
    for row in rows.to_dict("records"):
        of = every[end == f"{row['period'][:4]}-{days[row['period'][4:]]}"]
        if row["value"] and float(row["value"]) not in of["value"].tolist():
            missing.append((row["indicator"], row["period"]))
    # A base that a later issue prints without a counter, and gives by its difference.
    assert missing == ([("overall_crime", "2020")] if issuer == "hong-kong-police" else [])


def test_a_revision_in_bounds():
    # 108 after a rise of 8%: 108 / 1.085 = 99.5.. to 108 / 1.075 = 100.5: 100 only. Printed: 90.
    table = series(
        [year(2019, [("a", "90起", "起")]), year(2020, [("a", "108起", "起", "上升8%")])]
    )
    before, after = table.loc[("a", "2019")], table.loc[("a", "2020")]
    assert before["base"] == "revised"
    assert before[["implied_low", "implied_high"]].tolist() == [100, 100]
    assert before[["revision_low", "revision_high"]].tolist() == [10, 10]
    assert (before["implied_by"], before["issue"]) == ("x/2020", "x/2019")
    assert [after["by_prints_low"], after["by_prints_high"]] == pytest.approx([20, 20])
    assert (after["base"], after["flips"]) == ("", False)


@pytest.mark.parametrize(
    ("printed", "base"),
    [("1000起", "within print"), ("0.1万起", "within print"), ("960起", "revised")],
)
def test_only_ranges_apart_are_a_revision(printed, base):
    # 1100 at +10%: 1100 / 1.105 = 995.5, 1100 / 1.095 = 1004.6; 0.1万 is 500 to 1500.
    one = year(2019, [("a", printed, "起")])
    table = series([one, year(2020, [("a", "1100起", "起", "上升10%")])])
    assert table.loc[("a", "2019"), "base"] == base


@pytest.mark.parametrize(
    ("now", "change", "flips"),
    [
        ("110起", "下降5%", True),  # first prints: 100 then 110
        ("110起", "减少3起", True),
        ("110起", "增加3起", False),
        ("100起", "下降5%", False),  # by the first prints no change at all
        ("110起", "持平", False),
    ],
)
def test_signs_that_are_surely_opposite(now, change, flips):
    one, two = year(2019, [("a", "100起", "起")]), year(2020, [("a", now, "起", change)])
    if change == "持平":
        two = issue("x/2020", "2020-01-01", "2020-12-31", [("a", now, "起", "增长0%")])
    assert series([one, two]).loc[("a", "2020"), "flips"] == flips


def test_a_rise_of_rounded_figures_that_may_be_none_turns_no_sign():
    # 1.1万 after 1.1万: anything from -9% to +10%.
    one, two = year(2019, [("a", "1.1万起", "起")]), year(2020, [("a", "1.1万起", "起", "下降1%")])
    assert not series([one, two])["flips"].any()


def test_percentages_change_by_points():
    one = year(2019, [("a", "20%", "percent")])
    two = year(2020, [("a", "25%", "percent", "上升3个百分点")])
    table = series([one, two])
    row = table.loc[("a", "2020")]
    assert [row["change_low"], row["change_high"]] == pytest.approx([2.5, 3.5])
    assert [row["by_prints_low"], row["by_prints_high"]] == pytest.approx([4, 6])
    # 25 - 3 is 22, within a point either way: 21 to 23; printed 19.5 to 20.5.
    assert table.loc[("a", "2019"), "base"] == "revised"


def test_a_difference_alone_is_a_change_in_percent_too():
    one, two = year(2019, [("a", "67起", "起")]), year(2020, [("a", "60起", "起", "减少7起")])
    row = series([one, two]).loc[("a", "2020")]
    assert [row["change_low"], row["change_high"]] == pytest.approx([-700 / 67] * 2)


def test_gaps_stay_open_and_are_there():
    rows = [("a", "90起", "起")]
    last = year(2019, [("a", "80起", "起", "下降20%")])
    table = series([year(2014, rows), year(2015, rows), last]).loc["a"]
    assert table.index.tolist() == ["2014", "2015", "2016", "2017", "2018", "2019"]
    assert table["printed_low"].notna().tolist() == [True, True, False, False, False, True]
    # 2018 was not printed, but 2019 says what it was: 80 / 0.8.
    assert table["implied_low"].notna().tolist() == [False] * 4 + [True, False]
    assert table.loc["2018", "base"] == ""
    assert table.loc["2016", "issue"] == table.loc["2016", "source"] == ""
    assert (table["unit"] == "起").all()


def part(name, end, rows, start="2020-01-01"):
    return issue(f"x/{name}", start, end, rows)


def test_quarters_are_what_the_totals_grow_by():
    first = part("q1", "2020-03-31", [("a", "100起", "起"), ("r", "50%", "percent")])
    half = part("h1", "2020-06-30", [("a", "0.3千起", "起"), ("r", "60%", "percent")])
    whole = part("y", "2020-12-31", [("a", "900起", "起")])
    table = series([first, half, whole])
    rows = table.loc["a"]
    assert rows.index.tolist() == ["2020 Q1", "2020 H1", "2020"]
    # 0.3千 is 250 to 350.
    assert rows["added_low"].tolist() == [100, 150, 550]
    assert rows["added_high"].tolist() == [100, 250, 650]
    starts = ["2020-01-01", "2020-04-01", "2020-07-01"]
    assert rows["added_from"].dt.strftime("%Y-%m-%d").tolist() == starts
    assert table.loc["r", "added_low"].isna().all()  # rates do not add up


def test_a_quarter_by_itself_is_against_the_quarter_before():
    first = part("q1", "2020-03-31", [("a", "100起", "起")])
    second = part(
        "q2", "2020-06-30", [("a", "150起", "起", "上升25%", "previous period")], "2020-04-01"
    )
    table = series([first, second], against="previous period")
    row = table.loc[("a", "2020 Q1")]
    # 150 / 1.255 = 119.5, 150 / 1.245 = 120.5.
    assert (row["implied_low"], row["implied_high"], row["base"]) == (120, 120, "revised")
    assert (series([first, second])["base"] == "").all()


def test_a_named_year_may_be_the_year_before_and_another_is_looked_at_by_name():
    one = year(2018, [("a", "50起", "起")])
    two = year(2020, [("a", "100起", "起", "增加40起", "year 2018")])
    assert series([one, two], against="year 2018").loc[("a", "2018"), "base"] == "revised"
    assert (series([one, two])["base"] == "").all()
    three = year(2019, [("a", "60起", "起", "增加10起", "year 2018")])
    assert series([one, three]).loc[("a", "2018"), "base"] == "within print"


def table_of(*rows):
    columns = ["indicator", "place", "extract", "figure", "since"]
    return pd.DataFrame(rows, columns=columns)


def test_a_break_of_definition_stops_the_comparison():
    one = year(2019, [("a", "90起", "起")])
    two = year(2020, [("a", "300起", "起", "上升50%")])
    three = year(2021, [("a", "330起", "起", "上升10%")])
    rows = [("n", "p", "x", "a", ""), ("n", "p", "x", "a", "2020-01-01")]
    table = series([one, two, three], table_of(*rows)).loc["n"]
    assert table["base"].tolist() == ["other definition", "within print", ""]
    assert math.isnan(table.loc["2019", "revision_low"])
    assert math.isnan(table.loc["2020", "by_prints_low"])
    assert table.loc["2019", "implied_low"] == 200  # 300 / 1.505 to 300 / 1.495
    assert table["since"].dt.year.fillna(0).tolist() == [0, 2020, 2020]
    # The same in both orders of the rows, and with a column of dates.
    again = table_of(*rows[::-1])
    again["since"] = pd.to_datetime(again["since"])
    assert series([one, two, three], again).loc["n"].equals(table)
    # Two of them alone say so, too.
    check = compare(one, two, table_of(*rows)).loc["n"]
    assert check["check"] == "another definition or coverage"
    assert math.isnan(check["growth_low"])
    assert compare(two, three, table_of(*rows)).loc["n", "check"] == ""


def test_a_row_of_one_issue_goes_before_that_of_its_issuer():
    one, two = year(2019, [("a", "90起", "起")]), year(2020, [("b", "99起", "起", "上升10%")])
    rows = [("n", "p", "x", "a", ""), ("n", "p", "x/2020", "b", "")]
    assert series([one, two], table_of(*rows)).loc[("n", "2019"), "base"] == "within print"
    odd = [("n", "p", "x", "a", ""), ("n", "p", "x/2020", "a", "2020-01-01")]
    two = year(2020, [("a", "99起", "起", "上升10%")])
    base = series([one, two], table_of(*odd)).loc[("n", "2019"), "base"]
    assert base == "other definition"


def test_of_several_later_issues_the_last_one_says_what_it_was():
    one = year(2019, [("a", "90起", "起")])
    two = year(2020, [("a", "100起", "起", "增加5起")])
    again = issue("x/2020-again", "2020-01-01", "2020-12-31", [("a", "120起", "起", "增加20起")])
    table = series([one, two, again])
    assert table.loc[("a", "2019"), ["implied_low", "implied_by"]].tolist() == [100, "x/2020-again"]
    # What was first printed of 2020 stays, with its own change.
    row = table.loc[("a", "2020")]
    assert (row["printed_low"], row["issue"]) == (100, "x/2020")
    assert row["change_low"] == pytest.approx(500 / 95)


def test_the_source_is_that_of_the_first_print():
    made = Source("Made up", "Nobody", "2020-01-31")
    table = series(
        [year(2019, [("a", "90起", "起")], source=made), year(2021, [("a", "9起", "起")])]
    )
    assert table[["source", "published"]].to_numpy().tolist() == [
        *[["Made up", "2020-01-31"], ["", ""], ["", ""]]
    ]


def test_what_differs_is_one_error_that_names_all():
    one = year(2019, [("a", "90起", "起"), ("b", "5元", "元"), ("c", "9件", "件")])
    two = year(2020, [("a", "90件", "件"), ("b", "5%", "percent"), ("c", "9件", "件")])
    with pytest.raises(ComparisonError) as error:
        series([one, two])
    assert str(error.value).split("\n") == [
        "cannot be compared:",
        "a: unit 起 beside 件",
        "b: unit 元 beside percent",
        "b: measure amount beside rate",
    ]
    places = [("n", "p", "x/2019", "c", ""), ("n", "q", "x/2020", "c", "")]
    with pytest.raises(ComparisonError, match="n: place p beside q"):
        series([one, two], table_of(*places))
    with pytest.raises(ComparisonError, match="no row for the extract 'x/2020'"):
        series([one, two], table_of(places[0]))


@pytest.mark.parametrize(
    ("start", "end", "name"),
    [
        ("2021-01-01", "2021-12-31", "2021"),
        ("2021-07-01", "2021-12-31", "2021 H2"),
        ("2021-01-01", "2021-09-30", "2021 Q1–Q3"),
        ("2020-02-01", "2020-02-29", "2020-02"),
        ("2021-01-01", "2021-11-30", "2021-01 to 2021-11"),
        ("2020-10-01", "2021-03-31", "2020-10 to 2021-03"),
        ("2021-01-01", "2021-11-15", "2021-01-01 to 2021-11-15"),
        (None, "2021-11-15", "to 2021-11-15"),
        (None, None, "not stated"),
    ],
)
def test_what_a_period_is_called(start, end, name):
    made = issue("x/1", start, end, [("a", "90起", "起")])
    assert series([made]).index.tolist() == [("a", name)]


counts_and_changes = st.tuples(st.integers(1, 5000), st.integers(-300, 600).map(lambda n: n / 10))


@settings(max_examples=5)
@given(several(st.lists(counts_and_changes, min_size=2, max_size=6), 20))
def test_any_chains_are_as_their_pairs(chains):
    """Against exact fractions: which whole priors print the change, and what that makes of it."""
    rows = {}
    for k, values in enumerate(chains):
        for n, (value, change) in enumerate(values):
            moved = f"上升{change:.1f}%" if change >= 0 else f"下降{-change:.1f}%"
            rows.setdefault(2000 + n, []).append((f"a{k}", f"{value}起", "起", moved))
    table = series([year(number, of) for number, of in rows.items()])
    for k, values in enumerate(chains):
        is_as_its_pairs(values, table.loc[f"a{k}"])


def is_as_its_pairs(values, table):
    for n, (value, change) in enumerate(values):
        low, high = (Fraction(f"{change:.1f}") + Fraction(end, 20) for end in (-1, 1))
        ends = [Fraction(100 * value) / (100 + end) for end in (high, low)]
        whole = [math.ceil(ends[0]), math.floor(ends[1])]
        row = table.loc[f"{1999 + n}"] if n or whole[0] <= whole[1] else None
        if row is None:
            continue
        if whole[0] > whole[1]:
            assert math.isnan(row["implied_low"])
            continue
        assert [row["implied_low"], row["implied_high"]] == whole
        if n:
            then = values[n - 1][0]
            assert (row["base"] == "within print") == (whole[0] <= then <= whole[1])
            grew = value - then
            rises, falls = whole[1] < value, whole[0] > value
            assert table.loc[f"{2000 + n}", "flips"] == (
                (grew > 0 and falls) or (grew < 0 and rises)
            )


def test_chains_of_known_counts_are_told_as_they_are():
    made = [chain(random.Random(seed)) for seed in range(200)]  # `make soak` tries thousands
    assert list(faults_of_chains(*made)) == []
    for alone in made[:3]:
        assert list(faults_of_chains(alone)) == []


def test_what_is_told_otherwise_is_noticed():
    told = chain(random.Random(1))
    told[1].most -= 1
    assert any("implied by" in fault for fault in faults_of_chains(told))
    told[1].low -= 1
    assert any("printed as" in fault for fault in faults_of_chains(told))


PARTS = {"q1": "03-31", "h1": "06-30", "q1-q3": "09-30", "y": "12-31"}


quarter = st.tuples(
    st.integers(1000, 90_000), st.sampled_from(["exact", "rounded", "no issue"]), st.booleans()
)


@settings(max_examples=5)
@given(several(st.lists(quarter, min_size=4, max_size=12), 20))
def test_any_year_to_date_is_the_sum_of_what_it_adds(chains):
    """Against exact fractions and the true quarters: missing issues stay gaps, and what counts
    otherwise is taken from nothing."""
    prints, table_rows, tolds = {}, [], []
    for k, quarters in enumerate(chains):
        told, rows = printed_quarters(quarters, f"n{k}", f"a{k}", prints)
        tolds.append(told)
        table_rows += rows
    issues = [issue(name, *days, rows) for (name, *days), rows in prints.items()]
    table = series(issues, table_of(*table_rows)) if issues else None
    for k, (quarters, told) in enumerate(zip(chains, tolds, strict=True)):
        if told:
            adds_what_it_grows_by(quarters, told, table.loc[f"n{k}"].set_index("as_of"))


def printed_quarters(quarters, indicator, figure, prints):
    """What is printed of them, added to `prints` by issue; and the rows of indicators."""
    told, rows = {}, [(indicator, "p", "x", figure, "")]
    for n, (_, how, other) in enumerate(quarters):
        number, part = 2000 + n // 4, list(PARTS)[n % 4]
        if how == "no issue":
            continue
        true = sum(of for of, *_ in quarters[n - n % 4 : n + 1])
        half, text, printed = 0, f"{true}起", true
        if how == "rounded":  # to hundredths of 万, half a unit either way
            whole = round(Fraction(true, 100))
            half, text, printed = 50, f"{whole // 100}.{whole % 100:02}万起", 100 * whole
        name, end = f"x/{number}-{part}", pd.Timestamp(f"{number}-{PARTS[part]}")
        prints.setdefault((name, f"{number}-01-01", end), []).append((figure, text, "起"))
        rows += [(indicator, "p", name, figure, f"{number}-01-01")] if other else []
        told[number, n % 4] = (printed - half, printed + half, end, other)
    return told, rows


def adds_what_it_grows_by(quarters, told, table):
    for (number, part), (low, high, end, other) in told.items():
        row = table.loc[end]
        alike = [p for p in range(part) if told.get((number, p), (0,) * 4)[3] is other]
        start, before = pd.Timestamp(f"{number}-01-01"), (0, 0)
        if alike:
            *before, last, _ = told[number, alike[-1]]
            start = last + pd.Timedelta(days=1)
        assert row["added_from"] == start
        assert [row["added_low"], row["added_high"]] == [low - before[1], high - before[0]]
        first = 4 * (number - 2000) + (alike[-1] + 1 if alike else 0)
        added = sum(of for of, *_ in quarters[first : 4 * (number - 2000) + part + 1])
        assert row["added_low"] <= added <= row["added_high"]
    for part, day in enumerate(PARTS.values()):
        years = [number for number, p in told if p == part]
        every = range(min(years), max(years) + 1) if years else []
        rows_of = table[table.index.strftime("%m-%d") == day]
        assert rows_of.index.year.tolist() == list(every)
        assert rows_of["printed_low"].notna().tolist() == [year in years for year in every]
        assert rows_of["added_low"].notna().tolist() == [year in years for year in every]


def test_unlike_figures_of_one_issue_are_named_by_its_own_names():
    odd = year(2020, [("a", "100起", "起", "上升5%")])
    odd.figures.loc["a_change", "measure"] = "count"
    with pytest.raises(ComparisonError, match=r"x/2020: cannot be compared:\na_c: found a_change"):
        series([year(2019, [("a", "90起", "起")]), odd])


def test_what_has_no_day_is_beside_nothing():
    made = [issue("x/1", None, None, [("a", "90起", "起", "上升5%")])]
    row = series(made).loc[("a", "not stated")]
    # 90 / 1.055 to 90 / 1.045: 86 only.
    assert [row["change_low"], row["change_high"]] == pytest.approx([400 / 86] * 2)
    assert math.isnan(row["by_prints_low"])
    assert (row["base"], row["flips"]) == ("", False)


def test_prior_values_of_each_issue_are_asked_once_for_all(chains, indicators):
    """The same numbers whether the issues stand together or apart: none is lost between them."""
    extracts = chains["procuratorate"]
    claims = sum(len(prior_values(extract)) for extract in extracts)
    tables = [series(extracts, indicators, of) for of in ("year earlier", "previous period")]
    told = sum(int(table["change_low"].notna().sum()) for table in tables)
    assert told == claims


def test_a_path_for_a_table_and_one_extract_for_a_list_are_named(datong):
    with pytest.raises(TypeError, match="indicators: found str 'data/indicators"):
        series([datong], "data/indicators.csv")
    with pytest.raises(TypeError, match="series takes a list of extracts, as load_all gives it"):
        series(datong)
