"""Why the store did not take what it was given."""

from enum import StrEnum

from firmware.records.problem import Problem


class Refusal(StrEnum):
    """The reason of a refused save; each member is the id of a message in every language."""

    DISK_FULL = "save_refused_disk_full"
    KEY_EXPIRED = "save_refused_key_expired"
    KEY_MISSING = "save_refused_key_missing"
    INVALID_RECORD = "save_refused_invalid_record"
    STORE_BROKEN = "save_refused_store_broken"


class SaveRefused(Exception):
    """Nothing was saved, and nothing half of it is kept; problems: what is wrong with an invalid record."""

    def __init__(self, reason: Refusal, problems: tuple[Problem, ...] = ()) -> None:
        super().__init__(reason.value, *(problem.kind.value for problem in problems))
        self.reason = reason
        self.problems = problems
