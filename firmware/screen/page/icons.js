// Icons as strokes on a grid of 24 by 24.

import { svg } from "./dom.js";
import { PEOPLE, PURPOSES, REASONS } from "./pictograms.js";

const PATHS = {
  ...PEOPLE,
  ...PURPOSES,
  ...REASONS,
  card: [
    "M5 5h14a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2z",
    "M8.5 12a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.6z",
    "M5.8 15.8c.5-1.3 1.5-1.9 2.7-1.9s2.2.6 2.7 1.9",
    "M14.5 10h3.5M14.5 14h3.5",
  ],
  face: ["M12 12.5a4.2 4.2 0 1 0 0-8.4 4.2 4.2 0 0 0 0 8.4z", "M4.5 20.5c.9-3.7 3.9-5.6 7.5-5.6s6.6 1.9 7.5 5.6"],
  finger: [
    "M5.5 9a7.5 7.5 0 0 1 13 0",
    "M6.5 16.5c-.3-1.5-.4-3-.3-4.3a5.8 5.8 0 0 1 11.6 0c0 1.5 0 2.6-.2 4",
    "M9.3 19.8c-.5-2.5-.6-5-.4-7.4a3.1 3.1 0 0 1 6.2 0c.1 2.8-.1 5-.7 7.6",
    "M12 12.3c.1 2.9 0 5.5-.3 8",
  ],
  eye: ["M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z", "M12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6z"],
  list: ["M4 7l1.5 1.5L8.5 5.5", "M12 7h8", "M4 15l1.5 1.5 3-3", "M12 15.5h8", "M12 20h5"],
  check: ["M4.5 12.8l5 5 10-11.3"],
  warn: ["M12 5v9", "M12 18.5v.5"],
  dash: ["M6 12h12"],
  dots: ["M6 12h.01", "M12 12h.01", "M18 12h.01"],
  question: ["M9 9a3 3 0 1 1 4.5 2.6c-1 .6-1.5 1.2-1.5 2.4", "M12 18v.3"],
  globe: ["M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z", "M3 12h18", "M12 3c3 3 3.5 6 3.5 9S15 18 12 21c-3-3-3.5-6-3.5-9S9 6 12 3z"],
  close: ["M6 6l12 12", "M18 6L6 18"],
  next: ["M5 12h14", "M13 6l6 6-6 6"],
  previous: ["M19 12H5", "M11 6l-6 6 6 6"],
  keys: ["M6 6h.01M12 6h.01M18 6h.01", "M6 12h.01M12 12h.01M18 12h.01", "M12 18h.01"],
  loop: ["M19.5 12a7.5 7.5 0 1 1-2.4-5.5", "M19.5 3.5v4h-4"],
  erase: ["M9 5h11a1 1 0 0 1 1 1v12a1 1 0 0 1-1 1H9l-6-7z", "M12 9.5l5 5M17 9.5l-5 5"],
  skip: ["M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z", "M5.7 5.7l12.6 12.6"],
  plaster: ["M9.5 4.9l9.6 9.6a3.2 3.2 0 0 1-4.6 4.6L4.9 9.5a3.2 3.2 0 0 1 4.6-4.6z", "M12 11.2v.01M11.2 12.8v.01M12.8 12.8v.01"],
  heal: ["M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z", "M12 8v8M8 12h8"],
  gear: ["M12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6z", "M10.4 5.6L10.5 2.9L13.5 2.9L13.6 5.6L15.4 6.3L17.4 4.5L19.5 6.6L17.7 8.6L18.4 10.4L21.1 10.5L21.1 13.5L18.4 13.6L17.7 15.4L19.5 17.4L17.4 19.5L15.4 17.7L13.6 18.4L13.5 21.1L10.5 21.1L10.4 18.4L8.6 17.7L6.6 19.5L4.5 17.4L6.3 15.4L5.6 13.6L2.9 13.5L2.9 10.5L5.6 10.4L6.3 8.6L4.5 6.6L6.6 4.5L8.6 6.3z"],
  wait: ["M7 3.5h10M7 20.5h10", "M8 3.5v3.2c0 2.8 8 7.8 8 10.6v3.2", "M16 3.5v3.2c0 2.8-8 7.8-8 10.6v3.2"],
  clock: ["M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z", "M12 7v5.5l3.5 2"],
  lock: ["M6 11h12a1 1 0 0 1 1 1v8a1 1 0 0 1-1 1H6a1 1 0 0 1-1-1v-8a1 1 0 0 1 1-1z", "M8 11V8a4 4 0 0 1 8 0v3"],
  law: ["M12 4v16", "M7 20h10", "M5 7h14", "M5 7l-2.5 6h5z", "M19 7l-2.5 6h5z"],
  people: ["M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7z", "M2.5 20c.6-3.5 3-5.5 6.5-5.5s5.9 2 6.5 5.5", "M16 4.5a3.5 3.5 0 0 1 0 6.5", "M18 14.8c2 .7 3.2 2.6 3.5 5.2"],
  heart: ["M12 20s-8-5-8-11a4.5 4.5 0 0 1 8-2.8A4.5 4.5 0 0 1 20 9c0 6-8 11-8 11z"],
  drop: ["M12 3.5s6 6.5 6 11a6 6 0 0 1-12 0c0-4.5 6-11 6-11z"],
  down: ["M12 4v14", "M6 12.5l6 6 6-6"],
  up: ["M12 20V6", "M6 11.5l6-6 6 6"],
  centre: ["M12 17a5 5 0 1 0 0-10 5 5 0 0 0 0 10z", "M12 2.5v4M12 17.5v4M2.5 12h4M17.5 12h4"],
  still: ["M8.5 5v14", "M15.5 5v14"],
  closer: ["M4 4l6 6M10 5.5V10H5.5", "M20 20l-6-6M14 18.5V14h4.5"],
  back: ["M10 10L4 4M4 8.5V4h4.5", "M14 14l6 6M20 15.5V20h-4.5"],
  upright: ["M12 3v18", "M8 7l4-4 4 4", "M7 21h10"],
  sun: ["M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8z", "M12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M18.7 5.3l-1.4 1.4M6.7 17.3l-1.4 1.4"],
  mouth: ["M3.5 12c3-3 5.5-3.5 8.5-2.2 3-1.3 5.5-.8 8.5 2.2-3 4-14 4-17 0z", "M3.5 12h17"],
  neutral: ["M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z", "M9 10v.01M15 10v.01", "M9 15h6"],
  glasses: ["M6.5 17a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7z", "M17.5 17a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7z", "M10 13.5h4", "M3 13l2-7M21 13l-2-7"],
  ear: ["M7 9.5a5 5 0 0 1 10 0c0 3-2.5 3.5-3.2 6-.5 2-1.5 4.5-4 4.5a3.2 3.2 0 0 1-3-3", "M9.8 9.5a2.2 2.2 0 0 1 4.4 0c0 1.5-1.7 1.7-1.7 3.3"],
  volume_loud: ["M4 9.5v5h3.5L12 18.5v-13L7.5 9.5z", "M15 9.5c1 1.6 1 3.4 0 5M17.5 7.3c2.1 3 2.1 6.4 0 9.4M20 5.2c3.2 4.2 3.2 9.4 0 13.6"],
  volume_normal: ["M4 9.5v5h3.5L12 18.5v-13L7.5 9.5z", "M15 9.5c1 1.6 1 3.4 0 5M17.5 7.3c2.1 3 2.1 6.4 0 9.4"],
  volume_quiet: ["M4 9.5v5h3.5L12 18.5v-13L7.5 9.5z", "M15 9.5c1 1.6 1 3.4 0 5"],
  volume_mute: ["M4 9.5v5h3.5L12 18.5v-13L7.5 9.5z", "M16 9.5l5 5M21 9.5l-5 5"],
  loupe: ["M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13z", "M15.3 15.3l5.2 5.2"],
  calendar: ["M5 5h14a1.5 1.5 0 0 1 1.5 1.5V19a1.5 1.5 0 0 1-1.5 1.5H5A1.5 1.5 0 0 1 3.5 19V6.5A1.5 1.5 0 0 1 5 5z", "M3.5 10h17", "M8 3v4M16 3v4"],
  left: ["M20 12H4M10.5 5.5L4 12l6.5 6.5"],
  right: ["M4 12h16M13.5 5.5L20 12l-6.5 6.5"],
  up: ["M12 20V4M5.5 10.5L12 4l6.5 6.5"],
  one: ["M9.5 21v-15a2.5 2.5 0 0 1 5 0v15", "M10.8 6.5h2.4"],
  breath: ["M3 8.5h10a3 3 0 1 0-3-3", "M3 12.5h15a3 3 0 1 1-3 3", "M3 16.5h7a2.5 2.5 0 1 1-2.5 2.5"],
  wipe: ["M5 4h14v16H5z", "M8 16l8-8M8 11l3-3M13 16l3-3"],
  bulb: ["M9.5 18h5M10.5 21h3", "M12 3a6 6 0 0 0-3.5 10.9c.7.6 1 1.3 1 2.1h5c0-.8.3-1.5 1-2.1A6 6 0 0 0 12 3z"],
};

