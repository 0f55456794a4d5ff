/* The page for measuring: sends an order, and puts reports into a frame that may run nothing. Reports come from this server
   alone; nothing is stored. */
"use strict";

(() => {
  const $ = (id) => document.getElementById(id);
  const { nonce } = document.currentScript;
  const state = { trigger: null, parts: {}, joined: false, kind: "idle", waiting: false, version: -1, shown: null, turn: 0 };
  const language = () => (document.documentElement.lang === "en" ? "en" : "vi");

  /* Shown: look how far a run is. */

  function shown({ view, moved }) {
    if (view !== "evaluate") return;
    watch();
    if (moved) $("bench-name").focus({ preventScroll: true });
  }

  /* Orders. */

  function watch() {
    if (state.kind !== "running" && state.kind !== "stopping") state.trigger("select", {});
  }

  const ticked = (selector) => [...$("bench-form").querySelectorAll(`${selector}:checked`)];

  function order() {
    const varied = {};
    for (const box of ticked("[data-varied]")) (varied[box.name] ??= []).push(box.value);
    const limit = $("bench-limit").value;
    return {
      files: ticked("[name=file]").map((box) => box.value), varied, limit: limit === "" ? null : Number(limit),
      day: $("bench-day").value, curve: $("bench-curve").checked,
    };
  }

  function start(event) {
    event.preventDefault();
    if ($("bench-start").disabled) return;
    state.waiting = true;
    $("bench-start").disabled = true;
    state.trigger("submit", order());
  }

  /* How far a run is. */

  function moved() {
    const run = state.parts.progress.querySelector(".run");
    const refused = state.parts.progress.querySelector(".problem:not(.run *)");
    if (!run) return;
    state.kind = run.dataset.kind;
    const busy = state.kind === "running" || state.kind === "stopping";
    $("bench-start").hidden = busy;
    $("bench-start").disabled = false;
    $("bench-stop").hidden = !busy;
    $("bench-stop").disabled = state.kind === "stopping";
    const version = Number(run.dataset.version);
    if (busy) state.waiting = true;
    else if (state.waiting && refused && version === state.version) (state.waiting = false), say(refused);
    else if (state.waiting && version > state.version) ended(run);
    if (!state.waiting) state.version = version;
  }

  const say = (part) => {
    $("say").textContent = [...part.querySelectorAll(".w")].filter((words) => words.lang === language()).map((words) => words.textContent).join(" ");
  };

  function ended(run) {
    state.waiting = false;
    say(run);
    const made = run.dataset.runs.split(" ").filter(Boolean);
    if (state.kind === "done" && made.length) open(made.length > 1 ? "beside" : "report", made, false);
  }

  /* Reports. */

  async function open(kind, runs, moving = true) {
    const turn = ++state.turn;
    state.shown = [kind, runs];
    const query = new URLSearchParams([...runs.map((run) => ["run", run]), ["lang", language()]]);
    const address = `./evaluate/${kind}?${query}`;
    const frame = $("bench-frame").cloneNode(); // a fresh one each time: a frame that was hidden may stay blank
    frame.removeAttribute("srcdoc");
    $("bench-frame").replaceWith(frame);
    $("bench-report").hidden = $("bench-loading").hidden = false;
    $("bench-lost").hidden = frame.hidden = true;
    $("bench-open").href = $("bench-download").href = address;
    $("bench-download").download = `attache-${kind}-${runs[0]}.html`;
    if (moving) $("bench-report-name").focus({ preventScroll: true });
    $("bench-report").scrollIntoView({ block: "start" });
    const reply = await fetch(address, { credentials: "same-origin" }).catch(() => null);
    const page = reply?.ok ? await reply.text() : "";
    if (turn !== state.turn) return;
    $("bench-loading").hidden = true;
    frame.hidden = !page;
    $("bench-lost").hidden = Boolean(page);
    frame.srcdoc = page.replace("<style>", `<style nonce="${nonce}">`); // a frame of its own words is under this page's policy
    $("bench-report").scrollIntoView({ block: "start" }); // again, now that the frame has its height
  }

  const picked = () => [...state.parts.runs.querySelectorAll("[name=run]:checked")].map((box) => box.value);

  function counted() {
    const count = picked().length;
    if ($("bench-compare")) $("bench-compare").disabled = count !== 2;
    if ($("bench-beside")) $("bench-beside").disabled = count < 2;
  }

  function pressed(event) {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.id === "bench-stop") state.trigger("stop", {});
    else if (button.id === "bench-compare") open("compare", picked());
    else if (button.id === "bench-beside") open("beside", picked().reverse());
    else if (button.dataset.run) open("report", [button.dataset.run]);
  }

  /* Joining with Gradio, whose parts arrive in any order, and with the page's own script. */

  function join() {
    const ready = ["form", "progress", "runs", "report"].every((name) => state.parts[name]) && document.body.dataset.ready;
    if (state.joined || !ready) return;
    state.joined = true;
    document.addEventListener("submit", (event) => event.target.id === "bench-form" && start(event));
    document.addEventListener("click", pressed);
    state.parts.runs.addEventListener("change", counted);
    new MutationObserver(moved).observe(state.parts.progress, { childList: true, subtree: true, attributes: true });
    new MutationObserver(counted).observe(state.parts.runs, { childList: true, subtree: true });
    new MutationObserver(() => state.shown && open(...state.shown, false)).observe(document.documentElement, { attributeFilter: ["lang"] });
    document.addEventListener("attache:view", (event) => shown(event.detail));
    shown({ view: document.documentElement.dataset.view, moved: false });
    document.body.dataset.bench = "yes";
  }

  const part = (name) => (element, trigger) => {
    state.parts[name] = element;
    if (trigger) state.trigger = trigger;
    join();
    if (!state.joined) new MutationObserver((_, watching) => (join(), state.joined && watching.disconnect())).observe(document.body, { attributes: true });
  };

  window.attacheBench = { form: part("form"), progress: part("progress"), runs: part("runs"), report: part("report") };
})();
