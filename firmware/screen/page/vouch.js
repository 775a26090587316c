// What the attendant vouches for: the person's picture beside everything that is not plainly good.

import { html } from "./dom.js";
import { STATES, icon } from "./icons.js";
import { oddLooks } from "./looks.js";
import { still } from "./preview.js";
import { find, say } from "./words.js";

/** Of everything under review, and of what was seen. */
export function vouch(view) {
  const items = view.review;
  const portrait = items.find(({ key, picture }) => key === "portrait" && picture !== null);
  const odd = items.filter(({ state }) => state !== "good");
  const chips = [...odd.map(({ key, state, reason }) => chip(state, say("target", key), find("reason", reason) ?? say("state", state))), ...oddLooks(view).map((look) => chip("forced", ...look))];
  return html(
    "div",
    { class: "vouch" },
    portrait === undefined ? null : html("span", { class: "shot" }, still(portrait.picture, say("target", "portrait"))),
    html("div", {}, html("h2", {}, say("page", chips.length > 0 ? "vouch" : "vouch_all_good")), html("ul", {}, chips)),
  );
}

function chip(state, what, why) {
  return html("li", { class: state }, html("span", { class: "verdict" }, icon(STATES[state]), html("span", {}, `${what}: ${why}`)));
}
