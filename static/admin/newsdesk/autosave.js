/* What is typed is kept: beside the draft on the server, and in this browser while the server is away.
   It never saves the draft, and it tells the editor who else is there. */

import { maySend } from "./sending.js";

const form = document.getElementById("story_form");
const EVERY = 1500; // milliseconds of change
const BEAT = 20000;
const kept = document.getElementById("kept");
const others = document.getElementById("others");
let timer = 0;
let slowest = 0;
let typed = 0; // counts changes, so that one made while another is on its way is not taken for kept
let keptUntil = 0;

const field = (name) => form?.querySelector(`input[name=${name}]`);
/* Each opening of a form has a shelf of its own: two tabs do not write over one another. */
const shelves = form && `newsdesk:typed:${form.dataset.person}:${form.dataset.story ?? "new"}:`;
const shelf = `${shelves}${field("sitting")?.value}`;

const collect = () => {
  Object.values(window.CKEDITOR?.instances ?? {}).forEach((editor) => editor.updateElement());
  return new FormData(form);
};

const keepHere = (data = collect()) => {
  const fields = [...data].filter(([name, value]) => name !== "csrfmiddlewaretoken" && typeof value === "string");
  try {
    localStorage.setItem(shelf, JSON.stringify({ at: Date.now(), sitting: field("sitting")?.value, fields }));
    return true;
  } catch {
    return false; // the browser's store is full or closed
  }
};

/* After a new sign-in in another tab the token is another one: it is fetched, and the same is sent once more. */
const post = async (address, data, again = true) => {
  const answer = await fetch(address, { method: "POST", body: data, headers: { Accept: "application/json" } });
  if (answer.headers.get("Content-Type")?.includes("json")) return { ok: answer.ok, said: await answer.json() };
  if (answer.redirected || !again || answer.status !== 403) throw new Error(answer.redirected ? "signed out" : "no answer");
  if (!(await maySend(form))) throw new Error("signed out");
  data.set("csrfmiddlewaretoken", field("csrfmiddlewaretoken").value);
  return post(address, data, false);
};

const say = (words) => (kept.textContent = words);

const showOthers = (said) => {
  if (!said.others) return;
  const names = said.others.map((one) => (one.is_writing ? `${one.name} (writing)` : one.name));
  const here = names.length ? `Also here: ${names.join(", ")}.` : "";
  const newer = said.lock_version > Number(field("seen_lock").value) ? ` ${said.saved_by} saved the story at ${said.saved_at}; when you save, both are brought together.` : "";
  const words = `${here}${newer}`.trim();
  if (others.textContent.trim() !== words) others.textContent = words;
};

/* A story that is not in the list yet is begun there, empty, so that what is typed has a place. */
const begin = async () => {
  const data = new FormData();
  data.set("csrfmiddlewaretoken", field("csrfmiddlewaretoken").value);
  data.set("made_as", field("made_as").value);
  const rows = [...form.querySelectorAll("input[name^='sources-'][name$='-number']")].filter((input) => input.value);
  data.set("numbers", rows.map((input) => input.value).join(","));
  const { ok, said } = await post(form.dataset.begin, data);
  if (!ok) throw new Error(said.message);
  delete form.dataset.begin;
  form.action = said.change;
  form.dataset.story = said.change.match(/(\d+)\/change/)[1];
  form.dataset.autosave = said.autosave;
  form.dataset.presence = said.presence;
  form.dataset.number = said.number;
  form.dataset.paste = said.paste;
  field("seen_lock").value = said.seen_lock;
  rows.forEach((input) => (input.closest(".row").querySelector("input[name$='-given']").value = said.given[input.value] ?? ""));
  history.replaceState(null, "", said.change);
};

