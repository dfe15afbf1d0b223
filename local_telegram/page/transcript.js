// The conversation on one phone. It is one stop of the Tab key: arrows go over its messages, Enter goes into
// what can be pressed in one, Esc comes back out.
import { roam } from "./arrows.js";
import { bubble } from "./bubble.js";
import { element } from "./element.js";
import { dayOf } from "./wording.js";

const PRESSABLE = "a[href], button:enabled, audio, video, .command, .spoiler, .expandable";
const FLASH_MS = 1600;
const NEAR_THE_END = 80;

export class Transcript {
  // `on`: tap(message, button, data), command(text), copied(), reply(message), edit(message), enlarge(message,
  // its album), author(message) → name, editable(messages of a bubble) → the one to edit or undefined, leave().
  constructor(box, on) {
    this.box = box;
    this.on = on;
    this.entries = new Map(); // message id → what shows it: {element, parts}; an album's messages share one
    this.last = null;
    this.current = null;
    this.pinned = true; // the end stays in sight
    box.addEventListener("keydown", (event) => this.pressed(event));
    box.addEventListener("focusin", ({ target }) => this.choose(target.closest(".message")));
    new ResizeObserver(() => { if (this.pinned) this.toEnd(); }).observe(box);
    box.addEventListener("scroll", () => { this.pinned = this.isAtEnd(); });
  }

  clear() {
    this.entries.clear();
    this.last = this.current = this.day = null;
    this.box.replaceChildren();
  }

  find(id) {
    return this.entries.get(id)?.parts.find((part) => part.message_id === id);
  }

  put(message) {
    const id = message.message_id;
    let entry = this.entries.get(id) ?? this.albumOf(message);
    if (entry) {
      entry.parts = [...entry.parts.filter((part) => part.message_id !== id), message]
        .sort((one, other) => one.message_id - other.message_id);
      this.entries.set(id, entry);
      this.redraw(entry);
    } else {
      entry = { parts: [message] };
      this.entries.set(id, entry);
      this.append(entry);
    }
  }

  react({ message_id: id, emoji }) {
    const message = this.find(id);
    if (message) this.put({ ...message, reaction: emoji });
  }

  albumOf({ album }) {
    return album && this.last?.parts[0].album === album ? this.last : undefined;
  }

  append(entry) {
    const day = dayOf(entry.parts[0].date);
    if (this.day !== day) this.box.append(element("p", "day", day));
    this.day = day;
    this.last = entry;
    entry.element = this.draw(entry);
    this.box.append(entry.element);
    if (!this.box.contains(document.activeElement)) this.choose(entry.element);
  }

  draw({ parts }) {
    const made = bubble(parts, {
      ...this.on,
      tap: (button, data) => this.on.tap(parts[0], button, data),
      enlarge: (message) => this.on.enlarge(message, parts),
      find: (id) => this.find(id),
      jump: (id) => this.jump(id),
      grown: () => { if (this.pinned) this.toEnd(); },
    });
    made.tabIndex = -1;
    for (const item of made.querySelectorAll(PRESSABLE)) item.tabIndex = -1;
    return made;
  }

  redraw(entry) {
    const old = entry.element;
    const focused = old.contains(document.activeElement) ? document.activeElement : null;
    entry.element = this.draw(entry);
    old.replaceWith(entry.element);
    if (this.current === old) this.choose(entry.element);
    if (!focused) return;
    const again = itemsOf(entry.element).find((item) => item.textContent === focused.textContent);
    (focused !== old && again ? again : entry.element).focus({ preventScroll: true });
  }

  remove(id) {
    const entry = this.entries.get(id);
    if (!entry) return;
    this.entries.delete(id);
    entry.parts = entry.parts.filter((part) => part.message_id !== id);
    if (entry.parts.length) return this.redraw(entry);
    const near = neighbour(entry.element, -1) ?? neighbour(entry.element, 1);
    if (entry.element.contains(document.activeElement)) near?.focus();
    else if (this.current === entry.element) this.choose(near);
    entry.element.remove();
    const end = [...this.box.querySelectorAll(".message")].at(-1);
    this.last = end ? this.entries.get(Number(end.dataset.id)) : null;
  }

  // The one message that Tab comes to.
  choose(message) {
    if (!message || message === this.current) return;
    if (this.current) this.current.tabIndex = -1;
    message.tabIndex = 0;
    this.current = message;
  }

  pressed(event) {
    const message = event.target.closest(".message");
    if (!message || event.ctrlKey || event.metaKey || event.altKey) return;
    const taken = event.target === message ? this.pressedOn(message, event) : pressedIn(message, event);
    if (taken) event.preventDefault();
  }

  pressedOn(message, { key }) {
    const { parts } = this.entries.get(Number(message.dataset.id));
    const step = { ArrowUp: -1, ArrowDown: 1 }[key];
    if (step) neighbour(message, step)?.focus();
    else if (key === "Home") this.box.querySelector(".message").focus();
    else if (key === "End") this.last?.element.focus();
    else if (key === "Enter") (message.querySelector(".key") ?? itemsOf(message)[0])?.focus();
    else if (key === "r" || key === "R") this.on.reply(parts[0]);
    else if (key === "e" || key === "E") {
      const editable = this.on.editable(parts);
      if (editable) this.on.edit(editable);
    } else if (key === "Escape") this.on.leave();
    else return false;
    return true;
  }

  jump(id) {
    const { element: message } = this.entries.get(id);
    message.focus({ preventScroll: true });
    message.scrollIntoView({ block: "center" });
    message.classList.add("flash");
    setTimeout(() => message.classList.remove("flash"), FLASH_MS);
  }

  focusLast() {
    this.last?.element.focus();
  }

  isAtEnd() {
    return this.box.scrollHeight - this.box.scrollTop - this.box.clientHeight < NEAR_THE_END;
  }

  toEnd() {
    this.box.scrollTop = this.box.scrollHeight;
  }
}

function itemsOf(message) {
  return [...message.querySelectorAll(PRESSABLE)];
}

function neighbour(message, step) {
  let other = message;
  do other = step < 0 ? other.previousElementSibling : other.nextElementSibling;
  while (other && !other.classList.contains("message"));
  return other;
}

function pressedIn(message, event) {
  if (event.key === "Escape") {
    message.focus();
    return true;
  }
  const sounding = event.target.closest("audio, video");
  if (sounding && event.key === "Enter") { // the space bar is the browser's own key for that
    if (sounding.paused) sounding.play();
    else sounding.pause();
    return true;
  }
  return roam(event, itemsOf(message));
}
