"""The page to read proofs from: what is marked, told, escaped and never lost."""

import hashlib
import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pytest

from analysis import (
    Extract,
    Source,
    diagnose,
    find_figures,
    load,
    proofread,
    read_article,
    read_table,
)
from analysis.phrases import EXPLAINED
from analysis.views.words import Words
from tests.building import claimed

DATA = Path(__file__).resolve().parents[2] / "data"
VOID = {"br"}
ALLOWED = """div p b br span mark sup small ol ul li details summary table thead tbody tr th td"""
NOTHING = pd.DataFrame(columns=["relation", "kind", "role", "figure"])


class Tree(HTMLParser):
    """A page read back: every tag closed in order, and its marks, titles and visible text."""

    def __init__(self, page):
        super().__init__()
        self.open, self.tags, self.titles, self.marks, self.styles = [], Counter(), [], [], []
        self.attributes = Counter()
        self.text = ""
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags[tag] += 1
        self.attributes.update(name for name, _ in attrs)
        given = dict(attrs)
        self.styles.append(given.get("style", ""))
        if tag == "mark":
            self.titles.append(given.get("title"))
            self.marks.append("")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data
        if "mark" in self.open:
            self.marks[-1] += data


def tree(*args, **kwargs):
    return Tree(proofread(*args, **kwargs)._repr_html_())


def placed(text, **columns):
    """An extract of the figures found in a text, each with a name."""
    found = find_figures(text)
    named = found.set_index(pd.Index([f"f{n}" for n in range(len(found))], name="figure"))
    return Extract(named.assign(**columns), NOTHING)


@pytest.fixture(scope="module")
def bulletin():
    return load(DATA / "example-bulletin")


