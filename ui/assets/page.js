/* The page's behaviour: questions go to Gradio through the shell's events, answers come back through the wire, and the
   evidence pane shows the hidden card of the chip that was pressed. Nothing is stored and nothing is fetched from here. */
"use strict";

(() => {
  const $ = (id) => document.getElementById(id);
  const state = { trigger: null, wire: null, library: null, ready: false, busy: "", dropped: new Set(), done: new Set(), shown: null, words: "", conversation: "", instead: "" };

  /* Language: the root element names it, the style sheet shows it, attributes are changed here. */

  const language = () => (document.documentElement.lang === "en" ? "en" : "vi");

  const word = (key) => {
    const row = $("words")?.content.querySelector(`[data-key="${key}"]`);
    return row ? row.dataset[language()] : "";
  };

  const both = (key) => {
    const row = $("words").content.querySelector(`[data-key="${key}"]`);
    return ["vi", "en"].map((code) => {
      const span = document.createElement("span");
      span.className = "w";
      span.lang = code;
      span.textContent = row.dataset[code];
      return span;
    });
  };

  function speak(code) {
    document.documentElement.lang = code === "en" ? "en" : "vi";
    label(document);
    for (const button of document.querySelectorAll("[data-language]")) {
      button.setAttribute("aria-pressed", String(button.dataset.language === language()));
    }
    const address = new URL(location.href);
    if (language() === "en") address.searchParams.set("lang", "en");
    else address.searchParams.delete("lang");
    if (address.href !== location.href) history.replaceState(null, "", address);
    $("say").textContent = "";
    name();
    spellDay();
  }

  function label(root) {
    for (const name of ["placeholder", "aria-label", "title", "label", "alt"]) {
      for (const element of root.querySelectorAll(`[data-${name}-vi]`)) {
        element.setAttribute(name, element.getAttribute(`data-${name}-${language()}`));
      }
    }
  }

  function name() {
    const title = word("page_title");
    if (title && document.title !== title) document.title = title;
  }

  /* The day to read as of: today until somebody changes it. */

  const today = () => {
    const now = new Date();
    return [now.getFullYear(), String(now.getMonth() + 1).padStart(2, "0"), String(now.getDate()).padStart(2, "0")].join("-");
  };

  function spellDay() {
    const field = $("as-of");
    if (!field) return;
    const parts = (field.value || today()).split("-").map(Number);
    const two = (n) => String(n).padStart(2, "0");
    const english = new Date(parts[0], parts[1] - 1, parts[2]).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });
    const vietnamese = `${two(parts[2])} tháng ${parts[1] < 3 ? two(parts[1]) : parts[1]} năm ${parts[0]}`;
    $("as-of-words").textContent = language() === "en" ? english : vietnamese;
  }

  /* Asking, stopping, starting anew. */

  const key = () => Array.from(crypto.getRandomValues(new Uint8Array(8)), (n) => n.toString(16).padStart(2, "0")).join("");

  function ask(question) {
    const words = question.trim();
    if (!words || state.busy || !state.ready) return;
    archive();
    state.words = words;
    $("welcome").hidden = true;
    $("new").hidden = false;
    $("lost").hidden = true;
    const field = $("as-of");
    if (field.value === field.dataset.today) field.value = field.dataset.today = today(); // a page left open overnight
    spellDay();
    state.busy = key();
    busy(true);
    $("say").textContent = word("working");
    const day = field.value === field.dataset.today ? "" : field.value;
    const { conversation, instead } = state;
    state.trigger("submit", { key: state.busy, question: words, as_of: day, conversation, instead, limits: limits(), dropped: dropped() });
  }

  /* What was stopped of late is told with every event, since the next question may overtake the stop of the one before. */
  const dropped = () => [...state.dropped].slice(-20);

  const limits = () => ({
    documents: $("limit-documents").value, issuers: $("limit-issuers").value, years: $("limit-years").value, in_force: $("limit-force").checked,
  });

  /* How many limits are set stands beside their name, so that nobody forgets them. */
  function limited() {
    const set = Object.values(limits()).filter((value) => value === true || String(value || "").trim()).length;
    $("limits-count").textContent = set ? `(${set})` : "";
  }

  function archive() {
    const live = exchange();
    if (live && state.dropped.has(live.dataset.key)) live.remove();
    else if (live) $("past").append(live);
  }

  const exchange = () => state.wire.querySelector(".exchange");

  function busy(yes) {
    $("send").hidden = yes;
    $("stop").hidden = !yes;
    $("ask").classList.toggle("busy", yes);
  }

  function stop() {
    if (!state.busy) return;
    state.dropped.add(state.busy);
    state.trigger("stop", { dropped: dropped() });
    const live = exchange();
    if (live) {
      const kept = live.cloneNode(true);
      kept.dataset.state = "stopped";
      const note = kept.querySelector(".progress") ?? kept.querySelector(".reply").appendChild(document.createElement("p"));
      note.className = "stopped";
      note.replaceChildren(...both(kept.querySelector(".words") ? "stopped" : "stopped_short"));
      $("past").append(kept);
      $("live").hidden = true;
    }
    if (!$("question").value) $("question").value = state.words; // to be put in other words and asked again
    grow();
    finish(word("stopped_short"));
  }

  function finish(announcement) {
    state.busy = "";
    busy(false);
    $("say").textContent = announcement;
    if (matchMedia("(hover: hover)").matches) $("question").focus({ preventScroll: true });
  }

  function begin() {
    if (state.busy) state.dropped.add(state.busy);
    state.busy = "";
    busy(false);
    state.trigger("clear", { dropped: dropped() });
    state.conversation = "";
    leave();
    $("past").replaceChildren();
    state.wire.querySelectorAll(".exchange").forEach((old) => (old.hidden = true));
    $("welcome").hidden = false;
    $("new").hidden = true;
    $("lost").hidden = true;
    $("question").value = "";
    grow();
    empty("pane-empty");
    $("scroll").scrollTop = 0;
    $("question").focus({ preventScroll: true });
  }

  /* A conversation that is kept is shown again, to go on with; a question of it is asked again in other words. */

  function resume(conversation, html) {
    begin();
    $("past").innerHTML = html; // from this server, every word of others escaped
    label($("past"));
    state.conversation = conversation;
    $("welcome").hidden = true;
    $("new").hidden = false;
    const last = $("past").lastElementChild;
    const first = last?.querySelector(".ev:not([data-near])");
    if (first) show(first, false);
    if (last) reveal(last);
  }

  function edit(exchange) {
    if (state.busy) return;
    state.instead = exchange.dataset.turn;
    $("question").value = exchange.querySelector(".question p").textContent;
    $("editing").hidden = false;
    grow();
    $("question").focus();
  }

  function leave() {
    state.instead = "";
    $("editing").hidden = true;
  }

  function replaced() {
    const old = state.instead ? $("past").querySelector(`[data-turn="${state.instead}"]`) : null;
    while (old?.nextElementSibling) old.nextElementSibling.remove();
    old?.remove();
    leave();
  }

  /* The wire: an exchange was drawn or redrawn. */

  function drawn() {
    const live = exchange();
    if (!live || live.hidden) return;
    const id = live.dataset.key;
    $("live").hidden = state.dropped.has(id);
    if (state.dropped.has(id) || state.done.has(id)) return;
    const now = live.dataset.state;
    if (now === "working") reveal(live);
    if (now !== "done" && now !== "failed") return;
    state.done.add(id);
    label(live);
    if (id !== state.busy) return;
    if (live.dataset.conversation) state.conversation = live.dataset.conversation;
    if (now === "done") replaced();
    const said = [...live.querySelectorAll(".outcome .w, .words")].filter((e) => !e.matches(".w") || e.lang === language());
    const first = live.querySelector(".ev:not([data-near])");
    if (first && now === "done") show(first, false);
    else empty("pane-none");
    finish(`${now === "done" ? word("answered_say") : word("failed")} ${said.map((e) => e.innerText).join(" ")}`);
    reveal(live);
  }

  function reveal(element) {
    const box = $("scroll");
    if (getComputedStyle(box).overflowY === "auto") box.scrollTop += element.getBoundingClientRect().top - box.getBoundingClientRect().top - 12;
    else element.scrollIntoView({ block: "start" });
  }

  /* The evidence pane. */

  function empty(which) {
    state.shown = null;
    $("shown").replaceChildren();
    $("pane-label").textContent = $("pane-number").textContent = "";
    $("pane-empty").hidden = which !== "pane-empty";
    $("pane-none").hidden = which !== "pane-none";
    $("library-place").hidden = which !== "pane-empty";
    $("tools").hidden = true;
    current(null);
  }

  function current(card) {
    document.querySelectorAll("[data-ev][aria-current]").forEach((chip) => chip.removeAttribute("aria-current"));
    if (card) document.querySelectorAll(`[data-ev="${card.id}"]`).forEach((chip) => chip.setAttribute("aria-current", "true"));
  }

  const siblings = (card) => [...card.parentElement.querySelectorAll(".ev")];

  function show(card, moving) {
    const all = siblings(card);
    state.shown = card;
    $("shown").replaceChildren(...[...card.childNodes].map((node) => node.cloneNode(true)));
    $("pane-label").textContent = card.dataset.label;
    $("pane-number").textContent = card.dataset.number;
    $("pane-empty").hidden = $("pane-none").hidden = $("library-place").hidden = true;
    $("steps").hidden = all.length < 2;
    $("count").textContent = `${all.indexOf(card) + 1} / ${all.length}`;
    $("previous").disabled = card === all[0];
    $("next").disabled = card === all[all.length - 1];
    $("tools").hidden = false;
    current(card);
    settle();
    document.dispatchEvent(new CustomEvent("attache:source", { detail: card }));
    if (!moving) return;
    $("say").textContent = `${card.dataset.label} ${card.dataset.name}`;
    if (stacked()) $("evidence-pane").scrollIntoView({ block: "start" });
    $("pane-name").focus({ preventScroll: true });
  }

  const stacked = () => matchMedia("(max-width: 899px)").matches;

  /* Bring the cited words into view inside the pane: the whole document scrolls below its card where there is room for both. */
  function settle() {
    const inner = $("shown").querySelector(".whole");
    const body = inner && getComputedStyle(inner).overflowY === "auto" ? inner : $("pane-body");
    const mark = $("shown").querySelector("mark");
    body.scrollTop = 0;
    if (!mark || stacked()) return;
    const below = mark.getBoundingClientRect().bottom - body.getBoundingClientRect().bottom + 24;
    if (below > 0) body.scrollTop = Math.min(below + body.clientHeight / 3, mark.getBoundingClientRect().top - body.getBoundingClientRect().top - 24);
  }

  function step(by) {
    if (!state.shown) return;
    const all = siblings(state.shown);
    const next = all[all.indexOf(state.shown) + by];
    if (next) show(next, false);
    if (next) $("say").textContent = `${next.dataset.label} ${next.dataset.name}`;
  }

  function back() {
    const chip = state.shown && document.querySelector(`[data-ev="${state.shown.id}"]`);
    if (!chip) return;
    chip.scrollIntoView({ block: "center" });
    chip.focus({ preventScroll: true });
  }

  /* The form. */

  function grow() {
    const field = $("question");
    field.style.height = "auto";
    field.style.height = `${Math.min(field.scrollHeight + 2, 200)}px`;
  }

  function send(event) {
    event?.preventDefault();
    const field = $("question");
    if (state.busy || !field.value.trim()) return;
    const words = field.value;
    field.value = "";
    grow();
    ask(words);
  }

  function pressed(event) {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.dataset.language) speak(button.dataset.language);
    else if (button.dataset.ev) show($(button.dataset.ev), true);
    else if (button.matches(".example")) ask(button.textContent);
    else if (button.matches("[data-edit]")) edit(button.closest(".exchange"));
    else ({ new: begin, stop, back, leave, previous: () => step(-1), next: () => step(1) })[button.id]?.();
  }

  function typed(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing && event.keyCode !== 229 && event.target.id === "question") send(event);
  }

  /* Joining with Gradio, whose parts arrive in any order. */

  function join() {
    if (state.ready || !state.trigger || !state.wire) return;
    state.ready = true;
    $("live").append(state.wire);
    new MutationObserver(drawn).observe(state.wire, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-state", "data-key"] });
    document.addEventListener("click", pressed);
    document.addEventListener("keydown", typed);
    $("ask").addEventListener("submit", send);
    $("question").addEventListener("input", grow);
    const day = $("as-of");
    day.value = day.dataset.today = today();
    day.addEventListener("input", spellDay);
    $("limits").addEventListener("input", limited);
    new MutationObserver(name).observe(document.querySelector("title") ?? document.head, { childList: true, subtree: true });
    new MutationObserver(toasts).observe(document.body, { childList: true, subtree: true });
    speak(new URL(location.href).searchParams.get("lang") ?? "vi");
    document.body.dataset.ready = "yes";
    document.dispatchEvent(new Event("attache:ready"));
  }

  /* Gradio tells of a lost connection in a toast of its own words, which the style sheet hides; it is told here instead. */
  function toasts() {
    if (!document.querySelector(".toast-body.error")) return;
    document.querySelectorAll(".toast-body.error .toast-close").forEach((button) => button.click());
    $("lost").hidden = false;
    document.dispatchEvent(new Event("attache:lost"));
    if (state.busy) {
      state.dropped.add(state.busy);
      $("question").value = state.words;
      grow();
      finish("");
    }
  }

  window.attache = {
    label,
    language,
    resume,
    settle,
    stacked,
    day: () => $("as-of").value,
    say: (words) => ($("say").textContent = words),
    gone: (conversation) => conversation === state.conversation && begin(),
    shell(element, trigger) {
      state.trigger = trigger;
      place();
      join();
    },
    wire(element) {
      state.wire = element;
      join();
    },
    library(element) {
      state.library = element;
      place();
    },
  };

  function place() {
    if (state.library && $("library-place")) $("library-place").append(state.library);
  }
})();
