// Opens a snapshot: makes its bytes the jobs of an engine. It is loaded when a snapshot is first opened.
import { feed } from "./import.js";
import { parseView } from "./decode.js";
import { formOf } from "./source_form.js";
import { tellToken } from "./intake.js";
import { makeAbortController } from "../util/web_classes.js";
import { slicesOf } from "../util/chunks.js";
import { OutOfMemoryError, SnapshotError } from "../util/errors.js";

const mostTime = 8.64e15;
const damaged = "this snapshot is damaged";
/** By the number that jobs/snapshot_error.h gives each. */
const messages = [
  "",
  "this is not a snapshot",
  "this snapshot is of another version of rekognition-jobs",
  damaged,
  "this snapshot is cut off",
];

/** @typedef {import("./snapshot.js").Reading} Reading */

/**
 * Gives an engine without jobs those of a snapshot; when that fails, it has none.
 * @param {import("../../glue/rekognition_jobs.js").JobsModule} module
 * @param {import("../../glue/rekognition_jobs.js").Engine} engine
 * @param {import("../../index.d.ts").SnapshotSource} source
 * @returns {Promise<Reading>}
 */
export async function openSnapshot(module, engine, source) {
  const form = formOf(source);
  if (form !== "blob" && form !== "response" && form !== "stream") {
    throw new TypeError("a snapshot is a Blob, a Response or a ReadableStream of bytes");
  }
  module.requireRoom();
  const reading = new module.SnapshotReading(engine);
  try {
    await feed(reading, form === "blob" ? bytesIn(/** @type {Blob} */ (source)) : source, {
      signal: makeAbortController().signal,
      counts: () => ({}),
      module,
    });
    const about = readingOf(parseView(reading.about()));
    tellToken(reading, about.loaded?.NextToken);
    return about;
  } catch (reason) {
    const message =
      reason instanceof OutOfMemoryError ? messages[reading.error()] : reason instanceof SyntaxError ? damaged : "";
    throw message === "" ? reason : new SnapshotError(message);
  } finally {
    reading.delete();
  }
}

/**
 * @param {Blob} blob
 * @returns {AsyncIterable<any>}
 */
function bytesIn(blob) {
  return { [Symbol.asyncIterator]: () => slicesOf(blob) };
}

/**
 * @param {any} about what was kept beside the jobs: of a snapshot that others have made, anything
 * @returns {Reading}
 */
function readingOf(about) {
  const { loaded, loadedAt } = about ?? {};
  if (loadedAt !== undefined && !(Number.isInteger(loadedAt) && Math.abs(loadedAt) <= mostTime))
    throw new SnapshotError(damaged);
  return {
    loaded: loaded === undefined ? undefined : loadedOf(loaded),
    loadedAt: loadedAt === undefined ? undefined : new Date(loadedAt),
  };
}

/** @param {any} kept */
function loadedOf(kept) {
  const { added, updated, unchanged, pages, retries, complete, NextToken } = kept ?? {};
  const areCounts = [added, updated, unchanged, pages, retries].every(
    (count) => Number.isSafeInteger(count) && count >= 0,
  );
  const isToken = NextToken === undefined || typeof NextToken === "string";
  if (!areCounts || typeof complete !== "boolean" || !isToken) throw new SnapshotError(damaged);
  const loaded = { added, updated, unchanged, pages, retries, complete };
  return NextToken === undefined ? loaded : { ...loaded, NextToken };
}
