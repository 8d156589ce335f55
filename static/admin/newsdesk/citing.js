/* Citing while writing: in CKEditor and in the texts of the timeline, Ctrl (or ⌘) and K finds a source and cites it. */

import * as editorMarks from "./marked-editor.js";
import * as textMarks from "./marked-text.js";
import { findMarkers } from "./markers.js";
import * as finder from "./finder.js";
import * as preview from "./source-preview.js";
import { addAddress } from "./paste-sources.js";
import { onSources } from "./story-sources.js";

const form = document.getElementById("story_form");
const TEXTS = ".cell-what textarea, #event-lines, #id_standfirst, textarea[name^=gallery-][name$=-caption]";
const mac = navigator.platform.startsWith("Mac");
const KEY = mac ? "⌘K" : "Ctrl+K";
const isCiteKey = ({ key, ctrlKey, metaKey, altKey, shiftKey }) => key?.toLowerCase() === "k" && (mac ? metaKey : ctrlKey) && !altKey && !shiftKey;
const sentence = (numbers) => (numbers.length ? `${numbers.map((number) => `[${number}]`).join(" ")} ${numbers.length === 1 ? "has" : "have"} no source in this story.` : "");

/* A marker stands apart from the word before it, and close to another marker. */
const spaced = (before, marker) => (before && !/[\s[\]([“‘]$/.test(before) ? ` ${marker}` : marker);

/* The line below a text: what is cited at the caret, what has no source, and the button. */
const noteOf = (owner, after) => {
  if (owner.citeNote) return owner.citeNote;
  const note = Object.assign(document.createElement("div"), { className: "cite-note" });
  for (const className of ["cite-lost", "cite-words"]) {
    const words = Object.assign(document.createElement("span"), { className });
    words.setAttribute("role", "status");
    note.append(words);
  }
  after.after(note);
  owner.citeNote = note;
  return note;
};

const say = (note, lost, cited) => {
  for (const [name, said] of [["lost", sentence(lost)], ["words", cited]]) {
    const words = note.querySelector(`.cite-${name}`);
    if (words.textContent !== said) words.textContent = said;
  }
};

/* A new address is cited where it was asked for, whatever is typed until its number is here. */
const citeNew = async (address, insert, note) => {
  try {
    insert(`[${await addAddress(address)}]`);
  } catch (error) {
    say(note(), [], error.message);
  }
  if (finder.isOpen()) finder.focus();
};

/* --- Texts of the timeline */

const atCaret = (text) => findMarkers(text.value).find(({ start, end }) => text.selectionStart > start && text.selectionStart <= end);

const write = (text, at, marker) => {
  text.focus();
  text.setSelectionRange(at, at);
  document.execCommand("insertText", false, spaced(text.value.slice(0, at), marker)); // so that it can be undone
};

/* Behind what is selected: a claim that one marks to cite it stays. */
const insertInto = (text) => (marker) => write(text, text.selectionEnd, marker);

/* What is typed meanwhile stands behind the marker, and the caret behind that. */
const insertLater = (text) => {
  const before = text.value.slice(0, text.selectionEnd);
  return (marker) => {
    const caret = text.selectionEnd;
    if (!text.value.startsWith(before)) return write(text, caret, marker);
    const length = text.value.length;
    write(text, before.length, marker);
    const moved = caret + text.value.length - length;
    if (caret > before.length) text.setSelectionRange(moved, moved);
  };
};

const findFor = (text) => {
  const add = (address) => citeNew(address, insertLater(text), () => noteOf(text, text));
  finder.open(text.getBoundingClientRect(), { insert: insertInto(text), add, back: () => text.focus() });
};

const tell = (text) => {
  const lost = textMarks.unresolved(text.value);
  const focused = document.activeElement === text;
  if (!lost.length && !focused && !text.citeNote) return;
  const note = noteOf(text, text);
  const marker = focused && atCaret(text);
  say(note, lost, marker ? preview.inWords(marker.numbers) : "");
  if (focused && !note.querySelector("button")) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "cite-button", textContent: "Cite…", title: KEY });
    button.addEventListener("click", () => findFor(text));
    note.append(button);
  }
};

const look = (text) => {
  tell(text);
  if (textMarks.unresolved(text.value).length || document.activeElement === text || text.classList.contains("has-sheet")) textMarks.draw(text);
};

const lookAtAll = () => {
  form.querySelectorAll(TEXTS).forEach((text) => text.value.includes("[") && look(text));
  Object.values(window.CKEDITOR?.instances ?? {}).forEach(lookInto);
};

