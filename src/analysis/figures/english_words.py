"""The words of English print: signs, hedges, units and scales, and numbers, changes and shares in
words; each with the Chinese that says the same.
"""

from .numbers import SMALL

HOW = (
    r"(?:\s(?:slightly|further|sharply|significantly|substantially|marginally|notably"
    r"|markedly|only|just|again"
    r"|considerably|steadily|modestly|mildly|moderately|overall))*"
)
# Of words that may mean something else, too: lost 3% and lost by 3, but lost three children.
_SO_MUCH = (
    rf"(?={HOW}(?:\s(?:another|an?|about|around|some|nearly|almost|roughly|more than|over|just"
    r" over|just under|an estimated|a further))?\s(?:by\b|(?:[0-9][0-9.,]*|[a-z]+)(?:\s|-)?"
    r"(?:%|per\s?cent|pct|(?:percentage |basis )?points?\b|bps?\b|ppts?\b|pp\b)(?!\sof\b)))"
)
_OF_SO_MUCH = r"(?=\sof\s)"
# Before a number alone only where a clause begins: 306, off 12 from May; laid off 12.
_BEGINS = (
    r"(?:^|(?<=, )|(?<=\()|(?<=[–—-] )|(?<=\bwas )|(?<=\bwere )|(?<=\bis )|(?<=\bare )|(?<=\bran ))"
)
RISE_NOUNS = (
    r"up(?:tick|swing|turn)|spike|boost|advance|rebound|recovery(?!\srate)|improvement|escalation"
    r"|appreciation|acceleration|pick-?up|addition|hike"
)
FALL_NOUNS = (
    r"slide|slippage|retreat|setback|collapse|down(?:turn|swing)|crash|cut(?:back)?|erosion"
    r"|deterioration|depreciation|tumble|pullback|slowdown|easing|loss(?=\s(?:in|on|from)\b)"
)
RISES = (
    r"(?<!made )(?<!make )(?<!makes )(?<!making )(?<!took )(?<!takes )(?<!taking )"
    r"up(?:surge|lift)?|ris(?:e|es|en|ing)|rose|increas(?:e|es|ed|ing)"
    r"|(?<!negative )gr[eo]w(?:th|n|ing|s)?"
    r"|climb(?:ed|ing)?"
    r"|jump(?:ed|ing)?|leap(?:s|ed|ing)?|surg(?:e|ed|ing)|soar(?:ed|ing)?|gain(?:s|ed|ing)?"
    r"|expan(?:ded|ding"
    r"|sion)|hiked?|leapt|rocketed"
    r"|widen(?:ed|ing)|went up|go(?:es|ing) up|rebounded|advanced|accelerated|swelled"
    r"|(?:(?:rais|lift|boost)(?:ed|ing)|higher)(?=\sby\b)"
    r"|improv(?:ed|ing|ement)(?=\s(?:by|of)\s[0-9.]+\s(?:p|%))"
    r"|(?:add(?:s|ed|ing)?|recover(?:ed|ing)|rall(?:ied|ying)|bounced back|spik(?:ed|ing)"
    r"|(?:balloon|mushroom|snowball|multipli|intensifi|quicken|deepen|lengthen|strengthen|firm"
    r"|appreciat|escalat|exten(?=d)d?|rais|lift|boost)(?:ed|ing)"
    rf"|bigger|greater|longer|heavier|better){_SO_MUCH}|{_BEGINS}ahead{_SO_MUCH}"
    rf"|(?:{RISE_NOUNS}){_OF_SO_MUCH}"
)
FALLS = (
    r"down|negative growth|fall(?:s|en|ing)?|fell|decreas(?:e|es|ed|ing)|drop(?:s|ped|ping)?"
    r"|declin(?:e|es|ed"
    r"|ing)|reduc(?:tion|ed|ing)"
    r"|shr(?:ank|unk|inking|inkage)|shorten(?:ed|ing)|slid|slipped|plung(?:e|ed|ing)"
    r"|plummeted|contract(?:ed|ion|ing)"
    r"|went down|go(?:es|ing) down|dip(?:ped)?|slump(?:ed)?|eas(?:ed|ing)|narrowed|tumbl(?:ed|ing)"
    r"|sank|retreated|receded"
    r"|(?:cut|los(?:t|ing|es)|shed(?:ding)?|slash(?:ed|ing)|trimm(?:ed|ing)|par(?:ed|ing)"
    r"|collaps(?:ed|ing)"
    r"|crash(?:ed|ing)|dwindl(?:ed|ing)|diminish(?:ed|ing)|subsid(?:ed|ing)|abated|ebbed|wan"
    r"(?:ed|ing)"
    r"|cool(?:ed|ing)|weaken(?:ed|ing)|soften(?:ed|ing)|depreciat(?:ed|ing)|deteriorat(?:ed|ing)"
    r"|moderated|erod(?:ed|ing)|thinned|sagged|tanked|div(?:ed|ing)|dove|nosedived"
    r"|lower(?:ed|ing)?|slow(?:ed|ing)|smaller|shorter|lighter|cheaper"
    rf"){_SO_MUCH}|{_BEGINS}off(?={HOW}\s)"
    rf"|(?:{FALL_NOUNS}){_OF_SO_MUCH}|(?:^|(?<=, a )|(?<=or a )|(?<=a net ))loss(?=\sof\s[0-9])"
)
# What compares a figure with a base: 40 more than, 2 degrees warmer than; 3 points above the.
PLAN = "budget|target|forecast|plan|projections?|estimates?|average|normal|trend|expectations"
MORE = (
    "more|higher|larger|bigger|greater|longer|heavier|taller|wider|warmer|hotter|wetter|dearer"
    "|stronger"
)
FEWER = "fewer|less|lower|smaller|shorter|lighter|narrower|cooler|colder|drier|cheaper|weaker"
OVER = rf"above|ahead|over(?=\s(?:{PLAN})\b)|clear(?=\sof\b)"
UNDER = "below|under|short of|shy of|behind"
RISING, FALLING = "▲△↑⬆", "▼▽↓⬇"
SPAN_OF_CHANGE = (  # between a number and its change: a 5% annual fall
    r"[a-z]+-(?:on|over|to)-[a-z]+|[yqm]/[yqm]|y-o-y|yoy|annual|monthly|quarterly|weekly|overall"
    r"|net|real"
    r"|further|sequential|nominal"
)
HEDGES = {
    "最多": (
        r"at most|(?<!added )(?<!jumped )(?<!climbed )(?<!shot )(?<!rose )"
        r"(?<!edged )(?<!moved )(?<!went )(?<!ticked )(?<!crept )(?<!inched )up to"
        r"|(?:no|not) (?:more|greater|higher) than|as (?:many|much) as"
        r"|a maximum of|(?:did|does|do|will|must|may|should) not exceed|not exceeding"
        r"|never exceeded|not (?:over|above)"
    ),
    "起码": (
        r"at least|(?:no|not) (?:fewer|less|lower) than|as (?:few|little) as|a minimum of"
        r"|not (?:under|below)"
    ),
    "超过": (  # but 5% over the year
        r"more than|(?<![%)] )(?<!cent )(?<!pct )(?<![0-9] )(?:just )?over|(?:just )?above"
        r"|exceed(?:s|ed|ing)|in excess of|upwards of"
    ),
    "近": (
        r"nearly|almost|close (?:to|on)|(?:just )?(?:short|shy) of|just under|just below|not quite"
    ),
    "约": r"about|around|approximately|some|roughly|an estimated|in the region of",
    "不足": r"less than|fewer than|under|below",
}
# And those behind a number: 5% or more, 300+.
HEDGES_BEHIND = {
    "起码": r"\+(?![0-9])|-plus\b|\sor (?:more|over|above|higher|greater)\b(?! than)",
    "最多": r"\sor (?:less|fewer|under|below|lower)\b(?! than)",
    "约": r"\sor so\b",
    "多": r"-odd\b",
}
UNITS = {
    "%": r"(?:\s?|-)(?:%|per\s?cent\b|pct\b|pc\b)(?!\s?(?:age\s)?points?)",
    "个百分点": (  # and points alone, of what moves by them: slipped 5.6 points, 1.2 points up
        r"(?:\s|-)(?:a )?(?:percentage[ -]points?|per\s?cent(?:age)? points?|ppts?|pps?)\b|\s?"
        r"(?:ppts?|pps?)\b"
        r"|(?<=[0-9])\s?pts?\b(?=[);,.\s])"
        r"|\s?%[ -]points?\b|\sof an? (?:percentage|per\s?cent(?:age)?) point\b"
        r"|\s(?:of a |a )?points?\b(?:(?=\s(?:up|down|more|less|higher|lower|above|below|ahead"
        r"|behind|under|short)\b)|(?(rise)|(?(fall)|(?!))))"
    ),
    "个基点": r"(?:\s?|-)(?:basis[ -]points?|bps?)\b",
    "倍": r"(?:-|\s)(?:fold|times)\b|(?<=[a-z])fold\b",
    "起": r"\scases?\b",
    "人": r"\s(?:people|persons?)\b",
    "户": r"\shouseholds?\b",
    "辆": r"\svehicles?\b",
    "吨": r"\stonnes?\b",
    "短吨": r"\sshort tons?\b",
    "英亩": r"\sacres?\b",
    "公里": r"\s?(?:km|kilomet(?:re|er)s?)\b",
    "公斤": r"\s?(?:kg|kilogram(?:me)?s)\b",
    "公顷": r"\s(?:hectares?|ha)\b",
    "平方米": r"\s(?:square metres|square meters|sq m|m²)",
    "平方公里": r"\s(?:square kilomet(?:re|er)s|sq km|km²)",
    "千瓦时": r"\s?kWh\b",
    "兆瓦时": r"\s?MWh\b",
    "吉瓦时": r"\s?GWh\b",
    "太瓦时": r"\s?TWh\b",
    "兆瓦": r"\s?MW\b",
    "毫米": r"\s?mm\b",
    "厘米": r"\s?cm\b",
    "英寸": r"\sinch(?:es)?\b",
    "英尺": r"\s(?:feet|foot)\b",
    "英里": r"\smiles?\b(?!\s(?:per|an?)\s)",
    "盎司": r"\sounces?\b",
    "桶": r"\sbarrels?\b",
    "华氏度": r"\s?°F\b|\sdegrees?\s(?:Fahrenheit|F)\b",
    "℃": r"\s?°C\b|\sdegrees?\s(?:Celsius|C)\b",
    "度": r"\sdegrees?\b",
    "升": r"\slit(?:re|er)s\b",
    "天": r"\sdays?\b",
    "晚": r"\snights?\b",
    "小时": r"\shours?\b",
    "分钟": r"\s(?:minutes?|mins?)\b",
    "秒": r"\sseconds?\b",
}
MONEY = r"(?:US|HK|NT|A|C|S|MOP)?\$|£|€|MOP\s?|RMB\s?|¥"
# And money whose sign or code Chinese prints behind the number, in words.
MONEY_BEHIND = {
    "卢比": r"₹\s?|(?-i:Rs\.?|INR)\s?",
    "美元": r"(?-i:USD)\s?",
    "欧元": r"(?-i:EUR)\s?",
    "英镑": r"(?-i:GBP)\s?",
    "日元": r"(?-i:JPY)\s?",
    "港元": r"(?-i:HKD)\s?",
    "韩元": r"₩|(?-i:KRW)\s?",
    "澳元": r"(?:AU)\$|(?-i:AUD)\s?",
    "加元": r"(?:CA|Can)\$|(?-i:CAD)\s?",
    "新西兰元": r"NZ\$|(?-i:NZD)\s?",
    "新加坡元": r"(?-i:SGD)\s?",
    "瑞士法郎": r"(?-i:CHF|SFr\.?)\s?",
    "林吉特": r"(?-i:RM|MYR)\s?",
    "比索": r"₱\s?|(?-i:PHP|Php)\s?",
    "雷亚尔": r"R\$\s?|(?-i:BRL)\s?",
    "瑞典克朗": r"(?-i:SEK)\s?",
    "挪威克朗": r"(?-i:NOK)\s?",
    "丹麦克朗": r"(?-i:DKK)\s?",
}
SCALES = {
    "千": r"\s?thousand\b|k\b",
    "百万": r"\s?(?:million|mn|m)\b",
    "十亿": r"\s?(?:billion|bn)\b",
    "万亿": r"\s?(?:trillion|tn)\b",
    "千万": r"\s?crores?\b",
    "十万": r"\s?lakhs?\b",
}
CHANGED = {  # words that are a change by themselves
    "持平": (
        r"unchanged|no change(?=\))|(?:stuck|pegged|unmoved|static)(?=\sat\s)"
        r"|(?:held|remained|stayed|stood|was|were|is|are|ran)\s(?:flat|steady|stable"
        r"|level)(?=\sat\s)"
        r"|(?:(?<=was )|(?<=were )|(?<=remained )|(?<=broadly )|(?<=largely ))flat"
        r"(?=[.,;)]|$|\s(?:year|on|compared|from|against|with|over|versus)\b)"
    ),
    "增长{hedge}1倍": r"doubl(?:ed|ing)|double(?=\s(?:the|that|those|last|what|its)\b)"
    r"|twice(?=\s(?:as\s(?:many|much|high)\sas\s(?:in|at|a\syear|last|the)\b|the\s(?:[£$€]?[0-9]"
    r"|number|figure|level|total)|that\sof|last))",
    "增长{hedge}2倍": r"(?:trebl|tripl)(?:ed|ing)",
    "增长{hedge}3倍": r"quadrupl(?:ed|ing)",
    "下降{hedge}一半": r"halv(?:ed|ing)"
    r"|half(?=\s(?:as\s(?:many|much|high)\sas\s(?:in|at|a\syear|last|the)\b|last\syear['’]s))",
}
OF_THEM = (  # half of the votes, of voters; but half of the year
    r"(?=\sof\s(?:(?:all|the|these|those|them|people|staff|children|m[ae]n|women)\b"
    r"(?!\s(?:year|month|century))|(?!this|last)[a-z]{3,}[a-rt-z]s\b(?!\s(?:growth|gains|falls))))"
)
_LASTS = "(?:year|month|week|day|hour|minute|second|quarter|time)s?\\b|in\\b"  # 3 in 10 days
SHARED_OUT = {  # and words that are a share
    "{over}分之{under}": (
        r"(?P<under>{small}|(?<![0-9A-Za-z.,])[1-9])"
        r"\s(?:in\s(?:every\s)?|out\sof\s(?:every\s)?(?=(?:five|ten|5|10)\b))"
        rf"(?P<over>{{small}}|(?:[3-689]|[125]0|100|1,?000)(?![0-9%]|[.,][0-9])(?!\s(?:{_LASTS})))"
    ),
    "{parts}分之{some}": (
        r"(?P<some>{small}|a)[- ](?P<parts>(?:third|fifth|sixth|eighth|tenth)(?=s?\sof\b|s\b)"
        rf"|quarter(?=s?{OF_THEM})|(?<=three.)quarter(?=s))s?"
    ),
    "一半": rf"(?<!first )(?<!second )half{OF_THEM}",
}
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_ONES = "one two three four five six seven eight nine".split()
WORDS = (
    dict(zip(_ONES, SMALL, strict=True))
    | dict(zip("ten eleven twelve".split(), ("十", "十一", "十二"), strict=True))
    | {
        f"{teen}teen": f"十{one}"
        for teen, one in zip("thir four fif six seven eigh nine".split(), SMALL[2:], strict=True)
    }
    | {
        f"{ten}-{one}".removesuffix("-"): f"{tens}十{ones}"
        for ten, tens in zip(_TENS, SMALL[1:], strict=True)
        for one, ones in zip(("", *_ONES), ("", *SMALL), strict=True)
    }
)
PARTS = dict(
    zip("a third quarter fifth sixth eighth tenth half".split(), "一三四五六八十半", strict=True)
)
