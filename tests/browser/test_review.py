"""A review in JupyterLab, by keys and by mouse, in Chromium: what is shown, and what is written."""

import csv
import json
import os
import signal
from dataclasses import replace

import pytest
from building import BULLETIN
from labs import PATIENCE, choose, in_theme, opened, run_all, wait_for_kernel

from analysis import draft, read_article

pytestmark = pytest.mark.browser

MARKUP = "<img src=x onerror='window.marked=1'><b>bold</b>"
ITEMS = 7 + 3  # figures and claims


def notebook(copy, name, text=BULLETIN, language="en", how="text", before=""):
    """A notebook that drafts a folder, once, and reviews it; and that folder."""
    cells = [
        before
        + "import os\nfrom pathlib import Path\nfrom analysis import draft, read_table, review\n"
        f"text = {text!r}\nfolder = Path('../data/{name}')\n"
        "_ = folder.with_suffix('.pid').write_text(str(os.getpid()))\n"
        f"_ = folder if folder.exists() else draft(folder, {how}, 'Made up')",
        f"review(folder, text, {language!r})",
    ]
    made = json.loads((copy / "notebooks" / "00-start-here.ipynb").read_text("utf-8"))
    blank = {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": []}
    made["cells"] = [blank | {"id": f"r-{n}", "source": c} for n, c in enumerate(cells)]
    (copy / "notebooks" / f"{name}.ipynb").write_text(json.dumps(made), encoding="utf-8")
    return copy / "data" / name


def rows(folder, name="figures"):
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def shown(page, lab, name):
    """The notebook opened and run; the review in it."""
    opened(page, lab, name)
    run_all(page, 2)
    page.wait_for_selector(".pf-review", timeout=PATIENCE)
    return page.locator(".pf-review")


def expect_text(page, selector, text):
    page.wait_for_function(
        "([s, t]) => [...document.querySelectorAll(s)].some(e => e.innerText.includes(t))",
        arg=[selector, text],
        timeout=PATIENCE,
    )


def mark(page, reported):
    return page.locator(".pf-mark", has_text=reported).first


def test_all_is_accepted_by_one_key(lab, copy, lab_page, screenshot):
    folder = notebook(copy, "keys")
    page = lab_page(1280, 1000)
    told = shown(page, lab, "keys").aria_snapshot()
    assert 'progressbar "Review of keys"' in told
    assert "{" not in told  # a phrase that nothing was put into
    page.keyboard.press("Escape")
    page.locator(".pf-mark[tabindex='0']").focus()
    for done in range(1, ITEMS + 1):
        page.wait_for_timeout(300)  # in which somebody sees it: no key is taken before
        page.keyboard.press("a")
        page.wait_for_function(
            "n => document.querySelector('.pf-review progress').value == n",
            arg=done,
            timeout=PATIENCE,
        )
        assert page.evaluate("document.activeElement.closest('.pf-review') !== null")
    expect_text(page, ".pf-status", "Everything is read. 7 of 7 figures read, 3 of 3 claims")
    assert {r["status"] for name in ("figures", "relations") for r in rows(folder, name)} == {""}
    assert page.locator(".jp-CodeCell").count() == 2  # in command mode the key adds a cell
    screenshot(page, "review-all-read")


def test_a_figure_and_its_claims_are_corrected(lab, copy, lab_page, screenshot):
    folder = notebook(copy, "corrected")
    page = lab_page(1280, 1000)
    shown(page, lab, "corrected")

    # By keys: a name, and a day that does not exist, and one that does.
    mark(page, "200起").click()
    page.keyboard.press("e")
    page.keyboard.press("Control+A")
    page.keyboard.type("立案数")
    page.keyboard.press("Enter")
    expect_text(page, ".pf-panel h3", "立案数")
    assert rows(folder)[0]["name_zh"] == "立案数"
    last = page.get_by_label("Last day")
    last.fill("2020-02-30")
    last.press("Enter")
    expect_text(page, ".pf-fault", "found 2020-02-30, expected an ISO date that exists")
    assert last.input_value() == "2020-12-31"
    assert last.get_attribute("aria-invalid") == "true"
    screenshot(page, "review-bad-input")
    last.fill("2020-06-30")
    last.press("Enter")
    page.wait_for_function("!document.querySelector('.pf-field .pf-fault')", timeout=PATIENCE)
    assert (rows(folder)[0]["as_of"], rows(folder)[0]["status"]) == ("2020-06-30", "proposed")

    # A claim rejected, another tied to a wrong figure by clicking it: 80 of 200 is 40%.
    change = page.locator(".pf-claim", has_text="下降20%").first
    change.get_by_role("button", name="Reject").click()
    page.wait_for_function(
        "() => document.querySelectorAll('.pf-claim').length == 2", timeout=PATIENCE
    )
    assert "change" not in {r["kind"] for r in rows(folder, "relations")}
    page.get_by_role("button", name="Tie to another figure: the numerator").click()
    expect_text(page, ".pf-notice", "stands as the numerator instead of 182起")
    mark(page, "80起").click()
    expect_text(page, ".pf-status", "contradicts")
    expect_text(page, ".pf-claim", "80起 of 200起 is 40%, printed 90%")
    page.keyboard.press("z")
    expect_text(page, ".pf-claim", "182起 of 200起 is 91%, printed 90%")

    # No figure, then found again in the text by selecting it.
    mark(page, "3批").click()
    page.keyboard.press("x")
    page.keyboard.type("no count")
    page.keyboard.press("Enter")
    expect_text(page, ".pf-passed", "3批")
    assert rows(folder, "passed-over")[-1]["reason"] == "no count"
    box = page.locator(".pf-passed", has_text="3批").bounding_box()
    page.mouse.move(box["x"] + 1, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 1, box["y"] + box["height"] / 2, steps=4)
    page.mouse.up()
    expect_text(page, ".pf-notice", "New figure: 3批")
    page.keyboard.press("Control+A")
    page.keyboard.type("表彰批次")
    page.keyboard.press("Enter")
    expect_text(page, ".pf-panel h3", "表彰批次")
    assert rows(folder)[-1]["reported"] == "3批"
    page.keyboard.press("z")
    expect_text(page, ".pf-passed", "3批")
    assert len(rows(folder)) == 6
    screenshot(page, "review-corrected")


def test_a_claim_that_was_missed_is_added_by_keys_and_by_mouse(lab, copy, lab_page, screenshot):
    text = "某县2020年财产犯罪立案200起，偷窃80起，抢劫20起，诈骗100起。"
    folder = notebook(copy, "claims", text)
    article = read_article(text)
    draft(folder, replace(article, relations=article.relations[:0]), "Made up")
    page = lab_page(1280, 1000)
    shown(page, lab, "claims")
    assert rows(folder, "relations") == []

    # By keys: a sum, of which one part is missing at first; once more C, and it is another kind.
    page.locator(".pf-mark[tabindex='0']").focus()
    page.keyboard.press("c")
    expect_text(page, ".pf-status", "sum; the total: 200起; Next: a part")
    for key in ("c", "c", "c", "c", "ArrowRight", "Enter", "ArrowRight", "Enter"):
        page.keyboard.press(key)
    expect_text(page, ".pf-status", "sum; the total: 200起; a part: 80起; a part: 20起; Next")
    page.keyboard.press("a")
    expect_text(page, ".pf-status", "contradicts")
    assert [r["role"] for r in rows(folder, "relations")] == ["total", "part", "part"]
    # Who adds a claim has read it, and is where it was begun.
    assert {r["status"] for r in rows(folder, "relations")} == {""}
    expect_text(page, ".pf-panel h3", "200起")
    page.get_by_role("button", name="+ a part").click()
    expect_text(page, ".pf-notice", "Choose the figure that stands as a part as well")
    mark(page, "100起").click()
    expect_text(page, ".pf-status", "agrees")
    expect_text(page, ".pf-head", "0 of 4 figures read, 1 of 1 claims")

    # By mouse: the partial list, taken back by Escape, then made, and rejected by a key.
    mark(page, "200起").click()
    page.get_by_role("button", name="Add a claim").click()
    page.get_by_label("Kind of claim").select_option("part")
    mark(page, "80起").click()
    screenshot(page, "review-new-claim")
    page.keyboard.press("Escape")
    page.wait_for_function("!document.querySelector('.pf-notice')", timeout=PATIENCE)
    mark(page, "200起").click()
    page.get_by_role("button", name="Add a claim").click()
    page.get_by_label("Kind of claim").select_option("part")
    mark(page, "20起").click()
    page.keyboard.press("Enter")  # at the last figure it is added, and no figure taken out
    expect_text(page, ".pf-status", "agrees")
    assert [r["kind"] for r in rows(folder, "relations")] == ["sum"] * 4 + ["part"] * 2
    page.keyboard.press("r")
    expect_text(page, ".pf-status", "Nothing to reject: no claim is chosen")
    page.keyboard.press("z")
    expect_text(page, ".pf-head", "1 of 1 claims")
    assert {r["kind"] for r in rows(folder, "relations")} == {"sum"}

    # The figure that is shown leaves the sum: what is left of that is shown, and has the focus.
    mark(page, "100起").click()
    page.get_by_role("button", name="Not this one: a part, 100起").click()
    expect_text(page, ".pf-status", "contradicts")
    expect_text(page, ".pf-panel h3", "20起")
    assert page.evaluate("document.activeElement.className") == "pf-claim pf-chosen"


def test_quick_keys_are_steps_one_after_the_other(lab, copy, lab_page):
    folder = notebook(copy, "quick", before=SLOW)
    page = lab_page(1280, 1000)
    shown(page, lab, "quick")
    # A time and its days, carried over to all after it, and accepted: without waiting for any.
    mark(page, "200起").click()
    page.keyboard.press("t")
    page.wait_for_function("document.activeElement.dataset.id == 'when'", timeout=PATIENCE)
    page.keyboard.press("Control+A")
    page.keyboard.insert_text("上半年")
    for key in ("Enter", "s", "a"):
        page.keyboard.press(key)
    expect_text(page, ".pf-head", "1 of 7 figures read")
    assert {(r["when"], r["as_of"]) for r in rows(folder)} == {("上半年", "2020-06-30")}
    assert [r["status"] for r in rows(folder)] == ["", *["proposed"] * 6]
    # What is refused is not accepted with its old value by the key that follows.
    mark(page, "80起").click()
    value = page.get_by_label("Value")
    value.fill("81")
    for key in ("Enter", "a"):
        page.keyboard.press(key)
    expect_text(page, ".pf-field .pf-fault", "found 81, expected 80 as in 80起")
    assert page.evaluate("document.activeElement.dataset.id") == "value"
    assert value.input_value() == "80"
    assert sum(r["status"] == "" for r in rows(folder)) == 1
    # What somebody else has written meanwhile stays, and what was typed here is told.
    page.keyboard.press("Escape")
    page.keyboard.press("e")
    page.keyboard.press("Control+A")
    page.keyboard.insert_text("盗窃立案")
    file = folder / "figures.csv"
    key = next(r["figure"] for r in rows(folder) if r["reported"] == "80起")
    lines = file.read_text("utf-8").split("\n")
    at = next(n for n, line in enumerate(lines) if line.startswith(f"{key},"))
    lines[at] = lines[at].replace(",盗窃,", ",偷盗,")
    file.write_text("\n".join(lines), "utf-8")
    page.keyboard.press("Enter")
    expect_text(page, ".pf-status", "changed underneath: look at it again, then decide: 盗窃立案")
    expect_text(page, ".pf-panel h3", "偷盗")
    assert next(r["name_zh"] for r in rows(folder) if r["figure"] == key) == "偷盗"


def select(page, words):
    """Some words of the text, by the mouse."""
    found = """words => {
        const walk = document.createTreeWalker(document.querySelector(".pf-text"), 4);
        while (walk.nextNode()) {
            const at = walk.currentNode.data.indexOf(words);
            if (at < 0) continue;
            const range = document.createRange();
            range.setStart(walk.currentNode, at);
            range.setEnd(walk.currentNode, at + words.length);
            const { left, right, top, bottom } = range.getBoundingClientRect();
            return [left, right, (top + bottom) / 2];
        }
    }"""
    left, right, middle = page.evaluate(found, words)
    page.mouse.move(left + 1, middle)
    page.mouse.down()
    page.mouse.move(right - 1, middle, steps=4)
    page.mouse.up()


def test_words_of_the_text_are_taken_into_a_field(lab, copy, lab_page, screenshot):
    text = "去年以来甲县法院全部受理的案件200起，审结80起。"
    folder = notebook(copy, "taken", text)
    page = lab_page(1280, 1000)
    shown(page, lab, "taken")
    field = "document.activeElement.dataset.id == '{}' && document.activeElement.value == '{}'"
    mark(page, "200起").click()
    before = rows(folder)
    page.keyboard.press("e")
    select(page, "法院全部受理")
    page.wait_for_function(field.format("name_zh", "法院全部受理"), timeout=PATIENCE)
    screenshot(page, "review-words-taken")
    page.keyboard.press("Escape")  # nothing is written before Enter
    assert rows(folder) == before
    page.keyboard.press("e")
    select(page, "法院全部受理")
    page.wait_for_function(field.format("name_zh", "法院全部受理"), timeout=PATIENCE)
    page.keyboard.press("Enter")
    expect_text(page, ".pf-panel h3", "法院全部受理")
    assert rows(folder)[0]["name_zh"] == "法院全部受理"
    # While no field has the focus, what is selected is looked at as a figure.
    select(page, "甲县法院")
    expect_text(page, ".pf-status", "This is no figure")
    assert rows(folder)[0]["name_zh"] == "法院全部受理"

    # A phrase that tells no day leads to the day of publication, or else to the days.
    page.keyboard.press("t")
    page.keyboard.press("Control+A")
    page.keyboard.insert_text("近年来")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="“近年来” tells no day").click()
    assert page.evaluate("document.activeElement.dataset.id") == "published"
    page.keyboard.press("Control+A")
    page.keyboard.insert_text("2020-03-04")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="No day is read from “近年来”").click()
    assert page.evaluate("document.activeElement.dataset.id") == "period_start"

    # When all is read the key leads to what is missing of the source.
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    page.wait_for_timeout(200)
    page.keyboard.press("a")
    expect_text(page, ".pf-status", "Everything is read")
    page.locator("[data-id='source']").click()
    page.locator(".pf-mark[tabindex='0']").focus()
    page.keyboard.press("n")
    assert page.evaluate("document.activeElement.dataset.id") == "source"
    assert page.get_by_label("Publisher", exact=True).is_visible()