form?.addEventListener("input", ({ target }) => target.matches(TEXTS) && look(target));
form?.addEventListener("focusin", ({ target }) => target.matches(TEXTS) && look(target));
form?.addEventListener("keyup", ({ target }) => target.matches(TEXTS) && tell(target));
form?.addEventListener("pointermove", ({ target, clientX, clientY }) => {
  if (!target.matches?.(TEXTS)) return preview.leave();
  if (!target.classList.contains("has-sheet") && target.value.includes("[")) textMarks.draw(target);
  const marker = textMarks.markerAt(target, clientX, clientY);
  if (marker) preview.show(marker.numbers, marker.rect, target.closest(".row")?.id);
  else preview.leave();
});
form?.addEventListener("keydown", (event) => {
  if (!isCiteKey(event) || !event.target.matches(TEXTS)) return;
  event.preventDefault();
  findFor(event.target);
});

/* --- CKEditor */

const caretOf = (editor) => {
  const selection = editor.document.$.getSelection();
  const rect = selection.rangeCount && selection.getRangeAt(0).getClientRects()[0];
  const frame = editor.window.getFrame().$.getBoundingClientRect();
  if (!rect) return new DOMRect(frame.x + 16, frame.y, 0, 32);
  return new DOMRect(frame.x + rect.x, Math.min(frame.y + rect.y, frame.bottom - 24), rect.width, rect.height);
};

const textBefore = (editor) => {
  const { anchorNode, anchorOffset } = editor.document.$.getSelection();
  return anchorNode?.nodeType === Node.TEXT_NODE ? anchorNode.data.slice(0, anchorOffset).replace(/\u200b/g, "") : "";
};

const insertAt = (editor, marker) => {
  editor.fire("saveSnapshot");
  editor.document.$.execCommand("insertText", false, spaced(textBefore(editor), marker)); // CKEditor's own makes the space a protected one
  editor.fire("saveSnapshot");
  lookInto(editor);
};

const insertIntoEditor = (editor) => (marker) => {
  editor.focus();
  const selection = editor.document.$.getSelection();
  if (selection.rangeCount) selection.collapseToEnd();
  insertAt(editor, marker);
};

const insertLaterIntoEditor = (editor) => {
  const selection = editor.document.$.getSelection();
  if (!selection.rangeCount) return insertIntoEditor(editor);
  const place = selection.getRangeAt(0).cloneRange();
  place.collapse(false);
  return (marker) => {
    if (!place.startContainer.isConnected) return insertIntoEditor(editor)(marker);
    const caret = selection.getRangeAt(0).cloneRange();
    const isThere = caret.compareBoundaryPoints(Range.START_TO_START, place) === 0;
    editor.focus();
    selection.collapse(place.startContainer, place.startOffset);
    insertAt(editor, marker);
    if (!isThere) selection.collapse(caret.endContainer, caret.endOffset);
  };
};

const findForEditor = (editor) => {
  editor.focus();
  const add = (address) => citeNew(address, insertLaterIntoEditor(editor), () => noteOf(editor, editor.container.$));
  finder.open(caretOf(editor), { insert: insertIntoEditor(editor), add, back: () => editor.focus() });
};

const lookInto = (editor) => {
  if (!editor.document || editor.status !== "ready") return;
  const lost = editorMarks.draw(editor);
  const marker = editor.focusManager.hasFocus && editorMarks.markerAtCaret(editor);
  say(noteOf(editor, editor.container.$), lost, marker ? preview.inWords(marker.numbers) : "");
};

const watch = (editor) => {
  const frame = editor.document.$;
  let due = 0;
  const soon = () => {
    cancelAnimationFrame(due);
    due = requestAnimationFrame(() => lookInto(editor));
  };
  ["input", "keyup", "pointerup"].forEach((name) => frame.addEventListener(name, soon));
  frame.addEventListener("pointermove", ({ clientX, clientY }) => {
    const marker = editorMarks.markerAt(editor, clientX, clientY);
    if (marker) preview.show(marker.numbers, marker.rect, editor.container.$.closest(".row")?.id);
    else preview.leave();
  });
  frame.addEventListener("keydown", ({ key }) => key === "Escape" && preview.hide());
  frame.addEventListener("pointerdown", finder.leave);
  frame.addEventListener("pointerleave", preview.leave);
  lookInto(editor);
};

/** Add the Cite button and its key to CKEditor. */
export const citePlugin = {
  init: (editor) => {
    editor.addCommand("cite", { exec: findForEditor, editorFocus: true });
    editor.setKeystroke(CKEDITOR.CTRL + 75, "cite");
    editor.ui.addButton("Cite", { label: `Cite (${KEY})`, command: "cite", toolbar: "cite" });
    editor.on("contentDom", () => watch(editor));
    editor.on("change", () => requestAnimationFrame(() => lookInto(editor)));
    editor.on("destroy", () => editor.citeNote?.remove());
  },
};

let due = 0;
const lookSoon = () => {
  cancelAnimationFrame(due);
  due = requestAnimationFrame(lookAtAll);
};

if (form) {
  onSources(lookSoon);
  lookSoon();
}
