// The engine beside plain JavaScript: reading, asking, sorting, counting, memory; in Node, in Chromium, and as accounts
// grow. Prints tables; JOBS, MILLION=0 and NODE_ONLY=1 make it shorter. Fails when a floor is not reached.
import { execFile } from "node:child_process";
import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { cpus, tmpdir } from "node:os";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { chromium } from "playwright-core";
import { createJobs } from "rekognition-jobs";
import { accountPages } from "./account_pages.js";
import { compare, compareForms, median } from "./rounds.js";
import { startFiles } from "./serve_files.js";

const jobCount = Number(process.env.JOBS ?? 100_000);
const million = Number(process.env.MILLION ?? 1_000_000);
const newProcesses = 5;
const minute = 60_000;
let missed = 0;

console.log(
  `Node ${process.versions.node}, ${cpus().length} × ${cpus()[0].model.trim()}, ${new Date().toISOString().slice(0, 10)}`,
);

heading(`${jobCount.toLocaleString("en")} jobs in Node`);
const inNode = await compare(createJobs, [...accountPages(jobCount)], { importFloor: 10 });
const { first, memory } = await readInNewProcesses(jobCount);
printTable([
  inNode[0],
  { ...first, floor: 6 },
  ...inNode.slice(1),
  ...(await compareForms(createJobs, [...accountPages(jobCount)])),
]);
printMemory({ ...memory, floor: 4 });

if (!process.env.NODE_ONLY) {
  const folder = await mkdtemp(`${tmpdir()}/listings-`);
  const files = await startFiles();
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
  try {
    const page = await browser.newPage();
    page.setDefaultTimeout(20 * minute);
    await page.goto(`${files.url}/tests/bench/page.html`);
    await page.waitForFunction("globalThis.isReady");

    heading(`${jobCount.toLocaleString("en")} jobs in Chromium ${browser.version()}`);
    printTable(await page.evaluate((count) => globalThis.compareIn(count, { importFloor: 8 }), jobCount));

    if (million > 0) {
      heading("As the account grows, a file streamed into a page");
      const readings = [];
      for (const count of [million / 100, million / 10, million]) {
        const file = `${folder}/${count}.json`;
        await pipeline(Readable.from(accountPages(count)), createWriteStream(file));
        await page.reload();
        await page.waitForFunction("globalThis.isReady");
        await page.setInputFiles("input", file);
        readings.push(await page.evaluate(() => globalThis.readListing()));
        await rm(file);
      }
      printGrowth(readings);
      const last = readings.at(-1);
      check(`wasm memory below 500 MB: ${(last.bytes / 1e6).toFixed(0)} MB`, last.bytes < 500e6);
      check(`longest task below 50 ms: ${last.longestTask.toFixed(0)} ms`, last.longestTask < 50);
      for (const { name, ours } of last.answers) {
        if (!name.startsWith("sort by JobName, first")) check(`${name} within 16 ms: ${ours.toFixed(2)} ms`, ours < 16);
      }
    }
  } finally {
    await browser.close();
    await files.close();
    await rm(folder, { recursive: true });
  }
}
if (missed > 0) process.exitCode = 1;

function heading(text) {
  console.log(`\n${text}\n`);
}

function printTable(rows) {
  line("", "plain JavaScript", "ours", "ratio", "at least");
  for (const { name, plain, ours, floor } of rows) {
    const reached = plain / ours >= floor;
    if (!reached) missed++;
    line(
      name,
      inMilliseconds(plain),
      inMilliseconds(ours),
      (plain / ours).toFixed(1),
      `${floor}${reached ? "" : "  MISSED"}`,
    );
  }
}

function printMemory({ ours, plain, jobs, floor }) {
  const bytesOfJob = (bytes) => `${Math.round(bytes / jobs)} B`;
  const reached = plain / ours >= floor;
  if (!reached) missed++;
  line(
    "memory a job",
    bytesOfJob(plain),
    bytesOfJob(ours),
    (plain / ours).toFixed(1),
    `${floor}${reached ? "" : "  MISSED"}`,
  );
}

function printGrowth(readings) {
  line("", ...readings.map(({ jobs }) => jobs.toLocaleString("en")), "times");
  const row = (name, values, format) => {
    const times = values.at(-1) / values[0];
    line(name, ...values.map(format), Number.isFinite(times) ? `×${times.toFixed(0)}` : "");
  };
  row(
    "reading",
    readings.map(({ milliseconds }) => milliseconds),
    inMilliseconds,
  );
  row(
    "wasm memory",
    readings.map(({ bytes }) => bytes),
    (bytes) => `${(bytes / 1e6).toFixed(0)} MB`,
  );
  row(
    "longest task",
    readings.map(({ longestTask }) => longestTask),
    inMilliseconds,
  );
  for (const [i, { name }] of readings[0].answers.entries()) {
    row(
      name,
      readings.map(({ answers }) => answers[i].ours),
      inMilliseconds,
    );
  }
  console.log();
}

function check(text, holds) {
  if (!holds) missed++;
  console.log(`${holds ? "ok    " : "MISSED"}  ${text}`);
}

function line(name, ...cells) {
  console.log(name.padEnd(64) + cells.map((cell) => cell.padStart(17)).join(""));
}

function inMilliseconds(value) {
  return `${value >= 100 ? value.toFixed(0) : value >= 1 ? value.toFixed(1) : value.toPrecision(2)} ms`;
}

async function readInNewProcesses(jobs) {
  const script = fileURLToPath(new URL("first_reading.js", import.meta.url));
  const read = async (who) => {
    const given = ["--no-warnings", "--expose-gc", "--max-old-space-size=8192", script, who, String(jobs)];
    return JSON.parse((await promisify(execFile)(process.execPath, given, { timeout: 10 * minute })).stdout);
  };
  const readings = { ours: [], plain: [] };
  for (let round = 0; round < newProcesses; round++) {
    for (const who of ["ours", "plain"]) readings[who].push(await read(who));
  }
  const medianOf = (who, key) => median(readings[who].map((reading) => reading[key]));
  return {
    first: {
      name: "the same, first of a new process",
      ours: medianOf("ours", "milliseconds"),
      plain: medianOf("plain", "milliseconds"),
    },
    memory: { ours: medianOf("ours", "bytes"), plain: medianOf("plain", "bytes"), jobs },
  };
}
