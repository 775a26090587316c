// Which picture stands beside the instruction.

import { art } from "./art.js";
import { attract } from "./attract.js";
import { eyes } from "./eyes.js";
import { facts } from "./facts.js";
import { hands } from "./hands.js";
import { notice } from "./notice.js";
import { pad } from "./pad.js";
import { receipt } from "./receipt.js";
import { review } from "./review.js";
import { viewfinder } from "./viewfinder.js";

// What stands before everything else, and what fills the place when there is nothing better.
const FIRST = { still_there: "clock", device_wait: "wait", device_missing: "gear", out_of_order: "gear" };
const TYPED = new Set(["type_number", "number_invalid"]);
const ARTS = {
  saving: "lock",
  saved: "check",
  took_too_long: "clock",
  not_attested: "people",
  device_fault: "gear",
  cancelled: "check",
  walked_away: "check",
  attest: "people",
  purpose: "card",
  show_card: "card",
};

/** {key, build, layout, live}: what to build, when to build it anew, how it stands, whether a camera is in it. */
export function figure(view, answer) {
  const asks = new Set(view.asks);
  const progress = JSON.stringify([view.progress, view.target, view.instruction]);
  if (view.instruction in FIRST) return beside(view.instruction, () => art(FIRST[view.instruction]));
  if (view.instruction.startsWith("save_refused")) return beside("refused", () => art("gear"));
  if (view.phase === "attest") return keypad("pin", asks.has("pin"), answer);
  if (TYPED.has(view.instruction)) return keypad("number", asks.has("number"), answer);
  if (view.receipt !== null) return wide(`receipt ${view.serial}`, () => receipt(view.receipt));
  if (view.phase === "attract" && view.instruction === "attract") return wide("attract", attract);
  if (view.instruction === "notice") return wide("notice", notice);
  if (view.instruction === "claim_confirm") return beside(`facts ${view.serial}`, () => facts(view.parameters));
  if (view.review.length > 0) return wide(`review ${view.serial}`, () => review(view, answer));
  if (view.instruction in ARTS && view.preview === null) return beside(view.instruction, () => art(ARTS[view.instruction]));
  if (view.preview !== null) return finder(view);
  if (view.phase === "fingerprints") return beside(progress, () => hands(view));
  if (view.phase === "irises") return beside(progress, () => eyes(view));
  return beside(view.phase, () => art("gear"));
}

function keypad(kind, isAsked, answer) {
  return beside(`${kind} ${isAsked}`, () => pad(kind, isAsked, answer));
}

function finder(view) {
  const kind = view.preview === "iris" ? "iris" : view.phase === "identify" ? "card" : "portrait";
  const eyesToo = kind === "iris" ? JSON.stringify([view.progress, view.target]) : "";
  return { ...beside(`${kind} ${eyesToo}`, () => [viewfinder(kind), kind === "iris" ? eyes(view) : null]), live: true };
}

function beside(key, build) {
  return { key, build, layout: "beside", live: false };
}

function wide(key, build) {
  return { key, build, layout: "wide", live: false };
}
