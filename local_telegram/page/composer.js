// Where the person writes: the text field, what it answers or edits, the files that go with it.
import { Attach } from "./attach.js";
import { Menu } from "./menus.js";
import { post, upload } from "./server.js";
import { Tray } from "./tray.js";
import { summary } from "./wording.js";

const LONGEST_CAPTION = 1024; // UTF-16 units, as Telegram counts and as strings here are measured
const LONGEST_TEXT = 4096;
const NEAR_THE_LIMIT = 100;

export class Composer {
  // `on`: toast(text), sent(), commands() → [{command, description}], toMessages(), author(message) → name.
  constructor(section, user, on) {
    this.section = section;
    this.path = `/phone/${user}`;
    this.on = on;
    this.about = null; // {message, editing}: what is being answered or edited
    this.isBusy = false;
    this.going = Promise.resolve();
    this.draft = ""; // what stood in the field before an edit
    this.field = section.querySelector("textarea");
    this.tray = new Tray(section.querySelector(".tray"), () => this.review());
    this.slash = section.querySelector(".slash");
    this.menu = new Menu(section.querySelector(".menu"), this.slash, () => this.field.focus());
    this.attach = new Attach(section, {
      files: (files, kind) => this.addFiles(files, kind),
      place: (place) => this.sendPlace(place),
      opened: () => this.menu.close(),
      closed: () => this.field.focus(),
    });
    this.listen();
  }

  listen() {
    this.section.querySelector(".write").addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    this.field.addEventListener("keydown", (event) => this.pressed(event));
    this.field.addEventListener("input", () => {
      this.showCommands(/^\/\w*$/.test(this.field.value), this.field.value);
      this.review();
    });
    this.slash.addEventListener("click", () => {
      this.attach.close();
      this.showCommands(!this.menu.isOpen, "");
      if (this.menu.isOpen) this.menu.enter();
    });
    this.section.querySelector(".about .close").addEventListener("click", () => this.forget());
  }

  pressed(event) {
    const { key } = event;
    if (key === "Enter" && !event.shiftKey && !event.isComposing) this.submit();
    else if (key === "Escape" && this.menu.isOpen) this.menu.close();
    else if (key === "Escape" && this.about) this.forget();
    else if (key === "ArrowDown" && this.menu.isOpen) this.menu.enter();
    else if (key === "ArrowUp" && !this.field.value) this.on.toMessages();
    else return;
    event.preventDefault();
  }

  // The commands that begin with what was typed.
  showCommands(wanted, typed) {
    const fitting = this.on.commands().filter(({ command }) => `/${command}`.startsWith(typed));
    this.menu.open((wanted ? fitting : []).map(({ command, description }) => {
      const name = document.createElement("b");
      name.textContent = `/${command}`;
      return { text: [name, " ", description], press: () => this.sendCommand(`/${command}`) };
    }));
  }

  // What was begun in the field stays, unless it is the beginning of a command.
  async sendCommand(text) {
    this.menu.close();
    if (this.field.value.startsWith("/")) this.put("");
    this.field.focus();
    await this.attempt(() => post(`${this.path}/send`, { text }));
  }

  async addFiles(files, kind) {
    if (this.about?.editing) this.forget();
    await this.tray.add(files, kind);
    this.field.focus();
  }

  reply(message) {
    this.regard(message, false);
  }

  edit(message) {
    if (!this.about?.editing) this.draft = this.field.value;
    this.regard(message, true);
    this.put(message.text);
  }

  regard(message, editing) {
    if (this.about?.editing && !editing) this.forget();
    this.about = { message, editing };
    const strip = this.section.querySelector(".about");
    strip.querySelector("b").textContent = editing ? "Editando" : `Respuesta a ${this.on.author(message)}`;
    strip.querySelector("span").textContent = summary(message);
    const name = editing ? "Dejar de editar (Esc)" : "No responder (Esc)";
    Object.assign(strip.querySelector("button"), { title: name, ariaLabel: name });
    strip.hidden = false;
    this.review();
    this.field.focus();
  }

  forget() {
    const { editing } = this.about;
    this.about = null;
    this.section.querySelector(".about").hidden = true;
    this.put(editing ? this.draft : this.field.value);
    this.field.focus();
  }

