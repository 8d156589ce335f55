/* The forms of images, articles and outlets. */

import { keepTyping } from "./kept-typing.js";
import { sendOnce } from "./sending.js";

document
  .querySelectorAll("#content-main form[method=post]:not([data-sending])")
  .forEach((form) => sendOnce(form, keepTyping(form)));
