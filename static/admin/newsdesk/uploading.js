/* Uploading pictures: each file is sent alone, a few at a time, and says what became of it. Files stay where they are
   until their turn: hundreds of them take no memory. */

const AT_ONCE = 3;
const SIGNED_OUT = "You are signed out. Sign in in another tab, then try again; the files still wait here.";
const NO_ANSWER = "The server does not answer. Try again in a moment; the file still waits here.";
const TOO_LARGE = "Refused. The file is larger than 50 MB. Save the picture smaller and upload that.";

const form = document.querySelector(".upload-form");
const picker = form.querySelector("input[type=file]");
const list = document.querySelector(".uploads");
const summary = document.querySelector(".upload-summary");
const said = summary.querySelector("[role=status]");
const bar = summary.querySelector("progress");
const pauseButton = summary.querySelector(".pause");
const retryButton = summary.querySelector(".retry");
const next = document.querySelector(".upload-next");
const token = form.querySelector("[name=csrfmiddlewaretoken]");

const items = [];
let paused = false;
let told = "";

const make = (name, properties = {}) => Object.assign(document.createElement(name), properties);
const count = (status) => items.filter((item) => item.status === status).length;
const waits = (item) => item.status === "waiting";
const size = (bytes) => (bytes > 1e6 ? `${(bytes / 1e6).toFixed(1)} MB` : `${Math.max(1, Math.round(bytes / 1e3))} kB`);

const row = (item) => {
  item.row = make("li");
  item.progress = make("progress", { max: 1, value: 0 });
  item.progress.setAttribute("aria-label", item.file.name);
  item.words = make("p", { textContent: "Waiting" });
  const words = make("div");
  words.append(make("p", { className: "received-name", textContent: `${item.file.name}, ${size(item.file.size)}` }), item.progress, item.words);
  const all = make("div", { className: "received is-waiting" });
  all.append(make("span", { className: "picture-awaited", textContent: "–" }), words);
  item.row.replaceChildren(all);
  list.append(item.row);
};

const fail = (item, sentence) => {
  item.status = "failed";
  item.row.firstChild.className = "received is-failed";
  item.progress.remove();
  item.words.className = "refused";
  item.words.textContent = sentence;
};

const refuse = (item, sentence) => {
  fail(item, sentence);
  item.status = "refused";
};

/* What has become of all, in one sentence: spoken when it is over, or when the number of failures changed. */
const tell = () => {
  const done = items.filter((item) => !["waiting", "sending"].includes(item.status)).length;
  summary.hidden = !items.length;
  bar.max = items.length;
  bar.value = items.reduce((sum, item) => sum + (item.status === "sending" ? item.progress.value : waits(item) ? 0 : 1), 0);
  retryButton.hidden = !count("failed");
  pauseButton.hidden = done === items.length;
  const parts = [`${count("new")} of ${items.length} uploaded`];
  if (count("known")) parts.push(`${count("known")} known already`);
  if (count("refused")) parts.push(`${count("refused")} refused`);
  if (count("failed")) parts.push(`${count("failed")} failed`);
  const sentence = `${parts.join(", ")}.`;
  if (done === items.length || done % 10 === 0 || count("failed")) if (sentence !== told) said.textContent = told = sentence;
  const ids = [...new Set(items.map((item) => item.image).filter(Boolean))];
  next.hidden = !ids.length;
  next.querySelectorAll("a[data-page]").forEach((link) => (link.href = `${link.dataset.page}?ids=${ids.join(",")}`));
};

const answered = (item, request) => {
  let answer;
  try {
    answer = JSON.parse(request.responseText);
  } catch {
    return fail(item, request.status === 200 || request.status === 403 ? SIGNED_OUT : NO_ANSWER);
  }
  if (answer.status === "failed") return fail(item, answer.sentence);
  item.status = answer.status;
  item.image = answer.image;
  item.file = null;
  item.row.innerHTML = answer.row; // the server's own markup, as the page without script has it
};

