/* Offline reading. It keeps nothing of what is read: pages do that (keeping.js). It asks the network first and answers
   from the kept copies only where that fails, and it drops the copy of a story that the site no longer gives. */

const RELEASE = "{{ release|escapejs }}";
const OFFLINE = "{{ offline|join:" "|escapejs }}".split(" ");
const FALLBACK = `newsdesk offline ${RELEASE}`;
const KEPT = "newsdesk kept ";
const STORY = /^(\/[\w-]+)?\/stories\/[^/]+\/(versions\/\d+\/)?$/;
const NOT_OURS = /^(\/[\w-]+)?\/(admin|preview|report)\//;
const FILES = ["style", "script", "font", "image"];

const FILE = /(?:href|src)="([^"?]+\.(?:css|js|woff2|svg))"/g;

const prepare = async () => {
  const cache = await caches.open(FALLBACK);
  const files = new Set();
  for (const address of OFFLINE) {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(address);
    for (const [, file] of (await answer.clone().text()).matchAll(FILE)) files.add(file);
    await cache.put(address, answer);
  }
  await cache.addAll([...files]);
  await skipWaiting();
};

const takeOver = async () => {
  const old = (await caches.keys()).filter((name) => name.startsWith("newsdesk offline ") && name !== FALLBACK);
  await Promise.all(old.map((name) => caches.delete(name)));
  await clients.claim();
};

const copyOf = async (path) => {
  const kept = await caches.match(path, { cacheName: KEPT + path, ignoreVary: true });
  if (!kept) return;
  const html = (await kept.text()).replace("<body", `<body data-kept="${kept.headers.get("Newsdesk-Kept")}"`);
  return new Response(html, kept);
};

const instead = (path) => {
  const address = OFFLINE.find((one) => path.startsWith(one.replace("offline/", "")));
  return caches.match(address, { cacheName: FALLBACK, ignoreVary: true });
};

const page = async (request, path) => {
  try {
    const answer = await fetch(request);
    const gone = answer.type === "opaqueredirect" || [404, 410].includes(answer.status);
    if (gone && STORY.test(path)) await caches.delete(KEPT + path);
    return (answer.status > 501 && (await copyOf(path))) || answer;
  } catch {
    return (await copyOf(path)) ?? instead(path);
  }
};

/* The page's own copy of a file goes first: in debug mode, files of two releases have one name. */
const file = async ({ request, clientId }) => {
  try {
    return await fetch(request);
  } catch (failure) {
    const reader = await clients.get(clientId);
    const cacheName = reader && KEPT + new URL(reader.url).pathname;
    const kept = cacheName && (await caches.match(request, { cacheName, ignoreVary: true }));
    const found = kept || (await caches.match(request, { ignoreVary: true }));
    if (found) return found;
    throw failure;
  }
};

addEventListener("install", (event) => event.waitUntil(prepare()));
addEventListener("activate", (event) => event.waitUntil(takeOver()));
addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin || NOT_OURS.test(pathname)) return;
  if (request.mode === "navigate") event.respondWith(page(request, pathname));
  else if (FILES.includes(request.destination)) event.respondWith(file(event));
});
