// The portal's service worker. It keeps what anybody may see: style and scripts, the page for the time without a
// network, and guides that were opened, fetched without cookies. Pages of a person are never kept, nor is any answer
// to a form. VERSION and PARTS are filled in by the program; a new version throws the old store away.
const VERSION = "%version%";
const PARTS = [/*parts*/];
const SHELL = `zt-shell-${VERSION}`, GUIDES = `zt-guides-${VERSION}`;
const OFFLINE = "/offline/";
const GUIDE = /^\/items\/[a-z0-9-]+\/$/;
const MOST = 40, DAY = 864e5, PATIENCE = 4000;
const PLAIN = { ignoreVary: true };

async function keepShell() {
  const shell = await caches.open(SHELL);
  await shell.put(OFFLINE, await fetch(OFFLINE, { credentials: "omit" }));
  await shell.addAll(PARTS);
}

async function dropOld() {
  for (const name of await caches.keys()) if (name !== SHELL && name !== GUIDES) await caches.delete(name);
  await clients.claim();
}

async function keepGuide(path) {
  const guides = await caches.open(GUIDES);
  const before = await guides.match(path, PLAIN);
  if (before && Date.now() - Date.parse(before.headers.get("date")) < DAY) return;
  const answer = await fetch(path, { credentials: "omit" });
  if (!answer.ok || answer.redirected) return;
  await guides.put(path, answer);
  for (const old of (await guides.keys()).slice(0, -MOST)) await guides.delete(old);
}

async function page(event, path) {
  try {
    const answer = await fetch(event.request);
    if (answer.ok && GUIDE.test(path)) event.waitUntil(keepGuide(path).catch(() => {}));
    return answer;
  } catch {
    const guide = await (await caches.open(GUIDES)).match(path, PLAIN);
    return guide ?? (await (await caches.open(SHELL)).match(OFFLINE, PLAIN)) ?? Response.error();
  }
}

async function part(request) {
  const kept = await (await caches.open(SHELL)).match(request, PLAIN);
  if (!kept) return fetch(request);
  const late = new Promise((done) => setTimeout(done, PATIENCE, kept));
  return Promise.race([fetch(request).catch(() => kept), late]);
}

addEventListener("install", (event) => event.waitUntil(keepShell().then(() => skipWaiting())));
addEventListener("activate", (event) => event.waitUntil(dropOld()));
addEventListener("message", (event) => event.waitUntil(clients.claim()));
addEventListener("fetch", (event) => {
  const { request } = event, url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate" && !url.pathname.startsWith("/desk/")) event.respondWith(page(event, url.pathname));
  else if (url.pathname.startsWith("/static/")) event.respondWith(part(request));
});
