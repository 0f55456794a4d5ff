/* The cited passage in the whole of its document: what stands around it is asked for when its card is opened, and put around the words
   that are there already. Asks this server alone. */
"use strict";

(() => {
  const $ = (id) => document.getElementById(id);
  const kept = new Map();
  const MOST = 24;

  async function ask(name, card, more) {
    const said = { number: card.dataset.text, locator: card.dataset.at, lang: card.dataset.lang, ...more };
    const reply = await fetch(`./source/${name}?${new URLSearchParams(said)}`, { credentials: "same-origin" });
    if (!reply.ok) throw new Error(String(reply.status));
    const held = document.createElement("template");
    held.innerHTML = await reply.text(); // from this server, every word of others escaped
    return held.content;
  }

  async function around(card) {
    const key = `${card.dataset.text} ${card.dataset.at} ${card.dataset.lang}`;
    if (!kept.has(key)) {
      kept.set(key, await ask("whole", card));
      if (kept.size > MOST) kept.delete(kept.keys().next().value);
    }
    return kept.get(key).cloneNode(true);
  }

  async function opened(event) {
    const card = event.detail;
    if (!card.dataset.text) return;
    const here = $("shown").querySelector(".here");
    const parts = await around(card).catch(() => null);
    if (!parts || !here?.isConnected) return; // another card was opened meanwhile
    const part = (name) => parts.querySelector(`[data-part="${name}"]`);
    const box = ["auto", "scroll"].includes(getComputedStyle(here.parentElement).overflowY) ? here.parentElement : $("pane-body");
    if (part("parents")?.childElementCount) {
      here.querySelector(".parents").replaceChildren(...part("parents").children);
      here.querySelector(".parents").hidden = false;
    }
    const about = $("shown").querySelector(".about");
    if (about) here.append(about);
    if (part("printed")) here.append(...part("printed").children);
    if (part("before")) here.before(part("before"));
    if (part("after")) here.after(part("after"));
    if (part("chain")) $("shown").querySelector(".card").append(...part("chain").children);
    window.attache.label($("shown"));
    here.classList.toggle("among", here.parentElement.querySelectorAll(".passage").length > 0);
    const looking = $("evidence-pane").getBoundingClientRect().top < innerHeight / 2;
    const head = document.querySelector(".pane-head");
    const place = () => {
      if (!window.attache.stacked()) settle(here, box);
      else if (looking) scrollBy(0, here.getBoundingClientRect().top - head.offsetHeight - 16);
    };
    place();
    for (let frame = 0; frame < 2; frame++) {
      await new Promise(requestAnimationFrame); // what is drawn only when it is near has its true height now
      if (here.isConnected) place();
    }
    $("shown").dataset.whole = "yes";
  }

  /* The passage stands at the top, or as far down as its marked words need. */
  function settle(here, box) {
    const top = (element) => element.getBoundingClientRect().top - box.getBoundingClientRect().top;
    const mark = here.querySelector("mark");
    const far = mark && mark.getBoundingClientRect().bottom - here.getBoundingClientRect().top > box.clientHeight - 24;
    box.scrollTop += far ? top(mark) - box.clientHeight / 4 : top(here) - 14;
  }

  async function printed(details) {
    if (!details.open || details.dataset.drawn) return;
    details.dataset.drawn = "yes";
    const card = document.querySelector(`.ev[data-shown="yes"]`);
    const [start, end] = card.dataset.span.split("-");
    try {
      details.querySelector(".wait").replaceWith(await ask("printed", card, { start, end }));
    } catch {
      details.querySelector(".wait").hidden = true;
      delete details.dataset.drawn;
    }
    window.attache.label(details);
  }

  document.addEventListener("attache:source", (event) => {
    document.querySelectorAll("[data-shown]").forEach((card) => card.removeAttribute("data-shown"));
    event.detail.dataset.shown = "yes";
    delete $("shown").dataset.whole;
    opened(event);
  });
  document.addEventListener("toggle", (event) => event.target.matches?.(".original") && printed(event.target), true);
  document.addEventListener("click", (event) => {
    const button = event.target.closest("#shown [data-document]");
    if (!button) return;
    location.hash = "#library";
    document.dispatchEvent(new CustomEvent("attache:open", { detail: button.dataset.document }));
  });
})();
