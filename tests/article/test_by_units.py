"""Rates by so many of something: their units are told by the words around them, and load."""

import pytest

from analysis import audit, draft, load, read_article


@pytest.mark.parametrize(
    ("text", "unit", "verdicts"),
    [
        (
            "全市户籍人口300万人。全年立案6000起,每十万人立案200起,比上年减少2起。",
            "起/十万人",
            ["cannot tell", "agrees"],
        ),
        ("户籍人口300万人,床位1.5万张,每千人口床位5.0张。", "张/千人", ["agrees"]),
        ("玉米面积20千公顷,玉米产量12万吨,玉米单产6500公斤/公顷。", "公斤/公顷", ["contradicts"]),
        (  # men to 100 women, yuan to the yuan
            "男性人口210万人,女性人口200万人,总人口性别比为105.0。",
            "人/100人",
            ["agrees"],
        ),
        (
            "城镇居民人均收入42000元,农村居民人均收入20000元。城乡居民收入比为2.20。",
            "元/元",
            ["contradicts"],
        ),
        (
            "It has a population of 2.5 million and saw 125 murders. The murder rate was 5.0 per"
            " 100,000 people.",
            "per 100000",
            ["agrees"],
        ),
    ],
)
def test_a_rate_has_the_unit_that_its_words_say(text, unit, verdicts, tmp_path):
    article = read_article(text)
    rates = article.relations.loc[article.relations["role"] == "rate", "figure"]
    assert article.figures.loc[rates, "unit"].tolist() == [unit]
    folder = draft(tmp_path / "an-article", article, "Made up")
    again = load(folder)
    assert again.figures.loc[rates, "unit"].tolist() == [unit]
    assert audit(again)["verdict"].tolist() == verdicts


def test_where_nothing_is_claimed_the_unit_is_that_of_the_print():
    article = read_article("每十万人立案200起。")
    assert article.figures["unit"].tolist() == ["起"]
