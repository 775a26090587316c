"""Which read of a card becomes a claim, and what is said of the others."""

import pytest

from firmware.capture.card import CardTiming
from firmware.capture.card_code import CodesSeen
from firmware.capture.card_sight import CodeSight
from firmware.capture.card_watch import CardWatch
from firmware.capture.policy.loader import load_limits
from firmware.quality.advice import Advice

LIMITS = load_limits(CardTiming, "card.toml", "presentation").code
ONE = CodesSeen(("031309000189||Lý Ngọc Mẫu|17082009|Nữ|Hải Phòng|05052024",))
TWO = CodesSeen(("048307000638||Nguyễn Thị Mẫu|24112007|Nữ|Đà Nẵng|08042021",))
BOTH = CodesSeen((*ONE.texts, *TWO.texts))
OTHER = CodesSeen(("https://example.org/",))
NOTHING = CodesSeen()
MISREAD = CodesSeen((ONE.texts[0].replace("031309", "031308"),))


def _claimed(*frames: CodesSeen, step_s: float = 0.1) -> str | None:
    """The number that these frames lead to, one after the other."""
    watch = CardWatch(LIMITS, 0.0)
    claims = [watch.note(codes, step_s * count) for count, codes in enumerate(frames, 1)]
    assert all(claim is None for claim in claims[:-1])
    return claims[-1].number if claims[-1] else None


def _advice(codes: CodesSeen, at_s: float = 0.1) -> Advice | None:
    watch = CardWatch(LIMITS, 0.0)
    watch.note(codes, at_s)
    return watch.advice


@pytest.mark.parametrize("between", [(), (NOTHING,), (CodesSeen(sight=CodeSight(130.0, 1.0, 0.0, False)),)])
def test_two_frames_that_say_the_same_are_a_claim(between: tuple[CodesSeen, ...]) -> None:
    assert _claimed(ONE, *between, ONE) == "031309000189"


@pytest.mark.parametrize(
    "frames", [(ONE,), (ONE, TWO), (ONE, MISREAD), (ONE, BOTH, ONE), (ONE, OTHER, ONE), (BOTH, BOTH)]
)
def test_frames_that_do_not_agree_are_none(frames: tuple[CodesSeen, ...]) -> None:
    assert _claimed(*frames) is None


def test_a_single_wrong_read_is_outlived() -> None:
    assert _claimed(MISREAD, ONE, ONE) == "031309000189"


def test_the_last_card_that_is_held_up_alone_wins() -> None:
    assert _claimed(ONE, BOTH, TWO, TWO) == "048307000638"


def test_a_read_is_forgotten_after_a_while() -> None:
    assert _claimed(ONE, ONE, step_s=LIMITS.agree_within_s + 0.1) is None


def test_a_card_beside_a_code_that_cannot_be_read_is_not_guessed_at() -> None:
    beside = CodesSeen(ONE.texts, unread_beside=True)

    assert _claimed(beside, beside) is None
    assert _advice(beside) is Advice.CARD_ONE


@pytest.mark.parametrize(
    ("sight", "advice"),
    [
        (CodeSight(130.0, 0.98, 0.0, at_edge=False), Advice.CARD_STILL),
        (CodeSight(90.0, 0.98, 0.0, at_edge=False), Advice.CARD_CLOSER),
        (CodeSight(130.0, 0.40, 0.0, at_edge=False), Advice.CARD_FLAT),
        (CodeSight(130.0, 0.98, 0.2, at_edge=False), Advice.CARD_GLARE),
        (CodeSight(90.0, 0.40, 0.2, at_edge=False), Advice.CARD_GLARE),
        (CodeSight(200.0, 0.98, 0.0, at_edge=True), Advice.CARD_SHOW),
    ],
)
def test_what_keeps_a_code_from_being_read_is_said(sight: CodeSight, advice: Advice) -> None:
    assert _advice(CodesSeen(sight=sight)) is advice


@pytest.mark.parametrize(
    ("codes", "advice"), [(BOTH, Advice.CARD_ONE), (OTHER, Advice.CARD_OTHER), (ONE, None)]
)
def test_what_is_wrong_with_a_read_is_said(codes: CodesSeen, advice: Advice | None) -> None:
    assert _advice(codes) is advice


def test_nothing_is_said_before_patience_ends() -> None:
    assert _advice(NOTHING, LIMITS.patience_s - 0.1) is None
    assert _advice(NOTHING, LIMITS.patience_s + 0.1) is Advice.CARD_SHOW
    assert _advice(NOTHING, 2 * LIMITS.patience_s + 0.1) is Advice.CARD_TURN


def test_no_text_of_a_card_is_in_a_repr() -> None:
    assert "Mẫu" not in repr(ONE)
