"""One person's visit in virtual time, boiled down to what became of the portrait."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from simulator.people.person import generate_person
from simulator.played import Played
from simulator.scenario import load_scenario
from simulator.visits import Visit, play

Json = dict[str, Any]

VISIT = Path(__file__).with_name("visit.toml")
PASSED = "portrait_turn"
PORTRAIT = "portrait"
NO_PORTRAIT: Json = {"sample": None, "attempts": [], "forced": False}
YOUNGEST, OLDEST = 14, 90
SAME_S = 1e-3


@dataclass(frozen=True, slots=True)
class PortraitGiven:
    """One visit's portrait.

    outcome: of the visit. tries: that were judged in the end. is_accepted: not kept as forced.
    accepted_s: from the first frame with a face in it to the picture that passed; None when none did.
    advice: hints shown, in order. is_the_frame_that_passed: the stored exposure is one whose full check was
    accepted. score: of the stored picture. doubtful: signals that the attendant was shown.
    """

    seed: int
    age_years: int
    outcome: str
    crash: str
    tries: int
    is_accepted: bool
    accepted_s: float | None
    advice: tuple[str, ...]
    is_the_frame_that_passed: bool
    score: int | None
    doubtful: tuple[str, ...]
    cpu_s: float


def portrait_of(seed: int) -> PortraitGiven:
    """The portrait of that invented person, on a terminal of their own."""
    person = generate_person(seed, youngest=YOUNGEST, oldest=OLDEST)
    (visit,) = play(load_scenario(str(VISIT)), [person], seed)
    played, artefact = visit.played, _portrait(visit)
    sample: Json | None = artefact["sample"]
    return PortraitGiven(
        seed=seed,
        age_years=person.facts.age_years(),
        outcome=played.outcome,
        crash=played.crash,
        tries=len(artefact["attempts"]),
        is_accepted=sample is not None and not artefact["forced"],
        accepted_s=_accepted_s(played),
        advice=_hints(played),
        is_the_frame_that_passed=sample is not None and _passed(played, sample),
        score=sample["report"]["score"] if sample else None,
        doubtful=tuple(sample["signals"]["doubtful"]) if sample else (),
        cpu_s=played.cpu_s,
    )


def _portrait(visit: Visit) -> Json:
    """What the record says of the portrait; a visit without a record has none."""
    artefacts = () if visit.record is None else visit.record.artefacts
    found = (each.document for each in artefacts if each.document["part"] == PORTRAIT)
    return next(found, NO_PORTRAIT)


def _accepted_s(played: Played) -> float | None:
    """A person has entered when the camera first sees a face, be it at the edge of the picture."""
    seen = (each for each in played.judged if each.target == PORTRAIT and each.report.value("faces") > 0)
    entered_s = next((each.exposed_s for each in seen), None)
    taken_s = next((each.at_s for each in played.moments if each.instruction == PASSED), None)
    return None if entered_s is None or taken_s is None else taken_s - entered_s


def _hints(played: Played) -> tuple[str, ...]:
    return tuple(each.hint for each in played.moments if each.hint and each.target == PORTRAIT)


def _passed(played: Played, sample: Json) -> bool:
    """Whether the stored exposure is one that was judged and accepted, by the camera's own stamp."""
    exposure: Json = sample["exposure"]
    exposed_s = (exposure["SensorTimestamp"] - 1e3 * exposure["ExposureTime"]) / 1e9
    accepted = (each.exposed_s for each in played.judged if each.report.accepted)
    return any(each is not None and abs(each - exposed_s) < SAME_S for each in accepted)
