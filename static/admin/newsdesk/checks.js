/* The pre-publication checks beside the form, as the server tells them with each autosave. */

const form = document.getElementById("story_form");
const box = document.getElementById("checks");
const count = document.getElementById("refusal-count");

const nameOf = (element) => element.closest("a")?.hash || element.textContent;

/* Whoever stood on a finding that is mended by now stands on the heading of what is left. */
const refocus = (name) => {
  const heading = box.querySelector("h2");
  heading.tabIndex = -1;
  ([...box.querySelectorAll("a, summary")].find((element) => nameOf(element) === name) ?? heading).focus();
};

const show = ({ checks, blocking }) => {
  if (checks === undefined) return;
  const open = [...box.querySelectorAll("details[open]")].map((details) => details.className);
  const focused = box.contains(document.activeElement) ? nameOf(document.activeElement) : null;
  box.innerHTML = checks;
  open.forEach((name) => box.querySelector(`details.${CSS.escape(name)}`)?.setAttribute("open", ""));
  if (focused !== null) refocus(focused);
  if (!count) return;
  count.hidden = !blocking;
  if (blocking && count.textContent !== blocking) count.textContent = blocking;
};

form?.addEventListener("story:checked", ({ detail }) => show(detail));
