"""Made-up bulletins of known claims: what a text says is drawn first, then printed.

Every sentence pattern stands for a claim that a reader of the words would say is made, or for words
that claim nothing. The true counts are kept, so that a prior value can be held against its bounds.
"""

import math
from dataclasses import dataclass, field
from fractions import Fraction

NOUNS = "盗窃 诈骗 抢劫 走私 赌博 酒驾 火灾 溺水 工伤 医闹 盗猎 伪造".split()
PERIODS = {
    "2017年,": ("2017-01-01", "2017-12-31"),
    "2018年1至9月,": ("2018-01-01", "2018-09-30"),
    "2019年上半年,": ("2019-01-01", "2019-06-30"),
    "2020年第三季度,": ("2020-07-01", "2020-09-30"),
    "2018年前三季度,": ("2018-01-01", "2018-09-30"),
}
BASES = {
    "同比": "year earlier",
    "比上年": "year earlier",
    "较去年同期": "year earlier",
    "环比": "previous period",
}


@dataclass
class Bulletin:
    """A text and what it says: claims by role as printed, and the true prior of each change."""

    text: str = ""
    period: tuple[str, str] = ("", "")
    claims: list = field(default_factory=list)  # (kind, ((role, printed), …))
    against: dict = field(default_factory=dict)  # of a printed change or difference
    priors: dict = field(default_factory=dict)  # the true prior by the printed current value

    def claim(self, kind, **roles):
        pairs = [
            (role, text)
            for role, texts in roles.items()
            for text in ([texts] if isinstance(texts, str) else texts)
        ]
        self.claims.append((kind, tuple(sorted(pairs))))


def percent(numerator, denominator, decimals=1):
    """As printed, half away from zero: 13.8%."""
    scaled = Fraction(abs(numerator) * 100 * 10**decimals, denominator)
    n = math.floor(scaled + Fraction(1, 2))
    return f"{n // 10**decimals}.{n % 10**decimals:0{decimals}d}%"


def _counts(random):
    """A count of now and of before that differ, large enough for a change to be printed."""
    prior = random.randint(60, 9000)
    current = prior
    while current == prior or percent(current - prior, prior) in ("0.0%", "100.0%"):
        current = max(20, int(prior * random.uniform(0.6, 1.5)))
    return current, prior


def _change(random, noun, said):
    current, prior = _counts(random)
    base, against = random.choice(list(BASES.items()))
    fell = current < prior
    printed = ("下降" if fell else "上升") + percent(current - prior, prior)
    said.claim("change", current=f"{current}起", change=printed)
    said.against[printed] = against
    said.priors[f"{current}起"] = prior
    verb = random.choice(["发生", "立案", "查处", "全市共立"])
    return f"{verb}{noun}案件{current}起,{base}{printed}。"


def _change_with_difference(random, noun, said):
    current, prior = _counts(random)
    base, against = random.choice(list(BASES.items()))
    fell = current < prior
    difference = ("减少" if fell else "增加") + f"{abs(current - prior)}起"
    change = ("下降" if fell else "上升") + percent(current - prior, prior)
    said.claim("change", current=f"{current}起", difference=difference, change=change)
    said.against[change] = said.against[difference] = against
    said.priors[f"{current}起"] = prior
    return f"接报{noun}警情{current}起,{base}{difference},{change}。"


def _from_to(random, noun, said):
    current, prior = _counts(random)
    word, to = ("下降", "降至") if current < prior else ("增加", "增至")
    change = word + percent(current - prior, prior)
    said.claim("change", current=f"{current}起", prior=f"{prior}起", change=change)
    said.against[change] = "year earlier"
    return f"{noun}案件由上年的{prior}起{to}{current}起,{change}。"


def _in_brackets(random, noun, said):
    current, prior = _counts(random)
    printed = ("下降" if current < prior else "增长") + percent(current - prior, prior)
    said.claim("change", current=f"{current}起", change=printed)
    said.against[printed] = "year earlier"
    said.priors[f"{current}起"] = prior
    return f"受理{noun}案件{current}起(同比{printed})。"


