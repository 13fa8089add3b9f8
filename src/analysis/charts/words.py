"""What charts find, and how they are read, in both languages; `phrases` has what others say too."""

from __future__ import annotations

from .. import phrases
from ..units import Language

WORDS: dict[str, tuple[str, str]] = {
    "as in print": (" (as printed)", ""),
    "logarithmic": ("Logarithmic scale. ", "对数刻度。"),
    "unshown": (
        "Changes not drawn, for want of a printed value: {count}",
        "另有 {count} 项增减未刊出现值，未画出",
    ),
    "change": ("change", "增减"),
    "counted in": ("unit", "单位"),
    "beyond scale": (
        "; an arrow to the edge leaves the scale: {count}",
        "；箭头指到边缘者超出刻度：{count} 项",
    ),
    "whole of none": (
        "{name}: no whole number {then} gives the printed change",
        "{name}：没有一个{then}的整数可得出刊出的增减",
    ),
    "fell and rose": (
        "{fell} of {all} fell against {then}, {rose} rose",
        "{all} 项中，比{then}下降 {fell} 项、上升 {rose} 项",
    ),
    "all fell": ("All {all} fell against {then}", "{all} 项比{then}全部下降"),
    "all rose": ("All {all} rose against {then}", "{all} 项比{then}全部上升"),
    "none sure": (
        "print does not tell whether any of {all} rose or fell",
        "{all} 项是升是降都不能确定",
    ),
    "direction open": ("; of {count} print does not tell which", "；{count} 项方向不能确定"),
    "span": (
        ": from {least} ({least_name}) to {most} ({most_name})",
        "：由{least}（{least_name}）至{most}（{most_name}）",
    ),
    "no value then": ("; of {count} no value then can be told", "；{count} 项推算不出当时值"),
    "no value of": ("{name}: no value {then} can be told", "{name}：推算不出{then}的数值"),
    "none fits": ("no whole number", "无整数可得"),
    "cannot be told": ("cannot be told", "推算不出"),
    "what it is against": ("what each is held against", "各自的基期"),
    "exact": ("Exactly printed: {name}, {value}", "精确刊出：{name}，{value}"),
    "all exact": ("All {all} figures are printed exactly", "{all} 个数字都精确刊出"),
    "leaves": (
        "{what} {share} of a figure open: {name}, {bounds}",
        "{what}数字有{share} 的不确定：{name}，{bounds}",
    ),
    "up to": ("up to ", "至多 "),
    "hedges": ("Hedges leave", "约数措辞使"),
    "rounding": ("Rounding leaves", "四舍五入使"),
    "range": ("A printed range leaves", "刊出的区间使"),
    "no end": (
        "Open at one end, {count} of {all}: {names}",
        "{all} 个数字中 {count} 个一端不封口：{names}",
    ),
    "its open end": ("Open at one end: {names}", "一端不封口：{names}"),
    "all agree": (
        "All {all} printed claims agree with their own figures",
        "{all} 项刊出的说法均与自身数字相符",
    ),
    "all contradict": (
        "All {all} printed claims contradict their own figures: {names}",
        "{all} 项刊出的说法均与自身数字不符：{names}",
    ),
    "some contradict": (
        "{count} of {all} printed claims does not add up: {names}",
        "{all} 项刊出的说法中 {count} 项与自身数字不符：{names}",
    ),
    "many contradict": (
        "{count} of {all} printed claims do not add up: {names}",
        "{all} 项刊出的说法中 {count} 项与自身数字不符：{names}",
    ),
    "and more": (" and {count} more", "等（另 {count} 项）"),
    "cut off": ("; {count} only if cut off, not rounded", "；{count} 项须按截断而非四舍五入"),
    "gives": (
        "{name}: {printed} printed, and its own figures give {again}",
        "{name}：刊出 {printed}，自身数字得 {again}",
    ),
    "gives cut off": (
        "{name}: {printed} printed; its own figures give {again}, so it was cut off, not rounded",
        "{name}：刊出 {printed}，自身数字得 {again}，须按截断而非四舍五入",
    ),
    "gives other": (
        "{name}: {printed} printed, but its own figures give {again}",
        "{name}：刊出 {printed}，自身数字却得 {again}",
    ),
    "parts within": (
        "{name}: the parts that are printed, {again}, keep within {printed}",
        "{name}：所列部分为 {again}，未超过 {printed}",
    ),
    "parts beyond": (
        "{name}: the parts that are printed, {again}, exceed {printed}",
        "{name}：所列部分为 {again}，超过 {printed}",
    ),
    "symmetric": ("Logarithmic beyond ±1%. ", "±1% 以外为对数刻度。"),
    "untold": (
        "Claims not drawn, for nothing can be told of them: {count}",
        "另有 {count} 项说法无法判断，未画出",
    ),
    "recomputed": ("recomputed", "重算"),
    "verdict": ("verdict", "判断"),
    "of it": ("{again} of it", "其中 {again}"),
    "reach between": (
        "Of {total}: from {least} ({least_name}) to {most} ({most_name})",
        "{total}中：由 {least}（{least_name}）至 {most}（{most_name}）",
    ),
    "not among": ("In no printed part", "未列入所刊部分"),
    "beyond": ("Beyond the printed total", "超出刊出的合计"),
    "short": ("Short of the printed total", "不足刊出的合计"),
    "parts come to": (
        "The parts come to {value}, {gap} more than the printed total of {total}",
        "各部分合计 {value}，比刊出的合计 {total}多 {gap}",
    ),
    "parts come short": (
        "The parts come to {value}, {gap} fewer than the printed total of {total}",
        "各部分合计 {value}，比刊出的合计 {total}少 {gap}",
    ),
    "implied here": ("implied by what is printed", "由刊出数推算"),
    "does not fit": ("does not fit", "不符"),
    "share of total": ("of total", "占合计"),
    "share of first": ("of the first", "占首行"),
    "none left": ("{name}: all of {total} were reached", "{name}：{total}全部办结"),
    "perhaps left": (
        "{name}: at most {value} of {total} left open (at most {share})",
        "{name}：{total}中至多 {value}未办结（至多{share}）",
    ),
    "margin of one": (
        "Had it been a random sample: {share} of {few} answers would mean {wide} ({confidence})",
        "若为随机样本：{few} 份答卷的 {share} 意味着 {wide}（{confidence}）",
    ),
    "confidence": ("{level} confidence", "置信水平 {level}"),
    "no confidence": ("confidence not stated", "置信水平未注明"),
    "odd": ("Diamonds: a running total that fell, or another oddity", "菱形：累计数下降等异常"),
    "both ways": ("{rose} of {all} rose, {fell} fell", "{all} 项中 {rose} 项上升、{fell} 项下降"),
    "every rose": ("all {all} rose", "{all} 项全部上升"),
    "every fell": ("all {all} fell", "{all} 项全部下降"),
    "no date": ("date not stated", "日期未注明"),
    "in part": ("{dates} or not stated", "{dates}或未注明"),
    "now": ("printed", "刊出"),
    "deviation": (
        "{scale}Difference from what is printed, in percent of it; pale: what print may stand for",
        "{scale}与刊出值之差，占刊出值的百分比；浅色：刊出值可能的范围",
    ),
    "both": ("printed {printed}, recomputed {again}", "刊出 {printed}，重算 {again}"),
    "of total": ("A dot is one of {total}: {name}", "每个圆点是 {total}{name}之一"),
    "reach": ("{name}: {value} of {total} ({share})", "{name}：{total}中 {value}（{share}）"),
    "open": ("Left open", "未办结"),
    "left open": (
        "{name}: {value} of {total} left open ({share})",
        "{name}：{total}中有 {value}未办结（{share}）",
    ),
    "margin": (
        "Had it been a random sample: {share} of {few} answers would mean {wide}, "
        "of {many} answers {interval} ({confidence})",
        "若为随机样本：{few} 份答卷的 {share} 意味着 {wide}，"
        "{many} 份则为 {interval}（{confidence}）",
    ),
    "slopes": (
        "Logarithmic scale: the same slope is the same growth",
        "对数刻度：斜率相同即增幅相同",
    ),
    "grew": ("{name}: {growth}", "{name}：{growth}"),
    "unlike": (
        "{count} measures, kept apart: only figures within a group are alike",
        "{count} 种口径，分组列出：只有同组数字可比",
    ),
    "answers": (
        "Logarithmic scale. Number of answers, had they been a random sample",
        "对数刻度。答卷数（假设为随机样本）",
    ),
    "indicators": ("{count} indicators", "{count} 项指标"),
    "first print": ("as first printed", "首次刊出"),
    "another": ("a year later, another", "次年推算，不同"),
    "can be both": ("a year later, can be the same", "次年推算，可相同"),
    "shaded": ("; shaded: no issue at hand that prints it", "；灰底：手头无刊出该数的一期"),
    "no print": ("no issue at hand prints it", "手头无刊出该数的一期"),
    "shaded or dashed": (
        "Shaded: no issue at hand prints it; dashed: another coverage",
        "灰底：手头无刊出该数的一期；虚线：口径不同",
    ),
    "bases": (
        "{name}: {revised} of {judged} first prints changed a year later, {higher} upward",
        "{name}：{judged} 个首次刊出数次年有 {revised} 个变动，{higher} 个上调",
    ),
    "bases kept": (
        "{name}: each of {judged} first prints can be the base used a year later",
        "{name}：{judged} 个首次刊出的数字都可以是次年所用的基数",
    ),
    "no bases": (
        "{name}: no first print that a later issue can be held against",
        "{name}：没有可与次年基数对照的首次刊出数",
    ),
    "of print": (
        "The base used a year later, the first print = 100",
        "次年所用的基数（首次刊出数 = 100）",
    ),
    "otherwise": ("counts otherwise", "口径不同"),
    "changes": (
        "Change in percent: as printed, and by the two first prints",
        "增减（%）：刊出的与按两期首次刊出数计算的",
    ),
    "point changes": (
        "Change in percentage points: as printed, and by the two first prints",
        "增减（百分点）：刊出的与按两期首次刊出数计算的",
    ),
    "printed change": ("as printed", "刊出的增减"),
    "by prints": ("by the first prints", "按首次刊出数计算"),
    "other sign": ("other sign", "方向相反"),
    "a month": (
        "{name}, for each month\nfrom {least} ({then}) to {most} ({when})",
        "{name}，月均\n最少 {least}（{then}），最多 {most}（{when}）",
    ),
    "each month": (
        "For each month of what was newly printed, by differences. Unit: {units}",
        "各期新增数的月均（按累计数之差）。单位：{units}",
    ),
    "network": (
        "Of {figures} figures at least {fewest} must be wrong; "
        "claims contradicted: {broken} of {claims}",
        "{figures} 个数字中至少有 {fewest} 个有误：{claims} 项说法中有 {broken} 项存在矛盾",
    ),
    "network holds": (
        "{claims} claims that tie {figures} figures can hold together",
        "{claims} 项说法涉及 {figures} 个数字，可以同时成立",
    ),
    "network axis": (
        "Each column is a claim: a square its result, dots what it is made of",
        "每列为一项说法：方块是其结果，圆点是其组成",
    ),
    "network broken": ("\nDashed: contradicts", "\n虚线：存在矛盾"),
    "must be wrong": ("must be wrong: {how}", "必有误：{how}"),
    "may be wrong": ("may be the wrong one: {how}", "可能有误：{how}"),
}


def say(phrase: str, language: Language, **values: object) -> str:
    """A phrase of charts alone, or else one of all."""
    if phrase not in WORDS:
        return phrases.say(phrase, language, **values)
    return phrases.in_number(WORDS[phrase][language == "zh"].format(**values))
