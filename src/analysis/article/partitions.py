"""What has parts of certain kinds and no others, and kinds that exclude one another: tables of
words, a row each."""

from __future__ import annotations

import re

from .words import beginning

PARTITIONS = [  # a row each: what has these parts has no others
    [re.compile(part, re.IGNORECASE) for part in row]
    for row in (
        (
            r"(?<!不)(?:已|完成|[审办执清]结|修[复护]|处理完|接通|按期|按时|成功|救出|恢复)",
            r"尚|待(?!遇)|未(?!成年|来|遂|检)|仍|正在|在办|办理中|处理中|逾期|失败",
        ),
        (r"新收(?!入)", r"旧存|结转|存案"),
        (r"男|\b(?:males?|men|boys)\b", r"女|\b(?:females?|women|girls)\b"),
        (r"城镇|城市|市区|\burban\b", r"乡村|农村|乡镇|\brural\b"),
        (r"出口|\bexports?\b", r"进口|\bimports?\b"),
        (r"净(?:流|迁|买)入", r"净(?:流|迁|卖)出"),
        (r"直办|直接", r"转办|交办|间接"),
        (
            r"国内|境内|省内|市内|本[地市土]|(?<!非)户籍|\b(?:domestic|local)\b",
            r"国外|境外|省外|市外|跨省|外[地来出]|非户籍|\b(?:foreign|overseas|international|imported)\b",
        ),
        (r"(?<!不)(?:过夜|留宿)|\bovernight\b", r"不过夜|即日|一日游|\bsame-day\b"),
        (r"商品", r"餐饮|服务"),
        (r"职工", r"居民"),
        (r"汉族", r"少数民族"),
        (r"工业", r"建筑业"),
        (r"夏粮", r"秋粮"),
        (r"夏粮", r"早稻", r"秋粮"),
        (r"第?一产", r"第?二产", r"第?三产"),
        (r"甲类", r"乙类", r"丙类"),
        (r"甲、?乙类", r"丙类"),
        (r"\bfull-time\b", r"\bpart-time\b"),
        (r"(?<!non-)\bfatal\b", r"\bnon-fatal\b"),
    )
]
_COMES, _GOES = "入境|来[台港澳华]|(?:访|抵)[台港澳华]", "出国|出境"
BALANCES = [  # what it is called, larger and smaller than nothing, and what it is of
    ("顺差|出超", "逆差|入超", "(?<!进)出口", "进口"),
    ("顺差", "逆差", _COMES, _GOES),
    ("结余|盈余|节余", "赤字|超支", "收入", "支出"),
    ("净流入|净迁入", "净流出|净迁出", "(?<!净)(?:流|迁)入", "(?<!净)(?:流|迁)出"),
]
EXCLUSIVE = [  # a row each: what is of one of these kinds is of no other; there may be more kinds
    [re.compile(part, re.IGNORECASE) for part in row]
    for row in (
        (r"民事|民商|商事|\bcivil\b", r"刑事|\bcriminal\b", r"行政|\badministrative\b", r"执行案"),
        (r"(?<!中)小学", r"初中", r"(?<!初)高中", r"中职|职[高校业]", r"幼儿园", r"大学|高校"),
        (r"(?<!中)小学|\bprimary\b", r"中学(?!生?[以及])|\bsecondary\b", r"幼儿园", r"大学|高校"),
        (r"老[人年]|长者", r"儿童|未成年|[少幼]年|小孩", r"中年|青壮年"),
        (r"博士", r"硕士", r"本科", r"专科|大专"),
        (r"消防", r"民兵", r"民警|公安", r"群众|村民|市民"),
        (r"死亡|遇难|\b(?:dead|killed)\b", r"受伤|[轻重]伤|\binjured\b", r"失踪|失联|\bmissing\b"),
        (r"公交|巴士", r"出租|的士|轿车", r"货车|卡车", r"摩托"),
        (r"公路", r"铁路|高铁", r"水[路运]", r"民航|航空|空运"),
        (r"公[立办]", r"民[办营]|私[立营]"),
        (r"国有|国企", r"民营|私营|民企", r"外资|外商|外企"),
        (r"国内|境内", r"国外|境外|[入出]境|国际"),
        (r"门诊|急诊", r"住院"),
        (r"企业|公司", r"个人|居民|市民", r"政府|机关"),
        (r"主板", r"创业板|GEM\b", r"科创板", r"北交所"),
        (r"同城|本地件", r"异地", r"国际|港澳台"),
        (r"普通高中|普高", r"中职|职[高中]|中等职业"),
        (r"本土|本地", r"境外移入|输入"),
        (r"稻", r"小麦", r"玉米", r"大豆|豆类", r"薯"),
        (r"猪", r"牛", r"羊", r"禽|鸡|鸭"),
        (r"法定不", r"相对不", r"存疑不", r"附条件不"),
    )
]
# Most words have none of these.
OF_PARTITION = re.compile(
    beginning(
        "已完清审办执结修处接按成救恢尚待未仍正在逾失新旧存男女城市乡农出进净直转交间国境省内本户外跨非"
        "过留不即一商餐服职居汉少工建夏早秋第二三甲乙丙bdefgilmnoprsuw",
        "|".join(dict.fromkeys(word.pattern for row in PARTITIONS for word in row)),
    ),
    re.IGNORECASE,
)
