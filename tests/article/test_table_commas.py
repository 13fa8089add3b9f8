"""Numbers with a decimal comma. Made-up tables."""

import pytest

from analysis import audit, read_table
from analysis.article.table_commas import decimal_commas

ROWS = [
    ["Straftat", "2021", "2022", "Diff.", "in %"],
    ["Diebstahl", "1.483.566", "1.780.783", "297.217", "20,0"],
    ["Betrug", "793.622", "802.535", "8.913", "1,1"],
    ["Mord", "643", "662", "19", "3,0"],
]
FORMS = {
    "csv": "\n".join(map(";".join, ROWS)),
    "pipes": "\n".join("| " + " | ".join(row) + " |" for row in [["Tabelle 1"], *ROWS]),
    "html": "<table>"
    + "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in ROWS)
    + "</table>",
}


@pytest.mark.parametrize("form", FORMS)
def test_thousands_apart_by_points(form):
    table = read_table(FORMS[form])
    values = [1483566, 1780783, 297217, 20.0, 793622, 802535, 8913, 1.1, 643, 662, 19, 3.0]
    assert table.figures["value"].tolist() == values
    assert (audit(table)["verdict"] == "agrees").all()
    assert table.passed_over.empty


def test_a_month_is_no_number():
    table = read_table(
        "Monat;Fälle;Anteil\n01.2023;1.234;12,5\n02.2023;987;10,0\n03.2023;912;9,3\n"
    )
    assert table.figures["row"].unique().tolist() == ["01.2023", "02.2023", "03.2023"]


@pytest.mark.parametrize(
    "texts",
    [["1,5", "2,5"], ["1,5", "2,5", "3,5", "4.5"], ["1,234", "2,345", "5,678"], ["1.234"] * 4],
    ids=["few", "a point before decimals", "thousands", "three decimals"],
)
def test_a_comma_need_not_be_one(texts):
    assert not decimal_commas(texts)
