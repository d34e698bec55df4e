"""Dates as the world writes them."""

import datetime
import email.utils

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.intake._dates import parse_date

moments = st.datetimes(
    datetime.datetime(1900, 1, 1),
    timezones=st.integers(-14 * 60, 14 * 60).map(lambda each: datetime.timezone(datetime.timedelta(minutes=each))),
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-22", "2026-11-22"),
        ("20261122", "2026-11-22"),
        ("2026-11-22T10:30:05Z", "2026-11-22T10:30:05Z"),
        ("2026-11-22T10:30:05.123+0100", "2026-11-22T10:30:05+01:00"),
        ("2026-11-22 10:30 +05:30", "2026-11-22T10:30:00+05:30"),
        ("2026-11-22T10:30:05-05", "2026-11-22T10:30:05-05:00"),
        ("2026-11-22T10:30:05", "2026-11-22"),
        ("Sun, 22 Nov 2026 10:30:00 EST", "2026-11-22T10:30:00-05:00"),
        ("22 Nov 2026 10:30:00 +0000", "2026-11-22T10:30:00Z"),
        ("November 22, 2026", "2026-11-22"),
        ("Published on Nov. 22nd 2026 at 10 AM", "2026-11-22"),
        ("22. November 2026", "2026-11-22"),
        ("22 de noviembre de 2026", "2026-11-22"),
        ("le 1er décembre 2026", "2026-12-01"),
        ("22 ноября 2026", "2026-11-22"),
        ("22 листопада 2026", "2026-11-22"),
        ("2026年11月22日", "2026-11-22"),
        ("22.11.2026", "2026-11-22"),
        ("11/22/2026", "2026-11-22"),
        ("22/11/2026", "2026-11-22"),
        ("1795343400", "2026-11-22T10:30:00Z"),
        ("1795343400000", "2026-11-22T10:30:00Z"),
        ("03/04/2026", None),
        ("2026-02-30", None),
        ("31 June 2026", None),
        ("yesterday", None),
        ("", None),
        ("99999999999999999999-11-22", None),
    ],
)
def test_a_date_is_read_and_none_is_invented(text, expected):
    assert parse_date(text) == expected


@given(moments)
def test_iso_and_mail_dates_tell_the_same_moment(moment):
    moment = moment.replace(microsecond=0)

    for text in (moment.isoformat(), email.utils.format_datetime(moment)):
        assert datetime.datetime.fromisoformat(parse_date(text)) == moment


@given(st.text())
def test_any_text_gives_a_day_of_the_calendar_or_none(text):
    found = parse_date(text)

    assert found is None or datetime.date.fromisoformat(found[:10])
