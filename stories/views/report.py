"""Where readers report an error: about a passage, a Version, or any page. No account, no cookie, no third party.

A form carries a signed token with what it is about and when it was opened, in place of the cookie against forged
requests: nobody is signed in here, so there is nothing to forge but a report, and those are counted.
"""

import re
import secrets
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any

from django import forms
from django.core import signing
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from stories import web_address
from stories.document import storable
from stories.error_reports import About, Sent, TooManyReports, receive
from stories.models import Story, Version
from stories.models.error_report import LONGEST_EMAIL, LONGEST_PAGE, LONGEST_TEXT, SHORTEST_TEXT
from stories.reading import live_topics
from stories.touching import words_of
from stories.views.story import NUMBER

SALT = "error report"
SOONEST, LATEST = timedelta(seconds=3), timedelta(days=1)
PAGE = re.compile(r"/(?![/\\])[^\s\x00-\x1f]*")
SLUG = re.compile(r"[\w-]{1,120}")
TOO_SOON = _("That was quicker than anybody writes. Send it once more.")
TOO_OLD = _("This page was open for long. What you wrote is here: send it once more.")

NO_ADDRESS = _("This is no address of a page. Write it in full, beginning with https:// or http://, or leave it out.")
UNKEPT = _("There is a character in it that cannot be kept. Remove it.")


class WrittenField(forms.CharField):
    """A line break counts once, as in the browser, which holds the reader to the same length but sends it as two."""

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).replace("\r\n", "\n")


class ReportForm(forms.Form):
    text = WrittenField(
        label=_("What is wrong?"),
        min_length=SHORTEST_TEXT,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={
            "required": _("Say what is wrong."),
            "min_length": _("Say a little more: at least %(limit_value)d characters."),
            "max_length": _("At most %(limit_value)d characters are kept, and this has %(show_value)d. Shorten it."),
        },
    )
    address = forms.CharField(
        label=_("Where can that be read?"), required=False, help_text=_("The address of a page, if there is one.")
    )
    email = forms.EmailField(
        label=_("Your e-mail"),
        required=False,
        help_text=_("Only if the newsroom may ask you back. It is removed once your report is closed."),
        max_length=LONGEST_EMAIL,
        error_messages={
            "invalid": _("This is no e-mail address. Mend it, or leave it out."),
            "max_length": _(
                "At most %(limit_value)d characters of an e-mail address are kept. Mend it, or leave it out."
            ),
        },
    )
    website = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )
    token = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_text(self) -> str:
        return _kept(self.cleaned_data["text"])

    def clean_address(self) -> str:
        typed = self.cleaned_data["address"].strip()
        try:
            return web_address.check(_kept(typed)) if typed else ""
        except web_address.UnusableAddress as error:
            raise forms.ValidationError(NO_ADDRESS) from error


def _kept(text: str) -> str:
    try:
        return storable(text)
    except ValueError as error:
        raise forms.ValidationError(UNKEPT) from error


@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def report_error(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    about, is_found = about_of(request.GET.dict(), at)
    if request.method != "POST":
        return _page(request, ReportForm(initial={"token": _token(request, at)}), about, is_found)
    form = ReportForm(request.POST)
    opened, nonce = _opened(request, str(request.POST.get("token", "")))
    if not form.is_valid() or not _came_in_time(form, request, opened, at):
        return _page(request, form, about, is_found, status=422)
    told = form.cleaned_data
    try:
        receive(about, Sent(told["text"], told["address"], told["email"], told["website"]), token=nonce, at=at)
    except TooManyReports as refusal:
        form.add_error(None, str(refusal))
        return _page(request, form, about, is_found, status=429)
    return HttpResponse(status=HTTPStatus.SEE_OTHER, headers={"Location": reverse("report_thanks")})


@require_safe
def report_thanks(request: HttpRequest) -> HttpResponse:
    return render(request, "stories/report_thanks.html", {"topics": live_topics(timezone.now())})


def about_of(asked: dict[str, str], at: datetime) -> tuple[About, bool]:
    """What a report would be about, and whether all that the address names is there for readers."""
    slug, number, passage = (asked.get(name, "") for name in ("story", "version", "passage"))
    page = asked.get("page", "")
    if not slug:
        fits = bool(PAGE.fullmatch(page)) and len(page) <= LONGEST_PAGE
        return About(page=page if fits else ""), fits or not page
    if not SLUG.fullmatch(slug):
        return About(), False
    published = _published(slug, at)
    version = published.filter(number=int(number)).first() if NUMBER.fullmatch(number) else published.first()
    if version is None:
        last = published.first()
        return About(last.story if last else None), False
    words = {} if version.is_hidden else words_of(version.document)
    if passage not in words:
        return About(version.story, version), not passage
    return About(version.story, version, passage, words[passage]), True


def _published(slug: str, at: datetime) -> QuerySet[Version]:
    """What readers have seen of the story at this address, the newest first; the page they had open may be from before
    the story was given another address."""
    known = Story.objects.filter(Q(slug=slug) | Q(previous_slugs__slug=slug))
    return Version.objects.published(at).filter(story__in=known).select_related("story").order_by("-number")


def _token(request: HttpRequest, at: datetime) -> str:
    told = {"about": request.GET.urlencode(), "at": int(at.timestamp()), "nonce": secrets.token_hex(16)}
    return signing.dumps(told, salt=SALT)


def _opened(request: HttpRequest, token: str) -> tuple[datetime | None, str]:
    """When the form was opened, and what it is known by; no moment for a token that is not of this form."""
    try:
        told: dict[str, Any] = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None, ""
    if told["about"] != request.GET.urlencode():
        return None, ""
    return datetime.fromtimestamp(told["at"], tz=timezone.get_current_timezone()), told["nonce"]


def _came_in_time(form: ReportForm, request: HttpRequest, opened: datetime | None, at: datetime) -> bool:
    if opened is not None and SOONEST <= at - opened <= LATEST:
        return True
    is_soon = opened is not None and at - opened < SOONEST
    form.add_error(None, TOO_SOON if is_soon else TOO_OLD)
    if not is_soon:  # what is too soon ripens
        data = request.POST.copy()
        data["token"] = _token(request, at)
        form.data = data
    return False


def _page(request: HttpRequest, form: ReportForm, about: About, is_found: bool, *, status: int = 200) -> HttpResponse:
    context = {"form": form, "about": about, "is_found": is_found, "topics": live_topics(timezone.now())}
    return render(request, "stories/report.html", context, status=status)
