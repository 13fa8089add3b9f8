"""Shares and rates that no label ties. Made-up tables, recomputed by hand."""

import pytest
from building import roles_by_place

from analysis import audit, read_table


def test_shares_below_the_amounts_of_the_same_names():
    # 20 / 80 = 25.0 %, 60 / 80 = 75.0 %; 30 / 120 = 25.0 %, 90 / 120 = 75.0 %
    table = read_table(
        "指标,2018年,2019年\n产值(亿元),80.00,120.00\n农业,20.00,30.00\n工业,60.00,90.00\n"
        "构成(%),100.0,100.0\n农业,25.0,25.0\n工业,75.0,75.0\n"
    )
    assert roles_by_place(table, "ratio")[0] == {
        "rate": ["构成(%) / 农业|2018年"],
        "numerator": ["产值(亿元) / 农业|2018年"],
        "denominator": ["产值(亿元)|2018年"],
    }
    assert (audit(table)["verdict"] == "agrees").all()


def test_rows_that_repeat_have_the_unit_of_the_row_above_them():
    table = read_table(
        "指标,2018年,2019年\n产值(亿元),80,125\n农业,22,30\n工业,60,90\n"
        "指数(上年=100),103.1,104.2\n农业,101.0,102.5\n工业,104.4,105.1\n"
    )
    at = table.figures.set_index("row")["unit"].to_dict()
    assert (at["产值(亿元) / 农业"], at["指数(上年=100) / 农业"]) == ("亿元", "")
    assert table.relations.empty


def test_persons_a_household():
    # 3600 / 1200 = 3.00, 3900 / 1500 = 2.60, 5000 / 2000 = 2.50, 5041 / 2100 = 2.40
    table = read_table(
        "地区,户数,人数,平均每户人数\n甲,1200,3600,3.00\n乙,1500,3900,2.60\n丙,2000,5000,2.50\n"
        "丁,2100,5041,2.40\n"
    )
    assert roles_by_place(table, "ratio")[3] == {
        "rate": ["丁|平均每户人数"],
        "numerator": ["丁|人数"],
        "denominator": ["丁|户数"],
    }
    assert (audit(table)["verdict"] == "agrees").all()


def test_shares_padded_with_a_zero_are_rounded_before_it():
    # 37 / 230 = 16.087 %, printed 16.10: rounded to 16.1
    table = read_table(
        "类别,件,构成(%)\n盗窃,37,16.10\n诈骗,120,52.20\n抢劫,22,9.60\n赌博,43,18.70\n其他,8,3.50\n"
        "合计,230,100.00\n"
    )
    row = table.figures.loc["r01_c2"]
    assert (row["value"], round(row["low"], 9), round(row["high"], 9)) == (16.1, 16.05, 16.15)
    assert (audit(table)["verdict"] == "agrees").all()


def test_each_section_has_shares_of_its_own_total():
    # 60 / 80 = 75.0 %; below the second total 30 / 120 = 25.0 %
    text = (
        "项目,决算数(万元),占比(%)\n收入合计,80,100.0\n税收,60,75.0\n其他收入,20,25.0\n"
        "支出合计,120,100.0\n教育,30,25.0\n卫生,54,45.0\n其他支出,36,30.0\n"
    )
    table = read_table(text)
    of = {c["rate"][0]: c["denominator"][0] for c in roles_by_place(table, "ratio")}
    assert of["税收|占比(%)"] == "收入合计|决算数(万元)"
    assert of["卫生|占比(%)"] == "支出合计|决算数(万元)"
    assert (audit(table)["verdict"] == "agrees").all()
    verdict = audit(read_table(text.replace("卫生,54,45.0", "卫生,54,54.0")))["verdict"]
    assert (verdict == "contradicts").sum() == 2  # the share, and the sum of the shares


