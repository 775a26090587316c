// The buttons for what the view asks.

import { choices } from "./choices.js";
import { askCancel, askReason } from "./dialogs.js";
import { html } from "./dom.js";
import { icon } from "./icons.js";
import { isLooking } from "./looks.js";
import { hasVoice, replay, turnVolume, volume } from "./voice.js";
import { vouch } from "./vouch.js";
import { find, others, say } from "./words.js";

// Answer to icon. The way on stands last, where a hand arrives.
const ASIDE = { type_instead: "keys", cannot_give: "skip", seated: "chair", bedside: "bed" };
const MAIN = { start: "next", agree: "check", finish: "check", confirm: "check", still_here: "check" };
const UNSTOPPABLE = new Set(["attract", "receipt", "ended"]); // nothing is taken yet, or it is saved already

/** What stands under the instruction. */
export function actions(view, answer) {
  const asked = (answers) => Object.entries(answers).filter(([kind]) => view.asks.includes(kind));
  return [
    ...asked(ASIDE).map(([kind, symbol]) => aside(kind, symbol, view, answer)),
    choices(view, answer),
    ...(view.phase === "attest" && view.review.length > 0 && !isLooking(view) ? [vouch(view)] : []),
    ...looked(view, answer),
    ...asked(MAIN).map(([kind, symbol]) => main(kind, symbol, view, answer)),
  ];
}

/** The buttons that stay at their place: stop, language, help. */
export function tools(view, answer) {
  const has = (kind) => view.asks.includes(kind);
  const mayStop = has("cancel") && !UNSTOPPABLE.has(view.phase);
  return [
    mayStop ? button("close", "quiet stop", say("button", "cancel"), () => askCancel(answer)) : null,
    ...(hasVoice() ? [button("ear", "quiet", say("button", "replay"), replay), volumeButton()] : []),
    html("span", { class: "gap" }),
    ...(has("language") ? others().map((name) => languageButton(name, answer)) : []),
    has("help") ? button("question", "quiet", say("button", "help"), () => answer("help")) : null,
  ];
}

/** A button with an icon. */
export function button(symbol, className, text, onclick, attributes = {}) {
  const shape = { type: "button", class: `button ${className}`, onclick, ...attributes };
  return html("button", shape, icon(symbol), html("span", {}, text));
}

/** One touch for whatever is not answered yet; from the PIN the way back to the questions. */
function looked(view, answer) {
  if (!view.asks.includes("looked")) return [];
  if (!isLooking(view)) return [button("previous", "secondary", say("button", "looked_back"), () => answer("looked"))];
  const again = view.asks.includes("retake") ? [button("loop", "primary", say("button", "attest_retake"), () => answer("retake", "portrait"))] : [];
  const open = view.questions.filter(({ found }) => found === null);
  const isAlone = open.some(({ matter }) => matter === "presence"); // that one is never among the rest
  if (isAlone || open.length === 0 || again.length > 0) return again;
  const text = say("button", view.questions.some(({ found }) => found !== null) ? "looked_rest" : "looked");
  return [button("check", "primary", text, () => answer("looked", "rest"))];
}

function label(kind, { instruction }) {
  const here = instruction.startsWith("save_refused") ? "save_refused" : instruction;
  return find("button", `${here}_${kind}`) ?? say("button", kind);
}

function aside(kind, symbol, view, answer) {
  const press = kind === "cannot_give" ? () => askReason(view.target, answer) : () => answer(kind);
  return button(symbol, "secondary", label(kind, view), press);
}

function main(kind, symbol, view, answer) {
  const isAgain = kind === "confirm" && view.instruction.startsWith("save_refused");
  const isSecond = kind === "finish" && view.asks.includes("confirm");
  const made = button(isAgain ? "loop" : symbol, isSecond ? "secondary" : "primary", label(kind, view), () => answer(kind));
  if (kind === "start") made.lastChild.append(...others().map((name) => html("span", { lang: name, class: "second" }, say("button", kind, {}, name))));
  return made;
}

function volumeButton() {
  const made = button("ear", "quiet volume", "", () => { turnVolume(); show(); });
  function show() {
    made.firstChild.replaceWith(icon(`volume_${volume()}`));
    made.setAttribute("aria-label", say("volume", volume()));
  }
  made.lastChild.remove();
  show();
  return made;
}

function languageButton(name, answer) {
  return button("globe", "quiet", say("page", "language", {}, name), () => answer("language", name), { lang: name });
}
