// Brings short texts that people copy and paste to one form.

const blank = /[\s\u200b-\u200d\u2060]/;
/** @type {Record<string, string>} the closing quote by the opening one */
const quotes = { '"': '"', "'": "'", "`": "`", "“": "”", "„": "“", "‘": "’", "«": "»" };

/**
 * The text without the blanks, the byte order mark and the pairs of quotes around it.
 * @param {string} text
 */
export function plainText(text) {
  let [begin, end] = [0, text.length];
  while (begin < end) {
    if (blank.test(text[begin])) begin++;
    else if (blank.test(text[end - 1])) end--;
    else if (end - begin > 1 && quotes[text[begin]] === text[end - 1]) [begin, end] = [begin + 1, end - 1];
    else break;
  }
  return text.slice(begin, end);
}
