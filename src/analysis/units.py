"""The units of printed figures: one table, a row a family and in it a line a unit.

A family says what its figures measure, what a quotient of 1 is printed as in it, which unit its
differences are in and where its figures end. A line is a unit as printed, a pattern of what must
not follow it there (起 is no counter in 起诉), and its English name. Other ways to print a unit
stand below the families. What units come to beside each other is told in `quotients`; no other
module knows a unit.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from functools import cache
from typing import Literal, NamedTuple

Language = Literal["en", "zh"]


class Family(NamedTuple):
    """Units of one nature. `count` is of whole things; an `amount` (money, length) never is."""

    name: str
    measure: str
    lines: str
    per_one: float = 1.0  # what a quotient of 1 is printed as: 100 for a percentage
    differences: str = ""  # the unit of differences, where it is another one
    signed: bool = False  # may be below zero without a sign word
    end: int | None = None  # where a share ends
    small: bool = True  # one, two and three of it in Chinese characters are a figure


class Unit(NamedTuple):
    """A unit: its name in `figures.csv`, its English and Chinese names, and its family."""

    name: str
    en: str
    zh: str
    family: Family

    @property
    def suffix(self) -> str:
        """What stands right behind a number: the sign of a share."""
        return self.zh if self.family.end else ""


def lines_of(table: str) -> list[str]:
    """The lines of a table, each of its own or behind a semicolon."""
    return [line.strip() for line in re.split("[;\n]", table) if line.strip()]


PERCENT = Family("percent", "rate", "% %", 100.0, "percentage point", end=100)
SHARES = (
    PERCENT,
    Family("‰", "rate", "‰ ‰", 1000.0, "permille point", end=1000),
    Family("‱", "rate", "‱ ‱", 10000.0, "‱ point", end=10000),
    Family("percentage point", "difference", "百分点 percentage points", signed=True),
    Family("permille point", "difference", "千分点 permille points", signed=True),
    Family("‱ point", "difference", "万分点 points per ten thousand", signed=True),
)
COUNTED = (
    Family(
        "people and cases",
        "count",
        """
        起(?!诉|步|来|草|点|初|源|义) cases; 件 items; 人(?!民|均) persons;
        名(?!单|义|称|誉) persons; 宗 cases; 例 cases; 户 households;
        家(?!庭|园|长|族) establishments; 辆 vehicles; 案(?!件) cases; 桩 cases; 人次 attendances;
        辆次 vehicle passages; 户次 household visits; 家次 establishment visits;
        件次 items handled; 位(?!于|置|居|数|一体|次|列) persons; 所(?!示|列|述|指) institutions;
        座 structures; 艘 vessels; 支 teams; 份 documents; 处 places;
        死(?!者|球|于|亡|因|刑|角|守|缓|里|罪|去) deaths;
        伤(?!者|员|势|害|残|亡|病|口|心|痛|风) injured;
        警(?!察|方|力|情|员|官|车|务|告|示|报|种|戒|犬|区|校|械|用|花|号|营|衔|徽|卫) calls
        """,
    ),
    Family(
        "things",
        "count",
        """
        个(?!半|月|星期|季度|工作日|交易日|世纪) number; 条 items; 项 items; 类 categories;
        种 kinds; 次(?!产业) times;
        批 batches;
        批次 batches; 场 events; 场次 events; 组 groups; 队 teams; 对 pairs; 台 machines;
        台次 machine uses; 部 pieces; 套 sets; 封 letters; 轮 rounds; 间 rooms; 栋 buildings;
        架 aircraft; 架次 sorties; 车次 trips; 班次 services;
        班(?!级|组|子|列|长|主|车|房|禅) services; 节 sessions; 篇 articles; 幅 pieces; 枚 pieces;
        把 pieces; 颗 pieces; 粒 grains; 根 pieces; 路(?!公交|巴士|车|段|口|上|面) feeds;
        张 pieces; 床 beds; 株 plants; 头 head; 只 animals; 匹 head; 口 persons; 眼 wells;
        样 samples; 笔 transactions; 趟 trips; 剂 doses; 剂次 doses; 盏 lamps; 块 pieces; 盘 discs;
        箱 boxes; 瓶 bottles; 桶 barrels; 包 packs; 袋 bags; 单(?!元|位|独|个) orders; 卷 volumes;
        册 volumes; 本 volumes; 页 pages; 字(?!号) characters; 股 shares; 门 courses;
        课时 class hours; 学时 class hours; 人份 doses; 档 programmes; 点位 sites; 网格 grids;
        省 provinces; 市 cities; 县 counties; 区 districts; 镇 towns; 乡 townships; 村 villages;
        面(?![积向对临前世上试粉包条貌料板部子目额谈体]) pieces;
        列(?![入为车出席队示支第举岛]) trains; 期(?![间限末货待权望初中房工项临建满]) issues;
        天(?!内|之|后|前|时|无|以) days;
        发(?!生|现|放|布|展|出|案|行|电|表|病|送|给|往|射|达|货) rounds; 尾 fish;
        羽(?!毛|绒|球) birds; 棵 trees; 幢 buildings; 层(?!次|面|级|层|出) storeys;
        票(?!据|房|价|面|务) votes; 席(?!位|卷) seats; 盒 boxes; 针(?!对|灸|织) doses; 针次 doses;
        例次 procedures; 天次 days;
        人天 person-days; 人月 person-months; 工日 working days; 航次 voyages;
        航班 flights; 列次 trains; 艘次 ship calls; 宗次 cases; 项次 items; 场所 premises;
        版(?!权|本|面) editions; 集(?!中|团|体|群|聚|资|市|合|成|约) episodes;
        首(?!次|先|个|批|创|家|位|府|都|季|日|月) songs; 则(?!为|是) notices; 款(?!项|待) models;
        道(?!路|德|口|教) courses; 窝 nests; 群(?!众|体|岛|里) groups; 巢箱 nest boxes;
        车位 parking spaces; 床位 beds; 学位 school places;
        台套 sets; 件套 sets; 学分 credits;
        种次 kinds; 人年 person-years;
        通(?![过知报道行车信常胀用宵货关航水电气往缉读稿识俗则向]|话费) calls;
        金(?![^0-9、,，。]) gold medals; 银(?![^0-9、,，。]) silver medals;
        铜(?![^0-9、,，。]) bronze medals;
        车(?![辆次间站牌型道主位厢队展市险程企祸窗门载库模速手身票务流轮用均]|公里) wagons;
        大类 categories; 小类 categories; 盆(?!地|景|栽|腔) pots; 枝(?!条|叶|头) stems;
        罐(?!头|装|体|车|区) cans;
        圈(?!子|内|外|层|定|套) laps; 串 strings; 具(?!体|有|备|象|名) bodies; 响(?!应|声) salutes;
        杯(?!赛|中|子|水) cups; 碗 bowls; 副(?!总|主|省|市|县|部|局|业|产|本|职|高) sets;
        顶(?!点|峰|层|部|级|尖|端) pieces
        """,
        small=False,
    ),
)
MEASURED = (
    Family(
        "measured",
        "amount",
        """
        吨 tonnes; 公吨 tonnes; 吨公里 tonne-kilometres; 换算吨公里 converted tonne-kilometres;
        吨标准煤 tonnes of coal equivalent; 吨二氧化碳 tonnes of carbon dioxide; 吨位 tonnage;
        载重吨 deadweight tonnes; 总吨 gross tonnes; 公里 km; 千米 km; 海里 nautical miles;
        英里 miles; 英尺 feet; 英寸 inches; 呎 feet; 平方呎 square feet; 平方英尺 square feet;
        平方尺 square chi; 坪 ping; 短吨 short tons; 英亩 acres;
        米(?![其兰粉饭面半决预跑栏赛]|老鼠|[蛙仰蝶]泳|自由|短跑|接力|跨栏|障碍|混合|气[步手]) m;
        厘米 cm; 毫米 mm; 微米 µm;
        纳米 nm; 平方米 m²; 平方厘米 cm²; 平方公里 km²; 平方千米 km²;
        平方海里 square nautical miles; 立方米 m³; 标准立方米 standard m³; 立方千米 km³;
        立方厘米 cm³; 公顷 ha; 公亩 ares; 亩(?!均) mu; 亩次 mu treated; 千瓦 kW; 千瓦时 kWh;
        瓦(?!解|斯|房|片|砖) W;
        瓦时 Wh; 兆瓦 MW; 兆瓦时 MWh; 吉瓦 GW; 吉瓦时 GWh; 太瓦时 TWh; 千伏(?![线输变高特超级]) kV;
        千伏安 kVA;
        伏(?!击|法|特|案|天|地|笔|在) V; 度电 kWh;
        升(?![级至到高幅温值学降华任为势格入职天空旗0-9]) litres; 毫升 ml; 克(?![服隆拉制里]) g;
        克拉 carats; 千克 kg; 公斤 kg; 斤 jin; 毫克 mg; 微克 µg; 纳克 ng; 磅 pounds; 盎司 ounces;
        蒲式耳 bushels; 标准箱 TEU; 人公里 passenger-kilometres; 人海里 passenger nautical miles;
        车公里 vehicle-kilometres; 分钟 minutes; 小时 hours; 秒 seconds; 毫秒 ms;
        工时 working hours; 级(?![别市以]) magnitude; 分贝 dB; 帕(?!金|累|米|萨|克) Pa; 百帕 hPa;
        千帕 kPa; 兆帕 MPa; 赫兹 Hz; 牛顿 N; 千牛 kN; 毫米汞柱 mmHg; 千赫 kHz; 兆赫 MHz; 吉赫 GHz;
        千卡 kcal; 焦耳 J; 千焦 kJ;
        兆焦 MJ; 太焦 TJ; 勒克斯 lx; 西弗 Sv; 毫西弗 mSv; 贝克 Bq; 毫摩尔 mmol; 国际单位 IU;
        像素 pixels; 字节 B; KB kB; MB MB; GB GB; TB TB; PB PB; EB EB; ZB ZB; Mbps Mbit/s;
        Gbps Gbit/s; 个基点 basis points;
        分(?![钟之别局点布公院行管组级类成析为子贝享配红流担开批工支]|[0-9]{1,2}秒) points;
        点(?!多|半|钟|整|位|面|[0-9一二三四五六七八九十零]|名|击|评|赞|亮|火) points
        """,
        small=False,
    ),
    Family(
        "temperature",
        "amount",
        """
        ℃ °C; 摄氏度 °C; 华氏度 °F; 度(?![过假量日夏身外角数电以来]) degrees
        """,
        signed=True,
        small=False,
    ),
    Family(
        "money",
        "amount",
        """
        元(?!旦|月|宵|素|首|件|结|化|老|帅) yuan; 美元 US dollars; 港元 Hong Kong dollars;
        欧元 euros; 日元 yen; 英镑 pounds sterling; 澳门元 patacas; 新台币 New Taiwan dollars;
        韩元 won; 加元 Canadian dollars; 澳元 Australian dollars; 新加坡元 Singapore dollars;
        新西兰元 New Zealand dollars; 瑞士法郎 Swiss francs; 卢布 roubles; 卢比 rupees; 泰铢 baht;
        越南盾 dong; 印尼盾 rupiah; 林吉特 ringgit; 比索 pesos; 雷亚尔 reais; 里拉 lira; $ dollars;
        美分 US cents; 仙(?![女人子境山游鹤草股桃界气乐丹葩剑侠踪逝]) Hong Kong cents;
        角(?!度|落|色|逐|膜|钢|质|斗|球|形|楼|力|门) tenths of a yuan;
        瑞典克朗 Swedish kronor; 挪威克朗 Norwegian kroner; 丹麦克朗 Danish kroner;
        捷克克朗 Czech korunas; 南非兰特 rand; 兰特 rand; 迪拉姆 dirhams; 里亚尔 rials;
        谢克尔 shekels; 格里夫纳 hryvnias; 坚戈 tenge
        """,
        signed=True,
    ),
)
FAMILIES = (*SHARES, *COUNTED, *MEASURED)
# Of whole ones speech is full; a figure is what has decimals (77.9岁).
SPANS = Family(
    "spans",
    "amount",
    """
    岁 years of age; 年(?![级薪息]) years; 个月 months; 周(?![长岁]) weeks; 日(?![元圆币均]) days;
    晚 nights
    """,
)
# Other ways to print a unit: as printed, the unit, and how much of it one is.
BEFORE_NUMBERS = """
    percent 1 = 百分之 百分
    ‰ 1 = 千分之
