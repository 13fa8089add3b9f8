"""Drafting a folder: what the text says is filled in, the rest is said in words."""

import hashlib
import json

import pandas as pd
import pytest

from analysis import (
    ExtractError,
    audit,
    coverage,
    draft,
    find_figures,
    load,
    prior_values,
    read_article,
    read_table,
)
from analysis.article.draft import drafted, left_to_do

# Invented for this test.
TEXT = "甲县公安局\n截至3月底,立案120起,同比下降4.0%;三个中队抓获30余人。"


def test_load_takes_a_draft_as_it_is(tmp_path):
    extract = load(draft(tmp_path / "jia-county", TEXT, title="An invented bulletin"))
    # 120起, 下降4.0%, 三个, 30余人; and the one change.
    assert extract.proposed == (4, 1)
    assert extract.source.publisher == extract.source.published == "not stated"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Thefts were close to double those of the year before, at 340.", 2),
        ("Spending was double the budget.", 1),
        ("Spending was about 3% over budget.", 1),
        ("Deaths were unchanged (no change) at 12 cases.", 3),
        ("Half of the 90 cases were closed.", 2),
        ("The index rose half a point to 30.5 points.", 2),
        ("Turnout was 40.3%, against 40.1% in 2019, a difference of 0.2 points.", 3),
        ("执业医师420人,医护比1:1.20。", 2),
        ("受理信访2630宗(来访1780人、来电850人)。", 3),
        ("来信60件次,来访40批次,分别占信访总量100件次的60%、40%。", 5),
    ],
)
def test_load_takes_what_a_draft_writes_of_any_figure(tmp_path, text, count):
    article = read_article(text)
    assert len(load(draft(tmp_path / "jia-county", article)).figures) == count
    assert len(article.figures) == count


@pytest.mark.parametrize(
    ("printed", "written"),
    [
        ("1000000000000000000000000000000起", "1000000000000000000000000000000"),  # 1e+30
        ("12345678901234567起", "12345678901234568"),  # the nearest double: 2**53 is 9.007e15
        ("12345678901234.75元", "12345678901234.75"),  # 16 digits
        ("9999999999999999999999999999999999999999亿元", "1" + 48 * "0"),  # LONGEST digits
        ("0.0000001%", "0.0000001"),  # 1e-07
    ],
)
def test_load_takes_what_a_draft_writes_of_the_largest_and_smallest(tmp_path, printed, written):
    article = read_article(f"涉案{printed}。")
    folder = draft(tmp_path / "jia-county", article)
    table = pd.read_csv(folder / "figures.csv", dtype=str)
    assert table["value"].tolist() == [written]
    assert load(folder).figures["value"].tolist() == article.figures["value"].tolist()


@pytest.mark.parametrize(
    "text",
    [
        "There were 300+ cases, 45k of 2.3k and half of the 50 in the area.",
        "The balance was -£340 in May and +$1.17 in June.",
        "Sales were £1,246m in the year, and €36.1 billion, 7.4% of them, were of lamps.",
        "There were between 300 and 400 of them, 5% or more, and 3 out of 10 were new.",
        "On average each claim was settled for €8,400: they paid €1,680,000 for 200 claims.",
        "甲县房价同比下降3.1%,降幅比上月收窄0.6个百分点。",
        "甲县发生3起,同比减少2起,下降100%。",  # a slip of print is for the audit to tell
    ],
)
def test_load_takes_the_draft_of_whatever_is_printed(tmp_path, text):
    article = read_article(text)
    loaded = load(draft(tmp_path / "jia-county", article))
    assert loaded.figures["reported"].tolist() == article.figures["reported"].tolist()
    for column in ("low", "high"):
        assert loaded.figures[column].tolist() == article.figures[column].tolist()
    assert len(prior_values(loaded)) == len(prior_values(article))


