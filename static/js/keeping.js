/* Stories that were read stay readable offline: the page and the files that it showed, in this browser and nowhere else.
   Each story has a cache of its own, so that its copy goes as a whole; the browser has them in the order they were made. */

const KEPT = "newsdesk kept ";
const MOST = 50;
const { worker, offline, told, more } = document.querySelector("script[data-worker]").dataset;
const { pathname, search, origin } = location;
const story = document.querySelector(".story[data-permanent]");
const { kept } = document.body.dataset;

const isOff = () => {
  try {
    return localStorage.getItem("newsdesk:keeps") === "no";
  } catch {
    return true; // closed to us: so is what follows
  }
};

const keepPage = async () => {
  const answer = await fetch(pathname, { cache: "force-cache" });
  if (!answer.ok || answer.redirected) return;
  const name = story.querySelector(".headline");
  const { lang, dir } = name.closest("[lang]") ?? {};
  const headers = new Headers(answer.headers);
  headers.set("Newsdesk-Kept", new Date().toISOString());
  headers.set("Newsdesk-Headline", encodeURIComponent(JSON.stringify([name.textContent, lang, dir || story.dir])));
  const body = await answer.blob();
  await caches.delete(KEPT + pathname);
  const cache = await caches.open(KEPT + pathname);
  await cache.put(pathname, new Response(body, { headers }));
  return cache;
};

/* Files as they come: a picture further down is shown, and kept, once somebody reads that far. */
const keepFiles = (cache) =>
  new PerformanceObserver((list) =>
    list.getEntries().forEach(({ name, initiatorType }) => {
      const file = new URL(name);
      const isData = ["fetch", "xmlhttprequest", "beacon"].includes(initiatorType);
      if (file.origin !== origin || file.search || isData) return;
      cache.add(new Request(name, { cache: "force-cache" })).catch(() => {});
    }),
  ).observe({ type: "resource", buffered: true });

const keep = async () => {
  await navigator.serviceWorker.ready;
  const cache = await keepPage();
  if (!cache) return;
  keepFiles(cache);
  const names = (await caches.keys()).filter((name) => name.startsWith(KEPT));
  await Promise.all(names.slice(0, -MOST).map((name) => caches.delete(name)));
};

const tell = () => {
  const clock = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZoneName: "short" };
  const time = Object.assign(document.createElement("time"), { dateTime: kept });
  time.textContent = new Date(kept).toLocaleString(document.documentElement.lang, { year: "numeric", month: "short", day: "numeric", ...clock });
  const [before, after] = told.split("{moment}");
  const line = Object.assign(document.createElement("p"), { className: "kept-copy" });
  const words = document.createElement("span");
  words.append(before, time, after);
  line.append(words, " ", Object.assign(document.createElement("a"), { href: offline, textContent: more }));
  document.querySelector("main").prepend(line);
};

if (kept) tell();
else if (document.querySelector(".tombstone")) window.caches?.delete(KEPT + pathname);
else if ("serviceWorker" in navigator && window.caches && !isOff()) {
  navigator.serviceWorker.register(worker).catch(() => {});
  if (story && !search) keep().catch(() => {}); // no room: then it is not kept
}
