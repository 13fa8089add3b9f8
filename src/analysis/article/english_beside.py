"""What English prints between a value and its own change, and what speaks of another thing."""

from __future__ import annotations

import re

from .clauses import Passage
from .english_bases import without_bases
from .english_dates import TIME
from .marks import Mark

_WORDS = """
or|and|but|so|i\\.e|viz|namely|that is(?: to say)?|in other words|which(?: is to say)?|this|it
|that|these|those|they|thus|hence|thereby|having(?=\\s*$)|in turn|in effect
|is|was|were|are|be|being|been|has|have|had|went|made|makes?|making|means?|meant|meaning|gives?
|gave|giving|saw|seen|sees|seeing|left|leaves|leaving|took|takes|taking|compared|amount(?:ed|s|ing)
|(?:represent|show|mark|record|register|reflect|post|log|add|yield|signal)(?:s|ed|ing)?|shown
|(?:indicat|equat|translat|constitut|not|suggest|display|correspond|work)(?:e?s|e?d|ing)(?: out)?
|(?:impl|signif)(?:ies|ied|ying)|notch(?:es|ed|ing)|equal(?:s|led)?|equivalent|tantamount|up|down
|rate of (?:growth|increase|change|decline)|rate|total|number|figure|count|tally|level|result|sum
|shortfall|difference|improvement|excess|surplus|saving|loss|changes?|move|movement|drop|rise
|growth|annual|yearly|monthly|quarterly|weekly|year-on-year|month-on-month|y-o-y|yoy
|sharp|steep|slight|small|smaller|large|larger|big|bigger|modest|moderate|marginal|marked
|significant|substantial|notable|considerable|healthy|solid|strong|robust|weak|mere|full|whopping
|hefty|massive|huge|dramatic|respectable|slim|tiny|record
|further|another|net|respective|narrower|overall|also|only|just
|about|around|some|nearly|almost|more than|less than|as (?:much|many) as|at least
|no (?:less|fewer|more) than|over|under|still|even|now|again|well|far|therefore|indeed
|once more|yet|(?:double|single)-digit|in (?:absolute|relative|percentage) terms|in all|twice|not
|(?!ear|fam|on|ass)[a-z]{3,}ly|or about|with|an?|the|of|by|to|at|as|its|their
""".replace("\n", "")
LEADS_ON = re.compile(  # between a value and its own change, in the last clause
    rf"(?>[\s.|]|\b(?:{_WORDS})(?![a-z-]))*+$", re.IGNORECASE
)
_CLAUSE = re.compile(
    r"[,;(:]\s|\s[-–—]+\s|—|\s\|\s|\sand (?=this|that|which|was|is|were|up|down)|\s?\("
)
_OR = re.compile(r"\s*(?:or|i\.e\.?|that is)\b", re.IGNORECASE)
_BE = re.compile(
    r"\b(?:was|were|is|are|has been|had been|came in|ran|stood|finished|ended|closed|remained"
    r"|represent(?:s|ed)?"
    r"|mark(?:s|ed)?|show(?:s|ed)?)(?: (?:a|an|now|still|also|thus|some|about|around|nearly|almost"
    r"|roughly|only|just|well|up|down))*\s*$"
)
BESIDES = re.compile(  # before another change, of another time: up 2%, compared with a 6% rise
    r"\b(?:compared (?:with|to)|against|after|following|from)(?: an?| the| growth of)?\s*$"
)
_RECORD = re.compile(  # 90, the most since 2015 and 5% more than; 90, its best ever May, up 5%
    r"(?<=, )(?:the|its|their|an?|by far the) (?:[a-z-]+ )?(?:[a-z]+est|most|best|worst|least"
    r"|record)\b"
    r"[^,;()0-9]{0,60}?(?: and|,)(?= )"
)
ASIDE = re.compile(r"\s\([^()]*\)")
_AT = re.compile(r"(?:^|,)\s*at $", re.IGNORECASE)
_OF_WHAT = re.compile(r"\sin the (?:total )?(?:number|volume|value) of (?P<noun>[^,;:()–—。]+)")
IN_BRACKET = re.compile(r"\((?:(?:an?|by|or) )*$")  # before a change in it: (a 5% rise)
_AND_A = re.compile(r"^ ?(?P<words>[a-z ]*?) ?\band an? $")
_NO_OTHER = re.compile(r"\s*(?:$|[,;:。)]|(?:on|over|from|compared|since|year)\b)")
_OWN_WORDS = re.compile(  # behind a value, with its noun, before a bracket
    r"(?:\s|[()]|\b(?:cases|incidents|offences|crimes|victims|people|of|the|were|was|recorded"
    r"|reported"
    r"|registered|in|during|or"
    r"|(?<=\bwere )(?:[a-z]+ly )?(?:[a-z]+ed|built|sold|held|made|born))\b)*"
)
TO = re.compile(
    r"(?P<words>[^,;]*?)(?:(?P<brings>,? (?:and |which )?(?:bringing|brought|taking|took|leaving"
    r"|left|lifting|pushing|raising|cutting|reducing|putting) (?:[a-z]+ ){1,3}"
    r"|,? and (?:now )?(?:stood|stands|came|amounted) )|,\s)?"
    r"\b(?:to(?: reach| total| stand at| number| exceed| hit)?|at|reaching|totalling)"
    r"(?: (?:a total|an average|some) of| just| a record| (?:an?|the) (?:[a-z0-9-]+ ){0,2}(?:highs?"
    r"|lows?|peak|record|total|average) of)?\s*$"
    r"|[^,;]*(?P<sums>(?:(?:,|\s[–—-])\s(?:for |making )?|\sfor )a total of\s*$)",
    re.IGNORECASE,
)


def between(passage: Passage, a: Mark, b: Mark) -> str:
    """The words from one figure to another of its line."""
    return passage.folded[a.paragraph - 1][a.end : b.start]


def is_same(value: Mark, change: Mark, passage: Passage) -> bool:
    """Whether nothing between a value and a change speaks of another thing."""
    of = _OF_WHAT.match(change.after)
    if of and value.name and value.name.lower() not in of["noun"].lower():
        return False  # thefts rose to 90, with a 6% increase in the number of burglaries
    if BESIDES.search(between(passage, value, change)):
        return False
    said = ASIDE.sub("", without_bases(between(passage, value, change)))
    said = _RECORD.sub("", TIME.sub("", said)).lstrip(")")
    *pieces, last = _CLAUSE.split(said)
    if _AT.search(value.tail) and len(pieces) == 1 and _BE.search(last):
        return True  # at 90, thefts were 5% higher
    if not pieces and (and_a := _AND_A.search(said)) and _NO_OTHER.match(change.after):
        return not and_a["words"] or and_a["words"] == value.name  # 90 offences and a 5% rise
    if pieces or said.strip() in ("", "and"):
        return bool(LEADS_ON.match(last.strip()))
    own = said.replace(value.name, "", 1).strip()  # 90 thefts or 5% more than
    alone = said.strip().lower() == value.name.lower()
    return bool(_BE.search(said)) or alone or bool(_OR.match(own) and LEADS_ON.match(own))


def is_behind(value: Mark, said: str) -> bool:
    """Whether a bracket stands right behind a value and its noun: 500 thefts (down 5%)."""
    own = TIME.sub("", said.replace(value.name, "", 1) if value.name else said)
    opens = IN_BRACKET.search(own)
    return opens is not None and bool(_OWN_WORDS.fullmatch(own[: opens.start() + 1]))
