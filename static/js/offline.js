/* What this browser keeps for reading offline: shown, and taken away, by nobody but the reader. */

const KEPT = "newsdesk kept ";
const part = document.querySelector(".kept-stories");
const list = part.querySelector("ol");
const { keptAt, version, remove, pathname } = part.dataset;
const clock = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZoneName: "short" };
const moment = (at) =>
  new Date(at).toLocaleString(document.documentElement.lang, { year: "numeric", month: "short", day: "numeric", ...clock });

const make = (name, properties, ...children) => {
  const one = Object.assign(document.createElement(name), properties);
  one.append(...children);
  return one;
};

const read = async (name) => {
  const path = name.slice(KEPT.length);
  const headers = (await caches.match(path, { cacheName: name, ignoreVary: true }))?.headers;
  if (!headers) return null;
  const [headline, lang = "", dir = "auto"] = JSON.parse(decodeURIComponent(headers.get("Newsdesk-Headline")));
  return { name, path, headline, lang, dir, at: headers.get("Newsdesk-Kept") };
};

const item = ({ name, path, headline, lang, dir, at }) => {
  const link = make("a", { className: "headline-link", href: path }, headline);
  const [before, after] = keptAt.split("{moment}");
  const time = make("time", { dateTime: at }, moment(at));
  const button = make("button", { type: "button" }, remove);
  button.setAttribute("aria-label", `${remove}: ${headline}`);
  button.addEventListener("click", () => drop([name]));
  const facts = make("p", { className: "status" }, make("span", {}, before, time, after), " ");
  const number = /\/versions\/(\d+)\/$/.exec(path)?.[1];
  if (number) facts.append(make("span", {}, version.replace("{number}", number)), " ");
  facts.append(button);
  return make("li", {}, make("p", { className: "old-headline", lang, dir }, link), facts);
};

const names = async () => (await caches.keys()).filter((name) => name.startsWith(KEPT)).reverse();

const show = async () => {
  const found = (await Promise.all((await names()).map(read))).filter(Boolean);
  list.replaceChildren(...found.map(item));
  part.querySelector(".nothing").hidden = found.length > 0;
  part.querySelector(".remove-all").hidden = list.hidden = !found.length;
};

const drop = async (gone) => {
  await Promise.all(gone.map((name) => caches.delete(name)));
  await show();
  part.querySelector("h2").focus(); // what had it is gone
};

const choice = part.querySelector("[type=checkbox]");
try {
  choice.checked = localStorage.getItem("newsdesk:keeps") !== "no";
  choice.addEventListener("change", () => localStorage.setItem("newsdesk:keeps", choice.checked ? "yes" : "no"));
} catch {
  choice.disabled = true;
}

if (window.caches) {
  part.hidden = false;
  part.querySelector(".remove-all").addEventListener("click", async () => drop(await names()));
  document.querySelector(".not-here").hidden = location.pathname === pathname;
  await show();
}
