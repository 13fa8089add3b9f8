"""Any text and any bytes: only the documented errors, and findings that hold together.

A longer run: `make fuzz`.
"""

import io
import shutil
import zipfile
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from building import extract
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import (
    ComparisonError,
    ExtractError,
    FigureError,
    audit,
    claims,
    find_figures,
    find_numerals,
    load,
    prior_values,
    proofread,
    read_article,
    read_figure,
    read_table,
    read_tables,
    series,
)
from analysis.extract.coverage import standing
from analysis.kinds import MEASURES

DATONG = Path(__file__).resolve().parents[1] / "data" / "datong-2018"
FILES = ["figures.csv", "relations.csv", "passed-over.csv", "datapackage.json"]

# What printed figures are made of, and what stands around them.
PIECES = [
    *"0123456789０１２三五九十百千万亿两半零〇%‰％.,，．、-－—~+:/",
    *"起件人个元倍成番年月日时第约近超余多几数上过下升降增减每均分之至到",
    *(
        "百分点",
        "下降",
        "同比",
        "没有发生一",
        "持平",
        "翻番",
        "过半",
        "不足",
        "以上",
        "左右",
        "日均",
    ),
    *(
        "萬",
        "億",
        "餘",
        "減",
        "\u200b",
        "\u202e",
        "①",
        "٣",
        "½",
        "𝟙",
        "\n",
        " ",
        "\u3000",
        "A",
        "㎡",
    ),
]
texts = st.one_of(st.text(max_size=40), st.lists(st.sampled_from(PIECES), max_size=25).map("".join))


@given(texts)
def test_read_figure_reads_or_says_why_not(text):
    try:
        figure = read_figure(text)
    except FigureError as error:
        assert str(error)  # noqa: PT017 - either end is right
        return
    assert figure.low <= figure.high  # and neither is NaN; either may be open: 超降0
    assert figure.value is None or figure.low <= figure.value <= figure.high
    assert figure.measure in MEASURES
    assert figure.decimals >= 0


@given(st.lists(texts, max_size=6).map("\n".join))
def test_find_figures_finds_what_stands_there(text):
    found = find_figures(text, dates=True)
    lines = text.split("\n")
    ends = {}
    for row in found.itertuples():
        line = lines[row.paragraph - 1]
        assert line[row.position : row.position + len(row.reported)] == row.reported
        assert row.position >= ends.get(row.paragraph, 0)  # in order, and none in another
        ends[row.paragraph] = row.position + len(row.reported)
    figures = found[found["measure"] != "date"]
    assert (figures["low"] <= figures["high"]).all()
    valued = figures[figures["value"].notna()]
    assert ((valued["low"] <= valued["value"]) & (valued["value"] <= valued["high"])).all()
    assert found["paragraph"].is_monotonic_increasing
    pd.testing.assert_frame_equal(figures, find_figures(text).set_axis(figures.index))


@given(texts)
def test_find_numerals_finds_what_stands_there(text):
    lines = text.split("\n")
    for paragraph, position, numeral in find_numerals(text).itertuples(index=False, name=None):
        assert lines[paragraph - 1].startswith(numeral, position)


# What ties figures to one another, names them and dates them.
WORDS = [
    *(
        "其中",
        "同比",
        "环比",
        "分别",
        "占",
        "由",
        "上年的",
        "增至",
        "降至",
        "比上年",
        "去年同期",
        "合计",
    ),
    *(
        "2018年1至9月,",
        "截至10月底,",
        "案件",
        "纠纷",
        "成功率",
        "其他",
        "人",
        "起",
        "件",
        "万元",
        "%",
        "。",
    ),
    *(
        ",",
        "、",
        "(",
        ")",
        ";",
        "上升",
        "减少",
        "12",
        "345起",
        "6.7%",
        "89件",
        "1200多人",
        "\n",
        "&<i>",
        "<script>",
    ),
]
articles = st.lists(st.sampled_from([*WORDS, *PIECES]), max_size=40).map("".join)


@given(articles)
def test_an_article_is_read_whatever_it_says(text):
    article = read_article(text)
    lines = text.split("\n")
    for table in (article.figures, article.passed_over):
        for row in table[["paragraph", "position", "reported"]].itertuples(index=False):
            if pd.notna(row.position):
                assert standing(lines, row.paragraph - 1, row.position, row.reported)
    assert (article.figures["status"] == "proposed").all()
    assert set(article.relations["figure"]) <= set(article.figures.index)
    table, words = audit(article), claims(article)
    assert list(table.index) == list(words.index)
    values = prior_values(article)
    assert not (values["prior_low"] > values["prior_high"]).any()


@given(articles)
def test_no_markup_of_a_text_survives_in_the_proofread_view(text):
    shown = proofread(read_article(text), text)._repr_html_()
    for begun in ("<script", "<i>"):
        assert begun not in shown
    assert shown.count("<mark") == shown.count("</mark>")


