"use strict";
// Goes with textual.js, which draws the terminal: where the window is, downloads, opening again, fingers, the touch keyboard.
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

  // A finger that moves scrolls what it was put on, as a wheel there would; one that stays put is a tap.
  const SLOP = 12; // pixels
  const SLICE = 4; // pixels: less than a row, as the terminal makes at most one step of a wheel event
  const ROWS = 2; // that the application scrolls by a step
  let finger = null;
  const wheel = (towards) =>
    terminal.querySelector(".xterm")?.dispatchEvent(
      new WheelEvent("wheel", {
        clientX: finger.x,
        clientY: finger.y,
        deltaY: (towards * SLICE) / ROWS,
        ctrlKey: finger.across, // then the application scrolls sideways
        bubbles: true,
        cancelable: true,
      }),
    );
  const touched = (event) => {
    const { clientX: x, clientY: y } = event.touches[0];
    finger = event.touches.length === 1 ? { x, y, moves: false, across: false, done: 0 } : null; // two enlarge the page
  };
  const moved = (event) => {
    if (!finger) return;
    const x = finger.x - event.touches[0].clientX;
    const y = finger.y - event.touches[0].clientY;
    if (!finger.moves) {
      if (Math.max(Math.abs(x), Math.abs(y)) < SLOP) return;
      finger.moves = true;
      finger.across = Math.abs(x) > Math.abs(y);
    }
    if (event.cancelable) event.preventDefault(); // it is no tap any more
    const wanted = Math.trunc((finger.across ? x : y) / SLICE);
    for (; finger.done < wanted; finger.done++) wheel(1);
    for (; finger.done > wanted; finger.done--) wheel(-1);
  };
  const left = () => (finger = null);
  terminal.addEventListener("touchstart", touched, { passive: true });
  terminal.addEventListener("touchmove", moved, { passive: false });
  terminal.addEventListener("touchend", left);
  terminal.addEventListener("touchcancel", left);

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
