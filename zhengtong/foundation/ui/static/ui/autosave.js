// <form data-autosave="URL" data-version="N"> with the component {% autosave_indicator %} inside it.
// Saves three seconds after the last key and when a field is left: POST of all fields plus `version`.
// The answer is JSON {"version": N+1, "saved_at": "10:32"}; 409 means that another window has saved since.

const QUIET = 3000;
const AGAIN = 10000;

function autosave(form) {
  const shown = form.querySelector("[data-autosave-words]");
  const words = shown.querySelector("span");
  const icon = shown.querySelector("use");
  const sprite = icon.getAttribute("href").split("#")[0];
  let timer, running = false, changed = false, stale = false;

  function show(state, text, picture) {
    shown.dataset.state = state;
    words.textContent = text;
    icon.setAttribute("href", `${sprite}#${picture}`);
  }

  function later(wait) {
    clearTimeout(timer);
    timer = setTimeout(save, wait);
  }

  async function save() {
    clearTimeout(timer);
    if (!changed || running || stale) return;
    running = true;
    changed = false;
    show("saving", shown.dataset.saving, "refresh");
    const body = new FormData(form);
    for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
    body.set("version", form.dataset.version);
    try {
      const response = await fetch(form.dataset.autosave, { method: "POST", body, headers: { Accept: "application/json" } });
      stale = response.status === 409;
      if (stale) return show("failed", shown.dataset.stale, "alert-circle");
      if (!response.ok) throw new Error(response.status);
      const answer = await response.json();
      form.dataset.version = answer.version;
      const field = form.elements.namedItem("version");
      if (field) field.value = answer.version;
      show("saved", `${shown.dataset.saved} ${answer.saved_at}`, "cloud-check");
    } catch {
      changed = true;
      show("failed", shown.dataset.failed, "cloud-off");
      later(AGAIN);
    } finally {
      running = false;
      if (changed && shown.dataset.state === "saved") later(QUIET);
    }
  }

  form.addEventListener("input", () => { changed = true; later(QUIET); });
  form.addEventListener("change", () => { changed = true; later(QUIET); });
  form.addEventListener("focusout", () => { if (changed) later(300); });
  form.addEventListener("submit", () => { clearTimeout(timer); changed = false; });
  addEventListener("online", () => { if (changed) save(); });
  addEventListener("pagehide", () => {
    if (!changed || stale) return;
    const body = new FormData(form);
    for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
    body.set("version", form.dataset.version);
    navigator.sendBeacon(form.dataset.autosave, body);
  });
}

function start() {
  for (const form of document.querySelectorAll("form[data-autosave]:not([data-autosave-ready])")) {
    form.dataset.autosaveReady = "";
    autosave(form);
  }
}

document.addEventListener("htmx:load", start);
start();
