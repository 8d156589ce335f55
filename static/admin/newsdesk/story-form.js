/* The story's form as a whole: nothing typed is lost, and whatever is folded opens when it matters. */

const form = document.getElementById("story_form");
let changed = false;
let sending = false;

const unfold = (element) => {
  for (let details = element.closest("details"); details; details = details.parentElement.closest("details")) details.open = true;
  element.querySelector?.(":scope > details")?.setAttribute("open", "");
};

const goTo = (id) => {
  const target = id && document.getElementById(id);
  if (!target) return;
  unfold(target);
  target.scrollIntoView({ block: "center" });
  const field = target.matches("input, textarea, select") ? target : target.querySelector("input:not([type=hidden], [type=checkbox]), textarea");
  field?.focus({ preventScroll: true });
};

const followHash = () => goTo(decodeURIComponent(location.hash.slice(1)));
addEventListener("hashchange", followHash);
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href*='#']");
  if (link && link.hash && link.pathname === location.pathname && link.hash === location.hash) followHash();
});

form?.addEventListener("input", () => (changed = true));
form?.addEventListener("story:changed", () => (changed = true));
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

/* Before anything is sent: is the editor still signed in? A signed-out save would be lost on the way. */
const notice = (words, address) => {
  let bar = form.querySelector(".save-bar .not-sent");
  if (!bar) {
    bar = document.createElement("p");
    bar.className = "not-sent";
    bar.setAttribute("role", "alert");
    form.querySelector(".save-bar").prepend(bar);
  }
  bar.textContent = words;
  if (address) {
    const link = Object.assign(document.createElement("a"), { href: address, target: "_blank", rel: "noopener", textContent: " Sign in in a new tab" });
    bar.append(link);
  }
};

const maySend = async () => {
  const answer = await fetch(form.dataset.signedIn, { headers: { Accept: "application/json" }, cache: "no-store" });
  if (!answer.headers.get("Content-Type")?.includes("json")) return false;
  form.querySelector("input[name=csrfmiddlewaretoken]").value = (await answer.json()).csrf_token;
  return true;
};

form?.addEventListener("submit", async (event) => {
  if (sending === "now") return;
  event.preventDefault();
  if (sending) return;
  sending = true;
  try {
    if (await maySend()) {
      remember();
      sending = "now";
      form.requestSubmit(event.submitter);
      return;
    }
    notice("You are signed out, so this was not sent. Everything you typed is still here: sign in, come back, and save again.", "/admin/login/?next=/admin/");
  } catch {
    notice("The server does not answer, so this was not sent. Everything you typed is still here: try again in a moment.");
  }
  sending = false;
});
const saveByKey = (event) => {
  event.preventDefault();
  form.requestSubmit(form.querySelector("[name=_save]"));
};
document.addEventListener("keydown", (event) => (event.ctrlKey || event.metaKey) && event.key === "s" && form?.querySelector("[name=_save]") && saveByKey(event));
form?.addEventListener("story:save", saveByKey);
addEventListener("pageshow", (event) => event.persisted && (sending = false));

/* What Select2 draws in the place of a list has no name of its own. */
const nameLists = () =>
  form.querySelectorAll(".select2-selection[role=combobox]").forEach((list) => {
    const words = list.closest(".field")?.querySelector("label")?.textContent;
    if (words) list.setAttribute("aria-label", `${words}: ${list.textContent.trim()}`);
    list.removeAttribute("aria-labelledby");
    list.querySelector("[role=textbox]")?.setAttribute("role", "presentation");
    list.querySelector("[aria-readonly]")?.removeAttribute("aria-readonly");
  });

if (form) {
  window.django?.jQuery(() => setTimeout(nameLists)); // after the admin has drawn its lists
  document.addEventListener("formset:added", () => setTimeout(nameLists));
  recall();
  const faults = form.querySelector(".faults");
  const first = form.querySelector(".has-errors [aria-invalid=true]") ?? form.querySelector(".has-errors :is(input:not([type=hidden], [type=checkbox]), textarea, select)");
  form.querySelectorAll(".has-errors").forEach(unfold);
  if (faults?.querySelector(".differences, h2")) faults.focus();
  else if (first) goTo(first.id);
  else if (location.hash) followHash();
}
