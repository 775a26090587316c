// What the attendant vouches for: the person's picture beside everything that is not plainly good.

import { html } from "./dom.js";
import { STATES, icon } from "./icons.js";
import { still } from "./preview.js";
import { find, say } from "./words.js";

/** items: everything under review. */
export function vouch(items) {
  const portrait = items.find(({ key, picture }) => key === "portrait" && picture !== null);
  const odd = items.filter(({ state }) => state !== "good");
  return html(
    "div",
    { class: "vouch" },
    portrait === undefined ? null : html("span", { class: "shot" }, still(portrait.picture, say("target", "portrait"))),
    html("div", {}, html("h2", {}, say("page", odd.length > 0 ? "vouch" : "vouch_all_good")), html("ul", {}, odd.map(chip))),
  );
}

function chip({ key, state, reason }) {
  const why = find("reason", reason) ?? say("state", state);
  return html("li", { class: state }, html("span", { class: "verdict" }, icon(STATES[state]), html("span", {}, `${say("target", key)}: ${why}`)));
}