def _respectively(random, noun, said):
    (now, before), (people, persons) = _counts(random), _counts(random)
    cases = ("下降" if now < before else "上升") + percent(now - before, before)
    heads = ("下降" if people < persons else "上升") + percent(people - persons, persons)
    said.claim("change", current=f"{now}件", change=cases)
    said.claim("change", current=f"{people}人", change=heads)
    said.against[cases] = said.against[heads] = "year earlier"
    return f"批捕{noun}犯罪{now}件{people}人,同比分别{cases}和{heads}。"


def _sum(random, noun, said):
    parts = [random.randint(11, 900) for _ in range(random.randint(2, 4))]
    names = ["城区", "郊区", "县城", "乡镇"][: len(parts) - 1]
    texts = [f"{n}起" for n in parts]
    total = f"{sum(parts)}起"
    said.claim("sum", total=total, part=texts)
    listed = [f"{name}{text}" for name, text in zip([*names, "其他"], texts, strict=True)]
    return f"处置{noun}警情{total},其中{'、'.join(listed)}。"


def _part(random, noun, said):
    whole = random.randint(200, 9000)
    some = random.randint(20, whole // 2)
    said.claim("part", total=f"{whole}起", part=f"{some}起")
    return f"登记{noun}线索{whole}起,其中涉校{some}起。"


def _rate(random, noun, said):
    whole = random.randint(200, 9000)
    some = random.randint(whole // 3, whole - 1)
    rate = percent(some, whole)
    said.claim("ratio", rate=rate, numerator=f"{some}件", denominator=f"{whole}件")
    return f"受理{noun}纠纷{whole}件,调解成功{some}件,调解成功率{rate}。"


def _share(random, noun, said):
    whole = random.randint(200, 9000)
    some = random.randint(20, whole // 2)
    share = percent(some, whole)
    said.claim("ratio", rate=share, numerator=f"{some}件", denominator=f"{whole}件")
    said.claim("part", total=f"{whole}件", part=f"{some}件")
    return f"审结{noun}案件{whole}件,其中二审{some}件,占{share}。"


# What claims nothing: a level, a rate whose parts are not printed, a count, an upper end.
def _level(random, noun, said):
    return f"{noun}发案占比下降至{percent(random.randint(1, 400), 1000)}。"


def _rate_alone(random, noun, said):
    return f"{noun}案件破案率为{percent(random.randint(500, 990), 1000)}。"


def _count_alone(random, noun, said):
    return f"排查{noun}隐患{random.randint(20, 9000)}处。"


def _most(random, noun, said):
    return f"{noun}群众举报奖金最高{random.randint(2, 50)}万元。"


SENTENCES = [
    _change,
    _change_with_difference,
    _from_to,
    _in_brackets,
    _respectively,
    _sum,
    _part,
    _rate,
    _share,
    _level,
    _rate_alone,
    _count_alone,
    _most,
]


def bulletin(random):
    """A bulletin of one to six sentences, each of another subject, by a `random.Random`.

    No two figures of it are printed alike, so that a figure is known by its print.
    """
    while True:
        said = Bulletin()
        opening, said.period = random.choice(list(PERIODS.items()))
        nouns = random.sample(NOUNS, random.randint(1, 6))
        lines = [random.choice(SENTENCES)(random, noun, said) for noun in nouns]
        said.text = opening + random.choice(["", "\n"]).join(lines)
        printed = [text for _, roles in said.claims for _, text in roles]
        if all(said.text.count(text) == 1 for text in printed):
            return said


def proposed(article):
    """The claims of an extract as those of a `Bulletin` are written down, in order."""
    printed = article.figures["reported"]
    relations = article.relations.assign(printed=article.relations["figure"].map(printed))
    return sorted(
        (rows["kind"].iloc[0], tuple(sorted(zip(rows["role"], rows["printed"], strict=True))))
        for _, rows in relations.groupby("relation", sort=False)
    )
