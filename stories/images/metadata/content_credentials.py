"""Whether a file carries C2PA content credentials. They are found, not verified: that takes the signers' certificates.

C2PA Technical Specification 2.2, A; JUMBF is ISO/IEC 19566-5.
"""

from collections.abc import Iterable

from stories.images.metadata.blocks import Block, Kind, blocks_of

C2PA_STORE = bytes.fromhex("6332706100110010800000aa00389b71")  # the type of the box that holds the manifests
LABEL = b"c2pa\0"


def has_content_credentials(data: bytes) -> bool:
    """True for a JPEG, PNG, WebP, AVIF (HEIF), TIFF or GIF file with a manifest store inside; never raises.

    Credentials that a file only points to are not found.
    """
    return any_credentials(blocks_of(data))


def any_credentials(blocks: Iterable[Block]) -> bool:
    return any(block.kind is Kind.C2PA or (block.kind is Kind.JUMBF and _is_store(block.data)) for block in blocks)


def _is_store(jumbf: bytes) -> bool:
    """Whether it is a superbox that says that it is C2PA's: length, "jumb", then length, "jumd", type, flags, label."""
    if jumbf[4:8] != b"jumb":
        return False
    at = 16 if jumbf[:4] == b"\0\0\0\1" else 8
    described = jumbf[at + 8 : at + 24]
    return jumbf[at + 4 : at + 8] == b"jumd" and (described == C2PA_STORE or jumbf.startswith(LABEL, at + 25))
