"""English numerals that are no figures: dates, ages, numbers of a list, telephones, names."""

MONTH = (
    r"(?-i:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?"
    r"|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
YEAR = r"(?:19|20)[0-9]{2}(?![0-9])"
FIRST = r"(?<![0-9A-Za-z.,/])"
_WHOLE = r"[0-9]{1,3}(?![0-9]|[.,][0-9])"
NOT_A_YEAR = rf"(?!{YEAR}(?!\s?(?:%|per\s?cent|cases|people|persons|million))(?![,.][0-9]))"
NUMBER = (  # and 16,7 million
    r"(?:[0-9]{1,3},[0-9]{1,2}(?=\s?(?:%|per\s?cent|thousand|million|billion|of a\s))"
    r"|[0-9]{1,3}(?:[,\u00a0 ][0-9]{3})+(?![0-9])|[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}(?![0-9])"
    r"|[0-9]+)(?:\.[0-9]+)?"
)
_OF_AGE = (  # offenders under 20, 80 per cent were over 60; but under 20 cases
    r"(?:under|over|below|above|between\s[0-9]{1,2}\sand)\s[0-9]{1,2}(?![0-9]|[.,-][0-9]"
    r"|\s?(?:%|-)|\s(?:per|pct|times|thousand|[mb]illion|cases?|people|persons?|units?)\b)"
)
_OF_AN_AGE = (
    r"(?:people|persons?|individuals|those|anyone|everyone|m[ae]n|wom[ae]n|males?|females?|boys?"
    r"|girls?|child(?:ren)?|adults|youths?|youngsters|adolescents|offenders|suspects|victims"
    r"|drivers|riders|pedestrians|patients|pupils|students|residents|workers|employees"
    r"|arrestees|defendants|prisoners|whom|them)"
)
# What is no figure: why, and how it is said.
PASSED_OVER = {
    "list number": rf"^\s*\(?{_WHOLE}[.)](?=\s)|^\s*\([0-9]{{1,2}}\)",
    "telephone number": (
        r"\b(?:tel(?:ephone)?|phone|hotline|fax|call)\b[^0-9+.;]{0,16}\+?[0-9][0-9 ()-]{4,}[0-9]"
        r"|(?<![0-9A-Za-z])\+[0-9][0-9 ()-]{7,}[0-9]"
        r"|(?<![0-9])0[0-9]{2,4} [0-9]{3,4} [0-9]{3,4}(?![0-9])"
    ),
    "date": (  # also the first of two days of a month: between 13 and 19 May
        rf"{FIRST}[0-9]{{1,2}}(?:st|nd|rd|th)?(?:\s?[-–—]\s?|\s(?:to|and|or)\s)"
        rf"(?=[0-9]{{1,2}}(?:st|nd|rd|th)?\s{MONTH}(?![a-z]))"
        rf"|{MONTH}\s[0-9]{{1,2}}[-–—][0-9]{{1,2}}(?![0-9%]|[.,][0-9])(?:,?\s{YEAR})?"
        rf"|{MONTH}\s[0-9]{{1,2}}(?:st|nd|rd|th)?(?![0-9]|\.[0-9]|,(?!{YEAR})[0-9]{{3}})"
        rf"(?:(?:,|\s)\s?{YEAR})?"
        rf"|{FIRST}[0-9]{{1,2}}(?:st|nd|rd|th)?\s{MONTH}(?![a-z])(?:\s{YEAR})?"
        rf"|{FIRST}[0-9]{{1,2}}[/-][0-9]{{1,2}}[/-][0-9]{{2,4}}(?![0-9])"
        rf"|(?<![0-9A-Za-z.,])(?:19|20)[0-9]{{2}}\s?[-–—/]\s?(?:[0-9]{{4}}|[0-9]{{2}})(?![0-9])"
        rf"|\bweeks?\s[0-9]{{1,2}}(?!,?[0-9%])|\b(?:Q|(?-i:Quarter )|H)[1-4](?:\s{YEAR})?"
        rf"|(?<![0-9A-Za-z,]){YEAR}(?!,[0-9]"
        rf"|\.[0-9]|\s?%)"
        r"|(?<![0-9.,])[0-9]{1,2}(?:[:.][0-9]{2})?\s?[ap]\.?m\b"
        r"|(?<![0-9])[0-9]{1,2}:[0-9]{2}(?![0-9])"
    ),
    "age": (
        rf"{FIRST}{_WHOLE}(?:-|–|\sto\s){_WHOLE}\sage (?:group|bracket|band|range)"
        rf"|\b(?:aged?s?|ages of)\s(?:under |over |between |of |from )?{_WHOLE}"
        rf"(?:\s?(?:-|–|to|and|or)\s?{_WHOLE})?(?:\s(?:and|or)\s(?:over|above|older|under"
        rf"|below|younger))?"
        rf"|{FIRST}{_WHOLE}(?:\s?(?:-|–|to|and)\s?{_WHOLE})?[- ]years?(?:[- ]olds?|\sof age)"
        rf"|\b{_OF_AN_AGE}\s(?:(?:who\s|that\s)?(?:were|are|was|is)\s)?{_OF_AGE}"
        rf"|(?:(?<=people )|(?<=persons )|(?<=% were )|(?<=% are )|(?<=cent were )|(?<=cent are ))"
        rf"{_OF_AGE}"
        rf"|\b(?:over|under)[- ]{_WHOLE}s\b|{FIRST}{_WHOLE}\s(?:and|or)\s(?:over|older|above)\b"
    ),
    "duration": (
        r"(?:\b(?:more|less|longer|shorter|greater) than\s|\b(?:over|under|at least|up to)\s)?"
        rf"{FIRST}{_WHOLE}(?:\s?(?:-|–|to)\s?{_WHOLE})?[- ](?:consecutive |calendar )?"
        r"(?:year|month|week|quarter|decade|minute|day|hour|night|second)s?\b"
    ),
    "base of a rate": (
        rf"\b(?:per|every)\s{NUMBER}(?![0-9])|=\s?10{{2,3}}(?![0-9,.])"
        rf"|\bout of(?: every)?\s10(?:,?0{{1,3}})*(?![0-9,])"
    ),
    "code or telephone number": (
        r"(?-i:\b(?:Category|Categories|Table|Figure|Fig\.|Chart|Section|Chapter|Part|Article"
        r"|Schedule|Group|Phase"
        r"|Level|Grade|Tier|Type|Class|Division|Route|Highway|Regulation|Paragraph|Note|Cap\."
        r"|No\.|Item|Appendix"
        r"|Annex|Page|Rule|Terminal|Zone|Area|Unit|Step|Band|Stage|Issue|Volume|Vol\.|Nos?"
        r"|[Cc]at\. no\.)\s?)"
        r"[0-9]+(?:[.,/-][0-9]+)*[a-z]?\b|(?<![0-9A-Za-z.,])[0-9]+/[0-9]+(?![0-9])|\[[0-9]{1,2}\]"
    ),
    "ordinal": r"(?<![0-9A-Za-z])[0-9]+(?:st|nd|rd|th)\b",
    "malformed number": (  # 170,00 and 1,2345: never its first half
        rf"(?<![0-9A-Za-z.,])(?!{NUMBER}(?![0-9]|[.,][0-9]))[0-9]+(?:[.,][0-9]+)+(?![A-Za-z])"
    ),
    "name": (
        r"\btop[- ][0-9]{1,4}(?![0-9%]|[.,][0-9]|\sper\b)|"
        r"(?<=[A-Za-z])[-–]?[0-9]+(?:[.,][0-9]+)*(?:[A-Za-z]+)?"
        r"|(?<![0-9A-Za-z.,])[0-9]+(?!(?:bn|mn|m|k|tn|km|pc|pct|ppt?s?|p|pts?"
        r"|bps?)\b)[A-Za-z]+[0-9A-Za-z]*"
    ),
}
