"""Why a publishing verb was not done: each refusal is a sentence for the editor, and nothing was changed."""

from stories.parts import Part
from stories.prepublication import Finding


class Refused(Exception):
    """The verb cannot be done."""

    code = "refused"


class NotReady(Refused):
    """Findings refuse publication: of the draft, or (`of_scheduled`) of the Version that is already scheduled."""

    code = "not_ready"

    def __init__(self, findings: list[Finding], *, of_scheduled: bool = False) -> None:
        self.findings = findings
        self.of_scheduled = of_scheduled
        said = " ".join(finding.message for finding in findings if finding.refuses)
        super().__init__(f"The scheduled Version cannot go out as it is. {said}" if of_scheduled else said)


class NothingChanged(Refused):
    code = "nothing_changed"


class NothingToPublish(Refused):
    code = "nothing_to_publish"


class NotLive(Refused):
    code = "not_live"


class NothingScheduled(Refused):
    code = "nothing_scheduled"


class AlreadyScheduled(Refused):
    code = "already_scheduled"


class ScheduleChoiceNeeded(Refused):
    code = "schedule_choice_needed"


class WouldUndo(Refused):
    """The scheduled Version, kept as it is, would take away what is published now. `undone` are parts and names."""

    code = "would_undo"

    def __init__(self, undone: list[tuple[Part, str]]) -> None:
        self.undone = undone
        names = ", ".join(name for _, name in undone)
        super().__init__(f"Kept as it is, the scheduled Version would undo: {names}. Confirm that it may.")


class UnderEmbargo(Refused):
    code = "under_embargo"


class CannotHoldBack(Refused):
    code = "cannot_hold_back"


class NothingToTakeBack(Refused):
    code = "nothing_to_take_back"


class StillLive(Refused):
    code = "still_live"


class WrongMoment(Refused):
    code = "wrong_moment"


class BadSlug(Refused):
    code = "bad_slug"


class BadRank(Refused):
    code = "bad_rank"


class ReasonNeeded(Refused):
    code = "reason_needed"


class BadNote(Refused):
    code = "bad_note"
