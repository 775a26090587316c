// Which picture stands beside the instruction.

import { art } from "./art.js";
import { attract } from "./attract.js";
import { eyes } from "./eyes.js";
import { facts } from "./facts.js";
import { hands } from "./hands.js";
import { isLooking, looks, looksKey } from "./looks.js";
import { notice } from "./notice.js";
import { pad } from "./pad.js";
import { receipt } from "./receipt.js";
import { review } from "./review.js";
import { OFFERS, toldAs } from "./told.js";
import { viewfinder } from "./viewfinder.js";

// What stands before everything else, and what fills the place when there is nothing better.
const FIRST = { still_there: "clock", device_wait: "wait", device_missing: "gear", out_of_order: "gear" };
const TYPED = {
  type_number: "number",
  number_invalid: "number",
  type_birth: "birth",
  birth_invalid: "birth",
  guardian_number: "number",
  guardian_number_invalid: "number",
  guardian_is_child: "number",
  guardian_too_young: "number",
  clock_unknown: "pin",
  clock_type: "clock",
  clock_invalid: "clock",
  pin_wrong: "pin",
  finger_attendant: "pin",
  eye_attendant: "pin",
};
const ASKED = { clock: "number" };
const WITH_FACTS = new Set(["claim_confirm", "guardian_confirm", "review_facts"]);
const CARDS = new Set(["identify", "guardian"]); // where the portrait camera looks for a card
const ARTS = {
  saving: "lock",
  saved: "check",
  took_too_long: "clock",
  not_attested: "people",
  not_seen: "people",
  device_fault: "gear",
  cancelled: "check",
  walked_away: "check",
  attest: "people",
  show_card: "card",
  guardian_card: "card",
  looking_up: "loupe",
  guardian_declare: "guardian",
};

/** {key, build, layout, live}: what to build, when to build it anew, how it stands, whether a camera is in it. */
export function figure(view, answer) {
  const progress = JSON.stringify([view.progress, view.target, view.instruction]);
  if (view.instruction in FIRST) return beside(view.instruction, () => art(FIRST[view.instruction]));
  if (view.instruction.startsWith("save_refused")) return beside("refused", () => art("gear"));
  if (isLooking(view)) return wide(looksKey(view), () => looks(view, answer));
  if (view.phase === "attest") return keypad("pin", view, answer);
  if (view.instruction in TYPED) return keypad(TYPED[view.instruction], view, answer);
  if (view.asks.some((kind) => kind in OFFERS)) return { key: "choices", build: () => null, layout: "choices", live: false };
  if (view.receipt !== null) return wide(`receipt ${view.serial}`, () => receipt(view.receipt));
  if (view.phase === "attract" && view.instruction === "attract") return wide("attract", attract);
  if (view.instruction === "notice") return wide("notice", notice);
  if (view.instruction === "child_assent") return wide("child", () => attract("child"));
  if (WITH_FACTS.has(toldAs(view))) return beside(`facts ${view.serial}`, () => facts(view.parameters));
  if (view.review.length > 0) return wide(`review ${view.serial}`, () => review(view, answer));
  if (view.instruction in ARTS && view.preview === null) return beside(view.instruction, () => art(ARTS[view.instruction]));
  if (view.preview !== null) return finder(view);
  if (view.phase === "fingerprints") return beside(progress, () => hands(view));
  if (view.phase === "irises") return beside(progress, () => eyes(view));
  return beside(view.phase, () => art("gear"));
}

function keypad(kind, { phase, asks }, answer) {
  const isAsked = asks.includes(ASKED[kind] ?? kind);
  return beside(`${phase} ${kind} ${isAsked}`, () => pad(kind, isAsked, phase, answer));
}

function finder(view) {
  const kind = view.preview === "iris" ? "iris" : CARDS.has(view.phase) ? "card" : "portrait";
  const eyesToo = kind === "iris" ? JSON.stringify([view.progress, view.target]) : "";
  return { ...beside(`${kind} ${eyesToo}`, () => [viewfinder(kind), kind === "iris" ? eyes(view) : null]), live: true };
}

function beside(key, build) {
  return { key, build, layout: "beside", live: false };
}

function wide(key, build) {
  return { key, build, layout: "wide", live: false };
}
