/* What Select2 draws in the place of a list has no name of its own. */

const nameLists = () =>
  document.querySelectorAll(".field .select2-selection[role=combobox]").forEach((list) => {
    const words = list.closest(".field").querySelector("label")?.textContent;
    if (words) list.setAttribute("aria-label", `${words}: ${list.textContent.trim()}`);
    list.removeAttribute("aria-labelledby");
    list.querySelector("[role=textbox]")?.setAttribute("role", "presentation");
    list.querySelector("[aria-readonly]")?.removeAttribute("aria-readonly");
  });

window.django?.jQuery(() => setTimeout(nameLists)); // after the admin has drawn its lists
document.addEventListener("formset:added", () => setTimeout(nameLists));
