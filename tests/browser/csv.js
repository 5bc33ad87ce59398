// Reads CSV.

/** @param {string} csv  as of RFC 4180 */
export function cells(csv) {
  const records = [[]];
  for (const [, quoted, plain, end] of csv.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    records.at(-1).push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === "\r\n") records.push([]);
  }
  return records.filter((record) => record.length > 1);
}
