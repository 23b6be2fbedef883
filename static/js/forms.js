// Long lists of choices get a box to search in; a button that was pressed cannot be pressed twice.
(() => {
  function enhance(root) {
    for (const select of root.querySelectorAll("select[data-searchable]:not(.tomselected)")) {
      const plugins = select.multiple ? ["remove_button"] : [];
      new TomSelect(select, { maxOptions: 300, refreshThrottle: 0, hidePlaceholder: true, plugins });
      select.setAttribute("aria-hidden", "true"); // the visible box has taken over its label
    }
  }

  document.addEventListener("DOMContentLoaded", () => enhance(document));
  document.addEventListener("htmx:load", (event) => enhance(event.detail.elt));

  // Empty filters stay out of the address.
  document.addEventListener("htmx:configRequest", (event) => {
    const { parameters, verb } = event.detail;
    if (verb !== "get") return;
    for (const name of Object.keys(parameters)) if (parameters[name] === "") delete parameters[name];
  });

  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented || event.target.method !== "post") return;
    const button = event.submitter;
    if (button) setTimeout(() => { button.disabled = true; });
  });

  // The browser may show this very page again from memory: nothing may stay locked.
  addEventListener("pageshow", (event) => {
    if (event.persisted) document.querySelectorAll("button:disabled[type=submit]").forEach((button) => { button.disabled = false; });
  });
})();
