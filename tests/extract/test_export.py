"""Export to Excel and CSV: read back with other readers, and safe to open in a spreadsheet."""

import csv
import math
import sys

import openpyxl
import pandas as pd
import pytest

from analysis import ExportError, Extract, Source, export

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
    assert list(book) == ["figures", "relations", "passed-over", "source"]
    assert [len(rows) - 1 for rows in book.values()] == [
        len(datong.figures),
        len(datong.relations),
        len(datong.passed_over),
        7,  # what the book holds, and the source's six
    ]
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
    monkeypatch.setattr(sys.modules["analysis.extract.export"], "LONGEST_SHEET", 43)
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
