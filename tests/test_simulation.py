"""The synthetic panel: every printed figure follows from its counts, and slips are as planted."""

from fractions import Fraction

import pytest

from analysis import audit, charts
from analysis.phrases import OUTCOMES
from analysis.simulation import PRINTED, SLIPS, panel_extract, slips_found, synthetic_panel

*NAMED, _, NOT_FOUND = OUTCOMES


def test_the_same_seed_gives_the_same_panel_and_another_one_does_not():
    panel = synthetic_panel(120, seed=4, error_rate=0.1)
    assert panel.equals(synthetic_panel(120, seed=4, error_rate=0.1))
    assert not panel.equals(synthetic_panel(120, seed=5, error_rate=0.1))


def test_whole_counties_of_twelve_months():
    panel = synthetic_panel(61)
    assert len(panel) == 120
    assert panel.groupby("county")["month"].nunique().tolist() == [12, 12]


def test_percentages_are_the_exact_ones_to_one_decimal():
    panel = synthetic_panel(600)
    for row in panel.itertuples():
        change = Fraction(row.current - row.prior, row.prior) * 100
        assert abs(Fraction(str(row.change)) - change) <= Fraction(1, 20)
        rate = Fraction(row.solved, row.current) * 100
        assert abs(Fraction(str(row.rate)) - rate) <= Fraction(1, 20)


def test_without_errors_every_claim_agrees():
    extract = panel_extract(synthetic_panel(600, seed=2))
    table = audit(extract)
    assert set(table["kind"]) == {"change", "part", "ratio", "sum"}
    assert (table["verdict"] == "agrees").all()
    # A row has one change, of all four roles, and one ratio; a group of five a sum and a part.
    assert table["kind"].value_counts().to_dict() == {
        "change": 600,
        "ratio": 600,
        "sum": 120,
        "part": 120,
    }
    roles = extract.relations[extract.relations["relation"] == "change-7"]["role"]
    assert roles.tolist() == ["current", "prior", "change", "difference"]


def test_slips_are_what_they_are_called():
    panel = synthetic_panel(60_000, seed=1, error_rate=0.05)
    slips = panel[panel["slip"] != ""]
    assert slips["intended"].notna().all()
    assert panel["intended"].notna().sum() == len(slips)
    # Less than the rate, as a swap of 33 is none, nor is a digit replaced by itself.
    assert 0.03 < len(slips) / len(panel) < 0.05
    assert set(slips["slip"]) == set(SLIPS)
    assert set(slips["slipped"]) == set(PRINTED)
    for row in slips.itertuples():
        decimals = 1 if row.slipped in ("change", "rate") else 0
        was, now = (
            f"{abs(x):.{decimals}f}".replace(".", "")
            for x in (row.intended, getattr(row, row.slipped))
        )
        differing = [n for n in range(len(was)) if was[n : n + 1] != now[n : n + 1]]
        if row.slip == "one digit":
            assert len(was) == len(now)
            assert len(differing) == 1
        elif row.slip == "two digits swapped":
            a, b = differing
            assert (b, was[a], was[b]) == (a + 1, now[b], now[a])
        else:
            assert float(now) == float(was) * 10


@pytest.mark.parametrize(("rows", "rate"), [(0, 0), (5, 1.1), (5, -0.1)])
def test_no_panel(rows, rate):
    with pytest.raises(ValueError, match="a panel has rows"):
        synthetic_panel(rows, error_rate=rate)


@pytest.fixture(scope="module")
def slipped():
    """A panel with slips, its extract, and what its audit made of them."""
    panel = synthetic_panel(6_000, seed=1, error_rate=0.02)
    extract = panel_extract(panel)
    table = audit(extract)
    return panel, extract, table, slips_found(panel, table)


def test_the_audit_contradicts_nothing_but_slips(slipped):
    _, _, table, found = slipped
    contradicted = table.index[table["verdict"] == "contradicts"]
    assert set(contradicted) <= set(found["relation"])
    seen = found.loc[found["outcome"] != NOT_FOUND, "relation"]
    assert set(seen) == set(contradicted)


def test_a_slip_is_found_in_each_relation_that_its_figure_stands_in(slipped):
    panel, extract, _, found = slipped
    of_row = found.groupby("row")["kind"].agg(set)
    assert set(of_row.index) == set(panel.index[panel["slip"] != ""])
    figure = panel["slipped"] + "-" + panel.index.astype(str)
    for row, kinds in of_row.items():
        relations = extract.relations[extract.relations["figure"] == figure[row]]
        assert set(relations["kind"]) == kinds
        assert set(relations["relation"]) == set(found.loc[found["row"] == row, "relation"])


def test_most_slips_are_named(slipped):
    # The slips are the audit's own, so what it contradicts it should mostly explain as they were.
    found = slipped[3]
    contradicted = found[found["outcome"] != NOT_FOUND]
    assert len(contradicted) / len(found) > 0.9
    assert contradicted["outcome"].isin(NAMED).mean() > 0.8


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_chart_of_slips(slipped, language):
    _, extract, _, found = slipped
    ax = charts.slips(found, extract, language=language)
    assert sum(bar.get_width() for bars in ax.containers for bar in bars) == len(found)
    for outcome, bars in zip(OUTCOMES, ax.containers, strict=True):
        assert sum(bar.get_width() for bar in bars) == (found["outcome"] == outcome).sum()
    assert [text.get_text() for text in ax.get_legend().get_texts()] == [
        words[language == "zh"] for words in OUTCOMES.values()
    ]
    assert str(len(found)) in ax.figure.alt
