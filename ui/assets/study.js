/* The page for learning: sends orders from buttons, forms and keys, puts the focus where the reply wants it, and tells it. What
   is shown is drawn by the server; nothing is stored. */
"use strict";

(() => {
  const $ = (id) => document.getElementById(id);
  const state = { trigger: null, parts: {}, joined: false, turn: 0, waiting: 0, next: null, drawn: 0 };
  const language = () => (document.documentElement.lang === "en" ? "en" : "vi");

  /* Orders. */

  /* One order at a time; another part of the page that is asked for meanwhile comes next, anything else was pressed twice. */
  function send(order) {
    if (state.waiting) {
      if (order.tab) state.next = order;
      return;
    }
    state.waiting = ++state.turn;
    working(true);
    state.trigger("submit", { ...order, lang: language(), turn: state.turn });
  }

  function working(yes) {
    $("study-working").hidden = !yes;
    $("study-lost").hidden = true;
    state.parts.room.setAttribute("aria-busy", String(yes));
  }

  function fields(form) {
    const found = {};
    for (const [name, value] of form ? new FormData(form) : []) {
      if (name === "kinds") (found[name] ??= []).push(value);
      else found[name] = value;
    }
    return found;
  }

  const own = (button) => ({ ...button.dataset, took: Math.round(performance.now() - state.drawn) });

  function pressed(event) {
    const button = event.target.closest("button[data-do]");
    if (!button || !within(button)) return;
    send({ ...fields(button.closest("form")), ...own(button) });
  }

  function submitted(event) {
    const form = event.target;
    if (!form.dataset?.do || !within(form)) return;
    event.preventDefault();
    send({ ...fields(form), ...form.dataset });
  }

  const within = (element) => Boolean(element.closest(".study"));

  /* Keys work while the focus is in the item that shows them, and nowhere else. */
  function typed(event) {
    const item = event.target.closest?.("[data-keys]");
    if (!item || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.target.matches("input, textarea, select")) return;
    const key = event.key === " " ? "Space" : event.key.toUpperCase();
    const button = [...item.querySelectorAll("[data-key]")].find((one) => one.dataset.key.split(" ").includes(key));
    if (!button || (key === "Space" && event.target.matches("button"))) return;
    event.preventDefault();
    button.click();
  }

  /* A field that is filled in ticks the choice that it belongs to. */
  function chosen(event) {
    const choice = event.target.closest?.(".choice");
    if (choice && event.target.type !== "radio") choice.querySelector("input[type=radio]").checked = true;
  }

  /* Replies. */

  function replied() {
    const shown = state.parts.room.querySelector(".turned");
    const refused = state.parts.told.querySelector(".turned[data-refused]");
    links();
    if (!state.waiting) return;
    if (Number(shown?.dataset.turn) === state.waiting) drawn(shown);
    else if (Number(refused?.dataset.turn) === state.waiting) told(refused);
  }

  function drawn(shown) {
    const first = state.waiting === 1;
    state.waiting = 0;
    state.drawn = performance.now();
    working(false);
    for (const tab of document.querySelectorAll(".study [data-tab]:is(button)")) {
      if (tab.dataset.tab === shown.dataset.tab) tab.setAttribute("aria-current", "page");
      else tab.removeAttribute("aria-current");
    }
    say(shown.querySelector("[data-say]"));
    tick();
    if (then()) return;
    const focus = shown.querySelector("[data-focus]");
    if (first || document.documentElement.dataset.view !== "study") return;
    (focus ?? $("study-name")).focus({ preventScroll: true });
    const top = focus ? (focus.matches("button") ? focus.closest(".item, section") ?? focus : focus) : state.parts.room;
    if (top.getBoundingClientRect().top < 0 || focus?.getBoundingClientRect().bottom > innerHeight) top.scrollIntoView({ block: "start" });
  }

  function told(refused) {
    state.waiting = 0;
    working(false);
    refused.scrollIntoView({ block: "center" });
    say(refused);
    then();
  }

  function then() {
    const order = state.next;
    state.next = null;
    if (order) send(order);
    return Boolean(order);
  }

  function say(part) {
    const hidden = language() === "en" ? "vi" : "en";
    if (part) $("say").textContent = [...part.childNodes].map((node) => words(node, hidden)).join(" ");
  }

  const words = (node, hidden) =>
    node.nodeType === 3 ? node.textContent : node.matches(`.w[lang=${hidden}], [aria-hidden]`) ? "" : node.childNodes.length ? [...node.childNodes].map((one) => words(one, hidden)).join("") : "";

  /* A printed test is given in the language that the page shows. */
  function links() {
    for (const link of state.parts.room.querySelectorAll("a[data-lang-link]")) {
      const address = new URL(link.href);
      if (address.searchParams.get("lang") === language()) continue;
      address.searchParams.set("lang", language());
      link.href = address.href;
    }
  }

  /* What is left of an exam's time. */
  function tick() {
    const timer = document.querySelector(".study [role=timer]");
    if (!timer) return;
    const left = Math.max(0, Math.round((new Date(timer.dataset.closes) - Date.now()) / 1000));
    const shown = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    if (timer.textContent !== shown) timer.textContent = shown;
  }

  function shown({ view, moved }) {
    if (view !== "study") return;
    if (!state.turn) send({ do: "home" });
    if (moved) $("study-name").focus({ preventScroll: true });
  }

  function lost() {
    if (!state.waiting) return;
    state.waiting = 0;
    working(false);
    $("study-lost").hidden = false;
  }

  /* Joining with Gradio, whose parts arrive in any order, and with the page's own script. */

  function join() {
    if (state.joined || !["frame", "room", "told"].every((name) => state.parts[name]) || !document.body.dataset.ready) return;
    state.joined = true;
    document.addEventListener("click", pressed);
    document.addEventListener("submit", submitted);
    document.addEventListener("keydown", typed);
    for (const kind of ["input", "change", "click"]) state.parts.room.addEventListener(kind, chosen);
    for (const name of ["room", "told"]) new MutationObserver(replied).observe(state.parts[name], { childList: true, subtree: true, attributes: true, attributeFilter: ["data-turn"] });
    new MutationObserver(links).observe(document.documentElement, { attributeFilter: ["lang"] });
    document.addEventListener("attache:view", (event) => shown(event.detail));
    document.addEventListener("attache:lost", lost);
    setInterval(tick, 1000);
    shown({ view: document.documentElement.dataset.view, moved: false });
    document.body.dataset.study = "yes";
  }

  const part = (name) => (element, trigger) => {
    state.parts[name] = element;
    if (trigger) state.trigger = trigger;
    join();
  };

  document.addEventListener("attache:ready", () => join());
  window.attacheStudy = { frame: part("frame"), room: part("room"), told: part("told") };
})();
