// Writes the jobs of an engine as a stream of bytes.
import { ReadableStream } from "../util/web_classes.js";
import { Handle } from "./handle.js";
import { orOutOfMemory } from "./memory.js";

/**
 * @typedef {{ loaded?: import("../../index.d.ts").Loaded | undefined, loadedAt?: Date | undefined }} Reading what came of
 *   the service, and when
 */

/**
 * The jobs as they are now, made part by part as they are read.
 * @param {import("../../glue/rekognition_jobs.js").JobsModule} module
 * @param {import("../../glue/rekognition_jobs.js").Engine} engine
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
  const source = {
    /** @param {ReadableStreamDefaultController<Uint8Array<ArrayBuffer>>} controller */
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
  };
  // Not of the stream: a Response reads on when its stream's object is collected.
  handle = new Handle(source, "Jobs", writing, group);
  return new ReadableStream(source, { highWaterMark: 0 });
}
