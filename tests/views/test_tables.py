"""Frames as tables to be read: expected cells are worked out by hand from what is printed."""

import re
from html.parser import HTMLParser

import pandas as pd
import pytest
from building import extract, one

from analysis import (
    Bounds,
    Source,
    audit,
    claims,
    compare,
    diagnose,
    load,
    load_all,
    series,
    show,
    tighten,
    year_over_year,
)


class Cells(HTMLParser):
    """The cells of a table's rows, each its tag, attributes and text; and what stands outside."""

    def __init__(self, page):
        super().__init__()
        self.rows, self.tags, self.outside, self.inside = [], [], [], False
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append([tag, dict(attributes), ""])
        self.inside = tag in ("td", "th") or (self.inside and tag == "span")

    def handle_endtag(self, tag):
        self.inside = self.inside and tag not in ("td", "th")

    def handle_data(self, data):
        if self.inside:
            self.rows[-1][-1][2] += data
        else:
            self.outside.append(data)


def cells(table):
    return [[text for _, _, text in row] for row in Cells(table.html).rows]


def test_the_five_columns_that_answer_first(datong):
    # 6623 / 0.8625 = 7678.8, 6623 / 0.8615 = 7687.8; 342 / 0.7645 = 447.4, / 0.7655 = 446.8.
    assert cells(show(year_over_year(datong), datong)) == [
        [
            "Figure",
            "Printed (cases)",
            "A year earlier, implied (cases)",
            "Change (%)",
            "Difference (cases)",
            "Whole numbers that fit",
        ],
        [
            "Criminal cases filed",
            "6,623",
            "7,679–7,687",
            "−13.85 to −13.75",
            "−1,064 to −1,056",
            "9",
        ],
        ["Cases filed in the eight main categories", "342", "447", "−23.55 to −23.45", "−105", "1"],
    ]
    below = Cells(show(year_over_year(datong), datong).html).outside
    assert below == [
        "In every row: against a year earlier; basis as printed.",
        "Not stated in any row: start; as of.",
        "Source: Shanxi Legal Daily (山西法制报), 2018-11-15",
    ]


def test_a_value_that_only_a_change_cut_off_gives_says_so():
    # 6924 / 7632 is 0.90723: a fall of 9.277%, printed 9.27.
    claim = [("change", {"current": "now", "change": "moved"})]
    cut = extract({"now": "6924件", "moved": "下降9.27%"}, claim, against="year earlier")
    table = year_over_year(cut)[["prior_low", "prior_high", "candidates"]]
    assert cells(show(table, cut))[1][1] == "7,632 if cut off"
    assert cells(show(table, cut, language="zh"))[1][1] == "截断时 7,632"


def test_in_chinese(datong):
    shown = cells(show(audit(datong), datong, language="zh"))
    assert shown[0] == ["说法", "类型", "刊出", "重算", "差距", "判断", "解释", "单位"]
    assert shown[-1][:6] == ["调处率", "比率", "89.85–89.95%", "89.746%", "0.104%", "≠ 不符"]
    assert "一位数字之差" in shown[-1][6]
    head = cells(show(year_over_year(datong), datong, language="zh"))[0]
    assert head[2] == "上年同期（推算）（起）"
    assert "来源：山西法制报，2018-11-15" in show(audit(datong), datong, language="zh").html


def test_words_left_and_numbers_right(datong):
    for head, *rows in [Cells(show(audit(datong), datong).html).rows]:
        sides = [re.search("text-align:(left|right)", a["style"])[1] for _, a, _ in head]
        assert sides == ["left", "left", "right", "right", "right", "left", "left", "left"]
        for row in rows:
            assert [re.search("text-align:(left|right)", a["style"])[1] for _, a, _ in row] == sides


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (6623.0, "6,623"),
        (Bounds(85.65, 85.75), "85.65–85.75"),
        (Bounds(99.5, 100), "99.5–100.0"),
        # One float step outward is not what was written.
        (Bounds(-13.850000000000001, -13.749999999999998), "−13.85 to −13.75"),
        # Long quotients: as many decimals as their width leaves, and outward.
        (Bounds(1 / 3, 2 / 3), "0.33–0.67"),
        (Bounds(40, 130 / 3), "40.0–43.4"),
        (Bounds(2.6434658, 2.6435426), "2.643–2.644"),
        (Bounds(162473 / 4967, 162473 / 4967), "32.71"),
        (Bounds(5, float("inf")), "≥ 5"),
        (Bounds(float("-inf"), 5), "≤ 5"),
        (0.00123456, "0.00123"),
        (None, "—"),
        (pd.NA, "—"),
        (float("nan"), "—"),
    ],
)
def test_numbers_have_the_decimals_that_are_known(value, shown):
    assert cells(show(pd.DataFrame({"x": [value, 1]})))[1] == [shown]


