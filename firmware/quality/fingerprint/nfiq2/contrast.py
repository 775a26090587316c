"""Contrast: the mean grey of the image (Mu) and of its blocks (MMB)."""

from firmware.quality.fingerprint.nfiq2.blocks import Greys

NAMES = ("MMB", "Mu")


def contrast_features(greys: Greys) -> dict[str, float]:
    """Mean over all blocks, cut ones as heavy as whole ones, and mean over all pixels."""
    return {"MMB": float(greys.block_means.mean()), "Mu": greys.mean}
