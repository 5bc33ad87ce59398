// Plays overlapping calls against a model: `node tests/overlap/fuzz.js --seconds 1800` plays new plans for so long,
// `--seed 7` plays one and shows what it does.
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { play } from "./plan.js";

/**
 * Plays the plans of `first`, `first + 1` … until the time is up or one fails.
 * @param {number} seconds
 * @param {number} first
 */
export async function fuzz(seconds, first) {
  const until = performance.now() + 1000 * seconds;
  let plans = 0;
  let calls = 0;
  for (let seed = first; performance.now() < until; seed++) {
    const played = await play(seed);
    if (played.error) return { plans, calls, seed, ...played };
    plans++;
    calls += played.calls;
  }
  return { plans, calls };
}

/** What was played, and how to play it again. */
export function describe({ seed, trace, error }) {
  return `node tests/overlap/fuzz.js --seed ${seed}\n  ${trace.join("\n  ")}\n${error?.stack ?? error}`;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { values } = parseArgs({
    options: { seconds: { type: "string", default: "60" }, seed: { type: "string" }, first: { type: "string" } },
  });
  if (values.seed !== undefined) {
    const played = await play(Number(values.seed));
    console.log(describe({ seed: values.seed, ...played, error: played.error ?? "as the model says" }));
    process.exitCode = played.error ? 1 : 0;
  } else {
    const first = Number(values.first ?? Date.now() % 1e9);
    const { plans, calls, ...failed } = await fuzz(Number(values.seconds), first);
    console.log(`${plans} plans of ${calls} loads, refreshes and imports, from seed ${first} on`);
    if (failed.error) console.log(describe(failed));
    process.exitCode = failed.error ? 1 : 0;
  }
}
