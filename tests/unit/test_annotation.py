"""A finger that was not taken, in the words of other formats."""

import pytest

from firmware.records.annotation import ANNOTATIONS
from firmware.records.samples import SAYABLE, ExceptionReason


def test_every_reason_has_its_words_or_says_that_there_are_none() -> None:
    assert set(ANNOTATIONS) == set(ExceptionReason)


@pytest.mark.parametrize("reason", [*SAYABLE, ExceptionReason.UNREADABLE])
def test_what_a_finger_lacks_has_a_code_in_every_format(reason: ExceptionReason) -> None:
    words = ANNOTATIONS[reason]
    is_gone = reason is ExceptionReason.AMPUTATED
    assert (words.iso_19794_4, words.ansi_nist_amp) == ((1, "XX") if is_gone else (2, "UP"))
    assert words.osia in {"AMPUTATED", "BANDAGED", "DAMAGED"}
