// How far a portrait has come, without words: there, at its place, straight, lit, calm, still.

import { html } from "./dom.js";
import { icon } from "./icons.js";

// The icon of each stage, and the hints that speak of it (firmware/quality/portrait/stages.py).
const STAGES = [
  ["face", ["face_show", "face_alone", "face_alone_child"]],
  ["centre", ["face_closer", "face_back", "face_centre"]],
  ["upright", ["face_upright", "face_straight"]],
  ["sun", ["face_light"]],
  ["neutral", ["face_eyes", "face_mouth", "face_neutral"]],
  ["still", ["face_still"]],
];
const PASSED = new Set(["portrait_hold", "portrait_done", "portrait_turn"]);

/** The row of stages; nothing is known of them yet. */
export function stages() {
  return html("ol", { class: "stages", "aria-hidden": "true" }, STAGES.map(([name]) => html("li", { class: "disc" }, icon(name))));
}

/** Show the stage that the hint speaks of; those before it are passed. Without a hint what was said stays. */
export function markStages({ hint, instruction }) {
  const now = STAGES.findIndex(([, hints]) => hints.includes(hint));
  if (now < 0 && !PASSED.has(instruction)) return;
  const passed = now < 0 ? STAGES.length : now;
  document.querySelectorAll(".stages > li").forEach((stage, index) => {
    stage.classList.toggle("passed", index < passed);
    stage.classList.toggle("now", index === now);
  });
}
