"""Tables inside a text: found, read in place, tied to the text. Made-up texts; the expected
numbers are those printed in them."""

import re

import pytest

from analysis import audit, coverage, diagnose, draft, find_numerals, load, read_article
from analysis.article.tables_in_text import tables_in

TEXT = """示范市禁毒工作情况
2018年1至10月,全市立案侦查盗窃案件628起,诈骗案件401起。
表1 主要案件
单位:起
| 类别 | 2018年 | 2017年 | 同比% |
| --- | --- | --- | --- |
| 盗窃案件 | 628 | 702 | -10.5 |
| 诈骗案件 | 401 | 380 | 5.5 |
| 合计 | 1029 | 1082 | -4.9 |
全年调处纠纷1200余件。"""
GAPS = """各县案件数如下:
县区      立案    破案
东县       120      98
西县        85      60
合计       205     158
破案率逐月提高。"""
BLANKS = re.sub(" +", " ", GAPS)
CELLS = GAPS.replace("\n", "\n\n").replace("      ", "\n\n").replace("    ", "\n\n")


def test_prose_is_no_table():
    assert tables_in("立案342起,同比下降23.5%。\n\n破案300起。\n打掉团伙12个。") == []
    assert tables_in("A | B") == []
    assert tables_in("") == []


@pytest.mark.parametrize(("text", "span"), [(TEXT, (5, 9)), (GAPS, (2, 5)), (BLANKS, (2, 5))])
def test_where_a_table_stands(text, span):
    assert tables_in(text) == [span]
    assert tables_in(text.replace("       ", "\t")) == [span]


@pytest.mark.parametrize("text", [GAPS, BLANKS, CELLS], ids=["gaps", "blanks", "a cell a line"])
def test_a_table_is_read_however_its_cells_are_parted(text):
    """205 = 120 + 85, 158 = 98 + 60."""
    article = read_article(text)
    cells = article.figures[["row", "column", "value"]].to_numpy().tolist()
    assert cells == [
        *(["东县", "立案", 120], ["东县", "破案", 98], ["西县", "立案", 85]),
        *(["西县", "破案", 60], ["合计", "立案", 205], ["合计", "破案", 158]),
    ]
    assert audit(article)["verdict"].tolist() == ["agrees", "agrees"]


def test_a_list_of_numbers_is_no_table():
    """One number under each label, the numbers of pages, telephone numbers."""
    listed = "5318\n投诉举报\n3671\n投诉\n1647\n举报\n98\n咨询\n76\n工单\n12\n建议\n8\n其他"
    pages = "来源\n5\n6\n7\n8\n首页\n1\n2\n3\n末页"
    assert tables_in(listed) == tables_in(pages) == []
    assert tables_in("会议于2018 年 1 2 月召开\n电话 010 1234 5678\n地址 8 号 3 楼") == []


def test_figures_stand_where_they_are_printed():
    article = read_article(TEXT)
    lines = TEXT.split("\n")
    for figure in article.figures.itertuples():
        assert lines[figure.paragraph - 1].startswith(figure.reported, figure.position)
    assert article.figures.loc["table1_r01_c1", ["row", "column", "unit"]].tolist() == [
        *("盗窃案件", "2018年", "起")
    ]


@pytest.mark.parametrize("text", [TEXT, GAPS, f"{TEXT}\n{GAPS}"])
def test_every_numeral_is_accounted_for_once(text):
    found = coverage(read_article(text), text)
    assert (found["accounted"] == 1).all()
    assert len(found) == len(find_numerals(text))


def test_text_and_table_that_repeat_one_another_are_tied():
    article = read_article(TEXT)
    tied = article.relations[article.relations["relation"].str.startswith("repeats")]
    pairs = [
        article.figures.loc[g["figure"], "reported"].tolist() for _, g in tied.groupby("relation")
    ]
    assert pairs == [["628起", "628"], ["401起", "401"]]
    assert article.figures.loc["盗窃案件", "note"] == "repeated in the table, paragraph 7: 628"


