// The 📎 button: its menu, the system's file dialog, files that are pasted or dropped, the microphone, a place.
import { Menu } from "./menus.js";
import { PlaceForm } from "./place.js";
import { Recorder } from "./recorder.js";

export class Attach {
  // `on`: files(files, kind or null), place({latitude, longitude, title}), opened(), closed().
  constructor(section, on) {
    this.on = on;
    this.chooser = section.querySelector(".chooser");
    this.button = section.querySelector(".attach");
    this.menu = new Menu(section.querySelector(".attachments"), this.button, () => this.button.focus());
    this.recorder = new Recorder(section.querySelector(".recorder"), {
      recorded: (file) => on.files([file], "voice"),
      choose: () => this.choose("audio/*", "voice"),
      closed: on.closed,
    });
    this.place = new PlaceForm(section.querySelector(".place"), { chosen: on.place, closed: on.closed });
    this.button.addEventListener("click", () => this.toggle());
    this.chooser.addEventListener("change", () => {
      on.files([...this.chooser.files], this.kind);
      this.chooser.value = "";
    });
    this.takeDropped(section.querySelector(".screen"));
    section.querySelector("textarea").addEventListener("paste", (event) => this.take(event, event.clipboardData));
  }

  toggle() {
    if (this.menu.isOpen) return this.menu.close();
    this.on.opened();
    this.menu.open([
      this.choice("Foto o álbum", "🖼️", () => this.choose("image/*,video/*", null)),
      this.choice("Documento", "📄", () => this.choose("", "document")),
      this.choice("Nota de voz", "🎤", () => this.recorder.open()),
      this.choice("Video", "🎬", () => this.choose("video/*", null)),
      this.choice("Ubicación", "📍", () => this.place.open()),
    ]);
    this.menu.enter();
  }

  choice(name, sign, press) {
    const icon = document.createElement("span");
    icon.setAttribute("aria-hidden", "true");
    icon.textContent = sign;
    return {
      text: [icon, name],
      press: () => {
        this.close();
        press();
      },
    };
  }

  choose(accepted, kind) {
    this.kind = kind;
    this.chooser.accept = accepted;
    this.chooser.multiple = kind !== "voice";
    this.chooser.click();
  }

  takeDropped(screen) {
    const over = (wanted) => screen.classList.toggle("over", wanted);
    screen.addEventListener("dragover", (event) => {
      if (!event.dataTransfer.types.includes("Files")) return;
      event.preventDefault();
      over(true);
    });
    screen.addEventListener("dragleave", ({ relatedTarget }) => {
      if (!screen.contains(relatedTarget)) over(false);
    });
    screen.addEventListener("drop", (event) => {
      over(false);
      this.take(event, event.dataTransfer);
    });
  }

  take(event, { files }) {
    if (!files.length) return;
    event.preventDefault();
    this.on.files([...files], null);
  }

  close() {
    this.menu.close();
    this.recorder.close();
    this.place.close();
  }
}
