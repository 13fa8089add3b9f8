"""The smallest sets of figures that must be wrong, and the slips of print that explain them.

Each conflict is a set of figures that cannot all be right; a set that mends has one of each
(Fellegi & Holt 1976). A set that is tried in vain shows another conflict, until the smallest that
leave no range empty are found.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field

import numpy as np

from .attempts import Attempts
from .network import Network
from .printed import Bools
from .trials import Spans

_TANGLED = 1_000  # figures in the conflicts of a component: where more, sets are not all tried
_CROWDED = 1_000  # sets of one size of a component that rings tie: where more, not all are tried
_STEPS = 500  # figures that are chosen one by one
_LARGEST = 3  # figures in a set that are looked for all together


@dataclass
class Component:
    """Conflicts that share figures by way of claims, and the sets that mend them."""

    label: int
    conflicts: list[frozenset[int]]
    sets: list[tuple[int, ...]] = field(default_factory=list)
    smallest: int = 0
    proved: bool = True

    @property
    def figures(self) -> int:
        """In all conflicts, each counted as often as it stands in one."""
        return sum(map(len, self.conflicts))


class Sets(Attempts):
    """What is found of the conflicts of a network: `components`, and the sets of each."""

    def __init__(
        self,
        network: Network,
        failing: Bools,
        joint: list[Bools],
        trust: dict[int, float],
    ) -> None:
        of_equation, of_figure = network.labels()
        # What no claim ties to a contradiction is left alone.
        broken = np.zeros(len(of_equation) + len(of_figure), dtype=bool)
        broken[of_equation[np.logical_or.reduce([failing, *joint])]] = True
        network = network.only(broken[of_equation])
        super().__init__(network)
        self.trust = trust  # in a figure, where it is not 1
        equations, of = network.members
        printed = of < network.printed
        self.equations_of = Spans.of(of[printed], equations[printed], network.printed)
        self.claims: dict[frozenset[int], set[int]] = {}  # of each conflict
        at = printed & failing[equations]
        members: dict[int, set[int]] = {}
        for equation, figure in zip(equations[at].tolist(), of[at].tolist(), strict=True):
            members.setdefault(equation, set()).add(figure)
        for equation, figures in members.items():
            claims = self.claims.setdefault(frozenset(figures), set())
            claims.add(int(network.claim[equation]))
        for some in joint:
            conflict = frozenset(of[printed & some[equations]].tolist())
            self.claims.setdefault(conflict, set()).update(network.claim[some].tolist())
        self.claims_of: dict[int, set[int]] = {}
        for conflict, claims in self.claims.items():
            for figure in conflict:
                self.claims_of.setdefault(figure, set()).update(claims)
        components: dict[int, list[frozenset[int]]] = {}
        for conflict in self.claims:
            components.setdefault(int(of_figure[next(iter(conflict))]), []).append(conflict)
        self.components = [Component(*each) for each in components.items()]
        self.search()

    def search(self) -> None:
        open_, size = self.components, 1
        tangled: list[Component] = []
        while open_ and size <= _LARGEST:
            tangled += [each for each in open_ if each.figures > _TANGLED]
            open_ = [each for each in open_ if each.figures <= _TANGLED]
            candidates = [self.covers(each, size) for each in open_]
            self.try_all(
                group for sets in candidates for each in sets for group in self.groups(each)
            )
            still = []
            for component, sets in zip(open_, candidates, strict=True):
                mending = [each for each in sets if self.mends(each)]
                if mending:
                    component.sets, component.smallest = mending, size
                    continue
                found = (self.tried[group] for each in sets for group in self.groups(each))
                new = {each.conflict for each in found if not each.mends}
                component.conflicts += [each for each in new if each not in component.conflicts]
                still.append(component)
            open_, size = still, size + 1
        for component in open_ + tangled:
            self.one_by_one(component)
        unexplained = [
            each
            for each in self.components
            if each.proved
            and each.smallest < _LARGEST
            and not any(self.likelihood(s) for s in each.sets)
        ]
        candidates = [self.covers(each, each.smallest + 1, spare=True) for each in unexplained]
        self.try_all(group for sets in candidates for each in sets for group in self.groups(each))
        for component, sets in zip(unexplained, candidates, strict=True):
            component.sets += [each for each in sets if self.mends(each) and self.likelihood(each)]

    def covers(self, component: Component, size: int, spare: bool = False) -> list[tuple[int, ...]]:
        """The sets that may mend a component; of very many those whose figures stand in most of its
        conflicts, where rings make the trial of each slow. Only those with one to spare leave it
        proved which are the smallest."""
        sets = _covers(component.conflicts, size, spare)
        if len(sets) <= _CROWDED or not self.regions.ringed.any():
            return sets
        component.proved &= spare
        votes = Counter(figure for each in component.conflicts for figure in each)
        return sorted(sets, key=lambda each: -sum(votes[f] for f in each))[:_CROWDED]

    def one_by_one(self, component: Component) -> None:
        """Where more figures are wrong than are tried together: one cluster after another."""
        component.proved = False
        chosen: set[int] = set()
        for _ in range(10 * len(component.conflicts) + 2 * min(self.network.printed, _STEPS)):
            left = [each for each in component.conflicts if not each & chosen]
            if left:
                votes: dict[int, int] = {}
                for each in left:
                    for figure in each:
                        votes[figure] = votes.get(figure, 0) + 1
                self.try_all((figure,) for figure in votes)
                ranked = {f: (n, *self.weighed((f,))) for f, n in votes.items()}
                chosen.add(max(ranked, key=lambda f: ranked[f]))
                continue
            whole = tuple(sorted(chosen))
            self.try_all(self.groups(whole))
            if self.mends(whole):
                for figure in whole:  # chosen before another that mends what it does
                    less = tuple(each for each in whole if each != figure)
                    if not any(each.isdisjoint(less) for each in component.conflicts):
                        self.try_all(self.groups(less))
                        whole = less if self.mends(less) else whole
                component.sets, component.smallest = [whole], len(whole)
                return
            for group in self.groups(whole):
                if not self.tried[group].mends:
                    component.conflicts.append(self.tried[group].conflict)

    def ranked(self, component: Component) -> list[tuple[int, ...]]:
        """Its sets, the smallest first, of these the likeliest."""
        weighed = {each: self.weighed(each) for each in component.sets}
        return sorted(weighed, key=lambda s: (len(s), *(-each for each in weighed[s]), s))

    def weighed(self, figures: tuple[int, ...]) -> tuple[float, float]:
        """How likely figures are wrong, against others: with their slips, and whatever they are."""
        doubt = 1 / math.prod(self.trust.get(figure, 1.0) for figure in figures)
        return self.likelihood(figures) * doubt, doubt

    def mended(self, figure: int) -> set[int]:
        """The claims that fail as printed and hold with this figure right."""
        if claims := self.claims_of.get(figure):
            return claims
        # They fail only once others of the set are right.
        equations = self.equations_of.expand(np.array([figure]))[1]
        return set(self.network.claim[equations].tolist())


def _covers(
    conflicts: list[frozenset[int]], size: int, spare: bool = False
) -> list[tuple[int, ...]]:
    """The sets of so many figures that have one of each conflict; `spare`: one may be for none."""
    found: dict[tuple[int, ...], None] = {}

    def extend(chosen: tuple[int, ...]) -> None:
        left = [each for each in conflicts if each.isdisjoint(chosen)]
        if len(chosen) < size - 1:
            for figure in min(left, key=len, default=()):
                extend((*chosen, figure))
            return
        if left:
            last = frozenset.intersection(*left)
        else:
            last = frozenset().union(*conflicts).difference(chosen) if spare else frozenset()
        for figure in last:
            found[tuple(sorted((*chosen, figure)))] = None

    extend(())
    return list(found)
