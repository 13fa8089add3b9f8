"""The words that tie figures in running text: times, bases, openings of lists, words without sense.

Patterns are written in simplified characters and ASCII punctuation; a text is folded to these one
to one, so that positions hold.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from ..figures.passed_over import LIST_NUMBER
from ..figures.script import folded
from .asides import ASIDE

_FOOTNOTE = re.compile(  # [3]; and behind a figure ①, *, (注1)
    r"(?=[\[(*①-⑳])(?:\[(?:注|注?[0-9]{1,2})\]|(?<=[\u4e00-\u9fff%])(?:[①-⑳*]|\(注[0-9]{0,2}\))(?=[,;。、和]|$))"
)
_BLANK_IN_YEAR = re.compile(
    r"(?<![0-9.,])((?:19|20)[0-9]{2}|1[01][0-9]|[０-９]{2}) (年(?:度|[底末初]|同[期月季])?的?)"
)
_TWO_DIGITS = re.compile("(?<![0-9])[4-9][0-9] ?年")
_SHORT_YEAR = re.compile(  # 97年底, 較97年: what stands around tells it from a term of 97 years
    r"(?<![0-9.,近逾满达约过超前这长刑])(?<!民国)(?<!民国 )[4-9][0-9]"
    r"(?= ?年(?:度|[底末初]|同[期月季]|[上下]半年|(?:第 ?)?[一二三四1-4] ?季"
    r"| ?(?:1[0-2]|0?[1-9]) ?(?:月|[至-])|[一二三四五六七八九十]{1,2}月))"
    r"|(?:^|(?<=[\s,;:。、比较与和及自从由至到于在]))[4-9][0-9]"
    r"(?= ?年(?![来前后内以间期史代徒有刑历里多余]|[的之](?:时间|[内久前后间])))",
    re.MULTILINE,
)
_NAMED_YEAR = re.compile("(?:19|20)[0-9]{2} ?年")  # beside it 97年 is 1997
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_THAN_THAT = re.compile("(?<!相)较之(?!下)")  # as 较
_RECORD = re.compile(  # a clause that only ranks the value before: 为历年单月最高, 创25年来新低
    r"(?<=[,;])(?:双双?|[齐均皆都同亦也])?(?:[为是系属居]|再?续?创下?|刷新|改写|打破)(?:[^,;。0-9%]|[0-9]{1,4}(?=年)){0,12}?"
    r"(?:[最次][高低多少大小](?:值|点|水平|[纪记]录)?|新[高低]|[纪记]录)(?=[,;])"
)
_CAUSE = re.compile(  # a clause between a value and its change that says why: 受台风影响,同比下降
    r"(?<=[,;])(?:主要)?(?:受[^,;。0-9%]{1,24}?(?:影响|冲击|拖累|制约|[带拉推]动|提振|支撑)"
    r"|在[^,;。0-9%]{2,20}(?:影响|支撑|作用|[带拉推]动)下"
    r"|(?:因(?!素|[此而])|由于|得益于|受益于|随着)(?![^,;。]*(?:引[发起]|导致|造成|[死伤被案者刑]))"
    r"[^,;。0-9%]{2,20})(?=,\s?(?:同比|环比|按[年月季]|[比较与]|名义|实际|基本持平|持平|分别"
    r"|[大小]幅|[略微]|仅|[增减升降涨跌]|[上下][升降涨跌滑]|回[升落]|提高))"
)
_PUNCTUATION = str.maketrans("，；：！？（）｜［］【】﹙﹚", ",;:!?()|[][]()")


def fold(text: str) -> str:
    """The text in simplified characters and ASCII punctuation, character for character.

    The mark of a footnote is blank: it ends no sentence. A blank within a year stands behind it.
    So is a clause that only ranks what it follows, or says why it changed. A year of the Republic
    of two digits, as texts in traditional characters have it, is told by the width of its digits.

    >>> fold("（較２０１４年減少）"), fold("幼儿园[3]27所"), fold("2018 年末"), fold("9%,为次高,升")
    ('(较2014年减少)', '幼儿园   27所', '2018年末 ', '9%,   ,升')
    >>> fold("較97年同期增加"), fold("较97年同期增加")
    ('较９７年同期增加', '较97年同期增加')
    """
    plain = text.translate(_folded())
    if _TWO_DIGITS.search(plain) and _is_of_the_republic(text, plain):
        plain = _SHORT_YEAR.sub(lambda year: year[0].translate(_WIDE), plain)
    plain = _BLANK_IN_YEAR.sub(r"\1\2 ", plain) if " 年" in plain else plain
    plain = plain.replace("依序", "分别") if "依序" in plain else plain
    plain = _THAN_THAT.sub(" 较", plain) if "较之" in plain else plain
    for aside in (_RECORD, _CAUSE):
        plain = aside.sub(lambda clause: " " * len(clause[0]), plain)
    return _FOOTNOTE.sub(lambda mark: " " * len(mark[0]), plain)


def _is_of_the_republic(text: str, plain: str) -> bool:
    """Whether a text is printed in traditional characters and names no year of our era."""
    if _NAMED_YEAR.search(plain):
        return False  # as most do
    pairs = [(a, b) for a, b in zip(text, plain, strict=True) if "\u3400" < a < "\uff00"]
    return 10 * sum(a != b for a, b in pairs) > len(pairs)


@cache
def _folded() -> list[int]:
    return [_PUNCTUATION.get(character, character) for character in folded()]


def beginning(signs: str, pattern: str) -> str:
    """A pattern that is tried only where one of some signs stands: each match begins with one.

    To look at most places and go on takes a tenth of the time that all alternatives take there.

    >>> beginning("ab", "a1|b2")
    '(?=[ab])(?:a1|b2)'
    """
    return f"(?=[{signs}])(?:{pattern})"


# --- Times --------------------------------------------------------------------------------------
_N = "一二三四五六七八九十"
_ROC = (
    r"(?:民国\s?[0-9]{2,3}|(?<![0-9])1[01][0-9]|[０-９]{2})(?=学?年(?![来前后内以]))"  # 110年: 2021
)
ZEROS = "〇零Oo0"  # 二O一八年
YEAR_IN_WORDS = rf"[一二][{ZEROS}{_N[:9]}]{{3}}"
YEAR = rf"(?:(?:19|20)[0-9]{{2}}|{YEAR_IN_WORDS}|{_ROC})"
_MONTH = rf"(?:1[0-2]|0?[1-9]|十[一二]?|[{_N[:9]}])\s?"
_DAY = rf"(?:[0-9]{{1,2}}\s?|[{_N}]{{1,3}})[日号](?:[零0]时|24时)?"
_TO = r"(?:[-—–~～]{1,2}|至|到|、|和)"
_DAY_OFF = r"(?:元旦|春节|清明|端午|中秋|国庆|五一(?![路口]))节?"
_HOLIDAY = (
    rf"(?:[“\"](?:{_DAY_OFF}|十一)[”\"]|{_DAY_OFF}(?:、?(?:{_DAY_OFF}))?|十一(?=黄金周|小?长假))"
    r"(?:小?长?假[期日]?|黄金周)?(?:前后)?"
)
OF_YEAR = (
    rf"(?:[上下头首]半年|(?:全年|(?:年[底末初]|(?<![{_N}两几数多0-9])年中)(?!人(?!口)))(?!预算|计划|目标)|(?:(?:第\s?)?[{_N[:4]}1-4]\s?|首|[前首][{_N[:4]}两1-4]个?)季度?[底末]?(?!节)"
    rf"|[前首头]\s?[{_N}两0-9]{{1,3}}\s?个?月|(?![{_N}]{{1,2}}、[0-9]){_MONTH}月?{_TO}\s?{_MONTH}月(?:份|[底末初]|{_DAY})?"
    rf"|(?<!逾){_MONTH}月(?:\s?{_DAY}(?:{_TO}(?:{_MONTH}月)?{_DAY})?|\s?[0-9]{{1,2}}\s?{_TO}\s?{_DAY}|份|当月|[底末初]|[上中下]旬)?"
    r"(?!以[下上内]|未[满滿]|(?<=[^0-9]月)(?:有期|拘役))"  # 六月以下有期徒刑
    r"|第[0-9]{1,2}周|第[一二三四五六七八九]次(?:全国)?(?:人口|经济|农业)普查|"
    rf"{_HOLIDAY}|春运|暑期|汛期|[冬春夏秋]{{1,2}}季节?)"
)
_OVER_YEARS = (  # 2022年11月(至2023年1月)
    rf"{_TO}(?:{YEAR}|[今当])年(?:{_MONTH}月(?:{_DAY}|份)?|(?<=[今当]年)底)"
)
_TERM = (  # 2022/23学年
    rf"{YEAR}(?:[-/—–~～至]{{1,2}}(?:{YEAR}|[0-9]{{2}}))?(?:学年度?|财政年度|财年)"
)
_WHICH = (
    rf"(?:(?<![0-9A-Za-z.])(?:20)?[0-9]{{2}}[QH][1-4](?![0-9A-Za-z])\s?末?"  # 24H1, 2025Q3末
    rf"|{_TERM}|{YEAR}(?:年(?:度(?!过))?{_TO}|[-—–~～至到]{{1,2}}){YEAR}年|{YEAR}年(?:度(?!过)|[底末])?"
    r"|(?:(?:今年|去年|上年)[底末]|今年|去年|明年|本年度?|上年度?|[上前]一年度?|前年|当年))"
)
_ALONE = (
    rf"(?:[本上当该]个?月(?:{_DAY}(?![均元]))?|[本上当]周|[本上当]季度|[本上]学年|本财年|近年来|(?:过去|近|最近|[这前])?"
    rf"[{_N}两0-9]{{1,2}}年来|过去[{_N}两0-9]{{1,2}}年|近[{_N}两0-9]{{1,2}}年(?!来)|(?:过去|最?近)[{_N}两0-9]{{1,2}}[日天](?!来)|最?近[{_N}两0-9]{{1,2}}个?(?:周|星期|月)(?!来)|入[汛梅伏冬春夏秋]"
    r"|昨[日天]|(?:(?<![\u4e00-\u9fff])|(?<=日))当[日天](?![办结清])|(?<![一二三四首上本该])季内|今[日天]|目前|迄今|至今|当前|现[时在]|同[期季]|期末|期内|(?<![0-9一二三四五六七八九十两几数多])年内|[本今]季(?=[至迄]今|以来)|(?:[小长节]?假[期日]|节日|黄金周)(?:期间)?)"
)
AGO = (
    rf"(?<![0-9{_N}])(?:半年|[{_N}两0-9]{{1,2}}(?:年半?|个半?月|个季度|周|个?星期|天|小时))"
    r"(?:之|以)?前"
)
MONTHS_TO = rf"(?:的|止的?)[{_N}两0-9]{{1,2}}个月|止的?年度"  # up to a day: 截至5月底(的三个月)
TIME = re.compile(
    beginning(
        rf"0-9０-９{_N}两四半第截自从今去上下前首头本当该这近过最入同期年季明全元春夏秋冬暑汛清端中国小长节假黄昨目迄至现民“\"",
        r"(?<![A-Za-z])(?<![A-Za-z.][0-9])(?<!PM2\.)(?:"  # NO2月均浓度, O3日最大8小时
        rf"(?<=\[)(?:19|20)[0-9]{{2}}(?=\])|"  # a heading, [2017]
        rf"(?:(?:截至到?|截止到?|自从?|从)\s?)?(?:{_WHICH}(?:(?:的|\s{{1,2}})?{OF_YEAR}(?:{_OVER_YEARS})?)?|{OF_YEAR}|{_ALONE}|{AGO}|(?<![0-9近])(?<!过去){_DAY}(?![均元内游间]))"
        rf"(?:以来|同[期月季](?:[底末](?![数]))?|期间|[至迄]今|{MONTHS_TO}|(?<=[底末日月])止)?)",
    )
)
SAME = ("同期", "同月", "同季")  # a period so ends that is the same days of another year
GENERAL = re.compile(
    r"全年|同期|当[年日天]|目前|当前|期末|[期季年]内|期间|至今|迄今|现[时在]"
)  # says less than a year named before

# --- What a change is against --------------------------------------------------------------------
_THAN = (
    r"(?:(?<![相对])(?:比|较)(?![例重率])|相[较比对]于?|对比|比对|与|和|同|跟|[高低多少]?于"
    r"|超[过出越]|不[及如]|是|为)"
)
_PEAK = (  # 2015年(高峰时期)
    r"(?:高峰|顶峰|峰值|低谷|(?:历史)?最[高低]|[高低][点位])(?:时期|时|期|年份?|点|值|水平)?"
)
_CENSUS = rf"第[{_N}]次[^,;。0-9]{{0,4}}普查"  # 同第六次全国人口普查2010年11月1日
_BEFORE_VIRUS = "疫(?:情[之以]?)?前的?"  # 与疫情前2019年首季
_MEAN = r"(?:的?[日月年周季]?(?:平均|均)(?:水平|值|数))?"  # 比前11个月的平均值
_BEFORE_IT = (  # 比制度实施前, 比疫情前
    r"[^,;。()0-9比较]{0,10}?(?:疫情|危机|实[施行]|施行|推行|开展|启动|改革|成立|开通|运行|上线|试点|整治|行动)[之以]?前"
)
_SINCE = rf"(?:期间|假期)?(?:的)?(?:同期|同月[底末]?|同季度?|同日|同时期|同口径)?{_MEAN}"
_ONE_BEFORE = (  # 上个月底, 对上一季度, 前一期, 上轮调价, 昨收市价
    r"(?:对上|[上前])[一1]?个?(?:(?<=个)[两三四五十]年(?!均)|(?:统计|报告|监测|公布|调查)?(?:周?期|周|旬|日|天)|季度?|月|星期|交易日"
    r"|[次轮](?:调[价整]|公布|发布|统计|报告|检测|监测|拍卖)?(?!普查|调查))[底末]?"
    r"|(?:前|昨|上)日?的?收(?:[市盘]价?)?|昨[日天]"
)
BASES = [  # a row each: what is said, how it is said
    (
        "year",
        rf"(?:{_THAN}(?:{_CENSUS}|{_BEFORE_VIRUS})?|[同环]比)\s?(?P<year>{YEAR})(?:年(?:度|底|末)?(?!以?来)|(?=[、和与及]|$))(?:[上下]半年|{OF_YEAR}(?:{_OVER_YEARS})?)?(?:的?调查结果|的?{_PEAK}|{_SINCE})(?:同比)?(?:[、和与及]{YEAR}年{_SINCE})*",
    ),
    ("previous period", rf"{_THAN}上个?[月周](?:相比)?同比"),  # it says than what
    (
        "year earlier",
        r"同比(?:去年|上年)?(?:同期)?|按年(?![度龄限底末初中])|(?<![0-9一二两三四五六七八九十今去上前本当学财])年[增减]|(?<=[,、;])年$|与?去年同[期月季][底末]?|上年同[期月季][底末]?|(?<!年)同期相?比",
    ),
    (
        "previous period",
        rf"(?:环[、和及与]同|同[、和及与]环)比|环比(?:上一?个?[月周旬季]度?|上期|前一?个?[月周日旬季]度?|{TIME.pattern})?|按月|按季|按周|[季月周][增减]",
    ),
    (
        "year earlier",
        rf"[Yy][Oo][Yy](?![A-Za-z])|[以在](?:去年|上一?年|前一年)[^,;。()0-9比较]{{0,8}}?(?:为基[数准]|基础上)"
        rf"|{_THAN}(?:去年|上年|上一年|前一年|一年前|前年|[上前]一?个?(?:学|财|财政)年)度?[底末]?(?:{OF_YEAR})?{_SINCE}",
    ),
    (
        "previous period",
        rf"{_THAN}(?:(?:先|之)前(?:的)?[{_N}两0-9]{{1,2}}个?[月周季]度?|{_ONE_BEFORE}|[一1](?:个[月季]度?|周|个?星期|天)前){_SINCE}",
    ),
    (
        "previous period",
        r"[QqMmWw][Oo][QqMmWw](?![A-Za-z])|[以在]上(?:个?[月周]|一?季度?)[^,;。()0-9比较]{0,8}?(?:为基[数准]|基础上)",
    ),
    (
        "other",
        rf"(?:超|超出|高于|低于|多于|少于|{_THAN})(?:[^,;。()比较]{{0,6}}的)?(?:既定|原定?|(?<![为是])年[初度])?(?:计划|预期|目标|预算|高峰|峰值|最[高低](?:水平|值|点|峰|时)|历史|历年|常年|往年|多年|近[{_N}0-9]+年|前[{_N}0-9]+年|前[{_N}]年"
        rf"|[“\"]?[{_N}]普[”\"]?|{_CENSUS}(?=相?比|时|,|$)|上次(?:普查|调查)|上一?届|上一?任|{_BEFORE_IT}|任务|平均水平|全[国省市]平均|(?:上述|前述)[^,;。()0-9]{{1,4}}?(?=分别|均|都|各|[增减升降涨跌上下高低多少]|$))(?:同期)?(?:平均|均)?(?:水平|值|数)?",
    ),
]
BASES.append(
    ("other", r"(?:高出|[高低快慢多少]于)[^,;。()0-9]{2,14}$")
)  # 高出外贸整体(增速2个百分点)
BASES.append(
    ("other", rf"(?:相[比较]于?|(?<![相对])(?:比|较)(?![例重率])|与)(?:{TIME.pattern}){_MEAN}")
)
AGAINST = [(name, re.compile(pattern)) for name, pattern in BASES]
FROM_HERE = (
    re.compile(  # 比去年同期(下同), (同比,下同), (以下均为同比): holds for the rest of the text
        r"(?P<before>[^,;。()]{0,14})\((?P<inside>[^()]{0,12}?)[,、]?以?下[均皆]?同\)"
        r"|以下[^,;。()]{0,10}[均皆]为(?P<all>同比|环比)"
    )
)
FOR_ALL = re.compile(  # 注:▲▼为与上年同期相比, (以上增速均为同比): holds for all of the text
    r"(?:[▲▼↑↓]|箭[头号]|括[号弧][内里中]|[增减升降涨跌变]幅度?|增速|增减|升[跌降]|涨跌|变[动化]|百分[比率])[^,;。()0-9%]{0,8}?"
    r"(?:[均皆都指系是为]|表示|代表)[^,;。()0-9%]{0,4}?"
    r"(?P<all>(?:[与较比同跟]|相[较比]|按[年月季]|环比)[^,;。()0-9%]{0,16})(?=[,;。()]|$)"
)
THAN_NOUN = re.compile(  # 比夏秋季节(高24.4%): another thing; but 较大, 占比
    r"远?(?:比对|(?<![占对相可正同环之分])比(?![例重较率值])|相?较于?(?!高(?![峰位点])|[大多好为重快强轻小低少早短])"
    r"|(?P<apart>[高低多少]于))[^,;。]{2,16}$"
)
OF_BASE = re.compile(
    beginning(
        "比较相对与和同跟高低多少快慢于是为按环年季月周上去超不以在yYqQmMwW",
        "|".join(f"(?:{re.sub('[?]P<year>', '?:', pattern)})" for _, pattern in BASES),
    )
)
BEFORE_ITS_BASE = re.compile(rf"(?:{OF_BASE.pattern})(?:相比)?即?$")  # 与上年相比(即30起)
PRIOR = re.compile(  # what stands before a value of the base
    rf"(?=[去上比较与相对高低多少常历往同环民超不12０-９一二])(?:(?:去年|上年|上一年|{YEAR}年)(?:{OF_YEAR})?(?:的)?同[期月季](?:的|为|是|有|共|仅|只有|发生|数为|,|:)*"
    rf"|(?:比|较|与|相[比较对]于?|对[比照]|[高低多少]于|超[过出越]|不[及如])\s?(?:去年|上年|前年|上一年|前一年|上个?月|上季度?|上一季度|{YEAR}年)(?:{OF_YEAR})?(?:同[期月季]|{_PEAK})?(?:的)"
    rf"|(?:比|较)[^,;。]{{0,12}}(?:平均值|平均|均值|常年值?|同期值?)(?:的|为)?"
    rf"|(?:常年|历年|往年|多年)(?:同期|平均|均值|水平|值)*|(?:同比|环比)(?:{TIME.pattern})?)$"
)
OF_A_YEAR = re.compile(rf"(?:去年|上年|上一年|{YEAR}年)(?:为|是|有|:)?")  # 90起(去年为81起)
OF_TIME_AGO = re.compile(  # 去年同期全院收案(208件),结案(36件): a clause of values of the base
    rf"(?:^|[,;。])而?(?:去年|上年|上一年|{YEAR}年)(?:{OF_YEAR})?同[期月季][^,;。比较与]{{0,10}}$"
)
OF_TIME_BEFORE = re.compile(  # 较去年的(100件增加…), 与去年发生的(4起相比)
    rf"(?:比|较于?|与|同)\s?(?:{_CENSUS}|{_BEFORE_VIRUS})?(?:{TIME.pattern}|[上前]一?个?(?:[月周季日天期]度?|星期|交易日))[^,;。]{{0,14}}(?<![至到])$"
)
FROM = re.compile(rf"(?:由|从)(?:{TIME.pattern})?[^,;。]{{0,12}}$")
OF_ALL = re.compile("整体|总体|合计|合共|总(?!理|统|经理|监|局|署|会|部|队|台|值)")  # of a whole
COMPARED = re.compile(r"[^,;。]{0,4}相[比较]|为[低高少多]")
MOVING = (  # how a value becomes another
    r"(?:上升|下降|提[高升]|[上下]调|调[高低升降]|[上下]跌|上涨|下滑|降低|增加|增长|减少|扩[大阔宽展容充]|拓[宽展]|缩[小短减窄]|回[落升]|压[减缩降]|精简|收[缩窄]"
    r"|倍[增升]|翻番|[飙攀跃骤剧激急猛]增?升|[骤剧激急猛]增|[急骤猛]降|滑落|放[缓慢大]|[延拉]长|掉|滑|拉[高低]|短[少缺]|超[收支]|[增减升降涨跌])"
)
MOVES = rf"{MOVING}(?:至|到|为)"
BECOMES = rf"(?:{MOVES}|(?:调整|优化|改善|波动|[转演]?变|改|转)[为成至到])"
UP_TO = re.compile(  # 从2018年的107万辆(到2022年的)
    rf",?[^,;。]{{0,6}}?{BECOMES}|,?再?转$|,?[到至]{YEAR}年[^,;。0-9]{{0,4}}的?$"
)
HAS_MOVED = re.compile(  # 较去年的90分钟(微减), 比去年的83%(好), 与去年的90宗(相比明显增多)
    rf"(?:相[比较],?)?(?:均|都|有|略|微|稍|再|又|大|小|明显|显著|有所|[大小]幅|轻微|进一步|录得|呈现?)*(?:{MOVING}|增多|攀升|走[高低]|改善|恶化)(?:了|趋势)?(?=[,;。]|$)"
    r"|(?:相[比较],?)?(?:均|都|略|稍|仍|更|还|明显|显著|大大|远)*为?(?:[多少高低快慢好差佳优长短]|理想|逊色)(?=[,;。]|$)"
)

# --- Words without sense of their own -----------------------------------------------------------
AT_PRICES = (  # 扣除价格因素, 剔除留抵退税因素后
    r"经?(?:扣除|剔除|撇除)(?:[^,;。]{0,6}价格(?:因素|变动|变化|的?影响)*|[^,;。]{1,10}因素(?:的?影响)?)后?"
)
FUNCTION = re.compile(
    beginning(
        rf"0-9{_N}两几个若反等换不甚既这该上由止扭结终打摆延保维呈出处录稳总整基运走有平温缓快迅急直逐全单盘涨快提推按为相比也亦即分依各均都又还再已仍则就将并而且但虽其同另此共总合累计约达高是有实呈的了及和与或以名可自经扣剔下大小微持略明显整继居列位排创系连较环增变数起件人批降涨跌升幅惟唯撇后变半三四增升收规",
        r"个(?=[、和及与])|不[仅但]|(?:^|(?<=[,;]))(?:若果?(?!干)|[惟唯](?!一))|反[而倒]|按$|为[高低多少](?=,|$)|相[比较]|比较|[也亦]?即|分别|依次|各自|各(?=[为达有占]|$)|均|都|也|亦|又|还|再|已|仍|则|就(?![业诊医学读餐任职])|将|并|而|且|但|虽然?|其中|同时|另外|此外|共计|总计|合计|累计|总共|共有|共|计|约"
        rf"|达到|高达|达|为|是|有|实现|呈|的|了|及|和|与|或|以及|名义|实际|实质|相差|几乎|大[致体]上?|大约|约略|等于|相当于(?=[^,;。]*$)|的?基础上|实(?=$)|也就是说?|换言之|{ASIDE}|(?:不[仅但只单光]|甚至|既)(?=$|,)|(?:按照?)?(?:可比|同|自然)口径|以?下[均皆]?同|按可比价格计算|{AT_PRICES}|按[^,;。]{{1,8}}计算|按[^,;。比]{{0,4}}(?:可比)?价格|[大小微]幅|继续|持续|略有|略|明显|显著|整体|总体|有所"
        r"|(?:居|列|位居|排名?|为|是|(?:规模)?[再又]?创)[^,;。]{0,10}(?:第[0-9一二三四五六七八九十]+[位名]?|新[高低]|[最次][高低多少]|[高低][位点]|之首|榜首)|[居位列](?:首位?|冠)(?=[,;、]|$)"
        r"|(?:系|为|是|已|录得){0,3}连续第?[0-9一二两三四五六七八九十]+个?(?:年|月|周|季度?|日|天|期|届|学年|交易日)(?:的|出现|录得|保持|实现|呈现?|维持){0,3}(?:[上下][升降滑跌涨扬行]|减少|增[加长]|[正负][增成]长|成长|衰退|回[升落]|走[高低]|攀升|扩[大张]|收[窄缩]|改善|[升跌增减降涨])?"
        rf"|连[升跌涨降增减扬挫][0-9{_N}两]+个?(?:年|月|周|季度?|日|天|期)"
        r"|后[两三四五](?:年|个?月|个?季度?)|[两二三]者|[一两二三四][升增涨][一两二三四][降减跌]|[一两二三四][降减跌][一两二三四][升增涨]|变[动化]率|[增升][减降]率"
        r"|[一二三四五六七八九十两半]+年(?:之?间|[共内来])|半年$|[0-9一二三四五六七八九十两几]+(?:项|个)?(?:数字|指标|指数|数据|类)|各项指标|全[日周月季天]|单[日周]|盘中|收[市盘]|分别同|较|比(?![重率])"
        r"|(?:同比|环比|相应|增减|变化|变动)?(?:增速|增幅|降幅|涨幅|跌幅|升幅|幅度|数量|总量|总数|规模|数值|起数|件数|人数|批次|人次)",
    )
)
MORE = ("新增", "净增", "增收")  # 比上年新增(90元)
_MORE_THAN = re.compile(rf"(?:{OF_BASE.pattern})(?:{'|'.join(MORE)})$")
_HOW = re.compile(  # adverbs before a sign word
    r"(?<!不)(?:微|略|累|大|小|急|猛|骤|再|又|更|仅|只|偏|稍|净|亦|多(?=$)|少(?=$)|则|齐|双双|同步|同样|逐步|进一步|轻微|录得|出现|连续|单月|合计|累计|依然|依旧)+$"
)
_NOISE = re.compile(r"[\s,、:;。/|\"“”‘’'()《》<>*·—\-]+")


@lru_cache(2048)
def residue(gap: str) -> str:
    """What is left of the words before a figure without times, bases and words without sense.

    >>> residue(",较去年同期分别"), residue(",死亡人数")
    ('', '死亡')
    """
    gap = _MORE_THAN.sub("", gap) if gap.endswith(MORE) else gap
    said = _HOW.sub("", TIME.sub("", OF_BASE.sub("", gap)))
    return _NOISE.sub("", FUNCTION.sub("", said))


REPORTS = "公布|发布|通报|表示|指出|介绍|透露"
_REPORTED = re.compile(
    rf"(?:^|(?<=[,;:。]))[^,;:。]*(?:{REPORTS}|强调|(?<![小传学图解])说)(?=[,:])"
)
_IN_REPORTED = re.compile("[布报示出绍露调说]")  # one of them stands in each


def without_reports(said: str) -> str:
    """Words without the clauses that only say who tells what follows.

    >>> without_reports("县局局长介绍,治安案件、刑事案件"), without_reports("发行小说")
    (',治安案件、刑事案件', '发行小说')
    """
    return _REPORTED.sub("", said) if _IN_REPORTED.search(said) else said


NUMBER_OF_ITEM = re.compile(rf"^\s*(?:{LIST_NUMBER.pattern}|[①-⑳]|[{_N}]{{1,2}}、(?=[0-9]))\s*")

# --- Openings -----------------------------------------------------------------------------------
_ALONE_HAS = "(?:(?<![年月日天周时度])[就便]|一[项地类家省市县区镇村国门种])"  # 仅手机一项就达
AMONG = re.compile(
    beginning(
        r"\s,;:。(、“\"「『这而在其当里包主内含仅单光OoAaIicmTtnl",
        r"(?:^|[,;:。(、“\"「『\s])(?:这|而|在)?(?:其 ?中|当中|里面)"
        r"|(?:包[括含]|主要(?:来自|分布在))(?=[^,;]*$)"
        r"|(?:^|[,;(])(?:内)?含(?![量税水])"
        rf"|(?:^|[,;。])(?:仅仅?|单是?|光是?)[^,;。0-9]{{1,12}}{_ALONE_HAS}[^,;。]{{0,6}}$"
        # 40 of them were new and 50 old: these stand behind their figure, and open nothing
        r"|(?:^|(?<=\S)\s|[(])(?:(?:of|among(?:st)?) (?:which|whom|these|those|them"
        r"|(?:this|that)(?: (?:number|total|figure)\b|(?=,)))\b)"
        r"|(?:^|[\s(])(?:(?:Of|Among(?:st)?) (?:which|whom|these|those|them"
        r"|(?:this|that)(?: (?:number|total|figure)\b|(?=,)))\b"
        r"|(?:including|comprising|made up of|mainly from|chiefly|consisting of|composed of|notably"
        r"|(?<!be )(?<!is )(?<!re )(?<!as )(?<!en )included|led by)"
        r"(?=[^,;]*$))"
        r"|^\s*(?:Of|Among) (?:all|the|these|those)(?: [a-z-]+){1,4},"
        r"|^\s*(?:[Tt]his|[Tt]hat|[Tt]he) (?:figure|total|number) (?:takes in|includes|included)\b"
        r"|^\s*(?:[Tt]hey|[Ii]t|[Tt]h[eo]se) (?:compris|consist|includ|(?:are|was|were) made up)",
    )
)
INCLUDES = re.compile(r"(?:^|(?<=[,;]))(?:这|其中|主要)?(?:主要)?包[括含]")  # 90宗,包括甲、乙,…
_IN_AMONG = re.compile("[中里含括主仅单光A-Za-z]")  # one of them stands in all that opens


def among_in(said: str) -> re.Match[str] | None:
    """The first words that open a list; most clauses have none."""
    return AMONG.search(said) if _IN_AMONG.search(said) else None


INSIDE = ("中", "里")  # 事故中, 事故里
NOT_WITHIN = (
    "(?:[心学小层介国华山央部东西药医标等型级队专外期旬年转毒暑]|共(?![有发计接受破])|位[数值]"
    "|市\\s*$)"
)
# 中国, 中心, 中位数, 晋中市: no 在X中
WITHIN = re.compile(
    r"(?:^|[,;。])(?:但|而)?(?:在)?([^,;。]{2,20}?)(?<![其集高初])(?<!其 )(?<!办理)(?<!处理)"
    r"(?<!审理)(?<!进行)(?<!推进)(?<!整改)(?<!施工)(?<!程序)(?<!过程)(?<!活动)(?<!工作)"
    rf"(?:[之当]?中(?!{NOT_WITHIN})(?:[,:的]|$|(?=[^,;。]{{1,12}}$))"
    r"|(?<![公英海邻夜这那哪千万百十])里[头面]?[,:])"
)
BREAKDOWN = re.compile(
    r"(?:按|分|从|若?[依以就](?!法|规))([^,;。]{1,14}?)"
    r"(?:划?分(?!别)|看|来看|观察|分类|统计|而言|[来而]说|来讲|(?<=..)别(?=,))[,:]?"
)
SIDES = re.compile(r"(?:^|[,;。])(?:[^,;。0-9]{1,8}方面|主要[^,;。0-9]{1,8}[中里]),")  # 年龄方面,
CLOSES = re.compile(
    r"^[,、;和及]*(?:[^,;。]{1,16}等|[\s“「]*未[^,;。]{1,3})?(?:其他|其它|其余|剩余|剩下|余下)"
    r"|^[\s,;]*(?:and )?(?:the )?(?:rest|remaining|remainder|others?)\b"
)
