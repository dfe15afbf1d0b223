// One phone: its conversation with the bot, the keyboard under each message, and what the person writes.
import { bubble, dayOf } from "./bubble.js";
import { ask, post } from "./server.js";

const TOAST_MS = 4000;
const TYPING_MS = 5000;

export class Phone {
  constructor(user, label, bot) {
    this.user = user.id;
    this.last = 0;
    this.commands = [];
    this.waiting = new Map(); // callback id → the button that waits for its answer
    const name = [user.first_name, user.last_name].filter(Boolean).join(" ");
    this.section = document.getElementById("phone").content.firstElementChild.cloneNode(true);
    this.section.id = `phone-${user.id}`;
    this.find(".name").textContent = name;
    this.find(".label").textContent = label;
    this.find(".bot").textContent = bot.first_name;
    this.find(".avatar").textContent = bot.first_name[0];
    this.messages = this.find(".messages");
    this.messages.setAttribute("aria-label", `Conversación de ${name}`);
    this.field = this.find("textarea");
    this.field.setAttribute("aria-label", `Mensaje de ${name}`);
    this.tab = this.makeTab(user.first_name);
    this.listen();
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

  listen() {
    this.find(".write").addEventListener("submit", (event) => {
      event.preventDefault();
      this.send(this.field.value);
    });
    this.field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        this.send(this.field.value);
      }
    });
    this.field.addEventListener("input", () => {
      this.fitField();
      this.showMenu(/^\/\w*$/.test(this.field.value));
    });
    this.find(".slash").addEventListener("click", () => this.showMenu(this.find(".menu").hidden, ""));
    this.section.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !this.find(".menu").hidden) {
        this.showMenu(false);
        this.field.focus();
      }
    });
  }

  async load() {
    const { messages, last } = await ask(`/phone/${this.user}/messages`);
    this.last = last;
    this.messages.replaceChildren();
    for (const message of messages) this.put(message);
    if (!messages.length) this.offerStart();
    await this.loadCommands();
    this.toBottom();
  }

  async loadCommands() {
    this.commands = (await ask(`/phone/${this.user}/commands`)).commands;
  }

  // What the server says happened.
  take(event) {
    const atBottom = this.isAtBottom();
    if (event.kind === "message" || event.kind === "edited") {
      if (event.message.chat !== this.user) return;
      this.put(event.message);
      if (event.message.from_bot) this.markNews();
    } else if (event.kind === "deleted") {
      this.bubbleOf(event.message_id)?.remove();
    } else if (event.kind === "answer") {
      this.showAnswer(event);
    } else if (event.kind === "commands") {
      this.loadCommands().catch(() => {}); // the poll notices a lost connection and says so
    } else if (event.kind === "action") {
      this.showTyping(TYPING_MS);
    }
    if (atBottom) this.toBottom();
  }

  put(message) {
    this.find(".start")?.remove();
    if (message.from_bot) this.showTyping(0);
    const made = bubble(message, {
      tap: (button, data) => this.tap(message.message_id, button, data),
      command: (text) => this.send(text),
      copied: () => this.toast("Copiado"),
      grown: () => this.toBottom(),
    });
    const old = this.bubbleOf(message.message_id);
    if (old) {
      const focused = old.contains(document.activeElement) ? document.activeElement.textContent : null;
      old.replaceWith(made);
      if (focused) [...made.querySelectorAll(".keys button")].find((b) => b.textContent === focused)?.focus();
    } else {
      this.putDay(message.date);
      this.messages.append(made);
    }
  }

  bubbleOf(id) {
    return this.messages.querySelector(`[data-id="${id}"]`);
  }

  putDay(date) {
    const day = dayOf(date);
    if (this.day === day) return;
    this.day = day;
    const line = document.createElement("p");
    line.className = "day";
    line.textContent = day;
    this.messages.append(line);
  }

  offerStart() {
    const start = document.createElement("button");
    start.type = "button";
    start.className = "start";
    start.textContent = "Iniciar";
    start.addEventListener("click", () => this.send("/start"));
    this.messages.append(start);
  }

  async send(text) {
    if (!text.trim()) return;
    this.showMenu(false);
    try {
      await post(`/phone/${this.user}/send`, { text });
      this.field.value = "";
      this.fitField();
      this.toBottom();
    } catch (error) {
      this.toast(`No se envió: ${error.message}`);
    }
    this.field.focus();
  }

  async tap(messageId, button, data) {
    button.setAttribute("aria-busy", "true");
    try {
      const { callback_id } = await post(`/phone/${this.user}/tap`, { message_id: messageId, data });
      this.waiting.set(callback_id, button);
    } catch (error) {
      button.removeAttribute("aria-busy");
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

  // The commands that begin with what is in the field.
  showMenu(wanted, typed = this.field.value) {
    const menu = this.find(".menu");
    const fitting = this.commands.filter(({ command }) => `/${command}`.startsWith(typed));
    menu.hidden = !wanted || !fitting.length;
    this.find(".slash").setAttribute("aria-expanded", String(!menu.hidden));
    menu.replaceChildren(...fitting.map((entry) => this.menuEntry(entry)));
  }

  menuEntry({ command, description }) {
    const item = document.createElement("li");
    const button = document.createElement("button");
    const name = document.createElement("b");
    button.type = "button";
    name.textContent = `/${command}`;
    button.append(name, " ", description);
    button.addEventListener("click", () => this.send(`/${command}`));
    item.append(button);
    return item;
  }

  fitField() {
    const atBottom = this.isAtBottom();
    this.field.style.height = "auto";
    this.field.style.height = `${this.field.scrollHeight}px`;
    if (atBottom) this.toBottom();
  }

  isAtBottom() {
    return this.messages.scrollHeight - this.messages.scrollTop - this.messages.clientHeight < 80;
  }

  toBottom() {
    this.messages.scrollTop = this.messages.scrollHeight;
  }

  markNews() {
    if (this.tab.getAttribute("aria-selected") === "false") this.tab.classList.add("news");
  }

  markSeen() {
    this.tab.classList.remove("news");
  }
}
