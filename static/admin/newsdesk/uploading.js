/* Uploading pictures: each file is sent alone, a few at a time, in their order, and says what became of it. Files stay
   where they are until their turn: hundreds of them take no memory. */

import { droppedFiles } from "./dropped-files.js";
import { UploadRow } from "./upload-row.js";

const AT_ONCE = 3;
const SIGNED_OUT = "You are signed out. The files wait here: sign in, then try again.";
const UNREACHABLE = "The server does not answer. The files wait here: try again in a moment.";
const NO_ANSWER = "The server does not answer. Try again in a moment; the file still waits here.";
const NOT_YOURS = "The server does not take pictures from you any more. Ask your chief for the right to upload.";
const FAULT = "The server failed at this file. Try again; the file still waits here.";
const TOO_LARGE_THERE = "Refused. The file is larger than the server takes. Save the picture smaller and upload that.";
const NOT_GATHERED = "The pictures are in the library, but not in the story’s gallery yet. Try again in a moment.";

const form = document.querySelector(".upload-form");
const picker = form.querySelector("input[type=file]");
const list = document.querySelector(".uploads");
const summary = document.querySelector(".upload-summary");
const part = (name) => summary.querySelector(`.${name}`);
const [counted, bar, spoken, heldLine, gathered] = ["upload-count", "all-files", "upload-spoken", "upload-held", "upload-gathered"].map(part);
const [pauseButton, cancelButton, retryButton] = ["pause", "cancel", "retry"].map(part);
const next = document.querySelector(".upload-next");
const token = form.querySelector("[name=csrfmiddlewaretoken]");
const story = form.querySelector("[name=story]")?.value;

const items = [];
let paused = false;
let held = ""; // why nothing is sent until somebody tries again
let unanswered = 0; // files in a row that got no answer
const inGallery = new Set(); // pictures that the story was given
let gathering = false;
let notGathered = false;
let told = "";

const count = (...statuses) => items.filter((item) => statuses.includes(item.status)).length;
const mark = (item, status, words) => {
  item.status = status;
  item.row.say(status, words);
};
const wait = (item) => mark(item, "waiting", "Waiting");

const hold = (sentence, signedOut) => {
  held = sentence;
  heldLine.querySelector("span").textContent = sentence;
  heldLine.querySelector("a").hidden = !signedOut;
};

const letGo = () => {
  held = "";
  unanswered = 0;
};

const pictures = () => [...new Set(items.map((item) => item.image).filter(Boolean))];

/* In one sentence what has become of all. */
const sentence = () => {
  const parts = [`${count("new")} of ${items.length} uploaded`];
  for (const [status, words] of Object.entries({ known: "known already", refused: "refused", failed: "failed", cancelled: "not sent" }))
    if (count(status)) parts.push(`${count(status)} ${words}`);
  return `${parts.join(", ")}.`;
};

/* Heard when it is over; of many files also at each quarter. What holds them up is an alert of its own. */
const speak = (words, open) => {
  const quarter = items.length < 20 ? 0 : Math.floor((4 * (items.length - open)) / items.length);
  const moment = `${items.length} ${open ? quarter : words}`;
  if (moment !== told && (!open || quarter)) spoken.textContent = words;
  told = moment;
};

const offerRetry = () => (retryButton.hidden = !(held || count("failed") || notGathered));

const fill = () => {
  bar.max = items.length || 1;
  bar.value = items.reduce((sum, { status, sent }) => sum + (status === "sending" ? sent : status === "waiting" ? 0 : 1), 0);
};

const tell = () => {
  const open = count("waiting", "sending");
  summary.hidden = !items.length;
  counted.textContent = sentence();
  speak(counted.textContent, open);
  fill();
  heldLine.hidden = !held;
  offerRetry();
  pauseButton.hidden = !open || Boolean(held);
  cancelButton.hidden = !count("waiting");
  const ids = pictures();
  next.hidden = open || !ids.length;
  const most = Number(next.dataset.most);
  next.querySelectorAll("a[data-page]").forEach((link) => (link.href = `${link.dataset.page}?ids=${ids.slice(0, most).join(",")}`));
  next.querySelector(".too-many").hidden = ids.length <= most;
  if (!open) gather();
};

/* A session may have ended, or begun anew with another token. */
const renewToken = async () => {
  try {
    const answer = await fetch(form.dataset.signedIn, { headers: { Accept: "application/json" }, cache: "no-store" });
    if (!answer.headers.get("Content-Type")?.includes("json")) return hold(SIGNED_OUT, true);
    token.value = (await answer.json()).csrf_token;
  } catch {
    hold(UNREACHABLE);
  }
};

const post = (address, values) => {
  const body = new FormData();
  for (const [name, value] of Object.entries({ csrfmiddlewaretoken: token.value, ...values })) body.append(name, value);
  return fetch(address, { method: "POST", body, headers: { Accept: "application/json" } });
};