# Every step takes the kernel a second and a half, as on a machine that does much else.
SLOW = """import time
from analysis.views.session import Session
def slowly(write):
    def written(*given, **named):
        time.sleep(1.5)
        return write(*given, **named)
    return written
Session._take = slowly(Session._take)
"""


def test_what_is_typed_while_a_save_is_running_is_in_the_field_and_nowhere_else(
    lab, copy, lab_page
):
    folder = notebook(copy, "typed", before=SLOW)
    page = lab_page(1280, 1000)
    shown(page, lab, "typed")
    mark(page, "200起").click()
    # Accepted, and at once on: the keys are for the figure that is shown, and all in its field.
    page.keyboard.press("a")
    page.keyboard.press("e")
    assert page.evaluate("document.activeElement.dataset.id") == "name_zh"
    of = page.locator(".pf-panel h3").inner_text()
    page.keyboard.press("Control+A")
    for character in "民航甲乙":
        page.keyboard.insert_text(character)
        page.wait_for_timeout(500)  # the answer comes between two of them
    expect_text(page, ".pf-head", "1 of 7 figures read")
    field = page.get_by_label("Name (Chinese)")
    assert field.input_value() == "民航甲乙"
    page.keyboard.press("Enter")
    expect_text(page, ".pf-panel h3", "民航甲乙")
    key = next(r for r in rows(folder) if r["name_zh"] == "民航甲乙")
    assert of.startswith(key["reported"])
    assert [r["status"] for r in rows(folder)].count("") == 1

    # While steps are taken back and done again, a field of the source is typed into.
    page.locator("[data-id='source']").click()
    before = rows(folder)
    page.locator(".pf-mark[tabindex='0']").focus()
    for letter in ("z", "z", "Shift+Z"):
        page.keyboard.press(letter)
    publisher = page.get_by_label("Publisher", exact=True)
    publisher.click()
    page.keyboard.press("Control+A")
    for character in "国家统计局":
        page.keyboard.insert_text(character)
        page.wait_for_timeout(1000)
    assert publisher.input_value() == "国家统计局"
    page.keyboard.press("Enter")
    kept = "document.querySelector(\"[data-id='publisher']\").dataset.kept"
    page.wait_for_function(f"{kept} == '国家统计局'", timeout=PATIENCE)
    source = json.loads((folder / "datapackage.json").read_text("utf-8"))["sources"][0]
    assert source["publisher"] == "国家统计局"
    assert [r["status"] for r in rows(folder)] == [r["status"] for r in before]


