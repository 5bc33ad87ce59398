// Turns a pasted list of JobIds into a query term that finds each of them.

const JOB_ID = /^[0-9a-f]{64}$/i;
const BETWEEN = /[\s,;"'[\]]+/;

/**
 * Returns what to insert for pasted text: the text itself, unless it is two or more JobIds separated by white space,
 * commas or quotes.
 * @param {string} text
 * @param {string} before  what stands before the place
 */
export function pastedQuery(text, before) {
  if (text.length < 2 * 64) return text;
  const words = text.split(BETWEEN).filter((word) => word !== "");
  if (words.length < 2 || !words.every((word) => JOB_ID.test(word))) return text;
  const list = words.join(",");
  if (/(^|\s)id:([^\s"()]*,)?$/i.test(before)) return list;
  return `${before === "" || /\s$/.test(before) ? "" : " "}id:${list}`;
}
