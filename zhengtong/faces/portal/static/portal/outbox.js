// Answers that could not be sent are kept on the device, of one account only, and go out when the line is back: with
// the version they were given on, so that nothing newer is overwritten, and with a key, so that they count once.

const NAME = "zt-outbox";
const box = document.querySelector("[data-outbox]");
const form = document.querySelector("form[data-autosave]");
const account = box.dataset.outbox;

const settled = (request) => new Promise((done, failed) => {
  request.onsuccess = () => done(request.result);
  request.onerror = () => failed(request.error);
});

async function store(mode, act) {
  const opening = indexedDB.open(NAME, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore("answers", { keyPath: "url" });
  const db = await settled(opening);
  db.onversionchange = () => db.close();
  try {
    return await settled(act(db.transaction("answers", mode).objectStore("answers")));
  } finally {
    db.close();
  }
}

const put = (entry) => store("readwrite", (answers) => answers.put(entry));
const drop = (url) => store("readwrite", (answers) => answers.delete(url));

async function mine() {
  const all = await store("readonly", (answers) => answers.getAll());
  for (const entry of all) if (entry.account !== account) await drop(entry.url);
  return all.filter((entry) => entry.account === account);
}

function say(words) {
  box.querySelector("[data-outbox-words]").textContent = words;
  box.hidden = !words;
}

async function send(entry, version = entry.version) {
  const body = new FormData();
  for (const [name, value] of entry.fields) body.append(name, value);
  body.set("csrfmiddlewaretoken", box.dataset.csrf);
  body.set("version", version);
  body.set("idempotency_key", entry.key);
  const answer = await fetch(entry.url, { method: "POST", body, headers: { Accept: "application/json" } });
  if (answer.status === 409) return "conflict";
  if (!answer.ok || answer.redirected) return "kept";
  await drop(entry.url);
  return "sent";
}

function showConflict(entry) {
  const shown = box.querySelector("template").content.cloneNode(true);
  const list = shown.querySelector("ul");
  for (const [name, value] of entry.fields) {
    if (name === "version" || !value) continue;
    const field = form?.elements.namedItem(name);
    const label = (field?.labels ?? field?.[0]?.closest("fieldset")?.querySelectorAll("legend"))?.[0]?.firstChild?.textContent;
    const line = document.createElement("li");
    line.textContent = `${label?.trim() || name}：${value}`;
    list.append(line);
  }
  const over = shown.querySelector("[data-outbox-over]");
  over.hidden = !form || form.dataset.autosave !== entry.url;
  over.addEventListener("click", async () => {
    // A key stands for one content: this is another wish.
    if ((await send({ ...entry, key: crypto.randomUUID() }, form.dataset.version)) === "sent") location.reload();
  });
  shown.querySelector("[data-outbox-drop]").addEventListener("click", async () => {
    await drop(entry.url);
    location.reload();
  });
  box.after(shown);
}

async function sendAll() {
  const entries = await mine();
  let left = 0;
  for (const entry of entries) {
    const outcome = await send(entry).catch(() => "kept");
    if (outcome === "conflict") showConflict(entry);
    if (outcome === "kept") left += 1;
    if (outcome === "sent" && form?.dataset.autosave === entry.url) location.reload();
  }
  say(left ? box.dataset.waiting.replace("%s", left) : "");
}

form?.addEventListener("autosave", async ({ detail: { state, body, stale } }) => {
  if (state === "saved") return drop(form.dataset.autosave);
  if (state !== "failed" || !body) return;
  const fields = [...body].filter(([name]) => name !== "csrfmiddlewaretoken" && name !== "version");
  const entry = {
    url: form.dataset.autosave, account, fields, version: form.dataset.version, key: crypto.randomUUID(), at: Date.now(),
  };
  await put(entry);
  if (stale) return showConflict(entry);
  form.querySelector("[data-autosave-words] span").textContent = box.dataset.kept;
});
addEventListener("online", () => { if (!form) sendAll(); });
sendAll();
