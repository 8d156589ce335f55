/* What a marker leads to, shown beside it: by pointer it stays while one is over it, Esc takes it away. */

import { nameOf, originOf, sourceOf } from "./story-sources.js";

const box = Object.assign(document.createElement("div"), { className: "source-preview", id: "source-preview", popover: "manual" });
let shown = "";
let leaving = 0;

const evidence = JSON.parse(document.getElementById("evidence")?.textContent ?? "[]");

/* What is kept of where in the report it says so, for the sentences of one section or event. */
const evidenceFor = (number, passage) =>
  evidence
    .filter((one) => one.number === number && one.passage === passage)
    .map(({ quote, locator, checked }) => {
      const words = [quote && `“${quote}”`, [locator, checked].filter(Boolean).join(", ")].filter(Boolean).join(" – ");
      return Object.assign(document.createElement("span"), { className: "preview-evidence", textContent: words });
    });

const line = (number, passage) => {
  const source = sourceOf(number);
  const item = document.createElement("p");
  const marker = Object.assign(document.createElement("span"), { className: "finder-marker", textContent: `[${number}]` });
  if (!source) {
    item.className = "lost";
    item.append(marker, ` The story has no source ${number}.`);
    return item;
  }
  const name = Object.assign(document.createElement("a"), { href: `#${source.row.id || source.row.querySelector("input[name$='-url']").id}`, textContent: nameOf(source) });
  const origin = Object.assign(document.createElement("span"), { className: "finder-detail", textContent: originOf(source) });
  item.append(marker, " ", name, " ", origin, ...evidenceFor(number, passage));
  return item;
};

/** Show the sources of these numbers, cited in a passage, beside a rectangle of the window. */
export const show = (numbers, rect, passage) => {
  clearTimeout(leaving);
  const key = `${numbers} ${Math.round(rect.x)} ${Math.round(rect.y)}`;
  if (shown === key) return;
  shown = key;
  if (!box.isConnected) document.body.append(box);
  box.replaceChildren(...numbers.slice(0, 8).map((number) => line(number, passage)));
  box.showPopover();
  const width = Math.min(380, innerWidth - 16);
  box.style.width = `${width}px`;
  box.style.left = `${Math.max(8, Math.min(rect.left - 12, innerWidth - width - 8))}px`;
  const above = rect.bottom + box.offsetHeight + 12 > innerHeight;
  box.style.top = `${above ? rect.top - box.offsetHeight - 4 : rect.bottom + 4}px`;
};

export const hide = () => {
  clearTimeout(leaving);
  if (!shown) return;
  shown = "";
  box.hidePopover();
};

/** Hide it unless the pointer goes onto it within a moment. */
export const leave = () => {
  clearTimeout(leaving);
  if (shown) leaving = setTimeout(hide, 250);
};

/** The sources of these numbers in one line of words. */
export const inWords = (numbers) =>
  numbers
    .map((number) => {
      const source = sourceOf(number);
      return source ? `[${number}] ${[nameOf(source), originOf(source)].filter(Boolean).join(" · ")}` : `[${number}] has no source`;
    })
    .join("; ");

box.addEventListener("pointerenter", () => clearTimeout(leaving));
box.addEventListener("pointerleave", leave);
box.addEventListener("click", hide);
document.addEventListener("keydown", ({ key }) => key === "Escape" && hide());
addEventListener("scroll", hide, { passive: true });
