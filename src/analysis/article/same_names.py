"""Names that mean the same, and those that do not."""

from __future__ import annotations

import re
from functools import lru_cache

_COUNTING = re.compile(
    r"(?:发?案件|案|金额|数|数量|数字|次数|人数|起数|件数|宗数|户数|家数|总数|总量|总值|总额|额|量|情况|人员|指数|总体|整体|类)+$"
)
_TURNED = 4  # characters of a verb and its noun
_TIMES = re.compile("(?<=..)[人批]次$")  # 受灾人次, of 90万人次受灾
_MONEY = ("价值", "产值", "额", "收入", "营收")
_SAME_WORD = {"受": "受理", "收": "受理", "收案": "受理", "结": "结案"}
_HARMED = (  # 致伤27人, of 受伤人数; but 重伤, and 伤亡
    (re.compile("(?:致?死亡?|身?亡|遇难|罹难|丧生)[人者]?"), "死亡"),
    (re.compile("[受致负]?伤[人者员]?"), "受伤"),
)
_SAME_WORD |= {"破获率": "破案率", "侦破率": "破案率"}
ACTS = {  # what came in, and what is closed
    "受理": re.compile("受理|[收受]案|新收"),
    "结案": re.compile("(?<!未)(?:[审办执清]结|结案)"),
}
_SCOPE = re.compile(  # modifiers that single nothing out
    r"(?:[全本我该各][国省市区县州院]?|各类|各种|因灾|人员|直接|财产|经济|已核|合计|共计|累计|整体|总体|有效|新收?|共|中国|香港|澳门|台湾|本[港澳台]|全[港澳台]|[^,;。]{1,3}[省市县]|[^,;。]{1,3}(?<!地)区)+"
)


@lru_cache(2048)
def stem(name: str) -> str:
    """A name without the words that only say that something is counted.

    >>> stem("有效报警量"), stem("死亡人数")
    ('有效报警', '死亡')
    """
    return _COUNTING.sub("", name) or name


@lru_cache(2048)
def _noun(name: str) -> str:
    """The stem of a name, one word for all that say the same."""
    of = stem(name)
    of = _TIMES.sub("", of) if name.endswith("次") else of
    of = next((word for words, word in _HARMED if words.fullmatch(of)), of)
    return _SAME_WORD.get(of, of)


def alike(topic: str, name: str, said: str = "", context: str = "") -> bool:
    """Whether a topic speaks of a named value: an added modifier is another quantity.

    `said` is what stands around the topic, `context` around the value: a modifier that stands
    there is not an added one.

    >>> alike("死亡人数", "死亡和失踪"), alike("煤矿事故", "事故"), alike("全省火灾", "火灾")
    (True, False, True)
    """
    a, b = _noun(topic), _noun(name)
    if not a or not b or (topic.endswith("量") and name.endswith(_MONEY)):
        return False  # 销货数量 is not 销货价值
    if a == b or (b.startswith(a) and len(a) > 1):
        return True
    if len(a) == len(b) == _TURNED and a == b[2:] + b[:2]:
        return True  # 倒塌房屋, 房屋倒塌
    if act := ACTS.get(a):
        return bool(act.fullmatch(name) or (act.search(context) and "案" in name))
    if _COUNTING.fullmatch(name):
        return len(a) > 1 and a in context  # 受理案件, of 收案数
    if b.endswith(a) and len(a) > 1:
        extra = b.removesuffix(a)
        return bool(_SCOPE.fullmatch(extra)) or b in said
    if a.endswith(b) and len(b) > 1:
        extra = a.removesuffix(b)
        return bool(_SCOPE.fullmatch(extra)) or extra in context
    return False