def test_shares_in_a_group_are_of_what_is_a_hundred_in_it():
    # 61 % of 485, 85 % of 499 …; a year has a group of rows
    table = read_table(
        "| 年 | 结果 | 件 | % |\n|---|---|---|---|\n"
        "| 2001年 | 起诉 | 485 | 100 |\n| 2001年 | 有罪 | 297 | 61 |\n| 2001年 | 撤回 | 15 | 3 |\n"
        "| 2002年 | 起诉 | 500 | 100 |\n| 2002年 | 有罪 | 425 | 85 |\n| 2002年 | 撤回 | 12 | 2 |\n"
        "| 2003年 | 起诉 | 446 | 100 |\n| 2003年 | 有罪 | 254 | 57 |\n| 2003年 | 撤回 | 18 | 4 |\n"
    )
    of = {c["rate"][0]: c["denominator"][0] for c in roles_by_place(table, "ratio")}
    assert of["2002年 / 有罪|%"] == "2002年 / 起诉|件"
    assert (audit(table)["verdict"] == "agrees").all()


def test_a_rate_is_of_the_line_it_is_named_after_however_far():
    # 44 / 1000 = 4.4 %, 41 / 1025 = 4.0 %, 39 / 1040 = 3.75 %
    rows = "".join(f"行业{n},{90 - 7 * n},{88 - 6 * n},{91 - 7 * n}\n" for n in range(12))
    table = read_table(
        f"指标,2018年,2019年,2020年\n劳动力,1000,1025,1040\n{rows}失业人数,44,41,39\n"
        "失业率(%),4.4,4.0,3.8\n"
    )
    assert roles_by_place(table, "ratio")[0] == {
        "rate": ["失业率(%)|2018年"],
        "numerator": ["失业人数|2018年"],
        "denominator": ["劳动力|2018年"],
    }


def test_a_plan_is_what_its_completion_is_of():
    # 3210 / 5600 = 57.3 %, 2510 / 4200 = 59.8 %, 700 / 1400 = 50.0 %; one of the three slipped
    text = (
        "指标,全年计划,累计,完成计划%\n总收入,5600,3210,57.3\n税,4200,2510,59.8\n费,1400,700,50.0\n"
    )
    of = {c["rate"][0]: c["denominator"][0] for c in roles_by_place(read_table(text), "ratio")}
    assert of["费|完成计划%"] == "费|全年计划"
    verdict = audit(read_table(text.replace("59.8", "58.9")))["verdict"]
    assert (verdict == "contradicts").sum() == 1


def test_a_share_is_of_what_stands_beside_it_under_one_head():
    # 2 / 2500 = 0.08 %, 3 / 2500 = 0.12 %; of the wind's 1500 the first would be 0.1 %, too
    text = (
        "<table><tr><th rowspan=2>月份</th><th rowspan=2>合计</th><th colspan=2>地热</th>"
        "<th colspan=2>风力</th></tr>"
        "<tr><th>千度</th><th>占比(%)</th><th>千度</th><th>占比(%)</th></tr>"
        "<tr><td>1月</td><td>2500</td><td>2</td><td>0.1</td><td>1500</td><td>60.0</td></tr>"
        "<tr><td>2月</td><td>2500</td><td>3</td><td>0.1</td><td>1400</td><td>56.0</td></tr></table>"
    )
    claims = roles_by_place(read_table(text), "ratio")
    assert [(claim["numerator"], claim["denominator"]) for claim in claims] == [
        ([f"{month}|{what} / 千度"], [f"{month}|合计"])
        for what in ("地热", "风力")
        for month in ("1月", "2月")
    ]


WORK = (
    "年别,民间人口,劳动力,就业者,失业者,非劳动力,失业率(%),失业率季节调整后(%)\n"
    "101年平均,19436,11341,10860,481,8096,4.24,4.24\n"
    "102年平均,19587,11445,10967,478,8142,4.18,4.17\n"
    "103年平均,19705,11535,11079,457,8170,3.96,3.96\n"
)


def test_averages_of_years_are_no_rates_and_rounded():
    # 11341 + 8096 = 19437, one more than printed; 481 of 11341 are 4.24 %
    table = read_table(WORK)
    assert {
        "total": ["101年平均|劳动力"],
        "part": ["101年平均|失业者", "101年平均|就业者"],
    } in roles_by_place(table, "sum")
    assert {
        "rate": ["101年平均|失业率(%)"],
        "numerator": ["101年平均|失业者"],
        "denominator": ["101年平均|劳动力"],
    } in roles_by_place(table, "ratio")
    assert (audit(table)["verdict"] == "agrees").all()
    assert table.figures.loc["r01_c1", ["low", "high"]].tolist() == [19435.5, 19436.5]


