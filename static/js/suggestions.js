/* While a reader types, the headlines that have it: a combobox after the ARIA Authoring Practices. The list only offers;
   Enter without a choice searches, as it does without this script. */

const form = document.querySelector(".search-form");
const input = form.querySelector("input[type=search]");
const { suggestions, told: found } = form.dataset;
const PAUSE = 150; // milliseconds without a key

const list = Object.assign(document.createElement("ul"), { id: "suggested", className: "suggestions", hidden: true });
const told = Object.assign(document.createElement("p"), { className: "visually-hidden" });
let at = -1;
let timer = 0;
let asking = null;

const options = () => [...list.children];

const choose = (place) => {
  at = place;
  options().forEach((option, number) => option.setAttribute("aria-selected", number === at));
  if (at < 0) input.removeAttribute("aria-activedescendant");
  else input.setAttribute("aria-activedescendant", options()[at].id);
  options()[at]?.scrollIntoView({ block: "nearest" });
};

const close = () => {
  list.hidden = true;
  input.setAttribute("aria-expanded", "false");
  choose(-1);
};

const show = (stories) => {
  list.replaceChildren(
    ...stories.map(({ headline, address, language }, number) => {
      const option = Object.assign(document.createElement("li"), { id: `suggested-${number}`, textContent: headline, lang: language, dir: "auto" });
      option.setAttribute("role", "option");
      option.dataset.address = address;
      return option;
    }),
  );
  close();
  list.hidden = !stories.length;
  input.setAttribute("aria-expanded", String(!list.hidden));
  told.textContent = found.replace("{count}", stories.length);
};

const ask = async () => {
  asking?.abort();
  if (!input.value.trim()) return close();
  asking = new AbortController();
  try {
    const answer = await fetch(`${suggestions}?q=${encodeURIComponent(input.value.slice(0, 200))}`, { signal: asking.signal });
    if (answer.ok) show((await answer.json()).stories);
  } catch {
    /* taken over by the next key, or offline: then nothing is offered */
  }
};

/* Before the first and behind the last stands what was typed, without a choice. */
const next = (place, count) => (place >= count ? -1 : place < -1 ? count - 1 : place);

const STEPS = { ArrowDown: 1, ArrowUp: -1 };

const key = (event) => {
  const count = options().length;
  if (event.key === "Escape" && !list.hidden) close();
  else if (event.key in STEPS && !list.hidden) choose(next(at + STEPS[event.key], count));
  else if (event.key === "Enter" && at >= 0) location.assign(options()[at].dataset.address);
  else return;
  event.preventDefault();
};

for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id })) input.setAttribute(name, value);
list.setAttribute("role", "listbox");
list.setAttribute("aria-label", form.querySelector("label").textContent);
told.setAttribute("role", "status");
input.after(list);
form.append(told);
input.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(ask, PAUSE);
});
input.addEventListener("keydown", key);
input.addEventListener("blur", close);
list.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
list.addEventListener("click", ({ target }) => target.dataset.address && location.assign(target.dataset.address));
