/* What a picture's file says beside a field: taken by a click, given back by another. Whether the field says the same
   is seen as it is typed. */

const said = (text) => text.replaceAll("\r\n", "\n").trim();
const valueOf = (input) => (input.type === "checkbox" ? (input.checked ? "on" : "") : said(input.value));

const put = (input, value) => {
  if (input.type === "checkbox") input.checked = value === "on";
  else input.value = value;
  for (const kind of ["input", "change"]) input.dispatchEvent(new Event(kind, { bubbles: true }));
};

const wire = (beside) => {
  const input = document.getElementById(beside.dataset.for);
  if (!input) return;
  const typed = said(beside.dataset.typed);
  const button = Object.assign(document.createElement("button"), { type: "button", className: "said-use" });
  let before = null;

  const show = () => {
    const isSame = valueOf(input) === typed;
    beside.classList.toggle("is-same", isSame);
    button.hidden = isSame && before === null;
    button.textContent = isSame ? "Undo" : "Use it";
    if (!isSame) before = null;
  };

  button.addEventListener("click", () => {
    const [value, kept] = valueOf(input) === typed ? [before, null] : [typed, valueOf(input)];
    put(input, value);
    before = kept;
    show();
    button.focus();
    if (button.hidden) input.focus();
  });
  input.addEventListener("input", show);
  input.addEventListener("change", show);
  beside.append(" ", button);
  show();
};

document.querySelectorAll(".said-beside").forEach(wire);
