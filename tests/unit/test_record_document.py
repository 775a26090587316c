"""A record and its artefacts as plain JSON, and a picture as PNG."""

from dataclasses import replace

import cv2
import numpy as np
import pytest

from firmware.records.document import artefact_document, record_document
from firmware.records.images import to_png
from firmware.records.looks import Finding, Look, Matter
from firmware.records.record import Part
from tests.sealing_world import SMALL, good_artefact, pixels, record_of

RECORD = record_of("ab" * 16, map(good_artefact, SMALL))


def test_the_document_of_a_record_says_what_was_seen_and_why_portraits_were_taken_again() -> None:
    looks = (Look(Matter.GLASSES, Finding.MEDICAL), *RECORD.attestation.looks[1:])

    attestation = replace(RECORD.attestation, looks=looks, asked_again=(Matter.GLASSES, Matter.EARS))
    document = record_document(replace(RECORD, attestation=attestation), {"portrait": "aa", "finger_1": "bb"})

    assert isinstance(document["attestation"], dict)
    assert document["attestation"]["looks"] == {"glasses": "medical", "covering": "none", "ears": "clear"}
    assert document["attestation"]["asked_again"] == ["glasses", "ears"]


def test_a_measure_that_could_not_be_taken_is_null_in_the_document() -> None:
    document = artefact_document(good_artefact(SMALL[1]))

    assert isinstance(document["sample"], dict)
    assert document["sample"]["report"] == {
        "algorithm": "test/1",
        "score": 87,
        "accepted": True,
        "components": [
            {"name": "sharpness", "value": 0.5, "verdict": "pass"},
            {"name": "glare", "value": None, "verdict": "inform"},
        ],
        "advice": None,
    }
    assert (document["part"], document["position"]) == ("finger_1", 1)


def test_a_record_names_its_artefacts_by_id_in_its_document() -> None:
    document = record_document(RECORD, {"portrait": "aa", "finger_1": "bb", "finger_2": "cc"})

    assert document["artefacts"] == {"portrait": "aa", "finger_1": "bb"}


@pytest.mark.parametrize("part", SMALL)
def test_a_png_holds_the_same_pixels(part: Part) -> None:
    image = pixels(part)

    flag = cv2.IMREAD_COLOR_RGB if image.ndim == 3 else cv2.IMREAD_GRAYSCALE
    decoded = cv2.imdecode(np.frombuffer(to_png(image), np.uint8), flag)

    assert decoded is not None
    assert np.array_equal(decoded, image)
