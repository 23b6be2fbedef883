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
});
