// Detects from its beginning what a file holds: jobs, results, or a manifest summary.

const BEGINNING = 65_536;
/** @type {["listing" | "results" | "summary", RegExp][]} */
const SIGNS = [
  ["listing", /"(MediaAnalysisJobs|JobId)"\s*:/],
  ["summary", /"(statistics|errors|total-json-lines)"\s*:/],
  ["results", /"(source-ref|detect-moderation-labels)"\s*:/],
];

/**
 * Returns the kind whose sign comes first; a listing by default, since importing it says what is wrong.
 * @param {string} text  the file's beginning
 * @returns {"listing" | "results" | "summary"}
 */
export function kindOfText(text) {
  const found = SIGNS.map(([kind, sign]) => ({ kind, at: text.search(sign) }))
    .filter(({ at }) => at >= 0).sort((one, other) => one.at - other.at);
  return found[0]?.kind ?? "listing";
}

/**
 * @param {readonly File[]} files
 * @returns {Promise<{ listing: File[], results: File[], summary: File[] }>}
 */
export async function sortedByKind(files) {
  const sorted = { listing: [], results: [], summary: [] };
  for (const file of files) {
    const text = await file.slice(0, BEGINNING).text().catch(() => "");
    sorted[kindOfText(text)].push(file);
  }
  return sorted;
}
