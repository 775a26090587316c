// The way through a visit: what is done, what is now, what comes.

import { html } from "./dom.js";
import { icon } from "./icons.js";
import { say } from "./words.js";

const STEPS = [
  { phase: "identify", icon: "card", phases: ["notice", "identify"] },
  { phase: "guardian", icon: "guardian", phases: ["guardian"] },
  { phase: "portrait", icon: "face", phases: ["portrait"], items: /^portrait$/ },
  { phase: "fingerprints", icon: "finger", phases: ["fingerprints"], items: /^finger_/ },
  { phase: "irises", icon: "eye", phases: ["irises"], items: /^eye_/ },
  { phase: "review", icon: "list", phases: ["review"] },
  { phase: "receipt", icon: "check", phases: ["attest", "save", "receipt"] },
];
const ORDER = ["attract", "notice", "identify", "guardian", "portrait", "fingerprints", "irises", "review", "attest", "save", "receipt", "ended"];
let hasGuardian = false; // of this visit, as far as this page has seen it
const FINISHED = new Set(["good", "forced", "excepted"]);

/** The list items of the steps that this visit has. */
export function steps(view) {
  if (ORDER.indexOf(view.phase) <= ORDER.indexOf("guardian")) hasGuardian = view.phase === "guardian";
  if (view.phase === "attract" || view.phase === "ended") return [];
  return STEPS.filter((step) => belongs(step, view)).map((step) => item(step, view));
}

function belongs(step, view) {
  if (step.phase === "guardian") return hasGuardian;
  const isUnplanned = view.progress.length === 0 && ORDER.indexOf(view.phase) < ORDER.indexOf("portrait");
  return !step.items || isUnplanned || itemsOf(step, view).length > 0;
}

function itemsOf(step, view) {
  return step.items ? view.progress.filter(({ key }) => step.items.test(key)) : [];
}

function item(step, view) {
  const items = itemsOf(step, view);
  const done = items.filter(({ state }) => FINISHED.has(state)).length;
  const state = stateOf(step, view, items.length > 0 && done === items.length);
  const counts = items.length > 1 && state === "active";
  return html(
    "li",
    { class: `step ${state}`, "aria-current": state === "active" ? "step" : null },
    html("span", { class: "disc" }, icon(state === "done" ? "check" : step.icon)),
    html("span", {}, say("phase", step.phase), counts ? html("small", {}, say("page", "count", { done, all: items.length })) : ""),
  );
}

function stateOf(step, view, itemsAreDone) {
  if (view.phase === "receipt") return "done";
  if (step.phases.includes(view.phase)) return "active";
  if (step.items) return itemsAreDone ? "done" : "waiting";
  return ORDER.indexOf(view.phase) > ORDER.indexOf(step.phases.at(-1)) ? "done" : "waiting";
}
