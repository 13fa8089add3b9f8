"""Figures found in a text, numerals passed over, and hostile texts."""

import itertools
import math
import re
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from building import COLUMNS, PRINTED, bits, outward
from hypothesis import example, given
from hypothesis import strategies as st

from analysis.figures import (
    FigureError,
    find_figures,
    find_numerals,
    read_figure,
    read_figures,
    script,
    tokens,
)

HERE = Path(__file__).parent


def found(text: str, **options: bool) -> list[str]:
    return find_figures(text, **options)["reported"].tolist()


ALPHABET = (
    "0123456789.,%‰-+—至上下降升近约余多万亿千百十一二两半零点分之个起件人元倍成过数几 １，\u200b²A"
)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("甲、乙分别下降13.8%和23.5%", [-13.8, -23.5]),
        ("分别下降11.4%、6.3%、2.8%和4.5%", [-11.4, -6.3, -2.8, -4.5]),
        ("分别下降38.6%、上升2.8%", [-38.6, 2.8]),
        ("分别上升1.2倍、2.7倍和61.5%", [120, 270, 61.5]),
        ("減少58起、47人、36人,下降21.5%、20.25%", [-58, -47, -36, -21.5, -20.25]),
        ("下降13.8%,占85.7%", [-13.8, 85.7]),
        ("下降13.8%、立案5起", [-13.8, 5]),
        ("减少4起、13.8%", [-4, -13.8]),
        ("上升0.46和0.37个百分点", [0.46, 0.37]),
        ("降幅分别为13.8%和百分之九", [-13.8, -9]),
        ("从6%上升到8%", [6, 8]),
        ("由31起、112人下降到17起、64人", [31, 112, 17, 64]),
        ("从18起增至25起,降为3起", [18, 25, 3]),
        ("分别下降3.2%和+1.5%", [-3.2, 1.5]),
        ("三个方面,分别减少3起和5起", [-3, -5]),
        # A printed minus is of its own number alone, and no list goes on through it.
        ("增速分别为12.3%、-3.4%和5.6%", [12.3, -3.4, 5.6]),
        ("增长率为-1.4‰和6.0‰", [-1.4, 6]),
        ("分别增长-3.4%、5.6%", [-3.4, 5.6]),
        ("净利润为-12.3亿元和5.6亿元", [-1.23e9, 5.6e8]),
        # Cases and people stand together without a comma.
        ("减少12起34人", [-12, -34]),
        ("分别减少3件5人、2件3人", [-3, -5, -2, -3]),
        # 分别 keeps a list of one unit together over commas; without it a comma ends the list.
        ("分别下降12.3%,3.4%;5.6%。", [-12.3, -3.4, -5.6]),
        ("同比分别减少3起,5起", [-3, -5]),
        ("下降12.3%,3.4%", [-12.3, 3.4]),
        ("分别下降1%和2%,3%的案件", [-1, -2, 3]),
        ("分别减少3起和5起,12人", [-3, -5, 12]),
        ("分别下降1%,占5%", [-1, 5]),
        ("分别下降1.2个、0.8个和0.5个百分点", [-1.2, -0.8, -0.5]),
        # What may stand between a sign word and its number.
        ("下降高达30%,跌幅高达三成,降幅在12%左右", [-30, -30, -12]),
        ("下降分别达12%、15%,下降均为5%", [-12, -15, -5]),
        ("下降到30%,降为12%,增长率为5%", [30, 12, 5]),
        ("增产2.1%,增收5.6亿元", [2.1, 5.6e8]),
        ("减少45起、少死亡38人,减少发案12起", [-45, -38, -12]),
        ("跌幅更達70%,增幅仅为5%,飙升三成", [-70, 5, 30]),
        # What stands in brackets or after 即 says the same in percent; a share says so.
        ("增加563宗即1.8%,減少274人(18%),增加3件(占5%)", [563, 1.8, -274, -18, 3, 5]),
        ("减少5起(12%的案件)", [-5, 12]),
        ("多破案12起、多抓获了3人,至少死亡5人,大多发生3起", [12, 3, 5, 3]),
        ("减产3.2%,放缓0.5个百分点,少增3亿元", [-3.2, -0.5, -3e8]),
    ],
)
def test_signs_reach_over_lists(text: str, values: list[float]) -> None:
    assert find_figures(text)["value"].tolist() == values


