/* An answer taken out by its copy button, twice: as plain text, and for word processors with the marks raised as those of footnotes are. */
"use strict";

(() => {
  async function copy(button) {
    const words = button.parentElement.querySelector(".copytext").textContent;
    const rich = document.createElement("div");
    for (const line of words.split("\n").filter((line) => line.trim())) {
      const row = rich.appendChild(document.createElement("p"));
      for (const part of line.split(/(\[\d{1,3}\])/)) {
        const mark = /^\[\d{1,3}\]$/.test(part);
        const piece = mark ? row.appendChild(document.createElement("sup")) : row;
        piece.append(mark ? part.slice(1, -1) : part);
      }
    }
    const kinds = { "text/plain": words, "text/html": rich.innerHTML };
    await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(Object.entries(kinds).map(([kind, text]) => [kind, new Blob([text], { type: kind })])))]);
    const [before, after] = [button.querySelector(".before"), button.querySelector(".after")];
    before.hidden = true;
    after.hidden = false;
    setTimeout(() => ((before.hidden = false), (after.hidden = true)), 1600);
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button.copy");
    if (button) copy(button).catch(() => {});
  });
})();
