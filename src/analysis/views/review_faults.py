"""Why a step of a review was not taken, and what faults `load` finds, in the reader's language."""

from __future__ import annotations

import re

from ..extract import Fault
from ..phrases import MEASURES
from ..units import Language, names_of
from .review_words import INTERFACE

# Why a step was not taken, in Chinese; in English the step says so itself.
REFUSALS = {
    "There is no figure {key}": "没有数字 {key}",
    "There is no claim {key}": "没有说法 {key}",
    "There is no text there": "该处没有原文",
    "There is no numeral there that is no figure": "该处没有未作为数字的数词",
    "A claim ties figures, each with a role": "一项说法须有数字，且各有角色",
    "{key} is not edited here": "此处不能改 {key}",
    "{to} already has that role in this claim": "{to} 在此说法中已担任该角色",
    "A reason is needed: why it is no figure": "请写明为何不是数字",
    "A name is needed: what it counts": "请写明所计的是什么",
    "This is no figure: {why}": "这不是数字：{why}",
    "{other} is a figure already": "{other} 已经是数字",
    "There is nothing to undo": "没有可撤销的步骤",
    "There is nothing to redo": "没有可重做的步骤",
    "This was changed by somebody else since, and stays as it is": "此处后来已在别处改动，保持原样",
    "The files were changed underneath: look at it again, then decide": (
        "文件已在别处改动：请看过现状再决定"
    ),
    "found {found}, expected {expected}": "现为 {found}，应为 {expected}",
    "expected {expected}": "应为 {expected}",
    "This is no message of a review: {what}": "不是核对的消息：{what}",
}
# What is found or expected in English, and in Chinese. A group that is called role, measure or
# field is told in words; all others are as they stand, and what is not listed is data.
_SAID = [
    (re.compile(english), chinese)
    for english, chinese in {
        # Cells of figures.csv.
        r"no value as in (.+)": r"空白，因为原文“\1”是一个范围",
        r"(?P<measure>count|amount|rate|change|difference) as in (.+)": (
            r"{measure}，与原文“\2”一致"
        ),
        r"(?P<unit>.+) as in (?!the first)(.+)": r"{unit}，与原文“\2”一致",
        r"what it counts, .*": "所计的是什么（中英文名称至少一个）",
        r"a basis, as it is a change": "口径，因为它是增减幅度",
        r"none, as it is no change": "空白，因为它不是增减幅度",
        r"nothing, as it is no change.*": "空白，因为它不是增减",
        r"what it is against[:,].*": ("上年同期、上一期、2016年、其他基期或未注明"),
        r"no earlier than (.+)": r"不早于 \1",
        r"an ISO date that exists, such as (\S+?)(;.*)?": r"存在的 ISO 日期，如 \1",
        r"a whole number, in digits": "整数（阿拉伯数字）",
        r"a number": "数",
        r"at least (.+)": r"不小于 \1",
        r"one of (.+)": r"以下之一：\1",
        r"a key: .*": "字母、数字和下划线（文字不限）",
        r"a figure: no printed figure.*": "数字",
        r"text without invisible characters .*": "不含不可见字符或改变书写方向的字符的文字",
        r"(U\+\S+) in (.*)": r"\1（在“\2”中）",
        r"text": "文字",
        # Claims.
        r"(\S+), which is an? (?P<measure>\w+)": r"\1（{measure}）",
        r"an? (?P<measure>count|amount|rate|change|difference) as (?P<role>\w+)": (
            "{measure}，因为担任{role}"
        ),
        r"(\S+) in (?P<unit>\S*)": r"\1（单位：{unit}）",
        r"a figure in (?P<unit>.*)": "单位为{unit}的数字",
        r"(\S+) of (\S+)%": r"\1（\2%）",
        r"(\S+) without a (?P<role>\w+)": r"\1 缺少{role}",
        r"a figure as (?P<role>\w+)": "一个数字担任{role}",
        r"(\S+) with (\d+) figures as (?P<role>\w+)": r"\1 有 \2 个数字担任{role}",
        r"one as (?P<role>\w+)": "只有一个担任{role}",
        r"(\S+) with a (?P<role>\w+) alone": r"\1 只有{role}",
        r"any two of .*": "本期数、上期数、增减幅度、增减数中至少两个",
        r"(\S+) as (?P<role>\w+) and as (?P<role_too>\w+)": r"\1 同时担任{role}和{role_too}",
        r"a figure once in a claim": "一个数字在一项说法中只出现一次",
        r"a role of (\w+): .*": "该类说法的角色",
        r"(\w+) as in the first row of (\S+)": r"\1，与 \2 的第一行一致",
        r"a key of (\S+)": r"\1 中有的键",
        r"a key once \(row (\d+) has it too\)": r"不重复的键（第 \1 行也有）",
        # What was marked in the text.
        r"no printed figure: .*": "读不出数字（须为数、万/亿和单位）",
        r"a [a-z ]+: .*": "非空的内容",
        # The source, and files.
        r"who published it": "发布者",
        r"the day it was published, .*": "发布日期，或未注明",
        r"a data package .*": "含有 resources 和 sources 的数据包",
        r"a file inside the folder": "文件夹内的文件",
        r"a data folder": "数据文件夹",
        r"no file": "没有文件",
        r"nothing": "没有",
        r"a file of this name": "此名称的文件",
        r"a file that can be read": "可读的文件",
        r"at most (\d+) bytes": r"不超过 \1 字节",
        r"UTF-8.*": "UTF-8 编码的文字",
        r"a NUL byte": "NUL 字节",
        r"this column": "有此列",
        r"only the columns (.+)": r"只有这些列：\1",
        r"columns separated by commas, .*": "以逗号分隔的列",
        r"each column once": "每列只有一次",
        r"CSV: .*": "CSV：引号成对，单元格不过长",
        r"a blank row": "空行",
        r"(\d+) cells, one a column": r"\1 个单元格，每列一个",
        r"files that change": "正在变动的文件",
        r"files at rest": "不再变动的文件",
        r"a place that can be written to": "可写入的位置",
    }.items()
]


