// Suggestions under a search box: <form data-suggest="URL"> asks URL?q=… and shows the list that comes back.
// The server's list (ui/_suggestions.html) has one [role=option] with data-path for each suggestion.

const QUIET = 180;

function enhance(form) {
  const input = form.querySelector("input[type=search]");
  const box = form.querySelector(".zt-suggestions");
  const status = form.querySelector("[role=status]");
  let timer, asked = 0;

  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", box.id);

  const options = () => [...box.querySelectorAll("[role=option]")];
  const chosen = () => box.querySelector("[aria-selected=true]");

  function show(open) {
    box.hidden = !open;
    input.setAttribute("aria-expanded", String(open));
    if (!open) input.removeAttribute("aria-activedescendant");
  }

  function choose(option) {
    for (const other of options()) other.setAttribute("aria-selected", String(other === option));
    input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  async function ask() {
    const words = input.value.trim();
    const turn = ++asked;
    if (!words) return show(false);
    const url = new URL(form.dataset.suggest, location.href);
    url.searchParams.set("q", words);
    try {
      const response = await fetch(url, { headers: { "HX-Request": "true" } });
      if (!response.ok || turn !== asked) return;
      box.innerHTML = await response.text();
    } catch {
      return show(false); // suggestions are a comfort: the search itself still works
    }
    options().forEach((option, number) => (option.id = `${box.id}-${number}`));
    status.textContent = options().length ? status.dataset.words.replace("#", options().length) : "";
    show(options().length > 0 && document.activeElement === input);
  }

  input.addEventListener("input", (event) => {
    if (event.isComposing) return; // letters of a word still being composed by the input method
    clearTimeout(timer);
    timer = setTimeout(ask, QUIET);
  });
  input.addEventListener("compositionend", () => { clearTimeout(timer); timer = setTimeout(ask, QUIET); });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || box.hidden) return;
    const list = options();
    const at = list.indexOf(chosen());
    if (event.key === "ArrowDown") choose(list[(at + 1) % list.length]);
    else if (event.key === "ArrowUp") choose(list[(at - 1 + list.length) % list.length]);
    else if (event.key === "Enter" && at >= 0) location.assign(list[at].dataset.path);
    else if (event.key === "Escape") show(false);
    else return;
    event.preventDefault();
  });
  input.addEventListener("blur", () => setTimeout(() => show(false), 150));
  box.addEventListener("mousedown", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) location.assign(option.dataset.path);
  });
  show(false);
}

for (const form of document.querySelectorAll("form[data-suggest]:not([data-ready])")) {
  form.dataset.ready = "";
  enhance(form);
}
