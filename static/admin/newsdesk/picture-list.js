/* The list of pictures tells in which order they were ticked: that is the order of a gallery made of them. */

const form = document.getElementById("changelist-form");
const ticked = new Set();

/* A tick with Shift held ticks others too, which say nothing of it themselves: they follow in the list's order. */
const follow = () => {
  for (const { value, checked } of form.querySelectorAll(".action-select")) {
    if (!checked) ticked.delete(value);
    else ticked.add(value);
  }
};

form?.addEventListener("change", () => setTimeout(follow));
form?.addEventListener("submit", () => {
  follow();
  const picked = form.querySelector("input[name=picked]") ?? Object.assign(document.createElement("input"), { type: "hidden", name: "picked" });
  picked.value = [...ticked].join(",");
  form.append(picked);
});
