"""Portrait quality: what `firmware.booth`, `host_tools` and the simulator's tests need of it."""

from firmware.quality.portrait.assess import assess_portrait
from firmware.quality.portrait.crop import CropRule, crop_advice, crop_fits, portrait_crop
from firmware.quality.portrait.limits import PortraitLimits
from firmware.quality.portrait.model import Face, FaceModel

__all__ = [
    "CropRule",
    "Face",
    "FaceModel",
    "PortraitLimits",
    "assess_portrait",
    "crop_advice",
    "crop_fits",
    "portrait_crop",
]
