/* Sources from a pasted list: the server reads it and gives the numbers, each entry becomes a row of the form. */

import { add } from "./rows.js";
import { maySend } from "./sending.js";
import { numberOf } from "./story-sources.js";

const form = document.getElementById("story_form");
const dialog = document.getElementById("paste-sources");
const text = document.getElementById("paste-sources-text");
const file = document.getElementById("paste-sources-file");
const said = document.getElementById("paste-sources-said");
const FIELDS = ["url", "title", "outlet", "published", "authors", "archive_url", "language"];
const MOST_BYTES = 2000000;
const SIGNED_OUT = "You are signed out, so nothing was added. Your list is still here: sign in in another tab and add it again.";
const NO_ANSWER = "The server does not answer, so nothing was added. Your list is still here: try again in a moment.";
let into = null; // the empty row from which the dialog was opened
let asking = false;

const rows = () => Array.from(form.querySelectorAll('[data-rows="sources"] > .row'));
const field = (row, name) => row.querySelector(`[name$="-${name}"]`);
const isEmpty = (row) => !row.classList.contains("is-removed") && !row.querySelector(".source-number") && FIELDS.every((name) => !field(row, name).value.trim());

const paragraph = (words, className = "") => Object.assign(document.createElement("p"), { textContent: words, className });

const list = (heading, items) => {
  if (!items.length) return [];
  const element = document.createElement("ul");
  element.append(...items.map((words) => Object.assign(document.createElement("li"), { textContent: words })));
  return [Object.assign(document.createElement("h3"), { textContent: heading }), element];
};

const tell = (...parts) => said.replaceChildren(...parts);

/* [3]–[7], [9] */
const runs = (numbers) => {
  const found = [];
  [...numbers].sort((one, other) => one - other).forEach((number) => {
    const last = found.at(-1);
    if (last && number === last[1] + 1) last[1] = number;
    else found.push([number, number]);
  });
  return found.map(([from, to]) => (from === to ? `[${from}]` : `[${from}]–[${to}]`)).join(", ");
};

const counted = (count, word) => `${count} ${word}${count === 1 ? "" : "s"}`;

const summary = (added, known) => {
  if (!added.length) return "Nothing was added.";
  const numbers = added.map(numberOf).filter(Boolean);
  const reports = known ? `; ${known === 1 ? "one is a report" : `${known} are reports`} that Newsdesk already knows` : "";
  return `${counted(added.length, "source")} added${numbers.length ? `: ${runs(numbers)}` : ""}${reports}.`;
};

const fill = (row, entry) =>
  FIELDS.forEach((name) => {
    field(row, name).value = entry[name];
  });

/* A row for each new source; the first goes into the empty row, where the list was pasted into one. */
const place = async (entries) => {
  const added = entries.map((entry, index) => {
    const row = index === 0 && into?.isConnected && isEmpty(into) ? into : add("sources", { focus: false, told: entry });
    fill(row, entry);
    row.dispatchEvent(new CustomEvent("rows:changed", { bubbles: true }));
    return row;
  });
  await Promise.all(added.map((row) => row.numbered));
  if (added.length) form.dispatchEvent(new CustomEvent("story:changed", { detail: "sources" }));
  return added;
};

const report = (answer, added) => {
  const at = ({ place }) => (place ? `${place}: ` : "");
  tell(
    paragraph(summary(added, answer.rows.filter(({ known }) => known).length), "desk-dialog-outcome"),
    ...list("A source already", answer.already.map(({ number, url }) => `${url} is source [${number}].`)),
    ...list("Not understood, and left above", answer.problems.map((one) => `${at(one)}${one.sentence}${one.words ? ` “${one.words}”` : ""}`)),
    ...list("Please check", answer.notes.map((one) => `${at(one)}${one.sentence}`)),
  );
};

const question = (words) => {
  const data = new FormData();
  data.set("csrfmiddlewaretoken", form.querySelector("input[name=csrfmiddlewaretoken]").value);
  data.set("text", words);
  data.set("above", Math.max(0, ...rows().map(numberOf)));
  const present = rows().filter(numberOf).map((row) => [numberOf(row), row.classList.contains("is-removed") ? "" : field(row, "url").value]);
  data.set("present", JSON.stringify(Object.fromEntries(present)));
  if (into?.isConnected && isEmpty(into)) data.set("into", numberOf(into) || "");
  return data;
};

