"""A review without a browser: what each step writes, what is refused, what is never overwritten."""

import csv
import os
import shutil
from pathlib import Path

import pandas as pd
import pytest
from building import BULLETIN

from analysis import ExtractError, audit, draft, load, read_table
from analysis.views import folder as folders
from analysis.views.session import Session
from analysis.views.steps import Refused
from analysis.views.words import Judged

FILES = ("figures.csv", "relations.csv", "passed-over.csv", "datapackage.json")


def rows(folder, name="figures"):
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def row(folder, key):
    return next(row for row in rows(folder) if row["figure"] == key)


def contents(folder):
    return {name: (folder / name).read_bytes() for name in FILES}


def keyed(session, reported):
    """The key of the figure that is printed so."""
    figures = session.extract.figures
    return figures.index[figures["reported"] == reported][0]


def claim_of(session, kind):
    return session.extract.relations.query("kind == @kind")["relation"].iloc[0]


def without_source(folder):
    """A folder of which nobody has said yet where it is from."""
    package = folder / "datapackage.json"
    package.write_text(package.read_text("utf-8").replace('"not stated"', '""'), "utf-8")
    return folder


def test_what_is_unfinished_opens_with_what_is_still_missing(folder):
    session = Session(without_source(folder), BULLETIN)
    assert [gap.column for gap in session.gaps] == ["source publisher", "source published"]
    assert session.extract.proposed == (len(session.extract.figures), 3)
    assert not session.can_undo
    assert not session.can_redo


def test_accepting_empties_the_status_of_that_row_alone(session, folder):
    before = rows(folder)
    key = keyed(session, "200起")
    session.accept(key)
    after = rows(folder)
    assert [a for a, b in zip(after, before, strict=True) if a != b] == [row(folder, key)]
    assert row(folder, key)["status"] == ""
    assert session.extract.proposed[0] == len(before) - 1


def test_accepting_a_claim_empties_the_status_of_all_its_rows(session, folder):
    change = claim_of(session, "change")
    session.accept_claim(change)
    assert {(r["relation"] == change, r["status"]) for r in rows(folder, "relations")} == {
        (True, ""),
        (False, "proposed"),
    }


def test_nothing_else_empties_a_status(session, folder):
    key = keyed(session, "200起")
    session.edit(key, "name_en", "Cases filed")
    session.edit(key, "note", "Read twice")
    session.tie(claim_of(session, "ratio"), "denominator", key, keyed(session, "80起"))
    assert {r["status"] for r in rows(folder)} == {"proposed"}
    assert {r["status"] for r in rows(folder, "relations")} == {"proposed"}


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("name_zh", "立案数"),
        ("name_en", "Cases"),
        ("theme", "crime"),
        ("when", "全年"),
        ("period_start", "2019-02-03"),
        ("as_of", "2020-06-30"),
        ("note", '=1+1, "quoted"\nand a second line'),
    ],
)
def test_a_cell_is_edited_and_undone_to_the_byte(session, folder, column, value):
    before, key = contents(folder), keyed(session, "200起")
    session.edit(key, column, value)
    assert row(folder, key)[column] == value
    session.undo()
    assert contents(folder) == before
    session.redo()
    assert row(folder, key)[column] == value


@pytest.mark.parametrize(
    ("reported", "column", "value", "says"),
    [
        ("200起", "value", "201", "found 201, expected 200 as in 200起"),
        ("200起", "unit", "人", "found 人, expected 起 as in 200起"),
        ("200起", "as_of", "2020-02-30", "expected an ISO date that exists"),
        ("200起", "as_of", "2019-12-31", "no earlier than 2020-01-01"),
        ("200起", "name_zh", " ", "expected what it counts"),
        ("200起", "theme", "two words", "expected a key"),
        ("200起", "against", "year earlier", "no change"),
        ("200起", "basis", "printed", "no change"),
        ("200起", "measure", "change", "expected count"),
        ("下降20%", "basis", "guessed", "expected one of"),
        ("下降20%", "against", "last year", "what it is against"),
        ("下降20%", "against", "", "what it is against"),
        ("200起", "name_en", "a\u202eb", "invisible"),
    ],
)
def test_bad_input_is_refused_at_its_field_and_the_old_value_stays(
    session, folder, reported, column, value, says
):
    before, key = contents(folder), keyed(session, reported)
    with pytest.raises(Refused, match=says) as error:
        session.edit(key, column, value)
    assert error.value.field == column
    assert "\n" not in str(error.value)
    assert contents(folder) == before
    assert not session.can_undo
    assert not list(folder.glob(".review-*"))


