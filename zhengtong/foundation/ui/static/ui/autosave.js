// POSTs the fields and `version` when typing rests; answered {version, saved_at}, or 409: saved elsewhere.

const QUIET = 3000;
const AGAIN = 10000;

function autosave(form) {
  const shown = form.querySelector("[data-autosave-words]");
  const words = shown.querySelector("span");
  const icon = shown.querySelector("use");
  const sprite = icon.getAttribute("href").split("#")[0];
  let timer, body, running = false, changed = false, stale = false;

  function show(state, text, picture) {
    shown.dataset.state = state;
    words.textContent = text;
    icon.setAttribute("href", `${sprite}#${picture}`);
    form.dispatchEvent(new CustomEvent("autosave", { detail: { state, body, stale } }));
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
    body = new FormData(form);
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

// What is answered while a part is drawn anew is never drawn over.
const answered = new WeakMap();

function answers(element) {
  const form = element.closest("form[data-autosave]");
  return form && JSON.stringify([...new FormData(form)]);
}

document.addEventListener("htmx:beforeRequest", ({ detail }) => answered.set(detail.elt, answers(detail.elt)));
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const { elt } = detail.requestConfig;
  if (!elt.isConnected || answers(elt) === answered.get(elt)) return;
  detail.shouldSwap = false;
  htmx.trigger(elt, elt.matches("button") ? "click" : "change");
});
