/* The focal point of a picture by click, drag and arrow keys. The numbers beside it are what is saved; whatever moves
   the point writes them, and whatever is typed there moves the point. */

import { cropBox } from "./crops.js";

const STEP = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const HELP = "Arrow keys move it, with Shift by ten; Home puts it in the middle.";

const percentIn = (input, otherwise) => {
  const typed = input.value.trim();
  return /^\d+$/.test(typed) && Number(typed) <= 100 ? Number(typed) : otherwise;
};

const clamped = (percent) => Math.min(Math.max(Math.round(percent), 0), 100);

const wire = (box, [inputX, inputY], isCropped) => {
  const stage = box.querySelector(".focal-stage");
  const told = box.querySelector(".focal-told");
  const marker = Object.assign(document.createElement("button"), { type: "button", className: "focal-marker" });
  const [width, height] = [Number(box.dataset.width), Number(box.dataset.height)];
  let at = [50, 50];

  const draw = () => {
    at = [percentIn(inputX, at[0]), percentIn(inputY, at[1])];
    marker.style.left = `${at[0]}%`;
    marker.style.top = `${at[1]}%`;
    marker.setAttribute("aria-label", `Focal point: ${at[0]} % from the left, ${at[1]} % from the top. ${HELP}`);
    for (const piece of box.querySelectorAll(".focal-piece")) {
      const { across, down } = piece.dataset;
      const view = isCropped.checked ? cropBox(width, height, Number(across), Number(down), ...at) : [0, 0, width, height];
      piece.setAttribute("viewBox", view.join(" "));
    }
    stage.classList.toggle("is-whole", !isCropped.checked);
  };

  const say = () => (told.textContent = isCropped.checked ? `${at[0]} % from the left, ${at[1]} % from the top` : "It is shown whole everywhere.");

  const move = (x, y) => {
    inputX.value = clamped(x);
    inputY.value = clamped(y);
    inputX.dispatchEvent(new Event("input", { bubbles: true }));
    say();
  };

  const moveTo = ({ clientX, clientY }) => {
    const seen = stage.getBoundingClientRect();
    move(((clientX - seen.left) / seen.width) * 100, ((clientY - seen.top) / seen.height) * 100);
  };

  const dragged = (event) => marker.hasPointerCapture(event.pointerId) && moveTo(event);

  marker.addEventListener("pointerdown", (event) => marker.setPointerCapture(event.pointerId));
  marker.addEventListener("pointermove", dragged);
  stage.addEventListener("click", (event) => {
    if (event.detail === 0) return; // by key, at the ring: no place is meant
    moveTo(event);
    marker.focus();
  });
  marker.addEventListener("keydown", (event) => {
    const [across, down] = STEP[event.key] ?? [];
    if (event.ctrlKey || event.metaKey || event.altKey || (across === undefined && event.key !== "Home")) return;
    event.preventDefault();
    const by = event.shiftKey ? 10 : 1;
    if (event.key === "Home") move(50, 50);
    else move(at[0] + across * by, at[1] + down * by);
  });
  for (const input of [inputX, inputY]) input.addEventListener("input", draw);
  isCropped.addEventListener("change", () => {
    draw();
    say();
  });

  stage.append(marker);
  stage.classList.add("is-live");
  draw();
  if (!isCropped.checked) say();
};

const box = document.querySelector(".focal-point");
const inputs = ["id_focal_x", "id_focal_y", "id_may_be_cropped"].map((id) => document.getElementById(id));
if (box && inputs.every(Boolean)) wire(box, inputs, inputs[2]);
