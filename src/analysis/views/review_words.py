"""What the widget of a review says of itself, in both languages; and cells as a reader of Chinese
writes them, 上年同期 for `year earlier`: the tables keep theirs."""

from __future__ import annotations

import re

from ..phrases import PHRASES, as_noted, noted
from ..units import SHARES, Language, unit_of
from .heads import HEADS

# name: English, Chinese. What stands in braces is put in by the page or by `refusal`.
INTERFACE: dict[str, tuple[str, str]] = {
    name: HEADS[name]
    for name in (
        *("reported", "theme", "value", "unit", "measure", "against", "basis", "title"),
        "publisher",
    )
} | {
    "review": ("Review of {name}", "核对：{name}"),
    "progress": (
        "{read} of {all} figures read, {claims_read} of {claims} claims",
        "已核对 {all} 个数字中的 {read} 个、{claims} 项说法中的 {claims_read} 项",
    ),
    "all read": ("Everything is read", "已全部核对"),
    "contradicted": ("Contradicted: {count}", "不符：{count}"),
    "next": ("Next unread", "下一个未核对"),
    "accept": ("Accept", "确认"),
    "accepted": ("read", "已核对"),
    "reject": ("Reject: not claimed", "否决：原文无此说法"),
    "undo": ("Undo", "撤销"),
    "redo": ("Redo", "重做"),
    "text": ("The text", "原文"),
    "no text": ("No text is at hand: the figures, in order", "手头没有原文：按次序列出数字"),
    "elsewhere": ("Figures that stand nowhere in the text", "原文中找不到位置的数字"),
    "foreign": (
        "This folder was drafted from another text: {count} of its {all} figures do not stand "
        "here where it says. Name that text, or draft this one into another folder.",
        "此文件夹出自另一篇原文：{all} 个数字中有 {count} 个不在所记的位置。"
        "请指定那篇原文，或为此文另建文件夹。",
    ),
    "figure": ("The figure", "数字"),
    "claims": ("Its claims", "涉及的说法"),
    "no claims": ("It stands in no claim.", "不涉及任何说法。"),
    "bounds": ("Bounds", "上下限"),
    "place": ("In the table", "表中位置"),
    "name_zh": ("Name (Chinese)", "名称（中文）"),
    "name_en": ("Name (English)", "名称（英文）"),
    "when": ("When, as printed", "时间（原文）"),
    "period_start": ("First day", "起始日"),
    "as_of": ("Last day", "截止日"),
    "note": ("Note", "备注"),
    "role total": ("the total", "总数"),
    "role part": ("a part", "部分"),
    "role rate": ("the rate", "比率"),
    "role numerator": ("the numerator", "分子"),
    "role denominator": ("the denominator", "分母"),
    "role current": ("the value now", "本期数"),
    "role prior": ("the value before", "上期数"),
    "role change": ("the change", "增减幅度"),
    "role difference": ("the difference", "增减数"),
    "tie": ("Tie to another figure", "改为另一个数字"),
    "other": ("Another …", "改为……"),
    "tying": (
        "Choose the figure that stands as {role} instead of {reported}; Escape leaves it as it is",
        "请选择代替{reported}作为{role}的数字；按 Esc 键取消",
    ),
    "more": ("+ {role}", "＋{role}"),
    "without": ("Not this one", "去掉此数"),
    "more tying": (
        "Choose the figure that stands as {role} as well; Escape leaves it as it is",
        "请再选择一个作为{role}的数字；按 Esc 键取消",
    ),
    "add claim": ("Add a claim", "补充一项说法"),
    "claim kind": ("Kind of claim", "说法类型"),
    "claim help": (
        "Click its figures, or go there by the arrows and press Enter; Enter once more adds the "
        "claim. Another click, or the space bar, takes a figure out.",
        "逐个点击所涉及的数字，或用方向键移到数字后按回车键；再按回车键即添加此说法。"
        "再点一次或按空格键即去掉此数。",
    ),
    "claim next": ("Next: {role}", "下一个：{role}"),
    "claim made": ("Add this claim", "添加此说法"),
    "alike": ("The same for {count} more: {figures}", "另外 {count} 个数字同样改动：{figures}"),
    "no figure": ("No figure", "不是数字"),
    "reason": ("Why it is no figure", "为何不是数字"),
    "set aside": ("Set aside", "移出"),
    "missed": ("Numerals that are no figures", "未作为数字的数词"),
    "unaccounted": ("in no table", "尚未归类"),
    "make": ("Make it a figure", "作为数字"),
    "missed help": (
        "Click a numeral in the text, or choose one here, to say why it is no figure, or to make "
        "it one; other text is selected.",
        "在原文中点击数词，或在此处选择，即可写明为何不是数字，或作为数字；其他文字请选中。",
    ),
    "numeral": ("{text} is no figure", "{text} 不是数字"),
    "say why": ("Say why", "写明原因"),
    "needs why": (
        "{text} is not accepted, as nothing says why it is no figure. E: say why, N: later",
        "{text} 未确认：尚未写明为何不是数字。E 写明原因，N 以后再说",
    ),
    "without why": (
        "; numerals that do not say why they are no figure: {count}",
        "；未写明为何不是数字的数词：{count} 个",
    ),
    "new": ("New figure: {reported}", "新数字：{reported}"),
    "new name": ("What it counts", "所计的是什么"),
    "add": ("Add", "添加"),
    "cancel": ("Cancel", "取消"),
    "source": ("Source, and what is still missing", "来源及待补内容"),
    "publisher_en": ("Publisher (English)", "发布者（英文）"),
    "published": ("Day published, or: not stated", "发布日期，或：未注明"),
    "undated": (
        "“{when}” tells no day: if the day of publication does, say when that was",
        "“{when}”未说明日期：如可由发布日期推知，请填写发布日期",
    ),
    "no days": (
        "No day is read from “{when}”: type the first and the last, where the text tells them",
        "“{when}”未读出日期：如原文可知，请填写起始日和截止日",
    ),
    "not said": ("Not stated: {what}", "未说明：{what}"),
    "missing": ("Still missing: {what}", "待补：{what}"),
    "keys": (
        "Keys: N next unread, A accept, R reject a claim, E edit, T edit the time, S the same for "
        "the others, C add a claim, ← → other figures, X no figure, Z undo, Shift+Z redo, "
        "Esc back to the figure. In a field: type, or select the words in the text; Enter saves.",
        "按键：N 下一个未核对，A 确认，R 否决说法，E 编辑，T 改时间，S 其他数字同样改动，"
        "C 补充说法，← → 前后移动，X 不是数字，Z 撤销，Shift+Z 重做，Esc 返回。"
        "编辑时可键入，也可在原文中选取文字；按回车键保存。",
    ),
    "unread": ("not read yet", "未核对"),
    "at": ("{n} of {all}", "第 {n} 个，共 {all} 个"),
    "claim at": ("Claim {number}: {words}", "说法{number}：{words}"),
    "saved": ("Saved", "已保存"),
    "saved with": ("Saved, with {count} more figures", "已保存，另有 {count} 个数字随之改动"),
    "dated": ("Saved; days for {count} figures", "已保存，{count} 个数字有了日期"),
    "left": ("; under Source still missing: {count}", "；“来源”中待补 {count} 项"),
    "said": ("{done}. {more}", "{done}。{more}"),
    "nothing alike": (
        "Nothing to do: no other figure had the same as was corrected here",
        "无可改动：没有其他数字与此处所改的相同",
    ),
    "no claim chosen": (
        "Nothing to reject: no claim is chosen",
        "无可否决：没有选中说法",
    ),
    "undone": ("Undone: {what}", "已撤销：{what}"),
    "redone": ("Done again: {what}", "已重做：{what}"),
    "status": ("read or not", "核对与否"),
    "changed": (
        "The files were changed underneath; this is what stands in them now",
        "文件已在别处改动；现显示其中的最新内容",
    ),
    "dead": (
        "No answer from the kernel. Run this cell again to go on; what was saved is in the files.",
        "内核没有应答。请重新运行此单元格以继续；已保存的内容都在文件里。",
    ),
    "static": (
        "To read it by clicking, run this cell in JupyterLab.",
        "如要点击核对，请在 JupyterLab 中运行此单元格。",
    ),
    "no widget": (
        "To read it by clicking, install anywidget and JupyterLab, and run this cell there.",
        "如要点击核对，请安装 anywidget 和 JupyterLab，并在其中运行此单元格。",
    ),
}
# Why a numeral is no figure, as `read_article` writes it, in Chinese.
REASONS_ZH = {
    "date": "日期",
    "list number": "列项编号",
    "telephone number": "电话号码",
    "code or telephone number": "代码或电话号码",
    "number of a table or chart": "图表编号",
    "head or label of a table": "表头或行名",
    "ordinal": "序数",
    "rank": "名次",
    "age": "年龄",
    "duration": "时长",
    "score": "比分",
    "base of a rate": "比率的基数",
    "name": "名称",
    "idiom": "成语",
    "slogan": "口号",
    "part of a word": "词语的一部分",
    "malformed number": "写错的数字",
    "no figure": "不是数字",
}
AGAINST = {
    "year earlier": ("a year earlier", "上年同期"),
    "previous period": ("the period before", "上一期"),
    "other": ("another base", "其他基期"),
    "not stated": ("not stated", "未注明"),
}


