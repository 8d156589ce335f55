"""Why a publishing verb was not done: each refusal is a sentence for the editor, and nothing was changed."""

from stories.prepublication import Finding


class Refused(Exception):
    """The verb cannot be done."""

    code = "refused"


class NotReady(Refused):
    """Findings refuse publication."""

    code = "not_ready"

    def __init__(self, findings: list[Finding]) -> None:
        self.findings = findings
        super().__init__(" ".join(finding.message for finding in findings if finding.refuses))


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
