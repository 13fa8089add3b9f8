"""Changes that a text prints again, far from the value that they are of."""

from __future__ import annotations

from collections.abc import Iterator

from .clauses import Passage
from .marks import Claim, Mark
from .periods import same_time
from .same_names import alike

_MOST = 8  # times that one change is claimed: what is said more often is of no one value
_HEADING = 60  # characters of a line without a full stop


def said_before(claims: list[Claim], passage: Passage, owned: dict[int, Mark]) -> None:
    """案件总数增加18件,上升20%。…案件108件,上升20%: the difference, said without its value."""
    made: dict[tuple[str, str, str], list[Claim]] = {}
    for claim in claims:
        current, change = claim.roles[0][1], claim.roles[1][1]
        made.setdefault((change.reported, change.against, current.counts), []).append(claim)
    for claims_alike in made.values():
        claims_alike.reverse()  # the first one is asked, and set aside, first
    for mark in passage.marks:
        then = mark.following
        if mark.sort != "difference" or mark.n in owned or then is None or then.n in owned:
            continue
        left = made.get((then.reported, then.against, mark.counts), [])
        while left and left[-1].of("difference"):
            left.pop()
        if left:
            left[-1].roles.append(("difference", mark))


def said_again(claims: list[Claim], passage: Passage, owned: dict[int, Mark]) -> Iterator[Claim]:
    """男性人口增加90人。…男性人口为9000人,增加90人: what is printed of a name twice, against one
    base and by as much, is of the one value that is printed of it; but a heading claims nothing."""
    made: dict[tuple[str, str, str, float], list[tuple[str, Mark, Mark]]] = {}
    known: set[int] = set()
    for claim in claims:
        current = claim.of("current")[0]
        known |= {mark.n for _, mark in claim.roles}
        for role, mark in claim.roles:
            if role in ("change", "difference"):
                made.setdefault(_key(mark), []).append((role, mark, current))
    for mark in passage.marks:
        if not mark.is_change or mark.n in known or mark.n in owned or not mark.name:
            continue
        line = passage.lines[mark.paragraph - 1]
        before = mark.previous
        of_known = before is not None and before.is_change and before.n in known
        if of_known or (len(line) < _HEADING and "。" not in line):
            continue  # 增加20件,上升10%: beside what is claimed already
        told = made.get(_key(mark), [])
        if len(told) > _MOST:
            continue
        rows = [row for row in told if same_time(row[1], mark)]
        of = {row[2].n: row for row in rows if _is_named(mark, row[2])}
        if len(of) == 1:
            (role, _, current), *_ = of.values()
            yield Claim("change", [("current", current), (role, mark)], "said again")


def _key(mark: Mark) -> tuple[str, str, str, float]:
    return mark.sort, mark.against, mark.counts, mark.value


def _is_named(change: Mark, value: Mark) -> bool:
    """Whether a change says that it is of a value: 对美出口 is 对美国出口."""
    topic, name = (each.name.replace("国", "") for each in (change, value))
    return len(topic) > 1 and alike(topic, name, change.said, value.said)
