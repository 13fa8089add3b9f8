"""Export to Excel and CSV: read back with other readers, and safe to open in a spreadsheet."""

import csv
import math
import sys

import openpyxl
import pandas as pd
import pytest
from building import claimed

from analysis import (
    ExportError,
    Extract,
    Source,
    audit,
    claims,
    diagnose,
    export,
    load,
    prior_values,
)

NO_CLAIMS = pd.DataFrame(columns=["relation", "kind", "role", "figure"])
# Each is taken for a formula by a spreadsheet that guesses (OWASP, "CSV Injection").
RISKY = ["=1+1", "+5%", "-5", "@SUM(A1)", "\tx", "\rx", "＝1", "＋5%", "－5", "＠x"]


def extract(notes, reported="5起以上", source=None):
    figures = {"reported": reported, "unit": "起", "measure": "count", "note": notes}
    index = [f"f{n}" for n in range(len(notes))]
    return Extract(pd.DataFrame(figures, index=index), NO_CLAIMS, source=source)


def sheets(path):
    book = openpyxl.load_workbook(path)
    return {sheet.title: list(sheet.iter_rows()) for sheet in book.worksheets}


def column(rows, name):
    place = [cell.value for cell in rows[0]].index(name)
    return [row[place] for row in rows[1:]]


def test_excel_holds_all_tables_with_numbers_as_numbers_and_days_as_days(datong, tmp_path):
    path = export(datong, tmp_path / "datong.xlsx")
    book = sheets(path)
    tables = {
        "figures": datong.figures,
        "claims": claims(datong),
        "audit": audit(datong),
        "diagnosis": diagnose(datong),
        "prior values": prior_values(datong),
        "passed over": datong.passed_over,
    }
    assert list(book) == [*tables, "source"]
    for name, table in tables.items():
        assert len(book[name]) - 1 == len(table) > 0, name
        assert {*table.columns} <= {cell.value for cell in book[name][0]}
    assert len(book["source"]) - 1 == 7  # what the book holds, and the source's six
    # Beside a key stands what it is called: 342 cases, 447 the year before.
    prior = book["prior values"]
    assert column(prior, "name")[1].value == "Cases filed in the eight main categories"
    assert [column(prior, n)[1].value for n in ("current_low", "prior")] == [342, 447]
    assert column(book["audit"], "name")[-1].value == "Share of disputes mediated"
    assert column(book["audit"], "verdict")[-1].value == "contradicts"
    assert column(book["diagnosis"], "only")[0].value == "no"
    figures = book["figures"]
    assert column(figures, "figure")[0].value == "satisfied"
    for name in ("value", "low", "high", "paragraph"):
        cells = column(figures, name)
        assert {cell.data_type for cell in cells} == {"n"}
        expected = datong.figures[name].tolist()  # Excel keeps fifteen digits
        assert [cell.value for cell in cells] == pytest.approx(expected, rel=1e-15)
    # 2018-11-09 heads the crackdown's figures; a day that is not stated is an empty cell.
    days = {cell.value for cell in column(figures, "as_of")}
    assert days == {None, pd.Timestamp("2018-10-31"), pd.Timestamp("2018-11-09")}
    assert column(figures, "as_of")[-1].value is None
    dated = next(cell for cell in column(figures, "as_of") if cell.value)
    assert dated.is_date
    assert dated.number_format == "yyyy-mm-dd"
    assert {cell.value for cell in column(figures, "source")} == {
        "山西法制报, 2018-11-15, 大同市社会安全感和满意度创新高"
    }
    assert dict(zip(*(column(book["source"], c) for c in ("what", "stated")), strict=True))
    stated = {row[0].value: row[1].value for row in book["source"][1:]}
    assert stated["publisher"] == "山西法制报"
    assert stated["sha256"] == datong.source.sha256


def test_each_sheet_is_a_table_that_can_be_read_and_filtered(datong, tmp_path):
    book = openpyxl.load_workbook(export(datong, tmp_path / "datong.xlsx"))
    for sheet in book.worksheets:
        (table,) = sheet.tables.values()
        assert table.ref == table.autoFilter.ref == sheet.dimensions
        assert [column.name for column in table.tableColumns] == [c.value for c in sheet[1]]
        assert sheet.freeze_panes == "B2"
        assert sheet.print_title_rows == "$1:$1"
        assert all(head.font.bold for head in sheet[1])
        for cells in sheet.iter_cols():
            room = sheet.column_dimensions[cells[0].column_letter].width
            assert len(str(cells[0].value)) + 4 <= room <= 60
    figures = sheet_by_key(book["figures"])
    # 6,623 and 13.9246 ten thousand as whole numbers, 85.65 with the decimals that it has.
    assert figures["criminal_cases"]["value"].number_format == "#,##0"
    assert figures["handling_rate"]["low"].number_format == "#,##0.00"
    notes = [each["note"] for each in figures.values() if each["note"].value]
    assert all(note.alignment.wrap_text for note in notes)
    # Room for the longest name, whose characters are twice as wide as digits.
    names = [each["name_zh"].value for each in figures.values()]
    at = next(c.column_letter for c in book["figures"][1] if c.value == "name_zh")
    longest = max(map(len, names))
    assert longest < book["figures"].column_dimensions[at].width <= 2 * longest + 2


def sheet_by_key(sheet):
    heads = [cell.value for cell in sheet[1]]
    return {row[0].value: dict(zip(heads, row, strict=True)) for row in sheet.iter_rows(2)}