def test_a_table_gets_its_unit_once_and_is_read_when_that_is_written(
    lab, copy, lab_page, screenshot, barriers
):
    table = "类别,2019年\n盗窃,12\n诈骗,30\n合计,42\n"
    folder = notebook(copy, "table", table, "zh", "read_table(text)", before=SLOW)
    page = lab_page(900, 1000)
    shown(page, lab, "table")
    page.get_by_role("button", name="下一个未核对").click()  # at first that which is shown
    assert page.evaluate("document.activeElement.innerText") == "12"
    unit = page.get_by_label("单位", exact=True)
    assert unit.input_value() == "未注明"
    unit.fill("件")
    unit.press("Enter")
    expect_text(page, ".pf-status", "已保存，另有 2 个数字随之改动")
    assert {r["unit"] for r in rows(folder)} == {"件"}
    assert barriers(page, ".pf-review") == []
    for _ in range(4):
        page.keyboard.press("a")
        page.wait_for_timeout(200)  # in which somebody sees it
    page.keyboard.press("a")
    assert "已全部核对" not in page.locator(".pf-status").inner_text()
    expect_text(page, ".pf-status", "已全部核对。已核对 3 个数字中的 3 个、1 项说法中的 1 项")
    expect_text(page, ".pf-status", "“来源”中待补 2 项")
    assert {r["status"] for r in rows(folder)} == {""}
    screenshot(page, "review-table-zh-900")


