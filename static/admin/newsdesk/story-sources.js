/* The story's sources as they stand on the open form, those not saved yet too: to be found, shown and added. */

const form = document.getElementById("story_form");
const part = () => form.querySelector('[data-rows="sources"]');
const value = (row, name) => row.querySelector(`[name$="-${name}"]`)?.value.trim() ?? "";

/** The number of a source's row, 0 while it has none. */
export const numberOf = (row) => Number(row.querySelector(".source-number")?.textContent || value(row, "number")) || 0;

const read = (row) => ({
  row,
  number: numberOf(row),
  title: value(row, "title"),
  outlet: value(row, "outlet"),
  published: value(row, "published"),
  url: value(row, "url"),
  authors: value(row, "authors"),
});

const CHANGES = ["input", "change", "source:numbered", "formset:added", "rows:changed"];
let known = null; // by number, until something changes: a long timeline asks thousands of times

const forget = () => (known = null);
CHANGES.forEach((name) => form?.addEventListener(name, ({ target }) => target.closest?.(".source-row") && forget(), true));
form?.addEventListener("story:changed", forget);

const byNumber = () => {
  if (known) return known;
  const all = Array.from(part()?.querySelectorAll(":scope > .source-row:not(.is-removed)") ?? [], read);
  known = new Map(all.filter(({ number }) => number).map((source) => [source.number, source]));
  return known;
};

/** The sources that will be there after a save, by number. Rows without a number yet are not among them. */
export const sources = () => [...byNumber().values()].sort((one, other) => one.number - other.number);

export const sourceOf = (number) => byNumber().get(number);

export const host = (url) => {
  try {
    return new URL(url).hostname.replace(/^www\./, "");
  } catch {
    return "";
  }
};

/** What a source is called in a line: its title, or the best that is known of it. */
export const nameOf = ({ title, url }) => title || url || "no details yet";

/** Who published it and when. */
export const originOf = ({ outlet, published, url }) => [outlet || host(url), published].filter(Boolean).join(", ");

const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase();

const score = (source, words) => {
  const [title, outlet] = [fold(source.title), fold(source.outlet)];
  const all = [title, outlet, fold(source.url), fold(source.authors), fold(source.published)].join(" ");
  if (!words.every((word) => all.includes(word) || String(source.number) === word)) return -1;
  return words.reduce((sum, word) => {
    if (String(source.number) === word) return sum + 100;
    if (new RegExp(`(^|\\W)${RegExp.escape?.(word) ?? word.replace(/\W/g, "\\$&")}`).test(title)) return sum + 10;
    return sum + (outlet.startsWith(word) ? 8 : 1);
  }, 0);
};

/** The sources that a few words mean, the likeliest first; of equals the newest number, which is what is cited next. */
export const search = (text) => {
  const words = fold(text).split(/[\s[\],]+/).filter(Boolean);
  return sources()
    .map((source) => [score(source, words), source])
    .filter(([points]) => points >= 0)
    .sort(([one, a], [other, b]) => other - one || (words.length ? a.number - b.number : b.number - a.number))
    .map(([, source]) => source);
};

/** Call `tell` whenever sources come, go or change. */
export const onSources = (tell) => {
  const list = part();
  if (!list) return;
  CHANGES.forEach((name) => list.addEventListener(name, tell));
  form.addEventListener("story:changed", ({ detail }) => detail === "sources" && tell());
};
