"""Names told apart, once all claims are known: by whose they are, a heading, or what was weighed.

No claim is tied by what stands here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from .clauses import Passage
from .marks import Mark
from .names import HAN, NOT_AFTER, noun_at
from .noun_phrases import LONGEST, VERBS
from .words import NUMBER_OF_ITEM, OF_BASE, TIME

_WHOSE = re.compile(
    r"(?:.*等)?(?P<whose>[^,;。、的了]{2,8}?)[共也亦均都已]?(?:累计|合计|总计)?(?:发生|接报|录得|报告|完成|实现|接待|发送|运送|吸引|销售|培训|救治)(?P<noun>.{2,})"
)
_ACT = re.compile(r"新?收|受理|[审办执清]结|结案|破(?!产)案?|侦破|批准逮捕|(?:提起|决定|不)?起诉")
_HEADING = re.compile(
    rf"\s*(?:{NUMBER_OF_ITEM.pattern.lstrip('^')})(?P<of>(?![一二再]审)[^,;。:、的0-9]{{2,6}}?)(?:审判|检察|案件|工作|方面|办理|受理|情况)+[。:]?(?:$|(?<=[。:]))"
)
_OCCURS = re.compile("[发接录报完实送引售训救]")  # one of them stands in it
_AGENT = re.compile(  # who counts, not whose it is
    r"(?:机关|法院|检察院|部门|系统|机构|组织|中心|警[方察]|公安|消防|派出所|[局队厅]|[我本该].|全.)$"
)
_TAKEN = re.compile(
    rf"(?:.*[^\u4e00-\u9fff]|共|并|及)?(?:{VERBS}|[检起搜缉]获|铺设|种植|清运|销毁)了?共?"
)
_DONE = re.compile(  # done to what a value before counts: 接报盗窃案9宗,(侦破)8宗; 甲区(接待)
    r"(?P<who>.{1,6}?[区县市州省院关局队]共?)?(?:先后|按期|一次性)?(?P<act>接报|受理|立案|侦破|破获|抓获|查[处获]|[办审执]结|化解|处置|处理|批捕|起诉|移送|判处|接待|救治|收治|(?<!年)调解)(?:成功|完毕)?"
)
_ENDS_IN_ACT = re.compile(rf"^(?:受理|接报)(?=..)|(?<=..)(?:{_ACT.pattern}|立案|接报|破获)$")
_MONEY = re.compile("[元币]|美金|英镑")


def tell_apart(passage: Passage) -> None:
    """Name values of one name, and what follows of them, by whose they are or of what.

    甲地发生火灾7起。乙地发生火灾5起. 受理刑事案件9件,审结8件;受理民事案件7件,审结5件.
    """
    again = Counter(mark.name for mark in passage.marks if mark.is_level)
    heads = {n: head["of"] for n, head in _headed(passage)}
    for mark in passage.marks:
        if not mark.is_level or mark.prior:
            continue
        name = _weighed(passage, mark) or mark.name
        done = _DONE.fullmatch(name)
        if name == mark.name and again[name] < 2 and done is None:
            continue
        whose = whose_in(mark.before)
        before = mark.previous
        while before is not None and (before.is_change or before.prior):
            before = before.previous
        if done is not None and before is not None and (of := _object(done, mark, before)):
            name = of if of.endswith(name) else name + of if done["who"] else of + name
        elif whose is not None and whose["noun"] == name:
            said = whose[0][whose.start("whose") :].removeprefix("其中")
            name = said if len(said) <= LONGEST else whose["whose"] + name
        elif _ACT.fullmatch(name):
            near = before is not None and before.sentence == mark.sentence
            of = _ACT.sub("", before.name, count=1) if before is not None and near else ""
            of = of if of.endswith("案件") and len(of) > 2 else heads.get(mark.paragraph, "")
            name = of + name
        if name == mark.name or len(name) > LONGEST:
            continue
        at = mark.following
        while at is not None and (not at.is_level or at.sentence == mark.sentence):
            if at.name == mark.name and at.is_level and not at.prior:
                break
            beside = at.previous is mark or (at.previous is not None and at.previous.name == name)
            at.name = name if at.name == mark.name and (beside or not at.left) else at.name
            at = at.following
        mark.name = name


def _object(done: re.Match[str], mark: Mark, before: Mark) -> str:
    """What a value before counts, where this one says what was done to so many of it."""
    again = before.sentence == mark.sentence or done["act"] in before.before
    if before.counts != mark.counts or before.paragraph != mark.paragraph or not again:
        return ""
    if _DONE.fullmatch(before.name) or _ACT.fullmatch(before.name):
        return ""
    if before.name.endswith(done[0]) and not done["who"]:
        return before.name
    of = _ENDS_IN_ACT.sub("", before.name.rpartition(done["act"])[2])
    return of if len(of) > 1 else ""


def _weighed(passage: Passage, mark: Mark) -> str:
    """The noun behind what is weighed, where only a verb leads up to it: 查获9吨(冻品)."""
    line = passage.folded[mark.paragraph - 1]
    if mark.measure != "amount" or mark.sort != "level" or not HAN.match(line, mark.end):
        return ""
    if _MONEY.search(mark.unit) or not _TAKEN.fullmatch(mark.before.strip()):
        return ""
    return "" if NOT_AFTER.match(line, mark.end) else noun_at(line, mark.end)


def _headed(passage: Passage) -> Iterator[tuple[int, re.Match[str]]]:
    """The paragraphs with a heading, on their line or above them: 一、刑事审判。受理90件."""
    for n, line in enumerate(passage.folded, 1):
        if head := _HEADING.match(line):
            yield n if line[head.end() :].strip() else n + 1, head


def whose_in(clause: str) -> re.Match[str] | None:
    """The `whose` and the `noun` of 甲地发生火灾; None where it says neither, or who counts."""
    if not _OCCURS.search(clause):
        return None
    hit = _WHOSE.fullmatch(TIME.sub("", OF_BASE.sub("", clause)).strip(" ,"))
    return None if hit is None or _AGENT.search(hit["whose"]) else hit
