"""Units in a column of their own, in text. Made-up tables."""

import pytest

from analysis import read_article, read_table
from analysis.article.read_table import _Table
from analysis.article.table_grid import Grid
from analysis.article.table_labels import units_of
from analysis.article.table_units import is_unit

ROWS = [("生产总值", "亿元", "1523.4", "6.2"), ("  第一产业", "亿元", "211.7", "3.1"),
        ("粮食产量", "万吨", "88.21", "-1.3"), ("户籍人口", "万人", "233.1", "0.5"),
        ("物价指数", "%", "101.9", "0.9")]  # fmt: skip
HEAD = ("指标", "单位", "绝对量", "比上年增长(%)")


def wide(text):
    return sum(1 if char.isascii() else 2 for char in text)


def aligned(rows):
    return "\n".join(
        "".join(cell + " " * (16 - wide(cell)) for cell in row).rstrip() for row in rows
    )


FORMS = {
    "a cell a line": "\n".join(cell for row in [HEAD, *ROWS] for cell in row),
    "one blank": "\n".join(" ".join(row) for row in [HEAD, *ROWS]),
    "aligned": aligned([HEAD, *ROWS]),
    "pipes": "\n".join("| " + " | ".join(row) + " |" for row in [HEAD, ("---",) * 4, *ROWS]),
    "csv": "\n".join(",".join(row) for row in [HEAD, *ROWS]),
    "html": "<table>" + "".join(
        "<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in [HEAD, *ROWS]
    ) + "</table>",
}  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_every_form_gives_the_same_rows_columns_and_units(form):
    figures = read_table(FORMS[form]).figures
    assert figures["row"].tolist() == [row[0].strip() for row in ROWS for _ in range(2)]
    assert figures["column"].tolist() == [*HEAD[2:]] * len(ROWS)
    stated = ["亿元", "亿元", "万吨", "万人", "percent"]
    assert figures["unit"].tolist() == [u for unit in stated for u in (unit, "percent")]
    assert figures["value"].tolist() == [float(n) for row in ROWS for n in row[2:]]


def test_words_that_are_no_units_stay_in_their_labels():
    table = read_table("项目 甲 乙\n入室 盗窃 12 15\n电信 诈骗 30 28\n街头 抢劫 4 3\n")
    assert table.figures["row"].unique().tolist() == ["入室 盗窃", "电信 诈骗", "街头 抢劫"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("亿元", True), ("万千瓦时", True), ("元/人", True), ("‰", True), ("个百分点", True),
     ("税收", False), ("东区", False), ("", False)],
)  # fmt: skip
def test_what_is_a_unit(text, expected):
    assert is_unit(text) is expected


@pytest.mark.parametrize(
    ("label", "unit"),
    [
        ("接待量(万人次)", "万人次"),
        ("客运量/万人次", "万人次"),
        ("病床数/万人", "/万人"),
        ("增值税50%", ""),
        ("增长%", "%"),
    ],
)
def test_the_unit_that_a_label_states(label, unit):
    assert "".join(units_of(label)) == ("percent" if unit == "%" else unit)


def test_the_names_of_offices_stand_under_a_head_that_elsewhere_means_units():
    table = read_table("单位,接收量(件),办结率\n东区局,20,100%\n西区局,13,46.2%\n")
    assert table.figures["row"].unique().tolist() == ["东区局", "西区局"]
    assert set(table.figures["unit"]) == {"件", "percent"}


ROWS_BELOW = (
    "| 项目 | 2022年 | 2023年 |\n| --- | --- | --- |\n| 甲 | 421 | 463 |\n| 乙 | 98 | 74 |\n"
)


@pytest.mark.parametrize("read", [read_table, read_article])
@pytest.mark.parametrize(
    ("title", "unit", "measure", "half"),
    [  # what is counted in thousands is rounded, what is counted in ones is not
        ("客运统计 单位:万人", "万人", "count", 0.5),
        ("客運統計(單位:宗)", "宗", "count", 0),
        ("图2 货运量（万吨），2022-2023年", "万吨", "amount", 0.5),
        ("案件统计(千件)", "千件", "count", 0.5),
        ("Visits (thousands of visitors)", "thousands of visitors", "count", 0.5),
        ("Freight by rail (million tonnes), 2022-23", "million tonnes", "amount", 0.5),
        ("Revenue by source (£ million)", "£ million", "amount", 0.5),
        # no units: what is counted in, a Sunday, and two of which neither is of all
        ("职工(含临时工)", "", "count", 0),
        ("例会 2023年1月1日(日)", "", "count", 0),
        ("案件(件)和人员(人)", "", "count", 0),
    ],
)
def test_a_title_says_the_unit_of_what_is_below_it(read, title, unit, measure, half):
    figures = read(f"{title}\n{ROWS_BELOW}").figures
    figures = figures[figures["row"] != ""]
    assert set(figures["unit"]) == {unit}
    assert set(figures["measure"]) == {measure}
    assert set((figures["high"] - figures["low"]) / 2) == {half}


@pytest.mark.parametrize(("form", "heads"), [("space", []), ("flat", [["年", "甲", "乙"]])])
def test_a_head_left_above_a_table_says_nothing_of_all_of_it(form, heads):
    rows = [*heads, ["95年", "421", "980"], ["96年", "398", "740"]]
    table = _Table.of(Grid(rows, ["出勤(次)"], form=form), "")
    assert {unit for part in table.parts for unit in part.unit} == {""}


@pytest.mark.parametrize("unit", ["£m", "RMB'000", "HK$ million", "人民币千元", "(万元)"])
@pytest.mark.parametrize("above", [True, False])
def test_a_unit_alone_in_the_corner_or_above_a_table_is_that_of_all(unit, above):
    line, corner = (unit, "") if above else ("", unit)
    text = f"<p>{line}</p><table><tr><th>{corner}</th><th>2023</th><th>2022</th></tr>"
    table = read_table(f"{text}<tr><td>Cash</td><td>64</td><td>(71)</td></tr></table>")
    assert table.figures["unit"].unique().tolist() == [unit.strip("()")]
    assert table.figures["value"].tolist() == [64, -71]


def test_two_units_that_a_semicolon_parts():
    text = "單位:件;公斤\n月別,件數,重量\n1月,30,250.5\n2月,28,210.5\n3月,33,305.7\n"
    units = read_table(text).figures.groupby("column")["unit"].first().to_dict()
    assert units["重量"] == "公斤"
    note = read_table("单位:件;来源:公安局\n" + text.split("\n", 1)[1])
    assert "公安局" not in "".join(note.figures["unit"])


@pytest.mark.parametrize("label", ["起降(架次)", "降水量(毫米)", "气温(℃)", "靠泊(艘次)"])
def test_a_unit_in_brackets_that_is_known(label):
    assert units_of(label) == [label[label.index("(") + 1 : -1]]
    assert units_of(label.replace("(", "(按")) == []


@pytest.mark.parametrize("behind", ["(unaudited)", "", "(Restated)"])
def test_a_unit_before_a_word_that_says_how_sure_the_figures_are(behind):
    text = f"<p>(in millions, except per share amounts) {behind}</p><table><tr><td></td><td>2024"
    text += "</td><td>2023</td></tr><tr><td>Net sales</td><td>$1,204.5</td><td>$1,150.2</td></tr>"
    table = read_table(f"{text}<tr><td>Costs</td><td>801.3</td><td>790.0</td></tr></table>")
    assert table.figures["unit"].unique().tolist() == ["$ million"]