def test_a_rate_that_becomes_a_change_gets_a_base_that_is_not_stated(session, folder):
    key = keyed(session, "90%")
    session.reject(claim_of(session, "ratio"))
    session.edit(key, "measure", "change")
    assert [row(folder, key)[c] for c in ("against", "basis")] == ["not stated", "not stated"]
    session.edit(key, "measure", "rate")
    assert [row(folder, key)[c] for c in ("against", "basis")] == ["", ""]


def test_a_measure_that_a_claim_cannot_take_is_refused(session):
    with pytest.raises(Refused, match="expected a rate"):
        session.edit(keyed(session, "90%"), "measure", "change")


def test_a_wrong_tie_shows_at_once_as_a_contradiction(session):
    ratio, cases, thefts = (
        claim_of(session, "ratio"),
        keyed(session, "200起"),
        keyed(session, "80起"),
    )
    # 182 of 200 is 91%, not 90%.
    assert session.judged().audit.loc[ratio, "verdict"] == "contradicts"
    session.tie(ratio, "numerator", keyed(session, "182起"), thefts)
    found = session.judged().audit.loc[ratio]
    assert (found["verdict"], round(found["recomputed_low"])) == ("contradicts", 40)  # 80 of 200
    session.undo()
    assert round(session.judged().audit.loc[ratio, "recomputed_low"]) == 91
    with pytest.raises(Refused, match="already has that role"):
        session.tie(ratio, "denominator", cases, cases)


def test_the_unit_of_a_table_is_said_once_for_what_has_to_be_in_one(tmp_path):
    """Two columns that each add up; the other is offered."""
    table = "类别,收案,结案\n盗窃,12,6\n诈骗,30,28\n合计,42,34\n"
    session = Session(draft(tmp_path / "table", read_table(table), "A table"))
    folder, keys = tmp_path / "table", {r: keyed(session, r) for r in ("12", "30", "42", "28")}
    assert {r["unit"] for r in rows(folder)} == {"not stated"}
    session.accept(keys["42"])
    left = session.edit(keys["30"], "unit", "件")
    assert [r["reported"] for r in rows(folder) if r["unit"] == "件"] == ["12", "30", "42"]
    assert row(folder, keys["42"])["status"] == ""
    assert keys["28"] in left  # is offered
    session.undo()
    assert {r["unit"] for r in rows(folder)} == {"not stated"}


def test_a_part_comes_to_a_list_and_goes_again(tmp_path):
    table = "类别,2019年\n盗窃,12\n诈骗,30\n其他,3\n合计,45\n"
    session = Session(draft(tmp_path / "table", read_table(table), "A table"))
    total = claim_of(session, "sum")
    others = keyed(session, "3")
    session.tie(total, "part", others, "")
    assert session.judged().audit.loc[total, "verdict"] == "contradicts"  # 12 + 30 is 42
    session.tie(total, "part", "", others)
    assert session.judged().audit.loc[total, "verdict"] == "agrees"
    assert [r["role"] for r in rows(tmp_path / "table", "relations")] == ["total", *["part"] * 3]
    with pytest.raises(Refused, match="already has that role"):
        session.tie(total, "part", "", others)
    with pytest.raises(Refused, match="expected a figure as total"):
        session.tie(total, "total", keyed(session, "45"), "")
    session.undo()
    assert session.judged().audit.loc[total, "verdict"] == "contradicts"


