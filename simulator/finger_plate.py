"""Where simulator.fingerprint.plate was found before."""

from simulator.fingerprint.plate import FingerPlate

__all__ = ["FingerPlate"]