def test_a_numeral_that_is_no_figure_says_why(lab, copy, lab_page, screenshot, barriers):
    text = "一、某县2020年立案200起，见表9，编外3。\n二、拨打119求助80起，编外5。"
    folder = notebook(copy, "why", text)
    page = lab_page(1280, 900)
    shown(page, lab, "why")
    reasons = {r["reported"]: r["reason"] for r in rows(folder, "passed-over")}
    assert (reasons["一"], reasons["119"], reasons["9"], reasons["3"]) == (
        *("list number", "telephone number", "number of a table or chart", "no figure"),
    )
    expect_text(
        page, ".pf-head", "0 of 0 claims; numerals that do not say why they are no figure: 2"
    )
    # A click chooses it, and X asks about it, not about the figure before.
    mark(page, "80起").click()
    page.locator(".pf-passed", has_text="3").click()
    expect_text(page, ".pf-notice", "3 is no figure")
    assert page.locator(".pf-mark.pf-chosen").count() == 0
    page.keyboard.press("x")
    assert page.evaluate("document.activeElement.dataset.id") == "why"
    offered = page.locator("[data-id='why'] + datalist option").evaluate_all(
        "all => all.map(each => each.value)"
    )
    assert {"list number", "number of a table or chart"} < set(offered)
    assert barriers(page, ".pf-review") == []
    screenshot(page, "review-numeral")
    page.keyboard.press("Control+A")
    page.keyboard.insert_text("of another county")
    page.keyboard.press("Enter")
    expect_text(page, ".pf-head", "do not say why they are no figure: 1")
    assert {r["reported"] for r in rows(folder)} == {"200起", "80起"}
    # The keys lead to it, too; and the last leaves nothing to see to.
    mark(page, "200起").click()
    for _ in range(2):
        page.keyboard.press("a")
        page.wait_for_timeout(300)
    expect_text(page, ".pf-notice", "5 is no figure")
    # Whoever accepts on and on is told, and types nothing into the field.
    for _ in range(3):
        page.keyboard.press("a")
    expect_text(
        page, ".pf-status", "5 is not accepted, as nothing says why it is no figure. E: say"
    )
    assert page.locator("[data-id='why']").input_value() == ""
    assert page.evaluate("document.activeElement.innerText") == "5"
    page.keyboard.press("e")
    page.keyboard.press("Control+A")
    page.keyboard.insert_text("page number")
    page.keyboard.press("Enter")
    expect_text(page, ".pf-status", "Everything is read. 2 of 2 figures read, 0 of 0 claims")
    reasons = {r["reported"]: r["reason"] for r in rows(folder, "passed-over")}
    assert (reasons["3"], reasons["5"]) == ("of another county", "page number")
    page.keyboard.press("z")
    expect_text(page, ".pf-status", "Undone: 5")


