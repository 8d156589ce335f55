"""What there is to say of a gallery's pictures before a story goes out: their rights, and uses that were refused. Pure.

None of it ever refuses: a picture holds up no words.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from stories.citations.checking import Finding, Place
from stories.document import GalleryEntry, StoryDocument
from stories.images.rights import UNLIMITED, Rights, Withheld

CODES = frozenset({"picture_killed", "picture_past_rights", "picture_rights_end", "refused_uses"})


@dataclass(frozen=True)
class Picture:
    """What the library knows of a picture: its place in the gallery, counted from 1, whether it may be shown, and the
    uses that its owner refused."""

    position: int
    rights: Rights = UNLIMITED
    refused_uses: tuple[str, ...] = ()


Pictures = Mapping[str, Picture]


def without_withheld(
    document: StoryDocument, pictures: Pictures, at: datetime, now: datetime
) -> tuple[StoryDocument, list[Finding]]:
    """The document without the pictures that may not be shown when it goes live `at`, and why each is left out."""
    shown, left_out = [], []
    for count, entry in enumerate(document.gallery, 1):
        picture = pictures.get(entry.sha256 or "", Picture(count))
        reason = _left_out(entry, picture, at, now)
        if reason is None:
            shown.append(entry)
        else:
            left_out.append(reason)
    return document.model_copy(update={"gallery": shown}), left_out


def cares(document: StoryDocument, pictures: Pictures, at: datetime) -> Iterator[Finding]:
    """What an editor must know of the pictures that go live `at`: rights that end within a week, refused uses."""
    for entry in document.gallery:
        if (picture := pictures.get(entry.sha256 or "")) is None:
            continue
        about = entry.sha256 or ""
        until = picture.rights.rights_until
        if until is not None and picture.rights.end_soon(at):
            message = f"Picture {picture.position} may be shown until {in_words(until)}; it leaves the page then."
            yield Finding("picture_rights_end", message, False, _place(picture, "rights_until"), about)
        if picture.refused_uses:
            named = ", ".join(f"“{use}”" for use in picture.refused_uses)
            message = f"Picture {picture.position}: refused uses: {named}. Check before it goes out."
            yield Finding("refused_uses", message, False, _place(picture, "refused_uses"), about)


def without_file(position: int) -> Finding:
    message = f"Picture {position} awaits its file, so it is left out. Upload the file to show it."
    return Finding("picture_without_file", message, False, Place("picture", str(position), "file"), str(position))


def in_words(moment: datetime) -> str:
    """“Tue 3 March 2026, 18:00 CET”, in the newsroom's time zone."""
    local = timezone.localtime(moment)
    return f"{local:%a} {local.day} {local:%B %Y, %H:%M %Z}"


def _left_out(entry: GalleryEntry, picture: Picture, at: datetime, now: datetime) -> Finding | None:
    if not entry.file:
        return without_file(picture.position)
    withheld = picture.rights.withheld(at)
    if withheld is None:
        return None
    of_what = f" of what goes live on {in_words(at)}" if at > now else ""
    again = " Publish again then to show it." if withheld == Withheld.AHEAD else ""
    message = f"Picture {picture.position} {_why(withheld, picture.rights, now)}, so it is left out{of_what}.{again}"
    place = _place(picture, "rights_from" if withheld == Withheld.AHEAD else "rights_until")
    code = "picture_killed" if withheld == Withheld.KILLED else "picture_past_rights"
    return Finding(code, message, False, place, entry.sha256 or "")


def _why(withheld: Withheld, rights: Rights, now: datetime) -> str:
    if withheld == Withheld.KILLED and rights.killed_at:
        return f"was killed on {in_words(rights.killed_at)}"
    if withheld == Withheld.ENDED and rights.rights_until:
        return f"{'may' if rights.rights_until > now else 'could'} be shown until {in_words(rights.rights_until)}"
    return f"may not be shown before {in_words(rights.rights_from)}" if rights.rights_from else "may not be shown"


def _place(picture: Picture, field: str) -> Place:
    return Place("picture", str(picture.position), field)
