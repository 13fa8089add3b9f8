"""Parts that are told by rank: the largest and those next to it, the largest single one.

And by what they take of the total: 网购占90件.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .adding import claim_of
from .clauses import CLAUSE_ENDS, LISTS, Passage
from .distributed import list_from
from .marks import Claim, Mark
from .noun_phrases import phrase_of
from .periods import same_time
from .totals import context, levels_back, sentence_begins
from .words import AMONG, BREAKDOWN, WITHIN

_FAR = 100  # figures between a rank and the total of its name
_NOUN = 2  # characters of the noun before a rank by which a total is known
_AWAY = 8  # and sentences, where several parts are told one after the other
_BY = re.compile("(?P<of>[^,;。]*?)(?<![可所予])以(?![上下内外来及])[^,;。]{1,20}$")
_BY_MOST = re.compile(
    "(?<![可所予])以(?![上下内外来及])[^,;。0-9]{1,12}(?:最多|居多|居首|为主),?(?:共?有|达|为|共)?$"
)
_MOST = re.compile(
    "[^,;。0-9]{0,6}?(?:(?:为|居)?最[多高大](?!的|[^,;。0-9]{1,6}的)|(?<!最)[居多首](?!先|第[二三四五六七八九十2-9])|"
    "[位排]?[居列在排名占]*(?:首位?|榜首|冠|第一位?(?=[,;、]|$)))"
)
_PLACED = "[位居名列排占]"
_LEADING = (
    "(?:最[多大]|最?为?(?:突出|普遍|常见)|最为集中"
    f"|{_PLACED}*(?:首位?|第一位?|榜首|冠)|重灾区|大宗|主力|首选仍?[是为][^,;。0-9]{{1,8}})"
)
LEADS = re.compile(  # 盗窃数量最多,共90件; 网购投诉居首,达90宗; of times only the largest is told
    f"(?:^|[,;])(?:[^,;。0-9日月年周季时]{{2,}}?{_LEADING}|最多[^,;。0-9]{{0,8}}(?:来自|涉及?|发生[在于]|属于?|[为是])[^,;。0-9]{{2,12}}|首选仍?[是为][^,;。0-9]{{1,8}})"
    ",(?:一?共计?|合计|总计|计|占了?|就?有|录得|达到?|为)*$"
)
_LEADS_ON = re.compile(f"{_LEADING}[^,;。0-9]{{0,4}},[^,;。0-9]{{0,4}}$|最高,[^,;。0-9]{{0,4}}$")
WITHIN_IT = re.compile(",?(?:又|其中又?|当中又?)以")  # 甲区有90宗,又以夜间的60宗居多
_FIRST = re.compile("(?:分别?)?[位排名]?[名]?[居列在]?(?:前[二三四五六]|名列前茅)|[居位列]前")
_NO_END = re.compile("[^,;。]{0,40}")
_NET = re.compile("[顺逆]差|差额|净")  # no total
_N = "[二三四五六2-6]"
NEXT = re.compile(
    f"其次|次之|居次|次[多高大]|(?:其|随)后(?!的?[上下本当次]?[周日月年星季几数两三四五0-9])|再次(?=[是为,之])|[紧尾]随|第{_N}(?:[位名]|(?=[,;、]|$))|分[居列][^,;。]|{_PLACED}{_N}(?:、{_N})*位?"
)
_NEAR = 40  # characters in which a list of the first few is named
_FIRST_FEW = re.compile(
    "[首前头][二三四五六七八九十两0-9]{1,2}(?:[大个]?[位名类项种]|大|个(?!月)|(?=的))[^,;。0-9()]{0,10}?"
    "(?:分别|依次)?[是为有:][^,;。0-9()]{0,16}[(]?$"
)
_MOST_ALLOWED = re.compile("补[助贴偿]|奖|可|限|额度")  # 单个项目最高补助50万元
_TAKES = re.compile("(?<=..)占(?:了|去|有)?(?P<of>其中|当中)?(?:的|有|了|约)?$")
_EACH_TAKES = re.compile("(?:各|分别|依次)占")  # 甲、乙各占9人、8人
_SINGLE = re.compile(  # 单宗最高损失达, 金额最大的一笔为
    "单[一宗笔个起件][^,;。]{0,4}最[大高多]|最[大高多]的?(?:[一1][宗笔个起件]|单[宗笔个])"
)


def ranked(passage: Passage, of: dict[int, Mark]) -> Iterator[Claim]:
    """事故90起,以追尾40起最多,侧翻20起次之: the largest parts of the value before them.

    `of`: what parts that have a share are shares of: such are told by it, unless a list ranks them.
    """
    done: set[int] = set()
    for mark in passage.marks:
        if mark.sort != "level" or mark.n in done or mark.prior:
            continue
        whole = mark.previous if _BY_MOST.search(mark.before) else None
        if whole is not None and whole.sort == "level" and whole.counts == mark.counts:
            if whole.sentence == mark.sentence and mark.low <= whole.high and not whole.prior:
                yield claim_of(whole, [mark], "最多")  # 工厂90人,以甲籍最多有70人
            continue
        most = _MOST.match(_behind(mark))
        by = most and _BY.search(mark.before)
        alone = by or _leads(mark)
        told = (
            alone
            or most
            or LEADS.search(mark.said)
            or _are_first(mark)
            or _LEADS_ON.search(mark.said)
        )
        if not told or AMONG.search(mark.tail):
            continue
        parts, then = _in_order(mark)
        if then is not None and then.sort == "share" and "合" in then.gap:
            continue  # 三者合占81%: told by their share
        several = len(parts) > 1
        if not several and (not alone or mark.n in of):
            continue
        total = _total(mark, phrase_of(by["of"]) if by else "", parts, passage, of, done)
        if total is None or total in parts or mark.low > total.high:
            continue
        if same_time(mark, total):
            done |= {part.n for part in parts}
            yield claim_of(total, parts, "最多")


def _in_order(first: Mark) -> tuple[list[Mark], Mark | None]:
    """The values that are told as the next ones behind the largest, and the figure behind them."""
    parts, then = [first], first.following
    within, listed = WITHIN_IT.match(first.gap), "分别" in first.before or _are_first(first)
    while not within and then is not None and then.sentence == first.sentence:
        if then.sort == "level" and WITHIN_IT.match(then.gap):
            pass
        elif then.sort == "level":
            if then.counts != first.counts or not _is_next(then, listed or len(parts) > 1):
                break
            parts.append(then)
        elif then.sort == "share" and "合" in then.gap:
            break
        then = then.following
    return parts, then


def _are_first(first: Mark) -> bool:
    """Whether a list ends by telling that its values are the first few: 甲9件、乙8件位居前二."""
    last = first
    if first.gap[:1] in LISTS:
        return False
    while last.following is not None and last.following.gap[:1] in LISTS:
        last = last.following
    return last is not first and bool(_FIRST.match(_behind(last)))


def _is_next(then: Mark, goes_on: bool) -> bool:
    """Whether a value is told to be the next one, alone or with those it is listed with."""
    said = then.gap.lstrip("最多高大,")
    if NEXT.search(said) or NEXT.search(_behind(then)) or (goes_on and _list_goes_on(then)):
        return True
    after = then.following
    listed = after is not None and after.sort == "level" and after.gap[:1] in (*LISTS, ",")
    return after is not None and listed and bool(NEXT.search(_behind(after)))


def _behind(mark: Mark) -> str:
    """What its clause says behind a value and the shares and changes that stand there with it."""
    said, at = mark.after, mark.following
    while at is not None and at.sort != "level" and _NO_END.fullmatch(said):
        said, at = said + at.after, at.following
    return CLAUSE_ENDS.split(said.lstrip(","), maxsplit=1)[0]


def _total(
    first: Mark,
    noun: str,
    parts: list[Mark],
    passage: Passage,
    of: dict[int, Mark],
    done: set[int],
) -> Mark | None:
    """What the largest parts are of: what a share of one is of; the value of the noun before them,
    死亡人数以行人40人最多; or the last one in their unit, which has room for all."""
    shares = [of[part.n] for part in parts if part.n in of]
    if shares and len(parts) > 1:
        return shares[0]
    near = passage.marks[max(0, first.n - _FAR) : first.n][::-1]
    near = [v for v in near if v.sort == "level" and v.counts == first.counts]
    near = [v for v in near if not _NET.search(v.name)]
    if noun and (named := next((v for v in near if v.name == noun), None)):
        return None if named.prior else named
    away = _AWAY if len(parts) > 1 else 1
    near = [v for v in near if first.sentence - v.sentence <= away]
    if len(noun) > _NOUN and len(parts) > 1:  # 来台客源, of 来台旅客
        near.sort(key=lambda v: noun[:_NOUN] not in context(v))
    for value in near:
        if len(parts) == 1 and value.bracket:
            return None
        if WITHIN_IT.match(first.gap) and value.sentence == first.sentence:
            return value
        if value.n in done or value.prior or BREAKDOWN.search(sentence_begins(value)):
            continue
        if value.paragraph == first.paragraph and value.listed:
            return None
        if len(parts) == 1:
            return value if value.paragraph == first.paragraph else None
        if sum(part.low for part in parts) <= value.high and same_time(first, value):
            return value
    return None


def first_few(mark: Mark, passage: Passage) -> Mark | None:
    """The figure before which the total of the first few stands, where a list of them begins:
    首三位死因分别是甲(90人)、乙(80人)及丙(70人)."""
    if mark.after[:1] not in LISTS or mark.gap[:1] in LISTS:
        return None
    line = passage.folded[mark.paragraph - 1]
    hit = _FIRST_FEW.search(line[max(0, mark.start - _NEAR) : mark.start])
    many = mark.previous  # 三位
    if many is not None and hit is not None and mark.start - many.end < len(hit[0]):
        return many
    return mark if hit is not None else None


def _leads(mark: Mark) -> bool:
    """Whether a value is told as the largest, by what comes next: 甲有90宗,其次是乙70宗."""
    then = mark.following
    if then is None or mark.sort != "level" or then.sort != "level" or NEXT.search(mark.gap):
        return False
    if NEXT.search(then.gap.partition(",")[0]):
        return False  # 甲有90宗居第四,以夜间的60宗…
    comes_next = NEXT.search(then.gap)
    return comes_next is not None and comes_next.start() > 0 and ";" not in then.gap


def _list_goes_on(then: Mark) -> bool:
    """Whether a list goes on with a value, maybe of two more: 其次是乙70宗,丙60宗和丁50宗."""
    after = then.following
    return then.gap[:1] in LISTS or (
        then.gap[:1] == "," and after is not None and after.gap[:1] in LISTS
    )


def singled(passage: Passage) -> Iterator[Claim]:
    """损失共90万元,单宗最大损失8万元: the largest one of which the value before it is made."""
    for mark in passage.marks:
        if mark.sort != "level" or mark.listed or not _SINGLE.search(mark.before):
            continue
        if _MOST_ALLOWED.search(mark.before):
            continue
        values = (v for v in levels_back(mark) if mark.sentence - v.sentence <= 1)
        total = next((v for v in values if v.counts == mark.counts), None)
        if total is not None and mark.low <= total.high and same_time(mark, total):
            yield Claim("part", [("total", total), ("part", mark)], "最大")


def taking(passage: Passage) -> Iterator[Claim]:
    """投诉90件,网购占40件,旅游占20件: parts of the value before them in their sentence."""
    groups: dict[tuple[int, str], list[Mark]] = {}
    for mark in passage.marks:
        if mark.sort == "level" and not mark.listed and _TAKES.search(mark.before):
            listed = list_from(mark) if _EACH_TAKES.search(mark.before) else (mark,)
            groups.setdefault((mark.sentence, mark.counts), []).extend(listed)
    for parts in groups.values():
        said = parts[0].tail
        before = _TAKES.search(parts[0].before)
        away = 1 if (before and before["of"]) or WITHIN.search(said) else 0
        values = (v for v in levels_back(parts[0]) if parts[0].sentence - v.sentence <= away)
        total = next((v for v in values if v.counts == parts[0].counts), None)
        if total is None or sum(part.low for part in parts) > total.high:
            continue
        if same_time(parts[0], total):
            yield claim_of(total, parts, "占")
