"""Where simulator.fingerprint.twin was found before."""

from simulator.fingerprint.twin import FingerprintTwin

__all__ = ["FingerprintTwin"]
