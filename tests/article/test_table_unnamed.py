"""What columns hold that have no heads. Made-up tables, recomputed by hand."""

import pytest

from analysis import audit, read_table

ROWS = (
    "盗窃,412,380,32,8.4\n诈骗,395,350,45,12.9\n抢劫,27,21,6,28.6\n赌博,140,118,22,18.6\n"
    "合计,974,869,105,12.1\n"
)
FELL = ROWS.replace("395,350,45,12.9", "305,350,-45,-12.9").replace("974", "884")
FELL = FELL.replace("105,12.1", "15,1.7")


def forms(text):
    rows = [line.split(",") for line in text.splitlines()]
    cells = ["".join(f"<td>{cell}</td>" for cell in row) for row in rows]
    return [
        text,
        text.replace(",", "\t"),
        "\n".join(f"| {' | '.join(row)} |" for row in rows),
        "\n".join(" ".join(row) for row in rows),
        "\n".join(cell for row in rows for cell in row),
        f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>",
    ]


@pytest.mark.parametrize("form", range(6))
@pytest.mark.parametrize("text", [ROWS, FELL])
def test_now_before_difference_and_percent_without_heads_are_changes_and_no_sums(text, form):
    table = read_table(forms(text)[form])
    assert table.figures["measure"].tolist()[:4] == ["count", "count", "difference", "change"]
    changes = table.relations[table.relations["kind"] == "change"]
    assert changes["figure"].tolist()[:4] == ["r01_c1", "r01_c2", "r01_c3", "r01_c4"]
    assert set(table.relations["kind"]) == {"change", "sum"}
    assert table.relations.loc[table.relations["kind"] == "sum", "note"].unique() == ["total"]
    assert (audit(table)["verdict"] == "agrees").all()


def test_what_is_no_more_than_its_total_without_heads_is_a_part():
    rows = [line.rsplit(",", 1)[0] for line in ROWS.splitlines()]
    table = read_table("\n".join(rows) + "\n")
    assert set(table.relations["kind"]) == {"sum"}


def test_a_quotient_of_large_numbers_is_no_change():
    # 100 x 7085 573 / 93.8 is 7 553 916, and one less makes no difference
    table = read_table(
        "甲,7557721,7085573,93.8\n乙,37931150,37071472,97.7\n丙,6659935,5955567,89.4\n"
        "丁,1139968,1101625,96.6\n"
    )
    assert "change" not in set(table.figures["measure"])


def test_shares_of_a_whole_without_heads_are_shares():
    table = read_table("甲,100,25.0\n乙,200,50.0\n丙,60,15.0\n丁,40,10.0\n合计,400,100\n")
    assert table.figures["measure"].tolist() == ["count", "rate"] * 5
    assert (audit(table)["verdict"] == "agrees").all()


@pytest.mark.parametrize(
    ("moved", "measure"),
    [("-0.7 -0.1 9.9 9.1", "difference"), ("-0.85 -2.56 71.22 9.11", "change")],
)
@pytest.mark.parametrize("head", ["增减", "Change"])
def test_changes_in_no_unit_are_differences_where_all_are(head, moved, measure):
    levels = ("A,82.1,81.4", "B,3.9,3.8", "C,13.9,23.8", "Total,99.9,109.0")
    rows = [f"{own},{change}\n" for own, change in zip(levels, moved.split(), strict=True)]
    table = read_table(f"Kind,2018,2019,{head}\n{''.join(rows)}")
    assert table.figures["measure"].tolist()[2::3] == [measure] * 4
    assert set(audit(table)["verdict"]) == {"agrees"}


BUDGET = "科目,本年度,上年度,比較增減\n稅課,120,100,20\n規費,80,95,{}15\n財產,30,32,{}2\n"


@pytest.mark.parametrize("mark", "▲△")
def test_a_triangle_among_figures_without_a_sign_is_a_minus(mark):
    table = read_table(BUDGET.format(mark, mark))
    assert table.figures.query("column == '比較增減'")["value"].tolist() == [20, -15, -2]
    assert table.figures.loc["r02_c3", "note"] == f"printed {mark}15"
    assert set(audit(table)["verdict"]) == {"agrees"}


def test_a_triangle_is_a_minus_in_a_row_of_changes_too():
    table = read_table("区分,東区,西区,南区\n今年,120,80,30\n去年,100,95,32\n増減,20,△15,△2\n")
    assert table.figures.query("row == '増減'")["value"].tolist() == [20, -15, -2]


@pytest.mark.parametrize(
    ("printed", "changes"),
    [
        (("▲20", "▼15", "2"), [20, -15, 2]),  # what fell is marked, too
        (("▲20", "-15", "2"), [20, -15, 2]),
        (("▲20", "▲15", "▲2"), [20, 15, 2]),  # all of them rose
        (("▲20", "▲15", "0"), [20, 15, 0]),
    ],
)
def test_a_triangle_that_nothing_speaks_against_is_a_rise(printed, changes):
    rows = [f"{name},100,90,{text}" for name, text in zip("甲乙丙", printed, strict=True)]
    table = read_table("\n".join(["地区,本年,上年,增减", *rows]))
    assert table.figures.query("column == '增减'")["value"].tolist() == changes


def test_a_triangle_before_counts_is_no_minus():
    table = read_table("地区,2019年,2020年\n甲,120,△130\n乙,△80,95\n丙,70,75\n")
    assert (table.figures["value"] > 0).all()


def test_two_parts_of_a_whole_and_the_ratio_of_one_to_the_other_are_no_change():
    rows = [(5120, 2610, 2510), (4380, 2280, 2100), (3905, 1990, 1915), (2760, 1350, 1410)]
    text = "".join(
        f"{chr(0x7532 + 7 * n)}村 {a} {b} {c} {100 * b / c:.2f}\n"
        for n, (a, b, c) in enumerate(rows)
    )
    assert "change" not in read_table(text).relations["kind"].tolist()
