"""Changes that no label calls so. Made-up tables, recomputed by hand."""

import pytest
from building import roles_by_place

from analysis import audit, claims, read_table
from analysis.article.table_measures import says_change, says_current, says_prior

DAYS = (
    "日期,全部,新到,在场,离场\n2021-03-01,12310,441,7210,5100\n2021-03-02,12772,462,7622,5150\n"
    "2021-03-03,12991,219,7791,5200\n2021-03-04,13325,334,8079,5246\n"
    "2021-03-05,13890,565,8594,5296\n"
)


@pytest.mark.parametrize("turned", [False, True])
def test_steps_of_a_running_total_are_differences(turned):
    # 12310 + 462 = 12772, 12772 + 219 = 12991, ...; the step of the first day has no prior
    head, *days = DAYS.splitlines()
    table = read_table("\n".join([head, *(reversed(days) if turned else days)]))
    steps = roles_by_place(table, "change")
    assert len(steps) == 4
    assert {
        "current": ["2021-03-02|全部"],
        "prior": ["2021-03-01|全部"],
        "difference": ["2021-03-02|新到"],
    } in steps
    assert table.figures.query("column == '新到'")["measure"].tolist().count("difference") == 4
    assert (audit(table)["verdict"] == "agrees").all()


def test_a_wrong_step_is_contradicted():
    table = read_table(DAYS.replace(",334,", ",343,"))
    verdict = audit(table).query("kind == 'change'")["verdict"]
    assert verdict.tolist() == ["agrees", "agrees", "contradicts", "agrees"]


def test_steps_are_no_parts_of_what_stands_between_them():
    # 12310 = 7210 + 5100, past the new ones
    sums = roles_by_place(read_table(DAYS), "sum")
    parts = {"2021-03-01|在场", "2021-03-01|离场"}
    assert {"total": ["2021-03-01|全部"], "part": sorted(parts)} in sums


def test_what_recomputes_from_row_to_row_of_no_periods_is_no_step():
    table = read_table("地区,全部,新到\n甲,12310,441\n乙,12772,462\n丙,12991,219\n丁,13325,334\n")
    assert not roles_by_place(table, "change")


SPAN = (
    "<table><tr><td rowspan=2>类别</td><td colspan=2>2005年</td><td colspan=2>2015年</td>"
    "<td colspan=2>2005—2015年</td></tr><tr><td>面积/km²</td><td>占比/%</td><td>面积/km²</td>"
    "<td>占比/%</td><td>面积/km²</td><td>占比/%</td></tr>"
    "<tr><td>旱地</td><td>512.33</td><td>51.23</td><td>540.15</td><td>54.02</td>"
    "<td>27.82</td><td>2.79</td></tr>"
    "<tr><td>草地</td><td>300.40</td><td>30.04</td><td>262.18</td><td>26.22</td>"
    "<td>-38.22</td><td>-3.82</td></tr>"
    "<tr><td>水面</td><td>187.27</td><td>18.73</td><td>197.67</td><td>19.77</td>"
    "<td>10.40</td><td>1.04</td></tr></table>"
)


def test_a_span_of_years_beside_its_ends_is_their_difference():
    # 540.15 - 512.33 = 27.82 km², 54.02 - 51.23 = 2.79 points
    table = read_table(SPAN)
    changes = roles_by_place(table, "change")
    assert {
        "current": ["草地|2015年 / 占比/%"],
        "prior": ["草地|2005年 / 占比/%"],
        "difference": ["草地|2005—2015年 / 占比/%"],
    } in changes
    assert len(changes) == 6
    assert (audit(table)["verdict"] == "agrees").all()
    spans = table.figures[table.figures["column"].str.startswith("2005—")]
    assert spans["unit"].unique().tolist() == ["km²", "percentage point"]


