"""The states of a story's page, each with its address, and the stories that are in them."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from typing import Any, NamedTuple

from PIL import Image, ImageDraw

from bench.content import Generator
from stories import publishing
from stories.draft import new_story, read_draft, write_draft
from stories.images.library import add_picture
from stories.images.rendering import render_file
from stories.models import Image as Picture
from stories.models import Story

BEGINNING = datetime(2026, 3, 2, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
USUAL_SIZE = 16  # pixels of a letter in a browser that nobody set
LONG = "The ferry council and the island delegations agree after five winters on a timetable that nobody wanted: " + (
    "night crossings in every season, a second berth for freight, a fleet of six, and a vote on all of it before the "
    "next storm season begins in October"
)
UNBROKEN = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 2
ARABIC = {
    "language": "ar",
    "headline": "العبّارة تعود إلى المضيق بعد خمسة شتاءات",
    "standfirst": "اتفق المجلس ووفد الجزر على جدول شتوي، وبقيت حصة عائدات المدّ بلا اتفاق [1].",
    "byline": "مكتب المضيق",
    "sections": [
        {
            "id": "s1",
            "heading": "جدول شتوي في أربعين صفحة",
            "body": "<p>قال المجلس إن الخط سيعمل كل يوم ابتداء من 4 مارس 2026 [1]. "
            "وأضاف الوفد أن السفينة <em>Quay 7</em> "
            "ستحمل 212 راكبًا [1][2].</p><p>ولم يُحسم الخلاف على 12.5% من العائدات [2].</p>",
        },
    ],
    "sources": [
        {
            "number": 1,
            "title": "الجدول الشتوي",
            "url": "https://council.example/ar/1",
            "outlet": "بريد الميناء",
            "language": "ar",
        },
        {
            "number": 2,
            "title": "Freight first, says the line",
            "url": "https://strait.example/2",
            "outlet": "Strait Wire",
        },
    ],
    "timeline": [
        {"id": "t1", "date": "2026-02", "text": "يبدأ الوسيط جولة جديدة من المحادثات [1]."},
        {"id": "t2", "date": "2026-03-01/2026-03-02", "text": "يوقّع الطرفان الجدول في مرفأ Quay 7 [2]."},
    ],
}
JAPANESE = {
    "language": "ja",
    "headline": "五年ぶりの冬、海峡に連絡船が戻る――評議会と島々が時刻表で合意",
    "standfirst": "評議会と島々の代表団は冬の時刻表で合意した。潮力の収入をどう分けるかは決まっていない。",
    "byline": "海峡取材班",
    "sections": [
        {
            "id": "s1",
            "heading": "四十ページのうちの一ページ",
            "body": "<p>評議会によると、航路は三月四日から毎日運航する[1]。"
            "乗客二百十二人を乗せた最初の便は「第七埠頭」を午前六時"
            "四十分に出た[1][2]。</p><p>収入の一二・五パーセントをめぐる<em>対立</em>は残ったままだ[2]。</p>",
        },
    ],
    "sources": [
        {
            "number": 1,
            "title": "冬の時刻表",
            "url": "https://council.example/ja/1",
            "outlet": "港湾新聞",
            "language": "ja",
        },
        {
            "number": 2,
            "title": "Freight first, says the line",
            "url": "https://strait.example/2",
            "outlet": "Strait Wire",
        },
    ],
    "timeline": [
        {"id": "t1", "date": "2026-02", "text": "仲介者が新しい協議を始める[1]。"},
        {"id": "t2", "date": "2026-03-01/2026-03-02", "text": "両者が埠頭で時刻表に署名する[2]。"},
    ],
}


class State(NamedTuple):
    """A page to look at. `start` is where its picture begins; an offline one goes on to `then` without a network."""

    name: str
    address: str
    start: str = ""
    text_size: int = USUAL_SIZE
    unfolded: bool = False
    is_offline: bool = False
    then: str = ""


EMPTY = [
    State("empty-corrections", "/corrections/"),
    State("empty-outlets", "/outlets/"),
    State("empty-policies", "/policies/"),
    State("empty-front-page", "/"),
    State("empty-archive", "/archive/"),
    State("empty-search", "/search/"),
]
STATES = [
    State("no-picture", "/stories/no-picture/"),
    State("one-picture", "/stories/one-picture/"),
    State("tall-picture", "/stories/tall-picture/"),
    State("many-pictures", "/stories/many-pictures/"),
    State("withheld-picture", "/stories/withheld-picture/versions/1/"),
    State("long-headline", "/stories/long-headline/"),
    State("unbroken-headline", "/stories/unbroken-headline/"),
    State("one-source", "/stories/one-source/"),
    State("many-sources", "/stories/many-sources/", start=".sources"),
    State("many-sources-evidence", "/stories/many-sources/", start=".evidence-summary", unfolded=True),
    State("many-sources-articles", "/stories/many-sources/", start=".articles", unfolded=True),
    State("no-sections", "/stories/no-sections/"),
    State("no-timeline", "/stories/no-timeline/"),
    State("headline-alone", "/stories/headline-alone/"),
    State("many-events", "/stories/many-events/", start=".timeline"),
    State("withdrawn", "/stories/withdrawn/"),
    State("withdrawn-version", "/stories/withdrawn/versions/1/"),
    State("old-version", "/stories/corrected/versions/1/"),
    State("taken-back", "/stories/taken-back/versions/2/"),
    State("words-removed", "/stories/taken-back/versions/1/"),
    State("versions", "/stories/taken-back/versions/"),
    State("corrected", "/stories/corrected/"),
    State("since-last-visit", "/stories/corrected/?since=1"),
    State("corrections", "/corrections/"),
    State("outlets", "/outlets/"),
    State("front-page", "/"),
    State("topic", "/topics/world/"),
    State("archive-month", "/archive/2026/03/"),
    State("archive-day", "/archive/2026/03/02/"),
    State("search", "/search/?q=harbour+council&topic=world"),
    State("search-nothing", "/search/?q=harbour+thylacine&outlet=Nobody"),
    State("search-no-word", "/search/?q=%21"),
    State("search-in-arabic", "/ar/search/?q=harbour"),
    State("offline", "/stories/corrected/", is_offline=True, then="/topics/world/"),
    State("kept-copy", "/stories/corrected/", is_offline=True, then="/stories/corrected/"),
    State("one-file", "/stories/corrected/versions/3/story.html"),
    State("one-file-sources", "/stories/corrected/versions/3/story.html", start=".sources"),
    State("one-file-foot", "/stories/corrected/versions/3/story.html", start=".resources"),
    State("one-file-arabic", "/ar/stories/arabic/versions/1/story.html"),
    State("one-file-old", "/stories/corrected/versions/1/story.html"),
    State("error-400", "/failing/400/"),
    State("error-403", "/failing/403/"),
    State("error-404", "/stories/never-was/"),
    State("error-500", "/failing/500/"),
    State("arabic", "/stories/arabic/", unfolded=True),
    State("arabic-in-arabic", "/ar/stories/arabic/", unfolded=True),
    State("english-in-arabic", "/ar/stories/one-picture/"),
    State("japanese", "/stories/japanese/", unfolded=True),
    State("large-text", "/stories/one-picture/", text_size=4 * USUAL_SIZE),
    State("large-text-sources", "/stories/one-picture/", text_size=4 * USUAL_SIZE, start=".sources"),
    State("large-text-timeline", "/stories/one-picture/", text_size=4 * USUAL_SIZE, start=".timeline"),
    State("large-text-old-version", "/stories/corrected/versions/1/", text_size=4 * USUAL_SIZE),
]


class Maker:
    """Makes stories, each an hour after the one before."""

    def __init__(self) -> None:
        self.generator, self.at = Generator(), BEGINNING
        self.usual = {**self.generator.long_parts(), "gallery": [], "language": "en"}

    def story(self, slug: str, **parts: Any) -> Story:
        """A running story without a picture, but for these parts."""
        story = new_story(self.generator.document(**{**self.usual, "slug": slug, **parts}))
        publishing.publish(story, by=None, at=self.moment())
        return story

    def edit(self, story: Story, **parts: Any) -> Story:
        draft = read_draft(story)
        write_draft(story, type(draft).model_validate(draft.model_dump() | parts))
        return story

    def moment(self) -> datetime:
        self.at += HOUR
        return self.at

    def picture(self, *size: int) -> dict[str, Any]:
        """A gallery's entry of a new picture: its size written on a plain ground."""
        drawn = Image.new("RGB", size, ("#31525b", "#7a4b3a", "#556b2f", "#4b4a67")[size[0] % 4])
        pen = ImageDraw.Draw(drawn)
        pen.line((0, 0, *size), fill="#e8e2d0", width=6)
        pen.text((size[0] // 20, size[1] // 20), f"{size[0]} x {size[1]}", fill="#e8e2d0", font_size=size[0] // 12)
        file = BytesIO()
        drawn.save(file, "PNG")
        image = add_picture(file.getvalue(), credit_line="Strait Pictures")
        render_file(image.sha256, at=self.at)
        told = {"alt_text": self.generator.sentence(8), "caption": self.generator.sentence(18, cites=1)}
        where = {"file": image.file.name, "sha256": image.sha256, "width": image.width, "height": image.height}
        return {**where, **told, "credit_line": "Strait Pictures", "source_url": "https://pictures.example/1"}


def make_stories() -> None:
    maker = Maker()
    with_pictures(maker)
    of_every_length(maker)
    with_a_past(maker)
    maker.story("arabic", **ARABIC)
    maker.story("japanese", **JAPANESE)


def with_pictures(maker: Maker) -> None:
    maker.story("no-picture")
    maker.story("one-picture", gallery=[maker.picture(1600, 1000)])
    maker.story("tall-picture", gallery=[maker.picture(900, 1500)])
    sizes = [(1600, 1002), (1200, 801), (802, 1203), (1999, 500), (600, 603), (1280, 960)]
    maker.story("many-pictures", gallery=[maker.picture(*size) for size in sizes])
    maker.story("withheld-picture", gallery=[maker.picture(1400, 900), maker.picture(1401, 905)])
    Picture.objects.filter(width__in=[1400]).update(rights_until=BEGINNING + timedelta(days=1))


def of_every_length(maker: Maker) -> None:
    generator = maker.generator
    maker.story("long-headline", headline=LONG[:250])
    maker.story("unbroken-headline", headline=UNBROKEN, standfirst=f"{UNBROKEN} {UNBROKEN}")
    body = f"<p>{generator.sentence(20, cites=1)} {generator.sentence(18, cites=1)}</p>"
    one = {"sources": [generator.source(1)], "timeline": [], "sections": [{"id": "s1", "heading": "", "body": body}]}
    maker.story("one-source", **one)
    sources = [generator.source(number) for number in range(1, 301)]
    sources[0] |= {"title": UNBROKEN, "url": f"https://strait.example/{UNBROKEN}", "outlet": UNBROKEN}
    body = "".join(f"<p>{generator.sentence(20, cites=number)}</p>" for number in range(1, 301))
    maker.story("many-sources", sources=sources, sections=[{"id": "s1", "heading": "All of them", "body": body}])
    maker.story("no-sections", sections=[])
    maker.story("no-timeline", timeline=[])
    maker.story("headline-alone", sections=[], timeline=[], sources=[], standfirst="", byline="", resources=[])
    maker.story("many-events", timeline=[event(generator, k) for k in range(1, 501)])


def event(generator: Generator, k: int) -> dict[str, Any]:
    """Of every shape: days, months, years, spans, decades and what is only about right."""
    day = date(2019, 1, 1) + timedelta(days=5 * k)
    shapes = [
        str(day),
        f"{day:%Y-%m}",
        f"{day}/{day + timedelta(days=9)}",
        f"{day}T14:30:00Z",
        f"{day:%Y}~",
        f"{day:%Y-%m}~",
    ]
    return {"id": f"t{k}", "date": shapes[k % len(shapes)], "text": generator.sentence(12 + k % 30, cites=1 + k % 24)}


def with_a_past(maker: Maker) -> None:
    gone = maker.story("withdrawn")
    publishing.withdraw(gone, by=None, reason="The timetable it told of was never agreed.", at=maker.moment())
    faulty, mended = (
        [{"id": "s1", "heading": "A vote", "body": f"<p>The council voted on it in {month} [1]. {after} [2].</p>"}]
        for month, after in (("March", "Nobody spoke"), ("February", "Three members spoke against it"))
    )
    told = maker.story("corrected", gallery=[maker.picture(1500, 1000)], sections=faulty)
    publishing.publish(maker.edit(told, headline="The council has voted"), by=None, at=maker.moment())
    maker.edit(told, sections=mended)
    said = {"kind": "correction", "text": "The council voted in February, not in March.", "passage": "s1.1"}
    publishing.issue_notice(told.versions.get(number=1), by=None, at=maker.moment(), **said)
    note = {"kind": "editors_note", "text": "One of the authors has family on the islands.", "passage": ""}
    publishing.issue_notice(told.versions.get(number=3), by=None, at=maker.moment(), **note)
    back = maker.story("taken-back")
    publishing.publish(maker.edit(back, headline="Sent too early"), by=None, at=maker.moment())
    publishing.take_back(back, by=None, reason="It went out before it was checked.", at=maker.moment())
    publishing.redact(back.versions.get(number=1), by=None, reason="A court ordered it.", at=maker.moment())
