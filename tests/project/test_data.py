"""The data folders themselves: valid packages, one schema, every numeral accounted for."""

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import frictionless
import pandas as pd
import pytest

from analysis import audit, coverage, find_numerals, load, year_over_year
from analysis.extract import TABLES

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data"
# An article's folder, and an issuer's folder with one for each issue.
ARTICLES = sorted(path.parent for path in DATA.glob("*/datapackage.json"))
ISSUES = sorted(path.parent for path in DATA.glob("*/*/datapackage.json"))
FOLDERS = [*ARTICLES, *ISSUES]


def name_of(folder):
    return folder.relative_to(DATA).as_posix()


@pytest.mark.parametrize("folder", FOLDERS, ids=name_of)
def test_frictionless_finds_the_package_valid(folder):
    report = frictionless.Package(str(folder / "datapackage.json")).validate()
    assert report.valid, report.to_summary()
    assert len(report.tasks) == len(TABLES)


def test_the_command_of_frictionless_says_so_too():
    command = [Path(sys.executable).with_name("frictionless"), "validate", "datapackage.json"]
    folder = DATA / "datong-2018"
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert done.stdout.count("VALID") == len(TABLES)


def test_the_shared_tables_are_valid_and_hold_every_term_that_figures_refer_to():
    report = frictionless.Package(str(DATA / "datapackage.json")).validate()
    assert report.valid, report.to_summary()
    glossary = pd.read_csv(ROOT / "data" / "glossary.csv", index_col="term")
    terms = {term for folder in FOLDERS for term in load(folder).figures["term"]} - {""}
    assert terms <= set(glossary.index)
    assert glossary["source"].str.len().min() > 10


@pytest.mark.parametrize("folder", FOLDERS, ids=name_of)
def test_a_package_describes_itself_with_the_librarys_schema(folder):
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    assert package["name"] == name_of(folder).replace("/", "-")
    assert package["title"]
    assert package["licenses"]
    source = package["sources"][0]
    assert {"title", "publisher", "published", "accessed"} <= set(source)
    for resource in package["resources"]:
        # Columns that may be left out are described where they are.
        header = (
            (folder / resource["path"]).read_text(encoding="utf-8").split("\n", 1)[0].split(",")
        )
        whole = TABLES[resource["name"]]["schema"]
        held = [column for column in whole["fields"] if column["name"] in header]
        assert resource["schema"] == {**whole, "fields": held}
        for column in resource["schema"]["fields"]:
            assert column["description"], column["name"]


def test_every_numeral_of_the_article_is_accounted_for_once(datong, article):
    found = coverage(datong, article)
    assert len(found) == len(find_numerals(article))
    assert found[found["accounted"] != 1].empty


def test_the_article_at_hand_is_the_one_that_was_read(datong, article):
    assert hashlib.sha256(article.encode()).hexdigest() == datong.source.sha256


def test_every_printed_figure_holds_a_numeral_and_no_two_share_one(datong):
    """What the tables can show of coverage without the article's text."""
    rows = pd.concat([datong.figures, datong.passed_over])[["paragraph", "position", "reported"]]
    rows = rows.sort_values(["paragraph", "position"])
    for reported in rows["reported"]:
        assert len(find_numerals(reported)) > 0, reported
    end = rows["position"] + rows["reported"].str.len()
    same_line = rows["paragraph"] == rows["paragraph"].shift(-1)
    assert (end <= rows["position"].shift(-1))[same_line].all()


def test_every_word_of_a_relation_is_printed_beside_its_parts(datong):
    """A claim is made in one paragraph: no relation ties figures from two."""
    joined = datong.relations.merge(datong.figures, left_on="figure", right_index=True)
    paragraphs = joined.groupby("relation")["paragraph"]
    assert (paragraphs.min() == paragraphs.max()).all()


def test_indicators_are_figures_of_one_unit_and_measure():
    table = pd.read_csv(ROOT / "data" / "indicators.csv", keep_default_na=False)
    extracts = {name_of(folder): load(folder).figures for folder in FOLDERS}
    for row in table.to_dict("records"):
        # An issuer's name stands for all of its issues that print the figure.
        of = (row["extract"], row["extract"] + "/")
        named = [key for key in extracts if key == of[0] or key.startswith(of[1])]
        found = [
            extracts[n].loc[row["figure"]] for n in named if row["figure"] in extracts[n].index
        ]
        assert found, row
        for figure in found:
            assert (figure["unit"], figure["measure"]) == (row["unit"], row["measure"]), row
    shared = table.groupby(["extract", "figure"])["indicator"].nunique()
    assert shared.max() == 1  # a figure is of one indicator
    assert table.groupby(["extract", "figure", "since"]).size().max() == 1
    described = ["name_en", "name_zh", "unit", "measure", "cumulative"]
    for key, columns in (("indicator", described), ("extract", ["place"])):
        assert not table[[key, *columns]].drop_duplicates()[key].duplicated().any()


