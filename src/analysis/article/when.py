"""The time phrase that governs each figure.

A phrase governs what follows it until another is said. But what a clause compares with, what it
gives as a cause, a plan or a peak is of its own words or of its sentence only, and 当月, 同季 or
累计来看 mean a time that was named before.
"""

from __future__ import annotations

import re

from .clauses import Passage
from .distributed import dealt_out
from .marks import Mark
from .periods import SINCE_EVENT, months_of, phrase_in, phrases_in
from .words import AGO as _AGO
from .words import BECOMES, FROM, GENERAL, REPORTS, SAME, TIME, YEAR

_T = f"(?:{TIME.pattern})"
# --- Words whose time is not that of what follows ------------------------------------------------
_RUNS_OUT = re.compile(r"^[^。]+(?=。)|其中[^。]*(?=。)")  # its time ends with its sentence
_OF_WHOLE = re.compile(  # 占全年计划的40%, 上半年的最高点, 2015年以来首次: not of what follows
    rf"(?:占|(?:为|完成)(?=[^,;。]{{2,12}}(?:预算|计划|任务)数?的?$)){_T}|{_T}(?:的最[高低大小多少]|的?新[高低])"
    rf"|{_T}(?<=年)(?=净?(?:滚存)?(?:结转|结余|结存))"  # 上年结转9万元
    rf"|按照?{_T}(?=[^,;。]*(?:价|汇率|[计测折]算))|继{_T}|(?:出现|发生)[在于]{_T}(?=[,;。])|{_T}(?<=来)[^,;。]{{0,8}}(?:最[高低大小多少好快早晚长短强弱]|首次|新[高低])"
)
_IN_WHOLE = re.compile("[占算划务最新按继首在于结]")  # one of them stands in each
_CAUSED = re.compile(  # 受春节影响, 由于上年基数较高: why, not when
    rf"(?:受|因为?|由于)[^,;。]{{0,8}}{_T}[^,;。]{{0,20}}"
    r"(?:影响|带动|拖累|推动|拉动|冲击|所致|因素|基数[^,;。]{0,4})"
)
_IN_CAUSED, _IN_CAUSES = re.compile("[受因由]"), re.compile("[响动累击致素数]")  # one of each
_OPENS = re.compile(  # a sentence without figures says it first
    rf"(?:(?:此外|另外|同时|不过|据[^。,]{{0,10}}|[^。,]{{0,16}}(?:获悉|了解到?|介绍|指出|表示)),)?[^。,;]{{0,8}}{_T}"
)
_OF_DAYS = re.compile("[^,;。]{0,20}等[^,;。]{0,2}(?:假期|节假日|节日)")  # 春节、五一等节假日
_FROM_THEN = re.compile(  # 从上年的第4位升到第3位, 由去年末的3:2变为, 达到2019年同期的73%
    rf"[由从](?:[去上前]年|{YEAR}年)(?:{_T}|[底末初])?(?:同期)?的(?=[^,;。]*[至到为])|{_T}(?<=同期)的$"
)
_OF_THEN = re.compile(
    rf"(?:(?<=达到)|(?<=恢复[至到])|(?<=[^,;。\s至到])){_T}(?:水平)?的$"
)  # 是五年前的2.8倍, 相当于上年的90%
_OF_PRINT = re.compile(  # 今日公布, 5日表示
    rf"{_T}(?<=[日号天])[^,;。]{{0,12}}(?:{REPORTS}|记者会|举行|召开)"
)
_IN_PRINT, _IN_REPORTS = re.compile("[日号天]"), re.compile("[布报示出绍露会行开]")  # one of each
_ON_PEOPLE = re.compile("[按以][^,;。]{1,12}人口(?!普查)[^,;。]{0,3}$")  # 按年中人口(90万人计算)
_IN_BRACKET = re.compile(rf"\(({_T})\)")  # 25.0%(1至7月)

