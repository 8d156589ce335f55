/* The timeline: events stand in the order of their dates while these are typed, and lines become events. */

import { add, place, recount } from "./rows.js";

const form = document.getElementById("story_form");
const part = form?.querySelector('[data-rows="timeline"]');
const lines = document.getElementById("event-lines");
const said = document.getElementById("events-said");
const PAUSE = 600; // milliseconds without a key, after which a date counts as typed
const read = new Map(); // how the server read each date

const when = (row) => row.querySelector(".cell-when input");
const rows = () => [...part.querySelectorAll(":scope > .row")];
const say = (words) => (said.textContent = words);

const ask = async (address, name, value) => {
  const data = new FormData();
  data.set("csrfmiddlewaretoken", form.querySelector("input[name=csrfmiddlewaretoken]").value);
  data.set(name, value);
  const answer = await fetch(address, { method: "POST", body: data, headers: { Accept: "application/json" } });
  if (!answer.headers.get("Content-Type")?.includes("json")) throw new Error(answer.redirected ? "You are signed out." : "The server does not answer.");
  const told = await answer.json();
  if (!answer.ok) throw new Error(told.message);
  return told;
};

/* How every date on the page is read; only those not asked for yet are asked. */
const learn = async () => {
  const unknown = [...new Set(rows().map((row) => when(row).value.trim()))].filter((text) => !read.has(text));
  if (!unknown.length) return;
  const { dates } = await ask(part.dataset.dates, "dates", JSON.stringify(unknown));
  Object.entries(dates).forEach(([text, how]) => read.set(text, how));
};

const known = (row) => read.get(when(row).value.trim());
const momentOf = (row) => known(row)?.moment ?? [1];

const compare = (one, other) => {
  for (let at = 0; at < Math.min(one.length, other.length); at += 1) {
    if (one[at] < other[at]) return -1;
    if (one[at] > other[at]) return 1;
  }
  return one.length - other.length;
};

/* What a date is read as is said where that differs from how it was typed. */
const tell = (row) => {
  const how = known(row);
  const typed = when(row).value.trim();
  const cell = when(row).closest(".cell-when");
  let note = cell.querySelector(".unreadable, .date-reads");
  const words = how?.error || (how?.reads && how.reads !== typed.replace(/\s+/g, " ") ? `read as ${how.reads}` : "");
  if (!words) return note?.remove();
  if (!note) cell.append((note = document.createElement("p")));
  note.className = how.error ? "unreadable" : "date-reads";
  note.setAttribute("role", "status");
  if (note.textContent !== words) note.textContent = words;
};

const isInPlace = (row) => {
  const [before, after] = [row.previousElementSibling, row.nextElementSibling];
  return (!before?.matches(".row") || compare(momentOf(before), momentOf(row)) <= 0) && (!after?.matches(".row") || compare(momentOf(row), momentOf(after)) <= 0);
};

const TOOLS = [["up", "↑"], ["down", "↓"]].map(([direction, sign]) => {
  const button = Object.assign(document.createElement("button"), { type: "button", className: "tool", title: `Move ${direction}`, textContent: sign });
  button.dataset.move = direction;
  button.setAttribute("aria-label", `Move ${direction}`);
  return button;
});

/* Events of one moment can be moved among themselves, by buttons too. */
const offerMoves = () => {
  const all = rows();
  all.forEach((row) => (row.dataset.moment = JSON.stringify(momentOf(row))));
  all.forEach((row, at) => {
    const alike = [all[at - 1], all[at + 1]].some((other) => other?.dataset.moment === row.dataset.moment);
    const tools = row.querySelector(".row-tools");
    if (alike && !tools.querySelector("[data-move]")) tools.prepend(...TOOLS.map((button) => button.cloneNode(true)));
    if (!alike) tools.querySelectorAll("[data-move]").forEach((button) => button.remove());
  });
};

/* Before the first event that is later; rows without a date yet are left where they are typed. */
const putInOrder = (row) => {
  if (isInPlace(row)) return false;
  const later = rows().find((other) => other !== row && compare(momentOf(other), momentOf(row)) > 0);
  place(row, () => (later ? later.before(row) : part.append(row)));
  return true;
};

