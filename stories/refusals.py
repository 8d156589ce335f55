"""Why a publishing verb was not done: each refusal is a sentence for the editor, and nothing was changed."""

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


class NotLive(Refused):
    code = "not_live"


class NothingScheduled(Refused):
    code = "nothing_scheduled"


class AlreadyScheduled(Refused):
    code = "already_scheduled"


class ScheduleChoiceNeeded(Refused):
    code = "schedule_choice_needed"


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
