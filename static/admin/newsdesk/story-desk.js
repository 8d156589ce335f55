/* The story's form: one script loads all the others, so that each of them is there once. */

import "./rows.js";
import "./source-numbers.js";
import "./story-form.js";
import "./autosave.js";
import "./checks.js";
import "./citing.js";
import "./cited-sources.js";
import "./paste-sources.js";
import "./picture-choice.js";
import "./timeline.js";
import "./rich-text.js";
import "./keys.js";
