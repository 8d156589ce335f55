/* What a script tells of the page stands at the foot of the window, one at a time, where it moves nothing. */

import { words } from "./words.js";

export const button = (textContent, act) => {
  const one = Object.assign(document.createElement("button"), { type: "button", textContent });
  one.addEventListener("click", act);
  return one;
};

/** Show the aside there; `closed` is called when the reader closes it, or another one takes its place. */
export const float = (aside, closed = () => {}) => {
  const close = ({ type } = {}) => {
    aside.remove();
    closed(type !== "told:over");
  };
  aside.classList.add("is-floating");
  aside.append(" ", button(words.close, close));
  aside.addEventListener("told:over", close);
  aside.addEventListener("keydown", ({ key }) => key === "Escape" && close());
  document.querySelector(".told-aside.is-floating")?.dispatchEvent(new CustomEvent("told:over"));
  document.body.append(aside);
};

/** Have a screen reader say what stands in a paragraph of a page: a live region says what comes into it. */
export const say = (paragraph) => {
  const words = [...paragraph.childNodes];
  paragraph.replaceChildren();
  paragraph.setAttribute("role", "status");
  requestAnimationFrame(() => paragraph.append(...words));
};
