/* The list of captions: a row is saved when it is left, and by key. What is not saved stays in its row, and says so. */

import { maySend } from "./sending.js";

const list = document.querySelector(".caption-rows");
const rows = [...document.querySelectorAll(".caption-row")];
const NAMES = ["caption", "alt_text", "decorative", "credit_line"];
const SIGNED_OUT = "Not saved: you are signed out. What you typed is still here; sign in, then it is saved.";
const NO_ANSWER = "Not saved: the server does not answer. What you typed is still here; Save tries again.";
const GONE = "Not saved: this picture is no longer in the library.";

const field = (row, name) => row.elements[name];
const valueOf = (row, name) => (name === "decorative" ? (field(row, name).checked ? "on" : "") : field(row, name).value.trim());
const baseOf = (row, name) => row.elements[`base_${name}`].value.replaceAll("\r\n", "\n").trim();
const isChanged = (row) => NAMES.some((name) => valueOf(row, name) !== baseOf(row, name));
const asked = (row) => row.querySelector(".conflict");

const say = (row, words, { failed = false, signIn = false } = {}) => {
  const state = row.querySelector(".row-state");
  row.classList.toggle("is-changed", isChanged(row));
  state.classList.toggle("is-failed", failed);
  row.dataset.failed = failed ? "yes" : "";
  if (state.firstChild?.textContent !== words) state.textContent = words;
  if (signIn) state.append(" ", Object.assign(document.createElement("a"), { href: "/admin/login/?next=/admin/", target: "_blank", rel: "noopener", textContent: "Sign in in a new tab" }));
};

const question = (row) => {
  const alt = valueOf(row, "alt_text");
  const words = alt && alt === valueOf(row, "caption") ? list.dataset.question : "";
  const place = row.querySelector(".question");
  if (place.textContent !== words) place.textContent = words;
};

/* After a new sign-in the token is another one: it is fetched, and the same is sent once more. */
const post = async (row, again = true) => {
  const answer = await fetch(location.href, { method: "POST", body: new FormData(row), headers: { Accept: "application/json" } });
  if (answer.headers.get("Content-Type")?.includes("json")) return answer.json();
  if (answer.status === 404) throw new Error(GONE);
  if (answer.redirected) throw new Error(SIGNED_OUT);
  if (!again || answer.status !== 403) throw new Error(NO_ANSWER);
  if (!(await maySend(row))) throw new Error(SIGNED_OUT);
  return post(row, false);
};

const put = (row, name, value) => {
  if (name === "decorative") field(row, name).checked = value === "on";
  else field(row, name).value = value;
};

const settle = (row, name, theirs, isTaken) => {
  row.elements[`base_${name}`].value = theirs;
  if (isTaken) put(row, name, theirs);
  row.querySelector(`.conflict[data-field="${name}"]`).remove();
  question(row);
  field(row, name).focus();
  if (!asked(row)) {
    say(row, isChanged(row) ? "Not saved yet" : "Saved.");
    save(row);
  }
};

/* Both sides of a field that two have changed, and the choice. */
const ask = (row, { name, label, theirs }, stored) => {
  const box = Object.assign(document.createElement("div"), { className: "conflict" });
  box.dataset.field = name;
  const words = document.createElement("p");
  words.append(Object.assign(document.createElement("strong"), { textContent: label }), ` is now, by somebody else: “${theirs}”`);
  const button = (textContent, isTaken) => {
    const one = Object.assign(document.createElement("button"), { type: "button", className: "button quiet", textContent });
    one.addEventListener("click", () => settle(row, name, stored, isTaken));
    return one;
  };
  box.append(words, button(`Keep your ${label.toLowerCase()}`, false), " ", button("Take theirs", true));
  row.querySelector(".conflicts").append(box);
};

/* What was written is what the row is compared with from now on; what somebody else wrote in a field that nobody has
   touched here is shown. A field that is typed into while this was on its way stays compared with what it showed. */
const take = (row, said, sent) => {
  const open = new Set(said.conflicts.map(({ name }) => name));
  const stored = said.saved || open.size ? NAMES.filter((name) => !open.has(name)) : [];
  for (const name of stored) {
    const isMine = sent[name] !== baseOf(row, name);
    if (!isMine && valueOf(row, name) !== sent[name]) continue;
    row.elements[`base_${name}`].value = said.base[name];
    if (!isMine) put(row, name, said.base[name]);
  }
  row.querySelector(".conflicts").replaceChildren();
  said.conflicts.forEach((one) => ask(row, one, said.base[one.name]));
  question(row);
  const later = said.saved && isChanged(row);
  say(row, later ? "Not saved yet" : said.state, { failed: !said.saved });
};

const send = async (row) => {
  const sent = Object.fromEntries(NAMES.map((name) => [name, valueOf(row, name)]));
  say(row, "Saving…");
  try {
    take(row, await post(row), sent);
  } catch (error) {
    const words = [SIGNED_OUT, GONE].includes(error.message) ? error.message : NO_ANSWER;
    say(row, words, { failed: true, signIn: words === SIGNED_OUT });
  }
};

/* One after the other: what was typed meanwhile goes with the next. Where both sides wait for a choice, nothing goes. */
const save = (row) => {
  if (!isChanged(row) || asked(row)) return;
  const before = row.pending ?? Promise.resolve();
  row.pending = before.then(() => (isChanged(row) && !asked(row) ? send(row) : undefined));
};

const goTo = (row, name) => {
  if (!row) return false;
  field(row, name).focus();
  row.scrollIntoView({ block: "nearest" });
  return true;
};

const keyed = (event, row) => {
  const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
  const at = rows.indexOf(row);
  if ((ctrlKey || metaKey) && key === "Enter") {
    save(row);
    if (!goTo(rows[at + 1], "caption")) document.getElementById("following")?.focus();
  } else if (altKey && !ctrlKey && !shiftKey && (key === "ArrowDown" || key === "ArrowUp")) {
    save(row);
    goTo(rows[at + (key === "ArrowDown" ? 1 : -1)], NAMES.includes(event.target.name) ? event.target.name : "caption");
  } else return;
  event.preventDefault();
};

rows.forEach((row) => {
  row.addEventListener("input", () => {
    if (!asked(row)) say(row, isChanged(row) ? "Not saved yet" : "");
    question(row);
  });
  row.addEventListener("focusout", ({ relatedTarget }) => row.contains(relatedTarget) || save(row));
  row.addEventListener("keydown", (event) => !event.isComposing && keyed(event, row));
  row.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!isChanged(row)) say(row, "Nothing is changed.");
    save(row);
  });
});

const saveAll = () => rows.forEach((row) => (row.dataset.failed || !row.contains(document.activeElement)) && save(row));
addEventListener("focus", saveAll); // back from signing in
addEventListener("online", saveAll);
document.addEventListener("visibilitychange", () => document.hidden && rows.forEach(save));
addEventListener("beforeunload", (event) => rows.some(isChanged) && event.preventDefault());
document.querySelectorAll(".by-keys").forEach((words) => (words.hidden = false));
