/* The forms of images, articles and outlets. */

import { sendOnce } from "./sending.js";

document.querySelectorAll("#content-main form[method=post]:not([data-sending])").forEach((form) => sendOnce(form));