def test_a_claim_that_was_missed_is_read_by_who_adds_it(session, folder):
    before = contents(folder)
    rate, solved, cases = (keyed(session, text) for text in ("90%", "182起", "200起"))
    session.reject(claim_of(session, "ratio"))
    assert session.judged().audit["verdict"].eq("contradicts").sum() == 0
    roles = ["rate", "numerator", "denominator"]
    added = session.add_claim("ratio", roles, [rate, solved, cases])
    assert session.judged().audit.loc[added, "verdict"] == "contradicts"
    of = [r for r in rows(folder, "relations") if r["relation"] == added]
    assert [(r["kind"], r["role"], r["figure"]) for r in of] == [
        ("ratio", role, figure) for role, figure in zip(roles, [rate, solved, cases], strict=True)
    ]
    assert {r["status"] for r in of} == {""}
    for _ in range(2):
        session.undo()
    assert contents(folder) == before


@pytest.mark.parametrize(
    ("kind", "roles", "printed", "says"),
    [
        ("sum", [], [], "each with a role"),
        ("sum", ["total"], ["200起", "80起"], "each with a role"),
        ("sum", ["total"], ["200起"], "expected a figure as part"),
        ("sum", ["total", "part"], ["200起", "200起"], "a figure once in a claim"),
        ("sum", ["total", "part"], ["200起", "90%"], "expected a figure in 起"),
        ("ratio", ["numerator"], ["80起"], "expected a figure as rate"),
        ("change", ["current"], ["80起"], "expected any two of"),
        ("change", ["current", "rate"], ["80起", "90%"], "expected a role of change"),
        ("growth", ["total", "part"], ["200起", "80起"], "expected one of sum"),
    ],
)
def test_what_is_no_claim_is_refused(session, folder, kind, roles, printed, says):
    before = contents(folder)
    with pytest.raises(Refused, match=says):
        session.add_claim(kind, roles, [keyed(session, text) for text in printed])
    with pytest.raises(Refused, match="There is no figure"):
        session.add_claim("ratio", ["rate"], ["nothing"])
    assert contents(folder) == before


def test_a_claim_gets_a_key_that_nobody_else_has_taken(session, folder):
    parts = "part", ["total", "part"], [keyed(session, "200起"), keyed(session, "80起")]
    other = Session(folder, BULLETIN).add_claim(*parts)
    mine = session.add_claim(*parts)
    assert len({mine, other}) == 2
    assert {mine, other} <= {r["relation"] for r in rows(folder, "relations")}


@pytest.mark.parametrize(
    ("when", "days"),
    [
        ("上半年", ("2020-01-01", "2020-06-30")),  # of the year that the figure had
        ("２０１９年", ("2019-01-01", "2019-12-31")),
        ("截至10月底", ("", "2020-10-31")),
        ("近年来", ("", "")),  # tells no day, and those of 2020 were another's
        ("", ("", "")),
    ],
)
def test_a_time_brings_its_days(session, folder, when, days):
    before, key = contents(folder), keyed(session, "200起")
    session.edit(key, "when", when)
    written = row(folder, key)
    assert (written["when"], written["period_start"], written["as_of"]) == (when, *days)
    session.undo()
    assert contents(folder) == before


def test_what_a_kernel_left_that_was_killed_while_it_wrote_goes_with_the_next_step(
    session, folder, monkeypatch
):
    """Between any two renames the folder loads; beside it stays what others may be writing."""

    class Killed(BaseException):
        pass

    renamed = []

    def rename(path, to):
        if len(renamed) == 1:
            raise Killed
        renamed.append(to.name)
        return real(path, to)

    real = Path.replace
    monkeypatch.setattr(Path, "replace", rename)
    monkeypatch.setattr(folders.Checked, "drop", lambda self: None)
    with pytest.raises(Killed):
        session.pass_over(keyed(session, "3批"), "no count")
    monkeypatch.undo()
    assert renamed == ["figures.csv"]  # it stands in no claim
    again = Session(folder, BULLETIN)
    at = BULLETIN.split("\n")[1].index("3批")
    assert again.unaccounted() == [(2, at, "3")]  # and is told as overlooked
    (left,) = folder.glob(".review-*")
    os.utime(left, (2**33, 2**33))  # is being written, whatever the clock does in this test
    again.accept(keyed(again, "200起"))
    assert left.exists()
    os.utime(left, (0, 0))
    again.accept(keyed(again, "182起"))
    assert not left.exists()


