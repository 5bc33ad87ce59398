// Overlapping calls at random against a plain model: the plans that once found something, then new ones for a minute
// (OVERLAP_SECONDS; `node tests/overlap/fuzz.js --seconds 1800` for longer).
import assert from "node:assert/strict";
import { test } from "node:test";
import { describe, fuzz } from "../../overlap/fuzz.js";
import { play } from "../../overlap/plan.js";
import { seeds } from "../../overlap/seeds.js";

const seconds = Number(process.env.OVERLAP_SECONDS ?? 60);

for (const [seed, what] of Object.entries(seeds)) {
  test(`plan ${seed}: ${what}`, { timeout: 60_000 }, async () => {
    const played = await play(Number(seed));
    assert.ok(!played.error, describe({ seed, ...played }));
  });
}

test(`new plans for ${seconds} s`, { timeout: 1000 * seconds + 60_000 }, async (context) => {
  const { plans, calls, ...failed } = await fuzz(seconds, Date.now() % 1e9);
  context.diagnostic(
    `${plans} plans of ${calls} loads, refreshes and imports, with clears, aborts, failures and closes`,
  );
  assert.ok(!failed.error, failed.error && describe(failed));
  assert.ok(plans > 0);
});