def test_a_span_that_its_ends_do_not_recompute_is_none():
    table = read_table(
        "类别,2005年,2006年,2005-2006年\n甲,512,540,1052\n乙,300,262,562\n丙,91,88,179\n"
    )
    assert not roles_by_place(table, "change")


def test_small_numbers_that_recompute_by_chance_are_no_prior():
    # Beside the thefts the fires would recompute -50 % of 1 and 2 and -100 % of 0 and 3, not the
    # total's -40 %: what each was a year before is not printed.
    table = read_table(
        "地区,火灾,火灾增长(%),盗窃\n东区,1,-50,2\n西区,0,-100,3\n南区,4,300,2\n合计,5,-40,7\n"
    )
    claims = roles_by_place(table, "change")
    assert [set(claim) for claim in claims] == [{"current", "change"}] * 4


@pytest.mark.parametrize("turned", [False, True])
def test_a_change_in_percent_is_of_the_pair_of_the_difference_beside_it(turned):
    # The yield rose as the harvest did, as the area is the same: both pairs make the percentage.
    last = ["harvest change (%)", "harvest difference (t)"][:: 1 if turned else -1]
    rows = [("North", 200, 230, 20, 23, 30, "15.0"), ("South", 300, 330, 30, 33, 30, "10.0")]
    rows.append(("West", 400, 380, 40, 38, -20, "-5.0"))
    head = ["region", "harvest (t) 2015", "harvest (t) 2016", "yield 2015", "yield 2016", *last]
    lines = [[*row[:5], *row[5:][:: -1 if turned else 1]] for row in rows]
    table = read_table("\n".join(",".join(map(str, line)) for line in [head, *lines]))
    changes = roles_by_place(table, "change")
    assert len(changes) == 3
    assert all("harvest (t) 2016" in claim["current"][0] for claim in changes)
    assert all({"change", "difference"} <= set(claim) for claim in changes)


def test_five_months_are_not_set_beside_a_year():
    # 64 + 61 + 80 = 205 is no rise from 303 in four months; 9.9% is from what nobody printed.
    rows = ["Exports|2021|2022|2023|2024|2025", "January|50|55|60|63|64", "February|55|60|70|80|61"]
    rows += ["March|60|62|65|70|80", "April|70|75|80|90|", "Total|235|252|275|303|205"]
    rows += ["% change||7.2|9.1|10.2|9.9"]
    table = read_table("\n".join(f"|{row}|" for row in rows))
    changes = roles_by_place(table, "change")
    assert [change["current"] for change in changes] == [[f"Total|{y}"] for y in (2022, 2023, 2024)]


def test_what_differs_between_two_years():
    table = read_table("区域,2021/06,2020/06,差異\n甲,1490,1509,-19\n乙,177,150,27\n丙,6,5,1\n")
    told = claims(table)
    assert told.claim[told.kind == "change"].tolist()[:2] == [
        "1490 from 1509: -19 (not stated)",
        "177 from 150: 27 (not stated)",
    ]


@pytest.mark.parametrize("head", ["diff", "Difference"])
def test_a_difference_is_between_the_first_and_the_last_of_several_years(head):
    # 1324 - 1210 = 114, 2231 - 2305 = -74, 915 - 906 = 9
    table = read_table(
        f"area,2018,2019,2020,{head}\nNorth,1210,1270,1324,114\nBay,2305,2290,2231,-74\n"
        "East,906,911,915,9\n"
    )
    found = roles_by_place(table, "change")
    assert {"current": ["Bay|2020"], "prior": ["Bay|2018"], "difference": [f"Bay|{head}"]} in found
    assert len(found) == 3
    assert set(table.figures.query("column == @head")["measure"]) == {"difference"}


@pytest.mark.parametrize("label", ["Priority areas", "Recurrent costs", "Concurrent cases"])
def test_words_that_begin_or_end_as_others_name_neither_this_year_nor_the_last(label):
    assert not says_prior(label)
    assert not says_current(label)
    assert says_prior("Prior year")
    assert says_current("Current year")


