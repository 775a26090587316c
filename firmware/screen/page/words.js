// Messages in the language of the view.

let languages = {};
let language = "vi";

export function learn(all) {
  languages = all;
}

export function speak(name) {
  language = name;
  document.documentElement.lang = name;
}

export function spoken() {
  return language;
}

/** The other languages, for the button that changes to them. */
export function others() {
  return Object.keys(languages).filter((name) => name !== language);
}

/** A message with its blanks filled, or null when there is none. */
export function find(table, id, blanks = {}, inLanguage = language) {
  const text = languages[inLanguage]?.[table]?.[id];
  if (text === undefined) return null;
  return text.replace(/\{(\w+)\}/g, (_, name) => blanks[name] ?? "…");
}

/** The text with the words that belong together never parted at the end of a line. */
export function unparted(text) {
  const together = say("page", "together").split(", ");
  return together.reduce((whole, words) => whole.replaceAll(words, words.replaceAll(" ", "\u00a0")), text);
}

/** A message that is there; its id shows where it is not. */
export function say(table, id, blanks = {}, inLanguage = language) {
  return find(table, id, blanks, inLanguage) ?? id;
}