@pytest.mark.parametrize(
    "text",
    [
        "2018年11月15日",
        "11月13日凌晨2时",
        "二〇一八年十一月十五日",
        "2012年—2021年",
        "1至8月",
        "2019-03-07 12:30:00",
        "下午3点20分",
        "近3年来",
        "24小时值守",
        "3个月内",
        "18岁至60岁",
        "第三产业、第28周、第一季度",
        "一是建网,二是联户",
        "拨打110报警,12345热线",
        "110类警情",
        "某发〔2018〕15号文件",
        "“三个一律”“两个严禁”",
        "八类案件、三张网、一格多能",
        "进一步统一,一批唯一,一站式",
        "千家万户,百家争鸣,万人评议",
        "“8·12”专案,7·20案",
        "G20峰会,5G时代,A4纸,K123+500处",
        "十四五规划,九十年代",
        "每10万人口,每百户",
        "一次死亡10人以上的特大事故",
        "3人以上火灾",
        "五年以上有期徒刑",
        "前10名",
        "成千上万",
        "一名男子在一起",
        "三个方面,五个月",
        "一、二、三项工作",
        "3:1",
        "②件,٣件,1²件,1\u200b2件",
        "9" * 41 + "起",
        "一成不变",
        "用时1,200分钟、1,200小时、1,200秒",
        "死亡10人以下事故、10人以内事故、10人之内事故",
    ],
)
def test_no_figures(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "reported"),
    [
        ("抓获三名嫌疑人,两人在逃", ["三名", "两人"]),
        ("死亡一人,重伤两人", ["一人", "两人"]),
        ("发生一起大火", ["一起"]),
        ("没有发生一起大火", ["没有发生一起"]),
        ("五个县区,六个村", ["五个", "六个"]),
        ("截至10月底接入1200多路", ["1200多路"]),
        ("建成16批次4000余人次", ["16批次", "4000余人次"]),
        ("查处10案10人", ["10案", "10人"]),
        ("約5.6萬宗,減少1,234宗", ["約5.6萬宗", "減少1,234宗"]),
        ("收案１，２３４件，结案１２％", ["１，２３４件", "１２％"]),
        ("刑事378 治安962", ["378", "962"]),
        ("甲局不足1000,乙局超过2000,始于2000,", ["不足1000", "超过2000"]),
        ("共5000多万元,占三成多", ["5000多万元", "三成多"]),
        ("由3人至5人", ["3人", "5人"]),
        ("有3至5人", ["3至5人"]),
        ("用时7.5分钟,缩短3.2分钟", ["7.5分钟", "缩短3.2分钟"]),
        ("12345件,110起,122名", ["12345件", "110起", "122名"]),
        ("群众95%以上的好评", ["95%以上"]),
        ("3000万元以上,", ["3000万元以上"]),
        ("新增12起", ["12起"]),
        ("2018年12起", ["12起"]),
        ("上一年度多12起", ["多12起"]),
        ("与上年基本持平,有的翻番", ["基本持平", "翻番"]),
        ("折合2.23亿。", ["2.23亿"]),
        ("①下降12%", ["下降12%"]),
        ("上百家企业,三万个口罩,超过三项", ["上百家", "三万个", "超过三项"]),
        ("抓获一名,确诊一例。盗窃一宗;", ["一名", "一例", "一宗"]),
        ("发放三件/户", ["三件/户"]),
        ("三个方面,抓获12人", ["12人"]),
        ("约 1.2 万件,12.3 亿元,20 余起", ["约 1.2 万件", "12.3 亿元", "20 余起"]),
        ("30% - 50%,3 至 5 起,10 ~ 20 万元", ["30% - 50%", "3 至 5 起", "10 ~ 20 万元"]),
        ("收入1000—2000元,2012—2021年", ["1000—2000元"]),
        ("1200至1500人,2017—2018", ["1200至1500人"]),
        ("占比两成五,一两百人", ["两成五", "一两百人"]),
        ("死亡率16.1/10万,降至1.2/10万", ["16.1/10万", "1.2/10万"]),
        ("浓度30微克/立方米,气温-3.5℃", ["30微克/立方米", "-3.5℃"]),
        ("锦旗12面,培训12期,班列120列", ["12面", "12期", "120列"]),
        ("面积12面积,12期间,12列车,20期限,二期工程", []),
        # 百分点 of the whole list; but 个 is the unit where no 百分点 follows.
        ("提高0.5个、0.3个和1.2个百分点", ["提高0.5", "0.3", "1.2个百分点"]),
        ("3个、5个和2个县", ["3个", "5个", "2个"]),
        ("噪声54.3分贝,下调5个基点", ["54.3分贝", "下调5个基点"]),
        ("用时6分30秒,得分95分", ["95分"]),
        ("城乡二元结构,两位数增长,三位一体", []),
        ("签约12个,履约5件", ["12个", "5件"]),
        ("第 12 条,前 10 名", []),
        ("投资3个亿,3个亿元村", ["3个亿", "3个"]),
        ("1千多万元,3万余亿元,2个多亿", ["1千多万元", "3万余亿元", "2个多亿"]),
        # Words that end in a sign word; the base of an index.
        ("起降40278架次,升降5次,空降3人", ["40278架次", "5次", "3人"]),
        ("(以上年为100)性别比(以女性为100)为105.02；65岁以上人口为23456,", ["105.02", "23456"]),
        ("共90 276宗,增加20 228宗,1 234.5亿元", ["90 276宗", "增加20 228宗", "1 234.5亿元"]),
        ("刑事378 治安962 5起,2023 120起", ["378", "962", "5起", "120起"]),
        ("增百分二點三,百分制", ["增百分二點三"]),
        ("分别高1.7 、2.8个百分点", ["高1.7", "2.8个百分点"]),
    ],
)
def test_figures_found(text: str, reported: list[str]) -> None:
    assert found(text) == reported


