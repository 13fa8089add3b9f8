"""English noun phrases: the one behind a figure, and that of the clause that leads up to it."""

from __future__ import annotations

import re

from .english_bases import AGAINST, without_bases
from .english_dates import MONTH, TIME
from .marks import Mark

_ENDS = re.compile(
    r"[,;:()。–—]|(?<!\b[A-Z])\.|\s-\s|\b(?:were|was|are|is|had|have|has|versus|vs|in|during|on"
    r"|from|to|by|at|with"
    r"|that|which|who|whose|whom|when|after"
    r"|compared|recorded|reported|registered|arrested|attended|involving|involved|than|under"
    r"|over|between|as|for|per"
    r"|more|less|fewer|higher|lower|up|down|this|last|(?<!ing )(?<!of )(?:a|an)|year-on-year"
    r"|month-on-month"
    r"|travelling|again|alone|respectively|resulted|showing|accounting|aged|since|until|while"
    r"|whereas"
    r"|pays?|takes?|occur(?:s|red)?|happen(?:s|ed)"
    r"|because|due|amid|despite|granted|issued|lodged|filed|processed|seized|detected|treated"
    r"|representing|came|out|rose|fell|grew|increased|decreased|declined|dropped|remain(?:s|ed)?"
    r"|led|found|did|went|took|made|felt|saw|gave)\b"
    r"|[0-9]|\bof (?:two|three|four|five|six|seven|eight|nine|ten)\b"
    rf"|\b{AGAINST}"
)
_COUNTED = re.compile(
    r"(?:(?:recorded |reported |new )*(?:cases|incidents|instances|reports|offences) (?:of"
    r"|involving)|(?:pounds|tons|ounces|barrels|gallons|acres|bags|pairs) of"
    r"|of(?: all| the| these| those)?) (?!(?:two|three|four|five|six|seven|eight|nine|ten) )"
)
OF_THEM = re.compile(r"\s(?:\([^()]*\) )?(?:of )?(?:them|these|those|whom|which)\b")
_IN_BRACKETS = re.compile(r"\s\([^()]{1,60}\)(?=\s)")
IS = re.compile(  # what so many were, not what was done to them
    r"\s(?:(?:were|was|are|is) (?:for |from |in )?|for (?:the (?:crimes?|offences?) of )?(?=[a-z]))"
    r"(?!(?:an?|the|in|up|down|not|also|flat|more|less|lower|higher|fewer|above|below)\b"
    r"|[a-z]+ed\b(?:[^ ]|$| (?:in|at|by|on|to|with|from|for|and|or|as|during|when|after|under"
    r"|through|within|this|last|of)\b))"
)
OF_AMOUNT = re.compile(  # ran a deficit of €6 billion; to operating income of €98.5 billion
    r"\b(?:an?|the|its|their|to|in|with|on|into|and) (?!(?:an?|the|its|their) )"
    r"((?:[a-z-]+ ){0,2}(?!(?:total|number|average|record|high|low|peak|sum|figure|level|estimate"
    r"|minimum|maximum|value|total) )[a-z-]{3,}) of $"
)
_THE_ACT = re.compile(r"\bthe [a-z-]+ of $")  # the arrest of 90 persons
_UNIT_NOUN = re.compile("(?:people|persons?|households?|vehicles?)$")
_LASTING = "weeks months years minutes seconds".split()
_CASES = re.compile("cases$")
_MEASURES = "mph kph knots strong inches inch feet degrees gallons points p".split()
_MONEY = "kronor kroner krone euros dollars pounds francs pesos yen rupees cents pence".split()
MANY = ("people", "persons", "households", "vehicles")
_REPORTED = re.compile(r"^(?:(?:recorded|reported|registered) )+(?!in\b|by\b|at\b)")
_DONE = re.compile(
    r" (?:were|was) (?!recorded|reported|registered|noted|observed|approved)"
    r"((?:[a-z]+ly )?[a-z]+ed)\b(?! by| in| at)"
)
_VERBS = ("were", "was", "are", "is", "recorded", "reported")
SAW = re.compile(  # the town saw a rise in thefts, by 5%
    r"[^,.;。]*\b(?:saw|seen|experienced|recorded|posted|reported) an? (?:[a-z]+ )?"
    r"(?:rise|increase|jump|drop|fall|decrease|decline|growth) in (?=[a-z])"
)
_BUT_FOR = re.compile(  # in all apart from thefts, which rose 7%
    r"^.*\b(?:apart from|except(?: for)?|excluding|other than|including) "
    r"(?=[^,.;]+, which [a-z ]*$)"
)
_OPENS_LIST = re.compile(
    r"^.*\b(?:included?|including|(?:were(?: in)?|was)(?! the (?:[a-z]+est|main|leading))"
    r"|both|each|coming from|came via|arrived through)"
    r"\s(?=[^()]+\($)"
)
EMPTY = re.compile(
    r"(?:\s|\b(?:this|it|which|that|these|to|and|or|being|up|down|when|compared|with|them|whom"
    r"|there"
    r"|of|from|among"
    r"|accounting|making|representing|comprising|constituting|including|bring(?:s|ing)|brought"
    r"|again|overall|per|day|narrower|amounting|totalling|about half"
    r"|another|taking|down|total|it|had|has|have|compares?|absolute terms|published|they|where"
    r"|figure|number|some|still|out"
    r"|incidents|cases|crimes|driven|rising|the|an?|over|by|in|on|year-on-year|respectively|than"
    r"|normal|usual"
    r"|but|after|following|through|early|late|now|standing|thus|having|been|contrast|equal"
    r"|equivalent|other|one|hand|both|further|turn|fact|particular|result|while|though|although"
    r"|cents|pence|weeks|months|years|real|nominal|yet|largely|mainly|rises?|falls?|comparison"
    r"|increases?|decreases?|growth|thereof|alone"
    r"|add(?:s|ed|ing)|show(?:s|ed|ing)?|leads?|led|leading|equat(?:es?|ed|ing)|at|as|same|time"
    r"|strong|only|i\.e|e\.g|thanks|mph|p|vs?|we|who|what|how|itself|told|all|together|includes?"
    r"|average|latest|same|respective|whole|proportion|share|percentage|officials"
    r"|remaining|rest|accounts?|between|more|fewer|less|higher|lower|previous|preceding|prior"
    r"|last|period|year|quarter|month|week|before|earlier)\b)*",
    re.IGNORECASE,
)
NOUN_ENDS = re.compile(
    r"(?:\s(?:and|or|between|&|of|in|by|at|from|for|to|the|a|an|on|with"
    r"|within|this|also|which|that|the other"
    r"|the remaining|another|a further|has|have|had))+$"
)
SUBJECT_ENDS = re.compile(  # a verb that leads up to a figure, and what follows it
    r"\b(?:(?:totals|numbers|stands|comes|runs|sits|hovers|exceeds|tops|amounts|averages)"
    r"(?=(?: (?:at|to|in at|around|about|over))*\s*$)|closed|finished|ended|hit|topped|logged"
    r"|ha(?:s|ve|d) (?:[a-z]+ )?been|averag(?:ed|ing)|totall?(?:ed|ing)|was|were|is|are|stood"
    r"|reach(?:ed|ing)|rose|fell|increas(?:ed|ing)|decreas(?:ed|ing)|dropp(?:ed|ing)|went|grew"
    r"|stay(?:ed|ing)"
    r"|declined|surged|jumped|climbed|amounted|maintained|(?<!of )(?<!the )(?<!all )recorded"
    r"|ha(?:s|ve|d) (?:[a-z]+ly )?[a-z]+ed\b(?= in|\s*$)"
    r"|[a-z]+ed (?:an?|the|their|its)|numbers?(?=\s*$)"
    r"|took|made|compris(?:es?|ed)|constitut(?:es?|ed)|represent(?:s|ed)?|worth|numbered|felt"
    r"|improved|worsened|deteriorated|strengthened|weakened|widened|eased|edged|slipped|expanded"
    r"|contracted|(?:almost|broadly|largely) (?:flat|stable|steady|unchanged)"
    r"|ex(?:cluding |cl\.? |-)|aged (?:from )?|for those aged"
    r"|running|occupied|accounted|contributed?|contributes|fetched|brought|measuring|remained"
    r"|came|numbered|narrowed|driven|used|saw|during)\b.*"
)
_CLAUSE = re.compile(
    r",(?![0-9])|[;:。()…?!|•·\[\]]|\s[-–—]+\s|\b(?:i\.e|e\.g|viz)\.|\b(?:that|indicated|showed"
    r"|said|while|whilst"
    r"|shows(?= [a-z])|whereas|meanwhile|besides|with|and(?= [a-z]+ [a-z]+ \($))\b",
    re.IGNORECASE,
)
_SUBJECT_HEAD = re.compile(
    r"^(?:[•·‣▪●*]|on an? (?:[a-z-]+ )?basis,?|(?:over|during|in) the (?:[a-z]+ )?(?:years|months)"
    r"|(?:(?:provisional|preliminary|revised|latest|advance|final|trend|(?:seasonally )?adjusted"
    r"|original) )*(?:estimates?|figures?) (?:of|for(?! (?-i:[A-Z])))"
    r"|rates? of (?:change|growth|increase|decrease|decline) (?:in|of)"
    r"|in|during|for|from|(?:of|among) (?:which|whom|them|these)|giving"
    r"|(?:recorded|reported)(?!\s(?:crimes?|offences)\s*$)|of|by"
    r"|the|its|their|a|an|total of|total|overall number of|(?:(?:total|average|mean|daily|monthly"
    r"|annual|quarterly) )*number of"
    r"|there (?:was|were|is|are|ha[sd] been|have been)|there|those|and|also|as|(?:increases?"
    r"|decreases?|rises?|falls?|drops?) (?:in|for)"
    r"|(?:recorded |reported )?(?:cases|incidents) (?:of|involving)|although|however|that of"
    r"|followed by|ahead of|led by|(?:broken )?down into|(?:mainly )?(?:attributable|due) to"
    r"|chiefly"
    r"|lifting|pushing|bringing|taking|raising|leaving|putting|cutting|reducing"
    r"|(?:but|and|yet)(?: also)?|or|being|mainly|largely"
    r"|[^,;:]*\bthe (?:total |overall )?number of)\s",
    re.IGNORECASE,
)
LONGEST, _LONG = 6, 9  # words of a name behind its figure, and before it
DID = re.compile(  # renewables generated; but the unemployed
    r"(?<=[a-z])(?<!\b[Tt]he)(?<!\bof) (?:[a-z]{2,}ed|spent|sold|built|paid|held|lost|won|cost"
    r"|caught|flew|drew|sent|ran|bought|brought|sought|met|swept|earned|covers?|owns|employs|holds)"
    r" $"
)
_DAY = re.compile(
    rf"\b[0-9]{{1,2}} {MONTH}\b|\b(?:[Oo]n )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"
    rf"|\b(?:{MONTH}|(?:[Tt]he|[Tt]his|[Ll]ast) (?:year|month|quarter|week))['’]s\b"
)
_WITHIN = re.compile(  # exports, comprising domestic ones and others, rose
    r",\s(?:comprising|including|excluding|consisting of|such as|known as|based on|net of"
    r"|along with|as well as|together with)\b[^,;:。]*,"
)
_SAID = re.compile(  # by whom it is told: , officials said on Tuesday,
    r",\s(?!which|who)[^,;:。]{2,60}?\s(?:said|announced|reported|told [a-z]+|showed|wrote)"
    r"(?:\s(?:on\s)?(?:[A-Z][a-z]+day|yesterday|today))?(?=,)"
)
_BESIDE = re.compile(  # imports, too, rose; exports in dollar terms; LONDON: The number of fires
    r",\s(?:too|however|also|meanwhile|though|for (?:example|instance)|by contrast|in turn),"
    r"|\sin (?:(?:real|nominal|cash|volume|value|unit|[a-z]+-currency|dollar|rupee|euro|sterling"
    r"|local"
    r" currency) terms|value(?=\s*$)|volume(?=\s*$))|^\W*(?!(?:GDP|CPI|GNP|NHS)\b)[A-Z]{4,}"
    r"(?:, [A-Z][A-Za-z]+)?(?:,? [A-Z][a-z]+\.? [0-9]{1,2})?(?: \([A-Z][A-Za-z]+\))?(?::|\s[-–—])\s"
)
_VERB = re.compile(
    r"\s*(?:[a-z]+ly )?(?:[a-z]+ed|rose|fell|grew|went|stood|came|is|was|were|are)"
    r"(?: (?:back )?(?:to|at|by|from))?\s*"
)
_ASIDE = re.compile(
    r" ?(?:to|in relation to|as a (?:share|proportion|percentage) of|excluding|whether)\b"
)
_WHEN = re.compile(  # vacancies in the latest quarter
    r"\s(?:in|for|during|at|on|over) the (?:[a-z]+ )*(?:year|quarter|month|week|period|date"
    r"|day|half|state|country|city|division)\s*$"
)


