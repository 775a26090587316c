"""What is remembered of one presentation of a card: the last good read wins, and never a wrong one."""

from dataclasses import dataclass

from firmware.capture.card_code import CodesSeen
from firmware.capture.card_sight import CodeSight
from firmware.quality.advice import Advice
from firmware.records.claimed import ClaimedIdentity
from firmware.visit.card_fields import NotACard
from firmware.visit.claim import claim_from_card

_WITHOUT_A_CODE = (Advice.CARD_SHOW, Advice.CARD_TURN, Advice.CARD_CLOSER, Advice.CARD_STILL)


@dataclass(frozen=True, slots=True)
class CardLimits:
    """When a code that cannot be read is too far, tilted or glaring; policy/card.toml.

    small_code_px: length of its longer side. narrow: shorter by longer side. glare: share that is clipped.
    reads: how many frames must say the same. agree_within_s: from one of them to the next.
    patience_s: without a code until a hint, and from each hint to the next.
    """

    small_code_px: float
    narrow: float
    glare: float
    reads: int
    agree_within_s: float
    patience_s: float


class CardWatch:
    """Follows the frames of one presentation; all times are those of the exposures.

    A claim is made of a card that was alone in every frame which counts: another card begins the count anew,
    and two in one frame are nobody's.
    """

    def __init__(self, limits: CardLimits, begun_s: float) -> None:
        self._limits = limits
        self._code_seen_s = begun_s
        self._text: str | None = None
        self._read_s = begun_s
        self._reads = 0
        self.advice: Advice | None = None

    def note(self, codes: CodesSeen, at_s: float) -> ClaimedIdentity | None:
        """The claim, once enough frames have said the same; `advice` is then what this frame asks for."""
        cards = _cards(codes)
        if codes.texts or codes.sight:
            self._code_seen_s = at_s
        self.advice = self._advice(codes, len(cards), at_s)
        if len(cards) == 1 and not codes.unread_beside:
            ((text, claim),) = cards.items()
            return claim if self._agrees(text, at_s) else None
        if codes.texts:
            self._reads = 0
        return None

    def _agrees(self, text: str, at_s: float) -> bool:
        """Whether enough frames have said `text`, one soon after the other."""
        is_same = text == self._text and at_s - self._read_s <= self._limits.agree_within_s
        self._reads = self._reads + 1 if is_same else 1
        self._text, self._read_s = text, at_s
        return self._reads >= self._limits.reads

    def _advice(self, codes: CodesSeen, cards: int, at_s: float) -> Advice | None:
        if codes.texts:
            if cards > 1 or (cards and codes.unread_beside):
                return Advice.CARD_ONE
            return None if cards else Advice.CARD_OTHER
        if codes.sight is not None:
            return _hindrance(codes.sight, self._limits)
        waited = int((at_s - self._code_seen_s) / self._limits.patience_s)
        return _WITHOUT_A_CODE[(waited - 1) % len(_WITHOUT_A_CODE)] if waited else None


def _cards(codes: CodesSeen) -> dict[str, ClaimedIdentity]:
    """The claims of the codes that are cards', by their texts."""
    cards: dict[str, ClaimedIdentity] = {}
    for text in codes.texts:
        try:
            cards[text] = claim_from_card(text)
        except NotACard:
            continue
    return cards


def _hindrance(sight: CodeSight, limits: CardLimits) -> Advice:
    """What most likely keeps a code from being read."""
    if sight.glare >= limits.glare:
        return Advice.CARD_GLARE
    if sight.narrowness < limits.narrow:
        return Advice.CARD_FLAT
    if sight.at_edge:
        return Advice.CARD_SHOW
    return Advice.CARD_CLOSER if sight.length_px < limits.small_code_px else Advice.CARD_STILL
