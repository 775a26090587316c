// What will happen, without words.

import { html } from "./dom.js";
import { icon } from "./icons.js";

/** Face, finger and eye lead to a card; `who` may stand before them. */
export function attract(who = null) {
  const person = who === null ? [] : [html("span", { class: `disc ${who}` }, icon(who))];
  const discs = ["face", "finger", "eye"].map((name) => html("span", { class: "disc" }, icon(name)));
  return html("div", { class: "invitation", "aria-hidden": "true" }, ...person, ...discs, icon("next", "icon arrow"), html("span", { class: "disc card" }, icon("card")));
}
