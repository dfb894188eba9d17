"use strict";
// Goes with textual.js, which draws the terminal: where the window is, downloads, opening again, the touch keyboard.
{
  const terminal = document.getElementById("terminal");
  const scheme = location.protocol === "https:" ? "wss:" : "ws:";
  terminal.dataset.sessionWebsocketUrl = scheme + "//" + location.host + "/ws";
  if (location.search) history.replaceState(null, "", location.pathname); // the token stays in no bookmark

  // A report is a download and not a new tab, which browsers stop when no finger asked for it.
  const open = window.open.bind(window);
  window.open = (url, ...rest) => {
    if (!String(url).startsWith(location.origin + "/download/")) return open(url, ...rest);
    const link = document.createElement("a");
    link.href = url;
    link.download = "";
    document.body.append(link);
    link.click();
    link.remove();
    return null;
  };

  document.getElementById("again").addEventListener("click", () => location.reload());

  const keyboard = document.getElementById("keyboard");
  const show = (wanted) => {
    const field = terminal.querySelector("textarea");
    if (!field) return;
    keyboard.setAttribute("aria-pressed", String(wanted));
    field.inputMode = wanted ? "text" : "none";
    field.blur();
    field.focus();
  };
  keyboard.addEventListener("click", () => show(keyboard.getAttribute("aria-pressed") !== "true"));
  window.addEventListener("load", () => {
    if (matchMedia("(pointer: coarse)").matches) show(false);
    else terminal.querySelector("textarea")?.focus();
  });
}
