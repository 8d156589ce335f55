"""Sources as rows of the story's form: a row takes the report's details itself, under a number for good."""

import hashlib
from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html

from stories import web_address
from stories.admin.form_fields import AddressField, LinesField
from stories.admin.rows import OrderedPart, Posted, RowForm, RowFormSet, is_as_shown
from stories.admin.still_cited import citing_fields, still_cited
from stories.document import MAX_SOURCE_NUMBER, SourceEntry
from stories.draft import hold
from stories.models import Article, Source, StandingCheck, Story
from stories.outlets import names_as_known
from stories.shared_rows import hold_shared_rows
from stories.sourcing import Library, with_known_details
from timelines.dates import EventDate, Precision, UnreadableDate

SALT = "stories.source-number"
NO_NUMBER_LEFT = f"All source numbers up to {MAX_SOURCE_NUMBER} have been given. Remove the row."
LANGUAGE_HELP = "A tag such as “en” or “uk”, where it is not the story's."


class ReportAddressField(forms.CharField):
    """A report's address in the one spelling under which Articles are found."""

    widget = forms.TextInput(attrs={"inputmode": "url"})

    def clean(self, value: Any) -> str:
        try:
            return web_address.normalise(super().clean(value))
        except web_address.UnusableAddress as error:
            raise ValidationError(str(error), code="unusable_address") from error


class DayField(forms.CharField):
    """A day as editors write it: “Feb 24 2022”, “24 February 2022”, “2022-02-24”."""

    def prepare_value(self, value: Any) -> Any:
        return value.isoformat() if isinstance(value, date) else value

    def to_python(self, value: Any) -> date | None:  # type: ignore[override]
        if isinstance(value, date) or not (text := super().to_python(value)):
            return value or None
        try:
            day = EventDate.parse(text)
        except UnreadableDate as error:
            raise ValidationError(str(error), code="unreadable_date") from error
        if day.precision != Precision.DAY:
            raise ValidationError("“%(text)s” is not a single day.", code="not_a_day", params={"text": text})
        return day.earliest

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return (initial or None) != self.to_python(data)
        except ValidationError:
            return True


