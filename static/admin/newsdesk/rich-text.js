/* CKEditor in the sections: begun when a row is unfolded, ended while it is moved, since a moved frame is emptied. */

import { citePlugin } from "./citing.js";

const config = JSON.parse(document.getElementById("rich-text-config")?.textContent ?? "{}");
const texts = (row) => row.querySelectorAll("textarea[data-rich-text]");

const begin = (text) => {
  if (CKEDITOR.instances[text.id]) return;
  if (!CKEDITOR.plugins.registered.cite) CKEDITOR.plugins.add("cite", citePlugin);
  let isWanted = document.activeElement === text; // a quick hand is in the text before the editor is
  text.addEventListener("focus", () => (isWanted = true), { once: true });
  const editor = CKEDITOR.replace(text, { ...config, title: text.labels[0]?.textContent ?? "Text" });
  editor.on("instanceReady", () => isWanted && editor.focus());
  editor.on("contentDom", () => {
    const frame = editor.document.$;
    frame.documentElement.dataset.theme = document.documentElement.dataset.theme ?? "auto";
    frame.addEventListener("keydown", (event) => pass(event, text));
  });
  editor.on("change", () => text.form.dispatchEvent(new CustomEvent("story:changed")));
  editor.setKeystroke(CKEDITOR.CTRL + 83, "saveStory");
  editor.addCommand("saveStory", { exec: () => text.form.dispatchEvent(new CustomEvent("story:save", { cancelable: true })) });
  text.labels[0]?.addEventListener("click", () => editor.focus());
};

/* The page's own keys work from inside the frame too. */
const pass = (event, text) => {
  const { key, code, ctrlKey, metaKey, altKey, shiftKey } = event;
  const own = (altKey && shiftKey) || (altKey && ["ArrowUp", "ArrowDown"].includes(key)) || ((ctrlKey || metaKey) && ["Enter", "/", "S"].includes(key));
  if (!own) return;
  const passed = new KeyboardEvent("keydown", { key, code, ctrlKey, metaKey, altKey, shiftKey, bubbles: true, cancelable: true });
  if (!text.dispatchEvent(passed)) event.preventDefault();
};

const beginOpen = (row) => {
  if (row.querySelector("details")?.open) texts(row).forEach(begin);
};

const end = (row) => texts(row).forEach((text) => CKEDITOR.instances[text.id]?.destroy());

document.addEventListener(
  "toggle",
  (event) => event.target.matches?.(".section-row > details[open]") && texts(event.target).forEach(begin),
  true,
);
document.addEventListener("formset:added", (event) => beginOpen(event.target));
document.addEventListener("row:moving", (event) => end(event.target));
document.addEventListener("row:moved", (event) => beginOpen(event.target));
document.querySelectorAll(".section-row").forEach(beginOpen);