def test_the_claims_of_a_table_in_a_text_are_judged():
    slipped = TEXT.replace("| 合计 | 1029", "| 合计 | 1092")
    verdicts = audit(read_article(slipped))["verdict"]
    wrong = verdicts[verdicts == "contradicts"].index
    assert len(wrong) == 2  # the sum, and the change of the total
    mended = diagnose(read_article(slipped))
    assert mended["value"].tolist() == [1029.0]


def test_an_article_with_a_table_is_drafted_and_loaded(tmp_path):
    article = read_article(TEXT, title="示范", published="2018-11-15")
    folder = draft(tmp_path / "example", article)
    package = folder / "datapackage.json"
    package.write_text(package.read_text("utf-8").replace('"publisher": ""', '"publisher": "x"'))
    loaded = load(folder)
    assert loaded.figures["low"].tolist() == article.figures["low"].tolist()
    assert (audit(loaded)["verdict"] == audit(article)["verdict"]).all()


def test_a_table_that_cannot_be_read_is_passed_over_with_the_reason():
    text = "如下。\n|  |  |\n| 1 |  |\n| 2 |  |\n完。"
    article = read_article(text)
    reasons = article.passed_over["reason"].tolist()
    assert len(reasons) + len(article.figures) == 2


def tied(text):
    """What each figure of the text repeats, by its print."""
    figures = read_article(text).figures
    prose = figures[(figures["row"] == "") & figures["note"].str.startswith("repeated")]
    return {f["reported"]: f["note"].rsplit(": ", 1)[1] for _, f in prose.iterrows()}


def test_a_number_in_the_powers_of_its_table_is_repeated():
    assert tied(
        "各区人口\n| 地区 | 人口(万人) |\n| --- | --- |\n| 东区 | 35.2 |\n| 西区 | 51.1 |\n"
        "东区人口35.2万人,西区人口为51.7万人。"
    ) == {"35.2万人": "35.2"}


@pytest.mark.parametrize(("said", "of"), [("共立案1110件", {"1110件": "1110"}), ("来信1110件", {})])
def test_a_total_of_a_table_is_repeated_where_the_text_adds_up(said, of):
    assert (
        tied(
            "单位:件\n| 类别 | 2019年 | 2020年 |\n| --- | --- | --- |\n| 盗窃 | 612 | 598 |\n"
            f"| 诈骗 | 433 | 512 |\n| 合计 | 1045 | 1110 |\n2020年,全市{said}。"
        )
        == of
    )


def test_of_cells_alike_the_one_of_the_same_year_is_repeated():
    article = read_article(
        "单位:件\n| 类别 | 2019年 | 2020年 |\n| --- | --- | --- |\n| 盗窃 | 598 | 598 |\n"
        "| 诈骗 | 433 | 512 |\n2020年,盗窃案598件。"
    )
    ties = article.relations[article.relations["relation"].str.startswith("repeats")]
    assert ties["figure"].tolist()[1] == "table1_r01_c2"


def test_hidden_characters_move_places_and_nothing_else():
    text = (
        "全年情况如下。\n| 类别 | 2018 | 2017 |\n| --- | --- | --- |\n| 盗窃 | 1342 | 1200 |\n"
        "| 诈骗 | 300 | 280 |\n| 合计 | 1642 | 1480 |\n2018年共立案1642起，其中盗窃1342起。"
    )
    hidden = re.sub("([0-9])", "\u200b\\1", text)
    plain, article = read_article(text), read_article(hidden)
    assert article.relations.equals(plain.relations)
    assert article.figures["reported"].equals(plain.figures["reported"])
    assert set(coverage(article, hidden)["accounted"]) == {1}


def test_an_english_table_has_its_names_in_both_columns_as_english_lines_have():
    article = read_article(
        "Boats and rafts were counted.\n\n|  | 2019 | 2020 |\n| --- | --- | --- |\n"
        "| Boats | 612 | 598 |\n| Rafts | 433 | 512 |"
    )
    assert article.figures["name_zh"].tolist() == article.figures["name_en"].tolist()
    assert article.figures["name_zh"].tolist()[0] == "Boats 2019"