def test_what_is_added_is_a_level_and_no_change() -> None:
    """增加值 is a term of the national accounts: value added."""
    found = find_figures("第一产业增加值107.3亿元,增长3.5%,比上年增加12起")
    assert found["value"].tolist() == [107.3e8, 3.5, 12]
    assert found["measure"].tolist() == ["amount", "change", "difference"]


def test_a_rate_that_is_passed_has_no_end() -> None:
    figures = find_figures("产销率达100%以上,满意率100%,合格率99.9%以上")
    assert figures["low"].tolist() == [100, 99.5, outward("99.9", -math.inf)]
    assert figures["high"].tolist() == [math.inf, 100, 100]
    many = read_figures(pd.Series([f"{n}%以上" for n in range(90, 110)]))
    assert np.isinf(many["high"]).tolist() == [n >= 100 for n in range(90, 110)]


def test_a_number_without_a_unit_keeps_its_hedge_and_sign() -> None:
    """As 不足1000件 and 减少96件 are read."""
    found = find_figures("甲局不足1000;乙局逾1,200;案件减少96;日均378")
    assert found["low"].tolist() == [0, 1200, -96, 377.5]
    assert found["high"].tolist() == [1000, math.inf, -96, 378.5]
    assert found["measure"].tolist() == ["count", "count", "difference", "rate"]


def test_a_sign_that_reaches_over_a_list_makes_changes() -> None:
    rows = find_figures("分别上升50%和100%,分别减少3起和5起")
    assert rows["measure"].tolist() == ["change", "change", "difference", "difference"]
    assert rows["high"].tolist() == [50.5, 100.5, -3, -5]  # a change may be above 100%
    assert rows["low"].tolist() == [49.5, 99.5, -3, -5]


def test_an_average_governs_its_clause() -> None:
    rows = find_figures("人均办案118件,共办案118件")
    assert rows["low"].tolist() == [117.5, 118]
    assert rows["measure"].tolist() == ["rate", "count"]
    rows = find_figures("平均用时分别下降了40天和16天")
    assert rows["low"].tolist() == [-40.5, -16.5]
    assert rows["measure"].tolist() == ["difference", "difference"]


