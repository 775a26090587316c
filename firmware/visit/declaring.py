"""Everything a person declares before anything is captured, and the plan that follows from it."""

from dataclasses import dataclass

from firmware.clock import Clock
from firmware.records.claimed import ClaimedIdentity
from firmware.records.eligibility import BirthSource, Eligibility
from firmware.records.record import Guardian
from firmware.records.registered import LookUp, Register
from firmware.records.request import Purpose, RequestReason
from firmware.visit.births import KnownBirth, find_birth
from firmware.visit.claim import with_birth
from firmware.visit.claiming import ReadCard
from firmware.visit.dialogue import Dialogue
from firmware.visit.guardian import ask_guardian
from firmware.visit.identify import identify, shown_facts
from firmware.visit.looking_up import LookUps
from firmware.visit.opening import Opening
from firmware.visit.plan import Plan, plan_visit
from firmware.visit.requesting import ask_request


@dataclass(frozen=True, slots=True)
class Declared:
    """Who came, for what, with whom, and what follows."""

    claim: ClaimedIdentity
    look_up: LookUp
    purpose: Purpose
    reason: RequestReason | None
    guardian: Guardian | None
    eligibility: Eligibility
    plan: Plan

    @property
    def facts(self) -> dict[str, str]:
        """What a screen may show of it."""
        relation = {} if self.guardian is None else {"relation": self.guardian.relation.value}
        return {**shown_facts(self.claim, self.look_up), **relation, "purpose": self.purpose.value}


async def declare(
    dialogue: Dialogue, read_card: ReadCard, register: Register, clock: Clock, opening: Opening
) -> Declared:
    """Claim, look-up, birth, purpose, and the guardian of a child."""
    claim, look_up = await identify(dialogue, read_card, LookUps(register, clock))
    known = await find_birth(dialogue, claim, look_up, opening)
    if known.source is BirthSource.TYPED:
        claim = with_birth(claim, known.birth)
    purpose, reason = await ask_request(dialogue)
    plan = plan_visit(known.birth, opening.day, opening.rules)
    guardian = None
    if plan.guardian_files:
        guardian = await ask_guardian(
            dialogue, read_card, claim, opening, child_is_asked=plan.child_is_asked, now=clock.now
        )
    return Declared(claim, look_up, purpose, reason, guardian, _eligibility(known, opening, plan), plan)


def _eligibility(known: KnownBirth, opening: Opening, plan: Plan) -> Eligibility:
    return Eligibility(
        rules_from=opening.rules.in_force_from,
        day=opening.day,
        date_source=opening.start.source,
        date_attested_by=opening.start.attested_by,
        age_band=plan.age_band,
        birth=known.birth.iso(),
        birth_source=known.source,
        guardian_is_needed=plan.guardian_files,
        child_is_asked=plan.child_is_asked,
        valid_until=plan.valid_until,
    )
