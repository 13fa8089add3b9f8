"""What read_article proposes, on made-up clauses: a block of clauses.txt each.

The claims are what a reader of the words says, not what was computed; every one is expected, and
none besides.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from analysis import Extract, read_article

BLOCKS = [
    block.splitlines()
    for block in re.split(
        r"^= ", (Path(__file__).parent / "clauses.txt").read_text("utf-8"), flags=re.MULTILINE
    )[1:]
]
NAMES = [block[0] for block in BLOCKS]


def _text(block: list[str]) -> str:
    """The text of a block, \\n where it has a second paragraph."""
    (text,) = [line[2:] for line in block if line.startswith("P ")]
    return text.replace("\\n", "\n")


def _pairs(line: str) -> list[tuple[str, str]]:
    """The left and right sides of `a=b c=d`; a figure with a sign may begin with +."""
    pairs = [pair.split("=", 1) for pair in line.split()]
    return [(left.replace("~", " "), right.replace("~", " ")) for left, right in pairs]


def _as_printed(article: Extract) -> dict[str, str]:
    """Each figure's key as it is printed, #2 for the second one that is printed so."""
    seen: Counter[str] = Counter()
    printed = {}
    for key, reported in article.figures["reported"].items():
        seen[reported] += 1
        printed[key] = reported + (f"#{seen[reported]}" if seen[reported] > 1 else "")
    return printed


def _claims(article: Extract) -> list[tuple[str, tuple[tuple[str, str], ...], str]]:
    printed = _as_printed(article)
    found = []
    for _, rows in article.relations.groupby("relation", sort=False):
        roles = tuple(sorted(zip(rows["role"], rows["figure"].map(printed), strict=True)))
        result = rows.loc[rows["role"].isin(["change", "difference"]), "figure"]
        against = article.figures.loc[result, "against"].tolist()
        found.append((rows["kind"].iloc[0], roles, against[0] if against else ""))
    return sorted(found)


@pytest.mark.parametrize("block", BLOCKS, ids=NAMES)
def test_claims(block: list[str]) -> None:
    text = _text(block)
    expected, bases = [], []
    for line in block:
        if line.startswith("C "):
            claim, _, against = line[2:].partition(" @")
            kind, _, roles = claim.partition(" ")
            expected.append((kind, tuple(sorted(_pairs(roles)))))
            bases.append(against)
    found = _claims(read_article(text))
    assert [claim[:2] for claim in found] == sorted(expected)
    said = dict(zip(expected, bases, strict=True))
    for kind, roles, against in found:
        assert not said[kind, roles] or against == said[kind, roles]


@pytest.mark.parametrize(
    ("column", "block"),
    [
        (column, block)
        for block in BLOCKS
        for mark, column in (("N ", "name_zh"), ("W ", "when"))
        if any(line.startswith(mark) for line in block)
    ],
)
def test_names_and_periods(column: str, block: list[str]) -> None:
    text = _text(block)
    article = read_article(text)
    keys = {printed: key for key, printed in _as_printed(article).items()}
    for line in block:
        if line.startswith({"name_zh": "N ", "when": "W "}[column]):
            for figure, expected in _pairs(line[2:]):
                assert article.figures.loc[keys[figure], column] == expected


def test_there_are_enough_of_them() -> None:
    assert len(BLOCKS) >= 150
    assert sum(not any(line.startswith("C ") for line in block) for block in BLOCKS) >= 40


def test_shares_are_of_what_their_words_meant_when_that_is_out_of_reach() -> None:
    between = ["".join(f"出动{n}辆次。" for n in range(start, start + 25)) for start in (100, 200)]
    found = read_article(
        f"全市火灾900起,亡30人。{between[0]}住宅火灾450起,亡15人,分别占总数的50%和50%。"
        f"{between[1]}工厂火灾90起,亡3人,分别占总数的10%和10%。"
    )
    of = found.relations.loc[found.relations["role"] == "denominator", "figure"]
    assert found.figures.loc[of, "reported"].tolist() == ["900起", "30人"] * 2