const send = (item) =>
  new Promise((settle) => {
    item.status = "sending";
    item.words.textContent = "Uploading";
    const body = new FormData();
    body.append("csrfmiddlewaretoken", token.value);
    const story = form.querySelector("[name=story]");
    if (story) body.append("story", story.value);
    body.append("file", item.file, item.file.name);
    const request = new XMLHttpRequest();
    request.open("POST", form.dataset.to);
    request.setRequestHeader("Accept", "application/json");
    request.upload.addEventListener("progress", (event) => {
      item.progress.value = event.lengthComputable ? event.loaded / event.total : 0;
      if (event.loaded === event.total) item.words.textContent = "Arrived; the picture is being read";
      bar.value = items.reduce((sum, one) => sum + (one.status === "sending" ? one.progress.value : waits(one) ? 0 : 1), 0);
    });
    request.addEventListener("load", () => settle(answered(item, request)));
    ["error", "abort", "timeout"].forEach((kind) => request.addEventListener(kind, () => settle(fail(item, NO_ANSWER))));
    request.send(body);
  });

const work = async () => {
  const item = !paused && count("sending") < AT_ONCE && items.find(waits);
  if (!item) return;
  const sent = send(item);
  work();
  await sent;
  tell();
  work();
};

const add = (files) => {
  for (const file of files) {
    const item = { file, status: "waiting" };
    items.push(item);
    row(item);
    if (file.size > Number(form.dataset.mostBytes)) refuse(item, TOO_LARGE);
  }
  tell();
  work();
};

/* A session may have ended, and its token with it, before somebody tries again. */
const newToken = async () => {
  try {
    const answer = await fetch(form.dataset.signedIn, { headers: { Accept: "application/json" }, cache: "no-store" });
    if (answer.headers.get("Content-Type")?.includes("json")) token.value = (await answer.json()).csrf_token;
  } catch {
    /* the files say themselves that the server does not answer */
  }
};

retryButton.addEventListener("click", async () => {
  await newToken();
  for (const item of items.filter((one) => one.status === "failed")) {
    const place = item.row;
    item.status = "waiting";
    row(item);
    place.replaceWith(item.row);
  }
  tell();
  work();
});

pauseButton.addEventListener("click", () => {
  paused = !paused;
  pauseButton.textContent = paused ? "Go on" : "Pause";
  if (!paused) for (let i = 0; i < AT_ONCE; i++) work();
});

const chosen = () => {
  add([...picker.files]);
  picker.value = "";
};
picker.addEventListener("change", chosen);
form.addEventListener("submit", (event) => event.preventDefault());
form.querySelector(".send-all").hidden = true;
form.querySelector(".drop-help").hidden = false;

/* Folders give their files too. */
const entries = (reader) => new Promise((settle) => reader.readEntries(settle, () => settle([])));
const filesOf = async (entry) => {
  if (entry.isFile) return new Promise((settle) => entry.file((file) => settle([file]), () => settle([])));
  const reader = entry.createReader();
  const found = [];
  for (let some = await entries(reader); some.length; some = await entries(reader))
    for (const one of some.filter((each) => !each.name.startsWith("."))) found.push(...(await filesOf(one)));
  return found;
};

const dropped = async (transfer) => {
  const roots = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  if (!roots.length) return [...transfer.files];
  return (await Promise.all(roots.map(filesOf))).flat();
};

const holdsFiles = (event) => event.dataTransfer?.types.includes("Files");
addEventListener("dragover", (event) => {
  if (!holdsFiles(event)) return;
  event.preventDefault();
  document.body.classList.add("is-dropping");
});
addEventListener("dragleave", (event) => !event.relatedTarget && document.body.classList.remove("is-dropping"));
addEventListener("drop", async (event) => {
  if (!holdsFiles(event)) return;
  event.preventDefault();
  document.body.classList.remove("is-dropping");
  add(await dropped(event.dataTransfer));
});
addEventListener("paste", (event) => {
  const files = [...(event.clipboardData?.files ?? [])];
  if (files.length) add(files);
});
addEventListener("beforeunload", (event) => {
  if (items.some((item) => ["waiting", "sending", "failed"].includes(item.status))) event.preventDefault();
});
if (picker.files.length) chosen(); // before this script was there
