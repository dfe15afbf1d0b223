// One message, or the messages of one album, as an element. The `html` in it was made by the server from text
// and entities, all else escaped.
import { button, element } from "./element.js";
import { gallery, place } from "./media.js";
import { summary, timeOf } from "./wording.js";

// `on` is what can be done with it: see Transcript.
export function bubble(parts, on) {
  const [first] = parts;
  const made = element("article", `message ${first.from_bot ? "from-bot" : "from-person"}`);
  made.dataset.id = first.message_id;
  const body = element("div", "body");
  if (first.forwarded_from) body.append(element("p", "forwarded", `Reenviado de ${first.forwarded_from}`));
  if (first.reply_to) body.append(quote(first.reply_to, on));
  if (first.media) body.append(...gallery(parts, on));
  if (first.location) body.append(place(first.location));
  for (const { html } of parts) if (html) body.append(words(html, on));
  const liked = parts.find(({ reaction }) => reaction);
  if (liked) body.append(element("p", "reaction", liked.reaction));
  body.append(stamp(parts));
  made.append(body, actions(parts, on));
  if (first.keyboard.length) made.append(keyboard(first.keyboard, on));
  made.setAttribute("aria-label", spoken(parts, made, on));
  return made;
}

// What a screen reader says when the message gets the focus.
function spoken(parts, made, on) {
  const [first] = parts;
  const told = [`${on.author(first)}, ${timeOf(first.date)}`];
  if (parts.length > 1) told.push(`álbum de ${parts.length}`);
  told.push(...parts.map(summary).filter((line, index, all) => all.indexOf(line) === index));
  const keys = made.querySelectorAll(".key").length;
  if (keys) told.push(keys === 1 ? "1 botón" : `${keys} botones`);
  return told.join(". ");
}

function quote(id, on) {
  const original = on.find(id);
  const made = button("quote", "", () => on.jump(id));
  made.append(
    element("b", "", original ? on.author(original) : "Respuesta"),
    element("span", "", original ? summary(original) : "a un mensaje que ya no está"),
  );
  made.disabled = !original;
  return made;
}

function words(html, on) {
  const text = element("div", "text");
  text.innerHTML = html;
  bringToLife(text, on);
  return text;
}

// What can be pressed inside a text: commands are sent, covered text and long quotations open.
function bringToLife(text, on) {
  for (const part of text.querySelectorAll(".command, .spoiler, .expandable")) {
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

function stamp(parts) {
  const made = element("p", "stamp");
  if (parts.some((message) => message.edit_date)) made.append("editado ");
  const { date } = parts[0];
  const time = element("time", "", timeOf(date));
  time.dateTime = new Date(date * 1000).toISOString();
  made.append(time);
  return made;
}

function actions(parts, on) {
  const made = element("div", "actions", button("", "↩\uFE0E", () => on.reply(parts[0]), "Responder (R)"));
  const editable = on.editable(parts);
  if (editable) made.append(button("", "✎\uFE0E", () => on.edit(editable), "Editar (E)"));
  return made;
}

function keyboard(rows, on) {
  const made = element("div", "keys");
  for (const row of rows) made.append(element("div", "row", ...row.map((key) => keyOf(key, on))));
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
  const made = button(key.style ? `key ${key.style}` : "key", key.text, () => {
    if (key.copy_text) navigator.clipboard.writeText(key.copy_text.text).then(on.copied);
    else on.tap(made, key.callback_data);
  });
  return made;
}
