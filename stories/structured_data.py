"""What search engines read of a page: schema.org's terms, as JSON-LD. Pure.

https://schema.org/ImageObject and https://schema.org/NewsArticle; of pictures the properties that
https://developers.google.com/search/docs/appearance/structured-data/image-license-metadata reads.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from stories.images.choosing import Offer
from stories.images.record import PictureRecord

Json = Mapping[str, Any]


def image_object(entry: Json, offer: Offer, address: str) -> dict[str, Any]:
    """One picture: the file at `address`, whose size is the offer's, and the record of the document's entry."""
    record = PictureRecord.of_entry(entry)
    told = {
        "@type": "ImageObject",
        "contentUrl": address,
        "width": offer.width,
        "height": offer.height,
        "caption": entry["caption"],
        "description": entry.get("extended_description") or ("" if entry["decorative"] else entry["alt_text"]),
        "creditText": record.credit_line,
        "creator": {"@type": "Person", "name": record.creator} if record.creator else "",
        "copyrightNotice": record.copyright_notice,
        "license": record.web_statement,
        "acquireLicensePage": record.licensor_url,
        "digitalSourceType": record.digital_source_type,
    }
    return {name: value for name, value in told.items() if value}


def news_article(
    document: Json, *, url: str, dates: tuple[datetime, datetime], images: Iterable[Json]
) -> dict[str, Any]:
    """A story's page; `dates` are those of its first and its last publication."""
    told = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": document["headline"],
        "description": document["standfirst"],
        "url": url,
        "inLanguage": document["language"],
        "datePublished": dates[0].isoformat(),
        "dateModified": dates[1].isoformat(),
        "image": list(images),
    }
    return {name: value for name, value in told.items() if value}
