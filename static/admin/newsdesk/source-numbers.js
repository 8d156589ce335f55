/* A new source row shows its number at once: the server reserves it, so that nobody else is given the same. */

import { renumber } from "./rows.js";
import { numberOf } from "./story-sources.js";

const form = document.getElementById("story_form");

const show = (row, number, given = "") => {
  const input = row.querySelector("input[name$='-number']");
  input.value = number;
  input.readOnly = true;
  row.querySelector("input[name$='-given']").value = given;
  row.dispatchEvent(new CustomEvent("source:numbered", { bubbles: true }));
};

const numbers = () => Array.from(form.querySelectorAll("input[name^='sources-'][name$='-number']"), (input) => Number(input.value));

const stored = () => Array.from(form.querySelectorAll(".source-number"), (shown) => Number(shown.textContent));

const nextOnPage = () => Math.max(0, ...numbers(), ...stored()) + 1;

const reserve = async (row) => {
  const data = new FormData();
  data.set("csrfmiddlewaretoken", form.querySelector("input[name=csrfmiddlewaretoken]").value);
  data.set("above", nextOnPage() - 1);
  const answer = await fetch(form.dataset.number, { method: "POST", body: data });
  const said = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : {};
  if (answer.ok && said.number) show(row, said.number, said.given);
  else if (said.message) row.querySelector(".cell-number").append(said.message);
};

document.addEventListener("formset:added", (event) => {
  if (event.detail?.formsetName !== "sources") return;
  const row = event.target;
  const { number, given } = event.detail;
  if (given) show(row, number, given);
  else if (form.dataset.number) row.numbered = reserve(row).catch(() => {}); // without a number the server gives one at the save
  else show(row, nextOnPage());
});

/* Arranged by hand or as readers see them: by number. */
form?.addEventListener("click", ({ target }) => {
  if (target.dataset.sort !== "sources") return;
  const list = form.querySelector('[data-rows="sources"]');
  const rows = [...list.querySelectorAll(":scope > .row")].sort((one, other) => (numberOf(one) || Infinity) - (numberOf(other) || Infinity));
  list.append(...rows);
  renumber(list);
  form.dispatchEvent(new CustomEvent("story:changed"));
});