# --- Times that end with their sentence ----------------------------------------------------------
_BY_TIME = re.compile(
    r"(?=[按分从逐的])(?:(?:[按分从](?:季度|月份?|季|年度?|年份|时段)|逐[年月季])(?:来?看|统计)|的最[高低大小多少])"
)  # its times end so, too; and the month of a peak
_OF_MONTH = re.compile("单月|当月|平均")  # 3月单月受理, 1—5月平均: ends with its sentence
_PEAK_AHEAD = re.compile("(?:最[高低大小多少]|[高低]峰|峰值|单日)[^,;。0-9]{0,4}[:,]?$")
_TIME_AGO = re.compile(_AGO)
_BASE = re.compile(  # what a base may be of besides: 较前一周的, 较上个交易日的
    rf"{_T}|[前上]一?个?(?:交易日|[周月季]度?|星期|期)"
)
_COMPARED = re.compile(
    r"[^()0-9,;。]{0,4}\)[^,;。]{0,4}(?:相比|比较|对比)|[^,;。0-9]{0,6}(?:相比|比较|对比)"
)
_WITH_TIME = re.compile(rf"(?:[与和同跟比较]|[对相]比)[^,;。()0-9]{{0,8}}{_T}[^,;。]{{0,4}}$")
_BECOMES = re.compile(rf"[^,;。]{{0,4}}(?:转[为成]|{BECOMES})")
_YEAR_SAID = re.compile("(?:19|20)[0-9]{2}")
_FROM_TIME = re.compile(rf"[由从](?:{_T}|[前上]一?个?(?:[周月季]度?|期))[^,;。]{{0,8}}$")
_PEAK = re.compile("最[高低大小多少]|[高低]峰|峰值|单日")  # 10月2日迎来客流高峰
_PLANNED = re.compile("还需|尚需|力争|争取|确保|预计|计划|[拟将]|目标")  # 下半年还需完成
_DATED = re.compile(YEAR)
_LAST = ("上周", "上月", "上个月", "上季")
AGO = ("去年", "上年", "前年", "上一年", *_LAST)
_SO_FAR = re.compile(r"截[至止]到?(?:目前|当前)")  # holds for its clauses only
_NOUN = 3  # characters by which a noun is known again

# --- Times that mean one named before ------------------------------------------------------------
_NAMED = {  # what names one, and what means the last one so named
    "day": (re.compile("[日号]$"), ("当日", "当天")),
    "month": (re.compile("(?<!个)月份?$"), ("当月", "该月")),
    "quarter": (re.compile(r"(?<![前首])[一二三四1-4]\s?季度?$"), ("同季", "季内", "该季")),
}
_MEANS = {word: kind for kind, (_, words) in _NAMED.items() for word in words}
_IN_ALL = re.compile("(?:^|[,;。])从?累计(?:来?看|情况看)")  # 累计来看: of the months up to now


class _Named:
    """The times named so far, of each kind the last: what 当月, 同季 and 累计来看 mean."""

    def __init__(self) -> None:
        self.last: dict[str, tuple[int, str]] = {}

    def add(self, said: str, paragraph: int) -> None:
        for phrase in phrases_in(said):
            for kind, (names, means) in _NAMED.items():
                if names.search(phrase) and phrase not in means:
                    self.last[kind] = paragraph, phrase
            if phrase.endswith("以来") or (1 in (months := months_of(phrase)) and len(months) > 1):
                self.last["all"] = paragraph, phrase

    def meant(self, phrase: str, paragraph: int) -> str:
        """The time that a phrase means; 当日 and 当月 only what their paragraph names."""
        kind = _MEANS.get(phrase, "")
        of, named = self.last.get(kind, (0, ""))
        return named if named and (of == paragraph or kind == "quarter") else phrase

    @property
    def in_all(self) -> str:
        return self.last.get("all", (0, ""))[1]


