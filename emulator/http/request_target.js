// Reads what a request asks for, and of whom: its path, its parameters, and the hosts that it names.

/** The form that requests to a proxy have; RFC 9112 has every server understand it. */
const ABSOLUTE = /^https?:\/\/([^/?#]*)([^#]*)/i;

/**
 * @param {{ url?: string, rawHeaders: readonly string[] }} request
 * @returns {{ path: string, search: string, authority?: string, hostHeaders: string[] }} the path as it was sent, and
 *   the host that the target itself names
 */
export function readTarget({ url = "", rawHeaders }) {
  const [, authority, rest] = ABSOLUTE.exec(url) ?? [];
  const target = rest ?? url;
  const mark = `${target}?`.indexOf("?");
  const hostHeaders = rawHeaders.filter(
    (_, index) => index % 2 === 1 && rawHeaders[index - 1].toLowerCase() === "host",
  );
  return { path: target.slice(0, mark) || "/", search: target.slice(mark + 1), authority, hostHeaders };
}

/**
 * @param {string} search a query without its "?"
 * @returns {Record<string, string[]>} each name's values, in their order
 */
export function readQuery(search) {
  /** @type {Map<string, string[]>} */
  const values = new Map();
  for (const [name, value] of new URLSearchParams(search)) {
    const known = values.get(name);
    if (known) known.push(value);
    else values.set(name, [value]);
  }
  return Object.fromEntries(values);
}
