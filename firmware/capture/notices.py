"""What a person is told of a presentation besides how to better its picture."""

from enum import StrEnum


class FingerNotice(StrEnum):
    """Each member is the id of a message in every language."""

    FINGER_OTHER = "finger_other"  # {seen}: what the finger was taken as before


class EyeNotice(StrEnum):
    """Each member is the id of a message in every language."""

    EYE_OTHER = "eye_other"  # {seen}: the side for which the eye was taken before
