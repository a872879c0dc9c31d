"""Time in questions: "in March", "last week", "since 5 May 2024" as a window, "mid-May" as a moment. Dates are arguments,
never the clock."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from rag.domain import Moment

Window = tuple[datetime | None, datetime | None]
"""(inclusive start, exclusive end), aware; None where it is open."""

_MONTHS = ("january february march april may june july august september october november december").split()
_MONTH = "|".join(map(str.capitalize, _MONTHS))
_SHORT = rf"(?:{_MONTH}|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?(?= ))"
_YEAR = r"(?:19|20)\d\d"
_AT = r"on|since|after|before|until|by"
_DAY = re.compile(
    rf"\b({_AT})? ?(?:({_SHORT}) (\d{{1,2}})(?:st|nd|rd|th)?|(\d{{1,2}})(?:st|nd|rd|th)? ({_SHORT})),? ({_YEAR})\b",
    re.IGNORECASE,
)
_DAY_OF_ANY_YEAR = re.compile(
    rf"\b({_AT}) (?:the )?(?:({_SHORT}) (\d{{1,2}})(?:st|nd|rd|th)?|(\d{{1,2}})(?:st|nd|rd|th)? (?:of )?({_MONTH}))\b()(?!,? \d)",
    re.IGNORECASE,
)
_ISO = re.compile(rf"\b({_AT})? ?({_YEAR})-(\d\d)-(\d\d)\b", re.IGNORECASE)
_IN_MONTH = re.compile(
    rf"\b(in|during|since|after|before|until|by) (?:early |mid-|late )?({_SHORT})(?:,? ({_YEAR}))?\b(?! \d)",
    re.IGNORECASE,
)
_IN_YEAR = re.compile(rf"\b(in|during|since|after|before|until|by) (?:(early|mid-|late) ?)?({_YEAR})\b", re.IGNORECASE)
_POINT = rf"(?:\d{{1,2}}(?:st|nd|rd|th)? )?(?:(?:early |mid-|late )?(?:{_MONTH})(?: \d{{1,2}}(?:st|nd|rd|th)?)?(?:,? {_YEAR})?|{_YEAR})"
_BETWEEN = re.compile(rf"\b(?:between|from) (?P<a>{_POINT}) (?:and|to|until|till) (?P<b>{_POINT})\b", re.IGNORECASE)
_COUNT = "a an one two three four five six seven eight nine ten eleven twelve".split()
_NUMBER = rf"(\d{{1,3}}|{'|'.join(_COUNT)})"
_AGO = re.compile(rf"\b{_NUMBER} (day|week|month|year)s? ago\b", re.IGNORECASE)
_WITHIN = re.compile(
    rf"\b(?:in|over|during|within) the (?:last|past|previous) {_NUMBER} (day|week|month|year)s?\b", re.IGNORECASE
)
_LAST = re.compile(
    r"\b(?:in the |over the |during the )?((?<![^ ] )today|yesterday|(?:last|past|this) (?:week|month|year))\b(?!['’]s)",
    re.IGNORECASE,
)
_DAYS = {"day": 1, "week": 7, "month": 31, "year": 365}


def time_window(text: str, today: datetime | None) -> tuple[Window, str]:
    """The window a question names, and the question without those words. Nothing named: an open window.

    A month or a day without a year is the latest such one up to `today`; without `today` it is left in the text.
    """
    for pattern, read in _READ:
        if (m := pattern.search(text)) and (window := read(m, today)):
            return window, " ".join((text[: m.start()] + " " + text[m.end() :]).split()).replace(" ?", "?")
    return (None, None), text


def _bound(word: str | None, start: datetime, end: datetime) -> Window:
    match (word or "on").lower():
        case "since":
            return start, None
        case "after":
            return end, None
        case "before":
            return None, start
        case "until" | "by":
            return None, end
        case _:
            return start, end


def _day(m: re.Match[str], today: datetime | None) -> Window | None:
    month, day = (m[2], m[3]) if m[2] else (m[5], m[4])
    number = _number_of(month)
    year = int(m[6]) if m[6] else today.year if today else None
    try:
        start = datetime(year, number, int(day), tzinfo=UTC) if year else None
        if start and today and not m[6] and start > today:
            start = start.replace(year=start.year - 1)
    except ValueError:
        return None  # February 30
    return _bound(m[1], start, start + timedelta(days=1)) if start else None


def _iso(m: re.Match[str], today: datetime | None) -> Window | None:
    try:
        start = datetime(int(m[2]), int(m[3]), int(m[4]), tzinfo=UTC)
    except ValueError:
        return None
    return _bound(m[1], start, start + timedelta(days=1))


def _between(m: re.Match[str], today: datetime | None) -> Window | None:
    later = moment(m["b"], today)
    earlier = moment(m["a"], today, later)
    return (earlier.since, later.until) if earlier and later and earlier.since and later.until else None


def _number_of(month: str) -> int:
    """1 to 12, of a month's name or the beginning of one."""
    return next(n for n, name in enumerate(_MONTHS, 1) if name.startswith(month.lower()[:3]))