/* All that came goes into the story's gallery as one save of its draft, in the order of the files. */
const gather = async () => {
  const ids = pictures().filter((id) => !inGallery.has(id));
  if (!story || gathering || !ids.length) return;
  gathering = true;
  try {
    const answer = await post(form.dataset.toGallery, { story, ids: ids.join(",") });
    gathered.textContent = (await answer.json()).sentence;
    ids.forEach((id) => inGallery.add(id));
    notGathered = false;
  } catch {
    gathered.textContent = NOT_GATHERED;
    notGathered = true;
  }
  gathering = false;
  offerRetry();
  if (!notGathered && !count("waiting", "sending")) gather(); // what came meanwhile
};

const failed = (item, words) => mark(item, "failed", words);

const unreadable = async (item, { status }) => {
  if (status === 413) return mark(item, "refused", TOO_LARGE_THERE);
  if (status >= 400 && status !== 403) return failed(item, FAULT);
  if (item.asked) return failed(item, NOT_YOURS);
  await renewToken(); // it was the page of signing in, or the token of an earlier session
  item.asked = !held;
  wait(item);
};

const answered = (item, request) => {
  unanswered = 0;
  let answer;
  try {
    answer = JSON.parse(request.responseText);
  } catch {
    return unreadable(item, request);
  }
  if (answer.status === "failed") return failed(item, answer.sentence);
  Object.assign(item, { status: answer.status, image: answer.image, file: null });
  item.row.answer(answer.row);
};

const notAnswered = (item) => {
  failed(item, NO_ANSWER);
  unanswered += 1;
  if (unanswered >= AT_ONCE) hold(UNREACHABLE); // not one file that cannot be read: no server, or no network
};

const send = (item) =>
  new Promise((settle) => {
    mark(item, "sending", "Uploading");
    item.sent = 0;
    const body = new FormData();
    body.append("csrfmiddlewaretoken", token.value);
    body.append("file", item.file, item.file.name);
    const request = new XMLHttpRequest(); // fetch tells nothing of its progress
    request.open("POST", form.dataset.to);
    request.setRequestHeader("Accept", "application/json");
    request.upload.addEventListener("progress", ({ lengthComputable, loaded, total }) => {
      item.sent = lengthComputable ? loaded / total : 0;
      item.row.progress(item.sent);
      fill();
    });
    request.addEventListener("load", () => settle(answered(item, request)));
    ["error", "abort", "timeout"].forEach((kind) => request.addEventListener(kind, () => settle(notAnswered(item))));
    request.send(body);
  });

const work = async () => {
  if (paused || held || count("sending") >= AT_ONCE) return;
  const item = items.find(({ status }) => status === "waiting");
  if (!item) return;
  const sent = send(item);
  work();
  await sent;
  tell();
  work();
};

const add = (files) => {
  const mostBytes = Number(form.dataset.mostBytes);
  const rows = document.createDocumentFragment();
  for (const file of files) {
    const item = { file, row: new UploadRow(file) };
    items.push(item);
    rows.append(item.row.element);
    if (file.size <= mostBytes) wait(item);
    else mark(item, "refused", `Refused. The file is larger than ${mostBytes / 1048576} MB. Save the picture smaller and upload that.`);
  }
  list.append(rows);
  tell();
  work();
};

retryButton.addEventListener("click", async () => {
  letGo();
  await renewToken();
  if (!held) {
    items.forEach((item) => (item.asked = false));
    items.filter(({ status }) => status === "failed").forEach(wait);
  }
  tell();
  work();
});

cancelButton.addEventListener("click", () => {
  items.filter(({ status }) => status === "waiting").forEach((item) => mark(item, "cancelled", "Not sent."));
  letGo();
  tell();
});

pauseButton.addEventListener("click", () => {
  paused = !paused;
  pauseButton.textContent = paused ? "Go on" : "Pause";
  work();
});

const chosen = () => {
  add([...picker.files]);
  picker.value = "";
};
picker.addEventListener("change", chosen);
form.addEventListener("submit", (event) => event.preventDefault());
form.querySelector(".send-all").hidden = true;
form.querySelector(".drop-help").hidden = false;

const holdsFiles = (event) => event.dataTransfer?.types.includes("Files");
const dropping = (yes) => document.body.classList.toggle("is-dropping", yes);
addEventListener("dragover", (event) => {
  if (!holdsFiles(event)) return;
  event.preventDefault();
  dropping(true);
});
addEventListener("dragleave", (event) => event.relatedTarget || dropping(false));
addEventListener("drop", async (event) => {
  if (!holdsFiles(event)) return;
  event.preventDefault();
  dropping(false);
  add(await droppedFiles(event.dataTransfer));
});
addEventListener("paste", (event) => {
  const files = [...(event.clipboardData?.files ?? [])];
  if (files.length) add(files);
});
addEventListener("beforeunload", (event) => {
  if (count("waiting", "sending", "failed") || gathering || notGathered) event.preventDefault();
});
if (picker.files.length) chosen(); // before this script was there