def test_places_and_columns() -> None:
    text = "标题\n共立6623起，同比下降13.8%\n\n占85.7%"
    rows = find_figures(text)
    assert list(rows.columns) == ["paragraph", "position", "reported", *COLUMNS[:-1]]
    assert rows["paragraph"].tolist() == [2, 2, 4]
    lines = text.split("\n")
    for row in rows.itertuples():
        assert lines[row.paragraph - 1][row.position :].startswith(row.reported)
    assert rows["hedge"].tolist() == ["", "", ""]


def test_dates_as_rows() -> None:
    text = "2018年11月9日2时,共91个,1至8月"
    rows = find_figures(text, dates=True)
    dates = rows[rows["measure"] == "date"]
    assert dates["reported"].tolist() == ["2018年11月9日", "2时", "1至8月"]
    assert dates[["value", "low", "high"]].isna().all(axis=None)
    assert (dates[["unit", "hedge"]] == "").all(axis=None)
    assert found(text) == ["91个"]
    assert found("图4:2017年出口,12:30开始", dates=True) == ["2017年", "12:30"]


def test_what_is_found_reads_alone() -> None:
    text = "；".join(row["reported"] for row in PRINTED if row["unit"])
    rows = find_figures(text)
    assert len(rows) > 150
    for row in rows.itertuples():
        one = read_figure(row.reported)
        assert [bits(row.value), bits(row.low), bits(row.high)] == [
            bits(one.value),
            bits(one.low),
            bits(one.high),
        ], row.reported
        assert (row.unit, row.hedge, row.measure) == (one.unit, one.hedge, one.measure)


def test_a_text_without_figures_has_typed_columns() -> None:
    rows = find_figures("")
    assert rows.empty
    assert rows["position"].dtype == int
    assert rows["low"].dtype == float
    with pytest.raises(TypeError, match="NoneType"):
        find_figures(None)  # type: ignore[arg-type]


@given(st.text(ALPHABET + "，。、年月日时第每“”\n", max_size=40))
def test_what_is_reported_stands_there(text: str) -> None:
    lines = text.split("\n")
    for row in find_figures(text, dates=True).itertuples():
        assert lines[row.paragraph - 1][row.position :].startswith(row.reported)
    for row in find_numerals(text).itertuples():
        assert lines[row.paragraph - 1][row.position :].startswith(row.numeral)


def test_numerals() -> None:
    rows = find_numerals("2018-11-15进一步\n16.2473万件,１，２３４起、三百二十人,約三萬")
    assert rows["numeral"].tolist() == [
        "2018",
        "11",
        "15",
        "一",
        "16.2473万",
        "１，２３４",
        "三百二十",
        "三萬",
    ]
    assert rows["paragraph"].tolist() == [1, 1, 1, 1, 2, 2, 2, 2]
    assert rows["position"].tolist() == [0, 5, 8, 11, 0, 10, 17, 24]
    assert find_numerals("")["position"].dtype == int
    assert find_numerals("培训2 000多人,2018 120起")["numeral"].tolist() == ["2 000", "2018", "120"]


@pytest.mark.parametrize(
    ("text", "reported"),
    [
        ("发生数起案件", []),  # how many, is not said at all
        ("发生数十起案件", ["数十起"]),
        ("用时30分钟", []),  # a duration, but for a change, a decimal or an average
        ("缩短30分钟", ["缩短30分钟"]),
        ("平均30分钟", ["平均30分钟"]),
        ("涉案100万元以上和3人死亡", ["100万元以上", "3人"]),
        ("死亡3人以上事故", []),
        ("十项措施", []),  # a small number in words of what is no people or case
        ("十一项措施", ["十一项"]),
        ("一个县", []),
        ("两个县", ["两个"]),
        ("一人在逃", []),
        ("发现一人", ["一人"]),
        ("共一人作案", ["一人"]),
        ("3人至5起", ["3人", "5起"]),
        ("5起至3起", ["5起", "3起"]),
    ],
)
def test_what_is_a_figure_in_a_text(text: str, reported: list[str]) -> None:
    assert found(text) == reported


