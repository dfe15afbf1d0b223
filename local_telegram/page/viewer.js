// A photo enlarged over the page; arrows go through its album, Esc closes.

const dialog = document.getElementById("viewer");
const image = dialog.querySelector("img");
const steps = { previous: -1, next: 1 };
let photos = [];
let at = 0;

// `among` are the messages of its album.
export function enlarge(message, among) {
  photos = among.filter(({ media }) => media.kind === "photo");
  dialog.showModal();
  show(photos.indexOf(message));
}

function show(index) {
  at = (index + photos.length) % photos.length;
  const { media, text } = photos[at];
  const count = photos.length > 1 ? `${at + 1} de ${photos.length}` : "";
  image.src = media.url;
  image.alt = text || "Foto";
  dialog.querySelector(".caption").textContent = [count, text].filter(Boolean).join(" · ");
  dialog.querySelector("a").href = `${media.url}?download=1`;
  for (const name in steps) dialog.querySelector(`.${name}`).hidden = photos.length < 2;
}

for (const [name, step] of Object.entries(steps)) {
  dialog.querySelector(`.${name}`).addEventListener("click", () => show(at + step));
}

dialog.addEventListener("keydown", ({ key }) => {
  if (key === "ArrowLeft") show(at - 1);
  else if (key === "ArrowRight") show(at + 1);
});

dialog.addEventListener("click", ({ target }) => {
  if (target === dialog) dialog.close();
});
