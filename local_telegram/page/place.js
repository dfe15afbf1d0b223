// The small form for a location, with the agency's town filled in.

export class PlaceForm {
  // `on`: chosen({latitude, longitude, title}), closed().
  constructor(form, on) {
    this.form = form;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const { latitude, longitude, title } = Object.fromEntries(new FormData(form));
      this.close();
      on.chosen({ latitude: Number(latitude), longitude: Number(longitude), title: title.trim() || undefined });
      form.reset();
    });
    const leave = () => {
      this.close();
      on.closed();
    };
    form.querySelector("[type=button]").addEventListener("click", leave);
    form.addEventListener("keydown", (event) => {
      if (event.key === "Escape") leave();
    });
  }

  open() {
    this.form.hidden = false;
    this.form.elements.latitude.select();
  }

  close() {
    this.form.hidden = true;
  }
}
