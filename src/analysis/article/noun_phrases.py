"""The noun phrase with which a clause leads up to its figure."""

from __future__ import annotations

import re
from functools import lru_cache

from .words import (
    AT_PRICES,
    BECOMES,
    NUMBER_OF_ITEM,
    OF_BASE,
    TIME,
)

LONGEST = 12  # a phrase, not a clause
_LONG = 16  # of a rate, or of several things
_LONGER = 20  # of what would be cut within a quotation or a word
_VERB = (  # always verbs: what follows is what is counted
    r"接入|联入|接报|接到|接(?![警处])|受理审查逮捕|受理审查起诉|移送审查起诉|受理|立案侦查|立案|(?<![公私国市县独官])立|侦破|破获|破|抓获|打掉|摧毁|捣毁|端掉|查处|查获|查扣|查封|扣押|收缴|缴获"
    r"|冻结|追缴|追回|挽回|返还|发生|(?<!派)发现(?!金)|派发|排查|办结|审结|执结|审理(?![周期天时用])|新收|收到|(?<![实应税])收|化解|处置|批准|批捕|提起|判处|判决|建成|设立|配备|出动|投入|投放|实现|完成|开展|举办"
    r"|举行|召开|发放|发出|推送|接待|接诊|来自|救出|营救|疏散|转移|安置|造成|导致|开立|收治|确诊|运送|发送|到达|享受|覆盖|惠及|涉及|录得|接获|检控|拘捕|刑拘|劝阻|拦截|止付|避免|引进|签约|扑救|公布|提出|办理(?![时周天量中过])|包[括含]"
)
_NOUN_VERB = (  # verbs that also stand in names: 商品房销售面积, 死亡人数
    r"死亡|受伤|失踪|逮捕|起诉|公诉|处罚|处理|处(?![置分理罚警])|调解|整改|检查|抽检|抽查|审查|收案|结案(?!标)|新增|建立|建设|组织|发布|服务(?![业员费输出贸器收])|救助|登记|注册|签发|签订|治愈|接种|报告|执行|输送|参与|参加|拘留|刑事拘留"
    r"|减少|增加|录取|招收|毕业(?!生)|就业(?![支创困援服补])|推广|生产|销售(?!纠纷)|出口|进口|落户|处警"
)
_SUBJECT = (  # what such a verb stands behind where it is one
    r"(?:^|(?<=[共已局院队警所厅部、和])|(?<=(?<![人户年月日])均)|(?<=机[关构])|(?<=部门)|(?<=系统)|(?<=累计)|(?<=先后)"
    r"|(?<=依法)|(?<=成功)|(?<=警方))"
)
VERBS, _NOUN_VERBS = (
    "|".join(sorted(verbs.split("|"), key=lambda verb: len(verb.partition("(")[0]), reverse=True))
    for verbs in (_VERB, _NOUN_VERB)
)
_NO_VERB = r"(?!收[入益支购费视盘成获发付收案]|破[坏产损])"  # 财政收入
_LAST_VERB = re.compile(
    rf"(?:[、和]?[不未]?(?:没有)?(?:{_NO_VERB}(?:{VERBS})|{_SUBJECT}[不未]?(?:{_NOUN_VERBS})(?!类|经营|安全|总值|不足))(?!后)了?(?:(?:{_NOUN_VERBS})(?!总值))?)+"
)
_PLAIN_VERB = re.compile(
    r"(?:发生|接报|造成|导致|录得|接到?|收到|收|立|处|破|查处|查获|抓获|实现|完成|共)+了?"
)
_RESULT = re.compile("成功|失败|完毕|到位|不成|未果|归案")
_ACTED_ON = re.compile("..(?:案件|纠纷|事项|诉求|投诉)[共均已]?(?:累计|合计)?$")
_CONTRIBUTES = re.compile(r"^[^,;。的对]{2,8}对[^,;。]{2,8}的(?:贡献[率度]|拉动率?)$")
_HARMED = ("死", "伤", "亡")  # 造成死3人
_RATES = ("率", "度", "指数", "占比", "比重")
_WHOLE = ("者", "犯罪案件")  # 因歇业而失业者
_SHARES = ("占比", "比重")
_CRIME = "罪"  # 催收非法债务罪
_PLAIN_NOUN = re.compile(
    r"案(?:件)?(?:数量?|总数|总量)?|数量|总[数量]|人员|人数|人次|人口|件数|罪犯|人"
)
_TAIL = re.compile(
    r"(?=[-掉冲站突逼介预估料刷持将报便急猛暴陡调优改变转演\s0-9.()\"'‘’“”「」『』—:、发接录中比约折共总合累平相达高多数为是有首完实计各分依日月年均也亦已又却连虽还以及和与了仅只近超就则占新大进处由从至上攀下增减提扩缩回涨跌升降维保来看整双齐仍尚即差转之名义依序缩压拓精倍翻飙跃骤剧激滑收放慢大延拉长短超轻微波稳逐到在])"
    rf"(?:(?<=..)(?:[冲站攀飙][上破高至到]+|突破|逼近|介于|来到|刷新[至到为]|持稳在|收于|收报|报收|(?:预[计估料]|(?<!临时)(?<!修订)(?<!初步)(?<!最新)估计|料)将?(?=介于|达|[突升]破|$)|(?:连续[^,;。]{{1,6}})?稳定在|将(?=达|突破))|(?<=事故|案件|火灾|灾害|警情|故共|件共|灾共|情共)(?:发生|接报)|录得|(?<=[案灾故件情罪])中|比较|[0-9.]+(?=[和及与])|约合|折合|共计|总计|合计|累计|平均|相[比较]|共有|共|到?达到?|高达|多达|(?<=[^人次件起宗例户家位天指系基周])总?数为|(?<!行)为|是|有|首次|(?<=[\u4e00-\u9fff]{{2}})(?<!已)(?:累计|合计|共)?(?:完成|实现)|(?<![小估统])计|各|分别|依次|[日月年]均|双双|齐|均|也|亦|已经?|又|却|仍然?|尚|[也亦]?即|相差|转[为而]|之中|实质|名义|依序|连续[0-9一二两三四五六七八九十]+个?[年月]|虽然?|还|以?及|和|与|了|仅|只有|只|(?<![合签条公预节续违])约|近|超过|(?<![出入])超|就|(?<![方简])便|则|占|新|大致处于?|进一步|(?<!查)处于|由|从|(?<!报)至|(?:大幅?|进一步|轻?微|持续|连年|逐渐|平稳|[急骤猛暴陡]|在?(?:稳步|逐[步年月]))?{BECOMES}|维持在|保持在|(?<=[额值量数率价])在|保持|(?<![查观参探收])来?看|(?<=指数)报|(?<=[率度])(?:总体|整体|平均)水平|[:、]|\s|[“”\"‘’'「」『』()—-]|(?<=[\u4e00-\u9fff]{{2}})总数|(?<=[^人次件起宗例户家位天指系基周行算])总?数)+$"
)
_HEAD = re.compile(
    r"^(?:\s|(?:全体|全部|所有|整体)[之当]?中(?=..)|相[比较]于?|[“”\"‘’「」『』',、:;()*·—-]|其中|特别是|尤其是|甚至(?=..)|依次[是为]|当中|主要[是为有]|其次[是为]?|再次[是为]?|(?:[是除]|为(?![民群]))(?=..)|[尚仍还现共]有|共计|共|总计|累计|合计|全年|另外|另有|另|此外|同时|尽管|本[次期](?=..)|并|[等之](?=..)|还|和(?!解)|及(?!时)|与(?!会)|以及|且|而|惟|但|相反|不过(?!夜)|年内|期内|已|先后|依法|共同|成功(?!率)|全部|全[月周季]|经(?!济)[^,;。]{1,8}?后|按[^,;。]{1,12}[计折]算|由|各类|各种|各项|一批|多个|仅|的|内?含(?![税水量氧沙硫糖氮磷金银铜铁碳盐油有酒毒])(?=..)"
    r"|(?:全[国省市区县州系镇乡村校院港澳台球]|我[国省市区县院]|该[国省市区县院]|本[省市区县院])(?:范围内|(?:各级)?(?:公安|检察|消防|人民)?(?:机关|法院|系统|部门|机构))?(?=.{2}))+"
)
_OF_A_WHOLE = re.compile(  # named by the part: 盗窃占全部的, 收入为年初预算的
    r"(?<![侵抢霸强])占(?![比有地道用领率据])[^占]*$"
    r"|(?:为[^,;。为]{0,4}(?:预算|计划|任务)数?的?|完成[^,;。]{0,6}(?:预算|计划|任务)数?的)$"
)
_NET_OF = re.compile("(?:扣除|剔除|撇除|减去)[^,;。]{2,10}$")  # 保有量扣除报废注销量(比上年增加9辆)
_BEYOND = re.compile(r"[高低多少快慢][出于过][^,;。]*$")  # 高出外贸整体(2个百分点)
_FROM_PEAK = re.compile(
    r"已?[由从][^,;。]{0,6}(?:高峰|峰值|高点|低点|高位|(?:之|此|以)前的|原[来先]的?|过去的|最初的)[^,;。]*$"
)
_ALL_KINDS = re.compile(
    r"^.*(?:分别[是为](?=..)|(?:数据|统计|结果)显示(?=..)|分[为成]|等(?=各[类种项]|其[他它])|(?<![其当集])中(?:共?有(?![效关色期限毒害机])(?=..)|(?=有[效关])))|各[类种项]|第?[一二三四五六七八九十首]批|名下|涉案(?=资[产金])"
)
_AT_PRICES = re.compile(AT_PRICES)
_PREPOSITION = re.compile(
    r"(?<![针面绝相])对(?![外台口华](?:[投贸承])|$)|(?<![存现所正])在(?![册校职建逃押岗园读库籍营编训院馆役]|[台港澳京沪华](?![^,;。]*的))|(?<![属关位处等基])于|(?<![南北东西])向(?!上)|因(?!素|灾(?!害|难))|由|从(?!业|宽|严|重|轻|事)|把|将|^又?(?:以|按照?)(?![上下内外来及时期月年季周规比])|^经(?![济营销过办常费理手])"
)
_REASON = re.compile(  # a preposition without which the noun says something else
    r"[因对][^的,;。]{2,}(?:[而致].+者|而.+)$|(?:对|自)(?:[^的,;。、和及与开销售]{1,10}?|[“\"][^”\"]+[”\"][^的,;。]{0,6})(?:累计)?(?:进出口|出口|进口)(?:总?[额值])?$"
)
_ABOUT = re.compile(r"对(?=.{3})")
_COUNTED = re.compile(  # 盗窃案件的(立案数)
    r"(?:临时|修订|初步|最新)?(?:估计|数字)|立案|发案|破案|(?:立案|发案|发生|破案|受理)?(?:数|数字|数量|总数|总量|量|起数|件数|宗数|人数|次数|比例|比重|占比|份额|组别|类别)"
)
_BY_COUNT = re.compile(
    "[按以][^,;。]{1,6}计算?(?:则|[也亦均都])?[为是达有约]*$"
)  # 定罪率以人数计为
_PER_HEAD = re.compile(
    "每[0-9一二三四五六七八九十百千万亿]+名?(?:人口|居民|[^,;。每]{0,2}人|活产婴?儿?)?$"
)
_OF_MEASURE = re.compile(
    "[0-9]+[\u4e00-\u9fff]{1,2}?(?:及?以[上下]|以[内外])(?:不满[0-9]+[\u4e00-\u9fff]{1,2})?$"
)
CASES = re.compile(r"案件?|个案|罪案|事件|警情")
_CONCERNS = re.compile(r"涉及|涉嫌|引起|引发|有关|属于?|未")  # 涉及伤人的个案
_ONE_OF_THEM = re.compile(
    r"(?:一[个起例宗次]?)?(?:[月天年周日起例宗次]|季度|月份|时[段期]|阶段|最[多少大小高低])"
)
_SUPERLATIVE = re.compile(r"(?:最[多少大小高低]|较[多少大小高低])$")
_QUOTES = "“”\"‘’'「」『』"
_CUT_NUMBER = re.compile(r"^[^0-9]{0,3}[0-9.]+.?(?:以[上下])?")  # …死亡10人以上特大事故
_QUOTED = re.compile(  # “一带一路”沿线国家进出口
    '(?:^|[“"「《])[^“"「《”」》]+[”"」》][^“"「《”」》]*$'
)
_CUT_ITEM = re.compile("^[^、和及]{1,3}[、和及](?=.{4})")  # …(公共娱)乐、宾馆、餐饮等场所火灾
PAIRED = frozenset("、和及")
# The second of two, where it is little longer than a name may be: 卫生院和社区卫生服务中心服务量.
_LAST_OF_TWO = re.compile(f"(?<!共)[和及]([^、和及]{{{LONGEST + 1},{_LONG}}})$")
_CAUSES = ("影响", "带动", "拖累", "推动", "所致")
_CAUSED = re.compile("(?<=..)(?:因|受|由于)[^,;。]{3,14}$")  # 蔬菜价格因台风影响
PREDICATE = re.compile(  # 诈骗警情有所遏制,全市接报(30起)
    r"(?=[双再皆创总整持有继呈保维得大小回虽同亦也均都皆录出轻显明上下增减提位名居列排仍依比占数降涨跌升较最偏次逐比尤十突集为])(?:(?:双双|同步|再|均|皆)*创[^,;。]{0,8}新[高低]$|(?:总体|整体|持续)?(?:有所|继续|呈现?|保持|维持|得到|大幅度?(?:上升|下降|减少|增[加长])).*"
    r"|(?:虽然?|同样|[亦也均都皆])*(?:录得|出现)?(?:轻微|显著|明显|[大小]幅|逐[年月步])*(?:上升|下[降跌滑]|上涨|增[加长]|减少|提[高升]|回[升落])(?:所致)?$"
    r"|[位名]?[居列排]在?(?:首位|第[一二三])$|(?:仍然?|依然)?[也亦均都]?(?:比[例重]|占比|数量|[增降涨跌升]幅|增[长加]|上升|上涨|下[降跌]|减少)?[较最偏][为]?[高低大小多少快慢]$|(?:[增下][长降加]|[升降])最[快慢]$|(?:居|名列)?次之?$|(?:最为?|较为?|比较|尤为|十分)?(?:突出|集中)$|居多$|为主$)"
)
_GENERIC = re.compile(
    r"(?:史上)?首[度次]|史上|基本上?|预[估计料](?:介于)?|报|收[报于]|报收|[按以也]|连续[0-9一二三四五六七八九十两]+个?[年月周季].{0,4}|[两三四五六七]项|个|里面|幅度|逐步|(?:自然|可比|同)口径|[项个两三四五六七]?(?:数字|指标|数据|数量|总数|总量|总计|合计)|(?:发生|接报|接警|录得|完成|实现|共有|最.一[起例宗]|相比|处于|大致|同期|单月|单季度?|[前后]?[一两二三四五六七八九十]?年|或)+|(?:临时|修订|初步|最新)?估计|率"
    r"|(?:平均)?每(?:[百千万]+[^,;。]{1,2}|[^,;。]{1,2})|(?:恢复|相当|等)(?:于|[至到])?|[还尚]?需|彼时|后"
    r"|[这此该]一?(?:数字|数据|指标|比例|数)|[推测计折估]算"
    r"|[又再]?[因将以对后继离达更涉]|因[而此]|对上|之前|不幸|首[度次]|因故"  # 因(30人)而受伤
)


