/* Choosing a source or an outlet marks what rests on it, on the page as it stands. Which passages those are is asked of
   the page's own address (`?source=6`, `?outlet=…`); without this script that address shows the same. */

import { button, float, say } from "./told-aside.js";
import { words } from "./words.js";

const CLASS = "rests";
const unmark = () => document.querySelectorAll(`.${CLASS}`).forEach((one) => one.classList.remove(CLASS));

let at = -1;
const step = (by) => {
  const marks = [...document.querySelectorAll(`.${CLASS}`)];
  at = at < 0 && by < 0 ? marks.length - 1 : (at + by + marks.length) % marks.length;
  marks[at].closest("details")?.setAttribute("open", "");
  marks[at].scrollIntoView({ block: "center" });
};

/* The bar says all that a screen reader needs; the focus stays at what was chosen. */
const show = (page, link) => {
  const told = page.querySelector(".resting-on");
  if (!told) return false;
  unmark();
  at = -1;
  const bar = document.importNode(told, true);
  bar.querySelector(".without-marks").remove();
  bar.append(button(words.previous, () => step(-1)), " ", button(words.next, () => step(1)));
  float(bar, (byReader) => {
    unmark();
    history.replaceState(null, "", location.pathname + location.hash);
    if (byReader) link.focus({ preventScroll: true });
  });
  say(bar.querySelector("p"));
  page.querySelectorAll(`.${CLASS}[id]`).forEach(({ id }) => document.getElementById(id)?.classList.add(CLASS));
  return true;
};

let asked = null;
document.addEventListener("click", async (event) => {
  const link = event.target.closest("a.marks");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  asked = event;
  try {
    const answer = await fetch(link.href);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (asked !== event) return; // another one was chosen meanwhile
    if (!answer.ok || !show(page, link)) throw new Error("no marks");
    history.replaceState(null, "", link.href);
  } catch {
    if (asked === event) location.assign(link.href);
  }
});
