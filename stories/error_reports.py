"""Reports of errors: taking them in from readers whom nobody knows, and what the desk makes of them."""

import hashlib
import hmac
import ipaddress
import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from stories.audit import acting_from, record
from stories.models import ErrorReport, Story, Version

HOUR, A_DAY = timedelta(hours=1), timedelta(days=1)
MOST_OF_ONE, MOST_OF_ALL, MOST_LINKS = 5, 300, 2
LINK = re.compile(r"https?://|\bwww\.", re.IGNORECASE)


class TooManyReports(Exception):
    """More than the desk takes in an hour, from one address or from all; the message is for the reader."""


@dataclass(frozen=True)
class About:
    """What a report is about: a passage of a Version, a Version, a story of which no Version is known, or a page of the
    site."""

    story: Story | None = None
    version: Version | None = None
    passage: str = ""
    passage_text: str = ""
    page: str = ""


@dataclass(frozen=True)
class Sent:
    """What the reader sent. `trap` is what stands in a field that people do not see."""

    text: str
    address: str = ""
    email: str = ""
    trap: str = ""


def receive(about: About, sent: Sent, *, token: str, at: datetime | None = None) -> ErrorReport:
    """Keep a reader's report for the desk; that which the same form, or the same reader, has made already is returned.

    What looks like spam is kept too, as such. The reader's network address is that of the audit trail. Raises
    TooManyReports; nothing is written then.
    """
    at = at or timezone.now()
    senders = _senders(acting_from.get(), at)
    known = ErrorReport.objects.filter(token=token).first() or _same(about, sent, senders, at)
    if known is not None:
        return known
    _refuse_too_many(senders, at)
    report = ErrorReport(sender=senders[0], token=token, sent_at=at, **vars(about))
    report.text, report.address, report.email = sent.text, sent.address, sent.email
    report.state = ErrorReport.State.SPAM if _looks_like_spam(sent, at) else ErrorReport.State.NEW
    try:
        with transaction.atomic():
            report.save()
    except IntegrityError:  # the form was sent twice at the same moment
        return ErrorReport.objects.get(token=token)
    return report


def _senders(network_address: str, at: datetime) -> list[str]:
    """The hash of where the report comes from, with the key of the day, and with that of an hour before."""
    days = {at.date(): None, (at - HOUR).date(): None}
    return [_hashed(network_address, str(day)) for day in days]


def _hashed(network_address: str, day: str) -> str:
    """An IPv6 network stands for all its addresses: a household has as many of them as it likes."""
    try:
        found = ipaddress.ip_address(network_address)
        network = ipaddress.ip_network((found, 64 if found.version == 6 else 32), strict=False)
        network_address = str(network)
    except ValueError:
        pass  # no network address, such as that of a command
    key = f"error report {day} {settings.SECRET_KEY}".encode()
    return hmac.new(key, network_address.encode(), hashlib.sha256).hexdigest()


def _same(about: About, sent: Sent, senders: list[str], at: datetime) -> ErrorReport | None:
    recent = ErrorReport.objects.filter(sender__in=senders, sent_at__gt=at - A_DAY, text=sent.text)
    return recent.filter(story=about.story, version=about.version, passage=about.passage, page=about.page).first()


def _refuse_too_many(senders: list[str], at: datetime) -> None:
    recent = ErrorReport.objects.filter(sent_at__gt=at - HOUR)
    if recent.filter(sender__in=senders).count() >= MOST_OF_ONE:
        raise TooManyReports(
            _("Several reports came from your address in the last hour. Send this one a little later.")
        )
    if recent.count() >= MOST_OF_ALL:
        raise TooManyReports(_("Very many reports have come in the last hour. Send this one a little later."))


def _looks_like_spam(sent: Sent, at: datetime) -> bool:
    repeated = ErrorReport.objects.filter(sent_at__gt=at - A_DAY, text=sent.text)
    return bool(sent.trap) or len(LINK.findall(sent.text)) > MOST_LINKS or repeated.exists()


@transaction.atomic
def handle(report: ErrorReport, *, state: str, note: str, by: User) -> ErrorReport:
    """Say what became of a report. Once it is closed the reader's e-mail and the hash of their address are gone."""
    report = ErrorReport.objects.select_for_update().get(pk=report.pk)
    before = report.get_state_display()
    report.state, report.note = ErrorReport.State(state), note
    report.handled_by, report.handled_at = by, timezone.now()
    if not report.is_open:
        report.email = report.sender = ""
    report.save()
    now = report.get_state_display()
    sentence = f"From “{before}” to “{now}”." if before != now else "Noted."
    record("error report", sentence, by=by, story=report.story, about=f"Error report {report.pk}")
    return report
