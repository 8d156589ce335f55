/* Markers in CKEditor's frame, highlighted by the browser: the text itself is not touched, so nothing of it is saved. */

import { findMarkers } from "./markers.js";
import { sourceOf } from "./story-sources.js";

/* The markers of each editor as last drawn: their ranges follow the text, and a pointer asks for them all the time. */
const drawn = new WeakMap();
const BLOCK = /^(P|LI|BLOCKQUOTE|UL|OL|DIV|BODY|BR)$/;

/* The runs of text that no marker crosses, each with its text nodes; words of links cite nothing. */
const runsOf = (body) => {
  const runs = [[]];
  const walker = body.ownerDocument.createTreeWalker(body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  let block = body;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.nodeType === Node.ELEMENT_NODE) {
      if (BLOCK.test(node.nodeName)) runs.push([]);
      continue;
    }
    const own = node.parentElement.closest("p, li, blockquote, body");
    if (own !== block) runs.push([]);
    block = own;
    runs.at(-1).push(node);
  }
  return runs.filter((run) => run.length);
};

const rangeIn = (run, start, end) => {
  const range = run[0].ownerDocument.createRange();
  let at = 0;
  for (const node of run) {
    const next = at + node.length;
    if (start >= at && start < next) range.setStart(node, start - at);
    if (end > at && end <= next) range.setEnd(node, end - at);
    at = next;
  }
  return range;
};

const markersIn = (editor) =>
  runsOf(editor.document.$.body).flatMap((run) => {
    const text = run.map((node) => (node.parentElement.closest("a") ? "x".repeat(node.length) : node.data)).join("");
    return findMarkers(text).map(({ numbers, start, end }) => ({ numbers, range: rangeIn(run, start, end) }));
  });

/** Mark them: what leads to a source, and what leads nowhere. Returns the numbers that lead nowhere. */
export const draw = (editor) => {
  const markers = markersIn(editor);
  drawn.set(editor, markers);
  const lost = (marker) => !marker.numbers.every(sourceOf);
  const { CSS: css, Highlight } = editor.window.$;
  if (css?.highlights) {
    css.highlights.set("resolved", new Highlight(...markers.filter((marker) => !lost(marker)).map(({ range }) => range)));
    css.highlights.set("unresolved", new Highlight(...markers.filter(lost).map(({ range }) => range)));
  }
  return [...new Set(markers.flatMap(({ numbers }) => numbers))].filter((number) => !sourceOf(number));
};

const within = (x, y) => ({ left, right, top, bottom }) => x >= left && x <= right && y >= top && y <= bottom;

/** The marker under a point of the frame, with its numbers and its place in the window. */
export const markerAt = (editor, x, y) => {
  for (const { numbers, range } of drawn.get(editor) ?? []) {
    const rect = [...range.getClientRects()].find(within(x, y));
    if (!rect) continue;
    const frame = editor.window.getFrame().$.getBoundingClientRect();
    return { numbers, rect: new DOMRect(rect.x + frame.x, rect.y + frame.y, rect.width, rect.height) };
  }
};

/** The marker that the caret stands in or just behind. */
export const markerAtCaret = (editor) => {
  const selection = editor.document.$.getSelection();
  if (!selection?.isCollapsed || !selection.anchorNode) return undefined;
  return (drawn.get(editor) ?? []).find(({ range }) => range.comparePoint(selection.anchorNode, selection.anchorOffset) === 0);
};