const HINTS = {
  finger_place: "down", finger_wipe: "drop", finger_press: "down", finger_hold: "still", finger_again: "loop", finger_other: "finger",
  finger_breathe: "breath", finger_glass: "wipe", finger_alone: "one", finger_left: "left", finger_right: "right", finger_up: "up", finger_down: "down",
  card_show: "card", card_closer: "closer", card_still: "still", card_flat: "upright", card_glare: "sun", card_turn: "loop", card_one: "one", card_other: "warn",
  face_show: "face", face_alone: "face", face_closer: "closer", face_back: "back", face_centre: "centre", face_upright: "upright",
  face_straight: "face", face_eyes: "eye", face_mouth: "mouth", face_neutral: "neutral", face_still: "still", face_light: "sun",
  eye_show: "eye", eye_closer: "closer", eye_back: "back", eye_centre: "centre", eye_open: "eye", eye_look: "eye", eye_still: "still",
  eye_glasses: "glasses", eye_other: "eye",
};

export const STATES = { waiting: "dots", active: "next", reading: "wait", good: "check", forced: "warn", excepted: "dash" };

/** The icon of a hint. */
export function hintIcon(id) {
  return icon(HINTS[id] ?? "bulb");
}

/** One icon, hidden from screen readers because text always stands beside it. */
export function icon(name, className = "icon") {
  return svg("svg", { viewBox: "0 0 24 24", class: className, "aria-hidden": "true" }, strokes(name));
}

/** The bare strokes of an icon, to be placed inside another picture. */
export function strokes(name) {
  return svg("g", { class: "strokes" }, PATHS[name].map((d) => svg("path", { d })));
}