@pytest.mark.parametrize(
    ("now", "before", "against"),
    [
        ("2018年上半年", "2017年上半年", "year earlier"),
        ("2018年", "2017年", "year earlier"),
        ("2018年2月", "2018年1月", "not stated"),
        ("2018年", "2016年", "not stated"),
    ],
)
def test_a_change_between_columns_a_year_apart_is_against_the_year_earlier(now, before, against):
    table = read_table(
        f"类别,{now},{before},增减%\n盗窃,628,702,-10.5\n诈骗,401,380,5.5\n抢劫,120,100,20\n"
    )
    changes = table.figures[table.figures["measure"] == "change"]
    assert changes["against"].tolist() == [against] * 3


def columns(figures, column):
    return figures.query("column == @column")[["unit", "measure"]].drop_duplicates().values.tolist()


IN_PERCENT = [
    "增减%",
    "±%",
    "同比(%)",
    "升(+)降(-)%",
    "与上年比%",
    "变动率",
    "增加比例(%)",
    "增长幅度(%)",
]


@pytest.mark.parametrize("head", [*IN_PERCENT, "上升(%)", "下降幅度", "提高%", "Up/(down) %", "Δ%"])
def test_a_percent_below_a_head_with_a_unit_is_a_change_and_no_sum(head):
    # 52 of 48 is +8.3%, 31 of 40 is -22.5%; 83 of 88 is -5.7%
    table = read_table(
        "<table><tr><td rowspan=2>月份</td><td colspan=3>起数(起)</td></tr>"
        f"<tr><td>2024年</td><td>2023年</td><td>{head}</td></tr>"
        "<tr><td>1月</td><td>52</td><td>48</td><td>8.3</td></tr>"
        "<tr><td>2月</td><td>31</td><td>40</td><td>-22.5</td></tr>"
        "<tr><td>1-2月</td><td>83</td><td>88</td><td>-5.7</td></tr></table>"
    )
    assert columns(table.figures, f"起数(起) / {head}") == [["percent", "change"]]
    changes = roles_by_place(table, "change")
    assert [*map(sorted, changes)] == [["change", "current", "prior"]] * 3
    assert len(roles_by_place(table, "sum")) == 2
    assert (audit(table)["verdict"] == "agrees").all()


EITHER = [
    "较上季增减",
    "+/-",
    "比上季末",
    "增加(减少)",
    "Change",
    "增加",
    "季增减",
    "Movement",
    "Variance",
]


@pytest.mark.parametrize("head", EITHER)
def test_what_a_change_without_a_unit_is_its_figures_tell(head):
    # 61.3 - 62.8 = -1.5 万人, 43520 - 43811 = -291 人: no percentages, though with decimals
    rows = "指标,四季度,三季度,{}\n参保(万人),61.3,62.8,-1.5\n特困(人),43520,43811,-291\n"
    rows += "低保(万户),38.7,38.4,0.3\n"
    table = read_table(rows.format(head))
    assert table.figures.query("column == @head")["unit"].tolist() == ["万人", "人", "万户"]
    assert len(roles_by_place(table, "change")) == 3
    assert (audit(table)["verdict"] == "agrees").all()
    # -2.4%, -0.7%, +0.8%
    rows = rows.replace("-1.5", "-2.4").replace("-291", "-0.7").replace("0.3", "0.8")
    table = read_table(rows.format(head))
    assert columns(table.figures, head) == [["percent", "change"]]
    assert (audit(table)["verdict"] == "agrees").all()


