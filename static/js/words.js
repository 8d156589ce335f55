/* What scripts say, in the language of the interface: the page hands it over, so that there is one catalogue. */

export const words = document.getElementById("script-words").dataset;
