// Both eyes as in a mirror: the right one on the right.

import { svg } from "./dom.js";
import { STATES, strokes } from "./icons.js";
import { say } from "./words.js";

const SHAPE = "M-110 0 Q-55 -66 0 -66 Q55 -66 110 0 Q55 60 0 60 Q-55 60 -110 0 Z";
const PLACES = { eye_left: 150, eye_right: 450 };

export function eyes(view) {
  const states = Object.fromEntries(view.progress.map(({ key, state }) => [key, state]));
  const told = Object.keys(PLACES).map((key) => `${say("target", key)}: ${say("state", states[key] ?? "waiting")}`);
  return svg(
    "svg",
    { viewBox: "0 0 600 200", class: "eyes", role: "img", "aria-label": `${say("page", "eyes")}. ${told.join(", ")}` },
    Object.entries(PLACES).map(([key, x]) => eye(key, x, states[key] ?? "waiting", key === view.target)),
  );
}

function eye(key, x, state, isTarget) {
  const shown = isTarget && state !== "good" ? "active" : state;
  const badge = svg("g", { class: "badge", transform: "translate(92 -52)" }, svg("circle", { r: 22 }), svg("g", { transform: "translate(-12 -12)" }, strokes(STATES[shown])));
  return svg(
    "g",
    { class: `eye ${shown}`, "data-key": key, transform: `translate(${x} 92)` },
    svg("path", { d: SHAPE, class: "white" }),
    svg("circle", { r: 44, class: "iris" }),
    svg("circle", { r: 18, class: "pupil" }),
    svg("circle", { r: 7, cx: 13, cy: -13, class: "glint" }),
    shown === "waiting" ? "" : badge,
    svg("text", { y: 98 }, say("target", key)),
  );
}
