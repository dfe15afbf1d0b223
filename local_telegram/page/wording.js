// How things are said: days, times, sizes, durations, and a message in one line.

const place = { timeZone: "America/Mexico_City" };
const timeFormat = new Intl.DateTimeFormat("es-MX", {
  ...place, hour: "2-digit", minute: "2-digit", hourCycle: "h23",
});
const dayFormat = new Intl.DateTimeFormat("es-MX", { ...place, weekday: "long", day: "numeric", month: "long" });
const numberFormat = new Intl.NumberFormat("es-MX", { maximumFractionDigits: 1 });

const KINDS = {
  photo: "📷 Foto",
  document: "📄 Documento",
  voice: "🎤 Nota de voz",
  video: "🎬 Video",
  audio: "🎵 Audio",
  video_note: "🎬 Mensaje de video",
  animation: "🎬 Animación",
};

export function dayOf(seconds) {
  return dayFormat.format(new Date(seconds * 1000));
}

export function timeOf(seconds) {
  return timeFormat.format(new Date(seconds * 1000));
}

export function kindText(kind) {
  return KINDS[kind];
}

// In steps of a thousand, as telephones count.
export function sizeText(bytes) {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 999_500) return `${Math.round(bytes / 1000)} kB`;
  return `${numberFormat.format(bytes / 1_000_000)} MB`;
}

export function durationText(seconds) {
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

export function coordinatesText({ latitude, longitude }) {
  return `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`;
}

// What a message is about in one line: its words, else what it carries.
export function summary({ text, media, location }) {
  const words = text.replace(/\s+/g, " ").trim();
  if (location) return `📍 ${location.title || "Ubicación"}`;
  if (!media) return words;
  if (words) return `${kindText(media.kind).split(" ")[0]} ${words}`;
  return media.kind === "document" && media.name ? `📄 ${media.name}` : kindText(media.kind);
}
