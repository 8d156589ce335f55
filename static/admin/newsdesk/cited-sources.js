/* A source that is cited stays: whoever wants to remove it is shown every place that rests on it. */

import { findMarkers } from "./markers.js";
import { numberOf } from "./story-sources.js";

const form = document.getElementById("story_form");
const holder = document.createElement("template");

const plain = (html) => {
  holder.innerHTML = html.replace(/<a\b.*?<\/a>/gis, " ").replace(/<(?:\/?(?:p|li|ul|ol|blockquote)|br)\b[^>]*>/gi, "$&\n");
  return holder.content.textContent;
};

/* Each text that may cite, with its row: what is there after a save. */
const texts = () =>
  Array.from(form.querySelectorAll("#id_standfirst, textarea[data-rich-text], .cell-what textarea, textarea[name$='-caption']"), (field) => {
    const editor = window.CKEDITOR?.instances[field.id];
    return { row: field.closest(".row"), field, text: field.matches("[data-rich-text]") ? plain(editor?.getData() ?? field.value) : field.value };
  }).filter(({ row }) => !row?.classList.contains("is-removed"));

const nameOf = ({ row, field }) => {
  if (!row) return "Standfirst";
  const title = row.querySelector(".row-title")?.textContent;
  if (field.matches("[data-rich-text]")) return `Section “${title}”`;
  if (field.name.endsWith("-caption")) return `Caption of “${title}”`;
  return `Event of ${row.querySelector(".cell-when input").value || "no date"}`;
};

const around = ({ text }, { start, end }) => {
  const from = Math.max(text.lastIndexOf(". ", start - 2) + 1, start - 90, 0);
  return `${from ? "…" : ""}${text.slice(from, end).replace(/\s+/g, " ").trim()}`;
};

/** Where the form's texts cite a number: the name of the place, its first words there, and the id to go to. */
const placesOf = (number) =>
  texts().flatMap((place) => {
    const marker = findMarkers(place.text).find(({ numbers }) => numbers.includes(number));
    return marker ? [{ name: nameOf(place), words: around(place, marker), id: place.row?.id || place.field.id }] : [];
  });

const refuse = (row, number, places) => {
  const box = Object.assign(document.createElement("div"), { className: "still-cited" });
  box.setAttribute("role", "alert");
  const list = document.createElement("ul");
  for (const { name, words, id } of places) {
    const item = document.createElement("li");
    item.append(Object.assign(document.createElement("a"), { href: `#${id}`, textContent: name }), `: ${words}`);
    list.append(item);
  }
  box.append(`Source ${number} stays, because it is cited ${places.length === 1 ? "here" : `in ${places.length} places`}. Take its marker out first:`, list);
  row.append(box);
};

const check = (box) => {
  const row = box.closest(".source-row");
  row.querySelector(".still-cited")?.remove();
  if (!box.checked) return;
  const number = numberOf(row);
  const places = number ? placesOf(number) : [];
  if (!places.length) return;
  box.checked = false;
  refuse(row, number, places);
};

/* Before rows.js hears of it. */
form?.addEventListener("change", ({ target }) => target.matches(".source-row input[name$='-DELETE']") && check(target), true);
