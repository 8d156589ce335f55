/* Each sentence and event has a menu: link, cite, report. A click or a tap on the passage opens it there; by keyboard the
   passages are entered by a button first, so that they are no stops on the way through the page: then the arrow keys go
   from one to the next, Enter opens the menu, Esc goes back. Without this script the same stands on the page of passages. */

import { words } from "./words.js";

const story = document.querySelector(".story[data-passages]");
const all = () => [...story.querySelectorAll(":is(.sections, .timeline) .sentence[id]")];
const { passages: address, permanent, report } = story?.dataset ?? {};
const AWAY = 6; // CSS pixels

const link = (textContent, href) => Object.assign(document.createElement("a"), { textContent, href });
const items = { link: link(words.link, permanent), cite: link(words.cite, address), report: link(words.report, report) };
const told = Object.assign(document.createElement("span"), { className: "menu-told" });
const menu = Object.assign(document.createElement("div"), { className: "passage-menu" });
let passage = null;
let page = null; // of all passages with their citations, once it was asked for

const quotations = async () => {
  page ??= fetch(address).then(async (answer) => {
    if (!answer.ok) throw new Error("no answer");
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  });
  try {
    return await page;
  } catch (error) {
    page = null; // the next time it is asked for anew
    throw error;
  }
};

/* In the page, so that it stays with its passage when that is scrolled. */
const place = (at) => {
  const { width, height } = menu.getBoundingClientRect();
  const above = at.top - AWAY - height;
  menu.style.top = `${scrollY + (above >= AWAY ? above : at.bottom + AWAY)}px`;
  menu.style.left = `${scrollX + Math.max(AWAY, Math.min(at.left, document.documentElement.clientWidth - width - AWAY))}px`;
};

const close = (andReturn = false) => {
  if (!passage) return;
  const closed = passage;
  passage.classList.remove("is-chosen");
  passage = null;
  menu.hidePopover();
  if (andReturn) closed.focus();
};

const open = (chosen, at) => {
  close();
  passage = chosen;
  passage.classList.add("is-chosen");
  told.textContent = "";
  items.link.href = `${permanent}#${passage.id}`;
  items.cite.href = `${address}#${passage.id}`;
  if (report) items.report.href = `${report}&passage=${passage.id}`;
  menu.showPopover();
  place(at);
  quotations().catch(() => {}); // so that it is there when it is to be copied
};

/* Where a browser copies nothing, the link is followed: it leads to what was to be copied. */
const copy = async (event, read, done, chosen = passage) => {
  if (!navigator.clipboard || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  try {
    await navigator.clipboard.writeText(await read(chosen));
    if (passage === chosen) told.textContent = done;
  } catch {
    if (passage === chosen) location.assign(event.target.href);
  }
};

const citation = async ({ id }) => (await quotations()).getElementById(id).querySelector(".quotation").textContent;

const go = (to) => {
  const one = all().at(to);
  one.tabIndex = -1;
  one.closest("details")?.setAttribute("open", "");
  one.focus();
};

const enter = () => {
  const list = all();
  const next = list.findIndex((one) => one.getBoundingClientRect().bottom > 0 && one.checkVisibility());
  go(Math.max(next, 0));
};

const STEPS = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

const keyInPassage = (event) => {
  const list = all();
  const at = list.indexOf(event.target);
  const to = event.key in STEPS ? at + STEPS[event.key] : { Home: 0, End: list.length - 1 }[event.key];
  if (event.key === "Enter" || event.key === " ") open(event.target, event.target.getClientRects()[0]);
  else if (event.key === "Escape") return entry.focus();
  else if (to === undefined) return;
  event.preventDefault();
  if (passage) items.link.focus();
  else if (list[to] && to >= 0) go(to);
};

const keyInMenu = (event) => {
  const list = [...menu.querySelectorAll("a[href]")];
  const at = list.indexOf(document.activeElement);
  if (event.key === "Escape") close(true);
  else if (event.key === "Tab") return close(true); // and on from the passage
  else if (event.key in STEPS) list.at((at + STEPS[event.key] + list.length) % list.length).focus();
  else return;
  event.preventDefault();
};

const key = (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  if (menu.contains(event.target)) keyInMenu(event);
  else if (event.target.matches?.(".sentence[id]")) keyInPassage(event);
  else if (event.key === "Escape") close();
};

const clicked = (event) => {
  if (menu.contains(event.target)) return;
  const chosen = event.target.closest?.(".sentence[id]");
  const isPlain = chosen && story.contains(chosen) && !event.target.closest("a, button, summary") && getSelection().isCollapsed;
  if (!isPlain || chosen === passage || event.detail > 1) return close();
  open(chosen, { top: event.clientY - 8, bottom: event.clientY + 8, left: event.clientX });
};

const entry = Object.assign(document.createElement("button"), { type: "button", className: "enter-passages", textContent: words.step });

if (story && "popover" in HTMLElement.prototype && all().length) {
  menu.popover = "manual";
  menu.setAttribute("role", "group");
  menu.setAttribute("aria-label", words.thisPassage);
  told.setAttribute("role", "status");
  menu.append(...[items.link, items.cite, report && items.report].filter(Boolean), told);
  document.querySelector("main").append(menu); // within a landmark
  items.link.addEventListener("click", (event) => copy(event, () => items.link.href, words.linkCopied));
  items.cite.addEventListener("click", (event) => copy(event, citation, words.citationCopied));
  entry.addEventListener("click", enter);
  entry.title = words.stepHow;
  document.getElementById("contents").after(entry);
  document.addEventListener("keydown", key);
  document.addEventListener("click", clicked);
}
