// Says aloud what stands on the screen: one clip at a time, a newer one stops the older.

import { OFFERS, toldAs } from "./told.js";
import { spoken } from "./words.js";

const LOUDNESS = { loud: 1, normal: 0.6, quiet: 0.3, mute: 0 };
const NEXT = { normal: "loud", loud: "mute", mute: "quiet", quiet: "normal" };
const USUAL = "normal";
const NOTICE = ["data", "purpose", "who", "basis", "rights"].map((part) => `notice.${part}`);
const NOTHING = { about: "", phase: "", hint: null, help: false };
const player = document.getElementById("voice");
let voices = {};
let step = USUAL;
let told = NOTHING;
let script = []; // everything that the view has to say, for whoever wants to hear it again
let closed = ""; // what a closed terminal said last: it begins anew every minute, and the hall has heard it
let heard = new Set(); // details of this visit that need not be said twice

/** all: the names of the clips of each language; others are never asked for. */
export function learnVoices(all) {
  voices = Object.fromEntries(Object.entries(all).map(([language, names]) => [language, new Set(names)]));
}

export function hasVoice() {
  return Object.values(voices).some((names) => names.size > 0);
}

/** Say what is new in this view. Nobody is called when nobody is there. */
export function tell(view) {
  const before = told;
  const about = [view.language, view.instruction, view.target].join();
  told = { about, phase: view.phase, hint: view.hint, help: view.help_is_open };
  if (view.phase === "attract" && before.phase !== "attract") forgetVisit();
  script = view.help_is_open ? [`help.${view.phase}`, "help.any"] : linesOf(view);
  const lines = speaksToNobody(view, about) ? [] : script;
  if (view.help_is_open !== before.help || about !== before.about) play(unheard(lines));
  else if (view.hint !== before.hint && view.hint !== null && !isAsking()) play([hintOf(view)]);
}

/** Say a question that the page asks by itself. */
export function ask(kind, target) {
  const name = `${kind}.question`;
  play([nameWith(name, target)]);
}

/** Say everything again. */
export function replay() {
  play(script);
}

/** One of loud, normal, quiet, mute. */
export function volume() {
  return step;
}

/** The next step; what is said now goes on with it. */
export function turnVolume() {
  step = NEXT[step];
  player.volume = LOUDNESS[step];
  if (step === "mute") play([]);
  else if (player.paused) replay();
}

/** Say nothing, and forget the visit. */
export function hush() {
  told = NOTHING;
  script = [];
  forgetVisit();
  play([]);
}

/** Whether a voice would speak to nobody: an invitation, or once more that the terminal is closed. */
function speaksToNobody(view, about) {
  const isAgain = view.phase === "ended" && about === closed;
  if (view.phase === "ended") closed = about;
  else if (view.phase === "notice") closed = "";
  return isAgain || (view.phase === "attract" && !view.help_is_open);
}

function isAsking() {
  return document.querySelector("dialog[open]") !== null;
}

function forgetVisit() {
  step = USUAL;
  heard = new Set();
}

function linesOf(view) {
  const name = toldAs(view);
  const kind = Object.keys(OFFERS).find((asked) => view.asks.includes(asked));
  const offers = kind === undefined ? [] : view.choices.map((choice) => `${OFFERS[kind]}.${choice}`);
  const second = view.hint === null ? `detail.${name}` : hintOf(view);
  return [nameWith(`instruction.${name}`, view.target), second, ...(name === "notice" ? NOTICE : []), ...offers];
}

/** The clip of a hint, which may be about another thing than the target. */
function hintOf(view) {
  return nameWith(`hint.${view.hint}`, Object.fromEntries(view.parameters).seen);
}

function nameWith(name, target) {
  return has(name) ? name : `${name}.${target}`;
}

function has(name) {
  return voices[spoken()]?.has(name) ?? false;
}

function unheard(names) {
  const fresh = names.filter((name) => !heard.has(spoken() + name));
  for (const name of names.filter((one) => one.startsWith("detail."))) heard.add(spoken() + name);
  return fresh;
}

/** Play clips one after the other; one that is missing or broken is passed over. */
function play(names) {
  const [first, ...rest] = step === "mute" ? [] : names.filter(has);
  player.onended = player.onerror = null;
  player.pause();
  if (first === undefined) {
    player.removeAttribute("src");
    return;
  }
  player.onended = player.onerror = () => play(rest);
  player.volume = LOUDNESS[step];
  player.src = `/voice/${spoken()}/${first}`;
  player.play().catch(() => {}); // a browser that wants a press first is silent until one comes
}
