/* A marker shows its source beside it: while the pointer is over it or over what is shown, while it has the focus, or after
   a tap. One at a time; Esc, another place or scrolling away closes it. Without this script a marker is a link to the
   list of sources, and with it still: a click, Enter and a second tap go there. */

const OPEN_AFTER = 120;
const CLOSE_AFTER = 250;
const AWAY = 8; // CSS pixels between marker and preview, and between preview and window

const preview = Object.assign(document.createElement("div"), { className: "source-preview", id: "source-preview" });
let marker = null;
let timer = 0;
let pressed = "";

const later = (act, milliseconds) => {
  clearTimeout(timer);
  timer = setTimeout(act, milliseconds);
};

const contentOf = (link) => {
  const source = document.getElementById(link.hash.slice(1))?.querySelector(".source > div");
  if (!source) return null;
  const told = source.cloneNode(true);
  told.querySelectorAll("[id]").forEach((one) => one.removeAttribute("id"));
  told.querySelectorAll("[data-cite]").forEach((one) => `${link.id}-`.startsWith(`${one.dataset.cite}-`) || one.remove());
  told.querySelectorAll(".quotes a").forEach((back) => back.remove()); // it leads to where we are
  told.querySelector(".quotes:empty")?.remove();
  const number = Object.assign(document.createElement("span"), { className: "source-number", textContent: `[${link.textContent}]` });
  told.prepend(number, " ");
  return told;
};

const place = () => {
  const at = marker.getBoundingClientRect();
  const { width, height } = preview.getBoundingClientRect();
  const isBelow = at.bottom + AWAY + height <= innerHeight || at.top < height + AWAY;
  preview.style.top = `${isBelow ? at.bottom + AWAY : at.top - AWAY - height}px`;
  preview.style.left = `${Math.max(AWAY, Math.min(at.left - AWAY, document.documentElement.clientWidth - width - AWAY))}px`;
};

const close = () => {
  clearTimeout(timer);
  if (!marker) return;
  marker.removeAttribute("aria-describedby");
  marker = null;
  preview.hidePopover();
};

const open = (link) => {
  clearTimeout(timer);
  if (marker === link) return;
  const told = contentOf(link);
  close();
  if (!told) return;
  marker = link;
  preview.replaceChildren(told);
  preview.showPopover();
  place();
  marker.setAttribute("aria-describedby", preview.id);
};

const markerOf = ({ target }) => (target instanceof Element ? target.closest(".marker") : null);

const listen = () => {
  document.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch") return;
    const link = markerOf(event);
    if (link) later(() => open(link), OPEN_AFTER);
    else if (preview.contains(event.target)) clearTimeout(timer);
    else if (marker && document.activeElement !== marker) later(close, CLOSE_AFTER);
    else if (!marker) clearTimeout(timer);
  });
  document.addEventListener("pointerdown", (event) => {
    pressed = event.pointerType;
    if (marker && !preview.contains(event.target) && markerOf(event) !== marker) close();
  });
  document.addEventListener("click", (event) => {
    const link = markerOf(event);
    if (!link || pressed !== "touch") return;
    if (marker !== link) {
      event.preventDefault();
      open(link);
    } else close();
  });
  document.addEventListener("focusin", (event) => {
    const link = markerOf(event);
    if (link?.matches(":focus-visible")) open(link);
    else if (marker && !preview.contains(event.target)) close();
  });
  document.addEventListener("keydown", ({ key }) => key === "Escape" && close());
  addEventListener("scroll", () => marker && (marker.getBoundingClientRect().bottom < 0 || marker.getBoundingClientRect().top > innerHeight ? close() : place()), { passive: true });
  addEventListener("resize", () => marker && place());
};

if ("popover" in HTMLElement.prototype && document.querySelector(".marker")) {
  preview.popover = "manual";
  document.querySelector("main").append(preview); // within a landmark
  document.querySelectorAll(".marker[title]").forEach((link) => link.removeAttribute("title")); // else both are shown
  listen();
}
