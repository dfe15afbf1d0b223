// A voice note: recorded where there is a microphone, else a sound file of the person's choice.
import { durationText } from "./wording.js";

const CHOOSE = "Elegir un archivo de sonido";
const FORMATS = ["audio/ogg;codecs=opus", "audio/webm;codecs=opus", "audio/mp4"]; // the first is Telegram's own

export class Recorder {
  // `on`: recorded(file with its `duration` in seconds), choose(), closed().
  constructor(panel, on) {
    this.panel = panel;
    this.on = on;
    this.said = panel.querySelector("[role=status]");
    this.timeShown = panel.querySelector("[role=timer]");
    [this.discardButton, this.mainButton] = panel.querySelectorAll("button");
    this.discardButton.addEventListener("click", () => this.discard());
    this.mainButton.addEventListener("click", () => this.proceed());
    panel.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.discard();
    });
  }

  async open() {
    this.panel.hidden = false;
    this.say("Se pide el micrófono…", CHOOSE);
    this.mainButton.focus();
    try {
      this.stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    } catch {
      this.say("Aquí no hay micrófono que se pueda usar.", CHOOSE);
      return;
    }
    if (this.panel.hidden) return this.release(); // closed while the browser asked
    this.record();
  }

  record() {
    const mimeType = FORMATS.find((format) => MediaRecorder.isTypeSupported(format));
    const pieces = [];
    this.media = new MediaRecorder(this.stream, { mimeType });
    this.media.addEventListener("dataavailable", ({ data }) => pieces.push(data));
    this.media.addEventListener("stop", () => this.keep(pieces, mimeType));
    this.media.start();
    this.began = performance.now();
    this.panel.classList.add("recording");
    this.say("Grabando", "Terminar");
    this.tick();
    this.timer = setInterval(() => this.tick(), 500);
  }

  get seconds() {
    return (performance.now() - this.began) / 1000;
  }

  tick() {
    this.timeShown.textContent = durationText(Math.floor(this.seconds));
  }

  say(text, main) {
    this.said.textContent = text;
    this.timeShown.textContent = "";
    this.mainButton.textContent = main;
  }

  proceed() {
    if (this.media) {
      this.lasted = Math.max(1, Math.round(this.seconds));
      this.media.stop();
    } else if (!this.stream) {
      this.close();
      this.on.choose();
    }
  }

  keep(pieces, mimeType) {
    if (!this.lasted) return;
    const type = mimeType.split(";")[0];
    const file = new File(pieces, `nota-de-voz.${type.split("/")[1]}`, { type });
    file.duration = this.lasted;
    this.close();
    this.on.recorded(file);
  }

  discard() {
    this.media?.stop();
    this.close();
    this.on.closed();
  }

  close() {
    this.panel.hidden = true;
    this.panel.classList.remove("recording");
    clearInterval(this.timer);
    this.release();
  }

  release() {
    for (const track of this.stream?.getTracks() ?? []) track.stop();
    this.stream = this.media = this.lasted = undefined;
  }
}
