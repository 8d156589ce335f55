/* Choosing a picture of the library: what is found shows what it looks like, and so does the row it is chosen in. */

const $ = window.django?.jQuery;

const make = (tag, className, textContent) => Object.assign(document.createElement(tag), { className, textContent });
const seen = ({ thumbnail }) => Object.assign(document.createElement("img"), { src: thumbnail, alt: "", className: "thumbnail" });

/* Select2 asks this for each thing that it lists; only pictures have a thumbnail. */
const shown = (found) => {
  if (found.thumbnail === undefined) return found.text;
  const words = make("span", "choice-words", "");
  words.append(make("span", "choice-title", found.text), make("span", "choice-facts", found.facts));
  const choice = make("span", "picture-choice", "");
  choice.append(found.thumbnail ? seen(found) : make("span", "thumbnail", ""), words);
  return $(choice);
};

/* The lists are drawn when the page is ready, which is after this module. */
$?.fn.select2?.defaults.set("templateResult", shown);

$?.(document).on("select2:select", ".picture-row select", ({ target, params }) => {
  const summary = target.closest(".row").querySelector("summary");
  const heading = summary.querySelector("h3");
  heading.replaceChildren(...(params.data.thumbnail ? [seen(params.data)] : []), make("span", "row-title", params.data.text));
  if (params.data.row !== undefined) summary.querySelector(".picture-facts").innerHTML = params.data.row; // the server's own
});
