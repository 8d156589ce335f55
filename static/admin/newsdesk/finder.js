/* The finder: a few words, a list of what they mean, Enter. It stands above the page and gives the focus back. */

import { findMarkers } from "./markers.js";
import { host, nameOf, originOf, search, sourceOf } from "./story-sources.js";

const MOST = 8;
const ADDRESS = /^https?:\/\/\S+$/i;

const make = (tag, attributes = {}, ...inside) => {
  const element = Object.assign(document.createElement(tag), attributes);
  element.append(...inside);
  return element;
};

const input = make("input", { type: "text", autocomplete: "off", spellcheck: false, placeholder: "Words of a title, an outlet, a number, or a new address" });
input.setAttribute("role", "combobox");
input.setAttribute("aria-label", "Find a source to cite");
input.setAttribute("aria-controls", "finder-list");
input.setAttribute("aria-expanded", "true");
input.setAttribute("aria-autocomplete", "list");
const list = make("ul", { id: "finder-list" });
list.setAttribute("role", "listbox");
list.setAttribute("aria-label", "Sources");
const hint = make("p", { className: "finder-hint", textContent: "Enter cites. Shift and Enter cites one more. Esc closes." });
const none = make("p", { className: "finder-none" });
none.setAttribute("role", "status");
const box = make("div", { className: "finder", popover: "manual" }, input, list, none, hint);

let choices = [];
let chosen = 0;
let asked = null; // { insert, back } while the finder is open

/* Several numbers, or a run of them, as a marker holds them: only such as the story has. */
const many = (text) => {
  const typed = `[${text.replace(/\]\s*\[/g, ", ").replace(/[[\]]/g, "")}]`;
  const [marker] = findMarkers(typed);
  const is = marker?.end === typed.length && marker.numbers.length > 1 && marker.numbers.every(sourceOf);
  return is ? [{ marker: typed, words: `Cite ${marker.numbers.length} sources`, detail: marker.numbers.join(", ") }] : [];
};

const known = (text) => {
  if (!ADDRESS.test(text)) return search(text);
  return search("").filter(({ url }) => url === text);
};

const choicesFor = (text) => {
  const found = known(text).slice(0, MOST).map((source) => ({ marker: `[${source.number}]`, words: nameOf(source), detail: originOf(source) }));
  const add = ADDRESS.test(text) && !found.length ? [{ address: text, words: `Add ${host(text)} as a new source and cite it`, detail: text }] : [];
  return [...many(text), ...found, ...add];
};

const option = (choice, index) => {
  const words = make("span", { className: "finder-words" }, make("span", { className: "finder-title", textContent: choice.words }), make("span", { className: "finder-detail", textContent: choice.detail }));
  const item = make("li", { id: `finder-${index}` }, make("span", { className: "finder-marker", textContent: choice.marker ?? "new" }), words);
  item.setAttribute("role", "option");
  item.addEventListener("pointerdown", (event) => event.preventDefault());
  item.addEventListener("click", () => take(index));
  return item;
};

const mark = (index) => {
  chosen = Math.max(0, Math.min(index, choices.length - 1));
  list.querySelectorAll("li").forEach((item, at) => item.setAttribute("aria-selected", String(at === chosen)));
  input.setAttribute("aria-activedescendant", choices.length ? `finder-${chosen}` : "");
  list.children[chosen]?.scrollIntoView({ block: "nearest" });
};

const show = () => {
  choices = choicesFor(input.value.trim());
  list.replaceChildren(...choices.map(option));
  list.hidden = !choices.length;
  none.textContent = choices.length ? "" : input.value.trim() ? "No source of the story says that. Paste an address to add one." : "The story has no source yet. Paste an address to add one.";
  mark(0);
};

const take = (index, { stay = false } = {}) => {
  const choice = choices[index];
  if (!choice || !asked) return;
  const { insert, add } = asked;
  if (!stay) close();
  if (choice.address) add(choice.address);
  else insert(choice.marker);
  if (!stay) return;
  input.value = "";
  show();
  input.focus();
};

/** Close the finder and give the focus back. */
export const close = () => {
  if (!asked) return;
  const { back } = asked;
  asked = null;
  box.hidePopover();
  back();
};

/** Close it where somebody has gone elsewhere: the focus is theirs already. */
export const leave = () => {
  if (!asked) return;
  asked = null;
  box.hidePopover();
};

const keys = {
  ArrowDown: () => mark(chosen + 1),
  ArrowUp: () => mark(chosen - 1),
  Escape: close,
  Tab: close,
};

input.addEventListener("input", show);
input.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  if (event.key === "Enter") take(chosen, { stay: event.shiftKey });
  else if (keys[event.key]) keys[event.key]();
  else return;
  event.preventDefault();
  event.stopPropagation();
});
document.addEventListener("pointerdown", ({ target }) => asked && !box.contains(target) && leave());

const stand = ({ left, bottom, top }) => {
  const width = Math.min(480, innerWidth - 16);
  box.style.width = `${width}px`;
  box.style.left = `${Math.max(8, Math.min(left, innerWidth - width - 8))}px`;
  const below = innerHeight - bottom > 320 || bottom < innerHeight / 2;
  box.style.top = below ? `${bottom + 4}px` : "auto";
  box.style.bottom = below ? "auto" : `${innerHeight - top + 4}px`;
};

/** Whether the finder is open; then it keeps the focus. */
export const isOpen = () => asked !== null;

export const focus = () => input.focus();

/** Open the finder beside `rect` (of the window). `insert` gets a marker, `add` an address that is new, `back` the focus. */
export const open = (rect, { insert, add, back }) => {
  if (!box.isConnected) document.body.append(box);
  asked = { insert, add, back };
  input.value = "";
  show();
  stand(rect);
  box.showPopover();
  input.focus();
};
