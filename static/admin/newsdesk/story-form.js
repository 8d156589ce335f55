/* The story's form as a whole: nothing typed is lost, and whatever is folded opens when it matters. */

import "./list-names.js";
import { sendOnce } from "./sending.js";

const form = document.getElementById("story_form");
let changed = false;
let sending = false;

const unfold = (element) => {
  for (let details = element.closest("details"); details; details = details.parentElement.closest("details")) details.open = true;
  element.querySelector?.(":scope > details")?.setAttribute("open", "");
};

/** Go to what has the id: unfolded, in sight, the focus on its heading or its first field. */
export const goTo = (id) => {
  const target = id && document.getElementById(id);
  if (!target) return;
  unfold(target);
  const heading = target.matches(".part, .findings") && target.querySelector("h2");
  const field = target.matches("input, textarea, select") ? target : target.querySelector("input:not([type=hidden], [type=checkbox]), textarea");
  if (heading) heading.tabIndex = -1;
  (heading || field)?.focus({ preventScroll: true });
  const show = () => target.scrollIntoView({ block: heading ? "start" : "center" });
  show();
  requestAnimationFrame(() => requestAnimationFrame(show)); // rows out of sight get their height when they come near
};

const followHash = () => goTo(decodeURIComponent(location.hash.slice(1)));
addEventListener("hashchange", followHash);
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href*='#']");
  if (link && link.hash && link.pathname === location.pathname && link.hash === location.hash) followHash();
});

const markChanged = () => {
  if (changed) return;
  changed = true;
  form.querySelector(".save-bar .story-state")?.append(" ", Object.assign(document.createElement("span"), { className: "unsaved", textContent: "not saved yet" }));
};
form?.addEventListener("input", markChanged);
form?.addEventListener("story:changed", markChanged);
/* Select2 tells jQuery alone of what is chosen in its lists. */
window.django?.jQuery(document).on("select2:select select2:unselect", "#story_form select", () => form.dispatchEvent(new CustomEvent("story:changed")));
form?.addEventListener("input", ({ target }) => {
  const title = target.name?.endsWith("-heading") && target.closest(".section-row")?.querySelector(".row-title");
  if (title) title.textContent = target.value || "Section without heading";
});
document.addEventListener("click", ({ target }) => document.querySelectorAll("details.more[open]").forEach((menu) => menu.contains(target) || (menu.open = false)));
document.addEventListener("keydown", ({ key }) => key === "Escape" && document.querySelectorAll("details.more[open]").forEach((menu) => ((menu.open = false), menu.querySelector("summary").focus())));
addEventListener("beforeunload", (event) => changed && !sending && event.preventDefault());

/* What was open stays open, and the page where it was, after a save. */
const place = `story-form:${location.pathname}`;
const remember = () => {
  const open = Array.from(form.querySelectorAll(".row[id] > details[open]"), (details) => details.parentElement.id);
  sessionStorage.setItem(place, JSON.stringify({ open, top: scrollY }));
};
const recall = () => {
  const kept = JSON.parse(sessionStorage.getItem(place) ?? "null");
  sessionStorage.removeItem(place);
  if (!kept || form.querySelector(".faults")) return;
  kept.open.forEach((id) => document.querySelector(`#${CSS.escape(id)} > details`)?.setAttribute("open", ""));
  if (!location.hash) scrollTo(0, kept.top);
};

if (form) {
  sendOnce(form, () => {
    remember();
    sending = true;
    form.dispatchEvent(new CustomEvent("story:sending"));
  });
}
const saveByKey = (event) => {
  event.preventDefault();
  form.requestSubmit((event.shiftKey && form.querySelector("[name=_publish]")) || form.querySelector("[name=_save]"));
};
document.addEventListener("keydown", (event) => (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s" && form?.querySelector("[name=_save]") && saveByKey(event));
form?.addEventListener("story:save", saveByKey);
addEventListener("pageshow", (event) => event.persisted && (sending = false));

if (form) {
  recall();
  const faults = form.querySelector(".faults");
  if (faults) markChanged();
  const first = form.querySelector(".has-errors [aria-invalid=true]") ?? form.querySelector(".has-errors :is(input:not([type=hidden], [type=checkbox]), textarea, select)");
  form.querySelectorAll(".has-errors").forEach(unfold);
  if (faults?.querySelector("h2")) faults.focus();
  else if (first) goTo(first.id);
  else if (location.hash) addEventListener("load", followHash); // the browser's own way there ends with the focus nowhere
}
