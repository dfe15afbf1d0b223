// One message as an element. Its `html` was made by the server from text and entities, all else escaped.

const place = { timeZone: "America/Mexico_City" };
const timeFormat = new Intl.DateTimeFormat("es-MX", {
  ...place, hour: "2-digit", minute: "2-digit", hourCycle: "h23",
});
const dayFormat = new Intl.DateTimeFormat("es-MX", { ...place, weekday: "long", day: "numeric", month: "long" });

export function dayOf(seconds) {
  return dayFormat.format(new Date(seconds * 1000));
}

export function bubble(message, on) {
  const made = element("article", `message ${message.from_bot ? "from-bot" : "from-person"}`);
  made.dataset.id = message.message_id;
  made.setAttribute("aria-label", message.from_bot ? "Mensaje del bot" : "Mensaje enviado");
  const body = element("div", "body");
  if (message.photo) body.append(photo(message, on));
  if (message.html) {
    const text = element("div", "text");
    text.innerHTML = message.html;
    bringToLife(text, on);
    body.append(text);
  }
  body.append(stamp(message));
  made.append(body);
  if (message.keyboard.length) made.append(keyboard(message.keyboard, on));
  return made;
}

function element(name, className, text = "") {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}

function photo(message, on) {
  const image = element("img", "photo");
  image.src = message.photo;
  image.alt = message.text || "Imagen";
  image.addEventListener("load", on.grown, { once: true });
  return image;
}

function stamp({ date, edit_date: edited }) {
  const made = element("p", "stamp");
  if (edited) made.append("editado ");
  const time = element("time", "", timeFormat.format(new Date(date * 1000)));
  time.dateTime = new Date(date * 1000).toISOString();
  made.append(time);
  return made;
}

// What can be pressed inside a text: commands are sent, covered text and long quotations open.
function bringToLife(text, on) {
  for (const part of text.querySelectorAll(".command, .spoiler, .expandable")) {
    part.tabIndex = 0;
    part.setAttribute("role", "button");
    const press = () => {
      if (part.classList.contains("command")) on.command(part.textContent);
      else part.classList.toggle("open");
    };
    part.addEventListener("click", press);
    part.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      press();
    });
  }
}

function keyboard(rows, on) {
  const made = element("div", "keys");
  for (const row of rows) {
    const line = element("div", "row");
    line.append(...row.map((key) => keyOf(key, on)));
    made.append(line);
  }
  return made;
}

function keyOf(key, on) {
  if (key.url) {
    const link = element("a", "key", `${key.text} ↗`);
    link.href = key.url;
    link.target = "_blank";
    link.rel = "noopener noreferrer";
    return link;
  }
  const button = element("button", "key", key.text);
  button.type = "button";
  button.addEventListener("click", () => {
    if (key.copy_text) navigator.clipboard.writeText(key.copy_text.text).then(on.copied);
    else on.tap(button, key.callback_data);
  });
  return button;
}