@lru_cache(2048)
def phrase_of(clause: str) -> str:
    """The noun phrase with which a clause leads up to its figure; "" where none is left.

    >>> phrase_of("全市共破获各类刑事案件"), phrase_of("其中不批准逮捕"), phrase_of("同比")
    ('刑事案件', '不批准逮捕', '')
    """
    said = TIME.sub("", OF_BASE.sub("", NUMBER_OF_ITEM.sub("", clause)))
    said = _NET_OF.sub("", _BY_COUNT.sub("", said))
    said = _FROM_PEAK.sub("", _BEYOND.sub("", _AT_PRICES.sub("", said)))
    said = _CAUSED.sub("", said) if said.endswith(_CAUSES) else said
    said = _OF_A_WHOLE.sub("", _TAIL.sub("", said))
    said = _TAIL.sub("", said if said.endswith("标的") else said.rstrip("的之"))
    said = _TAIL.sub("", _PER_HEAD.sub("", said))
    if _CONTRIBUTES.search(said):
        return _HEAD.sub("", said)
    said = _after_of(_OF_A_WHOLE.sub("", said))
    said = _ALL_KINDS.sub("", said)
    said = _HEAD.sub("", said)
    verbs, least = list(_LAST_VERB.finditer(said)), 2
    if verbs and verbs[-1].end() == len(said) and _ACTED_ON.search(said[: verbs[-1].start()]):
        verbs = []  # 执行案件共办结(90件)
    if said.endswith((*_RATES, _CRIME)):  # 公布失业率, but not 破案率
        verbs, least = [verb for verb in verbs if len(verb[0]) > 1 and verb[0] != "执行"], 3
    for verb in reversed(verbs if not said.endswith(_SHARES) else ()):  # 速裁审结案件占比
        if _RESULT.fullmatch(said, verb.end()):
            said = said[verb.start() :]  # 调解成功(90件)
            break
        if verb.end() <= len(said) - least or said[verb.end() :] in _HARMED:
            generic = _PLAIN_NOUN.fullmatch(said[verb.end() :]) and not _PLAIN_VERB.fullmatch(
                verb[0]
            )
            said = said[verb.start() :].lstrip("、和") if generic else said[verb.end() :]
            break
    else:
        if verbs and verbs[-1].end() >= len(said) - 1 and verbs[-1].start() > 0:
            head, verb_itself = said[: verbs[-1].start()], said[verbs[-1].start() :]
            if head.endswith(("”", '"', "」")):
                said = head  # “甲类纠纷”新收(90件)
            elif _GENERIC.fullmatch(verb_itself.lstrip("、和")):
                said = _TAIL.sub("", PREDICATE.sub("", head))  # A类事故共发生(5起)
            elif _ABOUT.match(head):
                said = head  # 对民事裁判监督受理(10件)
            elif len(head) > 6 and not head.endswith("类"):
                said = verb_itself
    for word in _PREPOSITION.finditer(said):
        if _REASON.match(said, word.start()):
            said = said[word.start() :]  # 因歇业而失业者, 对甲国出口
            break
        if word.end() <= len(said) - 2:
            said = said[word.end() :]
            break
    said = _HEAD.sub("", said).strip(_QUOTES)
    if _GENERIC.fullmatch(said):
        return ""
    longest = _LONG if said.endswith((*_RATES, *_WHOLE)) or "、" in said[:-LONGEST] else LONGEST
    if len(said) <= longest:
        return said
    short = said[-LONGEST:]
    items = short if said[-LONGEST - 1] in PAIRED else _CUT_ITEM.sub("", short)
    of_all = said.rpartition("等")[2]  # 社会保障、征地拆迁和“三农”建设等领域职务犯罪
    if items == short and 3 <= len(of_all) <= LONGEST:
        return of_all
    quoted = _QUOTED.search(said)
    if quoted is not None and len(quoted[0]) <= _LONGER:
        return quoted[0]
    if items == short and (last := _LAST_OF_TWO.search(said)):
        return last[1]
    return _CUT_NUMBER.sub("", items).lstrip("、")


def _after_of(said: str) -> str:
    """What follows the last 的; what stands before it, where that only singles one out."""
    before, of, after = said.rpartition("的")
    if not of or before.endswith("标"):
        return said
    if len(after) > 1 and (measure := _OF_MEASURE.search(before)):
        return measure[0] + after  # 60岁以上(的)驾驶人
    if _COUNTED.fullmatch(after) or (CASES.fullmatch(after) and _CONCERNS.search(before)):
        return _after_of(before)
    if _ONE_OF_THEM.fullmatch(after):
        return _SUPERLATIVE.sub("", before.rpartition("为")[2])
    return after