def test_missing_words_dates_and_truth():
    frame = pd.DataFrame(
        {"a": ["", "x"], "b": [pd.NaT, pd.Timestamp("2018-10-31")], "c": [True, False]}
    )
    assert cells(show(frame))[1:] == [["—", "—", "yes"], ["x", "2018-10-31", "no"]]


def test_the_frame_stays_as_it_was(datong):
    frame = datong.figures[["reported", "low", "high", "unit"]]
    before = frame.copy()
    show(frame, datong)
    pd.testing.assert_frame_equal(frame, before)


def test_units_in_the_head_or_in_a_column(datong):
    columns = ["reported", "low", "high", "unit"]
    alike = datong.figures.loc[["disputes", "disputes_mediated"], columns]
    assert cells(show(alike, datong))[0] == ["Figure", "Printed", "Bounds (cases)"]
    mixed = datong.figures.loc[["disputes", "mediation_rate"], columns]
    assert cells(show(mixed, datong))[0] == ["Figure", "Printed", "Bounds", "Unit"]
    assert cells(show(mixed, datong))[2][1:] == ["89.9%", "89.85–89.95%", "%"]
    # Without a column of units the extract tells them.
    assert cells(show(mixed.drop(columns="unit"), datong))[1][-1] == "cases"


def test_what_contradicts_and_what_is_proposed_is_marked_in_words_or_signs(datong):
    plain = show(audit(datong), datong)
    assert plain.html.count("≠ contradicts") == 1
    assert plain.text.count("≠ contradicts") == 1
    made = one("ratio", {"numerator": "1628起", "denominator": "1814起", "rate": "89.9%"})
    figures = made.figures.assign(status=["proposed", "", ""])
    unread = type(made)(figures, made.relations, source=Source("t", "p", "not stated"))
    table = show(unread.figures[["reported"]], unread)
    assert table.html.count("border-bottom:2px dashed") == 1
    assert table.text.splitlines()[1].startswith("? numerator")
    assert "proposed, not yet read by a person: 1 of 3 figures" in table.text
    assert "Source: p, day not stated" in table.text


def test_rows_of_several_extracts_are_named_by_their_own(datong):
    other = load("data/datong-2018-09")
    both = pd.concat([e.figures.assign(extract=e.name) for e in (other, datong)])
    rows = cells(show(both.loc[["cases_solved"], ["extract", "reported"]], datong, other))[1:]
    assert [row[0] for row in rows] == ["Criminal cases solved", "Cases solved or investigated"]
    indicators = pd.read_csv("data/indicators.csv")
    compared = show(compare(other, datong, indicators), datong, other)
    assert cells(compared)[1][0] == "Gangs and organisations broken up"
    assert "13.565–13.575 million" in compared.text


def test_it_is_plain_html_that_an_untrusted_notebook_keeps(datong):
    page = Cells(show(datong.figures, datong, title="All figures").html)
    tags = {tag for tag, _ in page.tags}
    assert tags <= set("div table caption thead tbody tr th td p span".split())
    assert {name for _, attributes in page.tags for name in attributes} == {
        *("lang", "style", "tabindex", "scope")
    }
    assert "All figures" in page.outside
    # No colour of text or page but in a mark: it is read on light and on dark.
    styles = [a.get("style", "") for tag, a in page.tags if tag != "span"]
    assert [style for style in styles if re.search(r"(?<!-)\bcolor:|background:#", style)] == []


def test_markup_and_signs_that_turn_the_text_are_shown():
    risky = extract({"a": "5起"}, note="<script>x</script>\u202e", name_en="<b>n</b>")
    page = show(risky.figures[["reported", "note"]].head(1), risky).html
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "[U+202E]" in page
    assert "&lt;b&gt;n&lt;/b&gt;" in page


