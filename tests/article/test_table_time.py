"""The time that a table takes grows with its rows."""

import time

import pytest

from analysis import read_table


def _rows(count, part, ends=""):
    rows = [
        ["号县", "2020年", "2019年"],
        *([f"{n}号县", f"{7 * n}", f"{5 * n}"] for n in range(count)),
    ]
    return "\n".join(f"{ends}{part.join(row)}{ends}" for row in rows)


FORMS = {
    "pipes": lambda count: _rows(count, " | ", "|"),
    "tabs": lambda count: _rows(count, "\t"),
    "blanks": lambda count: _rows(count, "    "),
    "html": lambda count: f"<table><tr><td>{_rows(count, '<td>', '<tr><td>')}</table>",
}


@pytest.mark.parametrize("form", FORMS)
def test_time_is_linear_in_rows(form):
    def seconds(rows):
        text = FORMS[form](rows)
        start = time.process_time()
        assert len(read_table(text).figures) == 2 * rows
        return time.process_time() - start

    once = min(seconds(1_000) for _ in range(2))
    assert seconds(8_000) < 16 * once
