/* Markers in a plain textarea, drawn on a sheet behind it: what is typed stays untouched. */

import { findMarkers } from "./markers.js";
import { sourceOf } from "./story-sources.js";

const sheets = new WeakMap();
const COPIED = ["font", "letterSpacing", "lineHeight", "padding", "borderWidth", "textIndent", "direction", "textAlign", "tabSize"];

/** The numbers in a text that no source of the story has. */
export const unresolved = (text) => [...new Set(findMarkers(text).flatMap(({ numbers }) => numbers))].filter((number) => !sourceOf(number));

const dress = (sheet, text) => {
  const style = getComputedStyle(text);
  COPIED.forEach((name) => (sheet.style[name] = style[name]));
  Object.assign(sheet.style, { top: `${text.offsetTop}px`, left: `${text.offsetLeft}px`, width: `${text.offsetWidth}px`, height: `${text.offsetHeight}px` });
};

const mark = (text, { numbers, start, end }) => {
  const piece = document.createElement("mark");
  piece.textContent = text.slice(start, end);
  piece.dataset.numbers = numbers.join(" ");
  piece.className = numbers.every(sourceOf) ? "resolved" : "unresolved";
  return piece;
};

/** Draw the markers of a textarea anew. */
export const draw = (text) => {
  let sheet = sheets.get(text);
  if (!sheet) {
    sheet = Object.assign(document.createElement("div"), { className: "marker-sheet" });
    sheet.setAttribute("aria-hidden", "true");
    text.before(sheet);
    text.classList.add("has-sheet");
    sheets.set(text, sheet);
    new ResizeObserver(() => dress(sheet, text)).observe(text);
    text.addEventListener("scroll", () => (sheet.scrollTop = text.scrollTop));
  }
  const pieces = [];
  let at = 0;
  for (const marker of findMarkers(text.value)) {
    pieces.push(text.value.slice(at, marker.start), mark(text.value, marker));
    at = marker.end;
  }
  sheet.replaceChildren(...pieces, text.value.slice(at), "\n"); // its measures follow the observer: asked here, a page of lost markers would be laid out once for each
};

/** The marker under a point of the window, with its numbers and its place, or undefined. */
export const markerAt = (text, x, y) => {
  for (const piece of sheets.get(text)?.querySelectorAll("mark") ?? []) {
    const rect = [...piece.getClientRects()].find(({ left, right, top, bottom }) => x >= left && x <= right && y >= top && y <= bottom);
    if (rect) return { numbers: piece.dataset.numbers.split(" ").map(Number), rect };
  }
};
