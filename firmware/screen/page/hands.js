// Both hands as one sees one's own: backs up, thumbs inside.

import { svg } from "./dom.js";
import { STATES, strokes } from "./icons.js";
import { say } from "./words.js";

// Right hand on a canvas of 340 by 400: knuckle, tip, width of each finger from thumb to little finger.
const FINGERS = [
  { from: [112, 292], to: [36, 214], width: 50 },
  { from: [122, 215], to: [102, 92], width: 46 },
  { from: [170, 205], to: [166, 62], width: 48 },
  { from: [217, 210], to: [230, 84], width: 46 },
  { from: [260, 230], to: [290, 136], width: 40 },
];
const PALM = "M99 214 Q100 182 140 182 L238 186 Q280 190 281 232 L272 318 Q262 372 205 372 L160 370 Q118 366 108 326 Z";
const WRIST = "M140 350 L236 350 L240 420 L136 420 Z";
const GESTURES = { finger_place: "down", finger_hold: "hold", finger_reading: "hold", finger_lift: "up", finger_done: "up", finger_next: "down", finger_retry: "down", finger_offer: "down" };

/** The hands with every finger's state, and what to do with the target. */
export function hands(view) {
  const states = Object.fromEntries(view.progress.map(({ key, state }) => [key, state]));
  const told = view.progress
    .filter(({ key }) => key.startsWith("finger_"))
    .map(({ key, state }) => `${say("target", key)}: ${say("state", state)}`);
  return svg(
    "svg",
    { viewBox: "0 0 720 466", class: "hands", role: "img", "aria-label": `${say("page", "hands")}. ${told.join(", ")}` },
    hand("left", 6, states, view),
    hand("right", 1, states, view),
  );
}

function hand(side, firstCode, states, view) {
  const place = side === "left" ? "translate(350 0) scale(-1 1)" : "translate(370 0)";
  const isLeft = side === "left";
  const fingers = FINGERS.map((shape, index) => ({ ...shape, key: `finger_${firstCode + index}` }));
  return svg(
    "g",
    { transform: place, class: "hand" },
    silhouette("outline", 8),
    silhouette("skin", 0),
    fingers.map((finger) => fingerOf(finger, states[finger.key], finger.key === view.target, view.instruction, isLeft)),
    svg("text", { x: isLeft ? -188 : 188, y: 456, transform: isLeft ? "scale(-1 1)" : null }, say("page", `${side}_hand`)),
  );
}

function silhouette(className, grow) {
  const lines = FINGERS.map(({ from, to, width }) => line(from, to, width + grow));
  const palm = [WRIST, PALM].map((d) => svg("path", { d, "stroke-width": grow, "stroke-linejoin": "round" }));
  return svg("g", { class: className }, lines, palm);
}

function fingerOf(finger, state = "absent", isTarget, instruction, isLeft) {
  const { from, to, width, key } = finger;
  const shown = isTarget && state !== "good" ? "active" : state;
  const base = between(from, to, shown === "active" ? 0.12 : 0.5);
  const parts = [line(base, to, width, "tint")];
  if (STATES[shown] && shown !== "waiting" && shown !== "active") parts.push(badge(to, shown, isLeft));
  else parts.push(nail(from, to, width));
  if (isTarget) parts.push(gesture(to, GESTURES[instruction] ?? "down"));
  return svg("g", { class: `finger ${shown}`, "data-key": key }, parts);
}

function line([x1, y1], [x2, y2], width, className = null) {
  return svg("line", { x1, y1, x2, y2, "stroke-width": width, class: className });
}

function between([x1, y1], [x2, y2], share) {
  return [x1 + (x2 - x1) * share, y1 + (y2 - y1) * share];
}

function nail(from, to, width) {
  const angle = (Math.atan2(to[1] - from[1], to[0] - from[0]) * 180) / Math.PI + 90;
  const size = width * 0.52;
  return svg("rect", { class: "nail", x: -size / 2, y: -width * 0.34, width: size, height: size * 1.25, rx: size * 0.45, transform: `translate(${to}) rotate(${angle})` });
}

function badge([x, y], state, isLeft) {
  const turn = isLeft ? "scale(-0.95 0.95)" : "scale(0.95)";
  return svg("g", { class: "badge", transform: `translate(${x} ${y})` }, svg("circle", { r: 19 }), svg("g", { transform: `${turn} translate(-12 -12)` }, strokes(STATES[state])));
}

function gesture([x, y], name) {
  if (name === "hold") return svg("circle", { class: "ring", cx: x, cy: y, r: 34 });
  const arrow = svg("g", { transform: "scale(2.6) translate(-12 -12)" }, strokes(name));
  return svg("g", { transform: `translate(${x} ${y - 62})` }, svg("g", { class: `arrow ${name}` }, arrow));
}
