// Sorts files by what they hold: jobs, results, or a manifest summary.
import { sourceKind } from "rekognition-jobs";

/**
 * A file that cannot be read is sorted with the listings, whose import says what is wrong.
 * @param {readonly File[]} files
 * @returns {Promise<{ listing: File[], results: File[], summary: File[] }>}
 */
export async function sortedByKind(files) {
  const sorted = { listing: [], results: [], summary: [] };
  for (const file of files) sorted[await sourceKind(file).catch(() => "listing")].push(file);
  return sorted;
}
