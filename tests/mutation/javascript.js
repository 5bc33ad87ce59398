// Tries mutants of the module's JavaScript, made by StrykerJS: runs the tests that come by each one until a test fails.

import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { availableParallelism } from "node:os";
import { basename, relative, resolve } from "node:path";
import { report, sampleOf } from "./report.js";

const SOURCES = "wasm/js";
const SANDBOX = "build/mutate-js";
const CACHE = "build/mutate-js-coverage.json";
const DRY_LIMIT = 300_000; // milliseconds

/** They look at bytes, sizes and figures, which instrumented code changes, or take minutes. */
const LEFT_OUT =
  /^(what_ships|testing_figures|package|sizes|large_store|memory|overlap_fuzz|soak|callers_errors|stopped_engine|listeners|json_suite|duckdb)\.test\.js$/;

/** StrykerJS's own maker of mutants: each file comes back with all of its mutants in it, of which a variable chooses one. */
async function instrument(files) {
  const ofStryker = createRequire(createRequire(import.meta.url).resolve("@stryker-mutator/core"));
  const { createInstrumenter } = await import(ofStryker.resolve("@stryker-mutator/instrumenter"));
  const { createInjector } = await import(ofStryker.resolve("typed-inject"));
  const silent = () => {};
  const logger = {
    isDebugEnabled: () => false,
    isTraceEnabled: () => false,
    trace: silent,
    debug: silent,
    info: silent,
    warn: silent,
    error: console.error,
    fatal: console.error,
  };
  const instrumenter = createInjector().provideValue("logger", logger).injectFunction(createInstrumenter);
  return instrumenter.instrument(files, { plugins: null, ignorers: [], excludedMutations: [] });
}

/** The JavaScript files in a folder and those beneath, by their paths from it. */
function filesIn(folder) {
  return readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith(".js"))
    .sort();
}

async function makeSandbox() {
  const files = filesIn(SOURCES).map((name) => ({
    name: resolve(SOURCES, name),
    mutate: true,
    content: readFileSync(`${SOURCES}/${name}`, "utf8"),
  }));
  const { files: made, mutants } = await instrument(files);
  rmSync(SANDBOX, { recursive: true, force: true });
  mkdirSync(SANDBOX, { recursive: true });
  for (const name of ["dist", "docs", "emulator", "src", "tests", "wasm", "web", "package.json"])
    cpSync(name, `${SANDBOX}/${name}`, { recursive: true });
  symlinkSync(resolve("node_modules"), `${SANDBOX}/node_modules`);
  made.forEach(({ content }, i) => writeFileSync(`${SANDBOX}/dist/${relative(SOURCES, files[i].name)}`, content));
  return mutants.map((mutant) =>
    describe(
      mutant,
      files.find(({ name }) => name === mutant.fileName),
    ),
  );
}

function describe({ id, mutatorName, location: { start, end }, replacement }, { name, content }) {
  const lines = content.split("\n");
  const part = lines.slice(start.line, end.line + 1);
  part[part.length - 1] = part.at(-1).slice(0, end.column);
  part[0] = part[0].slice(start.column);
  const short = (text) => {
    const line = text.replace(/\s+/g, " ");
    return line.length > 100 ? `${line.slice(0, 60)} … ${line.slice(-30)}` : line;
  };
  return {
    id,
    file: relative(".", name),
    line: start.line + 1,
    source: lines[start.line].trim(),
    change: `${mutatorName}: ${short(part.join("\n"))} -> ${short(replacement)}`,
  };
}

/** Runs a test file in the sandbox: "passed", "failed" as soon as one test has, or "late". */
function runTest(name, environment, limit) {
  return new Promise((resolved) => {
    const child = spawn(process.execPath, ["--test", "--test-reporter=tap", `tests/node/${name}`], {
      cwd: SANDBOX,
      env: { ...process.env, ...environment },
      stdio: ["ignore", "pipe", "ignore"],
      detached: true,
    });
    let outcome;
    const end = (early) => {
      outcome ??= early;
      try {
        process.kill(-child.pid, "SIGKILL"); // its own group: the runner and the test it runs
      } catch {}
    };
    const timer = setTimeout(end, limit, "late");
    let rest = "";
    child.stdout.on("data", (chunk) => {
      rest += chunk;
      if (/^\s*not ok /m.test(rest)) end("failed");
      rest = rest.slice(rest.lastIndexOf("\n") + 1);
    });
    child.on("close", (code) => {
      clearTimeout(timer);
      resolved(outcome ?? (code === 0 ? "passed" : "failed"));
    });
  });
}