  put(text) {
    this.field.value = text;
    this.review();
  }

  // How many units the text may have now; null where any number is sent, in pieces.
  limit() {
    if (this.about?.editing) return this.about.message.media ? LONGEST_CAPTION : LONGEST_TEXT;
    return this.tray.items.length ? LONGEST_CAPTION : null;
  }

  // Fits the field to its text, and says how near the limit it is.
  review() {
    this.field.style.height = "auto";
    this.field.style.height = `${this.field.scrollHeight + 2}px`;
    this.field.placeholder = this.tray.items.length ? "Texto que lo acompaña" : "Mensaje";
    this.section.querySelector(".attach").disabled = Boolean(this.about?.editing);
    this.section.querySelector(".tray").classList.toggle("aside", Boolean(this.about?.editing));
    const units = this.field.value.trim().length;
    const limit = this.limit();
    const shown = this.section.querySelector(".limit");
    shown.hidden = limit === null || units < limit - NEAR_THE_LIMIT;
    shown.classList.toggle("over", limit !== null && units > limit);
    shown.textContent = shown.hidden ? "" : `${units} de ${limit} caracteres`;
    if (units > limit && limit !== null) shown.textContent += `: sobran ${units - limit}`;
  }

  async submit() {
    const text = this.field.value.trim();
    const limit = this.limit();
    if (this.isBusy) return; // with files or an edit: a second Enter is not a second message
    if (limit !== null && text.length > limit) {
      this.on.toast(`Es demasiado largo: quite ${text.length - limit} caracteres para enviarlo.`);
      return;
    }
    this.menu.close();
    if (this.about?.editing) await this.whileBusy(() => this.sendEdit(text));
    else if (this.tray.items.length) await this.whileBusy(() => this.sendFiles(text));
    else if (text) await this.sendText(text);
  }

  // The field is free at once; it gets its text back when that could not be sent.
  async sendText(text) {
    const { about } = this;
    if (about) this.forget();
    this.put("");
    const reply_to = about?.message.message_id;
    if (await this.attempt(() => post(`${this.path}/send`, { text, reply_to }))) return;
    if (this.field.value) return;
    this.put(text);
    if (about) this.reply(about.message);
  }

  async sendEdit(text) {
    const { message } = this.about;
    if (text === message.text) return this.forget();
    if (!text && !message.media) return this.on.toast("El mensaje no puede quedar vacío.");
    const change = { message_id: message.message_id, text };
    const refusal = "Telegram permite editar durante 48 horas; este mensaje ya no se puede.";
    if (await this.attempt(() => post(`${this.path}/edit`, change), refusal)) this.forget();
  }

  // What was sent leaves the tray, so that after a failure the rest can be sent again.
  async sendFiles(caption) {
    for (const batch of this.tray.batches()) {
      const [{ kind, duration }] = batch;
      const fields = {
        caption,
        reply_to: this.about?.message.message_id,
        as: kind === "document" || kind === "voice" ? kind : null,
        duration: batch.length === 1 ? duration : null,
      };
      const files = batch.map(({ file }) => file);
      if (!(await this.attempt(() => upload(`${this.path}/send`, files, fields)))) return;
      this.tray.remove(...batch);
      if (this.about) this.forget();
      if (caption) this.put("");
      caption = "";
    }
  }

  async sendPlace(place) {
    const reply_to = this.about?.message.message_id;
    this.field.focus();
    const done = await this.attempt(() => post(`${this.path}/location`, { ...place, reply_to }));
    if (done && this.about) this.forget();
  }

  // One after the other, as they were sent. True when it was done; what went wrong is shown, in the words of
  // `refusal` where the server said no.
  attempt(action, refusal) {
    this.going = this.going.then(action).then(
      () => {
        this.on.sent();
        return true;
      },
      (error) => {
        this.on.toast(error.status && refusal ? refusal : `No se envió: ${error.message}`);
        return false;
      },
    );
    return this.going;
  }

  async whileBusy(action) {
    const form = this.section.querySelector(".write");
    this.isBusy = true;
    form.setAttribute("aria-busy", "true");
    await action();
    this.isBusy = false;
    form.removeAttribute("aria-busy");
  }
}
