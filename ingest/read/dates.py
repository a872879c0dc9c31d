"""Dates as files write them."""

from __future__ import annotations

import math
import re
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta, timezone

from dateutil import parser  # type: ignore[import-untyped]

_FIRST, _LAST = 1600, 2999  # years; the first newspaper is of 1605, and other years are misread numbers
_LONGEST = 100  # characters; a date field with more is prose
_NAMED_ZONES = {  # hours; the names that English-language news uses, which the standard library doesn't know
    **{"UTC": 0, "GMT": 0, "Z": 0, "WET": 0, "BST": 1, "IST": 5.5, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3, "SAST": 2},
    **{"EST": -5, "EDT": -4, "ET": -5, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "PT": -8},
    **{"AEST": 10, "AEDT": 11, "AWST": 8, "NZST": 12, "NZDT": 13, "JST": 9, "HKT": 8, "SGT": 8},
}


def parse_date(value: object) -> datetime | None:
    """The aware datetime that `value` names, or None where it names none for sure.

    Takes ISO 8601, RFC 2822, "2022/03/23", "23 March 2022", "Updated 5:30 PM EDT, Wed March 23, 2022", epoch seconds
    or milliseconds, and datetimes and dates. UTC is assumed where no zone is given. Year, month and day must all be
    there: nothing is filled in from the clock. Of "03/04/2022" the month is read first, as dateutil does.
    """
    try:
        found = _parse(value)
        if found is None or not _FIRST <= found.year <= _LAST:
            return None
        offset = found.utcoffset()
    except (ValueError, OverflowError, TypeError, ArithmeticError, RecursionError, LookupError):
        return None
    return found.replace(tzinfo=UTC if not offset else timezone(offset))


def _parse(value: object) -> datetime | None:
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime.combine(value, time())
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return _from_number(value)
    if isinstance(value, str) and value.strip() and len(value) <= _LONGEST:
        return _from_words(value.strip())
    return None


def _from_number(value: int | float) -> datetime | None:
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if 1_600_01_01 <= value <= 2_999_12_31:  # 20220323
        return datetime.strptime(str(int(value)), "%Y%m%d")
    if 10**8 <= abs(value) < 10**11:
        return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=value)
    if 10**11 <= abs(value) < 10**14:
        return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=value)
    return None


def _from_words(words: str) -> datetime | None:
    if re.fullmatch(r"(?:19|20)\d{10}(?:\d\d)?", words):  # 20220323153000, as web archives write it
        with suppress(ValueError):
            return datetime.strptime(words, "%Y%m%d%H%M%S" if len(words) == 14 else "%Y%m%d%H%M")
    if re.fullmatch(r"\d{9,14}(\.\d+)?", words):
        return _from_number(float(words))
    with suppress(ValueError):
        return datetime.fromisoformat(words)
    # dateutil fills gaps from a default day; two unlike defaults show whether it had to.
    one, two = (
        parser.parse(words, default=default, fuzzy=True, tzinfos=_zone)
        for default in (datetime(2001, 1, 1), datetime(2002, 2, 2))
    )
    return one if isinstance(one, datetime) and one == two else None


def _zone(name: str | None, offset: int | None) -> timezone:
    if offset is not None:
        return timezone(timedelta(seconds=offset))
    return timezone(timedelta(hours=_NAMED_ZONES.get((name or "").upper(), 0)))
