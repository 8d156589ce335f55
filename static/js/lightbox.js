/* The gallery, large: a dialog over the page. Without this script each picture leads to a page of its own. */

import { words } from "./words.js";

const SWIPE = 40; // CSS pixels; less is a tap that slipped

const make = (name, className, properties = {}) => Object.assign(document.createElement(name), { className, ...properties });
const button = (className, textContent) => make("button", className, { type: "button", textContent });

class Lightbox {
  constructor(links) {
    this.links = links;
    this.slides = [];
    this.dialog = make("dialog", "lightbox");
    this.dialog.setAttribute("aria-label", links.length > 1 ? words.pictures : words.picture);
    this.count = make("p", "lightbox-count");
    this.count.setAttribute("role", "status");
    this.stage = make("div", "lightbox-stage");
    this.close = button("lightbox-close", words.close);
    this.previous = button("lightbox-previous", words.previous);
    this.next = button("lightbox-next", words.next);
    const bar = make("div", "lightbox-bar");
    bar.append(...(links.length > 1 ? [this.count, this.previous, this.next, this.close] : [this.count, this.close]));
    this.dialog.append(bar, this.stage);
    document.body.append(this.dialog);
    this.listen();
  }

  listen() {
    this.close.addEventListener("click", () => this.dialog.close());
    this.previous.addEventListener("click", () => this.show(this.at - 1));
    this.next.addEventListener("click", () => this.show(this.at + 1));
    this.dialog.addEventListener("click", (event) => event.target === this.dialog && this.dialog.close());
    this.dialog.addEventListener("close", () => {
      document.documentElement.classList.remove("has-lightbox");
      this.links[this.at].focus();
    });
    this.dialog.addEventListener("keydown", (event) => this.key(event));
    this.stage.addEventListener("pointerdown", (event) => (this.from = event.isPrimary ? event : null));
    this.stage.addEventListener("pointerup", (event) => this.swiped(event));
    this.stage.addEventListener("pointercancel", () => (this.from = null));
  }

  open(at) {
    document.documentElement.classList.add("has-lightbox");
    this.dialog.showModal();
    this.show(at);
    this.close.focus();
  }

  show(at) {
    if (at < 0 || at >= this.links.length) return;
    this.at = at;
    [at, at + 1, at - 1].filter((one) => this.links[one]).forEach((one) => this.slide(one));
    this.slides.forEach((slide, place) => (slide.hidden = place !== at));
    this.count.textContent = this.links.length > 1 ? words.pictureCount.replace("{at}", at + 1).replace("{count}", this.links.length) : "";
    this.previous.setAttribute("aria-disabled", at === 0);
    this.next.setAttribute("aria-disabled", at === this.links.length - 1);
  }

  /* Made when it or its neighbour is first shown, so that the next one is there when it is asked for. */
  slide(at) {
    if (this.slides[at]) return;
    const link = this.links[at];
    const figure = make("figure", "lightbox-picture", { hidden: true });
    const picture = link.querySelector("picture").cloneNode(true);
    picture.querySelectorAll("source, img").forEach((one) => (one.sizes = "100vw"));
    picture.querySelector("img").loading = "eager";
    const caption = link.closest("figure").querySelector("figcaption").cloneNode(true);
    caption.dir = getComputedStyle(link).direction; // here nothing of the story stands around it
    caption.querySelectorAll("[id]").forEach((one) => one.removeAttribute("id"));
    caption.querySelector(".credit").append(" ", make("a", "about-picture", { href: link.href, textContent: words.aboutPicture }));
    figure.append(picture, caption);
    this.slides[at] = figure;
    this.stage.append(figure);
  }

  key(event) {
    if (event.key === "Tab") return this.keepInside(event);
    const forward = getComputedStyle(this.links[0]).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
    const backward = forward === "ArrowLeft" ? "ArrowRight" : "ArrowLeft";
    const to = { [forward]: this.at + 1, [backward]: this.at - 1, Home: 0, End: this.links.length - 1 }[event.key];
    if (to === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    this.show(to);
  }

  keepInside(event) {
    const stops = [...this.dialog.querySelectorAll("button, a[href]")].filter((one) => one.checkVisibility());
    const edge = event.shiftKey ? stops[0] : stops.at(-1);
    if (document.activeElement !== edge) return;
    event.preventDefault();
    (event.shiftKey ? stops.at(-1) : stops[0]).focus();
  }

  swiped(event) {
    if (!this.from || event.pointerType === "mouse") return;
    const [across, down] = [event.clientX - this.from.clientX, event.clientY - this.from.clientY];
    this.from = null;
    if (Math.abs(across) < SWIPE || Math.abs(across) < 2 * Math.abs(down)) return;
    const isForward = across < 0 !== (getComputedStyle(this.links[0]).direction === "rtl");
    this.show(this.at + (isForward ? 1 : -1));
  }
}

/* Its style comes with it. Where that does not come, each picture still leads to its page. */
const dressed = () =>
  new Promise((done, failed) => {
    const { style: href } = document.querySelector("script[data-parts]").dataset;
    const sheet = Object.assign(document.createElement("link"), { rel: "stylesheet", href });
    sheet.addEventListener("load", done);
    sheet.addEventListener("error", failed);
    document.head.append(sheet);
  });

const links = [...document.querySelectorAll(".gallery .picture-link")];
if (links.length && "showModal" in HTMLDialogElement.prototype) {
  await dressed();
  const lightbox = new Lightbox(links);
  links.forEach((link, at) =>
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return; // a new tab is what was asked for
      event.preventDefault();
      lightbox.open(at);
    }),
  );
}
