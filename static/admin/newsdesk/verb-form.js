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
