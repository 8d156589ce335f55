/* The list of captions: each row is saved by itself, and nobody loses a word where a save fails. */

const rows = [...document.querySelectorAll(".caption-row")];
const told = document.querySelector(".captions-told");
const WORDS = ["caption", "alt_text", "credit_line"];
const SIGNED_OUT = "Not saved: you are signed out. Sign in in another tab, then save again; the words still stand here.";
const NO_ANSWER = "Not saved: the server does not answer. The words still stand here; save again in a moment.";
const DOUBT = "The alt text is the caption again. Say what can be seen.";

const valueOf = (row, name) => (name === "decorative" ? String(row.elements.decorative.checked) : row.elements[name].value.trim());
const names = [...WORDS, "decorative"];
const isChanged = (row) => names.some((name) => valueOf(row, name) !== row.elements[`base_${name}`].value.trim());
const stateOf = (row) => row.querySelector(".row-state");

const say = (row, words, kind = "") => {
  stateOf(row).className = `row-state ${kind}`;
  stateOf(row).textContent = words;
};

const doubt = (row) => {
  const alt = valueOf(row, "alt_text");
  row.querySelector(".doubt").textContent = alt && alt === valueOf(row, "caption") ? DOUBT : "";
};

const inWords = (answer) => `${answer.sentence}${answer.needed?.length ? ` Still needed: ${answer.needed.join(", ")}.` : ""}`;

const label = { caption: "Caption", alt_text: "Alt text", credit_line: "Credit line", decorative: "Decorative" };

/* Both wordings stand until somebody chooses; what is chosen is saved on top of what is there now. */
const offer = (row, conflicts) => {
  row.querySelector(".conflict")?.remove();
  const box = Object.assign(document.createElement("div"), { className: "conflict" });
  for (const [name, theirs] of Object.entries(conflicts)) {
    row.elements[`base_${name}`].value = theirs;
    const line = Object.assign(document.createElement("p"), { textContent: `${label[name]} of somebody else: “${theirs}” ` });
    const take = Object.assign(document.createElement("button"), { type: "button", className: "button quiet", textContent: "Take theirs" });
    const keep = Object.assign(document.createElement("button"), { type: "button", className: "button quiet", textContent: "Keep mine" });
    take.addEventListener("click", () => {
      if (name === "decorative") row.elements.decorative.checked = theirs;
      else row.elements[name].value = theirs;
      line.remove();
      save(row);
    });
    keep.addEventListener("click", () => {
      line.remove();
      save(row);
    });
    line.append(take, " ", keep);
    box.append(line);
  }
  stateOf(row).after(box);
};

const settle = (row, answer) => {
  for (const [name, value] of Object.entries(answer.now ?? {}))
    if (!(name in (answer.conflicts ?? {}))) row.elements[`base_${name}`].value = value;
  if (answer.conflicts) offer(row, answer.conflicts);
};

const save = async (row) => {
  if (row.saving) {
    row.again = true; // what was typed meanwhile goes once this save is through
    return row.saving;
  }
  if (!isChanged(row)) return true;
  say(row, "Saving…");
  row.saving = (async () => {
    try {
      const answer = await fetch(row.action, { method: "POST", body: new FormData(row), headers: { Accept: "application/json" } });
      if (!answer.headers.get("Content-Type")?.includes("json")) throw new Error(answer.redirected || answer.status === 403 ? SIGNED_OUT : NO_ANSWER);
      const json = await answer.json();
      settle(row, json);
      say(row, answer.ok ? inWords(json) : json.sentence, answer.ok ? "is-saved" : "is-refused");
      told.textContent = `${row.getAttribute("aria-label")}: ${json.sentence}`;
      return answer.ok;
    } catch (fault) {
      say(row, [SIGNED_OUT, NO_ANSWER].includes(fault.message) ? fault.message : NO_ANSWER, "is-refused");
      told.textContent = stateOf(row).textContent;
      return false;
    }
  })();
  const done = await row.saving;
  row.saving = null;
  if (row.again) {
    row.again = false;
    return save(row);
  }
  return done;
};

const go = (row, step) => {
  const other = rows[rows.indexOf(row) + step];
  if (!other) return;
  const field = ["caption", "alt_text"].map((name) => other.elements[name]).find((each) => !each.value.trim()) ?? other.elements.caption;
  field.focus();
  other.scrollIntoView({ block: "nearest" });
};

for (const row of rows) {
  row.addEventListener("input", () => doubt(row));
  row.addEventListener("submit", (event) => {
    event.preventDefault();
    save(row);
  });
  row.addEventListener("focusout", (event) => {
    if (!row.contains(event.relatedTarget)) save(row);
  });
  row.addEventListener("keydown", (event) => {
    const step = event.altKey && { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      save(row);
      go(row, 1);
    } else if (step) {
      event.preventDefault();
      go(row, step);
    }
  });
}

addEventListener("beforeunload", (event) => {
  if (rows.some((row) => row.saving || isChanged(row))) event.preventDefault();
});