@pytest.mark.parametrize("head", ["增加量", "增加额", "减少数", "年增數", "较上周增量", "变化值"])
def test_a_column_of_amounts_beside_two_periods_is_of_differences_and_no_sum(head):
    # 2023 is not the sum of 2022 and of what was added: 35325 - 33571 = 1754, 456 - 409 = 47
    table = read_table(f"指标,2023年,2022年,{head}\n用电,35325,33571,1754\n一产,456,409,47\n")
    assert columns(table.figures, head)[0][1] == "difference"
    assert [*map(sorted, roles_by_place(table, "change"))] == [
        ["current", "difference", "prior"]
    ] * 2
    assert not roles_by_place(table, "sum")


@pytest.mark.parametrize("head", ["增加值", "新增数", "净增人数", "本科以上比例(%)"])
def test_what_is_added_or_above_is_no_change(head):
    assert not says_change(head)


def test_a_row_of_changes_in_amounts_is_of_differences():
    # 55.1 - 52.3 = 2.8 and 131.2 - 120.4 = 10.8, not 5.4% and 9.0%
    table = read_table(
        "年份,产量(万吨),产值(亿元)\n2022年,52.3,120.4\n2023年,55.1,131.2\n增减,2.8,10.8\n"
    )
    assert table.figures["measure"].tolist()[-2:] == ["difference"] * 2
    assert table.figures["unit"].tolist()[-2:] == ["万吨", "亿元"]
    assert (audit(table)["verdict"] == "agrees").all()


def test_a_head_that_names_the_year_compared_with_is_of_changes():
    # 152.4 - 145.2 = 7.2, 5.0%; 92.1 - 95.3 = -3.2, -3.4%
    table = read_table(
        "<table><tr><td rowspan=2>险种</td><td rowspan=2>2023年末</td><td rowspan=2>6月末</td>"
        "<td colspan=2>比2023年末</td></tr><tr><td>增减</td><td>%</td></tr>"
        "<tr><td>养老</td><td>145.2</td><td>152.4</td><td>7.2</td><td>5.0</td></tr>"
        "<tr><td>失业</td><td>95.3</td><td>92.1</td><td>-3.2</td><td>-3.4</td></tr></table>"
    )
    roles = ["change", "current", "difference", "prior"]
    assert [*map(sorted, roles_by_place(table, "change"))] == [roles] * 2
    assert (audit(table)["verdict"] == "agrees").all()


@pytest.mark.parametrize(
    ("first", "last"),
    [("期初", "期末"), ("Opening stock", "Closing stock"), ("At start", "At end")],
)
def test_a_change_of_a_stock_is_of_what_a_period_opens_and_closes_with(first, last):
    # 5342 - 4781 = 561 = 6098 - 5537: what came in less what went out is no change of either
    table = read_table(
        f"类别,{first},来,去,{last},Change\n甲,4781,6098,5537,5342,561\n乙,923,3387,3462,848,-75\n"
        "丙,187,506,523,170,-17\n"
    )
    changes = roles_by_place(table, "change")
    assert [change["current"] for change in changes] == [[f"{row}|{last}"] for row in "甲乙丙"]
    assert [change["prior"] for change in changes] == [[f"{row}|{first}"] for row in "甲乙丙"]


def test_of_pairs_that_recompute_a_change_as_well_the_one_of_more_digits_is_compared():
    """50.6 / 47.3 = +7.0 %; 5.4 / 5.0 is that, too, as far as their digits tell."""
    table = read_table(
        "Region,2016 level,2016 rate (%),2017 level,2017 rate (%),Change (%)\n"
        "East,47.3,5.0,50.6,5.4,7.0\nWest,107.3,4.1,105.9,4.0,-1.3\nSouth,45.8,3.1,43.8,3.0,-4.4\n"
    )
    changes = claims(table).query("kind == 'change'")
    assert changes["current"].tolist() == ["r01_c3", "r02_c3", "r03_c3"]


def test_a_change_of_rank_is_none_of_what_is_ranked():
    table = read_table(
        "地区,产值(亿元),增速(%),位次变化\n甲,523.1,6.1,0\n乙,412.3,5.8,1\n丙,400.2,4.9,-1\n"
    )
    assert [set(claim) for claim in roles_by_place(table, "change")] == [{"current", "change"}] * 3