HOSTILE = [
    *["降幅", "日均", "低于全省", "1 000", "1亿2千", "零", "一百", "1/", "¥1", "万分之", "1·"],
    *["跌幅收窄", "负", "1成", "约人民币", "每百", "零下5至", "指数为1", "5%的", "44 萬 1"],
    *["1", "千", "约", "1,", "1.", "1,234", "234,", "下降", "3-", "1万", "第1、", "1、", "日均"],
    *["1 234 ", "减少死亡", "3人(18", "以1为1", "百分二"],
    *[
        "每1",
        "A",
        "A1",
        "百分之",
        "上百",
        "数",
        "-",
        "-5",
        "1至",
        "，",
        "2018年",
        "一",
        "半",
        "翻了近",
    ],
    *["5起", "１，", "没有发生", "1\n", "“一", "十点五", "三五"],
    *["5、6", "一、二", "廿", "一万一二三四", "1%、", "同比少接待", "成千上", "一点", "7 成 4"],
]


def steps(function: object, text: str) -> int:
    """Lines of Python run: a count of work that no busy machine disturbs."""
    count = 0

    def trace(frame: object, event: str, arg: object) -> object:
        nonlocal count
        count += 1
        return trace

    before = sys.gettrace()
    sys.settrace(trace)  # type: ignore[arg-type]
    try:
        function(text)  # type: ignore[operator]
    except FigureError:
        pass
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("unit", HOSTILE)
def test_work_grows_with_the_text_only(unit: str) -> None:
    small, large = unit * 200, unit * 800
    for function in (find_figures, find_numerals, read_figure):
        steps(function, unit * 801)  # what is compiled or kept once is no work of the text
        assert steps(function, large) < 8 * steps(function, small) + 2000


