"""The units of printed figures: one table, a row a family and in it a line a unit.

A family says what its figures measure, what a quotient of 1 is printed as in it, which unit its
differences are in and where its figures end. A line is a unit as printed, a pattern of what must
not follow it there (起 is no counter in 起诉), and its English name. No other module knows a unit.
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


PERCENT = Family("percent", "rate", "% %", 100.0, "percentage point", end=100)
SHARES = (
    PERCENT,
    Family("‰", "rate", "‰ ‰", 1000.0, "permille point", end=1000),
    Family("‱", "rate", "‱ ‱", 10000.0, "‱ point", end=10000),
    Family("percentage point", "difference", "百分点 percentage points", signed=True),
    Family("permille point", "difference", "千分点 permille points", signed=True),
)
YUAN = "元"
COUNTED = (
    Family(
        "people and cases",
        "count",
        """
        起(?!诉|步|来|草|点|初|源|义) cases
        件 items
        人(?!民|均) persons
        名(?!单|义|称|誉) persons
        宗 cases
        例 cases
        户 households
        家(?!庭|园|长|族) establishments
        辆 vehicles
        案(?!件) cases
        桩 cases
        人次 attendances
        辆次 vehicle passages
        户次 household visits
        家次 establishment visits
        件次 items handled
        位(?!于|置|居|数|一体) persons
        所 institutions
        座 structures
        艘 vessels
        支 teams
        份 documents
        处 places
        """,
    ),
    Family(
        "things",
        "count",
        """
        个 number
        条 items
        项 items
        类 categories
        种 kinds
        次(?!产业) times
        批 batches
        批次 batches
        场 events
        场次 events
        组 groups
        队 teams
        对 pairs
        台 machines
        台次 machine uses
        部 pieces
        套 sets
        封 letters
        轮 rounds
        间 rooms
        栋 buildings
        架 aircraft
        架次 sorties
        车次 trips
        班次 services
        节 sessions
        篇 articles
        幅 pieces
        枚 pieces
        把 pieces
        颗 pieces
        粒 grains
        根 pieces
        路 feeds
        张 sheets
        床 beds
        株 plants
        头 head
        只 animals
        匹 head
        口 persons
        眼 wells
        样 samples
        笔 transactions
        趟 trips
        剂 doses
        剂次 doses
        盏 lamps
        块 pieces
        盘 discs
        箱 boxes
        瓶 bottles
        桶 barrels
        包 packs
        袋 bags
        单(?!元|位|独|个) orders
        卷 volumes
        册 volumes
        本 volumes
        页 pages
        字(?!号) characters
        股 shares
        门 courses
        课时 class hours
        学时 class hours
        人份 doses
        档 programmes
        点位 sites
        网格 grids
        省 provinces
        市 cities
        县 counties
        区 districts
        镇 towns
        乡 townships
        村 villages
        面(?![积向对临前世上试粉包条貌料板部子目额谈体]) pieces
        列(?![入为车出席队示支第举岛]) trains
        期(?![间限末货待权望初中房工项临建]) issues
        天(?!内|之|后|前|时|无|以) days
        发(?!生|现|放|布|展|出|案) rounds
        """,
        small=False,
    ),
)
MEASURED = (
    Family(
        "measured",
        "amount",
        """
        吨 tonnes
        吨公里 tonne-kilometres
        吨标准煤 tonnes of coal equivalent
        吨位 tonnage
        公里 km
        千米 km
        米 m
        厘米 cm
        毫米 mm
        平方米 m²
        平方公里 km²
        平方千米 km²
        立方米 m³
        公顷 ha
        亩 mu
        千瓦 kW
        千瓦时 kWh
        兆瓦 MW
        升 litres
        毫升 ml
        克 g
        千克 kg
        公斤 kg
        斤 jin
        毫克 mg
        微克 µg
        标准箱 TEU
        人公里 passenger-kilometres
        分钟 minutes
        小时 hours
        秒 seconds
        分贝 dB
        个基点 basis points
        分(?!钟|之|别|局|点|布|公|院|行|管|组|级|类|成|析|为|子|贝|[0-9]{1,2}秒) points
        """,
        small=False,
    ),
    Family("temperature", "amount", "℃ °C\n摄氏度 °C", signed=True, small=False),
    Family(
        "money",
        "amount",
        """
        元(?!旦|月|宵|素|首|件|结|化) yuan
        美元 US dollars
        港元 Hong Kong dollars
        港币 Hong Kong dollars
        欧元 euros
        日元 yen
        英镑 pounds sterling
        澳门元 patacas
        新台币 New Taiwan dollars
        韩元 won
        """,
        signed=True,
    ),
)
FAMILIES = (*SHARES, *COUNTED, *MEASURED)
# Other ways to print a unit: as printed, the unit, and how much of it one is.
BEFORE_NUMBERS = """
    百分之 percent 1
    百分 percent 1
    千分之 ‰ 1
