// Shortcut keys of the desk. A list is [data-keys-list], its rows [data-key-row]; Enter follows the row's
// [data-key-open] or first link, x presses its checkbox, p opens and closes its [data-key-preview].
// Single letters can be switched off: <body data-keys="off">.

const rows = () => [...document.querySelectorAll("[data-keys-list] [data-key-row]")].filter((row) => row.offsetParent);
const here = () => document.querySelector("[data-key-row].is-here");

function go(step) {
  const list = rows();
  if (!list.length) return;
  const at = list.indexOf(here());
  const row = list[Math.min(Math.max(at + step, 0), list.length - 1)];
  here()?.classList.remove("is-here");
  row.classList.add("is-here");
  row.tabIndex = -1;
  row.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
  row.dispatchEvent(new CustomEvent("keys:here", { bubbles: true }));
}

const keys = {
  j: () => go(1),
  k: () => go(-1),
  x: () => here()?.querySelector("input[type=checkbox]")?.click(),
  p: () => (document.querySelector("[data-pane-close]") ?? here()?.querySelector("[data-key-preview]"))?.click(),
  "/": () => document.querySelector("[data-key-search]")?.focus(),
  "?": () => document.getElementById("keys-help")?.showModal(),
};

function typing(target) {
  return target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");
}

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape" && event.target.matches("[data-key-search]")) return event.target.blur();
  if (document.body.dataset.keys === "off" || typing(event.target) || document.querySelector("dialog[open]")) return;
  if (event.key === "Enter") {
    if (event.target === here()) (here().querySelector("[data-key-open]") ?? here().querySelector("a"))?.click();
    return;
  }
  const press = keys[event.key];
  if (!press) return;
  event.preventDefault();
  press();
});
