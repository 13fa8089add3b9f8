"""Figures of one name, told apart in tables, proofs and charts alike."""

from analysis import audit, claims, proofread, read_article, show
from analysis.views.names import names_apart

TWICE = "甲店收入200元,毛利率90%,同比上升2个百分点;乙店收入300元,毛利率80%,同比上升3个百分点。"


def test_two_values_of_one_name_are_told_apart():
    article = read_article(TWICE)
    names = dict(zip(article.figures["reported"], names_apart(article, "zh"), strict=True))
    assert names["90%"] == "毛利率（90%）"
    assert names["80%"] == "毛利率（80%）"
    assert names["200元"] == "甲店收入"


def test_a_value_and_its_change_bear_one_name():
    assert names_apart(read_article("立案42起,同比上升5%。"), "zh") == ["立案", "立案"]


def test_tables_and_proofs_name_them_alike():
    article = read_article(TWICE)
    judged = claims(article).join(audit(article)[["verdict"]])
    for shown in (str(show(judged[["verdict"]], article)), proofread(article, TWICE).html):
        assert "毛利率 (上升2个百分点)" in shown
    # Where what is printed stands beside it, the name has no bracket.
    assert "(90%)" not in str(show(article.figures[["reported"]], article))


def test_one_figure_is_no_figures():
    assert str(proofread(read_article("立案342起。"))).startswith("1 figure, 0 claims")
