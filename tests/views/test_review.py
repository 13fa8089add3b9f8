"""The widget's Python side: what it is shown, what it may ask, and where it does not run."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from building import BULLETIN, claimed

from analysis import draft, proofread, read_table, review
from analysis.figures.passed_over import REASONS
from analysis.kinds import KINDS
from analysis.views import review as module
from analysis.views import review_page as page_module
from analysis.views.review_faults import REFUSALS, in_chinese, refusal
from analysis.views.review_messages import MESSAGES, answer
from analysis.views.review_page import Page, choices, kinds, page_of
from analysis.views.review_widget import MODULES, assembled
from analysis.views.review_words import INTERFACE, REASONS_ZH, shown, stored
from analysis.views.session import EDITABLE, Session

ROOT = Path(__file__).resolve().parents[2]


def test_a_page_is_plain_data_that_holds_the_text_once(session):
    page = page_of(session, "en")
    json.dumps(page)
    lines = ["".join(p["text"] for p in line["pieces"]) for line in page["lines"]]
    assert lines == BULLETIN.split("\n")
    figures = [p["figure"] for line in page["lines"] for p in line["pieces"] if "figure" in p]
    assert figures == list(session.extract.figures.index)
    for line in page["lines"]:
        for piece in line["pieces"]:
            whole = BULLETIN.split("\n")[line["line"] - 1]
            assert whole.startswith(piece["text"], piece["at"])
    assert page["progress"] == {"all": 7, "read": 0, "claims": 3, "claims_read": 0}
    assert page["contradicted"] == 1
    assert page["gaps"] == []


def test_a_claim_is_read_after_the_last_of_its_figures(session):
    page = page_of(session, "en")
    order = page["order"]
    assert sorted(key for what, key in order if what == "claim") == sorted(page["claims"])
    for n, (what, key) in enumerate(order):
        if what == "claim":
            before = {k for w, k in order[:n] if w == "figure"}
            assert {role["figure"] for role in page["claims"][key]["roles"]} <= before


def test_what_is_wrong_is_marked_on_its_figures(session):
    page = page_of(session, "en")
    wrong = [c for c in page["claims"].values() if c["verdict"] == "contradicts"]
    assert [{r["reported"] for r in c["roles"]} for c in wrong] == [{"200起", "182起", "90%"}]
    assert [f["reported"] for f in page["figures"].values() if f["doubt"]]


def test_signs_that_hide_or_turn_text_are_spelled_out_apart(folder):
    text = BULLETIN.replace("表彰", "表\u202e彰\u200b")
    page = page_of(Session(folder, text), "en")
    pieces = page["lines"][1]["pieces"]
    spelled = [(p["at"], p["text"]) for p in pieces if p.get("hidden")]
    assert spelled == [(1, "[U+202E]"), (3, "[U+200B]")]
    assert page["listed"]  # what stood behind them no longer stands where it did
    assert page["notes"] == ["This is not the text that the figures were taken from"]
    of = f"{len(page['listed'])} of its {len(page['figures'])} figures do not stand"
    assert page["foreign"].startswith(f"This folder was drafted from another text: {of}")
    assert page_of(Session(folder, f"{BULLETIN}\n"), "en")["foreign"] == ""  # all stands there


def test_a_table_is_shown_as_one(tmp_path):
    table = "类别,2019年,2020年\n盗窃,12,15\n诈骗,30,28\n合计,42,44\n"
    folder = draft(tmp_path / "table", read_table(table), "A table")
    for text in (None, table):
        page = page_of(Session(folder, text), "zh")
        assert page["lines"] == page["listed"] == []
        assert page["grid"]["heads"] == [[["2019年", 1], ["2020年", 1]]]
        shown = [
            [page["figures"][key]["reported"] for cell in cells for key in cell]
            for _, cells in page["grid"]["rows"]
        ]
        assert shown == [["12", "15"], ["30", "28"], ["42", "44"]]
    assert page["gaps"] == []


def test_a_table_inside_a_text_stands_there_once_as_a_table(tmp_path):
    """Made up; of two tables each is its own."""
    rows = "盗窃\t12起\t15起\n诈骗\t30起\t28起\n合计\t42起\t43起\n"
    head = "\n类别\t2019年\t2020年\n"
    text = f"某县2020年立案87起。{head}{rows}再列如下：{head}{rows.replace('1', '2')}又有5人受伤。"
    session = Session(draft(tmp_path / "mine", text, "Made up"), text)
    page = page_of(session, "en")
    tables = [line["grid"]["rows"] for line in page["lines"] if "grid" in line]
    assert [[name for name, _ in rows] for rows in tables] == [["盗窃", "诈骗", "合计"]] * 2
    keys = [key for rows in tables for _, cells in rows for cell in cells for key in cell]
    keys += [p["figure"] for line in page["lines"] for p in line.get("pieces", ()) if "figure" in p]
    assert sorted(keys) == sorted(page["figures"])  # each once
    assert (page["grid"], page["listed"], page["notes"]) == (None, [], [])
    assert [line.get("pieces", [{}])[0].get("text") for line in page["lines"]] == [
        *("某县", "类别\t", None, "再列如下：", "类别\t", None, "又有"),
    ]


def test_what_cannot_all_hold_is_said(tmp_path):
    """About 100 is 50 to 150 at most: 90 and 110 are both within, and not both at once."""
    article = claimed(
        ("sum", {"total": "约100起", "part": ["60起", "30起"]}),
        ("sum", {"total": "约100起", "part": ["70起", "40起"]}),
    )
    page = page_of(Session(draft(tmp_path / "mine", article, "Made up")), "zh")
    assert page["contradicted"] == 0
    assert page["together"] == ["第1、2项说法不能同时成立，去掉其中任何一项则可"]


def test_numerals_of_no_table_come_first(tmp_path):
    folder = draft(tmp_path / "mine", BULLETIN, "Made up")
    session = Session(folder, BULLETIN + "\n又有7人。")
    page = page_of(session, "en")
    first, second = list(page["numerals"].values())[:2]
    assert first == {**{"line": 3, "at": 2, "text": "7", "why": "", "called": "", "proposed": True}}
    assert (second["why"], second["called"], second["proposed"]) == ("date", "date", False)
    assert list(page_of(session, "zh")["numerals"].values())[1]["called"] == "日期"
    assert page["order"][-1] == ["numeral", "3:2"]  # where it stands
    assert page["lines"][-1]["pieces"][1] == {"at": 2, "text": "7", "why": ""}
    # Somebody says why; and of one that is passed over for no reason, too.
    assert ask(session, ask="why", line=3, at=2, reason="of another county")["ok"]
    assert page_of(session, "en")["numerals"]["3:2"]["why"] == "of another county"
    assert session.unaccounted() == []
    assert ask(session, ask="undo")["step"]["reported"] == "7"
    assert len(session.unaccounted()) == 1
    said = ask(session, ask="why", line=3, at=2, reason=" ")
    assert (said["says"], said["field"]) == ("A reason is needed: why it is no figure", "why")
    said = ask(session, ask="why", line=1, at=0, reason="x")
    assert said["says"] == "There is no numeral there that is no figure"


def ask(session, language="en", **message):
    return answer(session, {"id": 1, **message}, language)


def test_each_message_is_done_and_answered(session, folder):
    figures, claims = session.extract.figures, session.extract.relations["relation"].unique()
    key = str(figures.index[0])
    assert ask(session, ask="accept", figure=key)["ok"]
    assert ask(session, ask="edit", figure=key, field="note", value="x")["ok"]
    assert ask(session, ask="accept claim", claim=str(claims[0]))["ok"]
    assert ask(session, ask="reject", claim=str(claims[0]))["ok"]
    assert ask(session, ask="source", field="publisher", value="The county")["ok"]
    last = str(figures.index[-1])
    assert ask(session, ask="pass over", figure=last, reason="no")["ok"]
    line = BULLETIN.split("\n")[1]
    at = line.index("3批")
    found = ask(session, ask="find", line=2, start=at, end=at + 1)
    assert (found["reported"], found["start"], found["end"]) == ("3批", at, at + 2)
    place = {"line": 2, "start": at, "end": at + 2}
    assert ask(session, ask="add", **place, name="批次", unit="")["figure"]
    undone = [ask(session, ask="undo")["step"] for _ in range(7)]
    # What was taken back is said: the figure that was added goes, one that was none is back.
    assert [(each["reported"], each["fields"]) for each in undone[:2]] == [("3批", []), ("3批", [])]
    assert undone[1]["figure"] == last
    assert undone[3]["claim"] == claims[0]
    assert (undone[-1]["figure"], undone[-1]["claim"]) != ("", "")
    assert ask(session, ask="undo") == {
        **{"id": 1, "ok": False, "field": "", "changed": False},
        "says": "There is nothing to undo",
    }
    assert ask(session, ask="redo")["ok"]
    ties = session.extract.relations.query("kind == 'ratio' and role == 'numerator'").iloc[0]
    parts = {"claim": ties["relation"], "role": "numerator", "figure": ties["figure"]}
    assert ask(session, ask="tie", **parts, to=last)["ok"]
    name = {"figure": key, "field": "name_zh"}
    alike = ask(session, ask="edit", **name, value="刑事立案")["alike"]
    assert ask(session, ask="copy", **name, figures=alike)["ok"]
    persons = str(figures.index[figures["unit"] == "人次"][0])
    roles = {"kind": "part", "roles": ["total", "part"], "figures": [key, persons]}
    refused = ask(session, ask="claim", **roles)  # 起 and 人次
    assert (refused["ok"], refused["field"]) == (False, "figure")
    roles["figures"] = [key, parts["figure"]]
    added = ask(session, ask="claim", **roles)["claim"]
    assert not page_of(session, "en")["claims"][added]["proposed"]  # read by who adds it
    assert ask(session, ask="look", have=1) == {
        **{"id": 1, "ok": True, "says": "", "field": "", "changed": False, "have": 1}
    }


@pytest.mark.parametrize(
    "message",
    [
        None,
        "accept",
        [],
        {},
        {"ask": "format"},
        {"ask": ["accept"]},
        {"ask": "accept"},
        {"ask": "accept", "figure": 1},
        {"ask": "accept", "figure": "某县立案", "status": "x"},
        {"ask": "accept", "figure": "nothing"},
        {"ask": "edit", "figure": "某县立案", "field": "status", "value": ""},
        {"ask": "edit", "figure": "某县立案", "field": "reported", "value": "1起"},
        {"ask": "edit", "figure": "某县立案", "field": "note", "value": "x" * 10_001},
        {"ask": "edit", "figure": "某县立案", "field": "note", "value": None},
        {"ask": "source", "field": "sha256", "value": "x"},
        {"ask": "edit", "figure": "某县立案", "field": "note", "value": "half \ud800"},
        {"ask": "copy", "figure": "某县立案", "field": "note", "figures": ["\udc00"]},
        {"ask": "accept", "figure": ""},
        {"ask": "accept claim", "claim": ""},
        {"ask": "reject", "claim": ""},
        {"ask": "tie", "claim": "", "role": "", "figure": "", "to": ""},
        {"ask": "tie", "claim": "nothing", "role": "rate", "figure": "", "to": "某县立案"},
        {"ask": "source", "field": "published", "value": "15 July 2016"},
        {"ask": "reject", "claim": "../x"},
        {"ask": "tie", "claim": "ratio_01", "role": "rate", "figure": "破案率", "to": "nothing"},
        {"ask": "tie", "claim": "ratio_01", "role": "x", "figure": "破案率", "to": "某县立案"},
        {"ask": "copy", "figure": "某县立案", "field": "note", "figures": "破案率"},
        {"ask": "copy", "figure": "某县立案", "field": "note", "figures": [1]},
        {"ask": "copy", "figure": "某县立案", "field": "status", "figures": ["破案率"]},
        {"ask": "claim", "kind": "ratio", "roles": ["rate"], "figures": [["破案率"]]},
        {"ask": "claim", "kind": "ratio", "roles": ["rate"] * 10_001, "figures": []},
        {"ask": "claim", "kind": "../x", "roles": ["rate"], "figures": ["破案率"]},
        {"ask": "claim", "kind": "ratio", "roles": [], "figures": []},
        {"ask": "find", "line": True, "start": 0, "end": 1},
        {"ask": "find", "line": 1.5, "start": 0, "end": 1},
        {"ask": "find", "line": 10**30, "start": 0, "end": 1},
        {"ask": "add", "line": -1, "start": 0, "end": 1, "name": "x", "unit": ""},
        {"ask": "undo", "undo": 1},
    ],
)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_is_no_message_is_refused_in_one_line_and_changes_nothing(
    session, folder, message, language
):
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    reply = answer(session, message, language)
    assert not reply["ok"]
    assert reply["says"]
    assert "\n" not in reply["says"]
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_bad_input_is_told_in_either_language(session):
    key = str(session.extract.figures.index[0])
    bad = {"ask": "edit", "figure": key, "field": "as_of", "value": "2020-13-01"}
    assert ask(session, **bad)["says"] == (
        "found 2020-13-01, expected an ISO date that exists, such as 2018-10-31"
    )
    told = ask(session, "zh", **bad)
    assert told["says"] == "现为 2020-13-01，应为 存在的 ISO 日期，如 2018-10-31"
    assert told["field"] == "as_of"


@pytest.mark.parametrize(
    ("message", "says"),
    [
        ({"field": "value", "value": "201"}, "现为 201，应为 200，与原文“200起”一致"),
        ({"field": "unit", "value": "人"}, "现为 人，应为 起，与原文“200起”一致"),
        ({"field": "name_zh", "value": ""}, "应为 所计的是什么（中英文名称至少一个）"),
        ({"field": "theme", "value": "a in b"}, "现为 a in b，应为 字母、数字和下划线（文字不限）"),
        ({"field": "measure", "value": "change"}, "现为 change，应为 计数，与原文“200起”一致"),
    ],
)
def test_bad_input_is_told_in_chinese(session, message, says):
    key = str(session.extract.figures.query("reported == '200起'").index[0])
    found = ask(session, "zh", ask="edit", figure=key, **message)
    assert found["says"].startswith(says)


def test_a_claim_that_does_not_fit_is_told_in_chinese(session):
    keys = {row["reported"]: str(key) for key, row in session.extract.figures.iterrows()}
    parts = {"kind": "sum", "roles": ["total", "part"], "figures": [keys["200起"], keys["90%"]]}
    said = ask(session, "zh", ask="claim", **parts)["says"]
    assert said == "现为 90%（单位：%），应为 单位为起的数字"
    said = ask(session, "zh", ask="edit", figure=keys["90%"], field="measure", value="change")
    assert said["says"] == f"现为 {keys['90%']}（增减幅度），应为 比率，因为担任比率"


def test_cells_are_shown_and_typed_in_chinese_and_kept_as_they_are(session, folder):
    keys = {row["reported"]: str(key) for key, row in session.extract.figures.iterrows()}
    fields = page_of(session, "zh")["figures"][keys["下降20%"]]["fields"]
    assert (fields["unit"], fields["against"]) == ("%", "上年同期")
    assert page_of(session, "en")["figures"][keys["下降20%"]]["fields"]["unit"] == "percent"
    source = page_of(session, "zh")
    assert (source["source"]["publisher"], source["unsaid"]) == (
        "未注明",
        ["publisher", "published"],
    )
    change = {"figure": keys["下降20%"], "field": "against"}
    for typed, kept in (("2016年", "year 2016"), ("上一期", "previous period"), ("other", "other")):
        assert ask(session, "zh", ask="edit", **change, value=typed)["ok"]
        assert session.figure(keys["下降20%"])["against"] == kept
    said = ask(session, "zh", ask="edit", **change, value="去年")
    assert said["says"] == "现为 去年，应为 上年同期、上一期、2016年、其他基期或未注明"
    assert ask(session, "zh", ask="source", field="published", value="未注明")["ok"]
    assert session.source()["published"] == "not stated"


def test_each_field_takes_what_it_shows():
    cells = {
        "unit": ["起", "percent", "percentage point", "not stated", "起/10万人"],
        "against": ["year earlier", "previous period", "year 2016", "other", "not stated", ""],
        "published": ["2020-01-02", "not stated"],
        "note": ["not stated", "2016年", "合计", "may be rounded to 1000; see below"],
    }
    for field, of in cells.items():
        for cell in of:
            assert shown(field, cell, "en") == cell
            assert stored(field, f" {cell} ") == stored(field, shown(field, cell, "zh")) == cell


def test_a_page_is_made_again_only_where_the_session_is_another(session, monkeypatch):
    made = []
    real = page_module.page_of
    monkeypatch.setattr(page_module, "page_of", lambda *of: made.append(1) or real(*of))
    page = Page(session, "en")
    session.look()
    assert page.anew() == {"since": 1, "number": 1, "news": {}}
    assert not ask(session, "en", ask="accept", figure="nobody")["ok"]
    assert page.anew()["number"] == 1
    session.accept(session.extract.figures.index[0])
    assert page.anew()["number"] == 2
    assert page.anew()["number"] == 2
    session.undo()
    assert page.anew()["news"].keys() == {"progress", "figures", "can_undo", "can_redo"}
    assert len(made) == 3


def test_notes_of_figures_are_told_in_chinese_and_stay_in_the_files(tmp_path):
    session = Session(draft(tmp_path / "noted", BULLETIN, "Made up"), BULLETIN)
    key = session.extract.figures.index[0]
    session.edit(key, "note", "repeated in paragraph 1: 120起")
    figure = page_of(session, "zh")["figures"][key]
    assert figure["fields"]["note"] == "又见第1段：120起"
    assert "又见第1段：120起" in figure["told"]
    noted = figure["fields"]["note"] + "; 待查"
    assert ask(session, "zh", ask="edit", figure=key, field="note", value=noted)["ok"]
    assert session.figure(key)["note"] == "repeated in paragraph 1: 120起; 待查"
    assert noted in proofread(session.extract, BULLETIN, "zh").html


def test_notes_of_the_program_are_told_in_chinese(tmp_path):
    table = "类别,2019年\n盗窃,12\n诈骗,30\n合计,42\n"
    session = Session(draft(tmp_path / "table", read_table(table), "A table"))
    noted = {
        language: [claim["note"] for claim in page_of(session, language)["claims"].values()]
        for language in ("en", "zh")
    }
    assert noted == {"en": ["total"], "zh": ["合计"]}


def test_bounds_of_many_millions_are_told_in_them(tmp_path):
    """340637亿元 is half a 亿 either way."""
    session = Session(draft(tmp_path / "mine", "某省生产总值340637亿元。", "Made up"))
    told = [
        page_of(session, language)["figures"].popitem()[1]["bounds"] for language in ("en", "zh")
    ]
    assert told[0].startswith("within 34,063.65–34,063.75 billion")
    assert told[1].startswith("范围340,636.5–340,637.5亿")


def test_how_many_figures_an_edit_changes_besides_is_said(tmp_path):
    """The unit of a sum's figures is one; the day of publication dates all that it can."""
    table = "类别,2019年\n盗窃,12\n诈骗,30\n合计,42\n"
    session = Session(draft(tmp_path / "table", read_table(table), "A table"))
    first = session.extract.figures.index[0]
    edit = {"ask": "edit", "figure": first, "field": "unit", "value": "件"}
    assert ask(session, **edit)["more"] == 2
    assert ask(session, **edit | {"field": "note", "value": "x"})["more"] == 0
    text = "上半年立案200起，破案182起。"
    session = Session(draft(tmp_path / "mine", text, "Made up"), text)
    assert ask(session, ask="source", field="published", value="2020-07-10")["more"] == 2
    assert ask(session, ask="source", field="publisher", value="The county")["more"] == 0