def test_an_adjusted_rate_is_no_quotient_of_what_is_not():
    rates = {claim["rate"][0].split("|")[1] for claim in roles_by_place(read_table(WORK), "ratio")}
    assert rates == {"失业率(%)"}


def test_a_comparison_about_100_is_a_rate_of_the_year_before():
    # 568 / 614 = 92.5 %, 381 / 417 = 91.4 %, 187 / 178 = 105.1 %
    table = read_table(
        "区分,令和4年,令和5年,対前年比(%)\n刑法犯,614,568,92.5\n窃盗,417,381,91.4\n詐欺,178,187,105.1\n"
    )
    assert {
        "rate": ["詐欺|対前年比(%)"],
        "numerator": ["詐欺|令和5年"],
        "denominator": ["詐欺|令和4年"],
    } in roles_by_place(table, "ratio")
    assert not roles_by_place(table, "change")
    assert (audit(table)["verdict"] == "agrees").all()


def test_a_share_beside_a_column_without_a_head():
    # 2 / 2500 = 0.08 %, 3 / 2500 = 0.12 %; nobody says what the first column counts
    text = (
        "<table><tr><th rowspan=2>月份</th><th rowspan=2></th><th rowspan=2>合计</th>"
        "<th colspan=2>地热</th></tr><tr><th>千度</th><th>占比(%)</th></tr>"
        "<tr><td>1月</td><td>31</td><td>2500</td><td>2</td><td>0.1</td></tr>"
        "<tr><td>2月</td><td>45</td><td>2500</td><td>3</td><td>0.1</td></tr></table>"
    )
    claims = roles_by_place(read_table(text), "ratio")
    assert [claim["denominator"] for claim in claims] == [["1月|合计"], ["2月|合计"]]


def test_what_came_in_of_a_budget_far_from_it():
    # 75 / 100 = 75.0 %, 26 / 48 = 54.2 %, 30 / 120 = 25.0 %; a share kept (50%) is no unit
    table = read_table(
        "科目,年度预算,本期,同期,增减额,本期为预算%\n税收收入50%,100,75,60,15,75.0\n"
        "其他收入40%,48,26,20,6,54.2\n上级补助,120,30,35,-5,25.0\n"
    )
    assert set(table.figures.query("column == '本期'")["measure"]) == {"count"}
    assert roles_by_place(table, "ratio")[1] == {
        "rate": ["其他收入40%|本期为预算%"],
        "numerator": ["其他收入40%|本期"],
        "denominator": ["其他收入40%|年度预算"],
    }
    assert (audit(table)["verdict"] == "agrees").all()


SHARES = (
    "地区,2018年,2018年,2019年,2019年\n总计,200.0,100.0,250.0,100.0\n东,80.0,40.0,75.0,30.0\n"
    "西,60.0,30.0,100.0,40.0\n南,50.0,25.0,50.0,20.0\n北,10.0,5.0,25.0,10.0\n"
)


def test_shares_that_no_label_names_beside_their_amounts():
    # 80 / 200 = 40 %, 75 / 250 = 30 %; each year's amounts and their shares add up
    table = read_table(SHARES)
    units = table.figures.groupby("value")["unit"].agg(set)
    assert (units[40.0], units[30.0], units[75.0]) == ({"percent"}, {"percent"}, {""})
    assert audit(table)["kind"].value_counts().to_dict() == {"ratio": 10, "sum": 4}
    assert (audit(table)["verdict"] == "agrees").all()


def test_amounts_beside_others_that_are_no_shares_of_a_whole():
    # 100 beside 200 and 40 beside 80, but 31 beside 50 and 8 beside 10 are no halves
    table = read_table(SHARES.replace("25.0,50.0", "31.0,50.0").replace("5.0,25.0", "8.0,25.0"))
    assert set(table.figures["unit"][table.figures["column"] == "2018年"]) == {""}


_BIRTHS = "地区,{0},死亡人数,死亡率({1})\n甲,12040,53,4.40\n乙,13120,45,3.43\n丙,11310,39,3.45\n"


@pytest.mark.parametrize(
    ("persons", "unit", "verdicts"),
    [
        ("人口", "‰", {"agrees"}),
        ("人口", "%", {"contradicts"}),  # 53 / 12040 is 0.44 %
        ("人口(万人)", "%", set()),  # whatever they are printed in
        ("人口", "1/10万", set()),
    ],
)
def test_a_rate_in_percent_that_is_one_in_a_thousand_is_said_to_be_wrong(persons, unit, verdicts):
    table = read_table(_BIRTHS.format(persons, unit))
    found = set(audit(table)["verdict"]) if len(table.relations) else set()
    assert found == verdicts