"""
SPELLINGS = """
    percent 1 = % 巴仙
    percent 10 = 成(?![不立为员本都长功果效就年绩品交熟因型人份像分千群家衣见色片批])
    percent 100 = 倍
    percentage_point 1 = 个百分点 百分点 个百分比 个点(?!位|子|的|多|半|钟|亮|及)
    percentage_point 1 = 个pcts 个pct pcts pct pp(?![A-Za-z])
    permille_point 1 = 个千分点 千分点
    ‱_point 1 = 个万分点 万分点
    元 1 = 块钱 元人民币 人民币 圆
    港元 1 = 元港币 元港元 港币
    仙 1 = 港仙
    美元 1 = 元美金 元美元 美金
    新台币 1 = 元新台币 元台币 台币
    澳门元 1 = 元澳门币 澳门币
    日元 1 = 日圆 円
    韩元 1 = 韩圆
    加元 1 = 加币
    澳元 1 = 澳币
    新加坡元 1 = 新元 坡元
    瑞士法郎 1 = 瑞郎
    林吉特 1 = 令吉
    泰铢 1 = 铢
    比索 1 = 披索
    标准箱 1 = 标箱 个标准箱 个标箱 国际标准箱 TEU
    个基点 1 = 基点
    米 1 = 公尺 m
    厘米 1 = 公分(?!钟|之) cm CM ㎝
    毫米 1 = 公厘 mm MM ㎜
    平方米 1 = 平方公尺 平米 m² m2 ㎡
    立方米 1 = 立方公尺 立方(?!厘|千|毫|尺|英|体|根)
    立方米 1 = 方(?!面|案|法|式|向|程|米|便|才|位|可|能|针|略|圆|块|阵|代) m³ m3 ㎥
    升 1 = 公升 L
    克 1 = 公克 g
    公吨 1 = 公制吨
    分钟 1 = min
    小时 1 = 钟头 个小时 h hrs
    千瓦时 1 = kWh KWh kwh; 兆瓦时 1 = MWh; 吉瓦时 1 = GWh; 太瓦时 1 = TWh; 千瓦 1 = kW KW kw 瓩
    毫米汞柱 1 = mmHg; 兆瓦 1 = MW; 吉瓦 1 = GW; 千伏 1 = kV KV; 千伏安 1 = kVA
    公里 1 = km KM Km ㎞; 微米 1 = μm µm um; 纳米 1 = nm 奈米; 平方公里 1 = km² km2 ㎢
    平方厘米 1 = cm² cm2; 标准立方米 1 = Nm³; 公顷 1 = hm² hm2 ha; 公斤 1 = kg KG Kg ㎏
    毫克 1 = mg MG ㎎; 微克 1 = μg µg ug; 纳克 1 = ng; 吨 1 = t(?!h); 毫升 1 = mL ml ML
    百帕 1 = hPa; 千帕 1 = kPa; 兆帕 1 = MPa; 帕 1 = Pa; 分贝 1 = dB dB(A); 赫兹 1 = Hz
    千赫 1 = kHz; 兆赫 1 = MHz; 吉赫 1 = GHz; 千卡 1 = kcal; 千焦 1 = kJ; 兆焦 1 = MJ
    毫摩尔 1 = mmol; 毫西弗 1 = mSv; 秒 1 = s 秒钟; 毫秒 1 = ms; ℃ 1 = °C ºC °c; 度 1 = °
    华氏度 1 = °F