def test_every_message_of_load_has_its_chinese():
    """Those that data/errors.md gives, each by a folder that was made wrong in that way."""
    text = (ROOT / "data" / "errors.md").read_text(encoding="utf-8")
    told = set(re.findall(r"^\S+\.(?:csv|json)\b.*, expected (.*)$", text, re.MULTILINE))
    assert len(told) > 30
    resources = {"figures.csv", "relations.csv", "passed-over.csv"}
    left = {said for said in told - resources if not re.search("[\u4e00-\u9fff]", in_chinese(said))}
    assert left == set()


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("en", "figures.csv, row 1, column figure: found '', expected this column"),
        ("zh", "figures.csv，第 1 行，figure 列：现为“”，应为有此列"),
    ],
)
def test_a_broken_file_is_told_in_one_line(session, folder, language, says):
    (folder / "figures.csv").write_text("x\n", encoding="utf-8")
    reply = ask(session, language, ask="look", have=1)
    assert (reply["ok"], reply["says"]) == (False, says)


def test_the_modules_of_the_page_import_what_others_before_them_export():
    folder = Path(module.__file__).parent / "widget"
    exported = {}
    names = []
    for name in MODULES:
        text = (folder / name).read_text(encoding="utf-8")
        assert text.count("\n") <= 400, f"{name} is longer than one reads in a sitting"
        for wanted, source in re.findall(r"^import \{ ([^}]*) \} from \"./(.*)\";$", text, re.M):
            assert set(wanted.split(", ")) <= exported[source]
            assert all(
                re.search(rf"\b{each}\b", text.partition(source)[2]) for each in wanted.split(", ")
            )
        top = re.findall(r"^(?:export )?(?:class|function|const|let) (\w+)", text, re.M)
        names += top
        exported[name] = set(re.findall(r"^export (?:class|function|const) (\w+)", text, re.M))
    assert len(set(names)) == len(names)  # they come to stand in one module
    assert set(MODULES) == {path.name for path in folder.glob("*.js")}
    assert re.findall(r"^(?:import|export)\b.*", assembled(), re.M) == ["export default {"]


