/* One file on the page of uploads: what is known of it here, until the server says what became of it. */

const make = (name, properties = {}) => Object.assign(document.createElement(name), properties);
const size = (bytes) => (bytes > 1e6 ? `${(bytes / 1e6).toFixed(1)} MB` : `${Math.ceil(bytes / 1e3)} kB`);

export class UploadRow {
  constructor(file) {
    this.element = make("li");
    this.size = size(file.size);
    this.bar = make("progress", { max: 1, value: 0 });
    this.bar.setAttribute("aria-label", file.name);
    this.words = make("p");
    const words = make("div");
    words.append(make("p", { className: "received-name", textContent: `${file.name}, ${this.size}` }), this.bar, this.words);
    this.box = make("div");
    this.box.append(make("span", { className: "picture-awaited" }), words);
    this.element.append(this.box);
  }

  /** Say how the file stands: `status` is one word, `words` a sentence. */
  say(status, words) {
    this.box.className = `received is-${status}`;
    this.words.className = ["failed", "refused"].includes(status) ? "refused" : "quiet";
    this.words.textContent = words;
    this.bar.hidden = status !== "sending";
    this.bar.value = 0;
  }

  progress(share) {
    this.bar.value = share;
    if (share === 1) this.words.textContent = "Sent; the picture is being read";
  }

  /** The server's own markup, as the page without script has it. */
  answer(markup) {
    this.element.innerHTML = markup;
    this.element.querySelector(".received-name").append(`, ${this.size}`);
  }
}
