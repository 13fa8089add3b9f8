"""English text: what a figure counts, by the noun behind it or the clause that leads up to it."""

from __future__ import annotations

import re
from itertools import pairwise

from .clauses import Passage
from .english_bases import AGAINST, NEAR, without_bases
from .english_dates import MONTH, TIME
from .english_parts import WHOSE
from .marks import Mark

_ENDS = re.compile(
    r"[,;:()。–—]|(?<!\b[A-Z])\.|\s-\s|\b(?:were|was|are|is|had|have|has|in|during|on|from|to|by|at|with"
    r"|that|which|who|whose|whom|when|after"
    r"|compared|recorded|reported|registered|arrested|attended|involving|involved|than|under"
    r"|over|between|as|for|per"
    r"|more|less|fewer|higher|lower|up|down|this|last|(?<!ing )(?:a|an)|year-on-year|month-on-month"
    r"|travelling|again|alone|respectively|resulted|showing|accounting"
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
_OF_THEM = re.compile(r"\s(?:\([^()]*\) )?(?:of )?(?:them|these|those|whom|which)\b")
_OF_THE = re.compile(rf"\s(?:out )?of(?: {WHOSE})* $", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"\s\([^()]{1,60}\)(?=\s)")
_IS = re.compile(  # what so many were, not what was done to them
    r"\s(?:(?:were|was|are|is) (?:for |from |in )?|for (?:the (?:crimes?|offences?) of )?(?=[a-z]))"
    r"(?!(?:an?|the|in|up|down|not|also|more|less|lower|higher|fewer|above|below)\b"
    r"|[a-z]+ed\b(?:[^ ]|$| (?:in|at|by|on|to|with|from|for|and|or|as|during|when|after|under"
    r"|through|within|this|last|of)\b))"
)
_RATE = re.compile(  # a detection rate of; the 2012 homicide rate was; the rate was highest in B at
    r"\b(?:[Aa]n?|[Tt]he|its|their) (?:[0-9]{4} )?((?:[A-Za-z-]+ ){0,3}?(?:rates?|incidence))"
    r"(?:(?: of| was| at| stood)*|(?: was| were)? (?:highest|lowest|higher|lower)[^,;0-9]{0,40} at"
    r"|(?: [a-z]+ed| fell| rose)? (?:of|to|from)|\s?[-–—]+\s?at) $"
)
_EACH = re.compile(r"(?: [a-z-]+){0,2} (?:per|for every|for each|in every) [0-9]")
_OF_NOUN = re.compile(r"\sof (?:all |the |these |those |its )*(?=[A-Za-z])")
_OPENS = re.compile(  # a figure with which its clause begins, and what is said of it
    r"(?:^|[,;:]|\band|\bwhile|\bbut)\s*(?:(?:of|among) (?:these|those|them|which|whom),? )?$", re.IGNORECASE
)
_PREDICATE = re.compile(
    r"(?: \([^()]*\)|, or [^,;]{1,14},| of (?:them|those|these|whom|which))*\s"
    r"(?:(?P<be>(?:were|was|are|is|ha[ds] been|have been)(?: (?:for|from|in|on|found|proven))?)"
    r"|ha[ds]|have|did|said|failed|passed)\b(?! (?:up|down)\b)"
)
_STOPS = re.compile(r"[,.;:()。]| and | but ")
_HOLDS = re.compile(r"\baccount(?:s|ed|ing)? for $")  # cars accounted for 44% of deaths
_OF_AMOUNT = re.compile(  # ran a deficit of €6 billion; to operating income of €98.5 billion
    r"\b(?:an?|the|its|their|to|in|with|on|into|and) (?!(?:an?|the|its|their) )"
    r"((?:[a-z-]+ ){0,2}(?!(?:total|number|average|record|high|low|peak|sum|figure|level|estimate"
    r"|minimum|maximum|value|total) )[a-z-]{3,}) of $"
)
_THE_ACT = re.compile(r"\bthe [a-z-]+ of $")  # the arrest of 90 persons
_PLACE_TOO = re.compile(  # A had 24 fewer thefts, B had 16 fewer and C dropped by nine
    r"(?: [a-z]+){0,3},?(?: and| while)? [A-Z][A-Za-z.]*(?: [A-Z][A-Za-z.]*){0,3}(?: [a-z]+)? $"
)
_PLACED = re.compile(  # including 40 by land and 30 by air
    r"\s(?:\([^()]*\) )?(?:of (?:them|these|those|whom|which) )?(?:(?:was|were|are|is) )?"
    r"(?:in|at|by|from|to|via|through|with|on|for|under) "
    rf"(?:the )?(?!{TIME.pattern}|[0-9])"
)
_LISTS = re.compile(
    r"(?:\b(?:includ(?:ing|ed)|compris(?:ing|ed)|of (?:which|whom|these|those|them),?"
    r"|consisting of|made up of|composed of|namely)|:)\s*$",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"\s[^,;:。]{2,60}?(?:, | and |, and )")
_AT_OF = re.compile(r"(?:^|\b(?:in|to|for|on|by|at|some)\s)\s*$", re.IGNORECASE)
_FRAMES = re.compile(r"(?:^|。)\s*(?:Among|In|Of|During|For|At|By|On|As|Over)\b[^,;。]*,\s$")
_GENERIC = re.compile(r"(?:cases|instances|incidents|reports|people|persons)$")
_UNIT_NOUN = re.compile("(?:people|persons?|households?|vehicles?)$")
_MONEY = "kronor kroner krone euros dollars pounds francs pesos yen rupees cents pence".split()
_MANY = ("people", "persons", "households", "vehicles")
_IS_SO_MANY = re.compile(r"\b(?:was|were|stood at|reached|totalled|came to|amounted to) $")
_CASES, _ACT = re.compile("cases$"), re.compile(" (?:[a-z]+ed|took|heard)$")
_IN_NOUN = re.compile(
    r" in (?:the (?:total |overall )?(?:number|level) of )?"
    rf"(?!the\b|[0-9]|20|{MONTH}\b|[a-z]+ (?:year|month|week)s\b)"
)
_OF_NUMBER = re.compile(r" the (?:number|volume|value) of ")  # double the number of thefts
_REPORTED = re.compile(r"^(?:(?:recorded|reported|registered) )+(?!in\b|by\b|at\b)")
_DONE = re.compile(
    r" (?:were|was) (?!recorded|reported|registered|noted|observed|approved)"
    r"((?:[a-z]+ly )?[a-z]+ed)\b(?! by| in| at)"
)
_DONE_ALONE = re.compile("[a-z]+ed|seen|sold|made|built|held")
_WHICH = re.compile(r",\s(?:which|who)\s(?:[a-z]+ ){1,4}$")  # A, which made up 40% of B, fell 3%
_WENT_ON = re.compile(r"\s(?:of|in|to) [^,;]+,\s(?:were |was )?")
_OF_ALL = re.compile(r"\sof (?:all|the|these|those)\b")
_VERBS = ("were", "was", "are", "is", "recorded", "reported")
_MORE = re.compile(r"\b(?:more|fewer)$")
_ELSEWHERE = re.compile(
    r"(?:\s[a-z]+){0,5}\s(?:in|for|from|at|by) (?:the )?[A-Z][^,;]{1,30}?(?:,|,? and)\s"
)
_PLAIN = re.compile(r"\b(?:crimes|cases|incidents)\b")
_LETTERS = ("ten", "twelve", *"one two three four five six seven eight nine thirds".split())
_FROM_TO = re.compile(r"[^,;]*,? (?:from|to) ")
_PLACE_OF_LAST = re.compile(  # by 2% in small shops and by (5%); by 2% in small shops (to 90)
    r"\)?\s(?:in|at|among|for|across) [^,.;()]{2,40}(?:,? and by| \((?:to|from)) $"
)
_OF_THOSE = re.compile(r"\sof (those (?:who|with|aged|[a-z]+ing)\b[^0-9,.;()。]*)")
_SAW = re.compile(  # the town saw a rise in thefts, by 5%
    r"[^,.;。]*\b(?:saw|seen|experienced|recorded|posted|reported) an? (?:[a-z]+ )?"
    r"(?:rise|increase|jump|drop|fall|decrease|decline|growth) in (?=[a-z])"
)
_BY = re.compile(r", by $")
_BUT_FOR = re.compile(  # in all apart from thefts, which rose 7%
    r"^.*\b(?:apart from|except(?: for)?|excluding|other than|including) "
    r"(?=[^,.;]+, which [a-z ]*$)"
)
_OPENS_LIST = re.compile(
    r"^.*\b(?:included?|including|(?:were(?: in)?|was)(?! the (?:[a-z]+est|main|leading))"
    r"|both|each|coming from|came via|arrived through)"
    r"\s(?=[^()]+\($)"
)
_EMPTY = re.compile(
    r"(?:\s|\b(?:this|it|which|that|these|to|and|or|being|up|down|when|compared|with|them|whom|there"
    r"|of|from|among"
    r"|accounting|making|representing|comprising|constituting|including|bring(?:s|ing)|brought"
    r"|again|overall|per|day|narrower|amounting|totalling|about half"
    r"|another|taking|down|total|it|had|has|have|compares?|absolute terms|published|they|where"
    r"|figure|number|some|still|out"
    r"|incidents|cases|crimes|driven|rising|the|an?|over|by|in|on|year-on-year|respectively|than|normal|usual"
    r"|but|after|following|through|early|late|now|standing|thus|having|been|contrast|equal"
    r"|equivalent|other|one|hand|both|further|turn|fact|particular|result|while|though|although"
    r"|real|nominal|yet|largely|mainly|rises?|falls?|comparison|increases?|decreases?|growth|thereof|alone"
    r"|add(?:s|ed|ing)|show(?:s|ed|ing)?|leads?|led|leading|equat(?:es?|ed|ing)|at|as|same|time"
    r"|remaining|rest|accounts?|between|more|fewer|less|higher|lower|previous|preceding|prior|last|period|year|quarter|month|week|before|earlier)\b)*",
    re.IGNORECASE,
)
_NOUN_ENDS = re.compile(
    r"(?:\s(?:and|or|between|&|of|in|by|at|from|for|to|the|a|an|on|with"
    r"|within|this|also|which|that|the other"
    r"|the remaining|another|a further|has|have|had))+$"
)
_SUBJECT_ENDS = re.compile(  # a verb that leads up to a figure, and what follows it
    r"\b(?:ha(?:s|ve|d) (?:[a-z]+ )?been|averag(?:ed|ing)|totall?(?:ed|ing)|was|were|is|are|stood"
    r"|reach(?:ed|ing)|rose|fell|increas(?:ed|ing)|decreas(?:ed|ing)|dropp(?:ed|ing)|went|grew|stay(?:ed|ing)"
    r"|declined|surged|jumped|climbed|amounted|maintained|(?<!of )(?<!the )(?<!all )recorded"
    r"|ha(?:s|ve|d) (?:[a-z]+ly )?[a-z]+ed\b(?= in|\s*$)|[a-z]+ed (?:an?|the|their|its)|numbers?(?=\s*$)"
    r"|took|made|compris(?:es?|ed)|constitut(?:es?|ed)|represent(?:s|ed)?|worth|numbered|felt"
    r"|improved|worsened|deteriorated|strengthened|weakened|widened|eased|edged|slipped|expanded"
    r"|contracted|(?:almost|broadly|largely) (?:flat|stable|steady|unchanged)"
    r"|ex(?:cluding |cl\.? |-)|aged (?:from )?|for those aged"
    r"|running|occupied|accounted|contributed?|contributes|fetched|brought|measuring|remained|came|numbered|narrowed|driven|used|saw|during)\b.*"
)
_CLAUSE = re.compile(
    r",(?![0-9])|[;:。()…\[\]]|\s[-–—]+\s|\b(?:that|indicated|showed|said|while|whilst"
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
_COMPARED = re.compile(
    r"\b(?:compared (?:with|to)|than|over(?! the [a-z]+ [a-z]+ )|" + AGAINST + r")\b[^,;]*$"
)
_LEADS_TO, _WITH = re.compile(r"\bto\s$"), re.compile(r",\swith\s$")
_BRACKET = re.compile(r"\([^()]*\)")
_ALONE = re.compile(r"…|\b(?:while|whereas|respectively,|that of|those of)\b")
_LIST = re.compile(r",?\sand\s|,\s")
_LONGEST, _LONG = 6, 9  # words of a name behind its figure, and before it


def _noun_after(line: str, mark: Mark) -> str:
    """The noun phrase that follows a count: 4,361 violent crime cases were recorded."""
    behind = _REPORTED.sub("", line[mark.end : mark.end + 80].lstrip())
    if _OF_THEM.match(line, mark.end):
        return ""
    if bracket := _IN_BRACKETS.match(line, mark.end):
        behind = line[bracket.end() : bracket.end() + 80].lstrip()
        if not behind.startswith(("was ", "were ", "is ", "are ")) and (noun := _noun(behind)):
            return noun  # 418 (+3.6%) thefts
    is_at = _IS.match(line, bracket.end() if bracket else mark.end)
    if is_at and (noun := _noun(line[is_at.end() : is_at.end() + 80])):
        return noun  # 90 were for fires
    counted = _COUNTED.match(behind)
    amount = _OF_AMOUNT.search(mark.tail)  # a net outflow of 90 persons was recorded
    if amount and _UNIT_NOUN.search(mark.reported) and not _THE_ACT.search(mark.tail):
        return amount[1]
    if mark.measure != "amount" and (done := _DONE.match(line, mark.end)):
        return done[1]  # 90 people were killed
    unit = _UNIT_NOUN.search(mark.reported)
    if unit and not counted and unit[0] in _MANY:
        return unit[0]  # 90 people sought asylum
    return _noun(behind[counted.end() :] if counted else behind, bool(counted)) or (
        unit[0] if unit else ""
    )


def _noun(said: str, counted: bool = False) -> str:
    """The noun phrase with which some words begin; "" where they begin with none."""
    ends = _ENDS.search(said)
    noun = (said[: ends.start()] if ends else said).strip("“”\"' ")
    first, both, _ = noun.partition(" and ")
    if both and not counted and not (ends and ends[0] in _VERBS):
        noun = first
    words = _NOUN_ENDS.sub("", noun).split()
    letter = bool(words) and (len(words[0]) == 1 or words[0] in _MONEY)  # 3.73p
    if (
        not words
        or letter
        or not words[0][:1].isalpha()
        or words[0] in ("and", "or", "of", "to", "the")
    ):
        return ""
    return " ".join(words[:_LONGEST])


_DID = re.compile(  # renewables generated; but the unemployed
    r"(?<=[a-z])(?<!\b[Tt]he)(?<!\bof) (?:[a-z]{2,}ed|spent|sold|built|paid|held|lost|won|cost) $"
)
_DAY = re.compile(rf"\b[0-9]{{1,2}} {MONTH}\b")
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


def _headless(said: str) -> str:
    """Words without those with which a clause begins: there was an increase in the number of."""
    said = _WHEN.sub("", said)
    before = None
    while said != before:
        before, said = said, _SUBJECT_HEAD.sub("", said.strip(" \"“”'‘’-") + " ").strip()
    return said


def _subject(said: str, moved: bool = False) -> str:
    """The noun phrase with which a clause leads up to its figure; "" where none is left.

    The verb of one that has `moved` is in the figure: permits approved (fell by 5%).
    """
    said = _BUT_FOR.sub("", _SAW.sub("", said))
    if said.endswith("("):
        said = _OPENS_LIST.sub("", said)
    clauses = _CLAUSE.split(_DAY.sub("", TIME.sub("", without_bases(said if moved else _DID.sub(" ", said)))))
    if _VERB.fullmatch(clauses[-1]):
        clauses.reverse()  # gas, the largest source, slipped to: the subject comes first
    for clause in reversed(clauses):
        if _ASIDE.match(clause):
            continue  # X, which contribute (80 percent) to the total, grew
        noun = _headless(_SUBJECT_ENDS.sub("", _headless(clause)))
        words = _NOUN_ENDS.sub("", " ".join(noun.split()[:_LONG])).split()
        if words and not _EMPTY.fullmatch(" ".join(words)):
            return " ".join(words)
    return ""


def set_names(passage: Passage) -> None:
    """Set `name` of each mark of an English passage: the noun behind it, or what leads up to it."""
    for mark in passage.marks:
        line = passage.folded[mark.paragraph - 1]
        at = passage.marks[mark.n - 1] if mark.n else None
        near = at if at is not None and at.paragraph == mark.paragraph else None
        start = near.end if near is not None else 0
        said = line[max(start, mark.start - NEAR) : mark.start].rpartition("。")[2]
        if near and near.name and said.startswith(f" {near.name} and "):
            said = said[len(near.name) + 1 :]  # schools took 90 places and colleges 40
        mark.name = _name(line, mark, near, _BRACKET.sub(" ", said)) or _plainly(said)
    _name_places(passage)
    for mark, then in pairwise(passage.marks):
        line = passage.folded[mark.paragraph - 1]
        if mark.paragraph == then.paragraph and _OF_THE.fullmatch(line, mark.end, then.start):
            own = mark.sort == "share" and mark.name and not _AT_OF.search(mark.tail)
            mark.name = mark.name if own else then.name
    _name_lists(passage)


def _plainly(said: str) -> str:
    """Crimes, cases or incidents, where nothing else is named."""
    words = _PLAIN.findall(said)
    return words[-1] if words else ""


def _name_places(passage: Passage) -> None:
    """Name the figures of a list that only their places tell apart: 40 by land and 30 by air."""
    last: Mark | None = None
    for mark in passage.marks:
        line, at = passage.folded[mark.paragraph - 1], mark.previous
        goes_on = last is not None and at is last and _GOES_ON.fullmatch(mark.gap)
        listed = (
            mark.sort == "level"
            and not mark.prior
            and (goes_on or _LISTS.search(mark.tail) or _OF_THEM.match(line, mark.end))
        )
        placed = _PLACED.match(line, mark.end) if listed else None
        if placed and (noun := _noun(line[placed.end() : placed.end() + 80])):
            mark.name, last = noun, mark


def _name(line: str, mark: Mark, near: Mark | None, said: str) -> str:
    """What a figure is of, by the words behind it and those since the figure `near` before it."""
    before = near.name if near is not None else ""
    aside = near is not None and _WHICH.search(near.tail) and _WENT_ON.fullmatch(said)
    if before and (aside or _PLACE_OF_LAST.fullmatch(said)):
        return before
    if (which := _WHICH.search(said)) and (name := _subject(said[: which.start()])):
        return name
    if mark.is_change:
        name = _noun_after(line, mark) if _MORE.search(mark.reported) else ""
        if of := _IN_NOUN.match(line, mark.end) or _OF_NUMBER.match(line, mark.end):
            name = _noun(line[of.end() : of.end() + 80])  # a 3 per cent rise in thefts
        again = not name and near is not None and near.sort == mark.sort
        if again and near is not None and near.sentence == mark.sentence:
            if _MORE.search(near.reported) and _PLACE_TOO.fullmatch(said):
                return before
        compared = _COMPARED.search(without_bases(said))
        moved = mark.reported[0].isalpha()
        return name or ("" if compared else _subject(said, moved)) or before
    if mark.sort == "average" and _EACH.match(line, mark.end):
        if rate := _RATE.search(said):
            return rate[1]
        if _LEADS_TO.search(said) and (name := _subject(said)):
            return name  # incidence fell to 2.7 cases per 100,000 persons
    if mark.sort == "share":
        if mark.prior and before:
            return before
        if those := _OF_THOSE.match(line, mark.end):
            return _NOUN_ENDS.sub("", " ".join(those[1].split()[:_LONGEST]))
        if rate := _RATE.search(said):
            return rate[1]  # a detection rate of 78%
        if mark.reported.endswith(_LETTERS) and (noun := _noun_after(line, mark)):
            return noun  # one in five prisoners
        of_all = _AT_OF.search(said) or _FRAMES.search(said)
        of_all = of_all and not _HOLDS.search(said)
        if _OPENS.search(said) and (is_at := _IS.match(line, mark.end)):
            if noun := _noun(line[is_at.end() : is_at.end() + 80]):
                return noun  # and 4% were false alarms
        of_noun = _OF_NOUN.match(line, mark.end) if of_all else None
        name = _noun(line[of_noun.end() : of_noun.end() + 80]) if of_noun else ""
        name = "" if _EMPTY.fullmatch(name) else name  # fell to 40% of the total
        name = name or ("" if _COMPARED.search(said) else _subject(said))
        told = (before, _noun_after(line, mark))  # , accounting for 59%; 59% of all fires
        return name or next(filter(None, told if said.strip(" ,") else told[::-1]), "")
    if _HOLDS.search(said) and _OF_ALL.match(line, mark.end) and (name := _subject(said)):
        return name  # men accounted for 90 of the victims
    name = _noun_after(line, mark)
    if mark.prior and before and _DONE_ALONE.fullmatch(name):
        return before  # 5% fewer than the 90 received in 2022
    if name in _MANY and _IS_SO_MANY.search(said):
        name = _subject(said) or name  # unemployment was 90 persons
    if not name and not mark.prior and (amount := _OF_AMOUNT.search(said)):
        return amount[1]
    begun = near is not None and "。" in line[near.end : mark.start]  # a sentence of its own
    begun = begun and bool(_subject(said))
    if before and not name and not begun and (mark.prior or _ELSEWHERE.fullmatch(said)):
        return before
    leads = near is not None and (near.is_change or near.prior) and _LEADS_TO.search(said)
    again = (
        near is not None
        and not begun
        and _FROM_TO.fullmatch(said)
        and _GENERIC.search(name or mark.reported)
    )
    if again and near is not None and not _GENERIC.fullmatch(before or "cases"):
        return before  # scams rose by 5%, from 90 cases to 95
    if leads or (name and _EMPTY.fullmatch(name) and _WITH.search(said)):
        name = _subject(said) or (before if leads else "") or name
    own = _CASES.search(mark.reported)
    if not (name or own) and _OPENS.search(said) and (did := _PREDICATE.match(line, mark.end)):
        what = _STOPS.split(line[did.end() : did.end() + 80])[0] if did["be"] else ""
        name = " ".join(what.split()[:_LONGEST]) or (mark.previous.name if mark.previous else "")
    name = name or ("" if _COMPARED.search(said) else _subject(said))
    if own and not mark.prior and (not name or _ACT.search(name) or _DID.search(said)):
        name = "cases"  # the force received 90 cases
    return name or before


def _name_lists(passage: Passage) -> None:
    """Name the figures of a list after the list of nouns before it: A, B and C were 1, 2 and 3."""
    row: list[Mark] = []
    for mark in [*passage.marks, None]:
        goes_on = row and mark is not None and mark.paragraph == row[-1].paragraph
        if goes_on and mark is not None:
            line = passage.folded[mark.paragraph - 1]
            alike = mark.is_change == row[-1].is_change  # not costs of 90, 5 under budget
            goes_on = alike and bool(_LIST.fullmatch(line, row[-1].end, mark.start))
        if goes_on and mark is not None:
            row.append(mark)
            continue
        said = _ALONE.split(row[0].tail[-NEAR:])[-1] if len(row) > 1 else ""
        said = _BY.sub(" ", _SAW.sub("", said))
        if (
            len(row) > 1
            and row[0].sort == "level"
            and (noun := _noun_after(_line(passage, row), row[-1]))
        ):
            for each in row:
                each.name = noun  # 12, 5 and 3 fires
        elif (clause := _SUBJECT_ENDS.sub("", said)) != said or (said and row[0].is_change):
            nouns = [_subject(noun) for noun in _LIST.split(clause)]
            if len(nouns) == len(row) and all(nouns):
                for each, noun in zip(row, nouns, strict=True):
                    each.name = noun
        row = [mark] if mark is not None else []


def _line(passage: Passage, row: list[Mark]) -> str:
    return passage.folded[row[0].paragraph - 1]
