// Knocks every few seconds and opens the page as soon as somebody answers.
(() => {
  const EVERY = 4000; // milliseconds

  async function knock() {
    const answer = await fetch(location.href, { method: "HEAD", cache: "no-store" }).catch(() => null);
    if (answer?.ok) location.reload();
    else setTimeout(knock, EVERY);
  }

  setTimeout(knock, EVERY);
})();
