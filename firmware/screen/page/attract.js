// The invitation: what will happen, without words.

import { html } from "./dom.js";
import { icon } from "./icons.js";

/** Face, finger and eye lead to a card. */
export function attract() {
  const discs = ["face", "finger", "eye"].map((name) => html("span", { class: "disc" }, icon(name)));
  return html("div", { class: "invitation", "aria-hidden": "true" }, ...discs, icon("next", "icon arrow"), html("span", { class: "disc card" }, icon("card")));
}
