// Calm pictures for moments without a camera.

import { html } from "./dom.js";
import { icon } from "./icons.js";

/** One large icon that breathes. */
export function art(name) {
  return html("div", { class: `art ${name}` }, icon(name));
}
