// Digits by touch or by keyboard; nothing typed stays after it is said.

import { button } from "./actions.js";
import { html } from "./dom.js";
import { icon } from "./icons.js";
import { find, say } from "./words.js";

// What is typed, place by place: [name of the place or "", digits].
const DATE = [["day", 2], ["month", 2], ["year", 4]];
const PLACES = {
  number: [["", 3], ["", 3], ["", 3], ["", 3]],
  birth: DATE,
  year: [["year", 4]],
  clock: [...DATE, ["hour", 2], ["minute", 2]],
};
const PIN_LENGTHS = [4, 12];
const ANSWERS = { year: "birth", clock: "number" };
const NO_DRAFT = { key: "", shape: "", typed: "" };
let present = null;
let draft = NO_DRAFT; // half-typed digits outlive the question whether anybody is there

/** kind: "number", "birth", "clock" or "pin" (masked); nothing can be typed until it is asked. */
export function pad(kind, isAsked, phase, answer) {
  const key = `${phase} ${kind}`;
  const kept = kind !== "pin" && draft.key === key ? draft : { key, shape: kind, typed: "" };
  let { shape, typed } = kept;
  const display = html("output", { "aria-live": "off" });
  const done = button("check", "primary", say("button", kind === "pin" ? "pin" : "number"), () => finish());
  const erase = html("button", { type: "button", class: "button key erase", disabled: !isAsked, "aria-label": say("button", "erase"), onclick: () => press("Backspace") }, icon("erase"));
  const turn = kind === "birth" ? button("calendar", "secondary turn", "", () => { shape = shape === "birth" ? "year" : "birth"; typed = ""; update(); }, { disabled: !isAsked }) : null;

  function press(name) {
    if (!isAsked) return;
    if (name === "Backspace") typed = typed.slice(0, -1);
    else if (/^[0-9]$/.test(name) && typed.length < lengths(shape)[1]) typed += name;
    else if (name === "Enter") finish();
    update();
  }
  function finish() {
    if (typed.length < lengths(shape)[0]) return;
    answer(ANSWERS[shape] ?? shape, typed);
    typed = "";
    update();
  }
  function update() {
    display.className = `digits ${shape}`;
    display.replaceChildren(...(shape === "pin" ? dots(typed) : places(shape, typed)));
    display.setAttribute("aria-label", say("page", "digits_typed", { count: typed.length }));
    done.disabled = !isAsked || typed.length < lengths(shape)[0];
    turn?.lastChild.replaceChildren(say("button", shape === "birth" ? "year_only" : "whole_date"));
    if (kind !== "pin") draft = { key, shape, typed };
  }

  const digit = (name) => html("button", { type: "button", class: "button key", disabled: !isAsked, onclick: () => press(name) }, name);
  const keys = [..."123456789"].map(digit);
  const whole = html("div", { class: "pad" }, display, html("div", { class: "keys" }, ...keys, erase, digit("0"), done), turn);
  present = { whole, press };
  update();
  return whole;
}

/** Forget half-typed digits, but those of this phase. */
export function forgetTyped(phase = "") {
  if (!draft.key.startsWith(`${phase} `)) draft = NO_DRAFT;
}

function lengths(shape) {
  if (shape === "pin") return PIN_LENGTHS;
  const all = PLACES[shape].reduce((sum, [, size]) => sum + size, 0);
  return [all, all];
}

function places(shape, typed) {
  let from = 0;
  return PLACES[shape].map(([name, size]) => {
    const digits = typed.slice(from, from + size).padEnd(size, "·");
    from += size;
    const isNext = typed.length >= from - size && typed.length < from;
    return html("span", { class: isNext ? "place next" : "place" }, digits, name === "" ? null : html("small", {}, find("slot", name)));
  });
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