CELLS = [
    *(
        "",
        " ",
        "合计",
        "其中",
        "盗窃",
        "2017年",
        "2018年",
        "增长%",
        "单位:万元",
        "12",
        "3,456",
        "-7.8",
        "(264)",
    ),
    *(
        "…",
        "n.a.",
        "1.2%",
        "▲3",
        "Total",
        "12*",
        "|",
        ",",
        "\t",
        "<td>",
        "</tr>",
        "<table>",
        "&amp;",
        '"',
    ),
]
tables = st.tuples(
    st.lists(st.lists(st.sampled_from(CELLS), min_size=1, max_size=6), min_size=1, max_size=7),
    st.sampled_from(["csv", "tsv", "md", "html", "space", "a cell a line"]),
)


def as_text(rows, form):
    """Rows of cells as they would be pasted, nothing escaped."""
    if form == "html":
        lines = ["<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows]
        return "<table>" + "".join(lines) + "</table>"
    if form == "a cell a line":
        return "\n".join(cell for row in rows for cell in row)
    between = {"csv": ",", "tsv": "\t", "md": " | ", "space": "   "}[form]
    lines = [between.join(row) for row in rows]
    if form == "md":
        lines = [f"| {line} |" for line in lines]
        lines.insert(1, "|" + "---|" * len(rows[0]))
    return "\n".join(lines)


@given(tables)
def test_a_table_is_read_or_said_to_be_none(table):
    rows, form = table
    try:
        read = read_table(as_text(rows, form))
    except ExtractError as error:
        assert error.faults  # noqa: PT017 - either end is right
        assert all(fault.expected for fault in error.faults)  # noqa: PT017
        return
    assert (read.figures["low"] <= read.figures["high"]).all()
    assert set(read.relations["figure"]) <= set(read.figures.index)
    assert list(audit(read).index) == list(claims(read).index)


def workbook():
    """The files in a workbook with a small table, a merged cell and a percent format."""
    book = openpyxl.Workbook()
    for row in [["类别", "2019年", "2020年"], ["盗窃", 12, 15], ["诈骗", 30, 28], ["合计", 42, 43]]:
        book.active.append(row)
    book.active["B2"].number_format = "0.00%"
    book.active.merge_cells("A3:A4")
    written = io.BytesIO()
    book.save(written)
    with zipfile.ZipFile(written) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


WORKBOOK = workbook()
PATCHES = [b"", b"0", b"-1", b"9999999", b"x", b'"', b"<a/>", b"&", b"A1:ZZZ99999", b"inf"]
damage = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 6), st.sampled_from(PATCHES)), min_size=1, max_size=3
)


def damaged(data, changes):
    for place, length, patch in changes:
        at = int(place * len(data))
        data = data[:at] + patch + data[at + length :]
    return data