def test_the_page_makes_no_markup_runs_no_text_and_asks_nobody():
    made = re.findall(
        r"innerHTML|outerHTML|insertAdjacent|document\.write|eval|Function\(|srcdoc|https?:|fetch\(",
        assembled(),
    )
    assert made == []


def test_reasons_are_told_and_taken_in_chinese_and_kept_as_they_are(tmp_path):
    assert set(REASONS.values()) < set(REASONS_ZH)
    assert len(set(REASONS_ZH.values())) == len(REASONS_ZH)
    text = "一、某县2020年立案200起，编外3。"
    session = Session(draft(tmp_path / "mine", text, "Made up"), text)
    told = page_of(session, "zh")["numerals"].values()
    assert [each["called"] for each in told] == ["列项编号", "日期", "不是数字"]
    why = {"ask": "why", "line": 1, "at": text.index("3"), "reason": " 名称 "}
    assert ask(session, "zh", **why)["ok"]
    key = session.extract.figures.index[0]
    assert ask(session, "zh", ask="pass over", figure=key, reason="另一个县")["ok"]
    kept = ["list number", "date", "另一个县", "name"]
    assert [row["reason"] for row in session.passed_over()] == kept


def test_words_are_there_in_both_languages():
    for name in EDITABLE:
        assert name in INTERFACE
    assert all(all(each) for each in INTERFACE.values())
    for says, zh in REFUSALS.items():
        fields = {part.partition("}")[0] for part in says.split("{")[1:]}
        values = dict.fromkeys(fields, "某")
        assert refusal(says, values, "zh") == zh.format(**values)
    assert set(choices("zh")) == {"measure", "basis", "against"}
    for kind in kinds("zh"):
        assert [role["role"] for role in kind["roles"]] == list(KINDS[kind["kind"]].roles)
        assert all(role["called"] for role in kind["roles"])
    assert set(MESSAGES) >= {"accept", "reject", "tie", "undo"}


