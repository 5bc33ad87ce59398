// A million lines of results: read by the engine and by split and JSON.parse, in one run, then asked. Prints tables;
// LINES makes it shorter. Fails when a floor or a limit is not reached.
import { cpus } from "node:os";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { openResults } from "rekognition-jobs";
import { resultLines } from "./result_lines.js";
import { median, time } from "./rounds.js";
import { watchMemory } from "./wasm_memory.js";

const lineCount = Number(process.env.LINES ?? 1_000_000);
const rounds = Number(process.env.ROUNDS ?? 3);
const readingFloor = 5;
const frame = 16; // milliseconds, for what follows the slider
let missed = 0;
setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc");

const machine = `${cpus().length} × ${cpus()[0].model.trim()}`;
console.log(`Node ${process.versions.node}, ${machine}, ${new Date().toISOString().slice(0, 10)}`);
const chunks = [...resultLines(lineCount)];
const bytes = chunks.reduce((sum, { byteLength }) => sum + byteLength, 0);
console.log(`\n${lineCount.toLocaleString("en")} lines, ${(bytes / 1e6).toFixed(0)} MB, streamed\n`);

const memory = watchMemory();
let results;
let images = [];
const taken = { ours: [], plain: [] };
for (let round = 0; round < rounds; round++) {
  results?.close();
  images = [];
  await settle();
  taken.ours.push(await time(async () => (results = await openResults(asStream()))));
  taken.plain.push(await time(async () => (images = await parseLines(asStream()))));
  if (results.size !== images.length || results.rejectedCount !== 0)
    throw new Error(`${results.size} of ${images.length} images`);
}
const [ours, plain] = [median(taken.ours), median(taken.plain)];
line("", "plain JavaScript", "ours", "ratio", "at least");
const reached = plain / ours >= readingFloor;
if (!reached) missed++;
line(
  "reading",
  inMilliseconds(plain),
  inMilliseconds(ours),
  (plain / ours).toFixed(1),
  `${readingFloor}${reached ? "" : "  MISSED"}`,
);
line("MB/s", (bytes / plain / 1e3).toFixed(0), (bytes / ours / 1e3).toFixed(0));
line("wasm memory an image", "", `${Math.round(memory.bytes() / rounds / lineCount)} B`);

console.log("\nAsking, medians\n");
line("", "plain JavaScript", "ours", "ratio", "at most");
const labelsOf = (image) => image["detect-moderation-labels"].ModerationLabels;
const thresholds = [50, 60, 75.5, 90, 99];
let turn = 0;
const threshold = () => thresholds[turn++ % thresholds.length];
await question(
  "flagged(threshold).length",
  frame,
  length(() => results.flagged(threshold())),
  () => {
    const least = threshold();
    return images.filter((image) => labelsOf(image).some(({ Confidence }) => Confidence >= least)).length;
  },
);
await question(
  "labels({ threshold })",
  frame,
  () => results.labels({ threshold: threshold() }),
  () => {
    const least = threshold();
    const counts = new Map();
    for (const image of images) {
      for (const { Name, Confidence } of labelsOf(image)) {
        if (Confidence >= least) counts.set(Name, (counts.get(Name) ?? 0) + 1);
      }
    }
    return counts;
  },
);
await question("both, as the slider asks", frame, () => {
  const least = threshold();
  results.flagged(least).close();
  return results.labels({ threshold: least });
});
await question("histogram of one label", 50, () => results.histogram("confidence", 50, { label: "Violence" }));
await question("facets of label", 50, () => results.facets("label"));
await question(
  "label:violence confidence:>=80",
  50,
  length(() => results.query("label:violence confidence:>=80")),
  () =>
    images.filter((image) =>
      labelsOf(image).some(({ Name, Confidence }) => Name.includes("Violence") && Confidence >= 80),
    ).length,
);
await question(
  "-label:*",
  50,
  length(() => results.query("-label:*")),
  () => images.filter((image) => labelsOf(image).length === 0).length,
);
await question(
  "image:*/11/07/*",
  100,
  length(() => results.query("image:*/11/07/*")),
  () => images.filter((image) => image["source-ref"].includes("/11/07/")).length,
);
results.close();
if (missed > 0) process.exitCode = 1;

/** Lets go of what the last round read, so that neither side looks after the other's. */
async function settle() {
  for (let i = 0; i < 3; i++) {
    collectGarbage();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function* asStream() {
  yield* chunks;
}

async function parseLines(source) {
  const decoder = new TextDecoder();
  const parsed = [];
  let rest = "";
  for await (const chunk of source) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = lines.pop();
    for (const text of lines) if (text !== "") parsed.push(JSON.parse(text));
  }
  if (rest !== "") parsed.push(JSON.parse(rest));
  return parsed;
}

function length(view) {
  return () => {
    const made = view();
    const { length: count } = made;
    made.close();
    return count;
  };
}

async function question(name, limit, ask, plainly) {
  const times = { ours: [], plain: [] };
  for (let round = -3; round < 9; round++) {
    const ourTime = await time(ask);
    const plainTime = plainly && (await time(plainly));
    if (round < 0) continue;
    times.ours.push(ourTime);
    times.plain.push(plainTime);
  }
  const taken = median(times.ours);
  const holds = taken < limit;
  if (!holds) missed++;
  const other = plainly ? median(times.plain) : undefined;
  line(
    name,
    other ? inMilliseconds(other) : "",
    inMilliseconds(taken),
    other ? (other / taken).toFixed(1) : "",
    `${limit} ms${holds ? "" : "  MISSED"}`,
  );
}

function line(name, ...cells) {
  console.log(name.padEnd(40) + cells.map((cell) => cell.padStart(17)).join(""));
}

function inMilliseconds(value) {
  return `${value >= 100 ? value.toFixed(0) : value >= 1 ? value.toFixed(1) : value.toPrecision(2)} ms`;
}
