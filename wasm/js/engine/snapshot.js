// Snapshots: an engine's jobs as a stream of bytes, and bytes that become an engine's jobs.
import { Handle } from "./handle.js";
import { feed } from "./import.js";
import { orOutOfMemory } from "./memory.js";
import { parseView } from "./decode.js";
import { OutOfMemoryError, SnapshotError } from "../util/errors.js";

const mostTime = 8.64e15;
const damaged = "this snapshot is damaged";
/** By the number that jobs/snapshot_fault.h gives each. */
const faults = ["", "this is no snapshot", "this snapshot is of another version of rekognition-jobs", damaged, "this snapshot is cut off"];

/**
 * @typedef {import("../../glue/rekognition_jobs.js").JobsModule} JobsModule
 * @typedef {import("../../glue/rekognition_jobs.js").Engine} Engine
 * @typedef {{ loaded?: import("../../index.d.ts").Loaded | undefined, loadedAt?: Date | undefined }} Reading what came of
 *   the service, and when
 */

/**
 * The jobs as they are now, made part by part as they are read.
 * @param {JobsModule} module
 * @param {Engine} engine
 * @param {Reading} reading
 * @param {Set<import("./handle.js").Freeable>} group all that is closed together
 * @returns {ReadableStream<Uint8Array<ArrayBuffer>>}
 */
export function writeSnapshot(module, engine, { loaded, loadedAt }, group) {
  const about = JSON.stringify({ loaded, loadedAt: loadedAt?.getTime() });
  engine.requireRoom(about);
  const writing = orOutOfMemory(module.writeSnapshot(engine, about));
  /** @type {Handle<import("../../glue/rekognition_jobs.js").SnapshotWriting>} */
  let handle;
  const stream = new ReadableStream(
    {
      pull(controller) {
        try {
          const part = handle.value.part();
          if (part !== null) return controller.enqueue(orOutOfMemory(part).slice());
          controller.close();
        } catch (reason) {
          controller.error(reason);
        }
        handle.free();
      },
      cancel() {
        handle.free();
      },
    },
    { highWaterMark: 0 },
  );
  handle = new Handle(stream, "Jobs", writing, group);
  return stream;
}

/**
 * Gives an engine without jobs those of a snapshot; when that fails, it has none.
 * @param {JobsModule} module
 * @param {Engine} engine
 * @param {import("../../index.d.ts").SnapshotSource} source
 * @returns {Promise<Reading>}
 */
export async function readSnapshot(module, engine, source) {
  if (!(source instanceof Blob || source instanceof Response || source instanceof ReadableStream)) {
    throw new TypeError("a snapshot is a Blob, a Response or a ReadableStream of bytes");
  }
  module.requireRoom();
  const reading = new module.SnapshotReading(engine);
  try {
    await feed(reading, source, { signal: new AbortController().signal, counts: () => ({}), module });
    return readingOf(parseView(reading.about()));
  } catch (reason) {
    const fault = reason instanceof OutOfMemoryError ? faults[reading.fault()] : reason instanceof SyntaxError ? damaged : "";
    throw fault === "" ? reason : new SnapshotError(fault);
  } finally {
    reading.delete();
  }
}

/**
 * @param {any} about what was kept beside the jobs: of a snapshot that others have made, anything
 * @returns {Reading}
 */
function readingOf(about) {
  const { loaded, loadedAt } = about ?? {};
  if (loadedAt !== undefined && !(Number.isInteger(loadedAt) && Math.abs(loadedAt) <= mostTime)) throw new SnapshotError(damaged);
  return { loaded: loaded === undefined ? undefined : loadedOf(loaded), loadedAt: loadedAt === undefined ? undefined : new Date(loadedAt) };
}

/** @param {any} kept */
function loadedOf(kept) {
  const { added, updated, unchanged, pages, retries, complete, NextToken } = kept ?? {};
  const areCounts = [added, updated, unchanged, pages, retries].every((count) => Number.isSafeInteger(count) && count >= 0);
  const isToken = NextToken === undefined || typeof NextToken === "string";
  if (!areCounts || typeof complete !== "boolean" || !isToken) throw new SnapshotError(damaged);
  const loaded = { added, updated, unchanged, pages, retries, complete };
  return NextToken === undefined ? loaded : { ...loaded, NextToken };
}
