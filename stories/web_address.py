"""Addresses of reports, brought to one spelling so that one report is one Article."""

from urllib.parse import unquote_plus, urlsplit, urlunsplit

MAX_LENGTH = 2000  # in UTF-8: what the index of a database can hold
# What senders add to tell who came from where. Left out of the list is whatever some site uses to choose its page,
# such as cid, ref or source: a mark that stays makes two Articles of one report, a page that is lost makes none.
TRACKING = frozenset(
    """fbclid fb_action_ids fb_action_types fb_ref fb_source mibextid gclid gclsrc dclid gbraid wbraid gad_source
    gad_campaignid srsltid _ga _gl msclkid yclid ysclid _openstat twclid __twitter_impression ref_src ref_url ttclid
    li_fat_id igsh igshid epik irclickid mc_cid mc_eid mkt_tok vero_id vero_conv oly_anon_id oly_enc_id rb_clickid
    _hsenc _hsmi __hstc __hssc __hsfp hsctatracking s_cid s_kwcid ef_id cmpid guccounter guce_referrer
    guce_referrer_sig ns_mchannel ns_source ns_campaign ns_linkname ns_fee xtor at_medium at_campaign at_campaign_type
    at_link_id at_link_type at_link_origin at_format at_ptr_name at_bbc_team wt_mc wt_zmc wt.mc_id wt.mc
    pk_campaign pk_kwd pk_keyword pk_source pk_medium pk_content piwik_campaign piwik_kwd""".split()
)
TRACKING_STARTS = ("utm_", "mtm_", "at_custom")
SHARED_BY = frozenset({"si", "feature"})  # at YouTube: who shared the video, and how
YOUTUBE = frozenset({"youtube.com", "www.youtube.com", "m.youtube.com", "youtu.be", "www.youtu.be"})
DEFAULT_PORTS = {"http": 80, "https": 443}


class UnusableAddress(ValueError):
    """The text is no web address; the message is a sentence for an editor."""


def check(url: str) -> str:
    """Return `url` stripped, or raise UnusableAddress unless it is an http(s) address with a host."""
    url = url.strip()
    if not url:
        return ""
    if any(not char.isprintable() or char.isspace() or char in '<>"\\' for char in url):
        raise UnusableAddress(
            f"“{url[:80]}” is not a web address: it contains a space or a character that addresses may not have."
        )
    _refuse_long(url)
    try:
        parts = urlsplit(url)
        usable = parts.scheme.lower() in DEFAULT_PORTS and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        usable = False
    if not usable:
        raise UnusableAddress(
            f"“{url[:80]}” is not a web address. Write it in full, beginning with https:// or http://."
        )
    return url


def _refuse_long(url: str) -> None:
    if len(url.encode()) > MAX_LENGTH:
        raise UnusableAddress(f"The address is longer than {MAX_LENGTH} characters.")


def normalise(url: str) -> str:
    """Return the one spelling of a report's address, "" for none.

    Host and scheme in lower case, no default port, no fragment, no tracking parameters (utm_… and all of TRACKING).
    Path and remaining query are kept as they are, since servers tell them apart. Idempotent.
    Raises UnusableAddress.
    """
    url = check(url)
    if not url:
        return ""
    parts = urlsplit(url)
    scheme = parts.scheme.lower()
    host = (parts.hostname or "").lower()
    host = f"[{host}]" if ":" in host else host
    user = parts.netloc.rpartition("@")[0]
    port = f":{parts.port}" if parts.port and parts.port != DEFAULT_PORTS[scheme] else ""
    netloc = f"{user}@{host}{port}" if user else f"{host}{port}"
    normal = urlunsplit((scheme, netloc, parts.path or "/", _without_tracking(parts.query, host), ""))
    _refuse_long(normal)
    return normal


def _without_tracking(query: str, host: str) -> str:
    return "&".join(pair for pair in query.split("&") if not _is_tracking(pair, host))


def _is_tracking(pair: str, host: str) -> bool:
    name = unquote_plus(pair.partition("=")[0]).lower()
    return name in TRACKING or name.startswith(TRACKING_STARTS) or (host in YOUTUBE and name in SHARED_BY)