def noun_after(line: str, mark: Mark) -> str:
    """The noun phrase that follows a count: 4,361 violent crime cases were recorded."""
    behind = _REPORTED.sub("", line[mark.end : mark.end + 80].lstrip())
    if OF_THEM.match(line, mark.end):
        return ""
    if bracket := _IN_BRACKETS.match(line, mark.end):
        behind = line[bracket.end() : bracket.end() + 80].lstrip()
        if not behind.startswith(("was ", "were ", "is ", "are ")) and (noun := noun_in(behind)):
            return noun  # 418 (+3.6%) thefts
    is_at = IS.match(line, bracket.end() if bracket else mark.end)
    if is_at and (noun := noun_in(line[is_at.end() : is_at.end() + 80])):
        return noun  # 90 were for fires
    counted = _COUNTED.match(behind)
    amount = OF_AMOUNT.search(mark.tail)  # a net outflow of 90 persons was recorded
    if amount and _UNIT_NOUN.search(mark.reported) and not _THE_ACT.search(mark.tail):
        return amount[1]
    unit = _UNIT_NOUN.search(mark.reported)
    may_be = mark.measure != "amount" and (unit or not _CASES.search(mark.reported))
    if may_be and (done := _DONE.match(line, mark.end)):
        return done[1]  # 90 people were killed
    if unit and not counted and unit[0] in MANY:
        return unit[0]  # 90 people sought asylum
    return noun_in(behind[counted.end() :] if counted else behind, bool(counted)) or (
        unit[0] if unit else ""
    )


