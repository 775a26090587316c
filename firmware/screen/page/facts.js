// What the register or the card says, masked already.

import { html } from "./dom.js";
import { icon } from "./icons.js";
import { find, say } from "./words.js";

const TABLES = ["value", "relation", "purpose", "request_reason"];
const VERDICTS = { match: ["good", "check"], differs: ["forced", "warn"], absent: ["excepted", "dash"], unknown: ["excepted", "dots"] };

/** parameters: [id, value] pairs; those without a label are for the instruction's blanks alone. */
export function facts(parameters) {
  const rows = parameters.filter(([id]) => find("fact", id) !== null);
  return html("dl", { class: `facts ${rows.length > 3 ? "many" : "few"}`, "aria-label": say("page", "fact_list") }, rows.map(([id, value]) =>
    html("div", { "data-fact": id }, html("dt", {}, say("fact", id)), html("dd", {}, id === "register" ? verdict(value) : text(value)))));
}

function text(value) {
  return TABLES.map((table) => find(table, value)).find((said) => said !== null) ?? value;
}

function verdict(value) {
  const [state, symbol] = VERDICTS[value] ?? VERDICTS.unknown;
  return html("span", { class: state }, html("span", { class: "verdict" }, icon(symbol), html("span", {}, text(value))));
}
