/* The timeline in the order and by the source that a reader chooses, at once. Without this script, and on a page that came
   with a part of the timeline only, the form asks the server. */

const form = document.querySelector(".timeline-choice");
const part = document.getElementById("timeline");

const reversed = (list) => list.append(...[...list.children].reverse());

const hideEmpty = (groups, isShown) => groups.forEach((group) => { group.hidden = !isShown(group); });

const show = ({ order, cites }, told) => {
  const newest = order.value === "newest";
  if (part.classList.toggle("is-newest-first", newest) !== (part.dataset.newest === "true")) {
    part.dataset.newest = newest;
    part.querySelectorAll(".years, .months, .events, .year-jump ul").forEach(reversed);
  }
  const marker = cites?.value ? `a[href="#source-${cites.value}"]` : "";
  hideEmpty(part.querySelectorAll(".event"), (event) => !marker || event.querySelector(marker));
  hideEmpty(part.querySelectorAll(".of-month, .of-year"), (group) => group.querySelector(".event:not([hidden])"));
  hideEmpty(part.querySelectorAll(".year-jump li"), (item) => part.querySelector(`.of-year:not([hidden]) > ${item.firstChild.hash}`));
  told.textContent = marker ? form.dataset.told.replace("{source}", cites.selectedOptions[0].text) : "";
  const asked = [...new FormData(form)].filter(([, value]) => value);
  history.replaceState(null, "", `${location.pathname}${asked.length ? `?${new URLSearchParams(asked)}` : ""}#timeline`);
};

if (form && !form.elements.cites?.value) {
  part.dataset.newest = part.classList.contains("is-newest-first");
  form.querySelector("button").hidden = true;
  form.addEventListener("change", () => show(form.elements, part.querySelector(".timeline-told")));
  form.addEventListener("submit", (event) => event.preventDefault());
}