@pytest.mark.filterwarnings("ignore::UserWarning")  # openpyxl says what it leaves out
@given(st.sampled_from(sorted(WORKBOOK)), damage, st.booleans())
def test_a_workbook_is_read_or_said_to_be_none(tmp_path_factory, name, changes, packed_already):
    """Damaged in one of its files before it is packed, or in its bytes after."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as into:
        for part, data in WORKBOOK.items():
            change = part == name and not packed_already
            into.writestr(part, damaged(data, changes) if change else data)
    data = packed.getvalue()
    path = tmp_path_factory.getbasetemp() / "damaged.xlsx"
    path.write_bytes(damaged(data, changes) if packed_already else data)
    try:
        tables = read_tables(path)
    except ExtractError as error:
        assert all(fault.expected for fault in error.faults)  # noqa: PT017 - either end is right
        return
    for table in tables:
        assert (table.figures["low"] <= table.figures["high"]).all()


PERIODS = [
    *[("2017-01-01", "2017-12-31"), ("2018-01-01", "2018-12-31"), ("2020-01-01", "2020-12-31")],
    *[("2018-01-01", "2018-03-31"), ("2018-01-01", "2018-11-15"), ("2018-12-31", "2018-01-01")],
    *[("2020-02-29", "2020-02-29"), ("", "2018-12-31"), ("", ""), ("1900-01-01", "2100-12-31")],
]
PRINTS = {
    "a": "0起 342起 1200余起 不足5起 三五百起 13.9万起 85.7%".split(),
    "b": "5元 9000亿元 近3万元 12.5亿元 0.3元 342起".split(),
    "c": "85.7% 0% 100% 不足5% 12.5% 三成 持平".split(),
}
MOVED = {
    "a": "下降23.5% 上升0.0% 下降100% 上升1.5倍 减少7起 增加3个百分点 下降过半".split(),
    "b": "下降4.1% 增加2亿元 上升1.5倍 持平".split(),
    "c": "下降2.5个百分点 上升3.5% 增加7起".split(),
}
AGAINST = ["year earlier", "previous period", "year 2017", "other", "not stated"]
# What one issue prints of an indicator: its key there, the figure, the change if any, against what
# and on which basis, and the period. One of the figures and one of the changes is of another kind.
said = st.sampled_from("abc").flatmap(
    lambda key: st.tuples(
        st.just(key),
        st.sampled_from(PRINTS[key]),
        st.one_of(st.none(), st.sampled_from(MOVED[key])),
        st.sampled_from(AGAINST),
        st.sampled_from(["printed", "comparable", "real", "not stated"]),
        st.sampled_from(PERIODS),
    )
)
issues = st.lists(
    st.tuples(
        st.sampled_from(["x/1", "x/2", "x/3", "y/1", ""]),
        st.lists(said, max_size=3, unique_by=lambda row: row[0]),
    ),
    max_size=5,
)
indicators = st.one_of(
    st.none(),
    st.lists(
        st.tuples(
            st.sampled_from("nm"),
            st.sampled_from(["x", "x", "x", "y", "x/1", ""]),
            st.sampled_from("abc"),
            st.sampled_from(["", "", "p"]),
            st.sampled_from(["", "2018-01-01", "2020-01-01"]),
        ),
        min_size=1,
        max_size=6,
    ).map(lambda rows: pd.DataFrame(rows, columns=NAMES)),
)
NAMES = ["indicator", "extract", "figure", "place", "since"]


def issue(name, rows):
    """An extract of what one issue prints."""
    figures, claims = {}, {}
    for key, reported, change, against, basis, (start, end) in rows:
        days = {"period_start": start, "as_of": end}
        figures[key] = days | {"reported": reported}
        if change:
            told = {"against": against, "basis": basis}
            figures[f"{key}_change"] = days | told | {"reported": change}
            kind = "difference" if change.endswith(("起", "点")) else "change"
            claims[f"{key}_change"] = ("change", {"current": key, kind: f"{key}_change"})
    return extract(figures, claims, name=name)


@settings(
    max_examples=settings.default.max_examples // 3
)  # several extracts take longer than a text
@given(issues, indicators, st.sampled_from(AGAINST[:3]))
def test_a_series_of_any_issues_is_told_or_refused(issues, indicators, against):
    extracts = [issue(*each) for each in issues]
    try:
        table = series(extracts, indicators, against)
    except ComparisonError as error:
        assert str(error)  # noqa: PT017 - either end is right
        return
    assert not table.index.has_duplicates
    for what in ("printed", "implied", "revision", "change", "by_prints", "added"):
        assert not (table[f"{what}_low"] > table[f"{what}_high"]).any()
    assert set(table["base"]) <= {"revised", "within print", "other definition", ""}
    apart = table["revision_low"].gt(0) | table["revision_high"].lt(0)
    assert table.loc[apart, "base"].eq("revised").all()
    assert table.loc[table["flips"], ["change_low", "by_prints_low"]].notna().all(axis=None)
    printed = {key for each in extracts for key in each.figures.index}
    known = set(printed if indicators is None else indicators["indicator"])
    assert set(table.index.get_level_values("indicator")) <= known
    names = {each.name for each in extracts}
    assert table.loc[table["printed_low"].notna(), "issue"].isin(names).all()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return Path(shutil.copytree(DATONG, tmp_path_factory.mktemp("fuzz") / "article"))


edits = st.lists(
    st.tuples(
        st.sampled_from(["delete", "insert", "double", "swap"]),
        st.floats(0, 1),
        st.integers(1, 30),
        st.one_of(st.binary(max_size=6), st.sampled_from(PIECES).map(str.encode)),
    ),
    min_size=1,
    max_size=4,
)


@settings(max_examples=settings.default.max_examples // 3)  # and so does a folder
@given(st.sampled_from(FILES), edits)
def test_load_reads_or_lists_the_faults(folder, name, changes):
    good = (DATONG / name).read_bytes()
    data = good
    for kind, place, length, piece in changes:
        at = int(place * len(data))
        before, inside, after = data[:at], data[at : at + length], data[at + length :]
        data = {
            "delete": before + after,
            "insert": before + piece + inside + after,
            "double": before + inside + inside + after,
            "swap": before + inside[::-1] + after,
        }[kind]
    (folder / name).write_bytes(data)
    try:
        extract = load(folder)
    except ExtractError as error:
        assert error.faults  # noqa: PT017 - either end is right
        assert all(fault.expected for fault in error.faults)  # noqa: PT017
    else:
        assert (extract.figures["low"] <= extract.figures["high"]).all()
    finally:
        (folder / name).write_bytes(good)