def _month(m: re.Match[str], today: datetime | None) -> Window | None:
    month = _number_of(m[2])
    if m[3]:
        year = int(m[3])
    elif today:
        year = today.year if month <= today.month else today.year - 1
    else:
        return None
    return _bound(
        m[1], datetime(year, month, 1, tzinfo=UTC), datetime(year + month // 12, month % 12 + 1, 1, tzinfo=UTC)
    )


def _year(m: re.Match[str], today: datetime | None) -> Window | None:
    year = int(m[3])
    first, last = {"early": (1, 4), "mid-": (5, 8), "late": (9, 12)}.get((m[2] or "").lower(), (1, 12))
    return _bound(m[1], datetime(year, first, 1, tzinfo=UTC), datetime(year + last // 12, last % 12 + 1, 1, tzinfo=UTC))


def _ago(m: re.Match[str], today: datetime | None) -> Window | None:
    if today is None:
        return None
    unit = _DAYS[m[2].lower()]
    start = _midnight(today) - timedelta(days=_count(m[1]) * unit)
    return start, start + timedelta(days=unit)


def _within(m: re.Match[str], today: datetime | None) -> Window | None:
    if today is None:
        return None
    day = _midnight(today)
    return day - timedelta(days=_count(m[1]) * _DAYS[m[2].lower()]), day + timedelta(days=1)


def _count(word: str) -> int:
    return int(word) if word.isdigit() else max(1, _COUNT.index(word.lower()) - 1)


def _midnight(today: datetime) -> datetime:
    return today.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)


def _last(m: re.Match[str], today: datetime | None) -> Window | None:
    if today is None:
        return None
    day = _midnight(today)
    match m[1].lower().split():
        case ["today"]:
            return day, day + timedelta(days=1)
        case ["yesterday"]:
            return day - timedelta(days=1), day
        case ["this", "week"]:
            return day - timedelta(days=day.weekday()), day + timedelta(days=1)
        case [_, "week"]:
            return day - timedelta(days=7), day + timedelta(days=1)
        case ["this", "month"]:
            return day.replace(day=1), day + timedelta(days=1)
        case [_, "month"]:
            return day - timedelta(days=31), day + timedelta(days=1)
        case ["this", "year"]:
            return day.replace(month=1, day=1), day + timedelta(days=1)
        case _:
            return day - timedelta(days=365), day + timedelta(days=1)


_READ = (
    (_BETWEEN, _between), (_DAY, _day), (_DAY_OF_ANY_YEAR, _day), (_ISO, _iso), (_IN_MONTH, _month), (_IN_YEAR, _year),
    (_AGO, _ago), (_WITHIN, _within), (_LAST, _last),
)  # fmt: skip
"""What a time may look like, and how it is read; the first that is found counts."""

_PART = re.compile(
    rf"\b(early|mid|late|the (?:start|beginning|middle|end) of)?[ -]?\b(?!(?-i:may|march)\b)({_MONTH})\b(?!\s\d{{1,2}}\b)(?:,? ({_YEAR}))?",
    re.IGNORECASE,
)
_DATED = re.compile(
    rf"\b(?:({_MONTH}) (\d{{1,2}})(?:st|nd|rd|th)?|(\d{{1,2}})(?:st|nd|rd|th)? ({_MONTH}))\b(?:,? ({_YEAR}))?",
    re.IGNORECASE,
)
_NAMED_DAY = re.compile(
    rf"\b(?:({_SHORT}) (\d{{1,2}})(?:st|nd|rd|th)?|(\d{{1,2}})(?:st|nd|rd|th)? (?:of )?({_SHORT}))\b", re.IGNORECASE
)
_HOLIDAYS = {
    "christmas day": (12, 25), "christmas eve": (12, 24), "boxing day": (12, 26), "new year's day": (1, 1), "new year's eve": (12, 31),
    "halloween": (10, 31), "valentine's day": (2, 14),
}  # fmt: skip
_HOLIDAY = re.compile(rf"\b({'|'.join(_HOLIDAYS)})\b(?:,? (?:of |in )?({_YEAR}))?", re.IGNORECASE)
_BARE_YEAR = re.compile(rf"\b({_YEAR})\b")
_DAY_NAME = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_WEEKDAYS = rf"{_DAY_NAME}(?: (?:morning|afternoon|evening|night))?"
_WEEKDAY = re.compile(rf"\b{_WEEKDAYS}\b")
_THIRDS = {"early": (1, 11), "the start of": (1, 11), "the beginning of": (1, 11), "mid": (10, 21), "the middle of": (10, 21),
           "late": (20, 32), "the end of": (20, 32)}  # fmt: skip

_UNIT = "day|week|month|year"
_LATER = re.compile(
    rf"\b(?:(?:by|in|on|at) )?(?:(?P<count>{_NUMBER}) (?P<unit>{_UNIT})s? later\b|(?<!for )(?<!over )the (?:next|following) (?P<next>{_UNIT})\b(?=[?.,]|$))",
    re.IGNORECASE,
)
_THAT_WEEKDAY = re.compile(rf"\b(?:on|by) (?:the |that )?(?:following |next )?(?P<day>{_DAY_NAME})(?: after)?\b")
TIME_ALONE = (
    r"(?:(?:just|only|as early as) )?(?:(?:on|in|by|at|as of|before|after|until|during) )?(?:the |that |(?:the )?following )?"
    rf"(?:{_WEEKDAYS},? )?(?:{_POINT}|(?:the (?:start|beginning|middle|end) of ){_MONTH}(?:,? {_YEAR})?|{_WEEKDAYS}"
    rf"|(?:{'|'.join(_HOLIDAYS)})(?:,? {_YEAR})?|{_NUMBER} (?:{_UNIT})s? later|(?:next|following) (?:{_UNIT}))"
)
"""Nothing but a time: "by that Thursday", "in December", "two days later"."""


def dated_after(text: str, earlier: Moment) -> str:
    """What is told after something of an earlier time: "a week later" as the days that it means, "in December" as the next
    one."""
    if earlier.since is None or earlier.until is None:
        return text
    if m := _LATER.search(text):
        count, unit = _count(m["count"]) if m["count"] else 1, (m["unit"] or m["next"]).lower()
        since, until = (_later(time, count, unit) for time in (earlier.since, earlier.until))
        return f"{text[: m.start()]}{_in_words(since, until - timedelta(days=1))}{text[m.end() :]}"
    if re.search(_YEAR, text):
        return text
    if not (_DATED.search(text) or _HOLIDAY.search(text) or _PART.search(text)):
        since = earlier.since
        return _THAT_WEEKDAY.sub(lambda m: _in_words(*[_next(m["day"], since)] * 2), text)
    for year in (earlier.since.year, earlier.since.year + 1):
        found = moment(text, None, Moment("", datetime(year, 12, 31, tzinfo=UTC)))
        if found and found.until and found.until > earlier.since:
            comma = "," if found.words[-1].isdigit() else ""
            return text.replace(found.words, f"{found.words}{comma} {year}", 1)
    return text


def _later(time: datetime, count: int, unit: str) -> datetime:
    months = {"month": count, "year": 12 * count}.get(unit)
    if months is None:
        return time + timedelta(days=count * _DAYS[unit])
    years, month = divmod(time.month - 1 + months, 12)
    return time.replace(year=time.year + years, month=month + 1, day=min(time.day, 28))


def _next(weekday: str, since: datetime) -> datetime:
    """The first such day after this one."""
    return next(day for n in range(1, 8) if f"{(day := since + timedelta(days=n)):%A}" == weekday)


def _in_words(since: datetime, until: datetime) -> str:
    """The days from one to the other, both meant."""
    first, last = (f"{day:%B} {day.day}, {day.year}" for day in (since, until))
    return f"on {first}" if first == last else f"between {first} and {last}"


def names_day(text: str, day: datetime) -> bool:
    """Whether a text names that day of the year: "January 6", "Jan. 6", "6 January"."""
    named = (_number_of(m[1] or m[4]) == day.month and int(m[2] or m[3]) == day.day for m in _NAMED_DAY.finditer(text))
    return any(named)


def without_time(text: str, at: Moment) -> str:
    """The text without the words for that time."""
    lead = rf"(?:,?\s+(?:just )?(?:on|in|by|at|as of|around|during|since|from))?(?:\s+(?:the|that|{_WEEKDAYS}),?)*"
    return re.sub(rf"{lead}\s+{re.escape(at.words)}\b,?", "", text, count=1)


def moment(text: str, today: datetime | None, later: Moment | None = None) -> Moment | None:
    """The time that some words mean, as "mid-December 2022" or "Sunday"; None where they mean none.

    A missing year is that of `later` (the time it is compared with), else the latest one up to `today`; a weekday
    alone has no days of its own, only its words.
    """
    if (m := _BETWEEN.search(text)) and (window := _between(m, today)):
        return Moment(m.group(), *window)
    if m := _DATED.search(text):
        month, day = (m[1], m[2]) if m[1] else (m[4], m[3])
        number = _MONTHS.index(month.lower()) + 1
        if year := _year_of(m[5], number, today, later):
            try:
                start = datetime(year, number, int(day), tzinfo=UTC)
            except ValueError:
                return None  # February 30
            return Moment(m.group(), start, start + timedelta(days=1))
    if m := _HOLIDAY.search(text):
        number, day_of = _HOLIDAYS[m[1].lower()]
        if year := _year_of(m[2], number, today, later):
            start = datetime(year, number, day_of, tzinfo=UTC)
            return Moment(m.group(), start, start + timedelta(days=1))
    if m := _PART.search(text):
        number = _MONTHS.index(m[2].lower()) + 1
        if year := _year_of(m[3], number, today, later):
            start = datetime(year, number, 1, tzinfo=UTC)
            end = datetime(year + number // 12, number % 12 + 1, 1, tzinfo=UTC)
            first, last = _THIRDS.get((m[1] or "").lower(), (1, 32))
            return Moment(
                m.group().strip(), start + timedelta(days=first - 1), min(end, start + timedelta(days=last - 1))
            )
    if m := _BARE_YEAR.search(text):
        return Moment(m[1], datetime(int(m[1]), 1, 1, tzinfo=UTC), datetime(int(m[1]) + 1, 1, 1, tzinfo=UTC))
    m = _WEEKDAY.search(text)
    return Moment(m.group()) if m else None


def _year_of(year: str | None, month: int, today: datetime | None, later: Moment | None) -> int | None:
    if year:
        return int(year)
    if later and later.since:
        return later.since.year if month <= later.since.month else later.since.year - 1
    if today:
        return today.year if month <= today.month else today.year - 1
    return None