def test_where_no_widget_runs_the_proof_stands_in_and_says_how_to_go_on(folder, monkeypatch):
    for name in module._FRONT_ENDS:
        monkeypatch.delenv(name, raising=False)
    shown = review(folder, BULLETIN)._repr_mimebundle_()
    assert set(shown) == {"text/plain", "text/html"}
    session = Session(folder, BULLETIN)
    proof = proofread(session.extract, BULLETIN)
    assert shown["text/html"].endswith(proof.html)
    assert "run this cell in JupyterLab" in shown["text/html"]
    assert shown == review(folder, BULLETIN)._repr_mimebundle_()  # the same each run
    monkeypatch.setattr(module, "find_spec", lambda name: None)
    assert "install anywidget" in repr(review(folder, BULLETIN))
    assert "请安装 anywidget" in repr(review(folder, BULLETIN, "zh"))


def test_the_widget_hands_on_messages_and_nothing_else(folder, monkeypatch):
    monkeypatch.setenv("JPY_SESSION_NAME", "x.ipynb")
    monkeypatch.setattr(module, "_shows_widgets", lambda: True)
    shown = review(folder, BULLETIN)
    bundle = shown._repr_mimebundle_()
    widget = bundle.pop("application/vnd.jupyter.widget-view+json")
    assert widget["model_id"] == shown._views[0].model_id
    monkeypatch.setattr(module, "_shows_widgets", lambda: False)
    assert bundle == review(folder, BULLETIN)._repr_mimebundle_()  # what is kept without the widget
    monkeypatch.setattr(module, "_shows_widgets", lambda: True)
    shown._repr_mimebundle_()  # shown twice
    one, other = shown._views
    sent, heard = [], []
    monkeypatch.setattr(one, "send", sent.append)
    monkeypatch.setattr(other, "send", heard.append)
    key = str(shown.session.extract.figures.index[0])
    one._asked(one, {"id": 5, "ask": "accept", "figure": key}, [])
    assert (sent[0]["id"], sent[0]["ok"]) == (5, True)
    assert heard == [{name: sent[0][name] for name in ("since", "number", "news")}]
    assert heard[0]["news"]["progress"]["put"] == {"read": 1}
    one.page = {"figures": {}}  # what a page might send is never read
    one._asked(one, {"id": 6, "ask": "look", "have": sent[0]["number"]}, [])
    assert sent[1]["news"] == {}
    one._asked(one, {"id": 7, "ask": "look", "have": 0}, [])  # whoever has missed something
    assert (sent[2]["since"], sent[2]["news"]) == (0, page_of(shown.session, "en"))
    (folder / "figures.csv").write_text("x\n", encoding="utf-8")
    one._asked(one, {"id": 8, "ask": "undo"}, [])
    assert not sent[-1]["ok"]


