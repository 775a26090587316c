"""Portrait quality: what `firmware.booth`, `host_tools` and the simulator's tests need of it."""

from firmware.quality.portrait.assess import assess_portrait
from firmware.quality.portrait.crop import CropRule, portrait_crop
from firmware.quality.portrait.limits import PortraitLimits
from firmware.quality.portrait.model import Face, FaceModel

__all__ = ["CropRule", "Face", "FaceModel", "PortraitLimits", "assess_portrait", "portrait_crop"]
