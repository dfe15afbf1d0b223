// One phone: its conversation with the bot, and what the person does there.
import { Composer } from "./composer.js";
import { button, element } from "./element.js";
import { ask, post } from "./server.js";
import { Transcript } from "./transcript.js";
import { enlarge } from "./viewer.js";

const TOAST_MS = 4000;
const TYPING_MS = 5000;
const WITHOUT_CAPTION = ["video_note"];

export class Phone {
  constructor(user, label, bot) {
    this.user = user.id;
    this.last = 0;
    this.commands = [];
    this.waiting = new Map(); // callback id → the button that waits for its answer
    this.botName = bot.first_name;
    const name = [user.first_name, user.last_name].filter(Boolean).join(" ");
    this.section = document.getElementById("phone").content.firstElementChild.cloneNode(true);
    this.section.id = `phone-${user.id}`;
    this.section.setAttribute("aria-label", `Teléfono de ${name}`);
    this.find(".name").textContent = name;
    this.find(".label").textContent = label;
    this.find(".bot").textContent = bot.first_name;
    this.find(".avatar").textContent = bot.first_name[0];
    this.find(".messages").setAttribute("aria-label", `Conversación de ${name}`);
    this.find("textarea").setAttribute("aria-label", `Mensaje de ${name}`);
    this.composer = this.makeComposer();
    this.transcript = this.makeTranscript();
    this.tab = this.makeTab(user.first_name);
    this.find(".alert").addEventListener("keydown", ({ key, currentTarget }) => {
      if (key === "Escape") currentTarget.close();
    });
  }

  find(selector) {
    return this.section.querySelector(selector);
  }

  makeTab(text) {
    const tab = document.createElement("button");
    tab.type = "button";
    tab.setAttribute("role", "tab");
    tab.setAttribute("aria-controls", this.section.id);
    tab.textContent = text;
    return tab;
  }

  makeComposer() {
    return new Composer(this.section, this.user, {
      toast: (text) => this.toast(text),
      sent: () => {
        this.find(".toast").hidden = true;
        this.transcript.toEnd();
      },
      commands: () => this.commands,
      toMessages: () => this.transcript.focusLast(),
      author: (message) => this.author(message),
    });
  }

  makeTranscript() {
    return new Transcript(this.find(".messages"), {
      tap: (message, pressed, data) => this.tap(message.message_id, pressed, data),
      command: (text) => this.composer.sendCommand(text),
      copied: () => this.toast("Copiado"),
      reply: (message) => this.composer.reply(message),
      edit: (message) => this.composer.edit(message),
      enlarge,
      author: (message) => this.author(message),
      editable: (parts) => this.editable(parts),
      leave: () => this.focus(),
    });
  }

  author({ from_bot: fromBot, from }) {
    return fromBot ? this.botName : from.name;
  }

  // The person's own message whose words can be changed; of an album the one that has them.
  editable(parts) {
    const message = parts.find(({ text }) => text) ?? parts[0];
    const { from, forwarded_from: forwarded, location, media } = message;
    const fixed = forwarded || location || WITHOUT_CAPTION.includes(media?.kind);
    return from.id === this.user && !fixed ? message : undefined;
  }

  async load() {
    const { messages, last, keys } = await ask(`/phone/${this.user}/messages`);
    this.showKeys(keys);
    this.last = last;
    this.transcript.clear();
    for (const message of messages) this.transcript.put(message);
    if (!messages.length) this.offerStart();
    await this.loadCommands();
    this.transcript.toEnd();
  }

  async loadCommands() {
    this.commands = (await ask(`/phone/${this.user}/commands`)).commands;
  }

  // What the server says happened.
  take(event) {
    if (event.kind === "message" || event.kind === "edited") this.show(event.message);
    else if (event.kind === "deleted" && event.chat_id === this.user) this.transcript.remove(event.message_id);
    else if (event.kind === "reaction" && event.chat_id === this.user) this.transcript.react(event);
    else if (event.kind === "keys" && event.chat_id === this.user) this.showKeys(event.keys);
    else if (event.kind === "answer") this.showAnswer(event);
    else if (event.kind === "commands") this.loadCommands().catch(() => {}); // the poll says what is wrong
    else if (event.kind === "action" && event.chat_id === this.user) this.showTyping(TYPING_MS);
  }

  // The keyboard below the chat: its buttons send their text.
  showKeys(rows) {
    const below = this.find(".below");
    below.replaceChildren(...rows.map((row) => element(
      "div", "row", ...row.map((text) => button("key", text, () => this.composer.sendCommand(text))),
    )));
    below.hidden = !rows.length;
  }

  show(message) {
    if (message.chat !== this.user) return; // a group's
    const { pinned } = this.transcript;
    this.find(".start")?.remove();
    if (message.from_bot) {
      this.showTyping(0);
      this.markNews();
    }
    this.transcript.put(message);
    if (pinned) this.transcript.toEnd();
  }

  offerStart() {
    this.find(".messages").append(button("start", "Iniciar", () => this.composer.sendCommand("/start")));
  }

  async tap(messageId, pressed, data) {
    pressed.setAttribute("aria-busy", "true");
    try {
      const { callback_id } = await post(`/phone/${this.user}/tap`, { message_id: messageId, data });
      this.waiting.set(callback_id, pressed);
    } catch (error) {
      pressed.removeAttribute("aria-busy");
      this.toast(`No se envió: ${error.message}`);
    }
  }

  showAnswer({ callback_id, text, show_alert }) {
    this.waiting.get(callback_id)?.removeAttribute("aria-busy");
    this.waiting.delete(callback_id);
    if (!text) return;
    if (!show_alert) return this.toast(text);
    const alert = this.find(".alert");
    alert.querySelector("p").textContent = text;
    if (!alert.open) alert.show();
  }

  toast(text) {
    const toast = this.find(".toast");
    toast.textContent = text;
    toast.hidden = false;
    clearTimeout(this.toastTimer);
    this.toastTimer = setTimeout(() => { toast.hidden = true; }, TOAST_MS);
  }

  showTyping(milliseconds) {
    const state = this.find(".state");
    clearTimeout(this.typingTimer);
    state.textContent = milliseconds ? "escribiendo…" : "bot";
    if (milliseconds) this.typingTimer = setTimeout(() => { state.textContent = "bot"; }, milliseconds);
  }

  focus() {
    this.find("textarea").focus();
  }

  toEnd() {
    this.transcript.toEnd();
  }

  markNews() {
    if (this.tab.getAttribute("aria-selected") === "false") this.tab.classList.add("news");
  }

  markSeen() {
    this.tab.classList.remove("news");
  }
}
