// What the attendant sees of the person, beside the portrait: touched, never guessed.

import { html } from "./dom.js";
import { icon } from "./icons.js";
import { still } from "./preview.js";
import { say } from "./words.js";

const ICONS = { presence: "people", glasses: "glasses", covering: "covering", ears: "ear" };
const LOOKING = new Set(["attest_look", "attest_presence"]);

/** Whether the view asks to look, not yet for the PIN. */
export function isLooking(view) {
  return LOOKING.has(view.instruction);
}

/** The same as long as the same is asked, whatever the answers. */
export function looksKey({ questions }) {
  return `looks ${JSON.stringify(questions.map(({ matter, findings }) => [matter, findings]))}`;
}

/** The portrait, and each question with its answers. */
export function looks({ review, questions }, answer) {
  const portrait = review.find(({ key, picture }) => key === "portrait" && picture !== null);
  const shot = portrait === undefined ? null : html("span", { class: "shot" }, still(portrait.picture, say("target", "portrait")));
  return html("div", { class: "looks" }, shot, html("div", { class: "questions" }, questions.map((one) => question(one, answer))));
}

function question({ matter, findings }, answer) {
  const choices = findings.map((finding) => {
    const press = () => answer("looked", `${matter} ${finding}`);
    return html("button", { type: "button", class: `button found ${finding}`, "data-look": `${matter} ${finding}`, onclick: press }, html("span", {}, say("finding", `${matter}_${finding}`)));
  });
  const name = html("h2", { id: `look-${matter}` }, icon(ICONS[matter]), html("span", {}, say("look", matter)));
  return html("div", { class: "question", role: "group", "aria-labelledby": `look-${matter}` }, name, html("div", { class: "findings" }, choices));
}

/** Show what is answered so far; the buttons stay where they are, so that no press and no focus is lost. */
export function markLooks({ questions }) {
  const found = new Set(questions.map(({ matter, found: finding }) => `${matter} ${finding}`));
  for (const button of document.querySelectorAll("[data-look]")) button.setAttribute("aria-pressed", String(found.has(button.dataset.look)));
}

/** What is not as it should be, for the page on which it is signed: [matter, finding]. */
export function oddLooks({ questions }) {
  return questions.filter(({ findings, found }) => found !== null && found !== findings[0]).map(({ matter, found }) => [say("look", matter), say("finding", `${matter}_${found}`)]);
}