def patched(part, news):
    """As `patched` of kernel.js does."""
    if "more" in news:
        at, less = news["at"], news["less"]
        return part[:at] + news["more"] + part[at + less :]
    if "put" in news:
        return {k: v for k, v in (part | news["put"]).items() if k not in news["gone"]}
    return news["is"]


def test_what_is_new_in_a_page_makes_it_of_the_one_before(session):
    shown = Page(session, "en")
    whole = shown.whole()
    have, number = whole["news"], whole["number"]
    first, *_, last = session.extract.figures.index
    for step in (
        lambda: session.accept(first),
        lambda: session.pass_over(last, "no count"),
        lambda: session.edit(first, "name_zh", "刑事立案"),
        session.undo,
        session.undo,
        lambda: session.reject(session.relations()[0]["relation"]),
        session.undo,
    ):
        step()
        sent = shown.anew()
        assert sent["since"] == number
        number = sent["number"]
        have |= {name: patched(have[name], part) for name, part in sent["news"].items()}
        assert have == page_of(session, "en")
    session.accept(str(last))
    assert shown.anew()["news"].keys() == {"figures", "progress", "can_redo"}


def test_what_stands_behind_what_has_gone_is_not_sent_again(tmp_path):
    """Of 60 figures with a claim for every two, one of the first, and a claim, is none."""
    text = "\n".join(f"第{n}科立案{n + 300}起，同比下降{n}.5%。" for n in range(1, 31))
    session = Session(draft(tmp_path / "mine", text, "Made up"), text)
    shown = Page(session, "en")
    first = session.extract.figures.index[0]
    (claim,) = {row["relation"] for row in session.relations() if row["figure"] == first}
    session.pass_over(first, "no count")
    news = shown.anew()["news"]
    assert news["figures"] == {"put": {}, "gone": [first]}
    assert news["claims"] == {"put": {}, "gone": [claim]}
    assert news["numbered"] == {"at": 0, "less": 1, "more": []}
    assert (news["lines"]["at"], news["lines"]["less"], len(news["lines"]["more"])) == (0, 1, 1)
    assert len(news["order"]["more"]) <= 2
    session.undo()
    news = shown.anew()["news"]
    assert (list(news["figures"]["put"]), list(news["claims"]["put"])) == ([first], [claim])


@pytest.mark.parametrize(
    ("arguments", "error", "says"),
    [((1,), TypeError, "text: found int"), ((None, "de"), ValueError, "'en' or 'zh'")],
)
def test_what_review_does_not_take(folder, arguments, error, says):
    with pytest.raises(error, match=says):
        review(folder, *arguments)


def test_importing_the_library_imports_no_widgets():
    code = (
        "import sys, analysis; analysis.review\n"
        "sys.exit(bool({'anywidget', 'ipywidgets', 'traitlets'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False, env=dict(os.environ))
    assert done.returncode == 0
