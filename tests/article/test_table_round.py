"""A known table, handed over in every form, comes back: cells, bounds, days and claims, no more."""

import random

import pytest
from tables import FORMS, faults, table, workbook

SEEDS = range(40)


@pytest.mark.parametrize("form", FORMS)
def test_a_table_comes_back_from_every_form(form):
    for seed in SEEDS:
        made = table(random.Random(seed))
        assert list(faults(made, FORMS[form](made))) == [], FORMS[form](made)


def test_a_table_comes_back_from_a_workbook(tmp_path):
    for seed in SEEDS:
        made = table(random.Random(seed))
        source = workbook(made, tmp_path / f"{seed}.xlsx")
        assert list(faults(made, source)) == [], made.grid


def test_what_does_not_come_back_is_told():
    made = table(random.Random(0))
    of = made.grid[-1]
    other = [*made.grid[:-1], [of[0], "7", *of[2:]]]
    text = "\n".join("\t".join(row) for row in [[made.caption], *other] if any(row))
    assert list(faults(made, text))
    made.claims.pop()
    assert any("too many" in fault for fault in faults(made, FORMS["html"](made)))