def set_when(passage: Passage, leads: list[tuple[int, str]]) -> None:
    """Set `when` of each mark: the time phrase that governs it, folded; `leads`: of `lead_ins`."""
    # `outer`: the time to go back to when `sentence` ends; `span`: the time ahead of a 截至12月底,
    # which holds for its paragraph, and those that go on about the `stock` counted there
    current = outer = span = stock = ""
    sentence, home, since = -1, 0, (-1, "")
    dealt_times: dict[int, str] = {}  # of those that 分别 deals out
    named = _Named()
    coming = list(leads)
    for mark in passage.marks:
        while coming and coming[0][0] < mark.paragraph:
            current, outer, span = coming.pop(0)[1], "", ""
        if span and mark.paragraph != home:
            home = mark.paragraph
            if not (stock and mark.left.endswith(stock)):  # 截至6月底,未结案90件。… 民事未结案30件
                current, span = span, ""
        ago = mark.is_change and current.startswith(AGO)  # …;上周成交90套;成交套数下跌5%
        over = _SO_FAR.fullmatch(current) or _is_of_before(current, outer)
        so_far = ";" in mark.gap and bool(ago or over)
        among = mark.previous is not None and mark.tail.startswith("其中")  # opens no paragraph
        goes_on = among and mark.sentence != sentence
        if outer and ((mark.sentence != sentence and not goes_on) or so_far):
            current, outer = outer, ""
        if _BY_TIME.search(mark.gap):
            outer, sentence = current, mark.sentence
        said = _governing(mark)
        own = _own_words(mark, said)
        phrase = phrase_in(own)
        if mark.prior and (base := base_times(said)):
            mark.when = named.meant(base[-1][0].lstrip("从自"), mark.paragraph)
            since = mark.sentence, mark.when
            # 2018年,立案由上年的30起增至41起: the words ahead of the base hold for what follows.
            ahead = phrase_in(said[: base[-1].start()])
            if ahead and not (GENERAL.fullmatch(ahead) and current):
                current = ahead
            continue
        if mark.prior and FROM.search(said) and (mark.sentence == since[0] or "同期" in said):
            mark.when = since[1] or current  # 甲率由6月的5%升至7月的6%;乙率由3%升至4%
            continue
        if mark.prior and mark.previous is not None and mark.previous.prior and not phrase:
            mark.when = mark.previous.when  # 去年同期的30起、115人
            continue
        if phrase and not mark.bracket and (_is_compared(mark) or _is_from(mark, said)):
            mark.when = phrase_in(said) or phrase  # 由上月上涨1%转为上涨4%, 与2019年首季(90宗)相比
            continue
        if mark.bracket:
            lead = [m for m in TIME.finditer(mark.lead) if m.end() == len(mark.lead)]
            if mark.prior and not lead:
                lead = list(TIME.finditer(mark.lead))[-1:]  # 与2017年相比(即30起)
            if lead and not mark.gap.strip("即 "):  # 2020年同期(7092宗)
                phrase, mark.prior = lead[0][0], lead[0][0].endswith(SAME)
            mark.when = phrase or current
            continue
        if phrase:
            named.add(own, mark.paragraph)
        elif _IN_ALL.search(own):
            phrase = named.in_all
        then = named.meant(phrase, mark.paragraph)
        aside = phrase and _ON_PEOPLE.search(said)
        if (
            then
            and not aside
            and (_set_apart(then, current) or not (GENERAL.fullmatch(then) and current))
        ):
            if current and (_SO_FAR.fullmatch(then) or _ends_so(phrase, own, mark, current)):
                outer, sentence = outer or current, mark.sentence
            until = then.startswith("截") and not current.startswith("截")
            span, home = current if until and mark.previous else "", mark.paragraph
            stock = mark.left[-_NOUN:]
            current = then
        if not mark.is_change and (dealt := dealt_out(mark)):
            for each, noun in zip(*dealt, strict=True):
                dealt_times[each.n] = phrase_in(noun)
        in_bracket = _time_behind(passage, mark)
        mark.when = dealt_times.get(mark.n) or in_bracket or (phrase if aside else current)


