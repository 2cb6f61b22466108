// Reviewing by keyboard: zoom, turn and leaf through a material; keep the checklist; ready words by Alt and a digit.
// Without scripts the pages are links, the checklist has its button and the words are typed.

const STEPS = [1, 1.25, 1.5, 2, 3];
const CLOSE = 1.5;
const state = { zoom: 0, turn: 0, material: "" };

const viewer = () => document.querySelector("[data-viewer]");

function draw() {
  for (const frame of document.querySelectorAll("[data-frame]")) {
    const picture = frame.querySelector("[data-sheet]");
    const scale = STEPS[state.zoom];
    if (scale >= CLOSE && !picture.src.endsWith("close")) picture.src = picture.dataset.close;
    const turned = state.turn % 2 === 1;
    const ratio = picture.naturalHeight / picture.naturalWidth || 1.414;
    const width = frame.parentElement.clientWidth * scale;
    frame.classList.toggle("is-turned", state.turn !== 0);
    frame.style.width = `${width}px`;
    frame.style.height = state.turn === 0 ? "" : `${turned ? width / ratio : width * ratio}px`;
    picture.style.width = turned ? `${width / ratio}px` : "";
    picture.style.transform = state.turn === 0 ? "" : `translate(-50%, -50%) rotate(${state.turn * 90}deg)`;
  }
}

const does = {
  in: () => { state.zoom = Math.min(state.zoom + 1, STEPS.length - 1); },
  out: () => { state.zoom = Math.max(state.zoom - 1, 0); },
  fit: () => { state.zoom = 0; },
  turn: () => { state.turn = (state.turn + 1) % 4; },
};

function press(...names) {
  for (const name of names) {
    const link = viewer()?.querySelector(`[${name}]`);
    if (link) return link.click();
  }
}

const keys = {
  "+": does.in, "=": does.in, "-": does.out, 0: does.fit, r: does.turn,
  ArrowRight: () => press("data-page-next", "data-material-next"),
  ArrowLeft: () => press("data-page-previous", "data-material-previous"),
};

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.ctrlKey || event.metaKey) return;
  if (event.altKey) return phraseByKey(event);
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (typing || !viewer() || document.body.dataset.keys === "off" || document.querySelector("dialog[open]")) return;
  if (!keys[event.key]) return;
  // A page wider than its stage is moved by the arrows first.
  const stage = event.target.closest(".desk-stage");
  if (event.key.startsWith("Arrow") && stage && stage.scrollWidth > stage.clientWidth + 1) return;
  event.preventDefault();
  keys[event.key]();
  draw();
});

document.addEventListener("click", (event) => {
  const tool = event.target.closest("[data-zoom], [data-turn]");
  if (tool) {
    does[tool.dataset.zoom ?? "turn"]();
    draw();
  }
  if (event.target.closest("[data-print]")) print();
  const keep = event.target.closest("[data-keep-phrase]");
  if (keep) keepPhrase(keep);
});

function phraseByKey(event) {
  if (!/^Digit[1-9]$/.test(event.code)) return;
  const wanted = document.querySelector(`[data-phrase][aria-keyshortcuts="Alt+${event.code.slice(5)}"]`);
  if (!wanted) return;
  event.preventDefault();
  wanted.click();
}

function send(path, values) {
  const body = new FormData();
  for (const [name, value] of Object.entries(values)) body.set(name, value);
  body.set("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
  body.set("idempotency_key", crypto.randomUUID?.() ?? key());
  return fetch(path, { method: "POST", body, headers: { Accept: "application/json" } });
}

// Plain http in a hall's own network has no crypto.randomUUID.
function key() {
  const bytes = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return bytes.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

async function keepPhrase(button) {
  const field = document.getElementById(button.closest("[data-phrases-for]").dataset.phrasesFor);
  const text = field.value.trim();
  if (!text) return field.focus();
  const answer = await send(button.dataset.keepPhrase, { text, kind: button.dataset.kind });
  if (!answer.ok) return;
  const chip = Object.assign(document.createElement("button"), { type: "button", className: "desk-chip", textContent: text });
  chip.dataset.phrase = text;
  chip.lang = "zh-Hans";
  button.before(chip);
}

// The checklist keeps itself, a moment after the last change.
let waiting;
document.addEventListener("input", (event) => {
  const points = event.target.closest(".desk-points");
  const button = points?.querySelector("[data-keeps]");
  if (!button) return;
  clearTimeout(waiting);
  waiting = setTimeout(async () => {
    const said = points.querySelector("[data-kept]");
    const values = Object.fromEntries([...new FormData(button.form)].filter(([name]) => /^(verdict|remark)-/.test(name)));
    const answer = await send(button.dataset.keeps, values).catch(() => null);
    said.textContent = answer?.ok ? said.dataset.kept : said.dataset.notKept;
  }, 400);
});

// On a narrow screen the parts of the page are tabs.
const jump = document.querySelector("[data-panes]");
const whole = document.querySelector(".desk-case");
function open(name) {
  const links = [...jump.querySelectorAll("a")];
  if (!links.some((link) => link.hash === `#${name}`)) return;
  for (const link of links) link.toggleAttribute("aria-current", link.hash === `#${name}`);
  for (const link of links) if (link.hasAttribute("aria-current")) link.setAttribute("aria-current", "true");
  for (const pane of whole.querySelectorAll("[data-pane]")) pane.classList.toggle("is-open", pane.dataset.pane === name);
  whole.classList.toggle("shows-main", name === "form" || name === "history");
  whole.classList.toggle("shows-history", name === "history");
}
if (jump && whole) {
  jump.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link || !matchMedia("(max-width: 1199.98px)").matches) return;
    event.preventDefault();
    open(link.hash.slice(1));
    draw();
  });
  open("panel");
  open(location.hash.slice(1));
}

function prepare() {
  const found = viewer();
  for (const button of document.querySelectorAll("[data-print]")) button.hidden = false;
  if (!found) return;
  const material = found.querySelector("h2").textContent;
  if (material !== state.material) Object.assign(state, { material, turn: 0 });
  found.querySelector("[data-viewer-tools]").hidden = false;
  for (const picture of found.querySelectorAll("[data-sheet]")) {
    if (picture.complete) draw();
    picture.addEventListener("load", draw);
  }
}
document.addEventListener("htmx:afterSettle", prepare);
addEventListener("resize", draw);
prepare();
