// Reads a message that quotes a web page, such as a gateway's: "HTTP 502: <html><head><title>502 Bad Gateway…".

const QUOTED = /^(HTTP \d{3}):\s*(<(?:!doctype html|html|head|title|body|h1|center)\b.*)$/is;
const ENTITIES = { amp: "&", lt: "<", gt: ">", quot: '"', nbsp: " ", "#39": "'" };
const LONGEST_TITLE = 100; // characters

/**
 * The message with the page's title in place of its markup; undefined for any other message.
 * @param {string} message
 */
export function withoutMarkup(message) {
  const [, status, page] = message.match(QUOTED) ?? [];
  if (!page) return undefined;
  const [, , title = ""] = page.match(/<(title|h1)\b[^>]*>([^<]*)/i) ?? [];
  const text = title
    .replace(/&(#?\w+);/g, (all, name) => ENTITIES[name] ?? all)
    .replace(/\s+/g, " ")
    .slice(0, LONGEST_TITLE)
    .trim();
  return text ? `${status}: a web page, “${text}”` : `${status}: a web page`;
}
