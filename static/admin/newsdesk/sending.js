/* A form that is sent once, however often it is pressed, and only by who is still signed in: a form sent to the
   sign-in page is lost with all that was typed. Where one is sent twice all the same, the server refuses the second. */

const signedIn = document.querySelector("meta[name=signed-in]")?.content;

const notice = (form, words, address) => {
  const place = form.querySelector(".save-bar, .buttons, .submit-row") ?? form;
  let line = place.querySelector(".not-sent");
  if (!line) {
    line = Object.assign(document.createElement("p"), { className: "not-sent", role: "alert" });
    place.prepend(line);
  }
  line.textContent = words;
  if (address) line.append(" ", Object.assign(document.createElement("a"), { href: address, target: "_blank", rel: "noopener", textContent: "Sign in in a new tab" }));
};

/** Whether the editor is still signed in; the form gets the token that it may be sent with. */
export const maySend = async (form) => {
  const answer = await fetch(signedIn, { headers: { Accept: "application/json" }, cache: "no-store" });
  if (!answer.headers.get("Content-Type")?.includes("json")) return false;
  form.querySelector("input[name=csrfmiddlewaretoken]").value = (await answer.json()).csrf_token;
  return true;
};

const SIGNED_OUT = "You are signed out, so this was not sent. Everything you typed is still here: sign in, come back, and send it again.";
const NO_ANSWER = "The server does not answer, so this was not sent. Everything you typed is still here: try again in a moment.";

/* The server takes so many fields and bytes at once; a form above that would be thrown away whole. */
const weigh = (form) => {
  const { mostFields, mostBytes } = form.dataset;
  if (!mostFields) return "";
  const fields = [...new FormData(form)];
  if (fields.length > Number(mostFields))
    return `The story has ${fields.length.toLocaleString("en")} fields, and at most ${Number(mostFields).toLocaleString("en")} can be saved at once, so this was not sent. Everything you typed is still here: move a part of it to a sub-story.`;
  const bytes = fields.reduce((sum, [name, value]) => sum + name.length + 3 * value.length, 0);
  if (bytes > Number(mostBytes) && new Blob(fields.flat()).size > Number(mostBytes))
    return `The story is larger than ${Math.floor(Number(mostBytes) / 1048576)} MB, so this was not sent. Everything you typed is still here: move a part of it to a sub-story.`;
  return "";
};

/** Watch over a form; `before` is called when it is really on its way. */
export const sendOnce = (form, before = () => {}) => {
  form.addEventListener("submit", async (event) => {
    if (form.dataset.sending === "now") return;
    event.preventDefault();
    if (form.dataset.sending) return;
    form.dataset.sending = "asking";
    form.setAttribute("aria-busy", "true");
    try {
      await form.pending; // what a script is just telling the server comes first
      const tooMuch = form.heldBack?.() || weigh(form);
      if (tooMuch) notice(form, tooMuch);
      else if (await maySend(form)) {
        before();
        form.dataset.sending = "now";
        form.requestSubmit(event.submitter);
        return;
      } else notice(form, SIGNED_OUT, "/admin/login/?next=/admin/");
    } catch {
      notice(form, NO_ANSWER);
    }
    letGo(form);
  });
};

const letGo = (form) => {
  delete form.dataset.sending;
  form.removeAttribute("aria-busy");
};

/* Coming back by the browser's history shows a form as it was left: on its way. A page that is still loading is not that. */
addEventListener("pageshow", ({ persisted }) => persisted && document.querySelectorAll("form[data-sending]").forEach(letGo));
