// Says that scripts run: a file is then sent as soon as it is chosen, and its button is not needed.
document.documentElement.dataset.scripting = "";

function network() {
  for (const line of document.querySelectorAll("[data-no-network]")) line.textContent = navigator.onLine ? "" : line.dataset.noNetwork;
}
addEventListener("online", network);
addEventListener("offline", network);
network();

const { serviceWorker } = navigator;
if (serviceWorker) {
  addEventListener("load", () => serviceWorker.register("/worker.js").catch(() => {}));
  // A page on its way while the worker came to work was passed over: it asks to be taken in.
  serviceWorker.ready.then(({ active }) => serviceWorker.controller ?? active.postMessage(""));
}

// Reading aloud is fetched when somebody wants it; where the browser cannot speak, nothing is offered.
const reader = document.querySelector("[data-read]");
if (reader && window.speechSynthesis) {
  reader.hidden = false;
  reader.querySelector("button").addEventListener("click", () => import(reader.dataset.read), { once: true });
  document.querySelector("main").addEventListener("focusin", ({ target }) => { if (!reader.contains(target)) reader.from = target; });
}

// Whoever signs out leaves nothing of himself on the device.
document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.action.endsWith("/accounts/sign-out/")) return;
  event.preventDefault();
  await Promise.race([
    new Promise((done) => { const gone = indexedDB.deleteDatabase("zt-outbox"); gone.onsuccess = gone.onerror = done; }),
    new Promise((done) => setTimeout(done, 1000)),
  ]);
  form.submit();
});
