"""The draft: reading it as one StoryDocument, writing it, and keeping its sentences' ids and its past states.

Every save of a draft holds its Story row first (`hold`), so that a Version never mixes two saves.
"""

from stories.draft.addresses import DraftRefused, free_slug, refuse_taken_slug
from stories.draft.reading import Rows, hold, read_draft
from stories.draft.saving import finish_save, put_back
from stories.draft.sentences import read_for_version, reread_sentences
from stories.draft.snapshots import keep_base, note_content
from stories.draft.writing import find_parent, new_story, new_sub_story, write_draft

__all__ = [
    "DraftRefused",
    "Rows",
    "find_parent",
    "finish_save",
    "free_slug",
    "hold",
    "keep_base",
    "new_story",
    "new_sub_story",
    "note_content",
    "put_back",
    "read_draft",
    "read_for_version",
    "refuse_taken_slug",
    "reread_sentences",
    "write_draft",
]