const hashOf = (...texts) => texts.reduce((hash, text) => hash.update(text), createHash("sha256")).digest("hex");

/** What each test file comes by, and how long it takes; known ones are not run again while they and the sources are the same. */
async function readCoverage(workers) {
  const sources = filesIn(SOURCES).map((name) => readFileSync(`${SOURCES}/${name}`));
  const known = existsSync(CACHE) ? JSON.parse(readFileSync(CACHE, "utf8")) : {};
  const files = filesIn("tests/node").filter(
    (name) =>
      name.endsWith(".test.js") &&
      !LEFT_OUT.test(basename(name)) &&
      readFileSync(`tests/node/${name}`, "utf8").includes("rekognition-jobs"),
  );
  const queue = [...files];
  const coverage = {};
  await Promise.all(
    Array.from({ length: workers }, async () => {
      for (let name = queue.shift(); name; name = queue.shift()) {
        const key = hashOf(...sources, readFileSync(`tests/node/${name}`));
        if (known[name]?.key !== key) {
          const folder = resolve(SANDBOX, "covered", name);
          mkdirSync(folder, { recursive: true });
          const begun = performance.now();
          const environment = { COVERED_BY: folder, NODE_OPTIONS: `--import=${resolve("tests/mutation/covered.js")}` };
          const outcome = await runTest(name, environment, DRY_LIMIT);
          const took = performance.now() - begun;
          const covered = new Set(
            readdirSync(folder).flatMap((file) => JSON.parse(readFileSync(`${folder}/${file}`, "utf8"))),
          );
          known[name] = { key, outcome, took, covered: [...covered] };
          if (process.env.VERBOSE)
            console.log(`${name}: ${outcome} in ${Math.round(took)} ms, comes by ${covered.size} mutants`);
          writeFileSync(CACHE, JSON.stringify(known));
        }
        if (known[name].outcome === "passed")
          coverage[name] = { took: known[name].took, covered: new Set(known[name].covered) };
        else console.log(`left out: ${name} has ${known[name].outcome} without any mutant`);
      }
    }),
  );
  return coverage;
}

/**
 * @param {{ count: number, seed: number, only: string[], least: number, workers?: number }} options `only` are the
 *   starts of the paths to mutate; all without any
 */
export async function mutateJavaScript({ count, seed, only, least, workers = availableParallelism() }) {
  const all = await makeSandbox();
  const wanted = all.filter(({ file }) => only.length === 0 || only.some((start) => file.startsWith(start)));
  const coverage = await readCoverage(workers);
  const chosen = sampleOf(wanted, count, seed);
  console.log(`${chosen.length} of ${wanted.length} mutants of JavaScript, seed ${seed}`);
  const queue = [...chosen];
  const results = [];
  const tryOne = async ({ id }) => {
    const tests = Object.entries(coverage).filter(([, { covered }]) => covered.has(id));
    for (const [name, { took }] of tests.sort(([, a], [, b]) => a.took - b.took)) {
      const outcome = await runTest(name, { __STRYKER_ACTIVE_MUTANT__: id }, Math.ceil(15_000 + 5 * took));
      if (outcome !== "passed") return outcome === "late" ? "timed out" : "killed";
    }
    return "survived";
  };
  await Promise.all(
    Array.from({ length: workers }, async () => {
      for (let mutant = queue.shift(); mutant; mutant = queue.shift()) {
        const outcome = await tryOne(mutant);
        results.push({ mutant, outcome });
        if (process.env.VERBOSE)
          console.log(`${results.length} ${outcome} ${mutant.file}:${mutant.line} ${mutant.change}`);
      }
    }),
  );
  return report(results, all, (file) => file.endsWith(".js"), least);
}