def test_a_change_is_not_of_the_year_above_that_holds_its_months():
    table = read_table(
        "年(月)别,发生件数,较上年(同期)增减数\n2022年,281640,16122\n2023年,290877,9237\n"
        "2024年,300000,9123\n2024年1-9月,216044,6302\n2025年1-9月,209375,-6669\n"
    )
    changes = roles_by_place(table, "change")
    priors = {claim["current"][0]: claim.get("prior", []) for claim in changes}
    assert priors["2024年1-9月|发生件数"] == []
    assert priors["2025年1-9月|发生件数"] == ["2024年1-9月|发生件数"]
    assert "contradicts" not in set(audit(table)["verdict"])


def test_a_rank_of_growth_does_not_grow():
    table = read_table(
        "地区,营业收入(亿元),位次,增幅(%),增幅位次\n甲区,84.63,2,9.4,3\n乙区,112.08,1,10.8,1\n丙区,47.91,3,9.7,2\n"
    )
    current = [claim["current"][0] for claim in roles_by_place(table, "change")]
    assert not [place for place in current if "位次" in place]
    assert "contradicts" not in set(audit(table)["verdict"])


@pytest.mark.parametrize(
    ("head", "rows"),
    [
        ("指标,2022年,2023年,增长%", ["件数(件),820,902,10.0", "办结率(%),78.0,85.1,7.1"]),
        ("指标,去年同期,本期,同比±%", ["收入(亿元),50.0,55.0,10.0", "出租率(%),55.2,58.6,3.4"]),
        ("item,2022,2023,% change", ["Guests,820,902,10.0", "Occupancy rate (%),71.5,70.1,-1.4"]),
    ],
)
def test_rates_among_counts_change_by_points(head, rows):
    table = read_table("\n".join([head, *rows]))
    points = table.figures.iloc[-1]
    assert [points["measure"], points["unit"]] == ["difference", "percentage point"]
    assert [set(claim) for claim in roles_by_place(table, "change")] == [
        {"current", "prior", "change"},
        {"current", "prior", "difference"},
    ]
    assert set(audit(table)["verdict"]) == {"agrees"}


def test_rates_whose_changes_recompute_in_percent_do_not_change_by_points():
    # 81.9 / 78.0 = 1.05
    table = read_table("指标,2022年,2023年,增长%\n件数(件),820,902,10.0\n办结率(%),78.0,81.9,5.0\n")
    assert table.figures.iloc[-1]["measure"] == "change"


def test_prices_change_in_percent():
    # 6.30 / 6.00 = 1.05: an amount a thing is no percentage
    table = read_table(
        "品种,上月(元/公斤),本月(元/公斤),环比%\n米,6.00,6.30,5.0\n面,5.00,5.10,2.0\n油,2.00,2.02,1.0\n"
    )
    assert set(table.figures.query("column == '环比%'")["measure"]) == {"change"}


ALONE = "罪名,本期(人),同比%\n甲,227,{}\n乙,261,{}\n丙,73,{}\n丁,1834,12.7\n"


def test_changes_that_several_whole_numbers_cannot_have_are_of_no_count():
    # 227 / 1.12 = 202.7, 261 / 0.948 = 275.3, 73 / 1.207 = 60.5: no whole numbers, nor near one
    table = read_table(ALONE.format("12.0", "-5.2", "20.7"))
    assert "contradicts" not in set(audit(table)["verdict"])
    assert "r04_c1" in set(table.relations["figure"])


def test_one_change_that_no_whole_number_has_may_be_a_slip():
    # 261 / 275 = 0.9491, 73 / 60 = 1.2167
    table = read_table(ALONE.format("12.0", "-5.1", "21.7"))
    assert audit(table)["verdict"].tolist().count("contradicts") == 1