def _is_compared(mark: Mark) -> bool:
    """Whether a value is what others are compared with: 与2019年首季(90宗)相比."""
    return bool(_COMPARED.match(mark.after) and _WITH_TIME.search(mark.before))


def _is_from(mark: Mark, said: str) -> bool:
    """Whether a change is what another has come from: 由上月上涨1%转为上涨4%."""
    return mark.is_change and bool(_FROM_TIME.search(said) and _BECOMES.match(mark.after))


def _set_apart(then: str, current: str) -> bool:
    """Whether a phrase tells what came in a year from what there was on the day before it:
    截至2019年12月末在押90人。当年新收押30人; or what there is now from what came since an event."""
    of_day, of_event = current.startswith("截"), SINCE_EVENT.fullmatch(current)
    return then == "全年" or (then == "当年" and of_day) or (then == "目前" and bool(of_event))


def _governing(mark: Mark) -> str:
    """The words before a figure without those whose time is not that of what follows."""
    said = mark.gap
    if "。" in said and mark.previous is not None:
        said = _RUNS_OUT.sub("", said)
        *between, last = said.split("。")
        said = "。".join([*(each for each in between if _OPENS.match(each)), last])
    said = _OF_DAYS.sub(" ", said) if "等" in said else said
    if _IN_CAUSED.search(said) and _IN_CAUSES.search(said):
        said = _CAUSED.sub(" ", said)
    of_whole = _IN_WHOLE.search(said) and TIME.search(said)
    return _OF_WHOLE.sub(" ", said) if of_whole else said


def _own_words(mark: Mark, said: str) -> str:
    """Those words without the times that are a base's, or the day of the print."""
    if not mark.prior and "的" in said:
        said = _FROM_THEN.sub(" ", said)
        before = mark.previous
        becomes = before is not None and before.prior and FROM.search(before.before)
        said = _OF_THEN.sub(" ", said) if mark.measure == "rate" and not becomes else said
    of_print = _IN_PRINT.search(said) and _IN_REPORTS.search(said)
    return _OF_PRINT.sub(" ", said) if of_print else said


def _ends_so(phrase: str, said: str, mark: Mark, current: str) -> bool:
    """Whether a time in mid-paragraph is over with its sentence: that of a peak, a plan, or ago; or
    of a difference behind a change: 6月末余额90亿元,同比增长9%;上半年增加4亿元。…存款余额80亿元."""
    ahead, _, behind = said.rpartition(phrase) if phrase else ("", "", "")
    if phrase and _PEAK_AHEAD.search(ahead):
        return True  # 单日最高:2月17日,9万人次
    if mark.previous is None or not phrase:
        return False
    if (
        _TIME_AGO.fullmatch(phrase)
        or _OF_MONTH.match(behind)
        or (mark.previous.sentence == mark.sentence and _is_of_before(phrase, current))
    ):
        return True
    if mark.sort == "difference" and mark.previous.is_change:
        return True
    ago = phrase.startswith(AGO) and not current.startswith(AGO)
    ago = ago and (phrase.startswith(_LAST) or not _DATED.search(current))
    return ago or bool(_PEAK.search(behind) or _PLANNED.search(behind))


def _is_of_before(phrase: str, current: str) -> bool:
    """Whether a phrase is of a year before that of another: …,2019年国庆接待9万人;…, of 2021."""
    then, now = _YEAR_SAID.match(phrase), _YEAR_SAID.match(current)
    return then is not None and now is not None and then[0] < now[0]


def _time_behind(passage: Passage, mark: Mark) -> str:
    """The time that a bracket behind a figure holds alone: 日本25.0%(1至7月)."""
    line = passage.folded[mark.paragraph - 1]
    hit = _IN_BRACKET.match(line, mark.end) if line.startswith("(", mark.end) else None
    return hit[1] if hit else ""


def base_times(said: str) -> list[re.Match[str]]:
    """The time phrases before a value of the base, none ahead of 由 (上半年由30起增至41起)."""
    leads = FROM.search(said)
    return list(_BASE.finditer(said, leads.start() if leads else 0))