@pytest.mark.parametrize(
    "table",
    [
        # Rounded counts: 2.5 either way, 10 + 15 = 30 agrees.
        "|Kind|2018|\n|-|-|\n|A|10|\n|B|15|\n|Total|30|\n\nFigures are rounded to the nearest 5.",
        "|Kind|2018 (USD bn)|\n|-|-|\n|A|10.4|\n|B|15.3|\n|C|8|\n|Total|34|",  # 33.2 to 34.2
        "|Kind|Balance 2018|\n|-|-|\n|A|-10|\n|B|+15|\n|C|8|\n|Total|13|",
        "|类别|2018年|\n|-|-|\n|合计(人)|30|\n|甲|10|\n|乙|20|",
        "|类别|系数|\n|-|-|\n|甲|0.305 1|\n|乙|0.226 7|",
        # A change of 0.0 may be a fall: 1967.3 / 1968.0 is -0.04 %.
        "|类|2023|2024|增减|增减%|\n|-|-|-|-|-|\n|A|1968.0|1967.3|-0.7|0.0|\n"
        "|B|150.2|180.4|30.2|20.1|\n|C|12.1|11.1|-1.0|-8.3|",
        # A unit that is not told is the one that fits: 301 / 119.86 is 2.51.
        "|市|死亡人数(人)|保有量(万辆)|万车死亡率|\n|-|-|-|-|\n|A|301|119.86|2.51|\n"
        "|B|90|45.00|2.00|\n|C|77|70.00|1.10|",
    ],
)
def test_load_takes_the_draft_of_a_table_as_precise_as_it_is(tmp_path, table):
    read = read_table(table)
    loaded = load(draft(tmp_path / "jia-county", read))
    for column in ("low", "high"):
        assert loaded.figures[column].tolist() == read.figures[column].tolist()
    assert audit(loaded)["verdict"].tolist() == audit(read)["verdict"].tolist()


def test_a_difference_of_a_rate_among_counts_is_in_points(tmp_path):
    read = read_table(
        "单位:千人、%\n\n|项目|2023年|2024年|增减|\n|-|-|-|-|\n|就业者|11537|11605|68|\n"
        "|失业者|414|404|-10|\n|劳动力|11951|12009|58|\n|失业率|3.46|3.36|-0.10|"
    )
    # 414 / 11951 is 3.46 %, and 3.36 - 3.46 is -0.10.
    assert read.figures["unit"].tolist()[-3:] == ["percent", "percent", "percentage point"]
    loaded = load(draft(tmp_path / "jia-county", read))
    assert set(audit(loaded)["verdict"]) == {"agrees"}


def test_what_is_left_to_do_is_named_once(tmp_path):
    folder = draft(tmp_path / "jia-county", TEXT, title="An invented bulletin")
    left = left_to_do(load(folder))
    assert left["file"].tolist()[0] == "figures.csv"
    assert not left.duplicated().any()
    assert len(left) <= 7
    figures = pd.read_csv(folder / "figures.csv", dtype=str, keep_default_na=False)
    figures.assign(status="").to_csv(folder / "figures.csv", index=False)
    relations = pd.read_csv(folder / "relations.csv", dtype=str, keep_default_na=False)
    relations.assign(status="").to_csv(folder / "relations.csv", index=False)
    assert left_to_do(load(folder)).empty


def test_a_draft_filled_in_loads_and_accounts_for_every_numeral(tmp_path):
    folder = draft(tmp_path / "jia-county", TEXT, title="An invented bulletin")
    figures = pd.read_csv(folder / "figures.csv", dtype=str, keep_default_na=False)
    figures = figures.assign(theme="cases", name_en="Cases", name_zh="案件")
    figures["basis"] = figures["measure"].map({"change": "not stated"}).fillna("")
    figures.to_csv(folder / "figures.csv", index=False)
    passed = pd.read_csv(folder / "passed-over.csv", dtype=str, keep_default_na=False)
    passed.assign(reason="date").to_csv(folder / "passed-over.csv", index=False)
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    package["sources"][0] |= {"publisher": "Nobody", "published": "2026-01-01"}
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    extract = load(folder)
    assert extract.figures["reported"].tolist() == find_figures(TEXT)["reported"].tolist()
    assert (coverage(extract, TEXT)["accounted"] == 1).all()
    assert extract.source.sha256 == hashlib.sha256(TEXT.encode()).hexdigest()


def test_a_text_without_figures_drafts_empty_tables(tmp_path):
    folder = draft(tmp_path / "none", "没有数字的文章。", title="None")
    assert (folder / "figures.csv").read_text(encoding="utf-8").count("\n") == 1


