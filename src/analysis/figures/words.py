"""The words around printed numbers: signs, hedges, averages, currencies; a table a kind.

What may stand before a number is one pattern, `LEAD`: an average, a sign word, a hedge, a currency
and a printed minus, each once. Everything is written in simplified characters (`script.fold`).
"""

import re

from ..units import CURRENCIES

FALLS = """
    下降 降低 减少 下跌 下滑 回落 缩减 缩小 收窄 减小 下调 递减 锐减 骤降 缩短 走低 减轻 负增长
    减产 减收 少增 多减 放缓 放慢
    萎缩 缩水 骤减 剧减 大减 急减 暴跌 大跌 急跌 狂跌 重挫 挫 下挫 下探 下行
    下浮 回调 走弱 减弱 减退 衰退 倒退 收缩 缩窄 收敛 贬值 跌去 压减 压降 精简 裁减 削减 核减 调减
    调低 调降 年减 月减 季减 微降 微跌 微减 略降 略跌 略减 大降 陡降 续跌 续降 收跌 滑落 净减少
    净减 减支 少收 少缴 少产 偏低 偏少 减慢 负成长 同减 累降 累减 低开 低收 收低 下修 走贬
    趋缓 减缓 速降 滑跌 续挫 急缩 骤缩 大缩 锐降 跌落 回软 惨跌 走跌 走软 回降 回跌 回吐 减量 暴减
    狂降 直降 消减 缩编 蒸发 续减 急泻 缓降
    偏枯 收贬 短少 短收 压缩 重贬 崩跌 重跌 急贬 降息 降准 降价
"""
RISES = """
    上升 增长 增加 提高 提升 上涨 扩大 增多 升高 攀升 回升 上扬 激增 递增 上调 走高 延长 增产 增收
    飙升 急升 急增 暴涨 大涨 急涨 狂涨 猛增 暴增 大增 剧增 陡增 上行 上浮 反弹 升值 增值 攀高 走强
    加快 加深 扩张 扩增 走扩 净增 净增加 净增长 多增 多收 多缴 多产 成长 年增 月增 季增 微升 微涨
    微增 略升 略涨 略增 大升 续涨 续升 收涨 调升 调高 拉升 推高 偏高 偏多 偏丰 正增长 同增 累增 提速
    涨价 超收 增减 高升 急飙 增添 高开 高收 收高 收升 上修 劲扬 扬升 劲升 跳升 弹升 攻高 走扬
    走升 窜升 飙涨 飙高 劲增 激升 剧升 跃升 跃增 陡升 扩阔 拓宽 正成长 回涨 回弹 加大 推升 翻升 抬升
    抬高 拉高 冲高 续增 回暖 缓升
    加息 升息 增支 少减 领先
"""
# How fast, as a noun: the number after it is the change, and what becomes of it changes a change.
FALL_NOUNS = "降幅 跌幅 减幅 降速 跌势 缩幅 降势"
RISE_NOUNS = "增幅 加幅 升幅 涨幅 增速 涨势 增势 增率 增长率 增长速度"
# What stands between a sign word and a count: 少死亡5人, 减少发案12起.
HAPPENED = """
    死亡 受伤 失踪 亡 伤 发案 立案 发生 破案 破获 抓获 查处 受理 接报 审结 结案 办结 发 立 接 破 抓
    处 接警 出警
    死 办 审 结 收案 销售 卖出 卖 售 生产 产 排放 支出 花 用 消耗 降雨 下 排 刑拘 逮捕 起诉 判
    完成 投入 招 建 种 播 开工 拨 缴 收 用电 用水 用气 耗电 耗煤 发电 供电 供水 降水 种植 养殖 出栏
    进口 出口 消费 投资 纳税 征收 招生 招聘 录取 到访 运送 发送 到账
"""
_APART = "(?<![儿青最至新不减增提很更许众诸等缺过是大太甚好够多少0-9])"
_MORE_OR_LESS = rf"{_APART}[多少]"

# How a hedge opens the bounds; `after` the number, `inner` in it.
_HEDGES = {
    "more": "多 余 几 来 有余 还多 出头 挂零 之多",
    "nearly": "近 将近 接近 逼近 直逼 几近 趋近 近乎",
    "about": "约 大约 大概 约为 左右 上下 大致 约莫 许 前后",
    "at least": """
        以上 及以上 或以上 之上 开外 超过 超 逾 突破 破 上 过 至少 最少 不少于 不低于 高于 多于
        大于 超越 升破 涨破 冲破 升穿 站上 超逾 逾越 不下 不下于 不止 多过 高过 起码 ≥ > >= +
        不小于 晚于
    """,
    "at most": """
        不足 不到 不超过 低于 少于 小于 未满 不满 至多 最多 不多于 不高于 不大于 以下 及以下 或以下
        之下 以内 之内 不及 未达 未到 跌破 跌穿 失守 降破 少过 低过 不过 ≤ < <=
    """,
}
_NOT = "未 未能 未曾 没 没有 不得 不能 不应 不可 不会 不曾".split()
_NEGATED = {  # 没有超过5% is at most that, 不得低于60% at least
    "at most": "超过 超 突破 高于 多于 大于 达到 达 满 到",
    "at least": "低于 少于 小于 跌破 降破",
}
_TURNED = {  # the negated words, and what they say
    word + other: direction
    for direction, words in _NEGATED.items()
    for word in _NOT
    for other in words.split()
}
DIRECTION = _TURNED | {
    word: direction for direction, words in _HEDGES.items() for word in words.split()
}


