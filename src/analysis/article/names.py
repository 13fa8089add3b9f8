"""What a figure counts: the noun phrase of its clause."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from ..quotients import in_another
from .clauses import CLAUSE_ENDS, Passage
from .distributed import dealt_out, led_up_to
from .marks import Mark
from .words import (
    AT_PRICES,
    BECOMES,
    BREAKDOWN,
    INCLUDES,
    INSIDE,
    MOVING,
    NUMBER_OF_ITEM,
    OF_BASE,
    TIME,
    WITHIN,
    residue,
    without_reports,
)

LONGEST = 12  # a phrase, not a clause
_LONG = 16  # of a rate, or of several things
_LONGER = 20  # of what would be cut within a quotation or a word
HAN = re.compile(r"[\u4e00-\u9fff“\"《]")
_VERB = (  # always verbs: what follows is what is counted
    r"接入|联入|接报|接到|接(?![警处])|受理审查逮捕|受理审查起诉|移送审查起诉|受理|立案侦查|立案|(?<![公私国市县独官])立|侦破|破获|破|抓获|打掉|摧毁|捣毁|端掉|查处|查获|查扣|查封|扣押|收缴|缴获"
    r"|冻结|追缴|追回|挽回|返还|发生|(?<!派)发现(?!金)|派发|排查|办结|审结|执结|审理(?![周期天时用])|新收|收到|(?<![实应税])收|化解|处置|批准|批捕|提起|判处|判决|建成|设立|配备|出动|投入|投放|实现|完成|开展|举办"
    r"|举行|召开|发放|发出|推送|接待|接诊|来自|救出|营救|疏散|转移|安置|造成|导致|开立|收治|确诊|运送|发送|到达|享受|覆盖|惠及|涉及|录得|接获|检控|拘捕|刑拘|劝阻|拦截|止付|避免|引进|签约|扑救|公布|提出|办理(?![时周天量中过])|包[括含]"
)
_NOUN_VERB = (  # verbs that also stand in names: 商品房销售面积, 死亡人数
    r"死亡|受伤|失踪|逮捕|起诉|公诉|处罚|处理|处(?![置分理罚警])|调解|整改|检查|抽检|抽查|审查|收案|结案(?!标)|新增|建立|建设|组织|发布|服务(?![业员费输出贸器收])|救助|登记|注册|签发|签订|治愈|接种|报告|执行|输送|参与|参加|拘留|刑事拘留"
    r"|减少|增加|录取|招收|毕业(?!生)|就业(?!支出|创业|困难|援助|服务|补助)|推广|生产|销售(?!纠纷)|出口|进口|落户|处警"
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
_IS = re.compile(
    r"(?:(?:为|是|系|属于?|涉及?)([^,;。()0-9]{2,12}?)|已?被([^,;。()0-9]{2,3}))(?=[,;。()]|[、和及与]?$)"
)
_REGIONS = re.compile(r"省(?:[(、]+(?:自治区|直辖市|区|市)\)?)+")  # 31个省(区、市)
_ALL_OF = re.compile("(?:这|上述|(?<!针)对(?:全[国省市区县])?)$")
_DOES = re.compile(  # what those do that were counted before: 90人,有80人表示满意
    r"表示|认为|觉得|反映|存在|落实|参[与加](?!者|率)|包[含括]在|计入|披露|选择|愿意|采用|对(?![外台口照])"
)
_SAYS_OF = "关乎|源于|未(?:有|能|曾|获|予|经)|没有|须|曾|愿意|具名|支持|反对"  # 90宗未能调解
NOT_AFTER = re.compile(  # what follows a number and is not what it counts
    rf"{MOVING}|中(?=[,;。、有已仅只破结查]|$)|计算?(?!机|划|时|生|件)|[测推]算"
    r"|(?!被(?:捕|告|害)人|上[市海级]|下[属级岗辖]|内[地资河]|共[享青]|再生|等级)(?:比(?![例赛])|较(?![大重])|[占的和及与或同环为是在被已均也又分每次至到降升增减下上左右以内共约再以等并且而但则即其总合另却仍，]|按[年月季周]|平均|相比|相当|达|人民币|超|高(?![层中校新速温龄危铁])|低|多|少|快|慢|扩|收窄|持平|不等|之"
    rf"|{_SAYS_OF}"
    r"|涉及(?![^,;。]{0,16}的)|最[多少高低大]|[大小]幅|[大微略急激剧猛骤][增减升降跌涨]|略有|显著|明显|居(?!民|住|委|家)|名列|位[居列]|排[名在第]|其次|[持连]续|逐[年月步]|稳步)"
)
_NOUN_ENDS = re.compile(
    r"[\s,，。;；:：、!?()|…\[\]（）0-9]|被|参[与加]|披露|认为|存在|落实|表示|[组构]成|进行|获|受(?!害|伤|访)|接受|同比|环比|比(?![例赛])|较(?![大重])|占|分别|平?均|为|是|在|已|涉嫌|上升|下降|增长|减少|增加|提高|(?<!及)(?<!及其)以上|超过?(?=[近约0-9百千万亿])|及(?!其?以[上下])|和|与|或|等|共(?!同|享)|之?中(?=[有,;。]|$)"
)
ITEMS_BEFORE = re.compile(r".*(?:、|主要?[有为是]|见于|集中在)(?=..)")  # 主要有甲业、乙业(+5%)
_COUNTED = re.compile(  # 盗窃案件的(立案数)
    r"(?:临时|修订|初步|最新)?(?:估计|数字)|立案|发案|破案|(?:立案|发案|发生|破案|受理)?(?:数|数字|数量|总数|总量|量|起数|件数|宗数|人数|次数|比例|比重|占比|份额|组别|类别)"
)
_RATE_BEHIND = re.compile("的([^,;。的0-9]{2,8}(?<!效)(?<![^成]功)率)")
_OF_THEIRS = re.compile("[^的]{0,6}[数量额率]|[^的]{0,4}金额")  # 9个区(的立案数)
_OF_PEOPLE = re.compile(
    "(?!以[上下]|左右|的)(?=[^,;。0-9的]{0,6}?(?:[人者民员户生众童家客主]|企业|公司|机构))"
)
_DOES_SO = re.compile(
    "(?<=[人者民员户生众童家客主业司构])(?:支持|反对|赞成|同意|愿意|认为|表示|希望|担心|计划|选择|使用|拥有|从事|居住|持有"
    "|来自|属|[已未曾须需会能可不没有在是为])"
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
_CASES = re.compile(r"案件?|个案|罪案|事件|警情")
_CONCERNS = re.compile(r"涉及|涉嫌|引起|引发|有关|属于?|未")  # 涉及伤人的个案
_ONE_OF_THEM = re.compile(
    r"(?:一[个起例宗次]?)?(?:[月天年周日起例宗次]|季度|月份|时[段期]|阶段|最[多少大小高低])"
)
_SUPERLATIVE = re.compile(r"(?:最[多少大小高低]|较[多少大小高低])$")
_QUOTES = "“”\"‘’'「」『』"
_OF_SEVERAL = re.compile("[两三四五六七八九十][类项种个]")
_CUT_NUMBER = re.compile(r"^[^0-9]{0,3}[0-9.]+.?(?:以[上下])?")  # …死亡10人以上特大事故
_QUOTED = re.compile(  # “一带一路”沿线国家进出口
    '(?:^|[“"「《])[^“"「《”」》]+[”"」》][^“"「《”」》]*$'
)
_CUT_ITEM = re.compile("^[^、和及]{1,3}[、和及](?=.{4})")  # …(公共娱)乐、宾馆、餐饮等场所火灾
_THAN = re.compile("[比较](?![例重率赛大])")
_THAN_VALUE = re.compile(
    r"[仍但均也还惟亦]*(?:[比较](?![例重率赛大])|[高低多少]于)(?P<noun>(?![^,;。]*(?:同期|[常历往多]年))[^,;。]{2,12})"
)
_AS_A_BASE = re.compile("的$|预算|目标|计划|任务|预期|平均|水平|均值|[峰高低][值位点]")
_ACT_LONGEST = 4  # characters of a verb, or of two
_PAIRED = frozenset("、和及")
# The second of two, where it is little longer than a name may be: 卫生院和社区卫生服务中心服务量.
_LAST_OF_TWO = re.compile(f"(?<!共)[和及]([^、和及]{{{LONGEST + 1},{_LONG}}})$")
_OF = re.compile(
    "(?<![侵抢霸强])占(?![比有道用领率据]|地(?!区|方))(?![^,;。]*(?:比重|比例|份额))([^,;。占]{2,})$"
)
_OF_REGION = re.compile("(?<=..)占地[区方][^占]*$")  # 服务业占地区生产总值的(40%)
_MADE_UP = re.compile("[^,;。]{0,6}[组构]成,(?:总[额数量计]|[共合]计|共)[^,;。]{0,2}$")
_ITEM = re.compile("[^,;。、0-9]{1,12}(?:、|,?(?:以?及|和|与))")  # (9公斤)大麻、
_REST = re.compile("[,;而]*(?:其余|余下|剩余|剩下)的?")
_SUPPOSED = re.compile("(?:若|如(?!期|东|皋)|倘|假[如若设])")
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
    r"|[又再]?[因将以对后继离达到更涉]|因[而此]|对上|之前|不幸|首[度次]|因故"  # 因(30人)而受伤
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
    items = short if said[-LONGEST - 1] in _PAIRED else _CUT_ITEM.sub("", short)
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
    if _COUNTED.fullmatch(after) or (_CASES.fullmatch(after) and _CONCERNS.search(before)):
        return _after_of(before)
    if _ONE_OF_THEM.fullmatch(after):
        return _SUPERLATIVE.sub("", before.rpartition("为")[2])
    return after


def _noun_after(line: str, mark: Mark, value: Mark | None) -> str:
    """The noun that follows a count: 12名员额法官."""
    at = mark.end
    behind = at + (line[at : at + 1] == ")" and mark.holder is not None)  # 三成(30人)为青年
    end = mark.following.start if mark.following and mark.following.start > at else len(line)
    if (is_of := _IS.match(line, behind, end)) and _is_unsaid(mark.before):
        return is_of[1] or is_of[2]  # 其中90人次为本地旅客, 9人已被检控
    if mark.sort == "share" and (rate := _RATE_BEHIND.match(line, mark.end)):
        return rate[1]  # 甲市99.9%的调解成功率
    if mark.sort == "share" and line.startswith("的", mark.end) and not residue(mark.before):
        return phrase_of(CLAUSE_ENDS.split(mark.after)[0].lstrip("的"))  # 30%的业务实现网办
    if mark.sort == "share" and _OF_PEOPLE.match(line, mark.end) and not residue(mark.before):
        return _DOES_SO.split(noun_at(line, mark.end), maxsplit=1)[0]  # 近七成受访市民支持
    listed = _NOUN_LISTED.match(line, at) or (value is not None and _AFTER_ONE.fullmatch(mark.gap))
    if mark.measure == "amount" and listed and HAN.match(line, at):
        return noun_at(line, at)  # 9吨粗钢、8吨水泥和7千瓦机组
    if mark.measure not in ("count", "rate") or mark.sort in ("share",) or not HAN.match(line, at):
        return _item_after(line, mark) if mark.measure == "amount" else ""
    if NOT_AFTER.match(line, at) and not mark.before.endswith("对"):  # 对9人减刑
        return ""
    alike = value is not None and value.counts == mark.counts and value.sentence == mark.sentence
    if (alike or phrase_of(mark.before)) and _DOES.match(line, at):
        return ""
    if regions := _REGIONS.match(line, at):
        return regions[0]
    return noun_at(line, at, of_all=bool(_ALL_OF.search(mark.before)))


def _item_after(line: str, mark: Mark) -> str:
    """The noun behind a quantity in a list of such: 检获9公斤大麻、8公斤冰毒和30克海洛英."""
    pairs = ((mark, mark.following), (mark.previous, mark))
    listed = (a and b and _ITEM.fullmatch(b.gap) and in_another(a.unit, b.unit) for a, b in pairs)
    is_noun = HAN.match(line, mark.end) and not NOT_AFTER.match(line, mark.end)
    return noun_at(line, mark.end) if is_noun and any(listed) else ""


def _is_unsaid(before: str) -> bool:
    """Whether the words before a count say nothing of what it counts: 其余9人为学生."""
    return bool(_REST.fullmatch(before)) or not phrase_of(before.rpartition("、")[2])


def noun_at(line: str, at: int, *, of_all: bool = False) -> str:
    """The noun that begins in a line; `of_all`: 这9件投诉的总额达3万元, 对全国9个省的调查."""
    ends = _NOUN_ENDS.search(line, at + 1, at + 24)
    noun = line[at : ends.start() if ends else at + 24]
    if of_all:
        noun = noun.partition("的")[0]
    whose, of, noun = noun.rstrip("的").rpartition("的")
    noun = whose if of and _OF_THEIRS.fullmatch(noun) else noun
    if noun in ("发生", "来自"):
        return ""  # 18起较大火灾中有10起发生(在住宅)
    return noun.strip('“”"《》')[:LONGEST]


def set_names(passage: Passage) -> None:
    """Set `name` of each mark that is no change; changes are named by what they change."""
    named: dict[int, str] = {}  # those that 分别 deals out
    values: list[Mark | None] = []  # before each mark the last that is no change, on its line
    for mark in passage.marks:
        at = mark.previous or mark.holder
        values.append(values[at.n] if at is not None and at.is_change else at)
        line = passage.folded[mark.paragraph - 1]
        mark.name = _noun_after(line, mark, values[-1]) or _named_before(mark, values[-1])
        if dealt := dealt_out(mark):
            named |= _dealt_names(mark, *dealt)
        mark.name = named.get(mark.n) or _of_plan(mark, values[-1]) or mark.name
        before = mark.previous
        pairs = before is not None and before.is_level and mark.gap in _PAIRED
        if before is not None and pairs and mark.n not in named:
            pair = _PAIR.split(before.before)
            if len(pair) == 2 and before.counts != mark.counts:  # 起数和人数为30起、115人
                before.name, mark.name = phrase_of(pair[0]), phrase_of(pair[1])


def _dealt_names(first: Mark, marks: list[Mark], nouns: list[str]) -> dict[int, str]:
    """The names of values that are each of its own noun: where one noun follows another's 的, by
    both; and those of the values that their changes lead up to."""
    _, deals, done = first.gap.rpartition("分别")  # 甲站、乙站分别发送旅客(30人)
    is_whole = bool(deals) and first.is_level and done.endswith(first.name) and done != first.name
    names = [phrase_of(PREDICATE.sub("", noun)) + first.name * is_whole for noun in nouns]
    if names[0] and len(set(names)) == 1:  # 甲级、乙级酒店的入住率
        whose = [phrase_of(noun.rpartition(names[0])[0].rstrip("的")) for noun in nouns]
        fits = all(len(each + names[0]) <= LONGEST for each in whose)
        names = [each + names[0] * fits if each else names[0] for each in whose]
    if not first.is_change:
        return {mark.n: name for mark, name in zip(marks, names, strict=True)}
    then = led_up_to(marks[-1], len(names))
    return {mark.n: name for mark, name in zip(then, names, strict=False)}


def _of_plan(mark: Mark, value: Mark | None) -> str:
    """The noun of a value before, whose verb is said again: 计划改造小区90个,实际改造(95个)."""
    act = mark.left if value is not None and len(mark.left) <= _ACT_LONGEST else ""
    if value is None or not act or value.counts != mark.counts or value.sentence != mark.sentence:
        return ""
    noun = value.before.rpartition(act)[2] if act in value.before else ""
    within = value.name.find(act) > 0 and "计划" not in value.name
    noun = "" if within else noun  # 食物中毒事故9起,中毒(30例)
    is_noun = noun[:1] not in _PAIRED and noun.endswith(value.name[-2:])
    return phrase_of(noun) if is_noun and not mark.listed else ""


def _named_before(mark: Mark, value: Mark | None) -> str:
    if mark.is_level and (of := _OF.search(mark.before)) and (name := phrase_of(of[1])):
        return name  # 占商事收案(90件的三成)
    of_one = mark.is_change or (mark.gap and not _OF_SEVERAL.search(mark.lead))
    lead = ITEMS_BEFORE.sub("", mark.lead) if of_one else mark.lead
    said = mark.gap if residue(mark.gap) else lead or mark.gap  # 供水(共90件)
    if value is not None and value.name and said.startswith(f"{value.name}的"):
        said = said.removeprefix(f"{value.name}的")  # 9个区的立案数为(90件)
    pieces = CLAUSE_ENDS.split(without_reports(said))
    if not mark.is_change and value is not None and (than := _THAN_VALUE.fullmatch(pieces[-1])):
        if _AS_A_BASE.search(than["noun"]):
            return value.name  # 比本地工的(90元), 较原定目标(90人)
        if name := phrase_of(than["noun"]):
            return name  # 高于退出率(2.5%)
    if _MADE_UP.match(mark.gap):  # 收入由甲90元和乙60元组成,总额为150元
        heads = (phrase_of(v.before.rpartition("由")[0]) for v in _back_from(mark))
        if name := next((head for head in heads if head), ""):
            return name
    if _REST.fullmatch(pieces[-1]):  # 其余90件
        alike = (v for v in _back_from(mark) if v.is_level and v.counts == mark.counts)
        if (whole := next(alike, None)) is not None:
            return whole.name
    for k, piece in enumerate(pieces[:-4:-1]):
        if k and k == len(pieces) - 1 and value is not None and piece.endswith(INSIDE):
            return value.name  # 90名毕业生中,有60名
        if k and k == len(pieces) - 1 and value is not None and _OF_VALUE.match(piece):
            return value.name  # 90宗未能调解,另有8宗
        if BREAKDOWN.fullmatch(piece):
            continue  # 分年度看,2021年(90件)
        if k and (INCLUDES.match(piece) or _SUPPOSED.match(piece)):
            continue  # 毒品案件,包括贩毒,录得90宗; 若计入旧存,则为90宗
        piece = _OF_REGION.sub("", piece)
        if name := phrase_of(PREDICATE.sub("", piece) if k else piece):
            if _OF_CHANGE.fullmatch(name) and not mark.is_change:
                continue  # CPI上涨0.7%,涨幅稳定在0.6%至0.8%
            if name in OF_TWO:  # 甲类30家,乙类40家,后者占(55%)
                both = [v for v in _back_from(mark) if v.is_level and not v.before.endswith(OF_TWO)]
                return both[name == OF_TWO[0]].name if len(both) > 1 else name
            within = _CASES.fullmatch(name) and WITHIN.search(mark.gap)
            return (within and phrase_of(within[1])) or name  # 在盗窃的组别中,录得罪案(9宗)
    for change in _back_from(mark):
        if not change.is_change:
            break
        clause = CLAUSE_ENDS.split(change.said)[-1]
        if not _THAN.match(clause) and (name := phrase_of(clause)):
            return name  # 旅客增加5%,比总体高2个百分点,达900人
    led = mark.previous
    if led is not None and led.is_change and led.counts == mark.counts:
        alike = (v for v in _back_from(led) if v.is_level and v.counts == mark.counts)
        value = next(alike, value)  # 甲店30家,占5%;增加2家,达到32家
    return value.name if value is not None else ""


def _back_from(mark: Mark) -> Iterator[Mark]:
    """The marks before one in its sentence, the nearest first."""
    return islice(mark.back(), LONGEST)


_OF_VALUE = re.compile(_SAYS_OF)
_NOUN_LISTED = re.compile(
    r"(?![增减上下][长加少升降])[\u4e00-\u9fff]{2,10}(?:、|和|以?及)[约近超]?[0-9]"
)
_AFTER_ONE = re.compile(r"(?![增减上下][长加少升降])[\u4e00-\u9fff]{2,10}(?:、|和|以?及)[约近超]?")
_OF_CHANGE = re.compile("[增涨跌降升]幅|增速")
_PAIR = re.compile("和|(?<!参)与|(?<![波涉普提殃危顾触遍以])及")
OF_TWO = ("前者", "后者")
COUNTS_ONLY = re.compile(  # 件数下降5%, 增速提高2个百分点
    r"(?:数量?|金额|人数|起数|件数|宗数|户数|家数|批[次数]|人次|总数|数值|[增涨降跌升]幅|增速)$"
)
