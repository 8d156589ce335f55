/* The page's own keys, and the sheet that says which there are. */

import { goTo } from "./story-form.js";

const form = document.getElementById("story_form");
const sheet = document.getElementById("keys");
const PARTS = ["findings", "head", "sections-part", "sources-part", "timeline-part", "gallery-part", "resources-part", "sub-stories", "filing"];
const WRITING = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]";

const open = () => {
  if (document.querySelector("dialog[open]")) return;
  sheet.showModal();
  sheet.querySelector("h2").focus();
};

document.addEventListener("keydown", (event) => {
  const { key, code, ctrlKey, metaKey, altKey, shiftKey, target } = event;
  const digit = /^Digit([0-8])$/.exec(code)?.[1];
  if (!form || event.defaultPrevented) return;
  if (altKey && shiftKey && !ctrlKey && digit) goTo(PARTS[digit]);
  else if ((ctrlKey || metaKey) && key === "/") open();
  else if (key === "?" && !ctrlKey && !metaKey && !altKey && !target.closest?.(WRITING)) open();
  else return;
  event.preventDefault();
});

document.querySelectorAll("[data-keys]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", open);
});
sheet?.querySelectorAll("[data-close]").forEach((button) => button.addEventListener("click", () => sheet.close()));
