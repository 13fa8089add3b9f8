"""Why a numeral is no figure, where its words say so."""

import pytest

from analysis import find_figures
from analysis.figures.text import why_no_figure


@pytest.mark.parametrize(
    ("line", "numeral", "reason"),
    [
        ("一、全县播种面积", "一", "list number"),
        ("（二）其他", "二", "list number"),
        ("3. 求助", "3", "list number"),
        ("要抓好：一是人，二是物", "二", "list number"),
        ("可拨打119求助", "119", "telephone number"),
        ("接到12345热线转来", "12345", "telephone number"),
        ("位居前10名", "10", "rank"),
        ("第3次", "3", "ordinal"),
        ("第185條之3條文", "185", "ordinal"),
        ("第185條之3條文", "3", "ordinal"),
        ("第十二条之一", "一", "ordinal"),
        ("G20峰会", "20", "name"),
        ("进一步", "一", "part of a word"),
        ("详见表3。", "3", "number of a table or chart"),
        ("如图5所示", "5", "number of a table or chart"),
        ("如表1所示", "1", "number of a table or chart"),
        ("（附表2-1）", "1", "number of a table or chart"),
        ("圖7：人口", "7", "number of a table or chart"),
        # What could be a figure is left to a reader.
        ("共42", "42", "no figure"),
        ("人大代表3", "3", "no figure"),
        ("报表12", "12", "no figure"),
        ("见表5份", "5", "no figure"),
        ("另有一个班子", "一", "no figure"),
        ("编外119", "119", "no figure"),
        ("全县甲、乙两地3、4", "3", "no figure"),
    ],
)
def test_the_reason_is_told_by_the_words_around(line, numeral, reason):
    assert why_no_figure(line, line.index(numeral), numeral) == reason


def test_a_list_number_begins_its_line():
    line = "立案，" * 40 + "甲一、乙二"
    assert why_no_figure(line, line.index("一"), "一") == "part of a word"


def test_an_article_put_in_later_is_no_count_of_articles():
    found = find_figures("公布修正第185條之3條文，另修正12條條文")
    assert found["reported"].tolist() == ["12條"]