def any_of(*words: str) -> str:
    """An alternation of the words, longest first (a guard is no part of the length)."""
    listed = sorted(" ".join(words).split(), key=lambda word: -len(word.partition("(")[0]))
    return "(?:" + "|".join(dict.fromkeys(listed)) + ")"


# 预约, 最近, 以上百, 通过 are other words; so is 超 in 超额, 过 in 不过 of a clause.
HEDGE_BEFORE = (
    rf"(?:{any_of(*_TURNED)}"
    r"|(?:(?<![预节公违契制合条签履续])约|大约|大概|大致|约莫|将近|接近|逼近|直逼|几近|趋近|近乎"
    r"|(?<![最附临邻靠])近)(?:占|为|有|达)?"
    r"|(?:超过|超越|超逾|(?:(?<=[支收投输转流迁汇付提进售借贷][出入])|(?<![买卖出入]))超|突破|升破|涨破|冲破|升穿|站上|跌破|跌穿|失守|降破|大于|小于)了?"
    r"|逾越|逾|至少|最少|起码|不少于|不低于|不小于|高于|高过|多于|多过|不下于|不下|不止"
    r"|不足|不到|不及|不超过|低于|低过|少于|少过|未满|不满|未达|未到|至多|最多|不多于|不高于|不大于"
    r"|(?<!以)上(?=[百千万亿])|(?<![通超经不])过(?=[百千万亿])"
    r"|(?<![突攻打侦爆识])破(?=[百千万亿])|[≥≤]|(?<![A-Za-z\"/])[<>]=?)\s?"
)
HEDGE_AFTER = (
    r"(?:左右|上下|[及或]?以[上下]|以内|之[内上下多]|开外|有余|出头|挂零|许(?![可多久昌])"
    r"|还?多(?=[，,。;；、)）]|$)|\+(?![0-9A-Za-z]))"
)
AVERAGED = "[日月年周季时人户件案场次单亩村校班店台师生床车笔篇桌宗起]均"
_EACH_OF = """
    天 日 月 年 周 季度? 人 户 案 起 件 小时 分钟 秒 吨 亩 公斤 平方米 平方公里 公里 辆 名 个 家 次
    桶 度 股 台 套 头 所 只 斤 升
"""
EACH = rf"每(?:[百千万]|[十百千]万|[0-9]{{1,4}}万?)?{any_of(_EACH_OF)}"
AVERAGE = rf"(?:平均(?:{EACH})?|{AVERAGED}|{EACH})"

_GOT = (
    r"(?:(?:分别|依[序次]|均|都|更|亦|也|仅|又|同样|共|各|合共|合计)?"
    r"(?:为|高?达到?|是|在|有|录得|逾?达)?)"
)
_SUFFIX = "(?:幅度?|速度|比例|率|额|量|(?<!增加)值)"  # 增加值 is what was added: a level
_NOUNS = any_of(FALL_NOUNS, RISE_NOUNS)
_VERBS = any_of(FALLS, RISES)
_ACTS = any_of("削减 压减 核减 裁减 精简")  # 削减率: of what was discharged, a rate
_SHORT = (
    r"(?:(?<![裁加增])减|(?<![起升空迫投])降|(?<![下])跌|(?<![攀晋直提])升|(?<![新])增|涨|飙(?!出)|挫|贬|(?<![排投释])放量|(?<!压)缩量"
    r"|超出|(?<=更)[多少]出|(?<![缩最长简较])短"
    rf"|{_APART}(?<![身塔坝楼层拔山峰墙柱树限净檐桥台堤杆碑普职])[高低]|(?<![缓减放快])慢|{_MORE_OR_LESS})"
)
_AGAIN = "(?:再|进一步|继续|同比|环比|略|又|明显|大幅)?"
_LEVEL = "到至为成于达破穿"
SIGN = (  # 下降到, 增至, 降为 tell a level, not a change; 最高, 至少, 很多 are no signs either
    rf"(?:(?:净?减少|净?增加|{_MORE_OR_LESS})了?{any_of(HAPPENED)}了?"
    rf"|(?<!自然){_NOUNS}(?:{_AGAIN}{_VERBS}(?:{_GOT}|[至到为]))?{_GOT}"
    rf"|(?<!自然)(?!{_ACTS}率){_VERBS}{_SUFFIX}{_GOT}"
    rf"|(?<![同上去今前本当学财按](?=[年月季][增减])){_VERBS}(?![{_LEVEL}])(?:出?了|出)?(?:(?:分别|依[序次]|均|都)[为在]|{_GOT})"
    rf"|(?:小幅|大幅|略微|略|微)?{_SHORT}(?![{_LEVEL}])(?:出?了|出)?"
    r"(?:(?:分别|依[序次]|均|都)?(?:高?达到?)?))\s?"
)
FALL = re.compile(
    rf"(?:净|小幅|大幅|略微|略|微)*{any_of(FALLS, FALL_NOUNS, '减 降 跌 低 少 慢 挫 贬 缩量 短')}"
)
# A change of a change: where a fall narrows, the thing falls less.
OF_CHANGE = re.compile(rf"({_NOUNS}){_AGAIN}({_VERBS})(?!率)")
TO_LEVEL = re.compile(r"[至到为]\s?$")
NOUN = re.compile(rf"(?<!自然)(?:({any_of(FALL_NOUNS)})|{any_of(RISE_NOUNS)})")

