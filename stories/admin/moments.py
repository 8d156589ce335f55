"""Moments as the newsroom reads them: in its own time zone, beside UTC where that is another."""

from datetime import UTC, datetime

from django.utils import timezone


def clock(moment: datetime) -> str:
    """“14:05:09”, with the day where it is not today's."""
    local = timezone.localtime(moment)
    today = local.date() == timezone.localtime().date()
    return local.strftime("%H:%M:%S" if today else "%d %b %Y, %H:%M").lstrip("0" if not today else "")


def in_newsroom_time(moment: datetime) -> str:
    """“3 Mar, 14:05:09 CET”."""
    return timezone.localtime(moment).strftime("%d %b, %H:%M:%S %Z").lstrip("0")


def in_both_zones(moment: datetime) -> str:
    """“3 Mar 2026, 14:05 CET (3 Mar, 13:05 UTC)”: in UTC too where that is another."""
    utc = moment.astimezone(UTC)
    local = timezone.localtime(moment)
    same = local.utcoffset() == utc.utcoffset()
    shown = local.strftime("%d %b %Y, %H:%M %Z").lstrip("0")
    return shown + ("" if same else f" ({utc.strftime('%d %b, %H:%M').lstrip('0')} UTC)")
