// What the person must know before anything is taken.

import { html } from "./dom.js";
import { icon } from "./icons.js";
import { say } from "./words.js";

const PARTS = { data: "finger", purpose: "card", who: "lock", basis: "law", rights: "heart" };

export function notice() {
  const parts = Object.entries(PARTS).map(([part, name]) =>
    html("section", { class: `part ${part}` }, html("span", { class: "disc" }, icon(name)), html("h2", {}, say("notice", `${part}_title`)), html("p", {}, say("notice", part))));
  return html("div", { class: "notice" }, parts);
}
