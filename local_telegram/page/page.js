// The page: the phones side by side, the demo's clock, and one long poll for all that happens.
import { Phone } from "./phone.js";
import { ask, post } from "./server.js";

const POLL_SECONDS = 25;
const RETRY_MS = 1500;
const TOLD_AT = [9, 17]; // local hours at which the bot tells what is due; a day is not moved past them
const TELLING_MS = 1500; // what it takes to tell them
const clockFormat = new Intl.DateTimeFormat("es-MX", {
  timeZone: "America/Mexico_City", weekday: "long", day: "numeric", month: "long", year: "numeric",
  hour: "2-digit", minute: "2-digit", hourCycle: "h23",
});

const hourFormat = new Intl.DateTimeFormat("en-GB", {
  timeZone: "America/Mexico_City", hour: "2-digit", minute: "2-digit", hourCycle: "h23",
});

const notice = document.getElementById("notice");
const clock = document.getElementById("clock");
const phones = new Map();
let clockAhead = 0;

function setClock(now) {
  clockAhead = new Date(now).getTime() - Date.now();
  showClock();
}

function showClock() {
  const now = new Date(Date.now() + clockAhead);
  clock.dateTime = now.toISOString();
  const text = clockFormat.format(now);
  if (clock.textContent !== text) clock.textContent = text;
}

async function perform(button, action) {
  button.disabled = true;
  try {
    const done = await action();
    notice.textContent = done.message ?? "";
    if (done.now) setClock(done.now);
  } catch (error) {
    notice.textContent = `No se pudo: ${error.message}`;
  } finally {
    button.disabled = false;
    button.focus();
  }
}

// What is due on the way is told on the way, so that each message has the hour at which it would come.
async function advance(seconds) {
  const [hour, minute] = hourFormat.format(new Date(Date.now() + clockAhead)).split(":").map(Number);
  const minutes = TOLD_AT.map((told) => (told * 60 - hour * 60 - minute + 1440) % 1440);
  let gone = 0;
  for (const stop of minutes.map((each) => each * 60).sort((one, other) => one - other)) {
    if (stop <= gone || stop >= seconds) continue;
    setClock((await post("/clock", { advance_seconds: stop - gone })).now);
    gone = stop;
    await new Promise((resume) => setTimeout(resume, TELLING_MS));
  }
  return post("/clock", { advance_seconds: seconds - gone });
}

function addBarButtons(extra) {
  for (const button of document.querySelectorAll("[data-seconds]")) {
    const seconds = Number(button.dataset.seconds);
    button.addEventListener("click", () => perform(button, () => advance(seconds)));
    button.disabled = false; // until now nobody would have heard it
  }
  for (const { label, path } of extra) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = label;
    button.addEventListener("click", () => perform(button, () => post(path, {})));
    document.getElementById("extra").append(button);
  }
}

// On a narrow screen one phone is shown at a time; the tabs say which.
function addTabs() {
  const tabs = document.getElementById("tabs");
  const all = [...phones.values()];
  const select = (chosen) => {
    for (const phone of all) {
      const on = phone === chosen;
      phone.section.classList.toggle("chosen", on);
      phone.tab.setAttribute("aria-selected", String(on));
      phone.tab.tabIndex = on ? 0 : -1;
    }
    chosen.toEnd();
    chosen.markSeen();
  };
  for (const phone of all) {
    phone.tab.addEventListener("click", () => select(phone));
    phone.tab.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      const next = all[(all.indexOf(phone) + step + all.length) % all.length];
      select(next);
      next.tab.focus();
    });
    tabs.append(phone.tab);
  }
  if (all.length) select(all[0]);
}

// Keys that work wherever the focus is: help, and from phone to phone.
function addKeys(all) {
  const help = document.getElementById("help");
  document.getElementById("ask").addEventListener("click", () => help.showModal());
  document.addEventListener("keydown", (event) => {
    const writing = event.target.closest("input, textarea");
    const phone = event.altKey && /^Digit\d$/.test(event.code) ? all[Number(event.code.at(-1)) - 1] : null;
    if (phone) {
      if (phone.tab.checkVisibility()) phone.tab.click();
      phone.focus();
    } else if (event.key === "?" && !writing && !document.querySelector("dialog:modal")) help.showModal();
    else return;
    event.preventDefault();
  });
  // A file that is dropped beside a phone does not take the page away.
  for (const kind of ["dragover", "drop"]) document.addEventListener(kind, (event) => event.preventDefault());
}

async function follow() {
  for (;;) {
    try {
      const after = [...phones.values()].map((phone) => `${phone.user}:${phone.last}`).join(",");
      const news = await ask(`/phone/shown/events?timeout=${POLL_SECONDS}&after=${after}`);
      document.body.classList.remove("offline");
      for (const [user, events] of Object.entries(news)) {
        for (const event of events) take(phones.get(Number(user)), event);
      }
    } catch {
      document.body.classList.add("offline");
      await new Promise((resume) => setTimeout(resume, RETRY_MS));
    }
  }
}

function take(phone, event) {
  phone.last = event.n;
  if (event.kind === "clock") setClock(event.now);
  else phone.take(event);
}

async function start() {
  const shown = await ask("/phone/shown");
  for (const { user, label, note } of shown.phones) {
    const phone = new Phone(user, [note, label].filter(Boolean).join(" · "), shown.bot);
    phones.set(phone.user, phone);
    document.getElementById("phones").append(phone.section);
    await phone.load();
  }
  setClock((await ask("/clock")).now);
  setInterval(showClock, 1000);
  addBarButtons(shown.buttons);
  addTabs();
  addKeys([...phones.values()]);
  if (matchMedia("(pointer: fine)").matches) [...phones.values()][0]?.focus();
  if (phones.size) follow();
}

start().catch((error) => { notice.textContent = `No se pudo abrir la demostración: ${error.message}`; });
