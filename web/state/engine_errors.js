// Reports an engine that has stopped or whose memory is full, wherever that shows.
import { EngineError, OutOfMemoryError } from "rekognition-jobs";

/** @param {Pick<import("rekognition-jobs").AsyncJobs, "tokens"> | null | undefined} engine  that of jobs or results */
export async function hasStopped(engine) {
  try {
    await engine?.tokens("");
    return false;
  } catch (error) {
    return error instanceof EngineError;
  }
}

/**
 * Reports a caught error of a stopped engine as if it had not been caught.
 * @param {unknown} error
 * @returns {boolean} whether it is an engine's that has stopped
 */
export function tellIfStopped(error) {
  const isStopped = error instanceof EngineError;
  if (isStopped) reportError(error);
  return isStopped;
}

/** @param {{ onStopped: () => void, onFull: (error: OutOfMemoryError) => void }} tell */
export function listenForEngineErrors({ onStopped, onFull }) {
  function look(event, error) {
    if (error instanceof EngineError) onStopped();
    else if (error instanceof OutOfMemoryError) onFull(error);
    else return;
    event.preventDefault();
  }
  addEventListener("error", (event) => look(event, event.error));
  addEventListener("unhandledrejection", (event) => look(event, event.reason));
}
