// Puts the line to the booth and the picture of the view together; keeps nothing.

import { closeDialogs } from "./dialogs.js";
import { Line } from "./line.js";
import { blank, draw } from "./preview.js";
import { forget, render } from "./render.js";
import { hush, learnVoices } from "./voice.js";
import { learn } from "./words.js";

const LONG_WAIT_MS = 15000;
const [moment, longWait, terminal] = ["moment", "moment-long", "terminal"].map((id) => document.getElementById(id));
let longWaitTimer = null;

function cover(isCovered) {
  moment.hidden = !isCovered;
  terminal.hidden = isCovered;
  clearTimeout(longWaitTimer);
  longWait.hidden = true;
  if (isCovered) longWaitTimer = setTimeout(() => { longWait.hidden = false; }, LONG_WAIT_MS);
}

function leave() {
  if (moment.hidden) cover(true);
  closeDialogs();
  forget();
  hush();
  blank();
}

const line = new Line({
  messages: (languages, voices) => { learn(languages); learnVoices(voices); },
  view: (view) => {
    render(view, (kind, value) => line.answer(kind, value));
    if (terminal.hidden) cover(false);
  },
  picture: draw,
  lost: leave,
});

document.addEventListener("contextmenu", (event) => event.preventDefault());
cover(true);
line.connect();
