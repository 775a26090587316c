// One whole view onto the page. Every part is rebuilt only when what it shows has changed.

import { actions, tools } from "./actions.js";
import { closeDialogs, showHelp, tidyQuestion } from "./dialogs.js";
import { empty, html, keyed } from "./dom.js";
import { figure } from "./figure.js";
import { hintIcon, icon } from "./icons.js";
import { markLooks } from "./looks.js";
import { forgetTyped } from "./pad.js";
import { blank } from "./preview.js";
import { markStages } from "./stages.js";
import { steps } from "./steps.js";
import { toldAs } from "./told.js";
import { tell } from "./voice.js";
import { find, others, say, speak, unparted } from "./words.js";

const [brand, attention, stepList, instruction, hint, figureBox, actionBar, toolBar] = [
  "brand", "attention", "steps", "instruction", "hint", "figure", "actions", "tools",
].map((id) => document.getElementById(id));

/** Show a view; `answer(kind, value)` says what the person chose. */
export function render(view, answer) {
  speak(view.language);
  document.body.dataset.phase = view.phase;
  document.body.dataset.instruction = view.instruction;
  renderWords(view);
  renderFigure(view, answer);
  const asked = [view.language, view.serial, view.asks].join();
  keyed(actionBar, asked, () => actions(view, answer));
  keyed(toolBar, asked, () => tools(view, answer));
  keyed(brand, view.language, () => [icon("finger"), html("span", {}, say("page", "name"))]);
  attention.hidden = view.attention === null;
  keyed(attention, [view.language, view.attention].join(), () => (view.attention === null ? [] : [icon("sun"), html("span", {}, `${say("attention", view.attention)} (${view.attention})`)]));
  stepList.setAttribute("aria-label", say("page", "progress"));
  keyed(stepList, JSON.stringify([view.language, view.phase, view.progress]), () => steps(view));
  tidyQuestion(view);
  tell(view);
  showHelp(view, answer);
}

/** Take everything off the page. */
export function forget() {
  for (const part of [brand, attention, stepList, instruction, hint, figureBox, actionBar, toolBar]) empty(part);
  forgetTyped();
  delete document.body.dataset.phase;
  delete document.body.dataset.instruction;
}

function renderWords(view) {
  const given = Object.fromEntries(view.parameters);
  const blanks = { ...given, target: find("target", view.target), seen: find("target", given.seen) };
  const told = toldAs(view);
  keyed(instruction, view.language + say("instruction", told, blanks), () => [
    unparted(say("instruction", told, blanks)),
    ...(view.instruction === "attract" ? inOthers("instruction") : []),
  ]);
  const detail = find("detail", told, blanks);
  hint.classList.toggle("advice", view.hint !== null);
  hint.hidden = view.hint === null && detail === null;
  keyed(hint, [view.language, view.hint, given.seen, detail].join(), () => words(view, detail, blanks));
}

function words(view, detail, blanks) {
  if (view.hint !== null) return [hintIcon(view.hint), html("span", {}, say("hint", view.hint, blanks))];
  return [html("span", {}, detail ?? ""), ...(view.instruction === "attract" ? inOthers("detail") : [])];
}

function inOthers(table) {
  return others().map((name) => html("span", { lang: name, class: "second" }, say(table, "attract", {}, name)));
}

function renderFigure(view, answer) {
  const { key, build, layout, live } = figure(view, answer);
  document.body.dataset.layout = layout;
  if (!live) blank();
  forgetTyped(view.phase);
  keyed(figureBox, `${view.language} ${key}`, build);
  markLooks(view);
  markStages(view);
  figureBox.dataset.mood = view.hint !== null ? "advise" : "calm";
}
