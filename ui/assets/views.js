/* Which page is shown: the part of the address after #, where a link in the head names it; the chat otherwise. Pages hear of it
   by `attache:view` on the document, and find it in `data-view` of the root element. */
"use strict";

(() => {
  function view() {
    const links = [...document.querySelectorAll("a[data-view]")];
    const wanted = links.find((link) => link.hash === location.hash)?.dataset.view ?? "ask";
    const before = document.documentElement.dataset.view;
    document.documentElement.dataset.view = wanted;
    for (const link of links) {
      if (link.dataset.view === wanted) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
    if (wanted === before) return;
    scrollTo(0, 0);
    if (before && wanted === "ask") document.getElementById("question").focus({ preventScroll: true });
    document.dispatchEvent(new CustomEvent("attache:view", { detail: { view: wanted, moved: Boolean(before) } }));
  }

  /* A link would lead from the address that Gradio gives as the base of the page, without the language. */
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-view]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    location.hash = link.hash;
  });

  document.addEventListener("attache:ready", () => {
    addEventListener("hashchange", view);
    view();
  });
})();
