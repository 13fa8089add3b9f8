"""The widget's Python side: what it is shown, what it may ask, and where it does not run."""

import json
import os
import subprocess
import sys

import pytest

from analysis import draft, proofread, read_table, review
from analysis.views import review as module
from analysis.views.review_messages import MESSAGES, answer
from analysis.views.review_page import choices, page_of
from analysis.views.review_words import INTERFACE, REFUSALS, refusal
from analysis.views.session import EDITABLE, Session

# Made up. 182 of 200 is 91%; 90% is printed.
TEXT = """某县2020年立案200起，同比下降20%，其中盗窃80起。破案182起，破案率90%。
表彰先进12人次，共3批。"""


@pytest.fixture
def folder(tmp_path):
    return draft(tmp_path / "mine", TEXT, "Made up")


@pytest.fixture
def session(folder):
    return Session(folder, TEXT)


def test_a_page_is_plain_data_that_holds_the_text_once(session):
    page = page_of(session, "en")
    json.dumps(page)
    lines = ["".join(p["text"] for p in line["pieces"]) for line in page["lines"]]
    assert lines == TEXT.split("\n")
    figures = [p["figure"] for line in page["lines"] for p in line["pieces"] if "figure" in p]
    assert figures == list(session.extract.figures.index)
    for line in page["lines"]:
        for piece in line["pieces"]:
            whole = TEXT.split("\n")[line["line"] - 1]
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
    figures = page_of(session, "en")["figures"].values()
    assert {f["reported"] for f in figures if f["wrong"]} == {"200起", "182起", "90%"}
    assert [f["reported"] for f in figures if f["doubt"]]


def test_signs_that_hide_or_turn_text_are_spelled_out_apart(folder):
    text = TEXT.replace("表彰", "表\u202e彰\u200b")
    page = page_of(Session(folder, text), "en")
    pieces = page["lines"][1]["pieces"]
    spelled = [(p["at"], p["text"]) for p in pieces if p.get("hidden")]
    assert spelled == [(1, "[U+202E]"), (3, "[U+200B]")]
    assert page["listed"]  # what stood behind them no longer stands where it did
    assert page["notes"] == ["This is not the text that the figures were taken from"]


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


def test_numerals_of_no_table_come_first(tmp_path):
    folder = draft(tmp_path / "mine", TEXT, "Made up")
    session = Session(folder, TEXT + "\n又有7人。")
    missed = page_of(session, "en")["missed"]
    assert missed[0] == {"line": 3, "at": 2, "text": "7", "why": ""}
    assert missed[1]["why"] == "date"


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
    line = TEXT.split("\n")[1]
    at = line.index("3批")
    found = ask(session, ask="find", line=2, start=at, end=at + 1)
    assert (found["reported"], found["start"], found["end"]) == ("3批", at, at + 2)
    place = {"line": 2, "start": at, "end": at + 2}
    assert ask(session, ask="add", **place, name="批次", unit="")["figure"]
    for _ in range(7):
        assert ask(session, ask="undo")["ok"]
    assert ask(session, ask="undo") == {
        **{"id": 1, "ok": False, "field": "", "changed": False},
        "says": "There is nothing to undo",
    }
    assert ask(session, ask="redo")["ok"]
    ties = session.extract.relations.query("kind == 'ratio' and role == 'numerator'").iloc[0]
    parts = {"claim": ties["relation"], "role": "numerator", "figure": ties["figure"]}
    assert ask(session, ask="tie", **parts, to=last)["ok"]
    assert ask(session, ask="look") == {
        **{"id": 1, "ok": True, "says": "", "field": "", "changed": False}
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
        {"ask": "reject", "claim": "../x"},
        {"ask": "tie", "claim": "ratio_01", "role": "rate", "figure": "破案率", "to": "nothing"},
        {"ask": "tie", "claim": "ratio_01", "role": "x", "figure": "破案率", "to": "某县立案"},
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


def test_a_broken_file_is_told_in_one_line(session, folder):
    (folder / "figures.csv").write_text("x\n", encoding="utf-8")
    reply = ask(session, ask="look")
    assert (reply["ok"], reply["says"].startswith("figures.csv")) == (False, True)


def test_words_are_there_in_both_languages():
    for name in EDITABLE:
        assert name in INTERFACE
    assert all(all(each) for each in INTERFACE.values())
    for says, zh in REFUSALS.items():
        fields = {part.partition("}")[0] for part in says.split("{")[1:]}
        values = dict.fromkeys(fields, "某")
        assert refusal(says, values, "zh") == zh.format(**values)
    assert set(choices("zh")) == {"measure", "basis", "against"}
    assert set(MESSAGES) >= {"accept", "reject", "tie", "undo"}


def test_where_no_widget_runs_the_proof_stands_in_and_says_how_to_go_on(folder, monkeypatch):
    for name in module._FRONT_ENDS:
        monkeypatch.delenv(name, raising=False)
    shown = review(folder, TEXT)._repr_mimebundle_()
    assert set(shown) == {"text/plain", "text/html"}
    session = Session(folder, TEXT)
    proof = proofread(session.extract, TEXT)
    assert shown["text/html"].endswith(proof.html)
    assert "run this cell in JupyterLab" in shown["text/html"]
    assert shown == review(folder, TEXT)._repr_mimebundle_()  # the same each run
    monkeypatch.setattr(module, "find_spec", lambda name: None)
    assert "install anywidget" in repr(review(folder, TEXT))
    assert "请安装 anywidget" in repr(review(folder, TEXT, "zh"))


def test_the_widget_hands_on_messages_and_nothing_else(folder, monkeypatch):
    monkeypatch.setenv("JPY_SESSION_NAME", "x.ipynb")
    monkeypatch.setattr(module, "_shows_widgets", lambda: True)
    shown = review(folder, TEXT)
    bundle = shown._repr_mimebundle_()
    widget = bundle.pop("application/vnd.jupyter.widget-view+json")
    assert widget["model_id"] == shown._views[0].model_id
    monkeypatch.setattr(module, "_shows_widgets", lambda: False)
    assert bundle == review(folder, TEXT)._repr_mimebundle_()  # what is kept without the widget
    monkeypatch.setattr(module, "_shows_widgets", lambda: True)
    shown._repr_mimebundle_()  # shown twice
    one, other = shown._views
    sent = []
    monkeypatch.setattr(one, "send", sent.append)
    key = str(shown.session.extract.figures.index[0])
    one._asked(one, {"id": 5, "ask": "accept", "figure": key}, [])
    assert (sent[0]["id"], sent[0]["ok"]) == (5, True)
    assert one.page == other.page
    assert one.page["progress"]["read"] == 1
    one.page = {"figures": {}}  # what a page might send is never read
    one._asked(one, {"id": 6, "ask": "look"}, [])
    assert one.page["progress"]["read"] == 1
    (folder / "figures.csv").write_text("x\n", encoding="utf-8")
    one._asked(one, {"id": 7, "ask": "undo"}, [])
    assert not sent[-1]["ok"]


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
