// What the register or the card says, masked already.

import { html } from "./dom.js";
import { find, say } from "./words.js";

/** parameters: [id, value] pairs; those without a label are for the instruction's blanks alone. */
export function facts(parameters) {
  const rows = parameters.filter(([id]) => find("fact", id) !== null);
  return html("dl", { class: "facts", "aria-label": say("page", "fact_list") }, rows.map(([id, value]) =>
    html("div", { "data-fact": id }, html("dt", {}, say("fact", id)), html("dd", {}, find("value", value) ?? value))));
}
