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


def test_months_over_years_are_those_of_each():
    table = read_table(
        "<table><tr><td>项目</td><td colspan=2>1-6月</td><td>全年</td></tr>"
        "<tr><td></td><td>2022年</td><td>2023年</td><td>2022年</td></tr>"
        "<tr><td>收案</td><td>5</td><td>6</td><td>11</td></tr></table>"
    )
    days = table.figures["as_of"].dt.strftime("%Y-%m-%d").tolist()
    assert days == ["2022-06-30", "2023-06-30", "2022-12-31"]


@pytest.mark.parametrize(
    ("head", "start", "end"),
    [
        ("Three months ended June 30,", "2023-04-01", "2023-06-30"),
        ("Year ended 31 December", "2023-01-01", "2023-12-31"),
        ("Nine months period ending September 30,", "2023-01-01", "2023-09-30"),
    ],
)
def test_months_that_end_with_one(head, start, end):
    table = read_table(
        f"<table><tr><td></td><td colspan=2>{head}</td></tr><tr><td></td><td>2023</td>"
        "<td>2022</td></tr><tr><td>Revenue</td><td>$ 1.5</td><td>$ 1.2</td></tr></table>"
    )
    first = table.figures.iloc[0]
    assert (f"{first['period_start']:%Y-%m-%d}", f"{first['as_of']:%Y-%m-%d}") == (start, end)


def test_months_that_end_with_one_in_chinese():
    table = read_table(
        "| 項目 | 截至2023年6月30日止六個月 | 截至二零二二年十二月三十一日止年度 |\n"
        "|--|--|--|\n| 收益 | 5 | 9 |\n"
    )
    days = table.figures["period_start"].dt.strftime("%Y-%m-%d").tolist()
    assert days == ["2023-01-01", "2022-01-01"]
    assert table.figures["as_of"].dt.month.tolist() == [6, 12]


def test_years_below_a_head_of_years_are_of_the_republic():
    table = read_table("年別;件數;人數\n108;1,024;1,310\n109;1,130;1,402\n110;980;1,255\n")
    assert table.figures["as_of"].dt.year.tolist() == [2019, 2019, 2020, 2020, 2021, 2021]
    assert read_table("號別;件數\n108;1,024\n109;1,130\n110;980\n").figures["as_of"].isna().all()