@pytest.fixture(scope="module")
def text():
    return (DATA / "example-bulletin" / "article.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_figure_of_the_bulletin_is_marked_once_where_it_stands(bulletin, text, language):
    page = tree(bulletin, text, language)
    order = bulletin.figures.sort_values(["paragraph", "position"])
    assert page.marks == order["reported"].tolist()
    names = bulletin.named(language)[order.index]
    assert [title.startswith(name) for title, name in zip(page.titles, names, strict=True)] == [
        True
    ] * len(order)
    # What a pointer shows is also in the page, for a screen reader.
    assert all(f"({title})" in page.text for title in page.titles)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", ["datong-2018", "shanxi-2018", "population"])
def test_without_a_text_every_figure_stands_in_the_table(name, language):
    article = load(DATA / name)
    page = tree(article, language=language)
    assert page.marks == article.figures["reported"].tolist()
    assert page.tags["tr"] == 1 + len(article.figures)
    told = article.relations["relation"].nunique() + len(diagnose(article))
    assert page.tags["li"] == told
    assert page.tags["details"] == 0


def test_the_article_has_every_figure_marked_once(datong, article):
    page = tree(datong, article)
    assert sorted(page.marks) == sorted(datong.figures["reported"])
    assert "do not stand" not in page.text
    assert "not the text" not in page.text


def test_what_a_figure_is_told_as(bulletin, text):
    titles = tree(bulletin, text).titles
    # −12.4 as printed is within half of its last place, 0.05, either way.
    assert titles[1] == (
        "Criminal cases filed, year over year; change; within −12.45 to −12.35%; "
        "period: 截至2026年6月30日 (as of 2026-06-30); base: a year earlier; basis: as printed; "
        "claim 1: agrees"
    )
    assert titles[10] == (
        "Money involved in fraud; amount; within 175,000,000–185,000,000 (yuan); "
        "period: 上半年 (2026-01-01 to 2026-06-30)"
    )
    assert "exactly 1,260 (cases); period: not stated; No day is stated" in titles[12]
    assert tree(bulletin, text, "zh").titles[1] == (
        "刑事案件立案数同比；增减幅度；范围−12.45至−12.35%；"
        "时期：截至2026年6月30日（截至2026-06-30）；对比基期：上年同期；口径：按刊出数；说法1：相符"
    )


def test_a_contradiction_is_plain_to_see(bulletin, text):
    """1197 of 1260 is 95%; 95.3% is printed. Three figures are framed, and no other."""
    proof = proofread(bulletin, text)
    page = Tree(proof.html)
    framed = re.findall(r"<mark [^>]*outline:[^>]*>([^<]*)", proof.html)
    assert framed == ["1260起", "1197起", "95.3%"]
    assert page.text.count("6 ≠") == 2 * 3  # behind each in the text, and in the table
    assert "contradicted: 1 (number 6)" in page.text
    words = "Share of disputes mediated: 1197起 of 1260起 is 95.0%, printed 95.3%"
    assert f"<b>{words}</b>" in proof.html
    assert repr(proof) == f"19 figures, 7 claims; contradicted: 1 (number 6)\n6. {words}"


def test_where_nothing_contradicts_nothing_is_framed():
    article = claimed(("ratio", {"rate": "50%", "numerator": "1起", "denominator": "2起"}))
    proof = proofread(article)
    assert "outline" not in proof.html
    assert "≠" not in proof.html
    assert repr(proof) == "3 figures, 1 claim; contradicted: 0"


@pytest.mark.parametrize(
    ("kind", "roles", "en", "zh"),
    [
        (
            "ratio",
            {"rate": "89.9%", "numerator": "1628起", "denominator": "1814起"},
            "1628起 of 1814起 is 89.7%, printed 89.9%",
            "1814起中的1628起为89.7%，刊出89.9%",
        ),
        (
            "sum",
            {"total": "65起", "part": ["41起", "9起", "14起"]},
            "41起 + 9起 + 14起 is 64, printed 65起",
            "41起 + 9起 + 14起为64，刊出65起",
        ),
        (
            "part",
            {"total": "40起", "part": ["30起", "9起"]},
            "30起 + 9起 is 39, within the printed 40起",
            "30起 + 9起为39，未超过刊出的40起",
        ),
        (
            "part",
            {"total": "40起", "part": ["30起", "19起"]},
            "30起 + 19起 is 49, more than the printed 40起",
            "30起 + 19起为49，超过刊出的40起",
        ),
        (  # 150 / 120 is 1.25
            "change",
            {"current": "150起", "prior": "120起", "change": "上升30%"},
            "120起 → 150起 is 25%, printed 上升30% (not stated)",
            "120起 → 150起为25%，刊出上升30%（未注明）",
        ),
        (  # 31 more, and 150 now, is 31 / 119 = 26.05%
            "change",
            {"current": "150起", "prior": "120起", "change": "上升25%", "difference": "增加31起"},
            "120起 → 150起 with 增加31起 gives 26%, printed 上升25% (not stated)",
            "120起 → 150起，增加31起，重算为26%，刊出上升25%（未注明）",
        ),
        (  # nothing to hold it against
            "change",
            {"current": "95.3%", "difference": "提高1.2个百分点"},
            "95.3% from ?: 提高1.2个百分点 (not stated)",
            "? → 95.3%：提高1.2个百分点（未注明）",
        ),
        (  # 200 / 299 is 66.889%
            "ratio",
            {"rate": "66.94%", "numerator": "200起", "denominator": "299起"},
            "200起 of 299起 is 66.89%, printed 66.94%",
            "299起中的200起为66.89%，刊出66.94%",
        ),
    ],
)
def test_claims_in_words(kind, roles, en, zh):
    article = claimed((kind, roles))
    assert f": {en}" in tree(article).text
    assert f"：{zh}" in tree(article, language="zh").text


def test_recomputed_has_the_decimals_that_tell_it_from_what_is_printed():
    """12.6% is 13% to the place that is printed. 30多% is up to 40%, as 40.2% is to that place."""
    article = claimed(("ratio", {"rate": "12%", "numerator": "126起", "denominator": "1000起"}))
    assert "126起 of 1000起 is 13%, printed 12%" in tree(article).text
    article = claimed(("ratio", {"rate": "30多%", "numerator": "201起", "denominator": "500起"}))
    assert "201起 of 500起 is 40.2%, printed 30多%" in tree(article).text
    # 1.5万 may be anything from 14,500 to 15,500.
    article = claimed(("sum", {"total": "1.5万件", "part": ["14400件", "99件"]}))
    assert "14400件 + 99件 is 14,499, printed 1.5万件" in tree(article).text


def test_what_is_proposed_is_told_from_what_was_read(bulletin, text):
    read, proposed = proofread(bulletin, text), proofread(read_article(text), text)
    assert "dashed" not in read.html
    assert "Every figure and every claim has been read by a person" in read.html
    marks = re.findall(r"<mark [^>]*>", proposed.html)
    assert len(marks) == 19
    assert all("dashed" in mark for mark in marks)
    assert all("not yet read by a person" in mark for mark in marks)
    assert "19 of 19 figures, 7 of 7 claims" in proposed.html
    assert "proposed: 同比" in proposed.html  # the words that tie
    some = bulletin.figures.assign(status="")
    some.loc["frauds", "status"] = "proposed"
    page = proofread(Extract(some, bulletin.relations), text).html
    assert len(re.findall(r"<mark [^>]*dashed", page)) == 1
    assert "1 of 19 figures, 0 of 7 claims" in page


HOSTILE = "<script>alert(1)</script>\"quoted\" 'single' & &amp; </mark></div>\u202eRTL\u2066\0"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_hostile_text_and_names_stay_text(language):
    line = f"{HOSTILE}立案342起,{HOSTILE}下降23.5%{HOSTILE}\ud800"
    names = {"name_en": HOSTILE, "name_zh": HOSTILE, "when": HOSTILE, "note": HOSTILE}
    article = placed(line, against=HOSTILE, basis=HOSTILE, status="proposed", **names)
    claim = [("r<b>", "change", "current", "f0"), ("r<b>", "change", "change", "f1")]
    relations = pd.DataFrame(claim, columns=NOTHING.columns).assign(note=HOSTILE, status="proposed")
    source = Source(title=HOSTILE, publisher=HOSTILE, published=HOSTILE, publisher_en=HOSTILE)
    hostile = Extract(article.figures, relations, source=source)
    for given in (line, None, line.replace("342起", "442起")):
        proof = proofread(hostile, given, language)
        page = Tree(proof.html)
        assert set(page.tags) <= set(ALLOWED.split())
        assert set(page.attributes) <= {"style", "title", "lang", "value", "scope", "tabindex"}
        assert set(page.marks) == {"342起", "下降23.5%"}
        assert "[U+202E]RTL[U+2066]" in page.text
        assert not re.search("[\u202e\u2066\0\ud800]", proof.html + repr(proof))
        assert "<script>alert(1)</script>" in page.text  # as text
        proof.html.encode()  # can be kept in a notebook


def test_figures_that_do_not_stand_where_they_should_are_listed():
    line = "立案342起,破案91个"
    figures = placed(line).figures.drop(columns=["name_en", "name_zh"])
    places = {
        "away": (1, 3),
        "beyond": (9, 0),
        "negative": (1, -3),
        "past": (1, 99),
        "none": (pd.NA, pd.NA),
        "zeroth": (0, 2),
    }
    more = {key: figures.iloc[0].to_dict() for key in places}
    for key, (paragraph, position) in places.items():
        more[key] |= {"paragraph": paragraph, "position": position}
    every = pd.concat([figures, pd.DataFrame.from_dict(more, orient="index")])
    page = tree(Extract(every, NOTHING), line)
    assert page.marks == ["342起", "91个", *["342起"] * len(places)]
    assert "do not stand where the tables say" in page.text
    below = page.text.partition("do not stand")[2].partition("All figures")[0]
    assert all(key in below for key in places)


def test_overlapping_figures_break_nothing_and_are_not_lost():
    line = "下降至3—5起"
    rows = {
        "a": ("3—5起", 3),
        "b": ("5起", 5),
        "c": ("3—5起", 3),
        "d": ("降至3", 1),
        "e": ("起", 6),
    }
    figures = pd.DataFrame.from_dict(rows, orient="index", columns=["reported", "position"])
    given = {"unit": "起", "measure": "count", "value": 3.0, "low": 3.0, "high": 5.0, "hedge": ""}
    page = tree(Extract(figures.assign(paragraph=1, **given), NOTHING), line)
    assert page.marks[0] == "降至3"
    assert sorted(page.marks) == sorted(reported for reported, _ in rows.values())
    assert "下降至3" in page.text.replace(" (" + page.titles[0] + ")", "")


def test_the_text_stays_as_it_was():
    line = "  列一\t列二　342起 "
    assert "  列一\t列二　342起" in tree(placed(line), line + "\r\n\r\n甲").text
    assert "pre-wrap" in proofread(placed(line), line).html


def test_the_same_bytes_each_time(bulletin, text):
    assert proofread(bulletin, text).html == proofread(load(bulletin_path()), text).html
    assert not re.search(r"0x[0-9a-f]{6,}|<script|<style|javascript:", proofread(bulletin).html)
    assert " at 0x" not in repr(proofread(bulletin))


def bulletin_path():
    return DATA / "example-bulletin"


def test_source_and_another_text(bulletin, text):
    page = tree(bulletin, text)
    assert page.text.rstrip().endswith(
        "Source: invented for this project (甲县公安局), 2026-07-10, 甲县上半年社会治安通报"
        "Every figure and every claim has been read by a person"
    )
    line = "立案342起"
    figures = placed(line).figures
    same = Source("", "报", sha256=hashlib.sha256(line.encode()).hexdigest())
    assert "not the text" not in tree(Extract(figures, NOTHING, source=same), line).text
    assert "not the text" in tree(Extract(figures, NOTHING, source=same), line + "。").text
    assert "Source: 报, day not stated" in tree(Extract(figures, NOTHING, source=same)).text
    assert "Source: not stated" in tree(Extract(figures, NOTHING)).text


def test_a_claim_of_a_figure_that_is_missing_is_told_so():
    roles = {"rate": "50%", "numerator": "1起", "denominator": "2起"}
    whole = claimed(("ratio", roles))
    page = tree(Extract(whole.figures.iloc[:2], whole.relations))
    assert "50% = 1起 / ?" in page.text
    assert "a figure is missing" in page.text
    page = tree(Extract(whole.figures.iloc[1:], whole.relations), "1起", "zh")
    assert "r0：? = 1起 / 2起" in page.text
    assert "缺少数字" in page.text


def test_nothing_to_show_is_shown_as_such():
    page = tree(read_article("没有数字。"), "没有数字。")
    assert page.marks == []
    assert "0 figures, 0 claims" in page.text
    assert "No claims" in page.text


def test_chinese_pages_explain_in_chinese(bulletin, text):
    """Every explanation that the audit gives has its words in Chinese."""
    found = tree(bulletin, text, "zh").text
    assert "95.3% → 95.0% (一位数字之差)" in found
    assert "没有同时刊出可以检验它的数字" in found
    from analysis.claims.edits import SLIPS

    assert set(SLIPS) <= set(EXPLAINED)


def luminance(colour):
    digits = colour[1:] if len(colour) == 7 else "".join(2 * c for c in colour[1:])
    parts = [int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a, b):
    light, dark = sorted((luminance(a), luminance(b)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_colours_of_text_come_with_a_background_that_they_stand_out_on(text):
    """4.5:1 is WCAG's least for text, 3:1 for the frame on a white or black page."""
    assert contrast("#000", "#fff") == pytest.approx(21)
    pairs, page = 0, proofread(read_article(text), text).html
    for style in set(Tree(page).styles):
        found = dict(each.split(":") for each in style.split(";") if each)
        assert ("color" in found) == ("background" in found)
        if "color" in found:
            pairs += 1
            assert contrast(found["color"], found["background"]) >= 4.5
    assert pairs >= 6
    frames = set(re.findall(r"outline:2px solid (#[0-9a-f]+)", page))
    assert [min(contrast(frame, "#fff"), contrast(frame, "#111")) >= 3 for frame in frames] == [
        True
    ]


def test_bad_input_is_refused(bulletin):
    with pytest.raises(ValueError, match="language: found 'de', expected 'en' or 'zh'"):
        proofread(bulletin, language="de")
    with pytest.raises(
        TypeError, match="proofread takes an Extract, as load gives it, not DataFrame"
    ):
        proofread(bulletin.figures)
    with pytest.raises(TypeError, match=r"text: found bytes, expected a text \(str\) or None"):
        proofread(bulletin, b"342")
    with pytest.raises(ValueError, match="found none of the 19 figures of the extract where"):
        proofread(bulletin, "全镇登记摩托车340辆。")


def test_work_grows_with_the_text_and_not_faster():
    """Steps, not seconds: calls made for a line of many figures, and for one four times as long."""
    import cProfile
    import pstats

    def calls(times):
        line = "立案342起,同比下降23.5%,其中盗窃91起。" * times
        article = placed(line)
        profile = cProfile.Profile()
        profile.runcall(proofread, article, line)
        return pstats.Stats(profile).total_calls

    calls(1)
    few, many, most = calls(50), calls(250), calls(450)
    assert most - many == pytest.approx(many - few, rel=0.1)


def test_the_diagnosis_stands_with_its_figure_and_above_the_claims(bulletin, text):
    """1197 of 1260 is 95.0%: one digit of 95.3%, the likeliest of three."""
    proof = proofread(bulletin, text)
    page = Tree(proof.html)
    assert proof.html.count("→ 95.0%?</span>") == 2  # in the text, and in the table
    assert page.text.index("the fewest figures that must be wrong") < page.text.index("Claims, rec")
    assert "Likeliest: Share of disputes mediated: 95.3% → 95.0% (one digit)" in page.text
    assert page.text.count("Or else: ") == len(diagnose(bulletin)) - 1
    assert "likeliest to be wrong: 95.3% → 95.0%" in page.text  # also to those who listen
    assert "最可能：" in proofread(bulletin, text, "zh").html


def test_what_was_cut_off_in_place_of_rounded_is_not_said_to_be_wrong():
    """6380 is 3.858% above 6143, cut off to 3.85%; 38 of 52 is 73.1%, which no cut makes 74.1%."""
    cut = ("change", {"current": "6380件", "change": "上升3.85%"})
    article = claimed(cut, ("ratio", {"rate": "74.1%", "numerator": "38件", "denominator": "52件"}))
    assert set(diagnose(article)["reported"]) > {"上升3.85%", "74.1%"}
    page = tree(article)
    assert "74.1% → 73.1%" in page.text
    assert "上升3.85% →" not in page.text
    assert "wrong" not in tree(claimed(cut)).text


def test_claims_that_agree_singly_and_not_together_are_diagnosed():
    """About 100 is 50 to 150 at most: 90 and 110 are both within, and not both at once."""
    article = claimed(
        ("sum", {"total": "约100起", "part": ["60起", "30起"]}),
        ("sum", {"total": "约100起", "part": ["70起", "40起"]}),
    )
    page = tree(article)
    assert "contradicted: 0" in page.text
    told = "Claims 1, 2 cannot all hold, though they may without any one of them"
    assert told in page.text
    assert repr(proofread(article)).endswith(told)
    assert "第1、2项说法不能同时成立" in proofread(article, language="zh").html
    assert "the fewest figures that must be wrong" in page.text


# Made up; 15 + 28 is 43, and 44 is printed.
TABLE = "类别,2019年,2020年\n盗窃,12,15\n诈骗,30,28\n合计,42,44\n"


@pytest.mark.parametrize("given", [None, TABLE])
def test_a_table_is_shown_as_one_with_its_contradicting_cells_framed(given):
    proof = proofread(read_table(TABLE), given)
    page = Tree(proof.html)
    cells = re.findall(r"<(th|td)[^>]*>(.*?)</\1>", proof.html.split("</table>")[0])
    shown = [re.sub("<[^>]*>| \\(.*?\\)", "", cell) for _, cell in cells]
    assert [cell for cell in shown if cell in ("2019年", "2020年", "盗窃", "诈骗", "合计")] == (
        ["2019年", "2020年", "盗窃", "诈骗", "合计"]
    )
    assert page.marks == ["12", "15", "30", "28", "42", "44"]
    framed = re.findall(r"<mark [^>]*outline:[^>]*>([^<]*)", proof.html)
    assert framed == ["15", "28", "44"]
    assert proof.html.count("<table") == 2  # the table, and the list of all figures
    assert "do not stand" not in page.text
    assert set(page.tags) <= set(ALLOWED.split())


def test_the_levels_of_a_head_stand_over_their_columns():
    table = tree_of_levels().split("<tbody>")[0]
    heads = re.findall(r"<th scope='(\w+)' colspan='(\d)'[^>]*>([^<]*)</th>", table)
    assert heads == [
        *(("colgroup", "2", "2019年"), ("colgroup", "2", "2020年")),
        *(("col", "1", n) for n in ("起数", "人数", "起数", "人数")),
    ]


def tree_of_levels():
    columns = [f"{year} / {name}" for year in ("2019年", "2020年") for name in ("起数", "人数")]
    figures = pd.DataFrame(
        {"reported": ["1起", "2人", "3起", "4人"], "unit": ["起", "人"] * 2, "measure": "count"}
        | {"row": "盗窃", "column": columns},
        index=list("abcd"),
    )
    return proofread(Extract(figures, NOTHING)).html


def test_what_a_change_is_against_and_what_is_left_are_written_as_a_reader_counts():
    text = (
        "2018年产量1506.7万吨，比2016年增长12.5%，其中甲1300万吨，乙306.7万吨。"
        "资产1234567890.5亿元。"
    )
    words = Words(read_article(text), "en")
    assert "(against 2016)" in words.claims[0].named
    assert words.figures["产量_变化"].against == "2016"  # base: 2016
    said = [f.bounds for f in words.figures.values()] + [d.words for d in words.doubts]
    assert words.doubts
    assert not [each for each in said if re.search(r"[0-9]e[+0-9]", each)]
    assert "123,456,789,05" in words.figures["资产"].bounds


def test_what_is_left_of_a_figure_without_a_slip_is_no_power_of_ten():
    # 1399.5万 of 91.45% is 1530.3万, 1400.5万 of 91.35% is 1533.1万; and no slip comes to that.
    words = Words(read_article("受理1650.5万件，办结1400万件，办结率91.4%。"), "en")
    assert words.doubts[0].words == "Likeliest: 受理: 1650.5万件 → 15.303–15.332 million"
