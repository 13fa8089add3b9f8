"""English lines: the figures, what they say, and why the other numerals are none.

The lines are made up; values and bounds are those of the Chinese print beside them.
"""

import pytest

from analysis import find_figures, read_article, read_figure
from analysis.figures.english import is_english
from analysis.figures.text import why_no_figure


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("down 5.2 per cent", "下降5.2%"),
        ("rose by nearly 40%", "上升近40%"),
        ("fell slightly by 0.4 percentage points", "下降0.4个百分点"),
        ("increase of 1,343 cases", "增加1343起"),
        ("a 3.7-fold increase"[2:], "上升2.65—3.75倍"),
        ("increased fourfold", "上升2.5—4.5倍"),
        ("more than tenfold increase", "上升超过9倍"),
        ("nearly three-fold rise", "上升近3倍"),
        ("Seventeen people", "17人"),
        ("twenty-one cases", "21起"),
        ("five per cent decrease", "下降5%"),
        ("31 more", "增加31"),
        ("1,500 fewer", "减少1500"),
        ("more than 1,200", "超过1200"),
        ("around $70 million", "约$70百万"),
        ("42 923 cases", "42923起"),
        ("2.5 billion", "25亿"),
        ("6,522 people", "6522人"),
        ("rose by between 3 and 4 per cent", "上升3—4%"),
        ("fell by 3 to 4 per cent", "下降3—4%"),
        ("3.5–4.5 per cent", "3.5—4.5%"),
        ("increase in thefts of 5 per cent", "上升5%"),
        ("increased in number by 5%", "上升5%"),
        ("1.0% below", "下降1.0%"),
        ("MOP1.2 billion", "澳门元12亿"),
        ("₹1,64,218 crore", "164218千万卢比"),
        ("more than doubled", "增长超过1倍"),
        ("nearly halved", "下降近一半"),
        ("unchanged", "持平"),
        ("some three in ten", "约十分之三"),
        ("two-thirds", "三分之二"),
        ("down 8 basis points", "下降0.08个百分点"),
        ("an increase of four"[3:], "增加4"),
        ("eight fewer", "减少8"),
        ("24,500 GWh", "24500吉瓦时"),
        ("3.2 square kilometres", "3.2平方公里"),
        ("45k people", "45千人"),
        ("minus 3.4 per cent", "-3.4%"),
        ("0.2 of a percentage point lower"[:25], "0.2个百分点"),
        ("Nearly 4 in 10", "近十分之四"),
        ("1 in 100", "100分之1"),
        ("no more than 5%", "最多5%"),
        ("did not exceed 5%", "最多5%"),
        ("no fewer than 30 people", "起码30人"),
        ("as many as 40", "最多40"),
        ("just over £2 million", "超过£2百万"),
        ("exceeded 300 cases", "超过300起"),
        ("just short of 300", "近300"),
        ("5% or more", "起码5%"),
        ("300 or fewer", "最多300"),
        ("£1m-plus", "至少£1百万"),
        ("300-odd", "300多"),
        ("about 300 or so", "约300"),
        ("between 300 and 400 people", "300—400人"),
        ("300-400 people", "300—400人"),
        ("between £3 million and £4 million", "£300万—400万"),
        ("between 3 and 4 million", "300万—400万"),
        ("between 900,000 and 1.2 million", "90万—120万"),
    ],
)
def test_english_says_what_chinese_does(english, chinese):
    one, other = read_figure(english), read_figure(chinese)
    assert one.value == pytest.approx(other.value, nan_ok=True)
    assert (one.unit, one.measure) == (other.unit, other.measure)
    assert (one.low, one.high) == (other.low, other.high)


@pytest.mark.parametrize(
    ("line", "printed"),
    [
        ("Thefts were 1,240 in 2018, down 5% on 2017.", {"1,240": 1240, "down 5%": -5}),
        ("Visits fell by 1.2 and 4.2 percentage points.", {"fell by 1.2": -1.2}),
        ("Trips fell by 3, 4 and 5 per cent respectively.", {"fell by 3": -3, "4": -4}),
        ("Trips and rides rose by 3 and 4 per cent each.", {"rose by 3": 3, "4 per cent": 4}),
        ("The shares were 24.8, 27.6 and 9.4 percent.", {"24.8": 24.8, "9.4 percent": 9.4}),
        ("There were 60 fewer fires, a drop of 6 cases or 12%.", {"12%": -12}),
        ("The rate fell below 1,000 for the first time.", {"below 1,000": 1000}),
        ("Fines rose to 500 in May.", {"500": 500}),
        ("It fell just short of 300 in May.", {"just short of 300": 300}),
        ("Trips rose by 40 or 5% more.", {"rose by 40": 40, "5% more": 5}),
        ("There were 300+ cases in the area.", {"300+": 300}),
        ("The balance was -£3.4 million in May.", {"-£3.4 million": -3_400_000}),
        ("Growth was negative 0.3% in May.", {"negative 0.3%": -0.3}),
        ("Fires rose 3 in 10 years to 40.", {"rose 3": 3}),
        ("Some 3 in 20 days, 5 in 2018 and 3 in May.", {"5": 5, "3": 3}),
        ("The gap between 500 and 300 is wide.", {"500": 500, "300": 300}),
        ("It was wet between 3 and 31 May, in 5 places.", {"5": 5}),
        ("The rate fell from 3 to 4 per cent of those aged 18-24.", {"3": 3, "4 per cent": 4}),
        ("A rise of 4.2% over 50,122 crimes in the year.", {"50,122": 50122}),
        ("Falls were seen in arson (down 40%), piracy (12%).", {"12%": -12}),
        ("Shares by piracy (12%) and arson (7%) of all.", {"12%": 12, "7%": 7}),
        ("Grants of Rs 3,375 crore were made.", {"Rs 3,375 crore": 3.375e10}),
        ("It cost NZ$5m, CHF 3.4 billion and RM5.4 million.", {"CHF 3.4 billion": 3.4e9}),
        ("By the end of August 61,480 were in line.", {"61,480": 61480}),
        ("The median wait was 5 days, up from 4 days.", {"5 days": 5, "4 days": 4}),
        ("It was hot on 17 days and 2.06 inches fell.", {"17 days": 17, "2.06 inches": 2.06}),
        ("Of 17 goods, nine were up and the remaining six were down.", {"nine": 9, "six": 6}),
        ("Half of voters and three-quarters of pupils said so.", {"three-quarters": 75}),
        ("Robberies: 1,204 (+18%)", {"1,204": 1204, "+18%": 18}),
    ],
)
def test_figures_of_a_line(line, printed):
    found = find_figures(line).set_index("reported")["value"]
    for reported, value in printed.items():
        assert found[reported] == value