def test_without_a_contradiction_there_is_no_diagnosis(tmp_path):
    book = sheets(export(load("data/shanxi-2014"), tmp_path / "a.xlsx"))
    assert list(book) == ["figures", "claims", "audit", "prior values", "passed over", "source"]
    # Nothing is passed over there: a head without a table.
    plain = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert [sheet.title for sheet in plain if not sheet.tables] == ["passed over"]


def test_prior_values_that_cannot_be_are_one_error(tmp_path):
    falls = claimed(("change", {"current": "5起", "difference": "增加2人"}))
    with pytest.raises(ExportError, match="prior values: cannot be compared"):
        export(falls, tmp_path / "a.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_csv_is_utf8_with_a_byte_order_mark_and_holds_the_same(datong, tmp_path):
    path = export(datong, tmp_path / "datong.CSV")
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["figure"] for row in rows] == datong.figures.index.tolist()
    for name in ("value", "low", "high"):
        assert [float(row[name]) for row in rows] == datong.figures[name].tolist()
    # No printed figure of the article begins so that it needs an apostrophe.
    assert [row["reported"] for row in rows] == datong.figures["reported"].tolist()
    assert {row["as_of"] for row in rows} == {"", "2018-10-31", "2018-11-09"}
    assert rows[0]["source"].startswith("山西法制报, 2018-11-15")


@pytest.mark.parametrize("text", [*RISKY, "#N/A", "'quoted", "plain"])
def test_text_is_never_a_formula(text, tmp_path):
    cell = column(sheets(export(extract([text]), tmp_path / "a.xlsx"))["figures"], "note")[0]
    assert cell.data_type == "s"
    # XML ends a line with \n, whatever was written.
    assert cell.value.replace("\n", "\r") == text.replace("\n", "\r")
    assert bool(cell.quotePrefix) == (text in RISKY)
    with export(extract([text]), tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        written = next(csv.DictReader(file))["note"]
    assert written == ("'" + text if text in [*RISKY, "'quoted"] else text)
    assert written.removeprefix("'") == text.removeprefix("'") or written[1:] == text


def test_a_printed_plus_is_text_in_every_column(tmp_path):
    rows = pd.DataFrame({"reported": ["+5%"], "unit": "percent", "measure": "change"}, index=["=k"])
    risky = Extract(rows, NO_CLAIMS, source=Source(title="=1+1", publisher="@x"))
    book = sheets(export(risky, tmp_path / "a.xlsx"))
    for cells in book.values():
        for cell in (cell for row in cells for cell in row):
            assert cell.data_type != "f"
    with export(risky, tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        row = next(csv.DictReader(file))
    assert [row[name] for name in ("figure", "reported", "source")] == [
        "'=k",
        "'+5%",
        "'@x, , =1+1",
    ]
    assert float(row["low"]) == 4.5  # a number is no text, whatever its sign


def test_an_open_end_and_what_is_not_known(tmp_path):
    open_ended = extract([""])
    path = export(open_ended, tmp_path / "a.xlsx")
    figures = sheets(path)["figures"]
    assert column(figures, "low")[0].value == 5
    assert column(figures, "high")[0].value == "inf"
    assert column(figures, "as_of")[0].value is None
    again = pd.read_csv(export(open_ended, tmp_path / "a.csv"))
    assert math.isinf(again.loc[0, "high"])


def test_nothing_is_overwritten_unless_told(datong, tmp_path):
    for name in ("a.csv", "a.xlsx"):
        path = tmp_path / name
        path.write_text("mine")
        with pytest.raises(ExportError, match=f"{name}: found a file, expected no file yet"):
            export(datong, path)
        assert path.read_text() == "mine"
        assert export(datong, path, overwrite=True).stat().st_size > 1000
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(ExportError, match="found a folder"):
        export(datong, tmp_path / "folder.csv", overwrite=True)


def test_what_cannot_be_written_is_one_error_and_leaves_nothing(datong, tmp_path):
    with pytest.raises(ExportError, match=r"a\.ods: found '\.ods', expected \.csv or \.xlsx"):
        export(datong, tmp_path / "a.ods")
    with pytest.raises(
        ExportError, match=r"nowhere/a\.csv: found no folder .*nowhere, expected one to"
    ):
        export(datong, tmp_path / "nowhere" / "a.csv")
    with pytest.raises(ExportError, match=r"figures, row 2, column note: found 40000 characters"):
        export(extract(["x" * 40_000]), tmp_path / "a.xlsx")
    with pytest.raises(ExportError, match=r"figures, row 3, column note: found 'a\\x01'"):
        export(extract(["", "a\x01"]), tmp_path / "a.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_more_rows_than_excel_has(datong, tmp_path, monkeypatch):
    monkeypatch.setattr(sys.modules["analysis.views.export"], "LONGEST_SHEET", 43)
    with pytest.raises(ExportError, match="figures: 43 rows, at most 42 go to Excel"):
        export(datong, tmp_path / "a.xlsx")


def test_without_openpyxl_csv_still_works(datong, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(ExportError, match=r"a\.xlsx: \.xlsx needs the package openpyxl"):
        export(datong, tmp_path / "a.xlsx")
    assert export(datong, tmp_path / "a.csv").exists()


def test_the_file_may_be_read_like_any_other(datong, tmp_path):
    plain = tmp_path / "plain"
    plain.write_text("")
    assert export(datong, tmp_path / "a.csv").stat().st_mode == plain.stat().st_mode