def test_another_text_than_the_folders_is_told_and_changes_nothing(lab, copy, lab_page, screenshot):
    folder = notebook(copy, "foreign", "另一篇：2021年受理5件，见图9。", "zh")
    draft(folder, BULLETIN, "Made up")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    page = lab_page(1280, 900)
    shown(page, lab, "foreign")
    expect_text(
        page, ".pf-fault[role='alert']", "此文件夹出自另一篇原文：7 个数字中有 7 个不在所记的位置"
    )
    assert (
        page.locator(".pf-text li .pf-mark").count() == 7
    )  # listed, and none of them in this text
    assert page.locator(".pf-text p .pf-mark").count() == 0
    page.locator("[data-id='missed']").click()
    expect_text(page, ".pf-panel details", "5 (尚未归类)")
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    screenshot(page, "review-foreign-zh")


def test_a_table_is_read_as_one(lab, copy, lab_page, screenshot, barriers):
    source = "类别,2019年,2020年\n盗窃,12,15\n诈骗,30,28\n合计,42,44\n"
    folder = notebook(copy, "tabled", source, how="read_table(text)")
    page = lab_page(900, 1000)
    shown(page, lab, "tabled")
    table = page.locator(".pf-grid")
    heads = table.locator("th[scope='col']").all_inner_texts()
    assert heads == ["2019年", "2020年"]
    assert table.locator("th[scope='row']").all_inner_texts() == ["盗窃", "诈骗", "合计"]
    table.locator(".pf-mark", has_text="28").click()
    assert page.locator(".pf-panel dd").all_inner_texts()[1] == "诈骗 · 2020年"
    page.keyboard.press("a")
    expect_text(page, ".pf-head", "1 of 6 figures read")
    # 15 + 28 is 43, and 44 is printed.
    assert table.locator(".pf-mark.pf-contradicted").all_inner_texts() == ["15", "28", "44"]
    table.locator(".pf-mark", has_text="42").click()
    page.keyboard.press("e")
    page.keyboard.press("Control+A")
    page.keyboard.insert_text("全部案件")
    page.keyboard.press("Enter")
    expect_text(page, ".pf-panel h3", "全部案件")
    assert "全部案件" in {r["name_zh"] for r in rows(folder)}
    assert barriers(page, ".pf-review") == []
    screenshot(page, "review-table-900")


