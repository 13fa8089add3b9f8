"""The data folders themselves: valid packages, one schema, every numeral accounted for."""

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from analysis import coverage, find_numerals
from analysis.extract import TABLES

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = sorted(path.parent for path in (ROOT / "data").glob("*/datapackage.json"))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_frictionless_finds_the_package_valid(folder):
    command = [Path(sys.executable).with_name("frictionless"), "validate", "datapackage.json"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert done.stdout.count("VALID") == len(TABLES)


def test_the_glossary_is_valid_and_holds_every_term_that_figures_refer_to(datong):
    command = [Path(sys.executable).with_name("frictionless"), "validate", "datapackage.json"]
    done = subprocess.run(command, cwd=ROOT / "data", capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    glossary = pd.read_csv(ROOT / "data" / "glossary.csv", index_col="term")
    assert set(datong.figures["term"]) - {""} <= set(glossary.index)
    assert glossary["source"].str.len().min() > 10


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_package_describes_itself_with_the_librarys_schema(folder):
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    assert package["name"] == folder.name
    assert package["title"]
    assert package["licenses"]
    source = package["sources"][0]
    assert {"title", "publisher", "published", "accessed"} <= set(source)
    for resource in package["resources"]:
        assert resource["schema"] == TABLES[resource["name"]]["schema"]
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
