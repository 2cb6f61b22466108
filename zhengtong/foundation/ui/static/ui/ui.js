// What every page may need: dialogs, menus, copying, the focus after an error, and a word when the network is gone.
// Everything here improves something that works without it.

const say = (name) => document.getElementById(name);

function close(dialog) {
  if (location.hash === `#${dialog.id}`) history.replaceState(null, "", location.pathname + location.search);
  if (dialog.open) dialog.close();
}

document.addEventListener("click", async (event) => {
  const opener = event.target.closest("[data-opens]");
  const dialog = opener && say(opener.dataset.opens);
  if (dialog && dialog.showModal) {
    event.preventDefault();
    dialog.showModal();
    return;
  }
  const closer = event.target.closest("[data-closes]");
  if (closer) {
    event.preventDefault();
    close(closer.closest("dialog"));
  } else if (event.target.tagName === "DIALOG") {
    close(event.target); // the dim ground around it
  }
  const copier = event.target.closest("[data-copy]");
  if (copier) {
    await navigator.clipboard.writeText(copier.dataset.copy);
    const words = copier.querySelector("[data-copy-words]");
    const before = words.textContent;
    words.textContent = copier.dataset.copied;
    setTimeout(() => (words.textContent = before), 2000);
  }
  for (const menu of document.querySelectorAll("details.zt-menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  // A link that plays a button must answer the space bar as buttons do.
  const plays = event.target.closest?.("a[role='button']");
  if (plays && event.key === " ") {
    event.preventDefault();
    plays.click();
  }
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details.zt-menu[open]")) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

function prepare(root) {
  if (navigator.clipboard) for (const copier of root.querySelectorAll("[data-copy]")) copier.hidden = false;
  root.querySelector("[data-takes-focus]")?.focus();
}

function unreachable() {
  say("flash")?.replaceChildren(say("unreachable").content.cloneNode(true));
}

document.addEventListener("htmx:load", (event) => prepare(event.detail.elt));
document.addEventListener("htmx:sendError", unreachable);
document.addEventListener("htmx:timeout", unreachable);
document.addEventListener("htmx:responseError", unreachable);
document.addEventListener("htmx:beforeRequest", () => say("flash")?.replaceChildren());
prepare(document);
