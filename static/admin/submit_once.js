// A second click on Save, while an upload is still on its way, sends nothing.
// Where a form is sent twice all the same, the server refuses the second.

for (const form of document.querySelectorAll("#content-main form[method=post]")) {
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    if (form.hasAttribute("aria-busy")) event.preventDefault();
    form.setAttribute("aria-busy", "true");
  });
}

// Coming back by the browser's history shows the form as it was left: busy.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[aria-busy]")) form.removeAttribute("aria-busy");
});
