// Digits by touch or by keyboard; nothing typed stays after it is said.

import { button } from "./actions.js";
import { html } from "./dom.js";
import { icon } from "./icons.js";
import { say } from "./words.js";

const LENGTHS = { number: [12, 12], pin: [4, 12] };
let present = null;
let draft = ""; // a half-typed number outlives the question whether anybody is there

/** kind: "number" (shown in groups of three) or "pin" (masked); nothing can be typed until it is asked. */
export function pad(kind, isAsked, answer) {
  const [fewest, most] = LENGTHS[kind];
  const display = html("output", { class: `digits ${kind}`, "aria-live": "off" });
  const done = button("check", "primary", say("button", kind), () => finish());
  const erase = html("button", { type: "button", class: "button key erase", disabled: !isAsked, "aria-label": say("button", "erase"), onclick: () => press("Backspace") }, icon("erase"));
  let typed = kind === "number" ? draft : "";

  function press(key) {
    if (!isAsked) return;
    if (key === "Backspace") typed = typed.slice(0, -1);
    else if (/^[0-9]$/.test(key) && typed.length < most) typed += key;
    else if (key === "Enter") finish();
    update();
  }
  function finish() {
    if (typed.length < fewest) return;
    answer(kind, typed);
    typed = "";
    update();
  }
  function update() {
    display.replaceChildren(...(kind === "pin" ? dots(typed) : groups(typed)));
    display.setAttribute("aria-label", say("page", "digits_typed", { count: typed.length }));
    done.disabled = typed.length < fewest;
    if (kind === "number") draft = typed;
  }

  const digit = (name) => html("button", { type: "button", class: "button key", disabled: !isAsked, onclick: () => press(name) }, name);
  const keys = [..."123456789"].map(digit);
  const whole = html("div", { class: "pad" }, display, html("div", { class: "keys" }, ...keys, erase, digit("0"), done));
  present = { whole, press };
  update();
  return whole;
}

/** Forget a half-typed number. */
export function forgetTyped() {
  draft = "";
  present = null;
}

function groups(typed) {
  return [0, 3, 6, 9].map((from) => html("span", {}, typed.slice(from, from + 3).padEnd(3, "·")));
}

function dots(typed) {
  return [html("span", {}, "●".repeat(typed.length) || "·····")];
}

document.addEventListener("keydown", (event) => {
  if (!present?.whole.isConnected || document.querySelector("dialog[open]") !== null) return;
  const isOnButton = event.key === "Enter" && document.activeElement instanceof HTMLButtonElement;
  if (/^[0-9]$/.test(event.key) || event.key === "Backspace" || (event.key === "Enter" && !isOnButton)) {
    event.preventDefault();
    present.press(event.key);
  }
});
