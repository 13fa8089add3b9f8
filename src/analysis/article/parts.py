"""Sums and parts: 其中, X中, 按…分, lists that other words close, shares that make a hundred.

A finder that looks for what adds up hides what does not. So words come first: they open a list,
name its total and may say that it is complete. Arithmetic finds the lists that no word opens.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from itertools import pairwise

from .adding import adds_up, claim_of, complement, is_precise, makes, one_slip
from .breakdowns import balances, below, breakdowns, by_time, classes, columns, hundreds, in_turn
from .clauses import Claim, Mark, Passage, apart
from .names import stem
from .periods import phrase_in, same_time
from .totals import named, same_thing
from .words import AMONG, CLOSES, NOT_WITHIN, TIME, WITHIN, residue

_ENDS = re.compile(
    r"此外|另外|另有|另查|[顺逆]差|差额|同时|与此同时|全[国省市年][^,]{0,4}共|共计|合计|总计"
)
_OF_THE_CHANGE = re.compile(  # 下跌的罪案包括: of those that fell
    r"(?:上升|上涨|下跌|下降|减少|增加|增长)的[^,;。]{0,8}包括"
)
_TOGETHER = re.compile(r"(?:合计|共计|总计|总共|一共|累计共?|共)[^,;。]{0,8}$")
_CAUSE = re.compile(r"[,;](?:因|由于|(?:造成|导致)(?!$)|并|还|而|至于)")
_ROW_END = re.compile(r"(?:小计|合计|总计)$")
_OF_BEFORE = re.compile(rf"[^,;。]{{0,10}}?(?<![其当集])中(?!{NOT_WITHIN})(?:[,、]|(?=[^,;。]))")
_AHEAD = 24  # how many values after a total a list may have
_FAR = 100  # how many figures away a total is looked for


def part_claims(passage: Passage, ratios: list[Claim]) -> list[Claim]:
    """The sums and parts of a passage."""
    made: dict[tuple[int, frozenset[int]], Claim] = {}
    inside: set[int] = set()  # figures that are a part already
    summed: set[int] = set()  # and those that are a total
    for claim in _all(passage, ratios, inside, summed):
        total, parts = claim.of("total")[0], claim.of("part")
        inside.update(part.n for part in parts)
        summed.update({total.n} if claim.kind == "sum" else ())
        made.setdefault((total.n, frozenset(part.n for part in parts)), claim)
    totals: dict[frozenset[int], int] = {}  # of parts that more than one total might have
    for (whole, members), claim in made.items():
        fits = adds_up(claim.of("total")[0], claim.of("part"))
        before = made.get((totals.get(members, -1), members))
        wrong = before is None or not adds_up(before.of("total")[0], before.of("part"))
        if claim.kind == "sum" and (before is None or (fits and wrong)):
            totals[members] = whole
    sums: dict[int, list[frozenset[int]]] = {}
    for members, whole in totals.items():
        sums.setdefault(whole, []).append(members)
    return [
        claim
        for (whole, members), claim in made.items()
        if (claim.kind == "sum" and totals[members] == whole)
        or (
            claim.kind == "part"
            and members not in totals
            and not any(members < each for each in sums.get(whole, ()))
        )
    ]


def _all(
    passage: Passage, ratios: list[Claim], inside: set[int], summed: set[int]
) -> Iterator[Claim]:
    yield from hundreds(ratios)
    carried: tuple[str, int] = "", 0  # the X of 在X中 of the sentence before, and its paragraph
    for sentence in _lines(passage):
        carried = yield from _opened(sentence, passage, carried)
    yield from below(passage)
    yield from breakdowns(passage, inside)
    yield from classes(passage, inside)
    yield from balances(passage)
    yield from _unopened(passage, inside)
    yield from by_time(passage)
    yield from in_turn(passage, inside | summed)


def _lines(passage: Passage) -> Iterator[list[Mark]]:
    """The figures of each sentence, and of each bracket in it."""
    row: list[Mark] = []
    brackets: dict[int, list[Mark]] = {}
    for mark in passage.marks:
        if mark.bracket:
            brackets.setdefault(mark.bracket, []).append(mark)
            continue
        if row and (row[-1].sentence, row[-1].paragraph) != (mark.sentence, mark.paragraph):
            yield row
            yield from brackets.values()
            row, brackets = [], {}
        row.append(mark)
    if row:
        yield row
    yield from brackets.values()


# --- Lists that a word opens ----------------------------------------------------------------------


def _opened(
    line: list[Mark], passage: Passage, carried: tuple[str, int]
) -> Generator[Claim, None, tuple[str, int]]:
    """The lists that open in a sentence; returns the X of an X中 with which it begins."""
    opened: list[tuple[int, str, Mark | None]] = []
    first, begins = line[0], ""
    opening = first.tail
    carries = carried[0] and carried[1] == first.paragraph and TIME.match(opening.strip(" ,"))
    if carries and not AMONG.search(opening) and not WITHIN.search(opening):
        total = named(carried[0], first, first, passage)
        if total is not None and any(carried[0] in mark.name for mark in line):
            begins = carried[0]
            opened.append((0, f"{begins}中", total))
    for k, mark in enumerate(line):
        said = mark.tail
        before = mark.previous
        among = AMONG.search(said)
        if among and not _OF_THE_CHANGE.search(said):
            opened.append((k, among[0].strip(" (") if among[0].isascii() else "其中", None))
        elif (
            before is not None
            and before.is_level
            and mark.sentence == before.sentence
            and (_OF_BEFORE.match(said))
        ):
            opened.append((k, "中", before))
        elif hit := WITHIN.search(said):
            total = named(hit[1], mark, mark, passage)
            if total is not None and total is not mark:
                opened.append((k, f"{hit[1]}中", total))
                begins = hit[1] if k == 0 else begins
    for j, (k, words, total) in enumerate(opened):
        to = opened[j + 1][0] if j + 1 < len(opened) else len(line)
        after = line[to - 1].following  # …;贷款90亿元。其中
        another = to < len(line) or (after is not None and bool(AMONG.search(after.gap)))
        above = passage.marks[line[0].n - 1] if line[0].n else None
        yield from _listed(line[k:to], words, total, another, above)
    return begins, first.paragraph


def _listed(
    marks: list[Mark], words: str, total: Mark | None, another: bool, above: Mark | None
) -> Iterator[Claim]:
    """A list after 其中 or X中: its parts in each unit, of the total in force in that unit."""
    groups: dict[str, list[Mark]] = {}
    for k, mark in enumerate(marks):
        if k and (_ENDS.search(mark.gap) or _starts_over(marks[0], mark)):
            break
        if ";" in mark.gap and "主要" in marks[0].said:
            break  # 主要来自甲省(9人);乘船的旅客30人
        if mark.sort == "level" and not mark.prior:
            groups.setdefault(mark.counts, []).append(mark)
    for parts in groups.values() if total is None else ():
        for one, column in columns(marks[0], parts):
            yield claim_of(one, column, words)
            parts[:] = [part for part in parts if part not in column]
    for counts, parts in groups.items():
        if not parts:
            continue
        if total is None:
            wholes = [_before(marks[0], part, above) for part in parts]
            if len({whole.n for whole in wholes if whole}) > 1 and _side_by_side(wholes, parts):
                for whole, part in zip(wholes, parts, strict=True):
                    if whole is not None:
                        yield claim_of(whole, [part], words)
                continue
            whole = wholes[0]
        elif total.counts == counts:
            whole = total
        else:
            whole = _beside(total, parts[0])
        if whole is None or whole in parts:
            continue
        if ";" in marks[0].gap and whole.high < parts[0].low:
            continue  # …,乙8件;其中9件: of something before
        again = next((k for k, part in enumerate(parts) if k and _says_again(whole, part)), None)
        parts = parts[:again]
        parts = [part for part in parts if same_time(part, whole)]  # no 其中8月份
        if not parts:
            continue
        if another and len(parts) > 1 and _starts_anew(parts, whole):
            parts = parts[:-1]
        parts = _within(parts, whole)
        if is_precise(whole):
            ends = (k for k, *sums in _sums(parts) if k > 1 and makes(whole, *sums))
            end = next(ends, None)  # what adds up already ends there
            parts = parts if end and parts[-1].gap[:1] == "、" else parts[:end]
        opens = marks[0].previous is None and marks[0].bracket == 0  # its paragraph
        if opens and sum(part.low for part in parts) > whole.high and not one_slip(whole, parts):
            for part in parts:  # 死亡200人。\n其中老人120人、行人90人: they overlap
                yield claim_of(whole, [part], words)
            continue
        claim = claim_of(whole, parts, words)
        behind = [part for one, part in pairwise(parts) if apart(one, part)]
        if behind and claim.kind == "part":  # only the meaning tells
            claim.words += f"; or {behind[0].reported} stands beside it, behind the semicolon"
        yield claim


def _sums(parts: list[Mark]) -> Iterator[tuple[int, float, float]]:
    """How many parts, and what the first so many come to at least and at most."""
    low = high = 0.0
    for k, part in enumerate(parts, 1):
        low, high = low + part.low, high + part.high
        yield k, low, high


def _side_by_side(wholes: list[Mark | None], parts: list[Mark]) -> bool:
    """Whether each part names a total of its own: 收案90件,结案80件,其中本院收案9件,结案8件."""
    return all(
        whole is not None and (same_thing(part, whole) or _same_head(part, whole))
        for whole, part in zip(wholes, parts, strict=True)
    )


def _says_again(total: Mark, part: Mark) -> bool:
    """Whether a clause behind a semicolon goes on about the total itself, by its name."""
    _, apart, said = part.gap.rpartition(";")
    return bool(apart) and any(
        total.name.endswith(said[:k])
        for k in range(len(said), 1, -1)
        if k > 2 or said[:k] == total.name
    )


def _starts_over(first: Mark, mark: Mark) -> bool:
    """Whether another clause than those of a list begins: 其中醉驾17起,因酒驾导致事故15起."""
    return bool(_CAUSE.search(mark.gap)) and not _CAUSE.search("," + AMONG.sub("", first.said))


def _within(parts: list[Mark], total: Mark) -> list[Mark]:
    """A list up to the semicolon after which something else is counted, more than there is left.

    收案90件,其中盗窃50件;办结80件.
    """
    for k, part in enumerate(parts[1:], 1):  # 共90宗,其中50宗涉及盗窃;赌博共20宗
        _, semicolon, said = part.gap.rpartition(";")
        if semicolon and not parts[0].left and residue(said):
            return parts[:k]
    if one_slip(total, parts):
        return parts
    held = parts[0].low
    behind = [k for k in range(1, len(parts)) if apart(parts[k - 1], parts[k])]
    rest = parts[behind[0] :] if behind else []
    if any(part.low > total.high and _same_head(rest[0], part) for part in rest):
        return parts[: behind[0]]  # 甲事故50起,其中夜间20起;乙事故10起;丙事故90起
    for k, part in enumerate(parts[1:], 1):
        held += part.low
        other = stem(part.name)[-2:] != stem(parts[0].name)[-2:] or _led(part) != _led(parts[0])
        if apart(parts[k - 1], part) and (part.low > total.high or (other and held > total.high)):
            return parts[:k]
    return parts


def _led(part: Mark) -> bool:
    """Whether a change leads up to a value: 省内住客增加2%至850人."""
    return part.previous is not None and part.previous.is_change and part.gap[:1] in "至到达为"


def _starts_anew(parts: list[Mark], total: Mark) -> bool:
    """Whether the last value before another 其中 is no part, but a total like the first one."""
    last = parts[-1]
    if ";" not in last.gap:
        return False
    if phrase_in(last.gap) or sum(part.low for part in parts) > total.high:
        return True
    name, of_total, of_part = set(last.name), set(total.name), set(parts[0].name)
    return len(name & of_total) * len(of_part) > len(name & of_part) * len(of_total)


def _before(mark: Mark, part: Mark, above: Mark | None) -> Mark | None:
    """The total in force before a list: a value of that name in its unit, or the last one.

    `above` is the last figure of the paragraph above.
    """
    last: Mark | None = None
    near: Mark | None = None  # 农业产值, of 总产值 and not of 增加值
    at = mark.previous or mark.holder
    if at is None and mark.bracket == 0 and above is not None and AMONG.match(mark.gap):
        at = above  # 其中 opens its paragraph
    home = at.paragraph if at is not None else 0
    here = False  # whether the sentence of the list has values before it
    while at is not None and at.paragraph == home and mark.sentence - at.sentence <= 3:
        if mark.n - at.n > _FAR:
            break
        here = here or (at.sentence == mark.sentence and at.sort == "level")
        if here and at.sentence != mark.sentence:
            break
        beside = at.previous is not None and at.previous.sort == "level" and not at.left
        if at.sort == "average" and last is None and at.counts == part.counts and not beside:
            break  # 每十万人有787宗,其中129宗; but 90宗,日均3宗,其中40宗
        if at.sort == "level" and not at.prior and at.counts == part.counts:
            if last is not None and at.sentence != last.sentence:
                break
            if mark.sentence - at.sentence > 1 and at.high < part.low:
                break  # what is counted there is another thing
            if same_thing(part, at) or _same_head(part, at):
                return at
            last = last or at
            near = near or (at if stem(part.name)[-2:] == stem(at.name)[-2:] else None)
        at = at.previous or at.holder
    return near or last


def _same_head(part: Mark, total: Mark) -> bool:
    """Whether a total's name ends as the part's does: 得到赔偿的投诉, of 消费者投诉."""
    head, of = stem(part.name), stem(total.name)
    return head[-3:] == of[-3:] or (len(head) == 2 and of.endswith(head))


def _beside(total: Mark, part: Mark) -> Mark | None:
    """The value in another unit that stands beside a total: 17起,死亡298人."""
    at = total.following
    while at is not None and at.sentence == total.sentence and not at.is_change:
        if at.n - total.n > _FAR:
            break
        if at.sort == "level" and at.counts == part.counts:
            return at
        at = at.following
    return None


# --- Lists that no word opens ---------------------------------------------------------------------


def _unopened(passage: Passage, inside: set[int]) -> Iterator[Claim]:
    """A total and the values after it that make it, list by list; or parts and 合计 after them."""
    levels: dict[tuple[int, str], list[Mark]] = {}
    for mark in passage.marks:
        if mark.sort == "level" and not mark.prior:
            levels.setdefault((mark.paragraph, mark.counts), []).append(mark)
    rows = [*levels.values()]
    lines = [[mark for mark in row if not mark.bracket] for row in rows]
    rows += [line for line, row in zip(lines, rows, strict=True) if len(line) < len(row)]
    for row in rows:
        for k, total in enumerate(row):
            for parts in _lists_of(total, row[k + 1 : k + 1 + _AHEAD]):
                if total.n in inside and all(part.n in inside for part in parts):
                    continue  # what words have told as parts are no total of one another
                roles = [("total", total), *(("part", part) for part in parts)]
                yield Claim("sum", roles, "adds up")
            if (
                not total.unit
                and _ROW_END.search(total.before)
                and (cells := _row_before(total, row, k))
            ):
                yield claim_of(total, cells, total.name, complete=True)
            elif _TOGETHER.search(total.before) and k > 1 and is_precise(total):
                for j in range(k - 2, max(-1, k - _AHEAD), -1):
                    if adds_up(total, row[j:k]) and row[j].sentence == total.sentence:
                        roles = [("total", total), *(("part", part) for part in row[j:k])]
                        yield Claim("sum", roles, total.before.strip(" ,")[:12])
                        break


def _row_before(total: Mark, row: list[Mark], k: int) -> list[Mark]:
    """The values of one time right before a 小计, the `k`th of its row, as in a table's."""
    cells: list[Mark] = []
    for n in range(k - 1, -1, -1):
        value = row[n]
        if value.when != total.when or not total.when or _ROW_END.search(value.before):
            break
        cells.append(value)
    return cells[::-1]