@pytest.mark.parametrize("unit", HOSTILE)
def test_a_long_hostile_text_ends(unit: str) -> None:
    """A pattern that backtracks over runs would need hours for this, not the time of a test."""
    text = unit * (40_000 // len(unit))
    find_figures(text)
    find_numerals(text)
    with pytest.raises(FigureError):
        read_figure(text)


def test_a_million_digits() -> None:
    for text in ("9" * 10**6, "千" * 10**6, "9" * 10**6 + "起", "9." + "9" * 10**6 + "%"):
        assert found(text) == []
        with pytest.raises(FigureError, match="40 digits") as caught:
            read_figure(text)
        assert len(str(caught.value)) < 500
    with pytest.raises(FigureError, match="1 of 1"):
        read_figures(pd.Series(["9" * 10**6 + "起"]))


def test_forty_digits_are_read() -> None:
    assert read_figure("9" * 40 + "亿元").high >= 10**48


def test_shared_bulletins() -> None:
    folder = HERE.parents[2] / "shared" / "bulletins"
    if not (folder / "score.py").exists():
        pytest.skip(f"the labelled bulletins are not there: {folder}")
    import importlib.util
    import json
    import types
    from unittest import mock

    module = types.ModuleType("analysis")
    module.find_figures = find_figures  # type: ignore[attr-defined]
    spec = importlib.util.spec_from_file_location("bulletin_score", folder / "score.py")
    assert spec is not None
    assert spec.loader is not None
    score = importlib.util.module_from_spec(spec)
    with mock.patch.dict(sys.modules, {"analysis": module}):
        spec.loader.exec_module(score)
    cases = [json.loads(line) for line in (folder / "cases.jsonl").read_text("utf-8").splitlines()]
    result = score.score_figures(cases, print)
    assert all(result[part] >= 0.98 for part in ("recall", "precision", "value", "bounds")), result


# --- Nothing lost silently ----------------------------------------------------------------------

CORES = (
    "3人 34人 345人 3456起 000多人 200余件 1.5% 12.5万元 三人 十二人 三百二十人 一万二千件 几十人"
    " 半个百分点 3万5千人 2千3百万元 百分之五"
).split()
HEADS = ["7", "0", "12", "345", "1234", "一", "十", "百", "二百", "两", "1.5", "2 000", "1,234"]
JOINTS = ["", ",", "，", ".", "·", "‧", " ", "\u2009", "\u00a0", "'", "’", "_", "/", "^", "±", "-"]
NUMERAL = f"0-9{tokens.HAN}"


@pytest.mark.parametrize("joint", JOINTS)
def test_a_numeral_run_is_read_whole_or_not_at_all(joint: str) -> None:
    """No figure begins within a run of digits, whatever stands between two parts of it."""
    for head, core in itertools.product(HEADS, CORES):
        text = f"共{head}{joint}{core}"
        plain = script.fold(text)
        for row in find_figures(text).itertuples():
            inside = re.search(f"[{NUMERAL}几半]", row.reported)
            assert inside
            at = row.position + inside.start()
            before = plain[:at]
            assert not re.search(f"[{NUMERAL}]$|[{NUMERAL}][.·'’_/^]$", before), (text, row)
            grouped = re.match(r"[0-9]{3}(?![0-9])", plain[at:])
            assert not (grouped and re.search("[0-9][,，]$", before)), (text, row)
            apart = re.search("(?<![0-9.,，])[1-9][0-9]{0,2} $", before)
            assert not (grouped and apart), (text, row)


@given(st.text("0123456789.,， -/:零一二十百千万亿半两数几多余个件起元%分之点级Abn", max_size=12))
@example("0万.0")
def test_no_figure_begins_or_ends_within_a_numeral(text: str) -> None:
    plain = script.fold(text)
    for row in find_figures(text).itertuples():
        end = row.position + len(row.reported)
        first = re.search(f"[{NUMERAL}数几半]", row.reported)
        at = row.position + (first.start() if first else 0)
        if re.match("[0-9]", plain[at:]):
            assert not re.search(r"[0-9][.,，]?$", plain[:at]) or "," in plain[:at], (text, row)
        if re.search(f"[{NUMERAL}]$", row.reported):
            assert not re.match(r"[0-9]|\.[0-9]", plain[end:]), (text, row)


PARTED = ["{}小时{}分", "{}公尺{}。", "{}元{}角", "{}分{}秒", "US${}.{}xn", "{}.{}万吨级船舶"]


@given(st.integers(1, 9), st.integers(10, 59))
def test_a_measure_of_two_parts_is_read_by_neither(whole: int, rest: int) -> None:
    for form in PARTED:
        text = "用了" + form.format(whole, rest)
        assert found(text) == [], text


@pytest.mark.parametrize("place", ["十", "百", "千", "万", "十万", "百万", "千万", "亿"])
def test_several_of_a_place_are_not_one_of_it(place: str) -> None:
    for word, unit in itertools.product("数几", ["人", "名", "", "用户", "观众"]):
        rows = find_figures(f"影响了{word}{place}{unit},")
        assert (rows["low"] >= 20).all()
        assert rows["value"].isna().all()


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("组织培训2 000多人", [(2000, 3000)]),
        ("000多人,034人,00.5%", []),
        ("1234,567起,1,2345起,0,123起,1.2.3起", []),
        ("二5起,5二起,十2人,12三人", []),
        ("1/3人,7/12起,3-5-7起,10^6人,±3人", []),
        ("共44 萬 1000 人,財物損失4 億 5,851 萬 3,000 人", [(441000, 441000), (458513000,) * 2]),
        ("GDP1.2万亿元", [(1.15e12, 1.25e12)]),
    ],
)
def test_runs(text: str, read: list[tuple[float, float]]) -> None:
    rows = find_figures(text)
    assert list(zip(rows["low"], rows["high"], strict=True)) == read