def test_what_another_kernel_is_done_with_by_now_is_no_fault(session, folder, monkeypatch):
    """Its folder stands in the list, and is gone when it is looked at."""
    other = folder / ".review-other"

    def listed(path, pattern):
        found = [*real(path, pattern), other]
        assert not other.exists()
        return found

    real = Path.glob
    monkeypatch.setattr(Path, "glob", listed)
    session.accept(keyed(session, "200起"))
    monkeypatch.undo()
    assert row(folder, keyed(session, "200起"))["status"] == ""
    assert list(folder.glob(".review-*")) == []


def test_a_table_that_a_step_leaves_alone_stays_as_it_was_written(session, folder):
    file = folder / "relations.csv"
    text = file.read_text(encoding="utf-8")
    quoted = text.replace("proposed", '"proposed"')
    file.write_text(quoted, encoding="utf-8")
    session.accept(keyed(session, "200起"))
    assert quoted != text
    assert file.read_text(encoding="utf-8") == quoted
    session.accept_claim(claim_of(session, "ratio"))
    assert '"proposed"' not in file.read_text(encoding="utf-8")


def test_days_of_any_century_come_without_a_warning(session, folder):
    """Every warning is an error in these tests, and a line of red under the cell in a notebook."""
    key = keyed(session, "200起")
    session.edit(key, "period_start", "0001-01-01")
    session.edit(key, "as_of", "9999-12-31")
    assert row(folder, key)["as_of"] == "9999-12-31"


def test_days_that_no_phrase_told_stay_until_one_tells_others(session, folder):
    key = keyed(session, "200起")
    session.edit(key, "as_of", "2020-10-15")
    session.edit(key, "when", "近年来")
    assert (row(folder, key)["period_start"], row(folder, key)["as_of"]) == (
        *("2020-01-01", "2020-10-15"),
    )
    session.edit(key, "when", "上半年")
    assert row(folder, key)["as_of"] == "2020-06-30"


def test_the_day_of_publication_dates_what_nobody_has_read_yet(tmp_path):
    text = "今年上半年立案20起，破案8起。2024年抓获5人。截至3月底在押9人，判刑2人。"
    folder = draft(tmp_path / "mine", text, "Made up")
    session = Session(folder, text)
    session.accept(keyed(session, "8起"))
    before = contents(folder)
    session.edit_source("published", "2026-07-10")
    assert [(r["reported"], r["period_start"], r["as_of"]) for r in rows(folder)] == [
        ("20起", "2026-01-01", "2026-06-30"),
        ("8起", "", ""),  # as it was read
        ("5人", "2024-01-01", "2024-12-31"),
        ("9人", "", "2024-03-31"),  # as the text had named 2024 before
        ("2人", "", "2024-03-31"),
    ]
    session.edit(keyed(session, "8起"), "when", "上半年")
    assert session.figure(keyed(session, "8起"))["as_of"] == "2026-06-30"
    session.undo()
    session.undo()
    assert contents(folder) == before


def test_a_corrected_time_is_carried_over_to_all_unread_that_had_it(session, folder):
    session.accept(keyed(session, "90%"))
    key = keyed(session, "80起")
    alike = session.edit(key, "when", "上半年")
    printed = ("200起", "下降20%", "182起", "12人次", "3批")
    others = [keyed(session, text) for text in printed]
    assert alike == others  # 90% is read
    session.copy(key, "when", others)
    of = {r["figure"]: (r["when"], r["as_of"], r["status"]) for r in rows(folder)}
    assert {of[other] for other in others} == {("上半年", "2020-06-30", "proposed")}
    assert of[keyed(session, "90%")] == ("2020年", "2020-12-31", "")
    session.undo()
    assert row(folder, others[0])["as_of"] == "2020-12-31"
    assert session.edit(key, "when", "上半年") == []  # nothing is new


