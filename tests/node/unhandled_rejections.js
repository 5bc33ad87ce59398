// Fails the file's tests when a promise is rejected and nobody handles it.
import assert from "node:assert/strict";
import { after } from "node:test";

/** Watches from now until the file's tests have ended. */
export function failOnUnhandledRejections() {
  const unhandled = [];
  const note = (reason) => unhandled.push(reason);
  process.on("unhandledRejection", note);
  after(() => {
    process.off("unhandledRejection", note);
    assert.deepEqual(unhandled, [], "no rejection goes unhandled");
  });
}
