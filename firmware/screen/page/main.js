// Puts the line to the booth and the picture of the view together; keeps nothing.

import { closeDialogs } from "./dialogs.js";
import { Line } from "./line.js";
import { blank, draw } from "./preview.js";
import { forget, render } from "./render.js";
import { learn } from "./words.js";

const LONG_WAIT_MS = 15000;
const covers = ["moment", "elsewhere", "terminal"].map((id) => document.getElementById(id));
const longWait = document.getElementById("moment-long");
let longWaitTimer = null;

function uncover(id) {
  for (const cover of covers) cover.hidden = cover.id !== id;
  clearTimeout(longWaitTimer);
  longWait.hidden = true;
  if (id === "moment") longWaitTimer = setTimeout(() => { longWait.hidden = false; }, LONG_WAIT_MS);
}

function leave(id) {
  if (document.getElementById(id).hidden) uncover(id);
  closeDialogs();
  forget();
  blank();
}

const line = new Line({
  messages: learn,
  view: (view) => {
    render(view, (kind, value) => line.answer(kind, value));
    if (document.getElementById("terminal").hidden) uncover("terminal");
  },
  picture: draw,
  lost: () => leave("moment"),
  elsewhere: () => leave("elsewhere"),
});

document.getElementById("take-back").addEventListener("click", () => {
  uncover("moment");
  line.connect();
});
document.addEventListener("contextmenu", (event) => event.preventDefault());
uncover("moment");
line.connect();