"""
# Printed before the number: 人民币3.2亿元, HK$1.4亿. A pair of them says it twice (3亿元人民币).
CURRENCIES = """
    元 1 = 人民币 RMB CNY ¥ CN¥
    港元 1 = 港币 港元 HK$ HKD
    美元 1 = 美元 美金 US$ USD
    新台币 1 = NT$ TWD 新台币 台币
    澳门元 1 = MOP$ MOP 澳门币 澳门元
    欧元 1 = € EUR 欧元
    英镑 1 = £ GBP 英镑
    日元 1 = JPY JP¥ 日元 日圆
    韩元 1 = ₩
    新加坡元 1 = S$
    澳元 1 = A$
    加元 1 = C$
    $ 1 = $
"""
SPELLED = [printed for line in lines_of(SPELLINGS) for printed in line.split(" = ")[1].split()]
_OTHER = Family("other", "count", "")  # a counter that the table does not know
_PER = re.compile(r"(?:/|／|每|[Pp]er )每?\s*(\d+)?\s*一?([十百千万萬亿億]*)")
_SCALED = re.compile(r"([十百千]?[万亿]|[百千]|万亿)(.+)")  # 万元, 百万吨, 千人
_MONEY = re.compile(r"(\D+?)([十百千]?[万亿]|万亿|[百千]|)[元圆]")  # 新台币千元, 人民币元
_SIMPLE = str.maketrans("幣臺門圓萬億", "币台门圆万亿")
_THOUSANDS = re.compile(r"(?<=\d)[,， ](?=\d{3}(?!\d))")
_POWER_OF = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}


@cache
def _table() -> dict[str, Unit]:
    """Every unit by its name."""
    found = {}
    for family in (*FAMILIES, SPANS):
        for line in lines_of(family.lines):
            printed, _, en = line.partition(" ")
            zh = printed.partition("(?!")[0]
            name = family.name if family in SHARES else zh
            found[name] = Unit(name, en, zh, family)
    return found


@cache
def _spellings() -> dict[str, tuple[str, int]]:
    known = {}
    for line in lines_of(BEFORE_NUMBERS + SPELLINGS + CURRENCIES):
        meant, _, spellings = line.partition(" = ")
        for printed in spellings.split():
            name, times = meant.split()
            known[printed.partition("(?")[0]] = name.replace("_", " "), int(times)
    return known


def as_printed(*families: Family) -> list[str]:
    """The units of families as patterns, each with its guard."""
    return [line.partition(" ")[0] for family in families for line in lines_of(family.lines)]


def spelled(printed: str) -> tuple[str, int]:
    """The unit that a printed one stands for, and how many of it one is.

    >>> spelled("成"), spelled("起")
    (('percent', 10), ('起', 1))
    """
    return _spellings().get(printed, (printed, 1))


def _known(printed: str) -> Unit | None:
    """The unit of the table that is called so, or printed so."""
    return _table().get(printed) or _table().get(spelled(printed)[0])


@cache
def unit_of(name: str) -> Unit:
    """The unit of that name, or a counter that the table does not know.

    A unit per another one is a rate: 起/10万人 is printed as 100,000 where the quotient is 1.

    A unit in ten thousands or the like is what a table is printed in: its figures are rounded to
    it, and of whole things no longer.

    >>> unit_of("宗").en, unit_of("起/10万人").family.per_one, unit_of("percent").zh
    ('cases', 100000.0, '%')
    >>> unit_of("万元").en, unit_of("新台幣千元").en, unit_of("万人").family.measure
    ('10,000 yuan', '1,000 New Taiwan dollars', 'amount')
    """
    if known := _known(name):
        return known
    if (per := halves(name)) is None:
        return _scaled(name) or Unit(name, name, name, _OTHER)
    counted, times, base = unit_of(per[0]), per[1], unit_of(per[2])
    of = f"{times:,} {base.en}" if times > 1 else base.en.removesuffix("s")
    en = f"{counted.en} per {of}" if counted.name and base.name else name
    return Unit(name, en, name, Family(name, "rate", "", float(times)))


@cache
def halves(name: str) -> tuple[str, int, str] | None:
    """Of a unit per another one: what is counted, by how many, of what; None of any other.

    >>> halves("起/10万人"), halves("元")
    (('起', 100000, '人'), None)
    """
    plain = _THOUSANDS.sub("", name)
    if name in _table() or not (per := _PER.search(plain)):
        return None
    times = int(per[1] or 1) * math.prod(_POWER_OF[power] for power in per[2])
    return plain[: per.start()], times, plain[per.end() :]


def told_unit(name: str) -> str:
    """A unit as a table has it, "" for one that is not stated."""
    return "" if name == "not stated" else name


@cache
def in_so_many(name: str) -> tuple[Unit, int] | None:
    """The unit of the table that a name is so many of, 1 for the unit itself; None without one.

    >>> [(unit.name, times) for unit, times in map(in_so_many, ["新台幣千元", "万人", "名"])]
    [('新台币', 1000), ('人', 10000), ('名', 1)]
    """
    if known := _known(name):
        return known, 1
    plain = name.translate(_SIMPLE)
    if (match := _MONEY.fullmatch(plain)) and match[1] in _spellings():
        unit, power = match.groups()
    elif match := _SCALED.fullmatch(plain):
        power, unit = match.groups()
    else:
        return None
    base = _known(unit)
    if not base or base.family in SHARES:
        return None
    return base, math.prod(_POWER_OF[each] for each in power)


def _scaled(name: str) -> Unit | None:
    """A unit in so many: 万元, 新台币千元; None where there is no unit of the table in it."""
    if (found := in_so_many(name)) is None:
        return None
    base, times = found
    if times == 1:  # named with its currency
        return base._replace(name=name, zh=name)
    many = f"{times // 10**6:,} million" if times >= 10**6 else f"{times:,}"
    family = Family(name, "amount", "", signed=base.family.signed)
    return Unit(name, f"{many} {base.en}", name, family)


def names_of(units: Iterable[str], language: Language) -> str:
    """The units in words, each once: "cases, persons"."""
    return ", ".join(dict.fromkeys(getattr(unit_of(unit), language) for unit in units))


def differences_in(name: str) -> str:
    """The unit that differences of a unit are in: percentage points of percent, else its own.

    >>> differences_in("percent"), differences_in("起")
    ('percentage point', '起')
    """
    return unit_of(name).family.differences or name


def is_scaled(name: str) -> bool:
    """Whether a unit is so many of another one: 万元.

    >>> is_scaled("万元"), is_scaled("元"), is_scaled("新台币元")
    (True, False, False)
    """
    return name not in _table() and (unit := _scaled(name)) is not None and unit.family.name == name


@cache
def is_share(name: str) -> bool:
    """Whether a unit is percent, permille or the points that these differ by."""
    return unit_of(name).family in SHARES