def _lists_of(total: Mark, ahead: list[Mark]) -> Iterator[list[Mark]]:
    """The lists after a total that make it, each from its own beginning: the next value after
    the total or after another list, or the first of a sentence."""
    at = 0
    while at < len(ahead):
        if at and not is_precise(total, 4):
            return
        parts = _making(total, ahead[at:])
        if parts:
            yield parts
            at += len(parts)
            continue
        sentence = ahead[at].sentence
        while at < len(ahead) and ahead[at].sentence == sentence:
            at += 1


def _making(total: Mark, ahead: list[Mark]) -> list[Mark]:
    """The values right after a total that make it, or complement each other but for a slip."""
    for k in range(2, len(ahead) + 1):
        parts = ahead[:k]
        if parts[-1].low > total.high or not same_time(parts[-1], total):
            break
        if parts[-1].sentence != parts[0].sentence and not _goes_on(total, parts):
            break  # a list in a sentence ends with it, but A类…。B类…
        wide = sum(p.high - p.low for p in parts)
        if not wide <= 0.01 * total.value:
            break
        whole_sentence = k > 3 and (k == len(ahead) or ahead[k].sentence != parts[0].sentence)
        goes_on = k < len(ahead) and ahead[k].gap[:1] == "、"
        ends = (is_precise(total) or whole_sentence) and not goes_on
        if ends and adds_up(total, parts) and not _one_list(parts):
            return parts
        if parts[-1].sentence != total.sentence:
            continue
        if (CLOSES.match(parts[-1].before) if k > 2 else complement(*parts)) and one_slip(
            total, parts
        ):
            return parts
    return []


def _goes_on(total: Mark, parts: list[Mark]) -> bool:
    """Whether a list may go on in another sentence: A类…。B类…, also after 其中 of its total."""
    away = parts[0].sentence - total.sentence
    return away <= 1 and _same_head(parts[-1], parts[0]) if parts[0].listed else away > 0


def _one_list(parts: list[Mark]) -> bool:
    """Whether values are parts of one another, as 其中 has it: no list of a total."""
    return any(AMONG.search(part.tail) for part in parts[1:])
