/* The page of the library: listed, found, a document opened, searched inside, its provisions read. Asks this server alone. */
"use strict";

(() => {
  const $ = (id) => document.getElementById(id);
  let place = null;
  let waiting = 0;
  let turn = 0;
  let shown = "";

  const word = (key) => $("held-said").content.querySelector(`[data-key="${key}"]`).dataset[window.attache.language()];

  async function ask(name, said) {
    const reply = await fetch(`./library/${name}?${new URLSearchParams(said)}`, { credentials: "same-origin" });
    if (!reply.ok) throw new Error(reply.status === 404 ? "gone" : "failed");
    return reply.text();
  }

  const guarded = (act) => async (...given) => {
    $("held-problem").hidden = true;
    try {
      await act(...given);
    } catch (error) {
      const said = word(error.message === "gone" ? "gone" : "failed");
      $("held-problem").textContent = said;
      $("held-problem").hidden = false;
      window.attache.say(said);
    }
  };

  /* Everything that is put in comes from this server, every word of others escaped. */

  const put = (id, html) => {
    $(id).innerHTML = html;
    window.attache.label($(id));
  };

  const list = guarded(async () => {
    const mine = ++turn;
    const html = await ask("list", { q: $("held-words").value, status: $("held-status").value });
    if (mine === turn) put("held-list", html);
  });

  const health = guarded(async () => put("held-health", await ask("health", {})));

  const open = guarded(async (number) => {
    put("held-one", await ask("one", { number }));
    shown = number;
    $("held-all").hidden = true;
    $("held-one").hidden = false;
    scrollTo(0, 0);
    $("held-title").focus({ preventScroll: true });
  });

  function back() {
    $("held-one").hidden = true;
    $("held-one").replaceChildren();
    $("held-all").hidden = false;
    const row = place.querySelector(`#held-list [data-document="${CSS.escape(shown)}"]`);
    (row ?? $("held-name")).focus();
  }

  const inside = guarded(async () => {
    const query = $("held-query").value.trim();
    if (query) put("held-hits", await ask("find", { number: $("held-inside").dataset.document, q: query }));
  });

  const unfold = guarded(async (details) => {
    if (!details.open || details.dataset.read) return;
    details.dataset.read = "yes";
    details.insertAdjacentHTML("beforeend", await ask("provision", { number: $("held-inside").dataset.document, locator: details.dataset.locator }));
  });

  function pressed(event) {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.dataset.document) open(button.dataset.document);
    else if (button.id === "held-back") back();
  }

  function sent(event) {
    event.preventDefault();
    if (event.target.id === "held-find") list();
    else if (event.target.id === "held-inside") inside();
  }

  window.attacheLibrary = (element) => {
    if (place) return;
    place = element;
    window.attache.label(element);
    element.addEventListener("click", pressed);
    element.addEventListener("submit", sent);
    element.addEventListener("toggle", (event) => event.target.dataset.locator && unfold(event.target), true);
    $("held-words").addEventListener("input", () => (clearTimeout(waiting), (waiting = setTimeout(list, 200))));
    $("held-status").addEventListener("change", list);
    document.addEventListener("attache:held", () => (list(), health()));
    document.addEventListener("attache:open", (event) => open(event.detail));
    window.attacheAdding();
    const seen = (view) => view === "library" && (list(), health());
    document.addEventListener("attache:view", (event) => {
      seen(event.detail.view);
      if (event.detail.view === "library" && event.detail.moved) ($("held-one").hidden ? $("held-name") : $("held-title")).focus({ preventScroll: true });
    });
    seen(document.documentElement.dataset.view);
    document.body.dataset.library = "yes";
  };
})();
