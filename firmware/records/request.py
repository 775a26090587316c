"""What a person asks for, and why: first issue, exchange or re-issue, with the reasons of the law."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Purpose(StrEnum):
    """Why the person came: cấp, cấp đổi, cấp lại."""

    FIRST_ISSUE = "first_issue"
    EXCHANGE = "exchange"
    RE_ISSUE = "re_issue"


class RequestReason(StrEnum):
    """Why a card is exchanged or issued again: Law on Identification 26/2023/QH15, article 24."""

    AGE = "age"
    DETAILS_CORRECTED = "details_corrected"
    APPEARANCE = "appearance"
    CARD_ERROR = "card_error"
    AREA_CHANGED = "area_changed"
    NUMBER_CHANGED = "number_changed"
    ON_REQUEST = "on_request"
    LOST = "lost"
    UNUSABLE = "unusable"
    NATIONALITY_REGAINED = "nationality_regained"


REASONS: Mapping[Purpose, tuple[RequestReason, ...]] = MappingProxyType(
    {
        Purpose.FIRST_ISSUE: (),
        Purpose.EXCHANGE: (
            RequestReason.AGE,
            RequestReason.DETAILS_CORRECTED,
            RequestReason.APPEARANCE,
            RequestReason.CARD_ERROR,
            RequestReason.AREA_CHANGED,
            RequestReason.NUMBER_CHANGED,
            RequestReason.ON_REQUEST,
        ),
        Purpose.RE_ISSUE: (
            RequestReason.LOST,
            RequestReason.UNUSABLE,
            RequestReason.NATIONALITY_REGAINED,
        ),
    }
)


class Relation(StrEnum):
    """Whom a guardian is to the child: the legal representatives of the law."""

    MOTHER = "mother"
    FATHER = "father"
    GUARDIAN = "guardian"
