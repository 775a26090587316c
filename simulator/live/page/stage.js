const by = (id) => document.getElementById(id);
let socket;

function send(command) {
  if (socket?.readyState === WebSocket.OPEN) socket.send(command);
}

function button(label, command) {
  const element = document.createElement("button");
  element.textContent = label;
  element.addEventListener("click", () => send(typeof command === "function" ? command() : command));
  return element;
}

function layOut(offer) {
  by("screen").href = offer.screen;
  by("faces").replaceChildren(...offer.faces.map((face) => button(face.replaceAll("_", " "), `face ${face}`)));
  by("fingers").replaceChildren(...offer.fingers.map(([code, name]) =>
    button(name, () => `finger ${code} ${by("moisture").value}`)));
  by("cables").replaceChildren(...offer.cables.map((device) => {
    const cable = button(device, () => `${cable.getAttribute("aria-pressed") === "true" ? "plug" : "unplug"} ${device}`);
    cable.dataset.cable = device;
    return cable;
  }));
  by("scenario").replaceChildren(...offer.scenarios.map(([name, description]) => {
    const option = new Option(name.replaceAll("_", " "), name);
    option.title = description;
    return option;
  }));
}

function show(state) {
  const light = `rgb(${state.lamp.map((part) => Math.round(part * 255)).join(" ")})`;
  by("lamp").style.background = light;
  by("lamp").style.boxShadow = `0 0 2.5rem ${light}`;
  by("person").textContent = state.person;
  by("booth").textContent = state.booth;
  by("notice").textContent = state.notice;
  for (const cable of document.querySelectorAll("[data-cable]")) {
    const pulled = state.unplugged.includes(cable.dataset.cable);
    cable.setAttribute("aria-pressed", String(pulled));
    cable.textContent = `${cable.dataset.cable}: ${pulled ? "put back" : "pull the plug"}`;
  }
}

function connect() {
  socket = new WebSocket(`ws://${location.host}/stage`);
  socket.addEventListener("message", ({ data }) => {
    const message = JSON.parse(data);
    if (message.offer) layOut(message.offer);
    if (message.state) show(message.state);
  });
  socket.addEventListener("close", () => setTimeout(connect, 500));
}

for (const element of document.querySelectorAll("[data-command]")) {
  const { command } = element.dataset;
  element.addEventListener("click", () => send(command === "walk_up" ? `walk_up ${by("scenario").value}` : command));
}
connect();
