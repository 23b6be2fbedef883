// Asks once before what cannot be taken back: `data-confirm="…"` on a form or a button, `hx-confirm` for htmx.
(() => {
  let proceed = null;

  const dialog = () => document.getElementById("confirm");

  function ask(question, then) {
    proceed = then;
    dialog().querySelector("[data-question]").textContent = question;
    dialog().returnValue = "";
    dialog().showModal();
  }

  function questionOf(event) {
    return event.submitter?.dataset.confirm ?? event.target.dataset.confirm;
  }

  document.addEventListener("submit", (event) => {
    const question = questionOf(event);
    if (!question || event.target.dataset.confirmed) return;
    event.preventDefault();
    event.stopPropagation();
    ask(question, () => {
      event.target.dataset.confirmed = "yes";
      event.target.requestSubmit(event.submitter);
      delete event.target.dataset.confirmed;
    });
  }, true);

  document.addEventListener("htmx:confirm", (event) => {
    if (!event.detail.question) return;
    event.preventDefault();
    ask(event.detail.question, () => event.detail.issueRequest(true));
  });

  document.addEventListener("close", (event) => {
    if (event.target.id === "confirm" && event.target.returnValue === "yes") proceed?.();
    if (event.target.id === "confirm") proceed = null;
  }, true);
})();