def test_a_corrected_name_is_that_of_its_changes_that_nobody_has_read(session, folder):
    cases, fall = keyed(session, "200起"), keyed(session, "下降20%")
    same = row(folder, cases)["name_zh"]
    assert row(folder, fall)["name_zh"] == same
    assert session.edit(cases, "name_zh", "刑事立案") == []  # nothing is left to carry over
    assert row(folder, fall)["name_zh"] == "刑事立案"
    assert {row(folder, key)["status"] for key in (cases, fall)} == {"proposed"}
    session.undo()
    assert {row(folder, key)["name_zh"] for key in (cases, fall)} == {same}
    session.accept(fall)
    session.edit(cases, "name_zh", "刑事立案")
    assert row(folder, fall)["name_zh"] == same
    assert session.edit(cases, "note", "Read twice") == []


def test_what_is_one_name_in_both_languages_stays_one(tmp_path):
    text = "Thefts fell 5% to 80 in 2020. Some 30 thefts were at night."
    folder = draft(tmp_path / "mine", text, "Made up")
    session = Session(folder, text)
    fall, thefts, night = session.extract.figures.index
    assert row(folder, fall)["name_zh"] == row(folder, fall)["name_en"] == "Thefts"
    session.edit(fall, "name_zh", "Bicycle thefts")
    both = {(row(folder, key)["name_zh"], row(folder, key)["name_en"]) for key in (fall, thefts)}
    assert both == {("Bicycle thefts", "Bicycle thefts")}
    session.edit(fall, "name_zh", "")  # in one language it may be left out
    assert (row(folder, fall)["name_zh"], row(folder, fall)["name_en"]) == ("", "Bicycle thefts")
    session.edit(fall, "name_zh", "盗窃")
    session.copy(fall, "name_zh", [night])
    assert (row(folder, night)["name_zh"], row(folder, night)["name_en"]) == (
        *("盗窃", "Bicycle thefts"),
    )


def test_a_corrected_name_is_carried_over_to_all_of_that_name(tmp_path):
    text = (
        "一、播种面积20公顷，比上年增加3公顷，增长17.6%；\n其中甲县8公顷，乙县12公顷，丙县5公顷。"
    )
    folder = draft(tmp_path / "mine", text, "Made up")
    session = Session(folder, text)
    keys = list(session.extract.figures.index)
    for key in keys:
        session.edit(key, "name_zh", "一、播种面积" if key != keys[3] else "别的")
    session.edit(keys[5], "name_en", "Area of another kind")
    # The same in one language and another in the other is not the same.
    assert session.edit(keys[0], "name_zh", "播种面积") == [keys[4]]
    # Where no name was said, none is carried over.
    session.edit(keys[3], "name_en", "Something else")
    assert session.edit(keys[3], "name_zh", "") == []


def test_the_unit_of_a_table_is_said_once(tmp_path):
    folder = draft(tmp_path / "table", read_table("类别,2019年\n盗窃,12\n诈骗,30\n"), "A table")
    session = Session(folder)
    first, second = session.extract.figures.index
    assert session.edit(first, "unit", "起") == [second]
    session.copy(first, "unit", [second])
    assert {r["unit"] for r in rows(folder)} == {"起"}


def test_what_cannot_be_copied_is_refused(session, folder):
    before = contents(folder)
    key, others = keyed(session, "200起"), [keyed(session, "80起")]
    with pytest.raises(Refused, match="is not edited here"):
        session.copy(key, "status", others)
    with pytest.raises(Refused, match="There is no figure"):
        session.copy(key, "when", ["nothing"])
    with pytest.raises(Refused, match="expected 80 as in 80起"):
        session.copy(key, "value", others)
    assert contents(folder) == before


