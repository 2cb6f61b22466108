// Declared tables: choosing rows, and the pane that follows the row one is on. Without it everything is links and forms.

const WIDE = matchMedia("(min-width: 1200px)");
let last = null; // the box pressed before, where a range begins

const boxes = () => [...document.querySelectorAll("[data-listing] [data-key-row] input[name=row]")];

function count() {
  const bar = document.querySelector("[data-chosen]");
  if (!bar) return;
  bar.elements.sure.disabled = false; // what will happen stands in the bar: no page asks once more
  const all = boxes();
  const chosen = all.filter((box) => box.checked);
  for (const box of all) box.closest("tr").toggleAttribute("data-chosen-row", box.checked);
  bar.querySelector("[data-chosen-count]").textContent = chosen.length;
  bar.classList.toggle("is-empty", !chosen.length);
  for (const button of bar.querySelectorAll("button")) button.disabled = !chosen.length;
  const whole = document.querySelector("[data-choose-all]");
  whole.hidden = false;
  whole.checked = chosen.length > 0 && chosen.length === all.length;
  whole.indeterminate = chosen.length > 0 && chosen.length < all.length;
}

document.addEventListener("click", (event) => {
  const box = event.target.closest("[data-key-row] input[name=row]");
  if (box) {
    const all = boxes();
    const [from, to] = [all.indexOf(last), all.indexOf(box)].sort((a, b) => a - b);
    if (event.shiftKey && from >= 0) for (const each of all.slice(from, to + 1)) each.checked = box.checked;
    last = box;
    count();
  } else if (event.target.matches("[data-choose-all]")) {
    for (const each of boxes()) each.checked = event.target.checked;
    count();
  } else if (WIDE.matches && !event.target.closest("a, button, input, label, summary") && !getSelection().toString()) {
    const row = event.target.closest("[data-listing] [data-key-row]");
    if (row?.querySelector("[data-key-preview]")) show(row);
  }
});

// What a button will do stands beside it while one is on it.
for (const moment of ["pointerover", "focusin"]) {
  document.addEventListener(moment, (event) => {
    const button = event.target.closest?.("[data-chosen] button");
    const words = button && document.getElementById(button.getAttribute("aria-describedby"));
    if (words) document.querySelector("[data-chosen-does]").textContent = words.textContent;
  });
}

function show(row) {
  document.querySelector("[data-key-row].is-here")?.classList.remove("is-here");
  row.classList.add("is-here");
  row.querySelector("[data-key-preview]").click();
}

// While the pane is open it follows the row, once the keys come to rest.
let resting;
document.addEventListener("keys:here", (event) => {
  if (!document.querySelector("[data-pane-close]") || !WIDE.matches) return;
  clearTimeout(resting);
  resting = setTimeout(() => event.target.querySelector("[data-key-preview]")?.click(), 120);
});

document.addEventListener("htmx:load", count);
addEventListener("pageshow", count); // a page from history comes back with its boxes ticked
count();
