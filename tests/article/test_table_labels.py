"""Labels of tables: that what is asked first, as most labels say nothing, loses none that does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.article.table_labels import introduces, is_period, units_of
from analysis.article.table_measures import (
    averages,
    measuring,
    says_absolute,
    says_change,
    says_rate,
    says_share,
)

WORDS = (
    "同比 环比 增 长 减 負 升降 变 动 ± 比 上年 較 去年 涨跌 差 异 幅 占 佔 重 构 結 百 分 率"
    " 别 每 均 指 系数 数 额 量 值 人 件 万元 percent change % ch growth increase diff yoy"
    " variation year -on- month share rate per composition proportion ratio mean average median"
    " coefficient distribution 2019 ave population ‰ ％ ( ) （ ） / ， 甲 Foo"
).split()


@given(st.lists(st.sampled_from([*WORDS, " "]), max_size=4).map("".join))
def test_a_label_that_measures_nothing_says_nothing(label):
    says = (says_change, says_absolute, says_rate, says_share, averages, units_of)
    assert measuring([label]) or not any(say(label) for say in says)
    assert measuring([label]) == measuring([label.upper()])


def test_names_measure_nothing():
    assert not measuring(["盗窃", "其中：男", "Theft", "Total offences", "9号县"])


@pytest.mark.parametrize(
    "label", ["西元110", "西元 98", "2019年", "二零二三年", "令和5年", "Q1 2020", "may"]
)
def test_a_period(label):
    assert is_period(label)


@pytest.mark.parametrize("label", ["各类劫案,包括:", "包括 ：", "of which", "Of whom: "])
def test_what_introduces_parts(label):
    assert introduces(label)
    assert not introduces(f"{label}:x")
    assert not introduces(f"{label}::")