def test_the_name_that_is_corrected_is_the_one_that_a_figure_goes_by(
    lab, copy, lab_page, screenshot, barriers
):
    source = "Offence,2019,2020\nTheft,12,15\nFraud,30,28\n"
    folder = notebook(copy, "english", source, how="read_table(text)")
    page = lab_page(1280, 1000)
    shown(page, lab, "english")
    mark(page, "12").click()
    page.keyboard.press("e")
    assert page.evaluate("document.activeElement.dataset.id") == "name_en"
    # It stands first, so that the next field is a Tab away, and no other has its id.
    assert page.locator(".pf-panel .pf-field input").first.get_attribute("data-id") == "name_en"
    assert page.locator("[data-id='name_en']").count() == 1
    page.keyboard.press("Control+A")
    page.keyboard.insert_text("Thefts recorded")
    page.keyboard.press("Enter")
    expect_text(page, ".pf-panel h3", "Thefts recorded")
    first = rows(folder)[0]
    assert (first["name_zh"], first["name_en"]) == ("", "Thefts recorded")
    assert barriers(page, ".pf-review") == []
    screenshot(page, "review-english")
    # A name in Chinese can be added: then it is that which a key leads to.
    page.get_by_label("Name (Chinese)").fill("盗窃")
    page.keyboard.press("Enter")
    kept = "document.querySelector(\"[data-id='name_zh']\").dataset.kept"
    page.wait_for_function(f"{kept} == '盗窃'", timeout=PATIENCE)
    page.keyboard.press("e")
    assert page.evaluate("document.activeElement.dataset.id") == "name_zh"


