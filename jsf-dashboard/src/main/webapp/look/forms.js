// Forms without a reload: what is asked of a page is answered by the page itself, and only the part that the form names
// is renewed. Without this file the same forms load the page anew.
"use strict";

(() => {
  async function ask(form) {
    const part = document.getElementById(form.dataset.part);
    const button = form.querySelector("[type=submit]");
    button.disabled = true;
    try {
      const answer = await fetch(form.action, { method: "POST", headers: { Accept: "text/html" }, body: new URLSearchParams(new FormData(form)) });
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(part.id);
      if (fresh) Morph.node(part, fresh);
      else fail(part, "Expected an answer, but the server refused with " + answer.status + ".");
    } catch (unreachable) {
      fail(part, "Expected an answer from the server, but it cannot be reached.");
    }
    button.disabled = false;
  }

  function fail(part, text) {
    const said = document.createElement("p");
    said.className = "answer bad";
    said.textContent = text;
    part.replaceChildren(said);
  }

  // The address keeps what is shown; the parts that are live are then asked for anew.
  function go(form, changed) {
    const asked = new URLSearchParams([...new FormData(form)].filter(([, value]) => value !== ""));
    const last = changed.type === "range" && changed.value === changed.max;
    if (last) asked.delete(changed.name);
    history.replaceState(null, "", form.getAttribute("action") + "?" + asked);
    document.dispatchEvent(new Event("changed"));
  }

  document.addEventListener("submit", event => {
    const form = event.target;
    if (form.dataset.part) ask(form);
    else if (form.dataset.go) go(form, form.elements[form.elements.length - 1]);
    else return;
    event.preventDefault();
  });

  document.addEventListener("change", event => {
    const form = event.target.form;
    if (form && form.dataset.go) go(form, event.target);
  });

  document.addEventListener("input", event => {
    const shown = event.target.dataset.shows;
    if (shown) document.getElementById(shown).textContent = event.target.value;
    // What was checked is no longer what stands there.
    const form = event.target.form;
    if (form && form.dataset.part) document.getElementById(form.dataset.part).replaceChildren();
  });

  document.addEventListener("keydown", event => {
    const form = event.target.form;
    const asks = event.key === "Enter" && (event.ctrlKey || event.metaKey);
    if (asks && form && form.dataset.part) form.requestSubmit();
  });
})();
