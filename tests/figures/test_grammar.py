"""Every row of the grammar has an example, every word of the tables is read."""

import pytest

from analysis import units
from analysis.figures import (
    find_figures,
    grammar,
    passed_over,
    words,
)


def found(text: str, **options: bool) -> list[str]:
    return find_figures(text, **options)["reported"].tolist()


TABLES = [*passed_over.PASSED_OVER, *grammar.FORMS, *grammar.TALLIES, passed_over.REST]


@pytest.mark.parametrize("row", TABLES, ids=lambda row: row.name)
def test_every_row_finds_its_example(row: grammar.Row) -> None:
    hits = {m.lastgroup for m in grammar.scanner().finditer(row.example)}
    assert row.name in hits


@pytest.mark.parametrize("row", grammar.FORMS, ids=lambda row: row.name)
def test_examples_of_figures_are_found(row: grammar.Row) -> None:
    assert found(row.example)


def test_vocabularies_are_whole() -> None:
    tables = (words.FALLS, words.RISES, words.FALL_NOUNS, words.RISE_NOUNS)
    signs = [word for table in tables for word in table.split()]
    assert all(found(f"同比{word}13.8%") == [f"{word}13.8%"] for word in signs)
    names = [pattern.partition("(?!")[0] for pattern in units.as_printed(*units.COUNTED)]
    assert {name for name in names if not found(f"共12{name}。")} == set()
