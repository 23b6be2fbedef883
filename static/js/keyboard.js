// `/` search, `g` then a letter for a place, `n` new, `?` help. The letters come from the addresses in the side bar.
(() => {
  const WAIT = 1200; // milliseconds between `g` and its letter
  let goUntil = 0;

  const isTyping = (target) => target.closest("input, textarea, select, [contenteditable], dialog[open]");

  function places() {
    const taken = new Map();
    for (const link of document.querySelectorAll("[data-go]")) {
      const word = new URL(link.href).pathname.split("/").filter(Boolean)[0] || "home";
      const letter = [...word].find((each) => /[a-z]/.test(each) && !taken.has(each));
      if (letter) taken.set(letter, link);
    }
    return taken;
  }

  function showHelp() {
    const dialog = document.getElementById("help");
    const list = dialog.querySelector("[data-places]");
    list.replaceChildren(...[...places()].map(([letter, link]) => row(letter, link.textContent.trim())));
    dialog.showModal();
  }

  function row(letter, label) {
    const item = document.getElementById("help-row").content.cloneNode(true);
    item.querySelector("[data-key]").textContent = letter;
    item.querySelector("[data-label]").textContent = label;
    return item;
  }

  const keys = {
    "/": () => document.querySelector("[data-search]:not([hidden])")?.focus(),
    "?": showHelp,
    n: () => document.querySelector("[data-new]")?.click(),
    g: () => { goUntil = Date.now() + WAIT; },
  };

  function act(key) {
    if (Date.now() < goUntil) {
      goUntil = 0;
      places().get(key)?.click();
      return true;
    }
    keys[key]?.();
    return key in keys;
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isTyping(event.target)) return;
    if (act(event.key)) event.preventDefault();
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-help]")) showHelp();
  });
})();
