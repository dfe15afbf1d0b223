// What a message carries besides words: pictures, films, sounds, documents, a place.
import { button, element } from "./element.js";
import { coordinatesText, durationText, kindText, sizeText } from "./wording.js";

const NOT_A_PICTURE = ["document", "audio", "voice"];

// The files of one message, or of all messages of an album: pictures as a grid, documents as a list.
export function gallery(parts, on) {
  if (parts.length === 1 || NOT_A_PICTURE.includes(parts[0].media.kind)) {
    return parts.map((message) => shown(message, on));
  }
  const grid = element("div", "album", ...parts.map((message) => shown(message, on)));
  // Rows of three; what is left over stands above them in rows of two.
  const inPairs = { 0: 0, 1: 4, 2: 2 }[parts.length % 3];
  [...grid.children].forEach((cell, index) => cell.classList.toggle("half", index < inPairs));
  return [grid];
}

function shown(message, on) {
  const { media } = message;
  if (media.kind === "photo") return photo(message, on);
  if (media.kind === "document") return documentLink(media);
  if (media.kind === "voice" || media.kind === "audio") return sound(media);
  return film(media, on);
}

function photo(message, on) {
  const { url, width, height } = message.media;
  const image = element("img", "");
  image.src = url;
  image.alt = message.text || "Foto";
  if (width && height) Object.assign(image, { width, height });
  image.addEventListener("load", () => {
    image.classList.toggle("drawn", image.naturalWidth < image.clientWidth); // a small code stays sharp
    on.grown();
  }, { once: true });
  const made = element("button", "photo", image);
  made.type = "button";
  made.title = "Ampliar";
  made.addEventListener("click", () => on.enlarge(message));
  return made;
}

function film(media, on) {
  const video = element("video", `film ${media.kind}`);
  video.src = media.url;
  video.preload = "metadata";
  video.playsInline = true;
  video.controls = true;
  video.loop = video.muted = media.kind === "animation";
  video.setAttribute("aria-label", kindText(media.kind));
  if (media.width && media.height) Object.assign(video, { width: media.width, height: media.height });
  video.addEventListener("loadedmetadata", on.grown, { once: true });
  return video;
}

function sound(media) {
  const audio = element("audio", "");
  audio.src = media.url;
  audio.preload = "metadata";
  audio.controls = true;
  audio.setAttribute("aria-label", media.name || kindText(media.kind));
  const facts = [media.kind === "audio" ? media.name : kindText(media.kind)];
  if (media.duration) facts.push(durationText(media.duration));
  return element("div", "sound", element("p", "facts", facts.filter(Boolean).join(" · ")), audio);
}

function documentLink(media) {
  const name = media.name || "documento";
  const link = element(
    "a", "document",
    element("span", "icon", extension(name)),
    element("span", "name", name),
    element("span", "facts", `${sizeText(media.size)} · descargar`),
  );
  link.href = `${media.url}?download=1`;
  link.download = name;
  return link;
}

function extension(name) {
  const end = name.includes(".") ? name.split(".").pop() : "";
  return end && end.length <= 4 ? end.toUpperCase() : "📄";
}

export function place(location) {
  const link = element(
    "a", "place-card",
    element("span", "pin", "📍"),
    element("strong", "name", location.title || "Ubicación"),
    element("span", "facts", [location.address, coordinatesText(location)].filter(Boolean).join("\n")),
  );
  const { latitude, longitude } = location;
  link.href = `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=17/${latitude}/${longitude}`;
  link.target = "_blank";
  link.rel = "noopener noreferrer";
  link.title = "Abrir en un mapa";
  return link;
}