"""
SPELLINGS = """
    % percent 1
    成(?!不|立|为|员|本|都|长|功|果|效|就|年|绩|品|交|熟|因|型) percent 10
    倍 percent 100
    个百分点 percentage_point 1
    百分点 percentage_point 1
    个千分点 permille_point 1
    千分点 permille_point 1
    元人民币 元 1
    人民币 元 1
    块钱 元 1
"""
SPELLED = [line.split()[0] for line in SPELLINGS.strip().splitlines()]
_OTHER = Family("other", "count", "")  # a counter that the table does not know
_PER = re.compile(r"(?:/|／|每|per )每?\s*(\d+)?\s*一?([十百千万萬亿億]*)")
_THOUSANDS = re.compile(r"(?<=\d)[,， ](?=\d{3}(?!\d))")
_POWER_OF = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}


@cache
def _table() -> dict[str, Unit]:
    """Every unit by its name."""
    found = {}
    for family in FAMILIES:
        for line in family.lines.strip().splitlines():
            printed, _, en = line.strip().partition(" ")
            zh = printed.partition("(?!")[0]
            name = family.name if family in SHARES else zh
            found[name] = Unit(name, en, zh, family)
    return found


@cache
def _spellings() -> dict[str, tuple[str, int]]:
    lines = [line.split() for line in (BEFORE_NUMBERS + SPELLINGS).split("\n") if line.strip()]
    known = {printed.partition("(?!")[0]: (name, int(times)) for printed, name, times in lines}
    return {printed: (name.replace("_", " "), times) for printed, (name, times) in known.items()}


def as_printed(*families: Family) -> list[str]:
    """The units of families as patterns, each with its guard."""
    return [line.split()[0] for family in families for line in family.lines.strip().splitlines()]


def spelled(printed: str) -> tuple[str, int]:
    """The unit that a printed one stands for, and how many of it one is.

    >>> spelled("成"), spelled("起")
    (('percent', 10), ('起', 1))
    """
    return _spellings().get(printed, (printed, 1))


@cache
def unit_of(name: str) -> Unit:
    """The unit of that name, or a counter that the table does not know.

    A unit per another one is a rate: 起/10万人 is printed as 100,000 where the quotient is 1.

    >>> unit_of("宗").en, unit_of("起/10万人").family.per_one, unit_of("percent").zh
    ('cases', 100000.0, '%')
    """
    known = _table().get(name)
    if known:
        return known
    plain = _THOUSANDS.sub("", name)
    per = _PER.search(plain)
    if per is None:
        other = _spellings().get(name, (name, 1))[0]
        return _table().get(other) or Unit(name, name, name, _OTHER)
    times = float(int(per[1] or 1) * math.prod(_POWER_OF[power] for power in per[2]))
    counted, base = unit_of(plain[: per.start()]), unit_of(plain[per.end() :])
    of = f"{times:,.0f} {base.en}" if times > 1 else base.en.removesuffix("s")
    en = f"{counted.en} per {of}"
    return Unit(
        name, en if counted.name and base.name else name, name, Family(name, "rate", "", times)
    )


def names_of(units: Iterable[str], language: Language) -> str:
    """The units in words, each once: "cases, persons"."""
    return ", ".join(dict.fromkeys(getattr(unit_of(unit), language) for unit in units))


def differences_in(name: str) -> str:
    """The unit that differences of a unit are in: percentage points of percent, else its own.

    >>> differences_in("percent"), differences_in("起")
    ('percentage point', '起')
    """
    return unit_of(name).family.differences or name


def is_share(name: str) -> bool:
    """Whether a unit is percent, permille or the points that these differ by."""
    return unit_of(name).family in SHARES
