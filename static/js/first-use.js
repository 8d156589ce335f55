/* What a reader may never use comes with the first sign of one: a pointer, a key, a touch, a wheel. A click that was
   quicker than the network waits for it and is then done again; where nothing comes, it does what it does without a script. */

const { parts } = document.querySelector("script[data-parts]").dataset;
const SIGNS = ["pointermove", "pointerdown", "touchstart", "keydown", "focusin", "wheel"];
const PATIENCE = 3000; // milliseconds; then a click does what it does without a script
const held = [];

const isForThem = ({ target }) =>
  target.closest("a.marks, .gallery .picture-link") || (target.closest(".sentence[id]") && !target.closest("a, button, summary"));

const hold = (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button || !isForThem(event)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  held.push(event);
};

/* A browser tells of a pointer that did not move when the page under it did. */
const begin = async ({ type, movementX, movementY }) => {
  if (type === "pointermove" && !movementX && !movementY) return;
  SIGNS.forEach((sign) => removeEventListener(sign, begin));
  addEventListener("click", hold, true);
  const late = new Promise((done) => setTimeout(done, PATIENCE));
  await Promise.race([late, Promise.allSettled(parts.split(" ").map((part) => import(part)))]);
  removeEventListener("click", hold, true);
  held.forEach((event) => event.target.dispatchEvent(new MouseEvent("click", event)));
};

SIGNS.forEach((sign) => addEventListener(sign, begin, { passive: true }));
