// The WebSocket to the booth: reconnects by itself, carries one answer up and views and pictures down.

const LONGEST_PAUSE_MS = 1000;
const SHORTEST_PAUSE_MS = 100;

export class Line {
  /** events: messages(languages, voices), view(view), picture(blob) → Promise, lost() */
  constructor(events) {
    this.events = events;
    this.pauseMs = SHORTEST_PAUSE_MS;
    this.serial = null;
  }

  connect() {
    this.socket = new WebSocket(`ws://${location.host}/screen`);
    this.socket.onmessage = ({ data }) => this.#hear(data);
    this.socket.onclose = () => this.#end();
  }

  /** Say one thing about the view shown now. */
  answer(kind, value = "") {
    if (this.serial !== null) this.#send({ serial: this.serial, kind, value });
  }

  async #hear(data) {
    if (data instanceof Blob) {
      await this.events.picture(data);
      this.#send({ drawn: true });
      return;
    }
    const told = JSON.parse(data);
    if (told.type === "messages") {
      this.events.messages(told.languages, told.voices);
    } else {
      this.serial = told.serial;
      this.pauseMs = SHORTEST_PAUSE_MS;
      this.events.view({ ...told.view, serial: told.serial });
    }
  }

  #send(word) {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(word));
  }

  #end() {
    this.serial = null;
    this.events.lost();
    setTimeout(() => this.connect(), this.pauseMs);
    this.pauseMs = Math.min(LONGEST_PAUSE_MS, this.pauseMs * 2);
  }
}