def noun_in(said: str, counted: bool = False) -> str:
    """The noun phrase with which some words begin; "" where they begin with none."""
    ends = _ENDS.search(said)
    noun = (said[: ends.start()] if ends else said).strip("“”\"' ")
    first, both, _ = noun.partition(" and ")
    if both and not counted and not (ends and ends[0] in _VERBS):
        noun = first
    words = NOUN_ENDS.sub("", noun).split()
    if len(words) == 1 and words[0] in _LASTING:
        return ""  # a waiting time of 13.1 weeks
    letter = bool(words) and (len(words[0]) == 1 or words[0] in (*_MONEY, *_MEASURES))  # 3.73p
    if (
        not words
        or letter
        or not words[0][:1].isalpha()
        or words[0] in ("and", "or", "of", "to", "the")
    ):
        return ""
    return " ".join(words[:LONGEST])


def _headless(said: str) -> str:
    """Words without those with which a clause begins: there was an increase in the number of."""
    said = _WHEN.sub("", said)
    before = None
    while said != before:
        before, said = said, _SUBJECT_HEAD.sub("", said.strip(" \"“”'‘’-") + " ").strip()
    return said


def subject_of(said: str, moved: bool = False) -> str:
    """The noun phrase with which a clause leads up to its figure; "" where none is left.

    The verb of one that has `moved` is in the figure: permits approved (fell by 5%).
    """
    said = _SAID.sub("", _WITHIN.sub(",", _BUT_FOR.sub("", SAW.sub("", _BESIDE.sub("", said)))))
    if said.endswith("("):
        said = _OPENS_LIST.sub("", said)
    clauses = _CLAUSE.split(
        TIME.sub("", _DAY.sub("", without_bases(said if moved else DID.sub(" ", said))))
    )
    if _VERB.fullmatch(clauses[-1]):
        clauses.reverse()  # gas, the largest source, slipped to: the subject comes first
    for clause in reversed(clauses):
        if _ASIDE.match(clause):
            continue  # X, which contribute (80 percent) to the total, grew
        noun = _headless(SUBJECT_ENDS.sub("", _headless(clause)))
        words = NOUN_ENDS.sub("", " ".join(noun.split()[:_LONG])).split()
        said = " ".join(words)
        if any(map(str.isalpha, said)) and not EMPTY.fullmatch(said):
            return said
    return ""
