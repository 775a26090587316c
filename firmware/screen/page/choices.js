// A question with pictures for answers.

import { html } from "./dom.js";
import { icon } from "./icons.js";
import { OFFERS } from "./told.js";
import { say } from "./words.js";

const FEW = 3;

/** The tiles for what may be chosen, in the view's order; null when nothing may be. */
export function choices(view, answer) {
  const kind = Object.keys(OFFERS).find((name) => view.asks.includes(name));
  if (kind === undefined) return null;
  const tiles = view.choices.map((choice) => tile(choice, say(OFFERS[kind], choice), () => answer(kind, choice)));
  return html("div", { class: `offers ${tiles.length > FEW ? "many" : "few"}` }, tiles);
}

function tile(name, text, onclick) {
  const disc = html("span", { class: "disc" }, icon(name));
  return html("button", { type: "button", class: "button primary offer", "data-choice": name, onclick }, disc, html("span", {}, text));
}
