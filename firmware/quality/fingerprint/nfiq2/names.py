"""The 69 features of NFIQ 2 by name, in the order in which its forest takes them."""

from firmware.quality.fingerprint.nfiq2 import (
    certainty,
    clarity,
    coherence,
    contrast,
    flow,
    frequency,
    region,
    uniformity,
)
from firmware.quality.fingerprint.nfiq2.histogram import histogram_names

MINUTIAE_NEAR_CENTRE = "FingerJetFX_MinCount_COMMinRect200x200"
MINUTIAE = "FingerJetFX_MinutiaeCount"
MINUTIAE_IN_GREY = "FJFXPos_Mu_MinutiaeQuality_2"
MINUTIAE_IN_CERTAINTY = "FJFXPos_OCL_MinutiaeQuality_80"
MINUTIAE_FEATURES = (MINUTIAE_NEAR_CENTRE, MINUTIAE, MINUTIAE_IN_GREY, MINUTIAE_IN_CERTAINTY)

FEATURES = (
    *histogram_names(frequency.MEASURE),
    *MINUTIAE_FEATURES,
    region.NAME,
    *histogram_names(clarity.MEASURE),
    *contrast.NAMES,
    *histogram_names(certainty.MEASURE),
    *histogram_names(flow.MEASURE),
    *coherence.NAMES,
    *histogram_names(uniformity.MEASURE),
)
