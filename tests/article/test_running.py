"""Texts with the lines of a page: what stands in them is what stands in their paragraphs."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import coverage, draft, load, proofread, read_article
from analysis.article.running import running
from analysis.extract.coverage import standing
from analysis.figures.script import width
from analysis.views.corrections import Finder

# Made up; the figures add up: 342 + 171 + 57 = 570, 285 / 570 = 50.0%.
CHINESE = (
    "2018年上半年，甲市共立刑事案件570起，同比下降13.8%，其中盗窃案件342起，同比下降23.5%；"
    "诈骗案件171起，同比上升5.2%；其他案件57起，与去年同期持平。共破获285起，占立案总数的50.0%，"
    "抓获犯罪嫌疑人1628人，比上年同期增加112人。全市人民调解组织共受理矛盾纠纷1814件，调解成功1628件，"
    "调解成功率为89.7%，比上年提高1.2个百分点；接待来访群众2万余人次，按时办结率达到98.6%以上。"
)
ENGLISH = (
    "There were 1,732 burglaries in 2018, a decrease of 2% compared with 2017. The number of thefts"
    " fell by 12 per cent from 446 in 2017 to 392 in 2018, and a total of 194,477 calls were"
    " answered, of which 1,658 were about fires."
)


def wrapped(text: str, columns: int, *, anywhere: bool) -> str:
    """The text with lines of so many columns; numbers are kept together unless `anywhere`."""
    lines = [""]
    for token in re.findall(r"." if anywhere else r"[A-Za-z0-9.,%]+|.", text):
        full = width(lines[-1]) + width(token) > columns
        if full and token not in "，。；、":  # these never begin a line
            lines.append("")
        lines[-1] += token
    return "\n".join(lines)


def claims(text: str) -> list[list[str]]:
    article = read_article(text)
    told = article.relations.assign(figure=article.figures["reported"].loc[
        article.relations["figure"]].to_numpy())  # fmt: skip
    return told[["relation", "role", "figure"]].to_numpy().tolist()


@given(st.integers(44, 68), st.booleans())
def test_a_wrapped_text_says_the_same(columns, anywhere):
    text = wrapped(CHINESE, columns, anywhere=anywhere)
    assert claims(text) == claims(CHINESE)
    assert set(coverage(read_article(text), text)["accounted"]) == {1}


HAN = "[\u3400-\u9fff]"
TYPESET = {
    "blanks around numbers": lambda text: re.sub(
        rf"(?<={HAN})(?=[0-9])|(?<=[0-9%])(?={HAN})|(?<=[0-9])(?=%)", " ", text
    ),
    "no-break blanks": lambda text: re.sub(rf"(?<={HAN})(?=[0-9])", "\xa0", text),
    "blanks behind signs": lambda text: re.sub("([，。；])(?=.)", r"\1 ", text),
    "blanks before signs": lambda text: re.sub("([，。；])", r" \1", text),
    "zero-width characters": lambda text: "\u200b".join(text),
    "byte order marks": lambda text: re.sub("([0-9])", "\ufeff\\1", text),
    "full width": lambda text: text.translate(
        str.maketrans("0123456789%", "０１２３４５６７８９％")
    ),
    "indentation": lambda text: f"\u3000\u3000{text}",
    "ends of lines": lambda text: f"{text}\r\n",
}


@pytest.mark.parametrize("kind", TYPESET)
def test_how_a_text_is_typeset_changes_nothing(kind, tmp_path):
    text = TYPESET[kind](CHINESE)
    article = read_article(text)
    bare = [
        [re.sub(r"\s", "", unicodedata.normalize("NFKC", said)) for said in row]
        for row in claims(text)
    ]
    assert bare == claims(CHINESE)
    assert set(coverage(article, text)["accounted"]) == {1}
    draft(tmp_path / "folder", article, "made up")
    again = load(tmp_path / "folder").figures
    assert again["low"].tolist() == read_article(CHINESE).figures["low"].tolist()


LAYOUTS = {
    "a mail's quotes": lambda lines: "\n".join(f"> {line}" for line in lines),
    "quotes of quotes": lambda lines: "\n".join(f">> {line}" for line in lines),
    "margins": lambda lines: "\n".join(f"    {line}" for line in lines),
    "blanks behind": lambda lines: " \n".join(lines),
    "ends of lines": lambda lines: "\r\n".join(lines),
    "lines apart": lambda lines: "\n\n".join(lines),
    "numbers of pages": lambda lines: "\n\n- 3 -\n\f".join(lines),
    "numbers in words": lambda lines: "\n第 3 页 共 12 页\n".join(lines),
    "blanks around numbers": lambda lines: "\n".join(
        re.sub(rf"(?<={HAN})(?=[0-9])|(?<=[0-9])(?=%)", " ", line) for line in lines
    ),
    "zero-width characters": lambda lines: "\n".join("\u200b".join(line) for line in lines),
}


@pytest.mark.parametrize("columns", [56, 60])
@pytest.mark.parametrize("kind", LAYOUTS)
def test_what_a_page_has_around_its_lines_changes_nothing(kind, columns):
    text = LAYOUTS[kind](wrapped(CHINESE, columns, anywhere=True).split("\n"))
    article = read_article(text)
    assert [[re.sub(r"\s", "", said) for said in row] for row in claims(text)] == claims(CHINESE)
    assert set(coverage(article, text)["accounted"]) == {1}
    for at in article.figures.itertuples():
        assert standing(text.split("\n"), at.paragraph - 1, at.position, at.reported)


@pytest.mark.parametrize("layout", ["\n> ", " \n", "\r\n"])
def test_an_english_line_goes_on_whatever_is_around_it(layout):
    lines = re.sub(r"(.{60,70}) ", r"\1\n", ENGLISH).split("\n")
    text = ("> " if ">" in layout else "") + layout.join(lines)
    assert claims(text) == claims(ENGLISH)


@pytest.mark.parametrize(
    "text",
    [
        "超过以下标准的企业如下\n> 342家\n> 120家",  # more than
        "全年情况如下：\n\n盗窃案件342起\n\n- 3 -\n\n诈骗案件120起",
    ],
)
def test_what_is_no_quote_and_no_end_of_a_page_within_a_paragraph(text):
    assert running(text).text == text


@pytest.mark.parametrize("sign", ["✅ ", "①", "🚨", "● "])
def test_an_item_begins_with_a_sign(sign):
    items = ["全市刑事案件立案总数及与去年同期相比的情况分别", "全市治安案件受理总数为", "完"]
    text = "\n".join(sign + item for item in items)
    assert running(text).text == text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("The figure shows that the number of thefts rose\n5% in 2018.", "rose 5%"),
        ("The figure shows what happened to thefts, year-on-\nyear, in 2018.", "year-on-year"),
        ("全年实现营业收入3 .5亿元", "收入3.5亿元"),
    ],
)
def test_what_a_line_and_a_blank_part(text, said):
    assert said in running(text).text


@pytest.mark.parametrize("indent", ["    ", "\u3000\u3000", "\t"])
def test_paragraphs_may_be_indented(indent):
    lines = ["全市共立刑事案件570起，下降13.8%。", "其中：盗窃案件342起。"]
    text = "\n".join(indent + line for line in lines)
    assert claims(text) == claims("\n".join(lines))
    assert len(claims(text)) == 4
    assert set(coverage(read_article(text), text)["accounted"]) == {1}


def test_a_figure_with_hidden_characters_can_be_marked():
    found = Finder("另有1\u200b20人。").find(1, 2, 7, [])
    assert (found.reported, found.row["value"], found.position) == ("120人", "120", 2)


def test_quoted_lines_may_all_begin_with_numbers():
    lines = ["570起刑事案件在2018年全市立案侦查的基础上同比下降", "13.8%，其中盗窃342起。"]
    assert running("> " + "\n> ".join(lines)).text == "".join(lines)


def test_a_hidden_character_before_a_line_is_gone():
    assert read_article("\ufeff立案342起").figures["position"].tolist() == [3]


def test_labels_with_bare_numbers_stay_apart():
    line = "治安 962 刑事 378 小计 1340"
    assert running(line).text == "治安962 刑事378 小计1340"
    assert running("治安 962 75.1").text == "治安 962 75.1"


@pytest.mark.parametrize("columns", [60, 72, 80])
def test_an_english_line_goes_on_in_small_letters(columns):
    words, lines = ENGLISH.split(" "), [""]
    for word in words:
        if len(lines[-1]) + len(word) > columns:
            lines.append("")
        lines[-1] += f" {word}" if lines[-1] else word
    assert len(lines) > 2
    text = "\n".join(lines)
    assert claims(text) == claims(ENGLISH)
    assert set(coverage(read_article(text), text)["accounted"]) == {1}


@pytest.mark.parametrize(
    "text",
    [
        # Rows of a list that are equally wide, and end in figures.
        "第一产业增加值155864万元，比上年增长6.2%\n第二产业增加值275605万元，比上年增长15.3%\n"
        "第三产业增加值365687万元，比上年增长10.3%\n第四产业增加值365687万元，比上年增长10.3%",
        "2018年甲市公安局打击各类违法犯罪活动工作情况通报\n甲市公安局办公室\n2018年共立案570起。",
        "一、全市公安机关打击各类违法犯罪活动工作情况和\n二、全市公安机关队伍建设情况",
        "Burglaries and thefts in the county, by district of the\n\n2018 was a good year.",
        "12 months of crime\nburglaries fell by 5%",
        "",
        "\n\n",
    ],
)
def test_what_has_lines_of_its_own_keeps_them(text):
    assert running(text).text == text


def test_a_figure_over_the_end_of_a_line_stands_in_both():
    lines = ["全年共立刑事案件一千余起，其中盗窃案件下降13.", "8%，破获812起。"]
    text = "\n".join(lines)
    article = read_article(text)
    at = article.figures.loc[article.figures["reported"] == "下降13.8%"].iloc[0]
    assert (at["value"], at["paragraph"], at["position"]) == (-13.8, 1, lines[0].index("下降"))
    assert standing(lines, 0, int(at["position"]), "下降13.8%") == [(0, 19, 24), (1, 0, 2)]
    shown = re.sub(
        r"<span[^>]*>.*?</span>|<sup.*?</sup>|<[^>]+>", "", proofread(article, text).html
    )
    assert "下降13.8%，破获" in shown
    assert shown.count("8%，破获") == 1


@pytest.mark.parametrize(
    ("lines", "start", "reported"),
    [
        (["下降13.", "7%"], 0, "下降13.8%"),
        (["下降13."], 0, "下降13.8%"),
        (["下降13.8%"], 9, "下降13.8%"),
        (["下降"], -1, "下降"),
        ([], 0, "下降"),
        (["下降"], 0, ""),
        (["下降1 2%"], 0, "下降12%"),
        (["下降13.", "- 3 -"], 0, "下降13.8%"),
    ],
)
def test_what_does_not_stand_there(lines, start, reported):
    assert standing(lines, 0, start, reported) == []
