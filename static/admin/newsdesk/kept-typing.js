/* What is typed into a small form is kept in this browser until it is sent: a page that is left by mistake, or a browser
   that ends, loses nothing. It comes back by a click, never by itself: the form may say something newer by then. */

const PREFIX = "newsdesk:typed:";
const KEPT_FOR = 7 * 24 * 3600 * 1000;
const person = document.querySelector("meta[name=signed-in]")?.dataset.person;

const fieldsOf = (form) =>
  [...form.elements].filter(({ name, type, disabled }) => name && !disabled && !["hidden", "file", "submit", "button", "search"].includes(type));

const isTick = ({ type }) => type === "checkbox" || type === "radio";
const keyOf = (field) => (field.type === "radio" ? `${field.name}=${field.value}` : field.name);
const valueOf = (field) => {
  if (isTick(field)) return field.checked;
  return field.multiple ? [...field.selectedOptions].map(({ value }) => value) : field.value.replaceAll("\r\n", "\n");
};

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

const put = (field, value) => {
  if (isTick(field)) field.checked = value;
  else if (field.multiple) [...field.options].forEach((option) => (option.selected = value.includes(option.value)));
  else field.value = value;
  for (const kind of ["input", "change"]) field.dispatchEvent(new Event(kind, { bubbles: true }));
};

const read = (shelf) => {
  try {
    return JSON.parse(localStorage.getItem(shelf));
  } catch {
    return null; // closed to us, or somebody else's writing
  }
};

const write = (shelf, value) => {
  try {
    if (value) localStorage.setItem(shelf, JSON.stringify({ at: Date.now(), fields: value }));
    else localStorage.removeItem(shelf);
  } catch {
    /* a store that is full or closed keeps nothing; the browser still asks before the page is left */
  }
};

const offer = (form, kept, decided) => {
  const line = Object.assign(document.createElement("div"), { className: "kept-typing" });
  line.setAttribute("role", "status");
  const when = new Date(kept.at).toLocaleString("en", { dateStyle: "medium", timeStyle: "short" });
  const count = Object.keys(kept.fields).length;
  line.append(`On ${when} you typed here and did not save: ${count} field${count === 1 ? "" : "s"}.`);
  const button = (textContent, act) => {
    const one = Object.assign(document.createElement("button"), { type: "button", className: "button quiet", textContent });
    one.addEventListener("click", () => {
      line.remove();
      act();
    });
    line.append(" ", one);
  };
  button("Bring it back", () => {
    decided();
    for (const field of fieldsOf(form)) if (keyOf(field) in kept.fields) put(field, kept.fields[keyOf(field)]);
  });
  button("Forget it", decided);
  form.prepend(line);
};

/** Keep what is typed into the form; returns what to call when it is on its way to the server. */
export const keepTyping = (form) => {
  if (!person) return () => {};
  const shelf = `${PREFIX}${person}:${location.pathname}`;
  const isRefused = Boolean(document.querySelector(".errornote")); // then all that was typed stands there unsaved
  const shown = new Map(fieldsOf(form).map((field) => [keyOf(field), valueOf(field)]));
  let isSent = false;
  let timer = 0;

  const changed = () =>
    Object.fromEntries(
      fieldsOf(form)
        .filter((field) => isRefused || !same(shown.get(keyOf(field)), valueOf(field)))
        .map((field) => [keyOf(field), valueOf(field)]),
    );

  const kept = isRefused ? null : read(shelf);
  const isRecent = kept && Date.now() - kept.at < KEPT_FOR;
  let waiting = Object.fromEntries(
    Object.entries((isRecent && kept.fields) || {}).filter(([key, value]) => shown.has(key) && !same(shown.get(key), value)),
  );

  /* What is on offer stays kept beside what is typed meanwhile. */
  const keep = () => {
    timer = 0;
    const fields = { ...waiting, ...changed() };
    write(shelf, Object.keys(fields).length ? fields : null);
  };

  keep();
  if (Object.keys(waiting).length)
    offer(form, { at: kept.at, fields: waiting }, () => {
      waiting = {};
      keep();
    });

  const soon = () => (timer ||= setTimeout(keep, 500));
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  addEventListener("pageshow", ({ persisted }) => persisted && (isSent = false)); // one that just loaded slowly may be on its way
  addEventListener("pagehide", () => timer && !isSent && keep());
  addEventListener("beforeunload", (event) => {
    const files = [...form.elements].some(({ type, files: chosen }) => type === "file" && chosen.length);
    if (!isSent && (files || Object.keys(changed()).length)) event.preventDefault();
  });
  return () => {
    clearTimeout(timer);
    timer = 0;
    isSent = true;
    write(shelf, null);
  };
};
