/* For who comes back: which version of a story was seen last is kept in this browser, and nowhere else. What changed
   since is asked of the story's own page (`?since=3`), marked, and said at the foot of the window, where it moves nothing.
   A page that stays open says once that a newer version is there. */

import { button, float, say } from "./told-aside.js";
import { words } from "./words.js";

const SEEN = "newsdesk:seen";
const MARKS = "newsdesk:marks";
const MOST_STORIES = 300;
const EVERY = 3 * 60 * 1000;

const story = document.querySelector(".story[data-story]");
const { story: uid, version, latest } = story.dataset;
const number = Number(version);

const read = (store, key) => {
  try {
    return JSON.parse(store.getItem(key));
  } catch {
    return null; // closed to us
  }
};

const write = (store, key, value) => {
  try {
    store.setItem(key, JSON.stringify(value));
  } catch {
    /* then nothing is remembered */
  }
};

/* The version seen before this visit: within one tab it stays the same, so that a page loaded again still tells. */
const seenBefore = () => {
  const all = read(localStorage, SEEN) ?? {};
  const before = read(sessionStorage, `${SEEN}:${uid}`) ?? all[uid]?.[0] ?? null;
  if (before !== null) write(sessionStorage, `${SEEN}:${uid}`, before);
  const kept = Object.entries({ ...all, [uid]: [number, Date.now()] }).sort(([, one], [, other]) => other[1] - one[1]);
  write(localStorage, SEEN, Object.fromEntries(kept.slice(0, MOST_STORIES)));
  return before;
};

const withSwitch = (aside) => {
  const show = () => {
    const isHidden = read(localStorage, MARKS) === "hidden";
    document.body.classList.toggle("hides-new", isHidden);
    one.textContent = isHidden ? words.showMarks : words.hideMarks;
  };
  const one = button("", () => {
    write(localStorage, MARKS, read(localStorage, MARKS) === "hidden" ? "shown" : "hidden");
    show();
  });
  show();
  if (document.querySelector(".is-new")) aside.append(" ", one);
};

const tellSince = async (before) => {
  const answer = await fetch(`${location.pathname}?since=${before}`);
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const aside = page.querySelector(".since-visit");
  if (!aside || page.querySelector(".story")?.dataset.version !== version) return;
  page.querySelectorAll(".is-new[id]").forEach(({ id }) => document.getElementById(id)?.classList.add("is-new"));
  const own = document.importNode(aside, true);
  withSwitch(own);
  float(own);
};

const tellNewer = () => {
  const aside = Object.assign(document.createElement("aside"), { className: "told-aside since-visit" });
  const told = document.createElement("p");
  const link = Object.assign(document.createElement("a"), { href: `${location.pathname}?since=${number}`, textContent: words.readNewer });
  told.append(words.newer, " ", link);
  aside.append(told);
  float(aside);
  say(told);
};

let asked = Date.now();
const look = async () => {
  if (document.hidden || Date.now() - asked < EVERY) return;
  asked = Date.now();
  try {
    const answer = await fetch(latest, { cache: "no-cache" });
    if (!answer.ok || (await answer.json()).number <= number) return;
    clearInterval(timer);
    document.removeEventListener("visibilitychange", look);
    tellNewer();
  } catch {
    /* offline: the next time */
  }
};
const timer = setInterval(look, 30 * 1000);
document.addEventListener("visibilitychange", look);

const before = seenBefore();
const shown = document.querySelector(".since-visit");
if (shown) withSwitch(shown);
else if (before !== null && before < number) tellSince(before).catch(() => {});