def test_nothing_is_overwritten(tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "figures.csv").write_text("precious")
    with pytest.raises(ExtractError, match="expected no folder yet; nothing was written"):
        draft(tmp_path / "mine", TEXT, title="x")
    assert (tmp_path / "mine" / "figures.csv").read_text() == "precious"
    (tmp_path / "file").write_text("x")
    with pytest.raises(ExtractError, match="found 'a file'"):
        draft(tmp_path / "file", TEXT, title="x")


def test_a_folder_of_the_same_text_goes_on_and_one_of_another_is_refused(tmp_path):
    article = read_article(TEXT, title="An invented bulletin")
    folder = drafted(tmp_path / "mine", article)
    table = folder / "figures.csv"
    table.write_text(table.read_text("utf-8").replace("proposed", ""), "utf-8")
    read = table.read_bytes()
    assert drafted(tmp_path / "mine", read_article(TEXT, published="2026-04-02")) == folder
    with pytest.raises(ExtractError, match="of another text, 'An invented bulletin'") as error:
        drafted(folder, read_article(TEXT.replace("120", "130")))
    assert "expected the text it was drafted from, or another folder" in str(error.value)
    assert table.read_bytes() == read


def test_of_a_text_without_figures_no_folder_is_kept(tmp_path):
    thrown_away = drafted(tmp_path / "mine", read_article("没有数字的文章。"))
    assert load(thrown_away).figures.empty
    assert list(tmp_path.iterdir()) == []
    assert drafted(tmp_path / "mine", read_article(TEXT)) == tmp_path / "mine"


@pytest.mark.parametrize("name", ["My Article", "文章", "..", "_b", ""])
def test_a_name_that_is_no_slug(tmp_path, name):
    with pytest.raises(ExtractError, match="a name of small letters, digits, - and _"):
        draft(f"{tmp_path}/x/{name}/" if name else "/", TEXT, title="x")


def test_a_name_may_have_an_underscore(tmp_path):
    assert load(draft(tmp_path / "my_article", TEXT, title="x")).name == "my_article"


def test_a_failure_in_the_middle_leaves_nothing(tmp_path, monkeypatch):
    def full(*_args, **_kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pd.DataFrame, "to_csv", full)
    with pytest.raises(ExtractError, match="No space left on device"):
        draft(tmp_path / "mine", TEXT, title="x")
    assert list(tmp_path.iterdir()) == []


def test_load_takes_the_draft_of_a_table_with_marks_brackets_and_arrows(tmp_path):
    table = read_table(
        "表一(件)\n类别,2019年,2020年,增减,占比%\n盗窃,12*,15,▲3,33.3\n"
        "诈骗,30,28(1),▼2,62.2\n失车,(264),5r,…,\n合计,42,45,+3,100.0\n"
    )
    loaded = load(draft(tmp_path / "marks", table))
    assert loaded.figures["reported"].tolist() == [
        "12", "15", "+3", "33.3", "30", "28", "-2", "62.2", "264", "5", "42", "45", "+3", "100.0",
    ]  # fmt: skip
    assert loaded.figures["value"].tolist() == table.figures["value"].tolist()
    assert loaded.figures["note"].tolist()[2] == "printed ▲3"


@pytest.mark.parametrize("given", [None, 3, ["立案342起"]])
def test_what_is_neither_text_nor_extract_is_named(tmp_path, given):
    with pytest.raises(TypeError, match=f"takes an Extract.*, not {type(given).__name__}"):
        draft(tmp_path / "jia-county", given)
    with pytest.raises(TypeError, match="draft, as title, takes a text"):
        draft(tmp_path / "jia-county", TEXT, None)
    with pytest.raises(TypeError, match="read_article, as title, takes a text"):
        read_article(TEXT, title=None)
    with pytest.raises(ExtractError, match="read_article: 1 fault"):
        read_article(tmp_path / "no-page.html")
    assert not [*tmp_path.iterdir()]


def test_cases_in_two_units_of_one_claim_load_again(tmp_path):
    article = read_article("2018年共立刑事案件570起，其中盗窃案件234件。")
    folder = draft(tmp_path / "folder", article, "made up")
    again = load(folder)
    assert again.relations["role"].tolist() == ["total", "part"]
    assert audit(again)["verdict"].tolist() == ["agrees"]
