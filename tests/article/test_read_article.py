"""The frames that read_article gives: keys, places, dates, what is passed over, bad input."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from analysis import audit, coverage, draft, load, prior_values, read_article
from analysis.article.periods import dates_of

TEXT = (
    "2018年1至9月,全县立案342起,同比下降23.5%;其中盗窃120起、诈骗80起。\n"
    "截至10月底,共有3个社区试点,热线12345接听率100%。"
)


def test_columns_and_status() -> None:
    article = read_article(TEXT, title="A bulletin", published="2018-11-15")
    figures = article.figures
    assert article.source is not None
    assert (article.source.title, article.source.published) == ("A bulletin", "2018-11-15")
    assert set(figures["status"]) == set(article.relations["status"]) == {"proposed"}
    assert (figures["name_en"] == "").all()
    assert (figures["name_zh"] != "").all()
    assert (article.relations["note"] != "").all()
    assert figures.index.is_unique
    assert figures.index.str.fullmatch(r"\w+").all()
    lines = TEXT.split("\n")
    for row in figures.itertuples():
        assert lines[row.paragraph - 1].startswith(row.reported, row.position)


def test_every_numeral_is_accounted_for_once() -> None:
    article = read_article(TEXT)
    assert (coverage(article, TEXT)["accounted"] == 1).all()
    passed = article.passed_over.set_index("reported")["reason"]
    assert passed["2018年1至9月"] == "date"
    assert (passed != "").all()


def test_a_text_without_figures() -> None:
    for text in ("", "今天没有数字。\n\n第二段。"):
        article = read_article(text)
        assert article.figures.empty
        assert article.relations.empty
        assert (coverage(article, text)["accounted"] == 1).all()
        assert audit(article).empty


def test_one_figure_and_no_claim() -> None:
    article = read_article("(查获鞭炮60箱")
    assert article.figures["reported"].tolist() == ["60箱"]
    assert article.relations.empty


def test_keys_are_unique_and_of_word_characters() -> None:
    article = read_article("火灾3起,火灾4起,火灾5起;“两抢”警情12起,同比下降5%,环比下降2%。")
    assert article.figures.index.tolist()[:4] == ["火灾", "火灾_2", "火灾_3", "两抢警情"]
    assert {"两抢警情_同比", "两抢警情_环比"} <= set(article.figures.index)


def test_a_headline_says_nothing_twice() -> None:
    article = read_article("全县火警88起 同比下降12%\n2019年,全县发生火警88起,同比下降12%。")
    assert set(article.relations["relation"]) == {"change_01"}
    assert set(article.figures.loc[article.relations["figure"], "paragraph"]) == {2}
    assert article.figures["note"].iloc[0] == "repeated in paragraph 2: 88起"
    alone = read_article("全县火警88起 同比下降12%\n2019年,全县天气干燥。")
    assert set(alone.relations["relation"]) == {"change_01"}


# Years from the text, or from the day of publication; never guessed. By the calendar.
@pytest.mark.parametrize(
    ("phrase", "year", "published", "expected"),
    [
        ("2018年", None, None, ("2018-01-01", "2018-12-31")),
        ("二〇一八年", None, None, ("2018-01-01", "2018-12-31")),
        ("2018年1至9月", None, None, ("2018-01-01", "2018-09-30")),
        ("2018年1-9月份", None, None, ("2018-01-01", "2018-09-30")),
        ("2016年2月", None, None, ("2016-02-01", "2016-02-29")),
        ("2018年上半年", None, None, ("2018-01-01", "2018-06-30")),
        ("2018年下半年", None, None, ("2018-07-01", "2018-12-31")),
        ("2018年第三季度", None, None, ("2018-07-01", "2018-09-30")),
        ("2018年首季度", None, None, ("2018-01-01", "2018-03-31")),
        ("2018年前三季度", None, None, ("2018-01-01", "2018-09-30")),
        ("2018年前10个月", None, None, ("2018-01-01", "2018-10-31")),
        ("2018年6月24日", None, None, ("2018-06-24", "2018-06-24")),
        ("2018年9月18日至9月21日", None, None, ("2018-09-18", "2018-09-21")),
        ("2018年9月18日至21日", None, None, ("2018-09-18", "2018-09-21")),
        ("2018年年底", None, None, ("", "2018-12-31")),
        ("截至2018年底", None, None, ("", "2018-12-31")),
        ("截至10月底", 2018, None, ("", "2018-10-31")),
        ("截至6月24日", 2018, None, ("", "2018-06-24")),
        ("2020年11月1日零时", None, None, ("", "2020-11-01")),
        ("上半年", 2018, None, ("2018-01-01", "2018-06-30")),
        ("上半年", None, None, ("", "")),
        ("上半年", None, date(2018, 11, 15), ("2018-01-01", "2018-06-30")),
        ("10月", None, date(2018, 11, 15), ("2018-10-01", "2018-10-31")),
        ("12月", None, date(2018, 1, 15), ("2017-12-01", "2017-12-31")),
        ("今年1至9月", None, date(2018, 11, 15), ("2018-01-01", "2018-09-30")),
        ("今年以来", None, date(2018, 11, 15), ("2018-01-01", "")),
        ("去年", None, date(2018, 11, 15), ("2017-01-01", "2017-12-31")),
        ("去年", 2018, None, ("", "")),
        ("自2002年以来", None, None, ("2002-01-01", "")),
        ("2017年同期", None, None, ("", "")),
        ("2018年13月", None, None, ("", "")),
        ("截至2024年2月底的三个月", None, None, ("2023-12-01", "2024-02-29")),
        ("截至2017年6月30日止六个月", None, None, ("2017-01-01", "2017-06-30")),
        ("截至3月31日止年度", 2018, None, ("2017-04-01", "2018-03-31")),
        ("首9个月", 2018, None, ("2018-01-01", "2018-09-30")),
        ("冬春季节", 2018, None, ("", "")),
        ("五年来", None, date(2018, 11, 15), ("", "")),
    ],
)
def test_dates(
    phrase: str, year: int | None, published: date | None, expected: tuple[str, str]
) -> None:
    assert dates_of(phrase, year, published) == expected


def test_dates_reach_the_figures() -> None:
    figures = read_article(TEXT).figures
    assert figures["as_of"].iloc[0] == pd.Timestamp("2018-09-30")
    assert figures["period_start"].iloc[0] == pd.Timestamp("2018-01-01")
    assert figures["as_of"].iloc[4] == pd.Timestamp("2018-10-31")
    unknown = read_article("上半年立案342起。").figures
    assert unknown[["period_start", "as_of"]].isna().all(axis=None)


DAYS = ["period_start", "as_of"]


def test_the_ends_of_a_span_in_which_a_value_becomes_another() -> None:
    days = read_article("2017年至2021年,全县火警从40起降至30起,下降25%。").figures[DAYS].astype(str)
    assert days.to_numpy().tolist() == [
        ["2017-01-01", "2017-12-31"],
        ["2021-01-01", "2021-12-31"],
        ["2017-01-01", "2021-12-31"],
    ]


@pytest.mark.parametrize(
    "text",
    [
        "2018年上半年立案30起,去年同期为40起。",
        "2018年上半年立案30起(去年同期40起),下降25%。",
        "2018年上半年立案30起。涉案50人,较去年同期的40人上升25%。",
    ],
)
def test_the_same_days_of_last_year_are_told_by_those_of_this_one(text: str) -> None:
    figures = read_article(text).figures
    then = figures[figures["when"] == "去年同期"].iloc[0]
    assert [day.date().isoformat() for day in then.loc[DAYS]] == ["2017-01-01", "2017-06-30"]


def test_growth_without_the_change_of_prices_is_real() -> None:
    figures = read_article(
        "收入3万元,增长6%,扣除价格因素后实际增长5%。实际利用外资3亿元,增长2%。"
    ).figures
    changes = figures[figures["measure"] == "change"]
    assert [*changes["basis"]] == ["not stated", "real", "not stated"]
    assert [*changes["name_zh"]] == ["收入", "收入", "实际利用外资"]


@pytest.mark.parametrize(
    ("text", "when", "period"),
    [
        ("某市2018年上半年治安情况\n立案30起", "2018年上半年", ("2018-01-01", "2018-06-30")),
        ("涉及3个区,2017年情况如下:\n立案30起", "2017年", ("2017-01-01", "2017-12-31")),
        ("2018年,全市开展了检查。\n立案30起", "2018年", ("2018-01-01", "2018-12-31")),
        ("某市2018年6月治安情况\n本月立案30起", "本月", ("2018-06-01", "2018-06-30")),
        # A report to a session is on the year before, a day is that of the print.
        ("2018年法院工作报告\n立案30起", "", ("", "")),
        ("2018年3月2日\n立案30起", "", ("", "")),
        # A year within a sentence that is no headline says nothing of the next.
        ("按照总体部署,在2015年之后开展了检查。\n立案30起", "", ("", "")),
    ],
)
def test_what_stands_ahead_dates_what_follows(
    text: str, when: str, period: tuple[str, str]
) -> None:
    figure = read_article(text).figures.iloc[-1]
    days = ["" if pd.isna(day) else day.date().isoformat() for day in figure.loc[DAYS]]
    assert (figure["when"], *days) == (when, *period)


def test_the_title_dates_what_follows() -> None:
    figure = read_article("本月立案30起", title="某市2018年6月治安情况").figures.iloc[0]
    assert figure["as_of"].date().isoformat() == "2018-06-30"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("二、盗窃案件30起", "盗窃案件"),
        ("1.盗窃案件30起", "盗窃案件"),
        ("三是盗窃案件30起", "盗窃案件"),
        ("①盗窃案件30起", "盗窃案件"),
        ("谷物[1]播种面积90千公顷", "谷物播种面积"),
        ("盗窃案件占全部案件的65.1%", "盗窃案件"),
        ("盗窃案件上升6.3%,占全部案件的65.1%", "盗窃案件"),
        ("市场占有率30%", "市场占有率"),
    ],
)
def test_names_are_of_what_is_counted(text: str, name: str) -> None:
    assert read_article(text).figures["name_zh"].iloc[-1] == name


def test_a_basis_holds_for_a_list() -> None:
    text = "2023年检修管线930处、阀门410个,按可比口径同比分别增长14.1%和6.8%,出车80次,增长5%。"
    listed = [*("comparable", "comparable", "", "not stated")]
    assert read_article(text).figures["basis"].tolist()[2:] == listed
    # Without some cause is another scope, and without prices a real change.
    text = "水费9亿元,扣除停水因素后增长2.5%,扣除价格因素增长1.1%,自然口径下降13.2%。"
    assert read_article(text).figures["basis"].tolist()[1:] == ["comparable", "real", "not stated"]


@pytest.mark.parametrize(
    ("text", "basis"),
    [
        ("全县地区生产总值90亿元,比上年增长5.2%。", "real"),
        ("全縣人均生產總值9000元,增長5.2%。", "real"),
        ("工业增加值90亿元,同比增长5%。", "real"),
        ("2023年GDP达90亿元,同比增长5%。2022年GDP为88亿元。", "real"),
        ("生产总值90亿元,按现价计算,增长5%。", "not stated"),
        ("生产总值90亿元,名义增长5%。", "not stated"),
        ("生产总值90亿元,比上年增加8亿元,增长9.8%。", "not stated"),  # its values make it
        ("工业总产值90亿元,同比增长5%。", "not stated"),
    ],
)
def test_growth_of_value_added_is_at_constant_prices(text: str, basis: str) -> None:
    article = read_article(text)
    changes = article.figures[article.figures["measure"] == "change"]
    assert changes["basis"].tolist() == [basis]
    assert "contradicts" not in audit(article)["verdict"].tolist()


def test_growth_of_parts_is_on_the_basis_of_their_total() -> None:
    text = "产值90亿元,按可比价格计算增长7%,其中甲类30亿元,增长5%,乙类60亿元,增长8%。"
    article = read_article(text + "投资8亿元,增长3%。")
    changes = article.figures[article.figures["measure"] == "change"]
    assert changes["basis"].tolist() == ["real", "real", "real", "not stated"]
    # At constant prices nothing is said of what was printed a year before.
    assert prior_values(article)["prior_low"].notna().tolist() == [False, False, False, True]


def test_bad_input() -> None:
    with pytest.raises(TypeError, match="takes a text"):
        read_article(None)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="'15/11/2018', expected an ISO date"):
        read_article("立案342起。", published="15/11/2018")


@pytest.mark.parametrize(
    "hostile",
    ["(" * 3000, "立案3起," * 400, "其中" * 2000, "占" * 3000, "较" * 3000 + "5%", "1起、" * 600],
)
def test_time_is_linear_in_length(hostile: str) -> None:
    def seconds(text: str) -> float:
        start = time.perf_counter()
        read_article(text)
        return time.perf_counter() - start

    read_article(hostile)
    once = min(seconds(hostile) for _ in range(3))
    assert seconds(hostile * 4) < 16 * once + 0.5


def test_a_value_far_ahead_of_parts_that_exhaust_a_total_does_not_stop_the_reading():
    """Nothing in their unit stands near, and their sum is another."""
    between = "立案7起。" * 30
    text = f"全年产值9516万元。{between}第一产业571万元,第二产业4459万元,第三产业448万元。"
    assert read_article(text).relations.empty


def test_what_only_the_meaning_tells_is_said_with_its_alternative() -> None:
    apart = read_article("全院办案800件,其中抗诉88件;再审建议139件。").relations
    assert apart["note"].str.contains("or 139件 stands beside it").all()
    together = read_article("全院办案800件,其中抗诉88件、再审建议139件。").relations
    assert set(together["note"]) == {"其中"}


def test_what_hides_in_a_pasted_text_comes_into_no_name(tmp_path: Path) -> None:
    """A zero-width space and a mark that turns the text, as pages that are copied carry them."""
    text = "某县2020年盗\u200b窃立案13件，\u202e诈骗立案7件。"
    article = read_article(text)
    assert article.figures["name_zh"].tolist() == ["某县盗窃立案", "诈骗立案"]
    assert load(draft(tmp_path / "mine", text, "Made up")).figures["reported"].tolist() == [
        *("13件", "7件"),
    ]


def test_an_english_month_is_of_the_year_named_last_or_of_publication():
    text = "Trips were 90 in August. In January-August there were 800 trips."
    days = read_article(text, published="2018-09-12").figures[["period_start", "as_of"]]
    first, both = days.astype(str).to_numpy().tolist()
    assert (first, both) == (["2018-08-01", "2018-08-31"], ["2018-01-01", "2018-08-31"])
    assert read_article(text).figures["as_of"].isna().all()
    text = "Trips were 90 in March 2016. In May there were 80 trips."
    dated = read_article(text, published="2018-09-12").figures["as_of"].astype(str)
    assert dated.tolist() == ["2016-03-31", "2016-05-31"]
    # A month that was still to come is the year before's.
    text = "Trips were 90 in November."
    assert str(read_article(text, published="2018-09-12").figures["as_of"].iloc[0])[:4] == "2017"


@pytest.mark.parametrize(
    ("when", "start", "end"),
    [
        ("between April 1, 2015, and March 31, 2016", "2015-04-01", "2016-03-31"),
        ("from April 2012 to the end of March 2013", "2012-04-01", "2013-03-31"),
        ("between 1 April and 30th June 2015", "2015-04-01", "2015-06-30"),
        ("from 1 November to 31 January 2016", None, "2016-01-31"),  # it began the year before
    ],
)
def test_an_english_span_is_from_its_first_day_to_its_last(when, start, end):
    figure = read_article(f"The depot sold 950 lamps {when}.").figures.iloc[0]
    assert figure["when"] == when.split(" ", 1)[1]
    assert (figure["period_start"], figure["as_of"]) == (
        pd.NaT if start is None else pd.Timestamp(start),
        pd.Timestamp(end),
    )


def test_what_an_english_text_does_not_name_is_not_stated_in_english():
    text = "There were 4,010, 7 per cent fewer than the 4,300, as the harbour said in May."
    figures = read_article(text).figures
    unnamed = figures[figures["name_zh"] == "未说明"]
    assert unnamed["reported"].tolist() == ["4,010", "7 per cent fewer", "4,300"]
    assert set(unnamed["name_en"]) == {"not stated"}


def test_words_that_had_a_total_mean_it_again_when_it_is_out_of_reach():
    between = "".join(f"丙村种菇{n}人。" for n in range(31, 76))
    text = f"菌农总量9000人。甲乡500人,占菌农总量的5.6%。{between}丁乡450人,占菌农总量的5%。"
    article = read_article(text)
    wholes = article.relations.query("kind == 'ratio' and role == 'denominator'")["figure"]
    assert article.figures.loc[wholes, "reported"].tolist() == ["9000人", "9000人"]


def test_a_base_in_the_words_of_the_present_is_dated_a_year_before() -> None:
    figures = read_article("2018年上半年,骗案由40宗增至50宗,按年升25%。").figures
    assert figures["period_start"].dt.year.tolist()[:2] == [2017, 2018]
    assert figures["as_of"].dt.month.tolist()[:2] == [6, 6]
    last = read_article("2018年1月到10月30日,立案90起。").figures.iloc[0]
    assert (last["when"], str(last["as_of"])[:10]) == ("2018年1月到10月30日", "2018-10-30")


def test_what_came_in_the_year_of_a_day_runs_up_to_it():
    figures = read_article("截至2019年6月末,在押罪犯4326人。当年新收押1138人。").figures
    assert figures["as_of"].astype(str).tolist() == ["2019-06-30"] * 2
    assert figures["period_start"].isna().tolist() == [True, False]
    assert figures["period_start"].iloc[1] == pd.Timestamp("2019-01-01")


def test_better_is_less_of_a_harm_and_more_of_what_is_good() -> None:
    text = "臭氧浓度90微克/立方米,同比改善5.0%;优良天数17天,同比改善2天。达标率81%,同比恶化3.0%。"
    article = read_article(text)
    changes = article.figures[article.figures["measure"].isin(["change", "difference"])]
    assert changes["value"].tolist() == [-5.0, 2.0, -3.0]
