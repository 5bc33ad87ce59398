// Samples mutants by a seed, holds survivors to the list of explained ones, and prints the score by folder.

import { readFileSync } from "node:fs";

const EXPLAINED = new URL("explained.json", import.meta.url);

/**
 * @typedef {{ file: string, line: number, source: string, change: string }} Changed
 * @typedef {"killed" | "timed out" | "survived" | "refused"} Outcome "refused": the compiler takes it for an error
 */

/** So many of the items, each as likely as any other, the same for the same seed. */
export function sampleOf(items, count, seed) {
  let state = seed >>> 0;
  const random = () => {
    state = (state + 0x6d2b79f5) >>> 0; // mulberry32
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const rest = [...items];
  const chosen = [];
  while (chosen.length < count && rest.length > 0) chosen.push(...rest.splice(Math.floor(random() * rest.length), 1));
  return chosen;
}

const keyOf = ({ file, source, change }) => JSON.stringify([file, source, change]);

/** The survivors that are explained: equivalent to what stands there, or a matter of speed alone. */
export function readExplained() {
  const explained = JSON.parse(readFileSync(EXPLAINED, "utf8"));
  return new Map(explained.map((entry) => [keyOf(entry), entry]));
}

/**
 * Prints what became of the mutants.
 * @param {{ mutant: Changed, outcome: Outcome }[]} results
 * @param {Changed[]} all every mutant that could be made, of which the results are some
 * @param {(file: string) => boolean} isOurs whether a file of the list of explained ones is of this language
 * @param {number} least percent that must die, in each folder
 * @returns {boolean} whether enough died, and no explanation is stale
 */
export function report(results, all, isOurs, least) {
  const explained = readExplained();
  const scores = new Map();
  const survivors = [];
  for (const { mutant, outcome } of results) {
    const folder = mutant.file.slice(0, mutant.file.lastIndexOf("/"));
    const score = scores.get(folder) ?? { killed: 0, survived: 0, explained: 0, refused: 0, "timed out": 0 };
    scores.set(folder, score);
    const isExplained = outcome === "survived" && explained.has(keyOf(mutant));
    score[isExplained ? "explained" : outcome]++;
    if (outcome === "survived" && !isExplained) survivors.push(mutant);
  }
  for (const { file, line, source, change } of survivors.sort(
    (a, b) => a.file.localeCompare(b.file) || a.line - b.line,
  )) {
    console.log(`survived  ${file}:${line}  ${change}\n          ${source}`);
  }
  let isGood = true;
  for (const [folder, { killed, "timed out": late, survived, explained: known, refused }] of [...scores].sort()) {
    const died = killed + late;
    const percent = (100 * died) / (died + survived + known || 1);
    const ofUnexplained = (100 * died) / (died + survived || 1);
    isGood &&= percent >= least || ofUnexplained === 100;
    console.log(
      `${folder.padEnd(12)} ${percent.toFixed(1)} % of ${died + survived + known} died (${late} of them by not ending); ` +
        `${survived} survived, ${known} more are explained; ${refused} more did not compile`,
    );
  }
  const made = new Set(all.map(keyOf));
  for (const [key, { file, source, change }] of explained) {
    if (isOurs(file) && !made.has(key)) {
      isGood = false;
      console.log(
        `stale     ${file}: no mutant "${change}" of "${source}" can be made any more: see tests/mutation/explained.json`,
      );
    }
  }
  return isGood;
}
