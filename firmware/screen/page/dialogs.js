// Questions that the page asks by itself before it answers, and the help.

import { html, keyed } from "./dom.js";
import { button } from "./actions.js";
import { icon } from "./icons.js";
import { ask as askAloud } from "./voice.js";
import { find, say } from "./words.js";

const question = document.getElementById("question");
const help = document.getElementById("help");
const REASONS = { amputated: "skip", bandaged: "plaster", damaged: "heal" }; // what a person knows of themselves
let asked = null;

/** Ask once more before everything is deleted. */
export function askCancel(answer) {
  ask("cancel", null, [
    heading(say("cancel", "question")),
    html("p", {}, say("cancel", "detail")),
    html(
      "div",
      { class: "choices" },
      button("close", "danger", say("cancel", "yes"), () => { question.close(); answer("cancel"); }),
      button("next", "primary", say("cancel", "no"), () => question.close()),
    ),
  ]);
}

/** Ask why something cannot be given. */
export function askReason(target, answer) {
  const choose = (reason) => () => { question.close(); answer("cannot_give", reason); };
  const reasons = Object.keys(REASONS).filter((reason) => reason !== "amputated" || target !== "portrait").map((reason) =>
    button(REASONS[reason], "secondary", say("reason", reason), choose(reason)));
  ask("cannot_give", target, [
    heading(say("cannot_give", "question", { target: find("target", target) })),
    html("p", {}, say("cannot_give", "detail")),
    html("div", { class: "reasons" }, reasons),
    html("div", { class: "choices" }, button("previous", "primary", say("button", "back"), () => question.close())),
  ]);
}

/** Show one thing under review large, with what may be done about it (or null). */
export function askAbout(title, content, action) {
  action?.addEventListener("click", () => question.close());
  const back = button("previous", "primary", say("button", "back"), () => question.close());
  ask("about", null, [heading(title), content, html("div", { class: "choices" }, action, back)]);
}

/** Close a question that the view no longer asks, or asks about something else. */
export function tidyQuestion(view) {
  if (!question.open) return;
  const isOld = asked.language !== view.language || (asked.target !== null && asked.target !== view.target);
  const isOpen = asked.kind === "about" ? view.review.length > 0 : view.asks.includes(asked.kind);
  if (isOld || !isOpen) question.close();
}

/** Show or hide the help of this phase, as the view says. */
export function showHelp(view, answer) {
  if (!view.help_is_open) {
    help.close();
    return;
  }
  keyed(help, view.language + view.phase, () => [
    html("h2", { id: "help-title" }, icon("question"), html("span", {}, say("instruction", "help"))),
    html("p", {}, say("help", view.phase)),
    html("p", {}, say("help", "any")),
    html("div", { class: "choices" }, button("check", "primary", say("button", "help_close"), () => answer("help"))),
  ]);
  help.oncancel = (event) => { event.preventDefault(); answer("help"); };
  if (!help.open) help.showModal();
}

export function closeDialogs() {
  question.close();
  help.close();
}

function ask(kind, target, content) {
  asked = { kind, target, language: document.documentElement.lang };
  question.replaceChildren(...content);
  question.showModal();
  askAloud(kind, target);
}

function heading(text) {
  return html("h2", { id: "question-title" }, text.charAt(0).toLocaleUpperCase() + text.slice(1));
}

question.addEventListener("close", () => question.replaceChildren());
