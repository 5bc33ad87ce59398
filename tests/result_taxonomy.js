// The labels of the service's published taxonomy, for what the tests and benchmarks make up.
import { readFileSync } from "node:fs";

const { levels, level1From61 } = JSON.parse(
  readFileSync(new URL("data/moderation-taxonomy.json", import.meta.url), "utf8"),
);

/** @type {{ name: string, level: number, parent?: object }[]} */
export const labels = [];
for (const [first, seconds] of Object.entries(levels)) {
  const top = { name: first, level: 1 };
  labels.push(top);
  for (const [second, thirds] of Object.entries(seconds)) {
    const middle = { name: second, level: 2, parent: top };
    labels.push(middle, ...thirds.map((name) => ({ name, level: 3, parent: middle })));
  }
}

/** The first level of model 6.1. */
export const firstLevelFrom61 = Object.keys(level1From61);
