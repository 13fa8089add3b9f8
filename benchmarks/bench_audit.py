"""The audit of relations of all kinds, from a thousand to a million."""

import sys

import pytest

from analysis import audit
from analysis.simulation import panel_extract, synthetic_panel

RELATIONS = [10**3, 10**4, 10**5, 10**6]
A_ROW = 2.4  # relations: two a row, and a sum and a part a group of five rows


def extract(relations, error_rate=0.0):
    return panel_extract(synthetic_panel(int(relations / A_ROW), error_rate=error_rate))


@pytest.mark.parametrize("relations", RELATIONS)
def test_audit(measure, relations):
    """Sums, parts, ratios and changes, each with its difference, of a synthetic panel, one figure
    in a hundred rows wrong: the time a relation, against itself at ten thousand.
    """
    panel = extract(relations, error_rate=0.01)
    aims = {"audit, 10,000 relations": "≤ 1.3"} if relations > 10**4 else {}
    rounds = 3 if relations == 10**6 else 5
    key, count = f"audit, {relations:,} relations", panel.relations["relation"].nunique()
    measure(key, lambda: audit(panel), count, rounds, aims)


def test_audit_of_what_holds(measure):
    """The same without a wrong figure: what the slips cost beside it."""
    panel = extract(10**5)
    count = panel.relations["relation"].nunique()
    aims = {"audit, 100,000 relations": "reported"}
    measure("audit, 100,000 relations that hold", lambda: audit(panel), count, 5, aims)


def test_no_python_a_relation_that_agrees(record):
    """How many Python functions each further agreeing relation calls: a hundred thousand more."""

    def calls_of(panel):
        calls = 0

        def count(frame, event, argument):
            nonlocal calls
            calls += event == "call"

        sys.setprofile(count)
        try:
            table = audit(panel)
        finally:
            sys.setprofile(None)
        assert (table["verdict"] == "agrees").all()
        return calls, len(table)

    audit(extract(10**3))  # what is imported when first used is not counted
    (few, some), (many, all_of_them) = calls_of(extract(10**5)), calls_of(extract(2 * 10**5))
    more = (many - few) / (all_of_them - some)
    record("Python calls of the audit", "each further relation that agrees", more, "≤ 0.1")
