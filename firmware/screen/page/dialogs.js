// Questions that the page asks by itself before it answers, and the help.

import { html, keyed } from "./dom.js";
import { button } from "./actions.js";
import { icon } from "./icons.js";
import { find, say } from "./words.js";

const question = document.getElementById("question");
const help = document.getElementById("help");
const REASONS = ["amputated", "bandaged", "damaged"];
let asked = null;

/** Ask once more before everything is deleted. */
export function askCancel(answer) {
  ask("cancel", null, [
    heading(say("cancel", "question")),
    html("p", {}, say("cancel", "detail")),
    html(
      "div",
      { class: "choices" },
      button("yes", "danger", say("cancel", "yes"), () => { question.close(); answer("cancel"); }),
      button("no", "primary", say("cancel", "no"), () => question.close()),
    ),
  ]);
}

/** Ask why something cannot be given. */
export function askReason(target, answer) {
  const choose = (reason) => () => { question.close(); answer("cannot_give", reason); };
  const reasons = REASONS.map((reason) =>
    html("button", { type: "button", class: "button secondary", "data-value": reason, onclick: choose(reason) }, html("span", {}, say("reason", reason))));
  ask("cannot_give", target, [
    heading(say("cannot_give", "question", { target: find("target", target) })),
    html("p", {}, say("cannot_give", "detail")),
    html("div", { class: "reasons" }, reasons),
    html("div", { class: "choices" }, button("back", "primary", say("button", "back"), () => question.close())),
  ]);
}

/** Show one thing under review large, with what may be done about it (or null). */
export function askAbout(title, content, action) {
  action?.addEventListener("click", () => question.close());
  const back = button("back", "primary", say("button", "back"), () => question.close());
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
    html("div", { class: "choices" }, button("help_close", "primary", say("button", "help_close"), () => answer("help"))),
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
}

function heading(text) {
  return html("h2", { id: "question-title" }, text);
}

question.addEventListener("close", () => question.replaceChildren());