@pytest.mark.parametrize(
    ("line", "units"),
    [
        ("Trips fell by 3, 4 and 5 per cent respectively.", ["percent"] * 3),
        # No word shares them out: three more trips may have been meant.
        ("Trips rose by 3 and 4 per cent of them were new.", ["", "percent"]),
        ("Of the trips 12 and 4 per cent, respectively, and 7 were late.", ["percent"] * 2 + [""]),
    ],
)
def test_whole_numbers_share_a_unit_where_a_word_says_so(line, units):
    assert find_figures(line)["unit"].tolist() == units


def test_an_average_is_rounded():
    found = find_figures("There were 77 victims per 100,000 people and 77 victims in town.")
    assert found["measure"].tolist() == ["rate", "count"]
    assert found["high"].tolist() == [77.5, 77]


@pytest.mark.parametrize(
    ("line", "numeral", "reason"),
    [
        ("Men aged 18 to 24 were at most risk", "18", "age"),
        ("Those under the age of 21 were cautioned", "21", "age"),
        ("This is a Category 1 event of the year", "1", "code or telephone number"),
        ("For more call the hotline on 2345 6789", "2345", "telephone number"),
        ("The rate was low per 100,000 of the people", "100,000", "base of a rate"),
        ("The 21st of the cups in the hall", "21", "ordinal"),
        ("It went on for 12 months in all", "12", "duration"),
        ("The wait was shorter compared to 12 months earlier", "12", "duration"),
        ("The race was held over the 3 days in May", "3", "duration"),
        ("1. The number of fires in the year", "1", "list number"),
        ("The G20 met in the north of the town", "20", "name"),
        ("In the 2018/19 season the rate was low", "2018", "date"),
        ("It was signed on 5 March 2019 in the hall", "5", "date"),
    ],
)
def test_numerals_that_are_no_figures(line, numeral, reason):
    assert find_figures(line).empty
    assert why_no_figure(line, line.index(numeral), numeral) == reason


@pytest.mark.parametrize(
    ("line", "english"),
    [
        ("Robberies fell by 5% in the year", True),
        ("盗窃 fell by 5% in the year", False),
        ("• Rape: 2,918 (2022: 2,842)", True),
        ("Rescuers found 276 survivors, among them 41 children", True),
        ("GDP 12.5 CPI 3.1 PPI 2.0", False),
        ("le taux de chômage est de 5 %", False),
    ],
)
def test_what_is_english(line, english):
    assert is_english(line) is english


def test_a_percentage_after_by_has_the_verb_before_it_and_made_up_is_none():
    found = find_figures("Fees rose from 40 to 50, or by 25%; oak made up 12% of the stock.")
    assert found["value"].tolist() == [40, 50, 25, 12]
    assert found["measure"].tolist() == ["count", "count", "change", "rate"]
    found = find_figures("Sales of lamps were 90, exceeding those of 2019 by 3.2%.")
    assert found["measure"].tolist() == ["count", "change"]


@pytest.mark.parametrize(
    ("line", "reasons"),
    [
        ("Thefts rose 5% on the 170,00 of the year before.", {"170,00": "malformed number"}),
        (
            "It cost $1,2345 and then 1.234.567 in all.",
            dict.fromkeys(["1,2345", "1.234.567"], "malformed number"),
        ),
        (
            "立案1,2345起,其中170,00起破案。",
            dict.fromkeys(["1,2345", "170,00"], "malformed number"),
        ),
        ("Thefts were 1,234, 12.5 per cent of 12,345,678, and 12,5 million.", {}),
        ("第1,2季度有40起。", {"1,2": "ordinal"}),
        ("Of the offenders 80 per cent were under 20 and 12 were women.", {"20": "age"}),
        (
            "Drivers under 25 and people over 60 were in 40 crashes.",
            dict.fromkeys(["25", "60"], "age"),
        ),
        ("Students between 16 and 18 numbered 40.", dict.fromkeys(["16", "18"], "age")),
        ("There were under 20 cases, and the rate was below 30 in May.", {}),
        ("The victims under 20 per cent of whom came home were over 300.", {}),
        ("The aim of the plan is twofold. Two people saw it.", {}),
    ],
)
def test_what_is_no_figure_is_passed_over_whole(line, reasons):
    passed = read_article(line).passed_over
    assert dict(zip(passed["reported"], passed["reason"], strict=True)) == reasons
    held = find_figures(line)["reported"]
    assert not any(each in printed for each in reasons for printed in held)
