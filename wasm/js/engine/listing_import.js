// Imports a listing into the store of jobs.
import { feed } from "./import.js";
import { jobsOf, storedBy, tellToken } from "./intake.js";
import { SourceReader } from "./source_reader.js";

const incomplete = "the source ends on a page with a NextToken: more pages follow it";

/**
 * Imports a source.
 * @param {import("../../index.d.ts").ImportSource} source
 * @param {object} options
 * @param {import("../../glue/rekognition_jobs.js").JobsModule} options.module
 * @param {import("../../glue/rekognition_jobs.js").Engine} options.engine with room for a call
 * @param {import("./source_reader.js").LoadFormats} options.loadFormats loads the module of other forms
 * @param {AbortSignal} options.signal
 * @param {import("../../index.d.ts").ImportOptions["onProgress"]} [options.onProgress]
 * @returns {Promise<import("../../index.d.ts").Imported>}
 */
export async function importListing(source, { module, engine, loadFormats, signal, onProgress }) {
  const importer = new module.Importer(engine, Date.now());
  const listing = new SourceReader(importer, { readsImages: false, load: loadFormats, signal });
  try {
    const container = await feed(importer, source, {
      signal,
      onProgress,
      counts: () => ({ jobs: jobsOf(importer), rejected: listing.rejectedCount }),
      module,
      takePart: (part) => listing.take(part),
      finish: () => listing.finish(),
    });
    const found = listing.found(container);
    tellToken(importer, found.NextToken);
    return { ...storedBy(importer), ...told(found) };
  } finally {
    listing.free();
    importer.delete();
  }
}

/**
 * @param {import("./source_reader.js").Found} found
 * @returns {Pick<import("../../index.d.ts").Imported, "format" | "complete" | "NextToken" | "rejected" | "rejectedCount" |
 *   "notices">}
 */
function told({ NextToken, notices, ...found }) {
  if (NextToken === undefined) return { ...found, complete: true, notices };
  return {
    ...found,
    complete: false,
    NextToken,
    notices: [{ code: "incomplete", count: 1, message: incomplete, sample: NextToken.slice(0, 64) }, ...notices],
  };
}