# As noted down from each source: every figure, and what the audit makes of its claims.
NOTED = {
    "datong-2018-09": (
        "66 4 14 48 288 355 1357万元 27件 110人 17件 70人 540条 42条",
        {"gangs_by_class": "agrees", "leads_on_protectors": "agrees"},
    ),
    "shanxi-2018": (
        "下降9.1% 下降24.5% 1007 70 275 7556 8349 117亿元",
        {"gangs_by_class": "agrees"},
    ),
    "shanxi-2014": (
        "11万余起 下降5.2% 7214起 下降16.6% 9.1万余起 下降7.8% 436起 430起 98.62% 137 2 16435次 "
        "11970起 5.61万件 8.4%",
        {
            # 11万余 and 9.1万余 may be any number of so many; of 7214 at -16.6% some eleven fit
            "criminal_cases_change": "cannot tell",
            "eight_categories_change": "cannot tell",
            "property_cases_change": "cannot tell",
            "homicide_rate": "agrees",
        },
    ),
    "population": ("344.24万 3,105,591 3718.34万 15.99万", {}),
}


@pytest.mark.parametrize("name", NOTED)
def test_an_extract_without_its_text_says_that_it_cannot_be_checked(name):
    reported, verdicts = NOTED[name]
    extract = load(ROOT / "data" / name)
    assert extract.figures["reported"].tolist() == reported.split()
    assert audit(extract)["verdict"].to_dict() == verdicts
    assert extract.source.sha256 == ""
    assert len(extract.passed_over) == 0
    assert extract.figures[["paragraph", "position"]].isna().all(axis=None)
    assert "cannot be checked" in (ROOT / "data" / name / "datapackage.json").read_text("utf-8")
    found = coverage(extract)
    assert len(found) == len(extract.figures)
    assert (found["accounted"] == 0).all()
    assert found["by"].str.endswith(": not checkable, no text at hand").all()


def test_every_figure_noted_down_stands_in_the_notes():
    """The figures are those of the notes that they were taken from, where these are at hand."""
    notes = ROOT.parent / "shared" / "context.md"
    if not notes.exists():
        pytest.skip(f"{notes} is not here: the notes are not part of the project")
    text = notes.read_text(encoding="utf-8")
    for reported, _ in NOTED.values():
        for figure in reported.split():
            assert figure in text, figure


def test_the_fall_in_public_order_cases_is_signed_by_its_value():
    """Noted down as "down 8.4%": the sign word is not at hand, value and bounds carry the sign."""
    row = load(ROOT / "data" / "shanxi-2014").figures.loc["public_order_cases_change"]
    assert row[["value", "low", "high"]].tolist() == pytest.approx([-8.4, -8.45, -8.35], abs=1e-12)


def test_the_invented_bulletin_is_whole_and_has_one_planted_contradiction():
    folder = ROOT / "data" / "example-bulletin"
    text = (folder / "article.txt").read_text(encoding="utf-8")
    extract = load(folder)
    assert hashlib.sha256(text.encode()).hexdigest() == extract.source.sha256
    assert (coverage(extract, text)["accounted"] == 1).all()
    claims = audit(extract)
    assert claims.index[claims["verdict"] == "contradicts"].tolist() == ["mediation_rate"]
    # 95.3% up 1.2 points: what it was is not printed, so that nothing could contradict it.
    untold = claims.index[claims["verdict"] == "cannot tell"].tolist()
    assert untold == ["mediation_rate_change"]
    assert (claims["verdict"] == "agrees").sum() == len(claims) - 2
    # 486 / 0.876 = 554.8 and 203 / 0.819 = 247.9: one whole number fits each.
    # And 95.3% up 1.2 points was 94.0 to 94.2%.
    then = year_over_year(extract)
    assert then["prior"].dropna().tolist() == [555, 248]
    points = then.loc["mediation_rate", ["prior_low", "prior_high"]].tolist()
    assert points == pytest.approx([94.0, 94.2])
