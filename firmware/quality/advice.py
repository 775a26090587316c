"""What a person can do better; each member is the id of a message in every language."""

from enum import StrEnum


class Advice(StrEnum):
    """One thing to tell the person."""

    FINGER_PLACE = "finger_place"
    FINGER_WIPE = "finger_wipe"
    FINGER_PRESS = "finger_press"
    FINGER_HOLD = "finger_hold"
    FINGER_AGAIN = "finger_again"
    FINGER_BREATHE = "finger_breathe"
    FINGER_GLASS = "finger_glass"
    FINGER_ALONE = "finger_alone"
    FINGER_LEFT = "finger_left"
    FINGER_RIGHT = "finger_right"
    FINGER_UP = "finger_up"
    FINGER_DOWN = "finger_down"

    CARD_SHOW = "card_show"
    CARD_CLOSER = "card_closer"
    CARD_STILL = "card_still"

    FACE_SHOW = "face_show"
    FACE_ALONE = "face_alone"
    FACE_CLOSER = "face_closer"
    FACE_BACK = "face_back"
    FACE_CENTRE = "face_centre"
    FACE_UPRIGHT = "face_upright"
    FACE_STRAIGHT = "face_straight"
    FACE_EYES = "face_eyes"
    FACE_MOUTH = "face_mouth"
    FACE_NEUTRAL = "face_neutral"
    FACE_STILL = "face_still"
    FACE_LIGHT = "face_light"

    EYE_SHOW = "eye_show"
    EYE_CLOSER = "eye_closer"
    EYE_BACK = "eye_back"
    EYE_CENTRE = "eye_centre"
    EYE_OPEN = "eye_open"
    EYE_LOOK = "eye_look"
    EYE_STILL = "eye_still"
    EYE_GLASSES = "eye_glasses"
    EYE_LIGHT = "eye_light"
