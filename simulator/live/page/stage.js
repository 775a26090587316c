// The stage: every button is one command for the world; what the world is like comes back.

const RECONNECT_MS = 500;
const by = (id) => document.getElementById(id);
const stories = new Map();
let socket;

function send(command) {
  if (socket?.readyState === WebSocket.OPEN) socket.send(command);
}

/** command: words, or what returns them at the press. */
function button(label, command) {
  const element = document.createElement("button");
  element.textContent = label;
  element.addEventListener("click", () => send(typeof command === "function" ? command() : command));
  return element;
}

function layOut(offer) {
  by("screen").href = offer.screen;
  by("faces").replaceChildren(...offer.faces.map((face) => button(face.replaceAll("_", " "), `face ${face}`)));
  by("hands").replaceChildren(...["left", "right"].map((side) => hand(side, offer.fingers)));
  by("of_the_person").replaceChildren(...offer.of_the_person.flatMap(choice));
  by("choices_of_the_place").replaceChildren(...offer.of_the_place.flatMap(choice));
  by("cables").replaceChildren(...offer.cables.map(cable));
  for (const [name, story] of offer.scenarios) stories.set(name, story);
  by("scenario").replaceChildren(...offer.scenarios.map(([name]) => new Option(name.replaceAll("_", " "), name)));
  tell();
}

/** Five fingers as they lie on a table: both thumbs inside. */
function hand(side, fingers) {
  const fieldset = document.createElement("fieldset");
  const legend = document.createElement("legend");
  legend.textContent = `${side} hand`;
  const keys = fingers.filter(([, name]) => name.startsWith(side)).map(([code, name]) => {
    const key = button(name.split(" ")[1], () => `finger ${code} ${by("moisture").value}`);
    key.setAttribute("aria-label", name);
    return key;
  });
  fieldset.append(legend, ...(side === "left" ? keys.reverse() : keys));
  return fieldset;
}

/** A command with one word of several; the first is what holds for everybody who comes. */
function choice([verb, words]) {
  const select = document.createElement("select");
  select.id = `choice_${verb}`;
  select.replaceChildren(...words.map((word) => new Option(word.replaceAll("_", " "), word)));
  select.addEventListener("change", () => send(`${verb} ${select.value}`));
  const label = document.createElement("label");
  label.htmlFor = select.id;
  label.textContent = verb;
  return [label, select];
}

/** Whoever comes next wears nothing of what the last one wore. */
function forget() {
  for (const select of by("of_the_person").querySelectorAll("select")) select.selectedIndex = 0;
}

function cable(device) {
  const element = button(device, () => `${"pulled" in element.dataset ? "plug" : "unplug"} ${device}`);
  element.dataset.cable = device;
  return element;
}

function tell() {
  by("story").textContent = stories.get(by("scenario").value) ?? "";
}

function show(state) {
  by("lamp").style.setProperty("--light", `rgb(${state.lamp.map((part) => Math.round(part * 255)).join(" ")})`);
  by("person").textContent = `Now: ${state.person}`;
  by("booth").textContent = `${state.pid ? `Booth process ${state.pid}` : "The booth restarts"}, visits served: ${state.visits}, records at the centre: ${state.records}`;
  by("notice").textContent = state.notice;
  for (const element of document.querySelectorAll("[data-cable]")) {
    const { cable: device } = element.dataset;
    const isPulled = state.unplugged.includes(device);
    element.toggleAttribute("data-pulled", isPulled);
    element.textContent = `${device.replace("_", " ")}: ${isPulled ? "put the plug back" : "pull the plug"}`;
  }
}

function connect() {
  socket = new WebSocket(`ws://${location.host}/stage`);
  socket.addEventListener("message", ({ data }) => {
    const message = JSON.parse(data);
    if (message.offer) layOut(message.offer);
    if (message.state) show(message.state);
  });
  socket.addEventListener("close", () => setTimeout(connect, RECONNECT_MS));
}

by("command").addEventListener("submit", (event) => {
  event.preventDefault();
  send(by("words").value);
});
for (const command of ["walk_up", "stand", "leave"]) {
  document.querySelector(`[data-command=${command}]`).addEventListener("click", forget);
}
by("scenario").addEventListener("change", tell);
for (const element of document.querySelectorAll("[data-command]")) {
  const { command } = element.dataset;
  element.addEventListener("click", () => send(command === "walk_up" ? `walk_up ${by("scenario").value}` : command));
}
connect();
