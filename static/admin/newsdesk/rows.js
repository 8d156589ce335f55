/* Rows of a story's parts: adding, moving and removing them. */

const form = document.getElementById("story_form");

const renumber = (list) =>
  list.querySelectorAll(":scope > .row").forEach((row, index) => {
    const position = row.querySelector("input._reorder_");
    if (position) position.value = index + 1;
  });

const recount = (list) => {
  const standing = list.querySelectorAll(":scope > .row:not(.is-removed)").length;
  document.querySelectorAll(`[data-count="${list.dataset.rows}"]`).forEach((count) => (count.textContent = standing));
};

const add = (part) => {
  const total = document.getElementById(`id_${part}-TOTAL_FORMS`);
  const list = form.querySelector(`[data-rows="${part}"]`);
  const holder = document.createElement("template");
  holder.innerHTML = form.querySelector(`template[data-empty="${part}"]`).innerHTML.replaceAll("__prefix__", total.value);
  const row = holder.content.querySelector(".row");
  total.value = Number(total.value) + 1;
  list.append(row);
  recount(list);
  const position = row.querySelector("input._reorder_");
  if (position) position.value = list.querySelectorAll(":scope > .row").length;
  row.dispatchEvent(new CustomEvent("formset:added", { bubbles: true, detail: { formsetName: part } }));
  row.scrollIntoView({ block: "nearest" });
  row.querySelector("input:not([type=hidden], [name$='-number']), textarea, select")?.focus();
};

/* Events of one date can be moved among themselves; all others stand where their dates put them. */
const when = (row) => row.querySelector(".cell-when input")?.value;

const move = (row, direction) => {
  const other = direction === "up" ? row.previousElementSibling : row.nextElementSibling;
  if (!other?.classList.contains("row") || when(other) !== when(row)) return;
  row.dispatchEvent(new CustomEvent("row:moving", { bubbles: true }));
  direction === "up" ? other.before(row) : other.after(row);
  row.dispatchEvent(new CustomEvent("row:moved", { bubbles: true }));
  renumber(row.parentElement);
  row.querySelector(`[data-move="${direction}"]`).focus();
};

form?.addEventListener("click", (event) => {
  const button = event.target.closest("[data-add], [data-move]");
  if (!button) return;
  if (button.dataset.add) add(button.dataset.add);
  else move(button.closest(".row"), button.dataset.move);
  form.dispatchEvent(new CustomEvent("story:changed"));
});

form?.addEventListener("change", (event) => {
  if (!event.target.name?.endsWith("-DELETE")) return;
  event.target.closest(".row").classList.toggle("is-removed", event.target.checked);
  recount(event.target.closest("[data-rows]"));
});

/* The rows' own list, dragged by SortableJS, also holds rows that are new. */
form?.querySelectorAll("fieldset.sortable").forEach((list) => {
  list.addEventListener("start", (event) => event.item?.dispatchEvent(new CustomEvent("row:moving", { bubbles: true })));
  list.addEventListener("end", (event) => {
    if (!event.item) return;
    renumber(list);
    event.item.dispatchEvent(new CustomEvent("row:moved", { bubbles: true }));
    form.dispatchEvent(new CustomEvent("story:changed"));
  });
});

form?.querySelectorAll("input[name$='-DELETE']:checked").forEach((box) => box.closest(".row").classList.add("is-removed"));
form?.querySelectorAll("[data-rows]").forEach(recount);
document.documentElement.classList.add("with-rows");