def test_a_rate_that_is_not_named_after_what_recomputes_in_another_unit_makes_no_claim():
    assert read_table(_BIRTHS.format("人口", "%").replace("死亡率", "比率")).relations.empty


@pytest.mark.parametrize("head", ["年平均人口(人)", "平均总人口", "Average population"])
def test_a_rate_of_an_average_population(head):
    # 820 / 512300 is 160.06, 790 / 518400 is 152.39 and 610 / 520100 is 117.29 of 100,000
    table = read_table(
        f"年份 | {head} | 发病数 | 发病率(1/10万)\n2018 | 512300 | 820 | 160.06\n"
        "2019 | 518400 | 790 | 152.39\n2020 | 520100 | 610 | 117.29\n"
    )
    assert roles_by_place(table, "ratio")[0]["denominator"] == [f"2018|{head}"]
    assert audit(table)["verdict"].tolist() == ["agrees"] * 3


@pytest.mark.parametrize(
    ("heads", "rows"),
    [
        # 320.5 / 31.2 of 10,000 yuan is 102724
        (
            "产值(亿元),人口(万人),人均产值(元)",
            "320.5,31.2,102724 350.1,31.5,111143 361.7,31.9,113386",
        ),
        ("发案(起),人口(万人),发案率(起/10万人)", "320,31.2,102.6 350,31.5,111.1 361,31.9,113.2"),
        # 10,000 tonnes by 1,000 hectares are 10,000 kilograms a hectare
        ("面积(千公顷),产量(万吨),单产(公斤/公顷)", "2653,1474,5556 2296,1358,5915 2210,1357,6140"),
        # and 666.67 a mu
        (
            "面积(千公顷),产量(万吨),单产(公斤/亩)",
            "2653,1474,370.4 2296,1358,394.3 2210,1357,409.4",
        ),
        ("面积(平方公里),人口(万人),密度(人/平方公里)", "1000,31.2,312 900,31.5,350 800,40.0,500"),
        ("Cases,Population,Rate per 100 000 population", "820,512300,160.06 790,518400,152.39"),
    ],
)
def test_a_rate_of_lines_in_other_units(heads, rows):
    rows = rows.split()
    table = read_table(
        "\n".join(
            [f"地区,{heads}", *(f"{n}县,{row}" for n, row in zip("甲乙丙", rows, strict=False))]
        )
    )
    assert [*map(len, roles_by_place(table, "ratio"))] == [3] * len(rows)
    assert audit(table)["verdict"].tolist() == ["agrees"] * len(rows)
    rates = table.figures.loc[table.relations.loc[table.relations["role"] == "rate", "figure"]]
    assert set(rates["measure"]) == {"rate"}


def test_a_rate_of_units_that_cannot_be_compared_is_no_claim():
    # The numbers fit: 90 / 30 is 3.
    table = read_table(
        "地区,产值(亿元),人口(万人),单产(公斤/亩)\n甲,90,30,3\n乙,80,40,2\n丙,50,10,5\n"
    )
    assert table.relations.empty


BY_SEX = (
    "<table><tr><td rowspan=2>年龄</td><td colspan=3>人数</td><td colspan=3>{}</td></tr><tr>{}</tr>"
    "{}</table>"
)


@pytest.mark.parametrize("head", ["占总人口比重(%)", "占全市(%)", "Per cent of total"])
@pytest.mark.parametrize("last", [True, False])
def test_shares_of_columns_in_the_total_of_all_rows_and_columns(head, last):
    # 110 of 1000 is 11.0%, 97 of 1000 is 9.7%; 280 of 1000 is not 23.0%
    rows = ["0-14 213 110 103 21.3 11.0 10.3", "15-64 600 320 280 60.0 32.0 23.0"]
    rows.append("65+ 187 90 97 18.7 9.0 9.7")
    rows.insert(3 if last else 0, "合计 1000 520 480 100.0 52.0 48.0")
    cells = ["".join(f"<td>{cell}</td>" for cell in row.split()) for row in rows]
    columns = "<td>合计</td><td>男</td><td>女</td>" * 2
    table = read_table(BY_SEX.format(head, columns, "".join(f"<tr>{row}</tr>" for row in cells)))
    ratios = roles_by_place(table, "ratio")
    assert len(ratios) == 12
    women = {"rate": [f"65+|{head} / 女"], "numerator": ["65+|人数 / 女"]}
    assert women | {"denominator": ["合计|人数 / 合计"]} in ratios
    told = audit(table).query("kind == 'ratio'")["verdict"]
    assert told.tolist().count("contradicts") == 1