def interface(language: Language) -> dict[str, str]:
    """Everything that the page says of itself."""
    as_in_proofs = {"claim number": "claim number", "between": "part of proof"}
    as_in_proofs |= {"table": "table of figures", "diagnosis": "diagnosis"}
    said = INTERFACE | {name: PHRASES[phrase] for name, phrase in as_in_proofs.items()}
    return {name: each[language == "zh"] for name, each in said.items()}


_NOT_STATED = {"not stated": AGAINST["not stated"][1]}
# field: what its cells hold, and how that is written in Chinese.
_IN_CHINESE: dict[str, dict[str, str]] = {
    "against": {key: zh for key, (_, zh) in AGAINST.items()},
    "unit": _NOT_STATED | {family.name: unit_of(family.name).zh for family in SHARES},
    "publisher": _NOT_STATED,
    "published": _NOT_STATED,
    "reason": REASONS_ZH,
}


def shown(field: str, cell: str, language: Language) -> str:
    """A cell as its field shows it.

    >>> [shown("against", base, "zh") for base in ("year earlier", "year 2016", "spring")]
    ['上年同期', '2016年', 'spring']
    """
    if language == "en":
        return cell
    if field == "note":
        return noted(cell, language)
    if field == "against":
        cell = re.sub(r"^year (\d{4})$", r"\1年", cell)
    return _IN_CHINESE.get(field, {}).get(cell, cell)


def stored(field: str, typed: str) -> str:
    """What is typed into a field, in either language, as its cell holds it.

    >>> stored("against", "2016年"), stored("unit", "%"), stored("unit", "起")
    ('year 2016', 'percent', '起')
    """
    typed = typed.strip()
    if field == "note":
        return as_noted(typed)
    if field == "against":
        typed = re.sub(r"^(\d{4})年$", r"year \1", typed)
    return {zh: key for key, zh in _IN_CHINESE.get(field, {}).items()}.get(typed, typed)