def refusal(says: str, values: dict[str, str], language: Language) -> str:
    """Why a step was not taken, in one line."""
    if language == "zh":
        says = REFUSALS.get(says, says)
        # What was found is as somebody wrote it, but for what is said of a claim's figures.
        kept = {"what", "key", "to", "other"} | ({"found"} if values.get("of") == "cell" else set())
        values = {k: v if k in kept else in_chinese(v) for k, v in values.items()}
    line = says.format(**values) if values else says
    return " ".join(line.split())


def told(fault: Fault, language: Language) -> str:
    """A fault of a file that was changed by others, in one line."""
    if language == "en":
        return " ".join(str(fault).split())
    place = [fault.file]
    place += [f"第 {fault.row} 行"] if fault.row is not None else []
    place += [f"{fault.column} 列"] if fault.column else []
    found, expected = in_chinese(fault.found), in_chinese(fault.expected)
    return " ".join(f"{'，'.join(place)}：现为“{found[:60]}”，应为{expected}".split())


def in_chinese(said: str) -> str:
    """What a fault found or expected; what is not known is data, and stays as it is.

    >>> in_chinese("a rate as change"), in_chinese("200 as in 200起")
    ('比率，因为担任增减幅度', '200，与原文“200起”一致')
    """
    for english, chinese in _SAID:
        if found := english.fullmatch(said):
            words = {name: _word(name, text) for name, text in found.groupdict().items()}
            return found.expand(chinese.format(**words))
    return said


def _word(name: str, said: str) -> str:
    if name == "unit":
        return names_of([said], "zh")
    table = MEASURES if name == "measure" else INTERFACE
    key = said if name == "measure" else f"role {said}"
    return table[key][1] if key in table else said
