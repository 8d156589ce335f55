/* Markers such as [6], [6, 9] and [4–6], found as the server finds them: stories/citations/markers.py has the rules. */

const NUMBER = "[1-9][0-9]{0,2}";
const DASH = "[-\u2010\u2011\u2012\u2013]";
const ITEM = `${NUMBER}(?:\\s*${DASH}\\s*${NUMBER})?`;
const MARKER = new RegExp(`(?<!\\\\)\\[\\s*(${ITEM}(?:\\s*,\\s*${ITEM})*)\\s*\\]`, "g");
const RANGE = new RegExp(`\\s*${DASH}\\s*`);
const MOST = 100;

const numbersOf = (items) => {
  const numbers = new Set();
  for (const item of items.split(",")) {
    const ends = item.trim().split(RANGE).map(Number);
    const [first, last] = [ends[0], ends.at(-1)];
    if (first > last) return [];
    for (let number = first; number <= last; number += 1) numbers.add(number);
  }
  return numbers.size <= MOST ? [...numbers] : [];
};

/** The markers of a plain text, each with its numbers and where it stands. */
export const findMarkers = (text) =>
  Array.from(text.matchAll(MARKER), (match) => ({
    numbers: numbersOf(match[1]),
    start: match.index,
    end: match.index + match[0].length,
  })).filter(({ numbers }) => numbers.length);