QUARTERS = [("2022", 16493), ("Q1", 3931), ("Q2", 4134), ("Q3", 4112), ("Q4", 4316)]
LATER = [("2023", 17094, 3.6), ("Q1", 4074, 3.6), ("Q2", 4122, -0.3), ("Q3", 4311, 4.8)]
LATER += [("Q4", 4587, 6.3)]


@pytest.mark.parametrize(
    "names", [{}, dict(zip(["Q1", "Q2", "Q3", "Q4"], ["1月", "2月", "3月", "4月"], strict=True))]
)
@pytest.mark.parametrize("turned", [False, True])
def test_a_change_is_against_the_same_period_of_the_year_before(names, turned):
    # 4074 / 3931 = 1.0364, 4122 / 4134 = 0.9971, 4311 / 4112 = 1.0484, 4587 / 4316 = 1.0628
    rows = [["period", "exports", "% change on year earlier"]]
    rows += [[names.get(name, name), str(value), ".."] for name, value in QUARTERS]
    rows += [[names.get(name, name), str(value), str(own)] for name, value, own in LATER]
    lines = zip(*rows, strict=True) if turned else rows
    table = read_table("\n".join(map(",".join, lines)))
    changes = [claim for claim in roles_by_place(table, "change") if "prior" in claim]
    assert len(changes) == len(LATER)
    assert (audit(table)["verdict"] == "agrees").all()


def test_a_change_under_the_head_of_several_columns_is_of_their_total():
    table = read_table(
        "Period,Exports,,,Imports,% change,\n,Domestic,Re-exports,Total,,Exports,Imports\n"
        "North,3120,811,3931,4402,3.6,-2.5\nSouth,3344,790,4134,4515,-0.3,-2.8\nWest,3290,822,4112,4733,4.8,-4.9\n"
    )
    current = {claim["current"][0].split("|")[1] for claim in roles_by_place(table, "change")}
    assert current == {"Exports / Total", "Imports"}


def verdicts_of_changes(text):
    table = read_table(text)
    said = audit(table)["verdict"][claims(table)["kind"] == "change"]
    return [{"agrees": "+", "contradicts": "!"}.get(verdict, "?") for verdict in said]


@pytest.mark.parametrize(
    ("text", "said"),
    [  # the head says which two, or leaves no others: one row that does not fit is a slip
        ("类,一季度,二季度,增减(%)\n甲,4210,4631,10.0\n乙,3980,3742,-9.6\n丙,812,873,7.5\n", "+!+"),
        ("Item,May,June,Change (%)\nA,4210,4631,10.0\nB,398,374,-6.0\nC,812,873,9.5\n", "++!"),
        # a difference that fits says which two its change in percent is of; and so the other way
        ("項目,11月,12月,增減,增減率(%)\n甲,421,463,42,10.0\n乙,398,374,-24,-9.6\n", "+!"),
        ("項目,11月,12月,增減,增減率(%)\n甲,421,463,24,10.0\n乙,398,374,-24,-6.0\n", "!+"),
        ("項目,11月,12月,增減,增減率(%)\n甲,500,450,-50,-11.0\n", "!"),
        # 37670 / 35067 is 7.4%: years that follow, under 较上年
        ("年,案件,较上年增减率(%)\n110年,35067,-3.2\n111年,37670,4.7\n112年,37334,-0.9\n", "?!+"),
        # of other months, and of a year that is not printed: few fit
        ("类,1月,2月,同比增长(%)\n甲,517,453,3.1\n乙,62,71,24.5\n丙,31,34,2.7\n", ""),
        ("类,2月,3月,增减,比2019年增减(%)\n甲,517,453,-64,3.1\n乙,62,71,9,20.1\n", "++"),
    ],
)
def test_a_slip_in_a_few_rows_is_one(text, said):
    assert "".join(verdicts_of_changes(text)) == said


