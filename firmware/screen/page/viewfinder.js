// The live picture as a mirror, with a frame to fit into.

import { html } from "./dom.js";
import { icon } from "./icons.js";
import { watch } from "./preview.js";
import { stages } from "./stages.js";
import { say } from "./words.js";

const ICONS = { portrait: "face", iris: "eye", card: "card" };

/** kind: portrait, iris or card. */
export function viewfinder(kind) {
  return html(
    "div",
    { class: `viewfinder ${kind}`, role: "img", "aria-label": say("page", `preview_${kind}`) },
    icon(ICONS[kind], "placeholder"),
    watch(),
    html("div", { class: "fit" }),
    kind === "portrait" ? stages() : null,
  );
}
