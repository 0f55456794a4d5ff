/* Who is signed in, the way out, and what to do when the session has ended. Nothing happens without accounts. */

(() => {
  "use strict";
  const root = document.documentElement;
  if (!root.dataset.user) return;
  const words = {
    out: { vi: "Đăng xuất", en: "Sign out" },
    ended: { vi: "Phiên làm việc đã kết thúc. Hãy đăng nhập lại.", en: "Your session has ended. Sign in again." },
  };
  const both = (name) =>
    ["vi", "en"].map((language) => {
      const span = document.createElement("span");
      span.className = "w";
      span.lang = language;
      span.textContent = words[name][language];
      return span;
    });

  const place = () => `./sign-in?lang=${root.lang === "en" ? "en" : "vi"}`;

  const leave = async () => {
    await fetch("./sign-out", { method: "POST" });
    location.assign(place());
  };

  const add = (tools) => {
    const part = document.createElement("div");
    part.className = "signed-in";
    const name = document.createElement("b");
    name.textContent = root.dataset.user;
    const out = document.createElement("button");
    out.type = "button";
    out.className = "quiet-button";
    out.id = "sign-out";
    out.append(...both("out"));
    out.addEventListener("click", leave);
    part.append(name, out);
    tools.append(part);
  };

  /* The page tells of a lost server; where it is the session that has ended, it says that instead. */
  const watch = (lost) => {
    new MutationObserver(async () => {
      if (lost.hidden || lost.querySelector("a")) return;
      const reply = await fetch("./config", { method: "HEAD" }).catch(() => null);
      if (reply && reply.status === 401) {
        const link = document.createElement("a");
        link.href = place();
        link.append(...both("ended"));
        lost.replaceChildren(link);
      }
    }).observe(lost, { attributes: true, attributeFilter: ["hidden"] });
  };

  const started = new MutationObserver(() => {
    const tools = document.querySelector("#shell .top-tools");
    const lost = document.getElementById("lost");
    if (!tools || !lost) return;
    started.disconnect();
    add(tools);
    watch(lost);
  });
  started.observe(root, { childList: true, subtree: true });
})();