def test_what_is_judged_is_judged_again_only_where_it_may_differ(session):
    first = session.judged()
    session.accept(keyed(session, "200起"))
    session.edit(keyed(session, "200起"), "name_en", "Cases")
    session.edit(keyed(session, "200起"), "when", "2019年上半年")
    assert session.judged() is first
    anew = Judged.of(session.extract)
    for mine, other in zip(first[:2], anew[:2], strict=True):
        pd.testing.assert_frame_equal(mine, other)
    assert first[2:] == anew[2:]
    session.pass_over(keyed(session, "3批"), "in no claim")
    assert session.judged() is first
    for mine, other in zip(first[:2], Judged.of(session.extract)[:2], strict=True):
        pd.testing.assert_frame_equal(mine, other)
    session.reject(claim_of(session, "ratio"))
    assert session.judged() is not first


def test_a_rejected_claim_goes_and_comes_back_where_it_was(session, folder):
    before, relation = contents(folder), claim_of(session, "change")
    session.reject(relation)
    assert relation not in {r["relation"] for r in rows(folder, "relations")}
    assert len(rows(folder)) == len(session.extract.figures)
    session.undo()
    assert contents(folder) == before


def test_no_figure_is_passed_over_with_its_reason_and_its_claims_go(session, folder):
    before, key = contents(folder), keyed(session, "下降20%")
    with pytest.raises(Refused, match="A reason is needed") as error:
        session.pass_over(key, "  ")
    assert error.value.field == "reason"
    session.pass_over(key, "of another county")
    assert key not in {r["figure"] for r in rows(folder)}
    assert key not in {r["figure"] for r in rows(folder, "relations")}
    passed = next(r for r in rows(folder, "passed-over") if r["reported"] == "下降20%")
    assert passed["reason"] == "of another county"
    places = [(int(r["paragraph"]), int(r["position"])) for r in rows(folder, "passed-over")]
    assert places == sorted(places)
    session.undo()
    assert contents(folder) == before


def test_of_a_list_only_the_part_goes(tmp_path):
    table = "类别,2019年\n盗窃,12\n诈骗,30\n其他,3\n合计,45\n"
    folder = draft(tmp_path / "table", read_table(table), "A table")
    session = Session(folder)
    session.pass_over(keyed(session, "3"), "a footnote")
    left = session.extract.relations
    assert sorted(left["figure"].map(session.extract.figures["reported"])) == ["12", "30", "45"]


@pytest.mark.parametrize("marked", ["12人次", "12", "进12人"])
def test_a_numeral_that_was_missed_becomes_a_figure(tmp_path, marked):
    folder = draft(tmp_path / "mine", BULLETIN, "Made up")
    session = Session(folder, BULLETIN)
    whole = keyed(session, "12人次")
    session.pass_over(whole, "taken for none")
    line = BULLETIN.split("\n")[1]
    start = line.index(marked)
    if marked == "进12人":
        with pytest.raises(Refused, match="no figure"):
            session.find(2, start, start + len(marked))
        return
    key = session.add(2, start, start + len(marked), "先进")
    added = row(folder, key)
    assert (added["reported"], added["value"], added["status"]) == ("12人次", "12", "proposed")
    assert (added["name_zh"], added["paragraph"]) == ("先进", "2")
    assert "taken for none" not in {r["reason"] for r in rows(folder, "passed-over")}
    stands = [r["reported"] for r in rows(folder)]
    assert stands.index("12人次") == stands.index("90%") + 1  # where it stands in the text
    session.undo()
    assert key not in {r["figure"] for r in rows(folder)}


@pytest.mark.parametrize(
    ("place", "says"),
    [
        ((9, 0, 1), "no text there"),
        ((0, 0, 1), "no text there"),
        ((1, 3, 3), "no text there"),
        ((1, 0, 9_999), "no text there"),
        ((1, 0, 2), "no figure"),
        ((1, 9, 12), "is a figure already"),
    ],
)
def test_what_cannot_become_a_figure_is_refused(session, place, says):
    with pytest.raises(Refused, match=says):
        session.add(*place, "a name")