# --- Kinds of other fields -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "read"),
    [
        # A lead ends at its number: no earlier word hides it.
        ("长期增长76.48%", [("增长76.48%", 76.48)]),
        ("审核通过超过3000万条", [("超过3000万条", 3e7)]),
        ("过夜游客占比近四成", [("近四成", 40)]),
        # A change and the level after it; a range of changes.
        ("减少约5400人至3693800人", [("减少约5400人", -5400), ("3693800人", 3693800)]),
        ("下跌43.5点至1898.1点", [("下跌43.5点", -43.5), ("1898.1点", 1898.1)]),
        # Net purchases are no more than, and an error is on both sides.
        ("外资卖超128.6亿元", [("128.6亿元", 1.286e10)]),
        ("误差为正负3个百分点", [("3个百分点", 3)]),
        # Places where prices fell; heights; events; what belongs to a class.
        ("环比上涨15个,下跌54个,持平1个", [("上涨15个", 15), ("下跌54个", 54), ("1个", 1)]),
        ("花坛高18米", [("高18米", 18)]),
        ("水位较昨日高0.3米", [("高0.3米", 0.3)]),
        ("女子100米蛙泳,10米气步枪,5000吨级泊位,四分之一决赛", []),
        ("长三角,五角大楼,运-20飞机,运费每吨12角", [("每吨12角", 12)]),
        ("降低一点,突破了一批技术,加息九次", [("加息九次", 9)]),
        # Indices by themselves.
        (
            "PMI从10月的48.7降至48.2,基尼系数为0.433。",
            [("48.7", 48.7), ("48.2", 48.2), ("0.433", 0.433)],
        ),
        ("比上月下降0.8和0.1,", [("下降0.8", -0.8), ("0.1", -0.1)]),
        ("发生规模5.9 最大震度4级", [("5.9", 5.9), ("4级", 4)]),
        ("阵风7级,三级医院,24小时", [("7级", 7)]),
        (
            "造成14死52伤,获12金9银15铜",
            [("14死", 14), ("52伤", 52), ("12金", 12), ("9银", 9), ("15铜", 15)],
        ),
        ("约占1/4。2/3将被裁掉。1/4访台", [("约占1/4", 25)]),
        ("总宗数63 232。", [("63 232", 63232)]),
        ("熊好券2.0,光伏50 ETF,《创新指数2022》", []),
    ],
)
def test_kinds_of_other_fields(text: str, read: list[tuple[str, float]]) -> None:
    rows = find_figures(text)
    assert list(zip(rows["reported"], rows["value"], strict=True)) == read


@pytest.mark.parametrize(
    ("text", "read"),
    [
        # A change, and the level it comes to; a dash makes a range.
        ("较去年增加287宗至493宗。", [("增加287宗", 287), ("493宗", 493)]),
        ("减少2小时至30小时,", [("减少2小时", -2), ("30小时", 30)]),
        ("由3小时缩短至40分钟,用时40分钟", [("3小时", 3), ("40分钟", 40)]),
        ("气温普降8℃—12℃", [("降8℃—12℃", math.nan)]),
        # The direction stands behind the last of a list.
        ("分别录得4.7%、3.1%及5.2%的减幅", [("4.7%", -4.7), ("3.1%", -3.1), ("5.2%的减幅", -5.2)]),
        # More or fewer of anything, where it says than what.
        ("同比少接待218人,较上月多培训6场", [("218人", -218), ("6场", 6)]),
        ("增速比上半年慢0.6个百分点", [("慢0.6个百分点", -0.6)]),
        # Two digits one apart: an estimate of what is counted, but not of parts, kinds or a list.
        ("停着5、6辆车,约3、4百人", [("5、6辆", math.nan), ("约3、4百人", math.nan)]),
        ("分别查获5、6辆,3、5起", [("5", 5), ("6辆", 6), ("3", 3), ("5起", 5)]),
        ("一、二期工程,3、4级,1、2、3起", [("1", 1), ("2", 2), ("3起", 3)]),
        ("要花3、4个小时,第5、6件", []),
        # Dead and injured; what sounds like it.
        ("造成一死三伤,酿成一死", [("一死", 1), ("三伤", 3), ("一死", 1)]),
        ("逃过一死,一点一点加分,连续7个交易日,成千上万人", []),
        ("仓库共六个,拥有六个仓库,六个方面", [("六个", 6), ("六个", 6)]),
        ("阵风狂飙十七级,股价飙升三成", [("飙十七级", 17), ("飙升三成", 30)]),
        # 出超 is more sold than bought, 收入超 more than; 超 of a water mark is by so much.
        ("对美出超854亿元,收入超3亿元", [("854亿元", 8.54e10), ("超3亿元", 3e8)]),
        ("前二月出超三一六．六亿元", [("三一六．六亿元", 3.166e10)]),
        ("进口5亿元,出超3亿元,支出超3亿元", [("5亿元", 5e8), ("3亿元", 3e8), ("超3亿元", 3e8)]),
        ("利用系数 0.565，", [("0.565", 0.565)]),
        ("贬值二点三分,下午二点三分", [("贬值二点三分", -2.3)]),
        ("实际利率为负0.5个百分点", [("负0.5个百分点", -0.5)]),
        ("各自高一度、一点二度和〇点九度", [("高一度", 1), ("一点二度", 1.2), ("〇点九度", 0.9)]),
    ],
)
def test_kinds_of_newspapers(text: str, read: list[tuple[str, float]]) -> None:
    rows = find_figures(text)
    assert list(zip(rows["reported"], map(repr, rows["value"]), strict=True)) == [
        (reported, repr(float(value))) for reported, value in read
    ]


