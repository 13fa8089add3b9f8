"""Tables made to hurt: read or refused in bounded time and memory, and nothing run."""

import contextlib
import resource
import time

import pytest

from analysis import ExtractError, read_tables

HOSTILE = {
    "a million columns": "|" * 1_000_000 + "\n" + "|1" * 100_000,
    "many columns that change": "a," + "增减%," * 50_000 + "\nx," + "1," * 50_000 + "\n",
    "many totals": "a,b\n" + "合计,1\n" * 20_000,
    "deep indentation": "a,b\n" + "".join(f"{'　' * (n % 50)}x{n},{n}\n" for n in range(10_000)),
    "labels that begin with each other": "a,b\n"
    + "".join(f"{'甲' * (n % 300 + 2)},{n}\n" for n in range(5_000)),
    "ragged rows": "<table>"
    + "".join("<tr>" + "<td>5" * (7 * n % 41) for n in range(2_000))
    + "</table>",
    "tables in tables": "<table><tr><td>" * 3_000 + "1",
    "a cell over a billion columns": "<table><tr><td>a<td>b"
    + "<tr><td colspan=999999999 rowspan=999999>5" * 3_000,
    "cells that cover all below": "<table><tr>"
    + "<td rowspan=1000>x" * 2_000
    + "<tr><td>1" * 3_000,
    "cells never closed": "<table>" + "<td>" * 300_000,
    "tags never closed": "<table>" + "<" * 500_000,
    "attributes never closed": "<table><tr " + "a='" * 200_000,
    "rows never closed": "| a | b |\n" * 10 + "| a | 1\n" * 20_000,
    "more lines than a table may have cells": "甲  12  3\n" * 600_000,
    "one long line": "a " + "1 " * 200_000,
    "blanks that part numbers and thousands": ("x " + "1 234 " * 60 + "\n") * 100,
    "a cell a line": "甲\n1\n" * 20_000,
    "numbers alone": "1\n" * 100_000,
    "a long cell": "a,b\nx," + "9" * 3_000_000 + "\ny,5\n",
    "a quote never closed": 'a,b\n"' + "x,1\n" * 100_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_table_is_bounded(name):
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    with contextlib.suppress(ExtractError):
        read_tables(HOSTILE[name])
    assert time.process_time() - start < 20  # seconds, where a second or two is usual
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 600 * 1024  # kilobytes


def test_scripts_are_not_read():
    script = "<script>document.write('9')</script>"
    page = f"<table><tr><td>类别<td>件</tr><tr><td>{script}盗窃<td>5</table>"
    (table,) = read_tables(page)
    assert table.figures["row"].tolist() == ["盗窃"]
    assert table.figures["value"].tolist() == [5]


def test_entities_of_a_document_are_not_written_out():
    levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    page = (
        f'<!DOCTYPE x [<!ENTITY a0 "ha">{levels}]><table><tr><td>k<td>n<tr><td>&a11;<td>5</table>'
    )
    (table,) = read_tables(page)
    assert table.figures["value"].tolist() == [5]
    assert len(table.figures["row"].iloc[0]) < 10


def test_table_inside_a_cell_is_a_table_of_its_own():
    inner = "<table><tr><td>a<td>b<tr><td>x<td>7</table>"
    page = (
        f"<table><tr><td>类别<td>件</tr><tr><td>盗窃<td>5</tr><tr><td>其他{inner}<td>6</tr></table>"
    )
    outer, inside = read_tables(page)
    assert outer.figures["row"].tolist() == ["盗窃", "其他"]
    assert inside.figures["value"].tolist() == [7]
