// The files that are to be sent, above the text field that becomes their caption.
import { button, element } from "./element.js";
import { durationText, kindText, sizeText } from "./wording.js";

const ALBUM = 10; // files at most, Telegram's rule
const PICTURES = ["image/jpeg", "image/png", "image/webp", "image/gif"];

export class Tray {
  constructor(list, changed) {
    this.list = list;
    this.changed = changed;
    this.items = [];
  }

  // `kind` is what they are sent as; without it pictures and films are recognised by their type.
  async add(files, kind = null) {
    const items = await Promise.all([...files].map((file) => prepared(file, kind ?? kindOf(file))));
    this.items.push(...items);
    this.draw();
  }

  remove(...items) {
    for (const { url } of items) URL.revokeObjectURL(url);
    this.items = this.items.filter((item) => !items.includes(item));
    this.draw();
  }

  // What goes out together: photos and videos as albums, documents as albums. Sounds go one by one, and what
  // may move: the server makes a document of it.
  batches() {
    const single = ({ kind, file }) => kind === "voice" || (kind === "photo" && file.type === "image/gif");
    const together = this.items.filter((item) => !single(item));
    const visual = together.filter(({ kind }) => kind !== "document");
    const documents = together.filter(({ kind }) => kind === "document");
    return [...albums(visual), ...albums(documents), ...this.items.filter(single).map((item) => [item])];
  }

  draw() {
    this.list.hidden = !this.items.length;
    this.list.replaceChildren(...this.items.map((item, index) => this.row(item, index)));
    const bytes = this.items.reduce((sum, { file }) => sum + file.size, 0);
    const count = this.items.length === 1 ? "1 archivo" : `${this.items.length} archivos`;
    this.list.setAttribute("aria-label", `Por enviar: ${count}, ${sizeText(bytes)}`);
    this.changed();
  }

  row(item, index) {
    const { file, kind, duration } = item;
    const facts = [kindText(kind).split(" ").slice(1).join(" "), sizeText(file.size)];
    if (duration) facts.push(durationText(duration));
    return element(
      "li", "",
      thumbnail(item),
      element("p", "", element("span", "name", file.name), element("span", "facts", facts.join(" · "))),
      button("close", "✕", () => this.drop(item, index), `Quitar ${file.name}`),
    );
  }

  drop(item, index) {
    this.remove(item);
    const left = this.list.querySelectorAll(".close");
    left[Math.min(index, left.length - 1)]?.focus();
  }
}

function kindOf({ type }) {
  if (PICTURES.includes(type)) return "photo";
  return type.startsWith("video/") ? "video" : "document";
}

// With its length when it sounds, and as a document when it is no picture that can be read.
async function prepared(file, kind) {
  const item = { file, kind, url: URL.createObjectURL(file) };
  if (kind === "photo" && !(await isReadable(item.url))) item.kind = "document";
  if (kind === "video" || kind === "voice") item.duration = file.duration ?? await durationOf(item.url);
  return item;
}

function isReadable(url) {
  const image = new Image();
  image.src = url;
  return image.decode().then(() => true, () => false);
}

// Seconds, or null where the browser cannot tell.
function durationOf(url) {
  return new Promise((resolve) => {
    const media = document.createElement("video");
    media.preload = "metadata";
    media.addEventListener("loadedmetadata", () =>
      resolve(Number.isFinite(media.duration) ? Math.round(media.duration) : null));
    media.addEventListener("error", () => resolve(null));
    media.src = url;
  });
}

function albums(items) {
  const made = [];
  for (let at = 0; at < items.length; at += ALBUM) made.push(items.slice(at, at + ALBUM));
  return made;
}

function thumbnail({ kind, url }) {
  if (kind !== "photo" && kind !== "video") {
    return element("span", "thumbnail", kindText(kind).split(" ")[0]);
  }
  const shown = element(kind === "photo" ? "img" : "video", "thumbnail");
  shown.src = url;
  if (kind === "photo") shown.alt = "";
  return shown;
}
