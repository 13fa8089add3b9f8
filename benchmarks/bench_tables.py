"""Reading a printed table, of so many rows, from HTML and as pasted."""

import io

import pandas as pd
import pytest

from analysis import read_table
from analysis.simulation import synthetic_panel

COLUMNS = {"county": "县", "current": "2020年", "prior": "2019年", "change": "增长%"}


def printed(rows):
    """Made-up counts of so many counties in two years, and the change."""
    panel = synthetic_panel(rows, seed=7).head(rows).reset_index(drop=True)
    table = panel[["current", "prior", "change"]].astype(str)
    table.insert(0, "county", [f"{n}号县" for n in range(rows)])
    return table.rename(columns=COLUMNS)


def in_html(rows):
    return printed(rows).to_html(index=False)


@pytest.mark.parametrize("rows", [100, 1_000, 5_000])
def test_read_table_of_html(measure, rows):
    """Figures with bounds, labels, days, and the changes as claims; the work grows with the rows.
    `read_html` gives the cells."""
    text = in_html(rows)
    name = "read_table of HTML, {:,} rows"
    aims = {"pandas.read_html, 1,000 rows": "reported"} if rows == 1_000 else {}
    aims |= {name.format(1_000): "≤ 1.3"} if rows == 5_000 else {}
    measure(name.format(rows), lambda: read_table(text), rows, 3, aims)


@pytest.mark.parametrize("rows", [1_000, 5_000])
def test_read_table_as_pasted(measure, rows):
    """The same, with tabs between the cells."""
    text = printed(rows).to_csv(index=False, sep="\t")
    name = "read_table as pasted, {:,} rows"
    aims = {name.format(1_000): "≤ 1.3"} if rows == 5_000 else {}
    measure(name.format(rows), lambda: read_table(text), rows, 3, aims)


@pytest.mark.parametrize("rows", [1_000, 5_000])
def test_read_table_of_pipes(measure, rows):
    """The same, with pipes around the cells."""
    lines = printed(rows).to_csv(index=False, sep="|").splitlines()
    text = "\n".join(f"|{line}|" for line in lines)
    name = "read_table of pipes, {:,} rows"
    aims = {name.format(1_000): "≤ 1.3"} if rows == 5_000 else {}
    measure(name.format(rows), lambda: read_table(text), rows, 3, aims)


def test_pandas_read_html(measure):
    """`read_html` with lxml, which gives a frame of numbers and texts: it knows cells that span
    several, and neither years in heads, units, precision nor what belongs together.
    """
    text = in_html(1_000)
    run = lambda: pd.read_html(io.StringIO(text), flavor="lxml")  # noqa: E731
    assert run()[0].shape == (1_000, 4)
    measure("pandas.read_html, 1,000 rows", run, 1_000, 5)