def test_a_text_without_a_figure_is_reviewed_too(tmp_path):
    text = "今天没有数字。"
    session = Session(draft(tmp_path / "mine", text, "Made up"), text)
    assert session.extract.figures.empty
    assert len(session.unaccounted()) == 0


def test_a_figure_that_the_text_does_not_name_needs_a_name(tmp_path):
    text = "1月,5人,立案20起。"
    folder = draft(tmp_path / "mine", text, "Made up")
    session = Session(folder, text)
    key = keyed(session, "5人")
    session.pass_over(key, "no")
    if not session.find(1, 3, 5).row.get("name_zh"):
        with pytest.raises(Refused, match="A name is needed") as error:
            session.add(1, 3, 5)
        assert error.value.field == "name_zh"
    assert session.add(1, 3, 5, "人数")


def test_the_source_is_filled_in_until_load_takes_the_folder(folder):
    session = Session(without_source(folder), BULLETIN)
    with pytest.raises(ExtractError):
        load(folder)
    session.edit_source("publisher", "The county")
    session.edit_source("published", "2021-01-05")
    assert session.gaps == ()
    assert load(folder).source.publisher == "The county"
    with pytest.raises(Refused, match="not edited"):
        session.edit_source("sha256", "0")
    with pytest.raises(Refused, match="expected who published it"):
        session.edit_source("publisher", "")


def test_all_steps_are_undone_and_done_again(session, folder):
    states = [contents(folder)]
    for step in (
        lambda: session.accept(keyed(session, "200起")),
        lambda: session.reject(claim_of(session, "change")),
        lambda: session.pass_over(keyed(session, "80起"), "no"),
        lambda: session.edit_source("publisher", "The county"),
        lambda: session.accept_claim(claim_of(session, "ratio")),
    ):
        step()
        states.append(contents(folder))
    for state in states[-2::-1]:
        session.undo()
        assert contents(folder) == state
    with pytest.raises(Refused, match="nothing to undo"):
        session.undo()
    for state in states[1:]:
        session.redo()
        assert contents(folder) == state
    with pytest.raises(Refused, match="nothing to redo"):
        session.redo()


def test_a_second_session_goes_on_from_the_files(session, folder):
    session.accept(keyed(session, "200起"))
    other = Session(folder, BULLETIN)
    other.accept(keyed(other, "80起"))
    session.edit(keyed(session, "182起"), "name_en", "Solved")  # of a row nobody else touched
    assert session.changed_underneath == 1
    assert [row(folder, keyed(session, r))["status"] for r in ("200起", "80起")] == ["", ""]
    assert row(folder, keyed(session, "182起"))["name_en"] == "Solved"


def test_what_somebody_else_wrote_is_not_overwritten(session, folder):
    key = keyed(session, "200起")
    other = Session(folder, BULLETIN)
    other.edit(key, "name_zh", "他人所写")
    with pytest.raises(Refused, match="changed underneath"):
        session.edit(key, "name_zh", "自己所写")
    assert row(folder, key)["name_zh"] == "他人所写"
    session.edit(key, "name_zh", "自己所写")  # having looked
    assert row(folder, key)["name_zh"] == "自己所写"


def test_an_undo_leaves_what_somebody_else_wrote(session, folder):
    key = keyed(session, "200起")
    session.edit(key, "name_zh", "自己所写")
    other = Session(folder, BULLETIN)
    other.edit(key, "name_zh", "他人所写")
    with pytest.raises(Refused, match="by somebody else since"):
        session.undo()
    assert row(folder, key)["name_zh"] == "他人所写"


def test_a_figure_that_somebody_else_took_out(session, folder):
    key = keyed(session, "12人次")
    other = Session(folder, BULLETIN)
    other.pass_over(key, "no")
    with pytest.raises(Refused, match="There is no figure"):
        session.accept(key)


