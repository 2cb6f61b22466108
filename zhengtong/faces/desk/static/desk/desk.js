// The desk's small comforts; every page works without them.

// The sentence after a redirect is said once: going back or printing does not say it again.
const here = new URL(location.href);
if (here.searchParams.has("said")) {
  here.searchParams.delete("said");
  history.replaceState(null, "", here);
}

// Ready words for an opinion are added to what is written.
function prepare(root) {
  for (const phrases of root.querySelectorAll("[data-phrases-for]")) phrases.hidden = false;
}
document.addEventListener("click", (event) => {
  const phrase = event.target.closest("[data-phrase]");
  if (!phrase) return;
  const field = document.getElementById(phrase.closest("[data-phrases-for]").dataset.phrasesFor);
  field.value = [field.value.trim(), phrase.dataset.phrase].filter(Boolean).join("");
  field.focus();
});

// Who writes what is wrong means that line.
document.addEventListener("input", (event) => {
  const line = event.target.closest("[data-wrong]");
  if (!line || event.target.type === "checkbox") return;
  line.querySelector("input[type=checkbox]").checked = event.target.value.trim() !== "";
});
document.addEventListener("change", (event) => {
  const line = event.target.closest("[data-wrong]");
  if (line && event.target.type === "checkbox" && event.target.checked) line.querySelector("input[list]").focus();
});

document.addEventListener("htmx:load", (event) => prepare(event.detail.elt));
prepare(document);

// At the counter the hands stay on the keys: the form opens in its first empty field.
const intake = document.getElementById("intake");
if (intake && (!document.activeElement || document.activeElement === document.body)) {
  const open = [...intake.querySelectorAll(".form-control, .form-select, [type=radio]")];
  open.find((field) => field.checkVisibility() && field.type !== "file" && isEmpty(field))?.focus();
}

function isEmpty(field) {
  if (field.type === "radio") return !intake.querySelector(`[name="${CSS.escape(field.name)}"]:checked`);
  return field.value === "";
}