def test_the_same_frame_is_the_same_page_and_the_same_text(datong):
    tables = [show(audit(datong), datong) for _ in range(2)]
    assert tables[0].html == tables[1].html
    assert repr(tables[0]) == repr(tables[1])
    assert "0x" not in repr(tables[0])


def test_a_long_frame_is_cut_and_says_so():
    table = show(pd.DataFrame({"x": range(1503)}))
    assert len(cells(table)) == 501
    assert "1,003 more rows are not shown." in table.text


def test_a_series_columns_of_two_levels_and_heads_of_ones_own():
    assert cells(show(pd.Series([1.5], index=["a"], name="x")))[1] == ["a", "1.5"]
    frame = pd.DataFrame([[1, 2]], columns=pd.MultiIndex.from_product([["now"], ["a", "b"]]))
    assert cells(show(frame))[0] == ["now / a", "now / b"]
    assert cells(show(frame, heads={"now / a": "Now, a"}))[0] == ["Now, a", "now / b"]


def test_an_empty_frame_has_a_head():
    assert cells(show(pd.DataFrame({"x": []}))) == [["x"]]


def test_misuse_is_one_clear_error(datong):
    with pytest.raises(TypeError, match="show takes a DataFrame or a Series, not list"):
        show([1])
    with pytest.raises(TypeError, match="sources: found str, expected an Extract"):
        show(datong.figures, "datong")
    with pytest.raises(ValueError, match="language: found 'fr', expected 'en' or 'zh'"):
        show(datong.figures, language="fr")


def test_keys_of_issues_and_indicators_are_shown_as_what_they_stand_for():
    fires, indicators = load_all("data/national-fires"), pd.read_csv("data/indicators.csv")
    table = series(fires, indicators).loc[["fires"], ["printed_low", "printed_high", "issue"]]
    for language, name in (("en", "Fires"), ("zh", "火灾")):
        table_shown = show(table.tail(2), *fires, indicators=indicators, language=language)
        rows = cells(table_shown)[1:]
        # The half of 2025 and the whole year, and the days on which their issues came out.
        assert [row[0] for row in rows] == [name] * 2
        assert [row[-1] for row in rows] == ["2025-07-17", "2026-03-17"]
        assert "national-fires" not in table_shown.html


def test_columns_of_sources_are_called_by_their_publishers(datong):
    other = load("data/shanxi-2018")
    frame = pd.DataFrame({e.name: [1.5] for e in (datong, other)})
    assert cells(show(frame, datong, other))[0] == ["Shanxi Legal Daily", "sxxnw.cn"]


def test_what_a_claim_implies_is_named_by_its_result(datong):
    # Of 342 cases and a fall of 23.5%: 447 a year earlier.
    told = tighten(datong).loc[["eight_categories_change.prior"], ["role", "tightened_low"]]
    assert cells(show(told, datong))[1][0] == "Eight main categories, year over year"


def test_what_a_claim_implies_has_the_unit_of_its_role(datong):
    # 342起 with 下降23.5%: 447 cases then and 105 fewer now, and neither is a percentage.
    told = tighten(datong).loc[[f"eight_categories_change.{r}" for r in ("prior", "difference")]]
    table = show(told[["role", "tightened_low", "tightened_high"]], datong)
    assert [row[-1] for row in cells(table)[1:]] == ["447", "−105"]
    assert cells(table)[0][-1] == "Tightened (cases)"


def test_claims_name_their_figures_in_either_language(datong):
    table = cells(show(claims(datong).drop(columns=["status", "claim"]), datong, language="zh"))
    by_head = dict(zip(table[0], zip(*table[1:], strict=True), strict=True))
    assert by_head["合计"][0] == "打掉涉黑涉恶团伙"
    assert by_head["分项"][0] == "黑社会性质组织、恶势力犯罪集团、恶势力犯罪团伙"
    assert by_head["分子"][-1] == "调处矛盾纠纷"
    wrong = cells(show(diagnose(datong)[["figure", "claims"]], datong))
    assert wrong[1] == ["Share of disputes mediated", "Share of disputes mediated"]


def test_a_short_word_stays_on_one_line(datong):
    """Chinese may break after each character: 合计 would stand upright on a narrow page."""
    for row in Cells(show(audit(datong), datong, language="zh").html).rows:
        kind = row[1]
        assert "white-space:nowrap" in kind[1]["style"]
