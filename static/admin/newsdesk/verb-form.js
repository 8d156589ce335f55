/* The pages of the publishing verbs: a time in the newsroom's zone is shown in UTC too. */

import { sendOnce } from "./sending.js";

document.querySelectorAll("form.verb-form").forEach((form) => sendOnce(form));

const offset = (zone, moment) => {
  const parts = new Intl.DateTimeFormat("en-GB", { timeZone: zone, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric" }).formatToParts(moment);
  const part = (type) => Number(parts.find((piece) => piece.type === type).value);
  return Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute")) - moment.getTime();
};

/* The moment that a clock in the zone shows as `value`: guessed as UTC, then put right by the offset there. */
const inUtc = (value, zone) => {
  const guess = new Date(`${value}Z`);
  return new Date(guess.getTime() - offset(zone, new Date(guess.getTime() - offset(zone, guess))));
};

document.querySelectorAll(".zone[data-zone]").forEach((help) => {
  const output = help.querySelector("output");
  const input = document.getElementById(output.htmlFor.value);
  const show = () => {
    const moment = input.value && inUtc(input.value, help.dataset.zone);
    output.textContent = moment && help.dataset.zone !== "UTC" ? ` That is ${moment.toISOString().slice(0, 16).replace("T", ", ")} UTC.` : "";
  };
  input.addEventListener("input", show);
  show();
});

/* Whoever gives a time means that time. */
const time = document.getElementById("id_live_from");
const chooseLater = () => {
  const later = document.querySelector("input[name=when][value=later]");
  if (later && time.value) later.checked = true;
};
time?.addEventListener("input", chooseLater);
if (time && time.value !== time.defaultValue) chooseLater(); // typed before this script was there

/* What is to go out at another time is judged at that time: the pictures that may be shown then are others. */
const findings = document.getElementById("findings");
const asked = time?.form;
let last = 0;
const checkAgain = async () => {
  const turn = ++last;
  const body = new FormData(asked);
  body.set("check", "1");
  const answer = await fetch(asked.action, { method: "POST", body });
  if (turn !== last || ![200, 422].includes(answer.status)) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const told = page.getElementById("findings");
  if (turn !== last || !told) return;
  const open = findings.querySelector("details.warnings")?.open;
  findings.replaceChildren(...told.childNodes);
  if (open) findings.querySelector("details.warnings")?.setAttribute("open", "");
};
if (findings && asked?.elements.when) {
  let waiting;
  const soon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => checkAgain().catch(() => {}), 400); // the page after the button says it as well
  };
  asked.addEventListener("change", ({ target }) => ["when", "live_from"].includes(target.name) && soon());
  if (time.value !== time.defaultValue) soon();
}
