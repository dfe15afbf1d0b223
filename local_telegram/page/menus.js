// Lists that open over the text field: the bot's commands, and what can be attached. Arrows go over a list,
// Esc closes it.
import { roam } from "./arrows.js";
import { button, element } from "./element.js";

export class Menu {
  // `opener` is the button that says whether the list is open.
  constructor(list, opener, closed) {
    this.list = list;
    this.opener = opener;
    list.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        event.preventDefault();
        this.close();
        closed();
      } else roam(event, this.entries());
    });
  }

  get isOpen() {
    return !this.list.hidden;
  }

  entries() {
    return [...this.list.querySelectorAll("button")];
  }

  // Each choice is {text: what stands on it, press}. Without any it stays closed.
  open(choices) {
    this.list.replaceChildren(...choices.map(({ text, press }) => {
      const entry = button("", "", press);
      entry.append(...text);
      entry.tabIndex = -1;
      return element("li", "", entry);
    }));
    this.show(choices.length > 0);
  }

  close() {
    this.show(false);
  }

  show(wanted) {
    this.list.hidden = !wanted;
    this.opener.setAttribute("aria-expanded", String(wanted));
  }

  enter() {
    this.entries()[0]?.focus();
  }
}
