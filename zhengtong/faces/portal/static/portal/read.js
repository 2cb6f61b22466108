// Reads the page aloud, part by part, from the part that has the focus; marks what is being read. Fetched by the first
// press of its button, which begins the reading.

const PARTS = "h1, h2, h3, p, li, dt, dd, label, legend, summary, td, th, .btn";
const bar = document.querySelector("[data-read]");
const [play, stop] = bar.querySelectorAll("button");
const words = play.querySelector("span");
const voice = window.speechSynthesis;
let queue = [], marked = null;

function parts(root) {
  const found = [...root.querySelectorAll(PARTS)].filter((part) =>
    part.checkVisibility() && !part.closest("[data-read], .visually-hidden, [aria-hidden='true'], nav") &&
    !part.querySelector(PARTS));
  return found.map((part) => [part, part.innerText.replace(/\s+/g, " ").trim()]).filter(([, text]) => text);
}

function mark(part) {
  marked?.classList.remove("zt-reading");
  marked = part;
  part?.classList.add("zt-reading");
  part?.scrollIntoView({ block: "nearest" });
}

function show(state) {
  bar.dataset.state = state;
  words.textContent = bar.dataset[state];
  stop.hidden = state === "idle";
}

function next() {
  const turn = queue.shift();
  mark(turn?.[0]);
  if (!turn) return show("idle");
  const said = new SpeechSynthesisUtterance(turn[1]);
  said.lang = "zh-CN";
  said.rate = 0.9;
  said.voice = voice.getVoices().find((one) => one.lang.replace("_", "-") === "zh-CN") ?? null;
  said.onend = said.onerror = () => { if (queue.turn === said) next(); };
  queue.turn = said;
  voice.speak(said);
}

function end() {
  queue = [];
  voice.cancel();
  mark(null);
  show("idle");
}

function begin() {
  const whole = parts(document.querySelector("main"));
  const here = bar.from?.closest("section, .zt-field, form");
  const from = here ? whole.findIndex(([part]) => here.contains(part)) : 0;
  queue = whole.slice(Math.max(from, 0));
  show("reading");
  next();
}

play.addEventListener("click", () => {
  if (bar.dataset.state === "reading") { voice.pause(); return show("paused"); }
  if (bar.dataset.state === "paused") { voice.resume(); return show("reading"); }
  begin();
});
stop.addEventListener("click", end);
addEventListener("pagehide", () => voice.cancel());
begin();
