/* CKEditor in the sections: begun when a row is unfolded, ended while it is moved, since a moved frame is emptied. */

const config = JSON.parse(document.getElementById("rich-text-config")?.textContent ?? "{}");
const texts = (row) => row.querySelectorAll("textarea[data-rich-text]");

const begin = (text) => {
  if (CKEDITOR.instances[text.id]) return;
  const editor = CKEDITOR.replace(text, { ...config, title: text.labels[0]?.textContent ?? "Text" });
  editor.on("contentDom", () => (editor.document.$.documentElement.dataset.theme = document.documentElement.dataset.theme ?? "auto"));
  editor.on("change", () => text.form.dispatchEvent(new CustomEvent("story:changed")));
  editor.setKeystroke(CKEDITOR.CTRL + 83, "saveStory");
  editor.addCommand("saveStory", { exec: () => text.form.dispatchEvent(new CustomEvent("story:save", { cancelable: true })) });
  text.labels[0]?.addEventListener("click", () => editor.focus());
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