def test_a_reload_a_second_window_and_a_restart_go_on_from_the_files(lab, copy, open_page):
    folder = notebook(copy, "again")
    first = open_page(1280, 1000)
    shown(first, lab, "again")
    mark(first, "200起").click()
    first.keyboard.press("a")
    expect_text(first, ".pf-head", "1 of 7 figures read")

    # A second window, with a kernel of its own.
    (copy / "notebooks" / "other.ipynb").write_bytes(
        (copy / "notebooks" / "again.ipynb").read_bytes()
    )
    second = open_page(1280, 1000)
    shown(second, lab, "other")
    expect_text(second, ".pf-head", "1 of 7 figures read")
    mark(second, "80起").click()
    second.keyboard.press("a")
    expect_text(second, ".pf-head", "2 of 7 figures read")
    # Back in the first, that is noticed.
    first.evaluate("window.dispatchEvent(new Event('focus'))")
    expect_text(first, ".pf-status", "changed underneath")
    expect_text(first, ".pf-head", "2 of 7 figures read")
    mark(first, "182起").click()
    first.keyboard.press("a")
    expect_text(first, ".pf-head", "3 of 7 figures read")

    # After a restart what is on screen is dead until its cell runs again, and says so.
    choose(first, "Kernel", "kernelmenu:restart")
    first.locator(".jp-Dialog-button.jp-mod-warn").click()
    first.wait_for_timeout(3000)
    mark(first, "90%").click()
    first.keyboard.press("a")
    expect_text(first, ".pf-fault", "Run this cell again")
    run_all(first, 2)
    expect_text(first, ".pf-head", "3 of 7 figures read")

    first.reload()
    first.wait_for_selector(".jp-NotebookPanel", timeout=PATIENCE)
    dialog = first.locator(".jp-Dialog-button.jp-mod-accept")
    first.wait_for_timeout(1000)
    if dialog.count():
        dialog.first.click()
    run_all(first, 2)
    expect_text(first, ".pf-head", "3 of 7 figures read")
    assert sum(r["status"] == "" for r in rows(folder)) == 3


def test_a_kernel_that_is_killed_leaves_files_to_go_on_from(lab, copy, lab_page):
    folder = notebook(copy, "killed")
    page = lab_page(1280, 1000)
    shown(page, lab, "killed")
    mark(page, "200起").click()
    page.keyboard.press("a")
    expect_text(page, ".pf-head", "1 of 7 figures read")
    os.kill(int((folder.parent / "killed.pid").read_text("utf-8")), signal.SIGKILL)
    page.locator(".jp-Dialog-button.jp-mod-accept").click()  # that it has died, and starts anew
    mark(page, "80起").click()
    page.keyboard.press("a")
    expect_text(page, ".pf-fault", "Run this cell again")
    assert [r["status"] for r in rows(folder)].count("") == 1
    assert not list(folder.glob(".review-*"))
    wait_for_kernel(page)
    run_all(page, 2)
    expect_text(page, ".pf-head", "1 of 7 figures read")
    mark(page, "80起").click()
    page.keyboard.press("a")
    expect_text(page, ".pf-head", "2 of 7 figures read")


