/* The page of kept conversations: listed, found, opened, renamed, deleted; and what a person says of an answer. Asks this server alone. */
"use strict";

(() => {
  const $ = (id) => document.getElementById(id);
  let place = null;
  let waiting = 0;
  let turn = 0;

  const word = (key) => $("history-said").content.querySelector(`[data-key="${key}"]`).dataset[window.attache.language()];

  async function ask(name, said) {
    const reply = await fetch(`./history/${name}?${new URLSearchParams(said)}`, { credentials: "same-origin" });
    if (!reply.ok) throw new Error(reply.status === 404 ? "gone" : "failed");
    return reply.text();
  }

  async function tell(name, said) {
    const options = { method: "POST", credentials: "same-origin", headers: { "content-type": "application/json" }, body: JSON.stringify(said) };
    const reply = await fetch(`./history/${name}`, options);
    if (!reply.ok) throw new Error({ 400: "bad_title", 404: "gone" }[reply.status] ?? "failed");
    return reply.json();
  }

  function problem(error) {
    const key = ["gone", "bad_title"].includes(error.message) ? error.message : "failed";
    $("history-problem").textContent = word(key);
    $("history-problem").hidden = false;
    window.attache.say(word(key));
  }

  const guarded = (act) => async (...given) => {
    $("history-problem").hidden = true;
    try {
      await act(...given);
    } catch (error) {
      problem(error);
    }
  };

  const list = guarded(async () => {
    const mine = ++turn;
    const html = await ask("list", { q: $("history-words").value });
    if (mine === turn) $("history-list").innerHTML = html; // from this server, every word of others escaped
  });

  const open = guarded(async (row) => {
    const html = await ask("open", { id: row.dataset.id });
    location.hash = "#ask";
    window.attache.resume(row.dataset.id, html);
    window.attache.say(word("opened"));
  });

  /* A dialog's answer: resolves with true when its first button was pressed. */
  function asked(dialog) {
    dialog.returnValue = "";
    dialog.showModal();
    return new Promise((resolve) => dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true }));
  }

  const titleOf = (row) => row.querySelector(".open").textContent;

  const rename = guarded(async (row) => {
    $("history-title").value = titleOf(row);
    if (!(await asked($("history-rename")))) return;
    await tell("rename", { id: row.dataset.id, title: $("history-title").value });
    await list();
    window.attache.say(word("renamed"));
  });

  const remove = guarded(async (row) => {
    $("history-which").textContent = titleOf(row);
    if (!(await asked($("history-delete")))) return;
    await tell("delete", { id: row.dataset.id });
    window.attache.gone(row.dataset.id);
    await list();
    window.attache.say(word("deleted"));
    $("history-name").focus({ preventScroll: true });
  });

  /* What a person says of an answer. */

  const thumb = guarded(async (button) => {
    const exchange = button.closest(".exchange");
    const pressed = button.getAttribute("aria-pressed") === "true";
    await tell("report", { turn: exchange.dataset.turn, kind: button.dataset.report, withdraw: pressed });
    for (const other of exchange.querySelectorAll(".thumb")) other.setAttribute("aria-pressed", String(other === button && !pressed));
    if (!pressed) window.attache.say(word("thanks"));
  });

  const wrong = guarded(async (button) => {
    const exchange = button.closest(".exchange");
    const cards = [...exchange.querySelectorAll(".ev:not([data-near])")].filter((card) => /^\[\d+\]$/.test(card.dataset.label));
    $("wrong-mark").replaceChildren(...cards.map((card) => new Option(`${card.dataset.label} ${card.dataset.name}`, card.dataset.label.slice(1, -1))));
    $("wrong-words").value = "";
    if (!(await asked($("history-wrong")))) return;
    const said = { turn: exchange.dataset.turn, kind: "wrong_evidence", mark: Number($("wrong-mark").value), words: $("wrong-words").value };
    await tell("report", said);
    window.attache.say(word("thanks"));
    const note = exchange.querySelector(".noted") ?? button.insertAdjacentElement("afterend", document.createElement("span"));
    note.className = "noted";
    note.textContent = word("thanks");
  });

  /* Briefing notes. */

  const picked = (name) => $("history-export").querySelector(`[name=${name}]:checked`).value;

  const exporting = guarded(async (row) => {
    $("export-turns").innerHTML = await ask("choices", { id: row.dataset.id }); // from this server, every word of others escaped
    $("export-title").value = titleOf(row);
    $("export-told").replaceChildren();
    $("history-export").dataset.id = row.dataset.id;
    $("history-export").showModal();
  });

  const download = guarded(async () => {
    const turns = [...$("export-turns").querySelectorAll(":checked")].map((box) => box.value).join(",");
    if (!turns) return;
    const said = { id: $("history-export").dataset.id, turns, title: $("export-title").value };
    $("export-told").innerHTML = await ask("note", said);
    const query = new URLSearchParams({ ...said, form: picked("form"), lang: picked("lang") });
    const link = document.createElement("a");
    link.href = `./history/export?${query}`;
    link.download = "";
    link.click();
  });

  /* Questions to ask next, under the newest answer. */

  async function next() {
    const live = document.querySelector("#live .exchange[data-state=done]");
    if (!live?.dataset.turn || live.dataset.offered) return;
    live.dataset.offered = "yes";
    for (const old of document.querySelectorAll(".asknext")) old.remove();
    const html = await ask("next", { turn: live.dataset.turn }).catch(() => "");
    if (live.isConnected && live.closest("#live")) live.querySelector(".reply").insertAdjacentHTML("beforeend", html);
  }

  function pressed(event) {
    const button = event.target.closest("button");
    if (!button) return;
    const row = button.closest("[data-id]");
    if (button.matches("[data-close]")) button.closest("dialog").close("");
    else if (row && button.dataset.do) ({ open, rename, delete: remove, export: exporting })[button.dataset.do]?.(row);
    else if (button.id === "export-go") download();
    else if (button.dataset.report === "wrong_evidence") wrong(button);
    else if (button.dataset.report) thumb(button);
  }

  window.attacheHistory = (element) => {
    if (place) return;
    place = element;
    window.attache.label(element);
    document.body.append(...element.querySelectorAll("dialog")); // they serve the chat too, whose page hides this one
    document.addEventListener("click", pressed);
    $("history-find").addEventListener("submit", (event) => (event.preventDefault(), list()));
    $("history-words").addEventListener("input", () => (clearTimeout(waiting), (waiting = setTimeout(list, 200))));
    if (element.querySelector("[data-next]")) {
      new MutationObserver(next).observe($("live"), { childList: true, subtree: true, attributes: true, attributeFilter: ["data-state"] });
    }
    const seen = (view) => view === "history" && list();
    document.addEventListener("attache:view", (event) => {
      seen(event.detail.view);
      if (event.detail.view === "history" && event.detail.moved) $("history-name").focus({ preventScroll: true });
    });
    seen(document.documentElement.dataset.view);
    document.body.dataset.history = "yes";
  };
})();
