// Results opened, asked, compared and closed while other calls run.
import assert from "node:assert/strict";

const isClosedError = (reason) => reason instanceof Error && /closed/.test(reason.message);

const lineOf = (number, isFlagged) =>
  `${JSON.stringify({
    "source-ref": `s3://bucket/${number}.jpg`,
    "detect-moderation-labels": {
      ModerationLabels: isFlagged ? [{ Name: "Violence", Confidence: 90, ParentName: "" }] : [],
    },
  })}\n`;

/**
 * @param {import("./world.js").World} world
 * @param {import("rekognition-jobs").Jobs} jobs
 * @param {() => boolean} isClosed
 */
export function resultsActions(world, jobs, isClosed) {
  /** @type {{ results: import("rekognition-jobs").Results, flagged: Set<number>, count: number, isOpen: boolean }[]} */
  const opened = [];
  let opening = 0;

  function open() {
    const count = world.below(5);
    const flagged = new Set(Array.from({ length: count }, (_, number) => number).filter(() => world.chance(0.5)));
    let number = 0;
    const next = () =>
      world.wait("line of results", (resolve) => {
        const done = number === count;
        resolve({ done, value: done ? undefined : lineOf(number, flagged.has(number)) });
        number++;
      });
    const controller = new AbortController();
    const willAbort = world.chance(0.2);
    if (willAbort) world.wait("abort of results", () => controller.abort({ name: "Stopped" }));
    opening++;
    world.tell("opens results");
    const onProgress = () => assert.ok(!isClosed(), "no progress of results once this is closed");
    jobs.openResults({ [Symbol.asyncIterator]: () => ({ next }) }, { signal: controller.signal, onProgress }).then(
      (results) => {
        opening--;
        opened.push({ results, flagged, count, isOpen: true });
      },
      (reason) => {
        opening--;
        if (reason !== controller.signal.reason && !(isClosed() && isClosedError(reason))) throw reason;
      },
    );
  }

  function look(each) {
    const { results, flagged, count } = each;
    if (!each.isOpen) return assert.throws(() => results.length, isClosedError);
    assert.equal(results.size, count);
    const view = results.flagged(50);
    assert.deepEqual(
      [...view].map((image) => image["source-ref"]),
      [...flagged].map((number) => `s3://bucket/${number}.jpg`),
    );
    if (world.chance(0.5)) view.close();
  }

  function compare() {
    const [here, there] = [world.pick(opened), world.pick(opened)];
    if (!here.isOpen || !there.isOpen) return;
    const comparison = here.results.compare(there.results);
    const both = Math.min(here.count, there.count);
    assert.equal(comparison.both, both);
    const changed = Array.from({ length: both }, (_, number) => number).filter(
      (number) => here.flagged.has(number) !== there.flagged.has(number),
    );
    assert.equal(comparison.length, changed.length);
    assert.equal(comparison.rows(0, 9).length, changed.length);
    if (world.chance(0.5)) comparison.close();
  }

  return {
    get isBusy() {
      return opening > 0;
    },
    act() {
      const what = world.random();
      if (what < 0.5 || opened.length === 0) return open();
      const each = world.pick(opened);
      if (what < 0.7) return look(each);
      if (what < 0.9) return compare();
      each.results.close();
      each.isOpen = false;
    },
  };
}
