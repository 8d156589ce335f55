"""Lists of sources as editors have them: addresses, tables, BibTeX, RIS, CSL-JSON. Pure."""

from stories.source_lists.found import Given, Kind, Note, Problem, SourceList
from stories.source_lists.reading import MAX_BYTES, read_source_list

__all__ = ["MAX_BYTES", "Given", "Kind", "Note", "Problem", "SourceList", "read_source_list"]
