"""What a face does: the blendshapes that a portrait asks about."""

from dataclasses import dataclass

import numpy as np

from firmware.quality.portrait.detector import Floats

# The landmarks that the blendshape network takes, in its order (interface of the network: the model's
# public graph description).
BLENDSHAPE_LANDMARKS = np.fromstring(
    """
    0 1 4 5 6 7 8 10 13 14 17 21 33 37 39 40 46 52 53 54 55 58 61 63 65 66 67 70 78 80 81 82 84 87 88 91
    93 95 103 105 107 109 127 132 133 136 144 145 146 148 149 150 152 153 154 155 157 158 159 160 161
    162 163 168 172 173 176 178 181 185 191 195 197 234 246 249 251 263 267 269 270 276 282 283 284 285
    288 291 293 295 296 297 300 308 310 311 312 314 317 318 321 323 324 332 334 336 338 356 361 362 365
    373 374 375 377 378 379 380 381 382 384 385 386 387 388 389 390 397 398 400 402 405 409 415 454 466
    468 469 470 471 472 473 474 475 476 477
    """,
    np.intp,
    sep=" ",
)

_EYE_BLINKS = [9, 10]
_JAW_OPEN = 25
_MOUTH_SMILES = [44, 45]


@dataclass(frozen=True, slots=True)
class Expression:
    """Each from 0 (not at all) to 1; of two eyes the more closed counts, of the mouth the mean."""

    blink: float
    jaw_open: float
    smile: float

    @classmethod
    def of_blendshapes(cls, values: Floats) -> "Expression":
        """From the network's 52 outputs."""
        blink, smile = values[_EYE_BLINKS].max(), values[_MOUTH_SMILES].mean()
        return cls(float(blink), float(values[_JAW_OPEN]), float(smile))