const ask = async (words) => {
  await form.pending; // a story that is just being begun has its own address in a moment
  if (!(await maySend(form))) throw new Error(SIGNED_OUT);
  const answer = await fetch(form.dataset.paste ?? dialog.dataset.address, { method: "POST", body: question(words), headers: { Accept: "application/json" } });
  if (!answer.headers.get("Content-Type")?.includes("json")) throw new Error(answer.redirected ? SIGNED_OUT : NO_ANSWER);
  const told = await answer.json();
  if (!answer.ok) throw new Error(told.message);
  return told;
};

/** The number of the source at an address: one that the story has, in whatever spelling, or a new row's. Throws an Error
    with a sentence where there is none. */
export const addAddress = async (address) => {
  into = null;
  const answer = await ask(address).catch((error) => {
    throw error instanceof TypeError ? new Error("The server does not answer, so no source was added.") : error;
  });
  const [row] = await place(answer.rows);
  const number = row ? numberOf(row) : answer.already[0]?.number;
  if (!number) throw new Error(answer.problems[0]?.sentence ?? "The source was added without a number; cite it after the save.");
  return number;
};

const wait = (is) => {
  asking = is;
  dialog.toggleAttribute("aria-busy", is);
  text.readOnly = is;
};

const send = async () => {
  if (asking || !text.value.trim()) return text.focus();
  if (new Blob([text.value]).size > MOST_BYTES) return tell(paragraph("The list is larger than 2 MB. Paste a part of it at a time.", "refused"));
  wait(true);
  tell(paragraph("Reading the list…"));
  try {
    const answer = await ask(text.value);
    const added = await place(answer.rows);
    into = null;
    text.value = answer.unread;
    report(answer, added);
    const next = answer.unread ? text : dialog.querySelector(".desk-dialog-buttons [data-close]");
    next.focus({ preventScroll: true });
    said.firstElementChild.scrollIntoView({ block: "nearest" });
  } catch (error) {
    tell(paragraph(error instanceof TypeError ? NO_ANSWER : error.message, "refused"));
  }
  wait(false);
};

const open = (words = "", row = null) => {
  into = row;
  if (words) text.value = text.value.trim() ? `${text.value.trimEnd()}\n${words}` : words;
  tell();
  dialog.showModal();
  text.focus();
};

/* Text as the program that wrote the file encoded it; most write UTF-8, spreadsheets often do not. */
const decode = (bytes) => {
  const [first, second] = new Uint8Array(bytes);
  if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
};

const takeFile = async () => {
  const [chosen] = file.files;
  file.value = "";
  if (!chosen) return;
  if (chosen.size > MOST_BYTES) return tell(paragraph("The file is larger than 2 MB. Paste a part of it at a time.", "refused"));
  text.value = decode(await chosen.arrayBuffer());
  tell(paragraph(`“${chosen.name}” is in the field above. Add them when it is what you meant.`));
  text.focus();
};

const isList = (words) => /\S\s*[\r\n]\s*\S|^\s*@\w+\s*[{(]|^\s*(?:\{\s*"|\[\s*[{"])|https?:\/\/\S+\s[^]*https?:\/\//.test(words);

if (form && dialog) {
  document.addEventListener("click", ({ target }) => target.closest("[data-paste-sources]") && open());
  form.addEventListener("paste", (event) => {
    const words = event.clipboardData?.getData("text/plain") ?? "";
    if (!event.target.matches?.(".source-row input[name$='-url']") || !isList(words)) return;
    event.preventDefault();
    const row = event.target.closest(".source-row");
    open(words, isEmpty(row) ? row : null);
  });
  dialog.addEventListener("click", ({ target }) => {
    if (target.closest("[data-close]")) dialog.close();
    if (target.closest("[data-send]")) send();
  });
  dialog.addEventListener("keydown", (event) => {
    const withControl = event.ctrlKey || event.metaKey;
    if (withControl && event.key === "Enter") send();
    if (withControl && ["Enter", "s", "k"].includes(event.key)) event.preventDefault();
    event.stopPropagation(); // what the form does with keys is not meant here
  });
  dialog.addEventListener("cancel", (event) => asking && event.preventDefault());
  file.addEventListener("change", takeFile);
}
