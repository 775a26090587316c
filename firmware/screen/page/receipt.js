// What the person takes home.

import { html } from "./dom.js";
import { still } from "./preview.js";
import { say } from "./words.js";

export function receipt({ code, qr_png }) {
  return html(
    "div",
    { class: "receipt" },
    still(qr_png, say("page", "receipt_qr")),
    html("div", {}, html("p", {}, say("page", "receipt_code")), html("p", { class: "code" }, code)),
  );
}