class SourceForm(RowForm):
    """`cleaned_data["entry"]` is what the row says of its report."""

    given = forms.CharField(required=False, widget=forms.HiddenInput)
    url = ReportAddressField(label="Address", required=False, max_length=web_address.MAX_LENGTH)
    title = forms.CharField(label="Title", required=False, max_length=500)
    outlet = forms.CharField(label="Outlet", required=False, max_length=300)
    published = DayField(label="Published", required=False)
    authors = LinesField(label="Authors", help_text="One a line.")
    archive_url = AddressField(label="Archived copy")  # not normalised: it names the copied page, tracking and all
    language = forms.CharField(label="Language", required=False, max_length=35, help_text=LANGUAGE_HELP)

    class Meta:
        model = Source
        fields = ["number", "position"]
        error_messages = {"number": {"invalid": "A source number is a whole number, such as 6."}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        instance = kwargs.get("instance")
        if instance is not None:
            kwargs["initial"] = {**details(instance), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.fields["number"].required = False
        self.fields["number"].disabled = instance is not None

    @classmethod
    def posted_as_shown(cls, instance: Source, posted: Posted) -> bool:
        said = digest_of([posted(name) or "" for name in DETAILS])
        return posted("shown") == said and is_as_shown(posted, {"position": instance.position})

    def as_shown(self) -> str:
        """A short digest of the details as the form shows, or was sent, them."""
        return digest_of([str(self[name].value() or "") for name in DETAILS])

    @property
    def shown(self) -> str:
        """The digest of the details that the page was opened with."""
        return self.data.get(self.add_prefix("shown"), "") if self.is_bound else self.as_shown()

    @cached_property
    def changed_data(self) -> list[str]:
        """Nothing, where the row came back as it was shown: the report may have been mended on its own page since."""
        changed = super().changed_data
        is_as_shown = self.is_bound and bool(self.shown) and self.shown == self.as_shown()
        told = changed if not is_as_shown or self.instance._state.adding else [n for n in changed if n == "position"]
        return [] if self.instance._state.adding and set(told) <= {"position"} else told

    @property
    def article(self) -> Article | None:
        return self.instance.article if self.instance.article_id else None

    def clean_number(self) -> int | None:
        number = self.cleaned_data["number"]
        if number is not None and not 1 <= number <= MAX_SOURCE_NUMBER:
            raise ValidationError(f"Source numbers run from 1 to {MAX_SOURCE_NUMBER}.", code="out_of_range")
        return number

    def clean(self) -> dict[str, Any]:
        said = {name: self.cleaned_data.get(name) for name in DETAILS}
        if not self.errors:
            try:
                self.cleaned_data["entry"] = SourceEntry(number=self.cleaned_data["number"] or 1, **said)
            except ValueError as error:
                faults = {str(fault["loc"][0]): fault["msg"] for fault in reversed(error.errors())}  # type: ignore[attr-defined]
                for name, sentence in faults.items():
                    self.add_error(name, sentence.removeprefix("Value error, "))
        return self.cleaned_data


DETAILS = ("url", "title", "outlet", "published", "authors", "archive_url", "language")


def digest_of(values: list[str]) -> str:
    said = "\x1f".join(value.replace("\r\n", "\n").strip() for value in values)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def details(source: Source) -> dict[str, Any]:
    """What a row shows of its report."""
    article = source.article
    if article is None:
        return {}
    said = {name: getattr(article, name) for name in DETAILS if name != "outlet"}
    return {**said, "outlet": article.outlet.name if article.outlet else ""}


def with_what_was_fetched(form: SourceForm, article: Article) -> SourceEntry:
    """What the row says, with what was fetched since it was opened and what it leaves blank.

    What was fetched since are the last few of `filled`: those without which the row shows what it showed.
    """
    entry: SourceEntry = form.cleaned_data["entry"]
    filled = [name for name in article.fetch.filled if name in DETAILS]
    if entry.url != article.url or all(getattr(entry, name) for name in filled):
        return entry
    source = Source(story=form.instance.story, number=form.instance.number, article=article)
    source._state.adding = False
    for place in range(len(filled)):
        since = filled[place:]
        if SourceForm(instance=source, initial=dict.fromkeys(since, "")).as_shown() == form.shown:
            said = details(source)
            return entry.model_copy(update={name: said[name] for name in since if not getattr(entry, name)})
    return entry


class SourceFormSet(RowFormSet):
    """Gives numbers, refuses a number given twice, and keeps the reports that rows describe.

    `said` collects sentences for the editor: nothing is decided silently.
    """

    said: list[str]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.said = []

    def clean(self) -> None:
        self._refuse_repeated_numbers()
        self._keep_what_is_cited()

    def _keep_what_is_cited(self) -> None:
        removed = [form.instance.number or form.cleaned_data.get("number") for form in self.deleted_forms]
        fields = list(citing_fields(self.data)) if any(removed) else []
        stays = [sentence for number in removed if number and (sentence := still_cited(number, fields))]
        if stays:
            raise ValidationError([ValidationError(sentence, code="still_cited") for sentence in stays])

    def _refuse_repeated_numbers(self) -> None:
        if not (new := [form for form in self.standing_forms if form.instance._state.adding]):
            return
        taken = set(self.instance.sources.values_list("number", flat=True)) if self.instance.pk else set()
        numbered = [(form, number) for form in new if (number := form.cleaned_data.get("number")) is not None]
        for form, number in numbered:
            fault = "" if self.instance_is_outrun else self._fault_of(form, number, taken)
            if fault:
                form.add_error("number", fault)
            taken.add(number)
        blank = len(new) - len(numbered)
        if max([self.instance.last_source_number, *taken]) + blank > MAX_SOURCE_NUMBER:
            raise ValidationError(NO_NUMBER_LEFT, code="no_number_left")

    def _fault_of(self, form: SourceForm, number: int, taken: set[int]) -> str:
        if number in taken:
            return f"The story already has a source {number}. Leave the number empty to get the next one."
        given_before = number <= self.instance.last_source_number
        if given_before and not form.vanished and not self._was_reserved(form, number):
            return f"Number {number} was given before and is never given again. Leave it empty to get the next one."
        return ""

    @property
    def instance_is_outrun(self) -> bool:
        """Whether a newer draft is there: two reports under one number are then a conflict, which is asked."""
        return getattr(self.instance, "is_outrun", False)

    def _was_reserved(self, form: SourceForm, number: int) -> bool:
        try:
            return signing.loads(form.cleaned_data["given"], salt=SALT) == [self.instance.pk, number]
        except signing.BadSignature:
            return False

    def save(self, commit: bool = True) -> Any:
        if any(not form.is_as_shown for form in self.forms):
            hold_shared_rows()
            self._keep_what_was_fetched()
            self._call_outlets_as_known()
            entries = [form.cleaned_data["entry"] for form in self.standing_forms]
            self.library = Library(self.instance, entries)
            given = [form.cleaned_data.get("number") or 0 for form in self.standing_forms]
            self.instance.last_source_number = max([self.instance.last_source_number, *given])
        return super().save(commit)

    def _keep_what_was_fetched(self) -> None:
        rows = [form for form in self.standing_forms if form.instance.article_id and form.has_changed()]
        if rows:
            asked_for = Article.objects.filter(fetch__isnull=False).select_related("outlet", "fetch")
            articles = asked_for.in_bulk({form.instance.article_id for form in rows})
        for form in rows:
            if article := articles.get(form.instance.article_id):
                form.cleaned_data["entry"] = with_what_was_fetched(form, article)

    def _call_outlets_as_known(self) -> None:
        """One outlet typed in two ways stays one: “strait wire” is the Strait Wire that is there already."""
        typed = {form.cleaned_data["entry"].outlet for form in self.standing_forms} - {""}
        for name, known in names_as_known(typed).items():
            self.said.append(f"“{name}” was saved as the outlet “{known}” that is here already.")
            for form in self.standing_forms:
                if form.cleaned_data["entry"].outlet == name:
                    form.cleaned_data["entry"] = form.cleaned_data["entry"].model_copy(update={"outlet": known})

    def save_existing(self, form: SourceForm, obj: Any, commit: bool = True) -> Any:
        if form.changed_data != ["position"]:
            form.instance.article = self._article(form, Article.objects.filter(pk=obj.article_id).first())
        return super().save_existing(form, obj, commit)

    def save_new(self, form: SourceForm, commit: bool = True) -> Any:
        if form.instance.number is None:
            self.instance.last_source_number += 1
            form.instance.number = self.instance.last_source_number
            entry = form.cleaned_data["entry"]
            self.said.append(f"“{entry.title or entry.url or 'The new source'}” is source {form.instance.number}.")
        form.instance.article = self._article(form, None)
        return super().save_new(form, commit)

    def _article(self, form: SourceForm, current: Article | None) -> Article | None:
        typed: SourceEntry = form.cleaned_data["entry"]
        found = self.library.by_url.get(typed.url)
        known = found if found is not None and found.pk != (current and current.pk) else None
        entry = with_known_details(typed, known, self.library)
        article = self.library.article_for(entry, current)
        if article is not None:
            self.said.extend(self._sentences(form.instance.number, entry, article, known))
        return article

    def _sentences(self, number: int, entry: SourceEntry, article: Article, known: Article | None) -> Iterator[str]:
        page = reverse("admin:stories_article_change", args=[article.pk])
        if known is not None:
            yield format_html(
                'Source {} is a report that Newsdesk already knows: <a href="{}">{}</a>.', number, page, article
            )
        left = [name for name in DETAILS[1:] if _said(entry, name) and _said(entry, name) != _kept(article, name)]
        if left:
            labels = ", ".join(str(SourceForm.base_fields[name].label).lower() for name in left)
            yield format_html(
                "Source {}: other stories use the report too, so only what was blank was filled in, and its {} stayed "
                'as it was. Change that on <a href="{}">the article’s own page</a>.',
                number,
                labels,
                page,
            )


def _said(entry: SourceEntry, name: str) -> Any:
    return getattr(entry, name)


def _kept(article: Article, name: str) -> Any:
    return (article.outlet.name if article.outlet else "") if name == "outlet" else getattr(article, name)


class SourceInline(OrderedPart):
    model = Source
    form = SourceForm
    formset = SourceFormSet
    ordering = ["position", "number"]
    template = "admin/stories/story/sources.html"
    max_num = MAX_SOURCE_NUMBER

    def get_queryset(self, request: HttpRequest) -> QuerySet[Source]:
        elsewhere = Count("article__sources__story", distinct=True)
        checked = StandingCheck.objects.filter(story=OuterRef("story"), article=OuterRef("article")).values("note")
        sources = super().get_queryset(request).select_related("article__outlet", "article__fetch")
        return sources.annotate(used_by=elsewhere, checked_note=Subquery(checked))


@transaction.atomic
def reserve_number(story: Story, above: int = 0) -> JsonResponse:
    """Give the story's next source number, above those that the page shows; it stays given, also if the row is never
    saved."""
    story = hold(story)
    number = max(story.last_source_number, above) + 1
    if number > MAX_SOURCE_NUMBER:
        return JsonResponse({"message": NO_NUMBER_LEFT}, status=409)
    Story.objects.filter(pk=story.pk).update(last_source_number=number)
    return JsonResponse({"number": number, "given": reserved(story, number)})


def reserved(story: Story, number: int) -> str:
    """What a row posts to show that its number was given to it."""
    return signing.dumps([story.pk, number], salt=SALT)