_CURRENCY_NAMES = [
    name for line in CURRENCIES.strip().splitlines() for name in line.partition(" = ")[2].split()
]
CURRENCY = any_of(*(re.escape(name) for name in _CURRENCY_NAMES))
MINUS = (
    r"(?:(?:(?<![0-9A-Za-z%)])[-+]|[↑↓]|(?<![。；;！!？?])[▲▼]"
    r"|(?<![胜担肩抱欺自辜正])负的?(?=\s?[0-9百])|零下)\s?)"
)
LEAD = (
    rf"(?P<average>{AVERAGE})?(?P<front>{HEDGE_BEFORE}(?=[下上减增降升跌涨]))?(?P<sign>{SIGN})?"
    rf"(?P<before>{HEDGE_BEFORE})?"
    rf"(?:(?P<currency>(?<![A-Za-z]){CURRENCY})\s?(?P<within>{HEDGE_BEFORE})?)?"
    rf"(?P<minus>{MINUS})?"
)
_WORDS = [*(FALLS + RISES + FALL_NOUNS + RISE_NOUNS).split(), *DIRECTION, *_CURRENCY_NAMES]
# What a lead may begin and end with, and what one of stands in each: most places are refused so.
LEAD_STARTS = frozenset(
    {word[0] for word in _WORDS}
    | set("平每日月年周季时人户件案场次单亩村校班店台师生床车笔篇桌宗起大净小略微")
    | set("-+↑↓▲▼负零减降升跌增涨飙挫贬高低慢多少放缩")
)
LEAD_ENDS = frozenset(
    {word[-1] for word in [*_WORDS, *HAPPENED.split(), *_EACH_OF.replace("?", "").split()]}
    | set(
        "幅速势率额量值度例了出为达到是在有得于均季平占至≥≤<>=-+↑↓▲▼负的"
        "下减降跌升增涨飙挫贬高低慢多少短 "
    )
)
# All characters of leads, and those that a look behind one asks for.
LEAD_CHARACTERS = (
    frozenset(re.findall("[\u4e00-\u9fff]", LEAD))
    | frozenset(' 0123456789-+↑↓▲▼≥≤<>=$¥€£₩%)"/')
    | frozenset(map(chr, [*range(65, 91), *range(97, 123)]))
)
LEAD_KERNELS = set("低高慢短多少均每-+↑↓▲▼负零减降跌升增涨飙挫贬放缩")
for _word in sorted(_WORDS, key=len):
    if not LEAD_KERNELS & set(_word):
        LEAD_KERNELS.add(_word[-1])

# What says a change after the number: 31%的跌幅, 两成多增长.
_CHANGE = """
    跌幅 降幅 减幅 增幅 升幅 涨幅 增速 增长 下降 下跌 减少 下滑 上升 上涨 增加 提升 升势 跌势 涨势
    衰退 萎缩 成长
"""
CHANGES = any_of(_CHANGE)
CHANGE_BEHIND = (
    rf"(?:[的之][\u4e00-\u9fff]{{0,4}}?{CHANGES}率?(?!了|[至到0-9]|空间|速度|目标|区间|部分|城市|企业)"
    rf"|(?:(?<=[%％‰成倍半点0-9零十两一二三四五六七八九])|按[年月季周]|同比|环比)"
    rf"{any_of('跌幅 降幅 减幅 增幅 升幅 涨幅 增长 下跌 下降 衰退 成长')}(?=[,，。;；、)）]|$)"
    r"|(?<=[%％点])[↑↓▲▼](?!\s?[0-9]))"
)
POST = rf"(?P<post>{CHANGE_BEHIND})?"
# What is none where 零 stands before it.
NONE_OF = any_of(
    "发案 事故 死亡 伤亡 命案 新增 确诊 感染 投诉 案件 火灾 上访 非访 违规 差错 发病 复发 失误 缺陷"
)
# A number needs no unit after a currency; US$1.1bn is 11亿.
LATIN_SCALES = {
    word: places
    for words, places in {
        "k K thousand": "千",
        "m mn M million": "百万",
        "bn B billion": "十亿",
        "tn T trillion": "万亿",
    }.items()
    for word in words.split()
}
MONEY = "(?:" + "|".join(f"(?<={re.escape(name)})" for name in _CURRENCY_NAMES) + r"|(?<=[¥$€£] ))"
