"""Tables in frames, drawn by box characters or typed with + - |. Made-up figures; what is
expected is what the strokes of the frame say."""

import pytest

from analysis import audit, read_table
from analysis.article.table_frames import unframed

TYPED = """\
+-------+-------------+-------------+
| kind  | cases       | persons     |
|       +------+------+------+------+
|       | 2019 | 2020 | 2019 | 2020 |
+=======+======+======+======+======+
| theft |   12 |   15 |   14 |   18 |
| and   |      |      |      |      |
| such  |      |      |      |      |
+-------+------+------+------+------+
| fraud |   30 |   28 |   31 |   33 |
+-------+------+------+------+------+
| total |   42 |   43 |   45 |   51 |
+-------+------+------+------+------+
"""
COLUMNS = ["cases / 2019", "cases / 2020", "persons / 2019", "persons / 2020"]


def labels(table, name):
    return table.figures[name].unique().tolist()


def test_merged_heads_and_lines_of_one_cell_are_told_by_the_strokes():
    table = read_table(TYPED)
    assert labels(table, "column") == COLUMNS
    assert labels(table, "row") == ["theft and such", "fraud", "total"]
    assert (audit(table)["verdict"] == "agrees").all()
    wrong = audit(read_table(TYPED.replace("28 ", "29 ")))["verdict"]
    assert "contradicts" in wrong.tolist()


def test_without_strokes_between_rows_each_line_is_a_row():
    rules = [line for line in TYPED.splitlines() if line.startswith("+-")]
    lines = [line for line in TYPED.splitlines() if "and " not in line and "such" not in line]
    kept = [line for n, line in enumerate(lines) if line not in rules[1:] or n == len(lines) - 1]
    assert labels(read_table("\n".join(kept)), "row") == ["theft", "fraud", "total"]


@pytest.mark.parametrize(
    "rule", ["-------+-----+-----", "|-------+-----+-----|", "───────┼─────┼─────"]
)
def test_a_rule_below_the_heads_alone_is_a_frame(rule):
    line = "| {:5} | {:>3} | {:>3} |" if rule[0] == "|" else " {:5} | {:>3} | {:>3}"
    rows = [("theft", 12, 15), ("fraud", 30, 28), ("total", 42, 43)]
    text = "\n".join([line.format("kind", "men", "all"), rule, *(line.format(*r) for r in rows)])
    table = read_table(text)
    assert labels(table, "column") == ["men", "all"]
    assert labels(table, "row") == ["theft", "fraud", "total"]


def test_cells_that_stand_half_a_line_off_and_letters_out_of_line():
    text = """\
────┬───┬───┬───
科  目│甲  縣│乙縣及│
─┬──┤   │   │合計
款│名稱│政府│丙市政府│
─┼──┼───┼───┼───
 │合計│ 30│ 40│ 70
 3│內政│ 10│ 15│ 25
 8│教育│ 20│ 25│ 45
─┴──┴───┴───┴───
"""
    table = read_table(text)
    assert labels(table, "column") == ["甲縣政府", "乙縣及丙市政府", "合計"]
    assert labels(table, "row") == ["合計", "3 / 內政", "8 / 教育"]
    assert (audit(table)["verdict"] == "agrees").all()
    assert len(audit(table)) == 6


def test_levels_without_a_stroke_between_them_are_told_by_heads_that_come_again():
    text = """\
┌────┬─────┬─────┐
│類別│件數  │人數  │
│    │今年│去年│今年│去年│
├────┼──┼──┼──┼──┤
│竊盜│ 1│ 2│ 3│ 4│
│詐欺│ 5│ 6│ 7│ 9│
└────┴──┴──┴──┴──┘
"""
    heads = ["件數 / 今年", "件數 / 去年", "人數 / 今年", "人數 / 去年"]
    assert labels(read_table(text), "column") == heads


@pytest.mark.parametrize("text", ["| 甲 | - |\n| - | 3 |\n", "1+1\n-+-\n", "a ─ b", ""])
def test_a_text_without_a_frame_stays_as_it_is(text):
    assert unframed(text) == text


def test_a_line_stays_a_line():
    assert unframed(TYPED).count("\n") == TYPED.count("\n")
    assert read_table("\n\n" + TYPED).figures["paragraph"].iloc[0] == 8
