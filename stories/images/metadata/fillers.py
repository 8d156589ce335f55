"""What cameras and programs write of their own accord where a person's caption or title belongs. Pure."""

import re

MAKERS = "olympus|konica minolta|minolta|pentax|samsung|medion|hp|kodak|nikon|fujifilm|fuji|ricoh|casio|sanyo|vivitar"
FILLERS = [
    rf"({MAKERS})( digital (still )?camera| camera pictures)?",
    r"(digital )?(still ?)?camera",
    r"sony dsc",
    r"<\s?(kenox|samsung|digimax).*",
    r"(dsc|img|dji|pict|dcim)[\d_.-]*(\.jpe?g)?",
    r"dcim[\\/].*",
    r"exif[ _-]jpeg.*|jpeg picture|my beautiful picture|screenshot|image|picture|untitled(-\d+)?",
    r"default|none|null|n/a",
    r"(cof|edf|dav|mde|sdr|rhdr|hdrpl|rbt|bty|ptr|qrf|fbt|oznor|nor)(_\w{1,12})?",  # telephones' picture modes
    r"created with (the )?gimp|file written by .*|imagej=.*|<\?xml.*|\{\"shape\".*",
    r"[\W_]*",
]
FILLER = re.compile("|".join(f"(?:{filler})" for filler in FILLERS), re.IGNORECASE | re.DOTALL)


def is_filler(text: str) -> bool:
    """Whether the whole text is such, or says nothing."""
    return FILLER.fullmatch(text) is not None
