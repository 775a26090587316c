// Every artefact with its picture and verdict; touching one shows it large and offers to take it again.

import { button } from "./actions.js";
import { askAbout } from "./dialogs.js";
import { html } from "./dom.js";
import { STATES, icon } from "./icons.js";
import { still } from "./preview.js";
import { find, say } from "./words.js";

/** The cards of a view with something to review. */
export function review(view, answer) {
  const mayRetake = view.asks.includes("retake");
  return html("ul", { class: "review" }, view.review.map((item) => card(item, () => enlarge(item, mayRetake && item.may_retake, answer))));
}

function card(item, onclick) {
  const name = say("target", item.key);
  const content = [shot(item, name), html("span", { class: "name" }, name), verdict(item)];
  return html("li", { class: `card ${item.state} ${item.key}` }, html("button", { type: "button", "data-key": item.key, onclick }, content));
}

function enlarge(item, mayRetake, answer) {
  const name = say("target", item.key);
  const told = html("div", {}, verdict(item), html("p", { class: "why" }, why(item)));
  const retake = button("loop", "secondary", say("button", "retake"), () => answer("retake", item.key));
  askAbout(name, html("div", { class: `large ${item.state}` }, shot(item, name), told), mayRetake ? retake : null);
}

function shot(item, name) {
  return html("span", { class: "shot" }, item.picture === null ? icon("skip") : still(item.picture, name));
}

function verdict(item) {
  return html("span", { class: "verdict" }, icon(STATES[item.state]), html("span", {}, say("state", item.state)));
}

function why(item) {
  if (item.reason !== "") return find("reason", item.reason) ?? item.reason;
  const score = say("page", "score", { score: item.score });
  return item.state === "forced" ? `${score}. ${say("page", "kept")}` : score;
}