const settle = async (row) => {
  try {
    await learn();
  } catch {
    return; // the save puts it in order
  }
  if (!row.isConnected) return;
  tell(row);
  const moved = when(row).value.trim() && putInOrder(row);
  offerMoves();
  if (moved) {
    const next = row.nextElementSibling;
    say(`The event of ${when(row).value} now stands ${next ? `before ${when(next).value || "an event without date"}` : "last"}.`);
    form.dispatchEvent(new CustomEvent("story:changed"));
  }
};

let pause = 0;
part?.addEventListener("input", ({ target }) => {
  if (!target.matches(".cell-when input")) return;
  clearTimeout(pause);
  pause = setTimeout(settle, PAUSE, target.closest(".row"));
});
part?.addEventListener("change", ({ target }) => {
  if (!target.matches(".cell-when input")) return;
  clearTimeout(pause);
  settle(target.closest(".row"));
});

/* Enter goes on: from the date to the text, from the text to the next event, from the last to a new one. */
part?.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.ctrlKey || event.metaKey || event.isComposing) return;
  const row = event.target.closest(".row");
  if (!row || !event.target.matches(".cell-when input, .cell-what textarea")) return;
  event.preventDefault();
  if (event.target.matches("input")) row.querySelector("textarea").focus();
  else if (row.nextElementSibling) when(row.nextElementSibling).focus();
  else add("timeline");
});

const HELD = "Events stand in the order of their dates. Change the date to move this one.";
part?.addEventListener("row:held", () => say(HELD));
part?.addEventListener("row:dropped", async ({ target }) => {
  await learn().catch(() => {});
  if (known(target) && putInOrder(target)) say(HELD);
  offerMoves();
});

/* --- Lines become events */

const addEvent = ({ date, text, reads, moment, error }) => {
  const row = add("timeline", { focus: false });
  when(row).value = date;
  row.querySelector("textarea").value = text;
  read.set(date.trim(), { reads, moment, error });
  tell(row);
  putInOrder(row);
  return row;
};

const count = (many, one, more) => `${many} ${many === 1 ? one : more}`;

const takeBack = (added) => {
  added.forEach((row) => {
    const box = row.querySelector("input[name$='-DELETE']");
    box.checked = true;
    box.dispatchEvent(new Event("change", { bubbles: true }));
  });
  say(`${count(added.length, "event is", "events are")} taken out again.`);
  lines.focus();
};

const report = (events, added) => {
  const faulty = events.map((event, at) => [event, added[at]]).filter(([event]) => event.problem);
  say(`${count(added.length, "event", "events")} added, each in its place. `);
  if (faulty.length) {
    said.append(`${count(faulty.length, "needs", "need")} a look: `);
    faulty.slice(0, 12).forEach(([event, row]) => {
      said.append(Object.assign(document.createElement("a"), { href: `#${when(row).id}`, textContent: event.problem }), " ");
    });
  }
  const back = Object.assign(document.createElement("button"), { type: "button", className: "cite-button", textContent: added.length === 1 ? "Take it out again" : "Take them out again" });
  back.addEventListener("click", () => takeBack(added));
  said.append(back);
};

const addLines = async () => {
  const text = lines.value;
  if (!text.trim() || lines.readOnly) return;
  lines.readOnly = true;
  try {
    const { events } = await ask(part.dataset.lines, "text", text);
    await learn();
    const added = events.map(addEvent);
    offerMoves();
    recount(part);
    lines.value = "";
    report(events, added);
    form.dispatchEvent(new CustomEvent("story:changed"));
    added.forEach((row) => row.querySelector("textarea").dispatchEvent(new Event("input", { bubbles: true }))); // its markers are looked at
  } catch (error) {
    say(`Nothing was added. ${error.message} What you typed is still here.`);
  }
  lines.readOnly = false;
  lines.focus();
};

lines?.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  event.stopPropagation();
  addLines();
});
document.getElementById("add-event-lines")?.addEventListener("click", addLines);

/* A save takes lines along that stand there still. */
if (form && lines) {
  form.addEventListener("submit", () => lines.value.trim() && (form.pending = Promise.all([form.pending, addLines()])), true);
  form.heldBack = () => (lines.value.trim() ? "The lines above the timeline could not be added, so this was not sent. Everything you typed is still here: add them first, or take them out." : "");
}
