// Elements made in one line.

export function element(name, className, ...content) {
  const made = document.createElement(name);
  made.className = className;
  made.append(...content);
  return made;
}

// `name` is what it is called where the text is only a sign.
export function button(className, text, press, name = "") {
  const made = element("button", className, text);
  made.type = "button";
  if (name) {
    made.title = name;
    made.setAttribute("aria-label", name);
  }
  made.addEventListener("click", press);
  return made;
}