def test_files_that_change_between_the_check_and_the_rename_are_left(session, folder, monkeypatch):
    key = keyed(session, "200起")
    checks = folders.Folder.check

    def check(self, tables):
        checked = checks(self, tables)
        table = folder / "figures.csv"
        table.write_text(
            table.read_text("utf-8").replace(",盗窃,80起", ",偷盗,80起"), encoding="utf-8"
        )
        return checked

    monkeypatch.setattr(folders.Folder, "check", check)
    with pytest.raises(Refused, match="changed underneath"):
        session.accept(key)
    monkeypatch.undo()
    assert row(folder, key)["status"] == "proposed"
    assert not list(folder.glob(".review-*"))


def test_files_broken_underneath_are_told_and_left(session, folder):
    (folder / "relations.csv").write_text("nonsense\n", encoding="utf-8")
    before = contents(folder)
    with pytest.raises(ExtractError, match=r"relations\.csv"):
        session.accept(keyed(session, "200起"))
    assert contents(folder) == before


def test_marks_and_ends_of_lines_of_other_programs_stay(folder):
    table = folder / "figures.csv"
    excel = b"\xef\xbb\xbf" + table.read_bytes().replace(b"\n", b"\r\n")
    table.write_bytes(excel)
    session = Session(folder, BULLETIN)
    session.accept(keyed(session, "200起"))
    assert table.read_bytes().startswith(b"\xef\xbb\xbffigure,")
    assert b"\r\n" in table.read_bytes()
    assert b"\n" not in table.read_bytes().replace(b"\r\n", b"")
    session.undo()
    assert table.read_bytes() == excel


def test_between_two_renames_the_folder_can_be_loaded(session, folder, monkeypatch):
    """Each file is put in place by itself: what a crash in between would leave must open."""
    steps = [
        lambda: session.pass_over(keyed(session, "80起"), "no"),
        session.undo,
        session.redo,
        lambda: session.add(1, BULLETIN.index("80起"), BULLETIN.index("80起") + 3),
    ]
    seen = []
    replace = Path.replace

    def replaced(self, target):
        replace(self, target)
        seen.append(Session(folder, BULLETIN).extract)

    monkeypatch.setattr(Path, "replace", replaced)
    for step in steps:
        step()
    assert len(seen) >= 8


def test_a_folder_that_is_more_than_unfinished_is_refused(folder):
    table = folder / "figures.csv"
    table.write_text(table.read_text("utf-8").replace("200起,200,", "200起,201,"), encoding="utf-8")
    with pytest.raises(ExtractError, match="expected 200 as in 200起"):
        Session(folder, BULLETIN)
    with pytest.raises(ExtractError, match="a data folder"):
        Session(folder / "nowhere")


def test_a_folder_that_cannot_be_written_to_says_so(session, folder, monkeypatch):
    def denied(*args, **kwargs):
        raise PermissionError(13, "Permission denied")

    before = contents(folder)
    monkeypatch.setattr(folders.tempfile, "mkdtemp", denied)
    with pytest.raises(Refused, match="expected a place that can be written to"):
        session.accept(keyed(session, "200起"))
    assert contents(folder) == before


@pytest.mark.parametrize("name", ["example-bulletin", "datong-2018", "population"])
def test_what_is_finished_stays_to_the_byte_where_nothing_changes(tmp_path, name):
    source = Path(__file__).resolve().parents[2] / "data" / name
    folder = shutil.copytree(source, tmp_path / name)
    session = Session(folder)
    key = session.extract.figures.index[0]
    before = contents(folder)
    session.accept(key)  # is read already
    session.edit(key, "note", session.figure(key)["note"])
    assert contents(folder) == before
    assert not session.can_undo
    session.edit(key, "note", "another")
    session.undo()
    figures, again = (pd.read_csv(p / "figures.csv", dtype=str) for p in (source, folder))
    pd.testing.assert_frame_equal(figures, again)
    assert audit(load(folder)).equals(audit(load(source)))
