// Parses credentials as people copy them: shell commands, an AWS profile, JSON of the CLI, IAM's CSV of an access key.

/** @typedef {{ accessKeyId: string, secretAccessKey: string, sessionToken?: string }} Keys */

const NAME = String.raw`access[_ ]?key[_ ]?id|secret[_ ]?(?:access[_ ]?)?key|(?:session|security)[_ ]?token|(?<![\w-])token`;
/** A value is in the same line as its name, and may be empty. @param {string} sign between both */
const pairsWith = (sign) => new RegExp(`(${NAME})["']?${sign}["'\`“‘]?([^\\s"'\`“”‘’,;]*)`, "gi");
const PAIRS = pairsWith("[ \\t]*[=:][ \\t]*");
/** The shell `fish` has no sign. */
const FISH_PAIRS = pairsWith("[ \\t]+");
const COLUMN = new RegExp(`^(?:${NAME})$`, "i");
const CELL = /(?:"((?:[^"]|"")*)"|([^,;\t]*))(?:[,;\t]|$)/gy;
const MEMBERS = { acc: "accessKeyId", sec: "secretAccessKey", ses: "sessionToken", tok: "sessionToken" };

/** @param {string} name */
const memberOf = (name) => (/^security/i.test(name) ? "sessionToken" : MEMBERS[name.trim().slice(0, 3).toLowerCase()]);

/**
 * A text of a field without the blanks and the quotes around it.
 * @param {string} text
 */
export function bareText(text) {
  const trimmed = text.trim();
  return /^(["'`]).*\1$/s.test(trimmed) && trimmed.length > 1 ? bareText(trimmed.slice(1, -1)) : trimmed;
}

/**
 * @param {string} text
 * @returns {Keys | undefined} undefined when it does not name both keys
 */
export function readCredentials(text) {
  const lines = text.split(/\r\n?|\n/).map((line) => line.trim());
  return fromTable(lines) ?? fromPairs(lines);
}

/**
 * A table with a header, as IAM gives it, or a spreadsheet that has opened that.
 * @param {string[]} lines
 */
function fromTable(lines) {
  const [header, ...rows] = lines.filter((line) => line !== "");
  const names = cellsOf(header ?? "").map((cell) => (COLUMN.test(cell) ? memberOf(cell) : undefined));
  for (const row of rows) {
    const found = complete(Object.fromEntries(cellsOf(row).map((cell, column) => [names[column], cell])));
    if (found) return found;
  }
  return undefined;
}

/** @param {string} line */
function cellsOf(line) {
  return [...line.matchAll(CELL)].map(([, quoted, plain]) => bareText(quoted?.replaceAll('""', '"') ?? plain));
}

/**
 * Names with values. Of the sections of a profile, the first one counts that has both keys.
 * @param {string[]} lines
 */
function fromPairs(lines) {
  let found = {};
  for (const line of lines) {
    if (/^[#;]/.test(line)) continue;
    if (/^\[[^\]]+\]$/.test(line)) {
      if (complete(found)) break;
      found = {};
    }
    for (const [, name, value] of line.matchAll(/^set -/.test(line) ? FISH_PAIRS : PAIRS)) {
      const member = memberOf(name);
      // Keys that follow others do not take their token.
      if (member === "accessKeyId" && complete(found)) found = {};
      found[member] = value;
    }
  }
  return complete(found);
}

/**
 * @param {Record<string, string>} found
 * @returns {Keys | undefined}
 */
function complete({ accessKeyId, secretAccessKey, sessionToken }) {
  if (!accessKeyId || !secretAccessKey) return undefined;
  return { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) };
}