@pytest.mark.parametrize("theme", ["Light", "Dark"])
def test_nothing_keeps_anybody_from_reading_it(lab, copy, lab_page, screenshot, barriers, theme):
    notebook(copy, f"axe-{theme.lower()}", language="zh" if theme == "Dark" else "en")
    page = lab_page(900, 1000)
    shown(page, lab, f"axe-{theme.lower()}")
    in_theme(page, f"JupyterLab {theme}")
    mark(page, "90%").click()
    page.keyboard.press("x")
    for part in page.locator(".pf-review details").all():
        part.evaluate("details => { details.open = true; }")
    assert barriers(page, ".pf-review") == []
    screenshot(page, f"review-{theme.lower()}-900")
    page.set_viewport_size({"width": 1280, "height": 1000})
    page.keyboard.press("Escape")
    page.keyboard.press("c")
    mark(page, "182起").click()
    page.wait_for_selector("[data-id='claim kind']", timeout=PATIENCE)
    assert barriers(page, ".pf-review") == []
    screenshot(page, f"review-{theme.lower()}-1280")
    page.keyboard.press("Escape")
    page.keyboard.press("t")
    page.wait_for_function("document.activeElement.dataset.id == 'when'", timeout=PATIENCE)
    page.keyboard.press("Control+A")
    page.keyboard.insert_text("上半年")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-id='alike']", timeout=PATIENCE)
    assert barriers(page, ".pf-review") == []
    screenshot(page, f"review-{theme.lower()}-alike")


def test_markup_in_text_and_names_is_shown_and_not_run(lab, copy, lab_page, barriers):
    folder = notebook(copy, "markup", f"立案342起。{MARKUP}另有5人。\u202eabc")
    page = lab_page(900, 1000)
    review = shown(page, lab, "markup")
    mark(page, "342起").click()
    name = page.get_by_label("Name (English)")
    name.fill(MARKUP)
    name.press("Enter")
    expect_text(page, ".pf-status", "Saved")
    assert rows(folder)[0]["name_en"] == MARKUP
    assert MARKUP in page.locator(".pf-text").inner_text()
    assert "[U+202E]" in page.locator(".pf-text").inner_text()
    assert barriers(page, ".pf-review") == []
    assert review.locator("img, script").count() == 0
    assert page.evaluate("window.marked") is None


def test_two_hundred_figures_are_read_by_keys(lab, copy, lab_page, screenshot):
    text = "\n".join(f"第{n}科立案{n + 300}起，同比下降{n % 30 + 1}.5%。" for n in range(1, 101))
    folder = notebook(copy, "many", text, "zh")
    page = lab_page(1280, 1000)
    shown(page, lab, "many")
    assert page.locator(".pf-mark").count() == 200
    page.locator(".pf-mark[tabindex='0']").focus()
    # Nothing is accepted that nobody can have seen: a key that comes twice, or is held down.
    twice = "new KeyboardEvent('keydown', { key: 'a', bubbles: true })"
    page.evaluate(f"for (const _ of [1, 2]) document.activeElement.dispatchEvent({twice})")
    expect_text(page, ".pf-head", "已核对 200 个数字中的 1 个、100 项说法中的 0 项")
    for _ in range(5):
        page.keyboard.down("a")
    page.keyboard.up("a")
    expect_text(page, ".pf-head", "已核对 200 个数字中的 2 个、100 项说法中的 0 项")
    page.keyboard.press("a")
    expect_text(page, ".pf-head", "已核对 200 个数字中的 2 个、100 项说法中的 1 项")
    assert sum(r["status"] == "" for r in rows(folder)) == 2
    screenshot(page, "review-200-zh")
