// Elements without markup strings: the page's policy forbids innerHTML.

const SVG = "http://www.w3.org/2000/svg";

/** An HTML element; attributes that are null or false are left out, onclick is listened to. */
export function html(tag, attributes = {}, ...children) {
  return furnish(document.createElement(tag), attributes, children);
}

/** An SVG element. */
export function svg(tag, attributes = {}, ...children) {
  return furnish(document.createElementNS(SVG, tag), attributes, children);
}

function furnish(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "onclick") element.addEventListener("click", value);
    else if (value !== null && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null));
  return element;
}

const keys = new WeakMap();

/** Rebuild an element's children only when its key changes, so that a press is never lost half way. */
export function keyed(element, key, build) {
  if (keys.get(element) === key) return;
  keys.set(element, key);
  const hadFocus = element.contains(document.activeElement);
  element.replaceChildren(...[build()].flat().filter((child) => child !== null));
  if (hadFocus) document.getElementById("instruction").focus({ preventScroll: true });
}

/** Empty an element and let it be built anew. */
export function empty(element) {
  keys.delete(element);
  element.replaceChildren();
}
