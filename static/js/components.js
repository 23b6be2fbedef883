// Alpine components of the kit. The CSP build: no code in attributes, only names.
document.addEventListener("alpine:init", () => {
  // Rows picked in a list, for the bar of bulk actions.
  Alpine.data("selection", () => ({
    count: 0,
    get none() { return this.count === 0; },
    get some() { return this.count > 0; },
    boxes() { return [...this.$root.querySelectorAll("input[name=chosen]")]; },
    recount() {
      this.count = this.boxes().filter((box) => box.checked).length;
      this.$refs.all.checked = this.count > 0 && this.count === this.boxes().length;
      this.$refs.all.indeterminate = this.count > 0 && this.count < this.boxes().length;
    },
    pickAll() {
      for (const box of this.boxes()) box.checked = this.$refs.all.checked;
      this.recount();
    },
    clear() {
      this.$refs.all.checked = false;
      this.pickAll();
    },
  }));

  // A part of the page that is opened and closed, such as the filters.
  Alpine.data("disclosure", () => ({
    open: false,
    init() { this.open = this.$root.dataset.open === "true"; },
    toggle() { this.open = !this.open; },
    get expanded() { return this.open ? "true" : "false"; },
  }));

  // Fields that belong to one kind of question; the others are out of the way until the kind is chosen.
  Alpine.data("kinds", () => ({
    init() { this.show(); },
    show() {
      const chosen = this.$root.querySelector("[name=kind]:checked")?.value;
      for (const field of this.$root.querySelectorAll("[data-for]")) {
        field.closest(".mb-3").hidden = !field.dataset.for.split(" ").includes(chosen);
      }
    },
  }));

  // An address that is copied by one click; without a clipboard it is selected, for the person to copy.
  Alpine.data("copying", () => ({
    said: "",
    init() { this.said = this.$root.querySelector("[data-copied]").textContent; },
    async copy() {
      this.$refs.text.select();
      try {
        await navigator.clipboard.writeText(this.$refs.text.value);
      } catch {
        document.execCommand("copy");
      }
      this.said = this.$root.querySelector("[data-copied]").dataset.copied;
    },
  }));

  // Time that runs out: what is left in minutes and seconds, and afterwards by how much it is over.
  Alpine.data("clock", () => ({
    left: 0,
    init() {
      this.tick();
      this.timer = setInterval(() => this.tick(), 1000);
    },
    destroy() { clearInterval(this.timer); },
    tick() { this.left = Math.round((new Date(this.$root.dataset.ends) - Date.now()) / 1000); },
    get shown() {
      const seconds = Math.abs(this.left);
      const time = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
      return this.left < 0 ? `${this.$root.dataset.over} ${time}` : time;
    },
    get tone() { return this.left < 0 ? "is-over" : this.left <= 60 ? "is-short" : ""; },
  }));
});