@pytest.mark.parametrize("head", ["Population ('000)", "Mid-year population (thousands)"])
def test_a_rate_of_a_population_in_thousands(head):
    # 12364 of 6 520 000 is 189.6 in 100 000
    text = f"state,cases,{head},rate per 100000\nA,12364,6520,189.6\nB,5900,5388,109.5\n"
    table = read_table(text)
    assert len(roles_by_place(table, "ratio")) == 2
    assert (audit(table)["verdict"] == "agrees").all()


def test_persons_beside_males_and_females_are_no_unit():
    # 30 / 500 = 6.0 %, 20 / 400 = 5.0 %, 50 / 900 = 5.6 %
    table = read_table(
        "Cause,Deaths,,,Per cent of all deaths,,\n,Males,Females,Persons,Males,Females,Persons\n"
        "Falls,30,20,50,6.0,5.0,5.6\nBurns,70,30,100,14.0,7.5,11.1\nOther,400,350,750,80.0,87.5,83.3\n"
        "All causes,500,400,900,100.0,100.0,100.0\n"
    )
    persons = table.figures[table.figures["column"].str.endswith("Persons")]
    assert set(persons["unit"]) == {"", "percent"}
    shares = [claim["rate"][0] for claim in roles_by_place(table, "ratio")]
    assert sum(place.endswith("Persons") for place in shares) >= 3


def test_shares_of_the_first_row_that_has_none_itself():
    # 1900 / 5000 = 38.0 %, 1600 / 5000 = 32.0 %, 1050 / 5000 = 21.0 %, 450 / 5000 = 9.0 %
    table = read_table(
        "組別,人數,百分比\n全部情形,5000,\n男性,2600,\n女性,2400,\n60-64歲,1900,38.0%\n"
        "50-54歲,1600,32.0%\n70-74歲,1050,21.0%\n不詳,450,9.0%\n"
    )
    shares = roles_by_place(table, "ratio")
    assert [each["numerator"] for each in shares] == [
        ["60-64歲|人數"], ["50-54歲|人數"], ["70-74歲|人數"], ["不詳|人數"]
    ]  # fmt: skip
    assert {each["denominator"][0] for each in shares} == {"全部情形|人數"}
    assert (audit(table)["verdict"] == "agrees").all()


def test_a_rate_per_so_many_where_the_population_is_in_thousands():
    # 8,840 / 2,600 thousand = 3.40 per 1,000; 7,310 / 1,700 = 4.30; 2,475 / 900 = 2.75
    table = read_table(
        "Region,Population (thousands),Beds,Per 1000 population\nEast,2600,8840,3.40\n"
        "West,1700,7310,4.30\nCentre,900,2475,2.75\n"
    )
    assert roles_by_place(table, "ratio")[0] == {
        "rate": ["East|Per 1000 population"],
        "numerator": ["East|Beds"],
        "denominator": ["East|Population (thousands)"],
    }
    assert (audit(table)["verdict"] == "agrees").all()


def test_shares_of_the_row_that_their_column_names_beside_another_called_total():
    # 60 / 240 = 25.0 %, 180 / 240 = 75.0 %; of all 1000 they would be 6 and 18 %
    table = read_table(
        "类别,上周,本周,占有效警情(%)\n接警总数,900,1000,—\n有效警情,250,240,100.0\n"
        "刑事类,50,60,25.0\n治安类,200,180,75.0\n无效报警,650,760,—\n"
    )
    assert {
        "rate": ["刑事类|占有效警情(%)"],
        "numerator": ["刑事类|本周"],
        "denominator": ["有效警情|本周"],
    } in roles_by_place(table, "ratio")
    assert (audit(table)["verdict"] == "agrees").all()
