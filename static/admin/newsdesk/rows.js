/* Rows of a story's parts: adding, moving and removing them. */

const form = document.getElementById("story_form");

export const renumber = (list) =>
  list.querySelectorAll(":scope > .row").forEach((row, index) => {
    const position = row.querySelector("input._reorder_");
    if (position) position.value = index + 1;
  });

export const recount = (list) => {
  const standing = list.querySelectorAll(":scope > .row:not(.is-removed)").length;
  document.querySelectorAll(`[data-count="${list.dataset.rows}"]`).forEach((count) => (count.textContent = standing));
};

const firstField = (row) => row.querySelector("input:not([type=hidden], [name$='-number']), textarea, select");

/** Add an empty row to a part, at its end, and return it. `told` goes to those who wait for new rows. */
export const add = (part, { focus = true, told = {} } = {}) => {
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
  row.dispatchEvent(new CustomEvent("formset:added", { bubbles: true, detail: { ...told, formsetName: part } }));
  if (focus) {
    row.scrollIntoView({ block: "nearest" });
    firstField(row)?.focus();
  }
  return row;
};

/** Put a row somewhere else in its list; what is begun in it ends for that, and what has the focus keeps it. */
export const place = (row, put) => {
  const focused = row.contains(document.activeElement) ? document.activeElement : null;
  const [start, end] = focused?.selectionStart === undefined ? [] : [focused.selectionStart, focused.selectionEnd];
  row.dispatchEvent(new CustomEvent("row:moving", { bubbles: true }));
  put();
  row.dispatchEvent(new CustomEvent("row:moved", { bubbles: true }));
  renumber(row.parentElement);
  if (!focused) return;
  focused.focus({ preventScroll: true });
  if (start !== undefined && start !== null) focused.setSelectionRange?.(start, end);
  row.scrollIntoView({ block: "nearest" });
};

/* Where an event stands in time, as timeline.js was told: events of one date can be moved among themselves. */
const moment = (row) => row.dataset.moment ?? row.querySelector(".cell-when input")?.value;

const move = (row, direction) => {
  const other = direction === "up" ? row.previousElementSibling : row.nextElementSibling;
  if (!other?.classList.contains("row")) return;
  if (moment(other) !== moment(row)) {
    row.dispatchEvent(new CustomEvent("row:held", { bubbles: true }));
    return;
  }
  place(row, () => (direction === "up" ? other.before(row) : other.after(row)));
  form.dispatchEvent(new CustomEvent("story:changed"));
};

form?.addEventListener("click", (event) => {
  const button = event.target.closest("[data-add], [data-move]");
  if (!button) return;
  if (button.dataset.add) {
    add(button.dataset.add);
    form.dispatchEvent(new CustomEvent("story:changed"));
  } else {
    move(button.closest(".row"), button.dataset.move);
    button.focus();
  }
});

/* Alt and an arrow moves the row that is being written in; Ctrl and Enter adds the next one. */
form?.addEventListener("keydown", (event) => {
  const row = event.target.closest(".row");
  const list = row?.parentElement;
  if (event.altKey && !event.ctrlKey && !event.shiftKey && ["ArrowUp", "ArrowDown"].includes(event.key) && row?.querySelector("input._reorder_")) {
    event.preventDefault();
    move(row, event.key === "ArrowUp" ? "up" : "down");
  }
  if ((event.ctrlKey || event.metaKey) && event.key === "Enter" && list?.dataset.rows && form.querySelector(`template[data-empty="${list.dataset.rows}"]`)) {
    event.preventDefault();
    add(list.dataset.rows);
    form.dispatchEvent(new CustomEvent("story:changed"));
  }
});

form?.addEventListener("change", (event) => {
  if (!event.target.name?.endsWith("-DELETE")) return;
  const row = event.target.closest(".row");
  row.classList.toggle("is-removed", event.target.checked);
  recount(row.parentElement);
  row.dispatchEvent(new CustomEvent("rows:changed", { bubbles: true }));
});

/* The rows' own list, dragged by SortableJS, also holds rows that are new. */
form?.querySelectorAll("fieldset.sortable").forEach((list) => {
  list.addEventListener("start", (event) => event.item?.dispatchEvent(new CustomEvent("row:moving", { bubbles: true })));
  list.addEventListener("end", (event) => {
    if (!event.item) return;
    event.item.dispatchEvent(new CustomEvent("row:moved", { bubbles: true }));
    event.item.dispatchEvent(new CustomEvent("row:dropped", { bubbles: true }));
    renumber(list);
    form.dispatchEvent(new CustomEvent("story:changed"));
  });
});

form?.querySelectorAll("input[name$='-DELETE']:checked").forEach((box) => box.closest(".row").classList.add("is-removed"));
form?.querySelectorAll("[data-rows]").forEach(recount);
document.documentElement.classList.add("with-rows");
