// The buttons for what the view asks.

import { askCancel, askReason } from "./dialogs.js";
import { html } from "./dom.js";
import { icon } from "./icons.js";
import { find, others, say } from "./words.js";

const MAIN = { start: "next", agree: "check", confirm: "check", still_here: "check", finish: "check" };
const ASIDE = { type_instead: "keys", cannot_give: "skip" };
const PURPOSES = { first_issue: "card", exchange: "loop" };

/** The buttons under the instruction: asides first, the way on last. */
export function actions(view, answer) {
  const asked = (kinds) => Object.keys(kinds).filter((kind) => view.asks.includes(kind));
  return [
    ...asked(ASIDE).map((kind) => aside(kind, view, answer)),
    ...(view.asks.includes("purpose") ? Object.keys(PURPOSES).map((purpose) => choice(purpose, answer)) : []),
    ...asked(MAIN).map((kind) => main(kind, view, answer)),
  ];
}

/** The buttons that stay at their place: stop, language, help. */
export function tools(view, answer) {
  const has = (kind) => view.asks.includes(kind);
  return [
    has("cancel") ? button("cancel", "quiet stop", say("button", "cancel"), () => askCancel(answer)) : null,
    html("span", { class: "gap" }),
    ...(has("language") ? others().map((name) => languageButton(name, answer)) : []),
    has("help") ? button("help", "quiet", say("button", "help"), () => answer("help")) : null,
  ];
}

/** A button with an icon. */
export function button(kind, className, text, onclick, attributes = {}) {
  return html(
    "button",
    { type: "button", class: `button ${className}`, "data-kind": kind, onclick, ...attributes },
    icon(PURPOSES[attributes["data-value"]] ?? ICONS[kind] ?? MAIN[kind] ?? ASIDE[kind] ?? "next"),
    html("span", {}, text),
  );
}

const ICONS = { cancel: "close", language: "globe", help: "question", retake: "loop", number: "check", pin: "check", yes: "close" };

function label(kind, view) {
  return find("button", `${view.instruction}_${kind}`) ?? say("button", kind);
}

function main(kind, view, answer) {
  const made = button(kind, "primary", label(kind, view), () => answer(kind));
  if (kind === "start") {
    made.lastChild.append(...others().map((name) => html("span", { lang: name, class: "second" }, say("button", kind, {}, name))));
  }
  return made;
}

function aside(kind, view, answer) {
  const press = kind === "cannot_give" ? () => askReason(view.target, answer) : () => answer(kind);
  return button(kind, "secondary", label(kind, view), press);
}

function choice(purpose, answer) {
  return button("purpose", "primary", say("purpose", purpose), () => answer("purpose", purpose), { "data-value": purpose });
}

function languageButton(name, answer) {
  return button("language", "quiet", say("page", "language", {}, name), () => answer("language", name), { lang: name });
}
