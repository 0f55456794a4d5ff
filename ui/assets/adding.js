/* Files given to the library: dropped or chosen, sent to this server alone, looked at, taken in; documents removed. */
"use strict";

(() => {
  const $ = (id) => document.getElementById(id);
  let sending = false;

  const word = (key) => $("add-said").content.querySelector(`[data-key="${key}"]`).dataset[window.attache.language()];

  function told(words) {
    $("add-now").textContent = words;
    window.attache.say(words);
  }

  const reason = (status) => word({ 403: "forbidden", 409: "busy", 413: "too_large" }[status] ?? "failed_next");

  /* From this server, every word of others escaped. */
  const put = (html) => {
    $("add-told").innerHTML = html;
    window.attache.label($("add-told"));
  };

  function give(file) {
    if (!file || sending) return;
    sending = true;
    put("");
    told(word("sending"));
    $("add-sent").hidden = false;
    const request = new XMLHttpRequest();
    request.open("POST", `./library/upload?${new URLSearchParams({ name: file.name })}`);
    request.setRequestHeader("content-type", "application/octet-stream");
    request.upload.onprogress = (event) => event.lengthComputable && ($("add-sent").value = event.loaded / event.total);
    request.upload.onload = () => told(word("reading"));
    request.onloadend = () => {
      sending = false;
      $("add-sent").hidden = true;
      $("add-file").value = "";
      told(request.status === 200 ? "" : reason(request.status));
      if (request.status === 200) put(request.responseText);
    };
    request.send(file);
  }

  async function tell(name, said) {
    const options = { method: "POST", credentials: "same-origin", headers: { "content-type": "application/json" }, body: JSON.stringify(said) };
    const reply = await fetch(`./library/${name}`, options).catch(() => ({ ok: false }));
    if (!reply.ok) told(reason(reply.status));
    return reply.ok;
  }

  async function take(form) {
    const fields = [...form.querySelectorAll("[data-was]")].filter((field) => field.value.trim() && field.value !== field.dataset.was);
    const given = Object.fromEntries(fields.map((field) => [field.name, field.value]));
    if (await tell("take", { token: form.dataset.token, given })) watch();
    else put("");
  }

  async function watch() {
    const reply = await fetch("./library/progress", { credentials: "same-origin" }).catch(() => null);
    if (!reply?.ok) return told(word("failed_next"));
    put(await reply.text());
    if ($("add-told").querySelector('[data-kind="taking"]')) return setTimeout(watch, 400);
    told(word("done"));
    $("add-drop").scrollIntoView({ block: "nearest" });
    document.dispatchEvent(new CustomEvent("attache:held"));
  }

  async function remove(button) {
    const dialog = $("add-remove");
    $("add-which").textContent = button.dataset.number;
    $("add-beside").textContent = button.dataset.beside;
    dialog.returnValue = "";
    dialog.showModal();
    await new Promise((resolve) => dialog.addEventListener("close", resolve, { once: true }));
    if (dialog.returnValue !== "yes" || !(await tell("remove", { number: button.dataset.number }))) return;
    $("held-back").click();
    document.dispatchEvent(new CustomEvent("attache:held"));
    window.attache.say(word("removed"));
  }

  function pressed(event) {
    const button = event.target.closest("button");
    if (button?.id === "add-discard") tell("discard", { token: $("add-form").dataset.token }).then(() => put(""));
    else if (button?.id === "add-remove-it") remove(button);
  }

  window.attacheAdding = () => {
    const zone = $("add-drop");
    if (!zone) return;
    document.body.append($("add-remove"));
    $("add-file").addEventListener("change", (event) => give(event.target.files[0]));
    for (const name of ["dragenter", "dragover"]) {
      zone.addEventListener(name, (event) => (event.preventDefault(), zone.classList.add("over")));
    }
    zone.addEventListener("dragleave", () => zone.classList.remove("over"));
    zone.addEventListener("drop", (event) => (event.preventDefault(), zone.classList.remove("over"), give(event.dataTransfer.files[0])));
    document.addEventListener("click", pressed);
    document.addEventListener("submit", (event) => event.target.id === "add-form" && (event.preventDefault(), take(event.target)));
  };
})();