const keep = async () => {
  timer = 0;
  const until = typed;
  const began = performance.now();
  try {
    if (form.dataset.begin) await begin();
    const { ok, said } = await post(form.dataset.autosave, collect());
    if (!ok) throw new Error(said.message);
    localStorage.removeItem(shelf);
    say(`typed text kept at ${said.kept}`);
    showOthers(said);
    form.dispatchEvent(new CustomEvent("story:checked", { detail: said }));
    keptUntil = until;
  } catch (error) {
    const here = keepHere();
    const why = error.message === "signed out" ? "You are signed out" : "The server does not answer";
    say(here ? `${why}; what you type is kept in this browser` : `${why}, and this browser keeps nothing: do not close the page`);
    if (!timer) timer = setTimeout(start, 10000);
  }
  slowest = Math.max(slowest * 0.8, performance.now() - began);
  if (typed > keptUntil && !timer) timer = setTimeout(start, Math.max(EVERY, 4 * slowest));
};

/* While a save is on its way nothing is kept beside it: a story that is begun just then would be made twice. */
const start = () => {
  if (form.dataset.sending) timer = setTimeout(start, EVERY);
  else form.pending = keep();
};

const changed = () => {
  typed += 1;
  if (!timer) timer = setTimeout(start, Math.max(EVERY, 4 * slowest));
};

const beat = async () => {
  if (!form.dataset.presence || document.hidden) return;
  const data = new FormData();
  data.set("csrfmiddlewaretoken", field("csrfmiddlewaretoken").value);
  if (typed > 0) data.set("is_writing", "1");
  try {
    showOthers((await post(form.dataset.presence, data)).said);
  } catch {
    /* the next beat tells again */
  }
};

const leave = () => {
  if (!form.dataset.presence) return;
  const data = new FormData();
  data.set("csrfmiddlewaretoken", field("csrfmiddlewaretoken").value);
  data.set("leaving", "1");
  navigator.sendBeacon(form.dataset.presence, data);
};

/* What this browser kept is offered like what the server kept, and goes back into the form the same way. */
const bringBack = (stored) => {
  const back = Object.assign(document.createElement("form"), { method: "post", action: form.action });
  const add = (name, value) => back.append(Object.assign(document.createElement("textarea"), { name, value }));
  stored.fields.forEach(([name, value]) => add(name, value));
  add("csrfmiddlewaretoken", field("csrfmiddlewaretoken").value);
  add("_recovered", "browser");
  back.hidden = true;
  document.body.append(back);
  back.submit();
};

const stored = (key) => {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
};

const offer = (key) => {
  const typed = stored(key);
  const wasSaved = sessionStorage.getItem("story-form:sent") === typed?.sitting;
  if (!typed || wasSaved) {
    localStorage.removeItem(key);
    return;
  }
  const box = document.createElement("div");
  box.className = "offer";
  const words = document.createElement("p");
  words.append(Object.assign(document.createElement("strong"), { textContent: "Not saved." }), ` This browser holds what you typed until ${new Date(typed.at).toLocaleString()}.`);
  const buttons = Object.assign(document.createElement("p"), { className: "buttons" });
  const back = Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: "Bring it back" });
  back.addEventListener("click", () => bringBack(typed));
  const aside = Object.assign(document.createElement("button"), { type: "button", className: "button quiet", textContent: "Forget it" });
  aside.addEventListener("click", () => {
    localStorage.removeItem(key);
    box.remove();
  });
  buttons.append(back, " ", aside);
  box.append(words, buttons);
  document.getElementById("offers").append(box);
};

/* Not what is on this page just now: a refused save shows all that was typed. */
const offerAll = () => {
  const keys = Object.keys(localStorage).filter((key) => key.startsWith(shelves) && (key !== shelf || !form.querySelector(".faults")));
  keys.forEach(offer);
};

if (form && kept && field("sitting")) {
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("story:changed", changed);
  form.addEventListener("story:sending", () => {
    clearTimeout(timer);
    keepHere(); // until the answer is here, in case there is none
    sessionStorage.setItem("story-form:sent", field("sitting").value);
  });
  addEventListener("pagehide", leave);
  setInterval(beat, BEAT);
  document.addEventListener("visibilitychange", beat);
  offerAll();
  beat();
  if (document.querySelector(".offer")) scrollTo(0, 0); // what is offered is seen first
  if (form.querySelector(".faults")) changed();
}