def test_what_an_average_says_of_the_first_it_does_not_say_of_a_change() -> None:
    rows = find_figures("人均收入分别为42359元、20000元,平均浓度最低的3个城市")
    assert rows["measure"].tolist() == ["rate", "rate", "count"]
    assert find_figures("平均年龄38.5岁")["measure"].tolist() == ["rate"]
    assert find_figures("场均得分25.4分,超警戒水位0.34米")["measure"].tolist() == [
        "rate",
        "difference",
    ]


def test_a_bracket_does_not_end_what_an_average_governs() -> None:
    rows = find_figures("每千人口执业（助理）医师3.24人,平均轮候时间5.6年")
    assert rows["measure"].tolist() == ["rate", "rate"]


# --- What governs a figure from afar ------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("比重低于全省平均水平3.2个百分点,快于全国1.5个百分点", [-3.2, 1.5]),
        ("得分落后全市均值1.7个百分点,高出计划2个百分点", [-1.7, 2]),
        ("降幅比上月收窄2.1个百分点,跌幅扩大0.8个百分点", [2.1, -0.8]),
        ("增幅收窄2个百分点,涨幅比上月分别扩大1个和0.9个百分点", [-2, 1, 0.9]),
        ("降幅由5%收窄至3.2%,跌幅缩窄至4.8%", [-5, -3.2, -4.8]),
        ("下降12起、23.5%,减少3.2亿元或44%", [-12, -23.5, -3.2e8, -44]),
        ("占百分之三十点二、五点七和六", [30.2, 5.7, 6]),
        ("录得31%的跌幅,有两成多增长,13.8%的负增长", [-31, 20, -13.8]),
        ("零下5至零上3℃,气温-10℃～-5℃", [math.nan, math.nan]),
        ("最低零下3.5℃,增速为负3.5%,增减-2.1%", [-3.5, -3.5, -2.1]),
        ("塔高120米,身高175厘米,较上年高3厘米", [120, 175, 3]),
    ],
)
def test_direction_from_afar(text: str, values: list[float]) -> None:
    found_values = find_figures(text)["value"].tolist()
    assert [repr(value) for value in found_values] == [repr(float(value)) for value in values]


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        ("日均完成3.1万件,增长5%,完成512万箱", ["rate", "change", "count"]),
        ("每百户拥有汽车37辆,每十万人口发案12起", ["rate", "rate"]),
        ("日均接警120起、共出动3500人次", ["rate", "count"]),
        ("均价每吨3200元,成交3200元", ["rate", "amount"]),
        ("指数为104.05(上年=100),较上年下降6.8。", ["amount", "difference"]),
        ("恒指报20413点,跌320点,上午8点", ["amount", "difference"]),
        ("求人倍率(需求数与求职数之比)1.34,上升约0.09。", ["amount", "difference"]),
        ("医护比1:1.20,师生比为1:15.31,比分1:1.5", ["rate", "rate"]),
    ],
)
def test_what_a_figure_measures(text: str, measures: list[str]) -> None:
    assert find_figures(text)["measure"].tolist() == measures


@pytest.mark.parametrize(
    "text",
    [
        "邮编100001。邮政编码:030006,",
        "国道208,省道312,",
        "熱線2345 6789舉報,电话0351-1234567。",
        "主队88比79取胜,比分3:1,以2:0,用时1:52.31",
        "中山路25号,3号楼502室。",
        "持平的城市,5 個月來,2018 年 11 月",
        "减半征收,零售,零部件,零下",
    ],
)
def test_phantoms(text: str) -> None:
    assert found(text) == []


def test_a_path_is_no_text(tmp_path: Path) -> None:
    article = tmp_path / "article.txt"
    article.write_text("共91个", encoding="utf-8")
    with pytest.raises(ValueError, match=r"takes the text itself, and '.*article\.txt' is a file"):
        find_figures(str(article))
    assert found("共91个") == ["91个"]
    assert found("x" * 300 + "/共91个") == ["91个"]  # too long a name for a file