SHORT = "| 月 | 车 | 船 | 机 | 率(%) |\n| --- | --- | --- | --- | --- |\n"
SHORT += "| 11月 | 4210 | 1980 | 812 | 91.2 |\n| 12月 | 4631 | 1742 | 873 | 92.5 |\n"


def test_a_slip_in_a_row_that_ends_early_is_one_where_what_is_behind_it_agrees():
    # 1742 - 1980 = -238; that 873 - 812 = 61 stands behind it says that no blank was lost
    assert verdicts_of_changes(SHORT + "| 增减 | 421 | -283 | 61 | |\n") == ["+", "!", "+"]
    assert "!" not in verdicts_of_changes(SHORT + "| 增减 | 421 | 61 | 1.3 | |\n")


@pytest.mark.parametrize("head", ["差额", "差額(件)", "差数", "Variance"])
def test_what_lies_between_two_periods_is_a_difference(head):
    text = (
        f"部门,本期(件),上期(件),{head}\n甲,120,110,10\n乙,98,105,-7\n丙,143,130,13\n丁,88,76,13\n"
    )
    table = read_table(text)
    assert set(table.figures[table.figures["column"] == head]["measure"]) == {"difference"}
    audited = audit(table)
    assert audited["kind"].value_counts().to_dict() == {"change": 4}
    assert (audited["verdict"] == "contradicts").sum() == 1


def test_what_lies_between_receipts_and_payments_is_no_change():
    text = "部门,收入,支出,差额\n甲,120,110,10\n乙,98,105,-7\n丙,143,130,13\n"
    assert "change" not in set(read_table(text).relations["kind"])


@pytest.mark.parametrize("head", ["2023/22 (%)", "2023/2022 %", "Per cent 2023/22"])
def test_a_year_over_the_one_before_is_a_change(head):
    text = f"Goods,2022,2023,{head}\nFood,1350,1401,3.8\nFuel,3405,2980,-12.5\nOil,790,761,-3.7\n"
    audited = audit(read_table(text))
    assert audited["kind"].value_counts().to_dict() == {"change": 3}
    assert (audited["verdict"] == "agrees").all()
    fiscal = read_table(text.replace("2023/22", "2022/23").replace("2023/2022", "2022/2023"))
    assert "change" not in set(fiscal.figures["measure"])


def test_how_sure_a_figure_is_has_no_claim():
    text = (
        "Area,Patients,95% confidence interval / from,95% confidence interval / to,P-value\n"
        "North,40,38,42,4\nSouth,60,57,63,6\nAll areas,100,95,105,10\n"
    )
    claimed = set(read_table(text).relations["figure"])
    assert claimed == {"r01_c1", "r02_c1", "r03_c1"}


def test_growth_over_years_that_do_not_follow_one_another_has_no_prior_beside_it():
    rows = "1978,1132,29.5\n1980,1160,1.2\n1985,2005,22.0\n"
    rows += "1986,2122,5.8\n1987,2199,3.6\n1988,2357,7.2\n"
    table = read_table(f"Year,Revenue,Growth Rate (%)\n{rows}")
    claims = table.relations.pivot_table(
        index="relation", columns="role", values="figure", aggfunc="first"
    )
    prior = claims.set_index("change")["prior"]
    assert prior[["r04_c2", "r05_c2", "r06_c2"]].tolist() == ["r03_c1", "r04_c1", "r05_c1"]
    assert prior[["r02_c2", "r03_c2"]].isna().all()
    assert "contradicts" not in set(audit(table)["verdict"])


def test_a_change_a_year_is_not_of_two_years_apart():
    rows = "Ash,5.0,4.3,-0.1\nOak,4.6,3.9,-0.1\nElm,5.4,4.4,-0.2\nYew,5.3,4.8,-0.1\n"
    table = read_table(f"Tree,2007,2014,Annual change\n{rows}")
    assert "prior" not in table.relations["role"].tolist()
