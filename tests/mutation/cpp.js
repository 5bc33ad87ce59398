// Tries mutants of the core: compiles what each one changes, links the unit tests with it, and sees whether one fails.

import { execFile, execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { dirname, join, relative } from "node:path";
import { mutantsOf } from "./cpp_mutants.js";
import { report, sampleOf } from "./report.js";

const FOLDERS = ["src/service", "src/query", "src/jobs", "src/columns"];
const BUILD = "build/mutate";
const MEMORY = 4_000_000; // kB that a mutant may take before it counts as dead
const COMPILE_LIMIT = 300_000; // milliseconds

/**
 * The tests that know a folder best are run first; whatever they leave alive is given to the others that include any of
 * the folder's headers. A mutant of a header that many objects include is given to the first alone, since all others
 * would have to be compiled again.
 */
const NEAREST_TESTS = {
  "src/service": ["service/service", "service/retry", "messages"],
  "src/query": ["jobs/query", "query/parser", "query/tokenizer", "jobs/sort", "messages"],
  "src/columns": ["columns/columns", "columns/bucket_edges", "jobs/sort", "jobs/query", "results/view"],
  "src/jobs": ["jobs/reader", "jobs/fast_reader", "jobs/writer", "jobs/store", "jobs/query", "jobs/sort", "messages"],
};

/** Runs a command; its exit status, or "late" when it was ended after so many milliseconds. */
function run(command, args, limit) {
  return new Promise((resolve) => {
    execFile(command, args, { timeout: limit, killSignal: "SIGKILL", maxBuffer: 1 << 26 }, (error) => {
      resolve(error === null ? 0 : error.killed ? "late" : (error.code ?? "signal"));
    });
  });
}

/** Which objects include a header, from what ninja noted when it built them. */
function readDependents() {
  const dependents = new Map();
  let object;
  for (const line of execFileSync("ninja", ["-C", BUILD, "-t", "deps"], { encoding: "utf8", maxBuffer: 1 << 28 }).split(
    "\n",
  )) {
    if (!line.startsWith(" ")) object = line.split(":")[0];
    const header = /\bsrc\/(\w+\/\w+\.h)$/.exec(line)?.[0];
    if (header) dependents.set(header, [...(dependents.get(header) ?? []), object]);
  }
  return dependents;
}

/** How each object of the library and the unit tests is compiled, by the object's path in the build folder. */
function readCommands() {
  const commands = new Map();
  for (const { file, command } of JSON.parse(readFileSync(`${BUILD}/compile_commands.json`, "utf8"))) {
    const words = command.split(" ").filter((word) => word !== "" && !word.endsWith("ccache"));
    const output = words[words.indexOf("-o") + 1];
    if (!/^(CMakeFiles\/rekognition_jobs\.dir|tests\/unit)\//.test(output)) continue;
    commands.set(output, { file, words: words.slice(0, words.indexOf("-o")) });
  }
  return commands;
}

/** The standard library's headers, compiled once, which halves the time that a mutant takes. */
function precompile(commands) {
  const { words } = commands.get([...commands.keys()].find((object) => object.startsWith("tests/")));
  const [compiler, ...flags] = words;
  const made = `${BUILD}/precompiled.pch`;
  execFileSync(compiler, [...flags, "-x", "c++-header", "tests/mutation/precompiled.h", "-o", made]);
  return made;
}

export function allMutants() {
  return FOLDERS.flatMap((folder) =>
    readdirSync(folder)
      .sort()
      .map((name) => `${folder}/${name}`)
      .flatMap((file) => mutantsOf(file, readFileSync(file, "utf8"))),
  );
}

/** One mutant after another in a copy of the core: its files include each other by the path from one to the other. */
function makeTrier(number, limit) {
  const commands = readCommands();
  const dependents = readDependents();
  const testObjects = [...commands.keys()].filter((object) => object.startsWith("tests/"));
  const folder = `${BUILD}/mutants/${number}`;
  const precompiled = precompile(commands);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  cpSync("src", join(folder, "src"), { recursive: true });

  /** Whether a test includes a header of the folder that a file is in. */
  const knows = (object, file) =>
    [...dependents].some(([header, objects]) => dirname(header) === dirname(file) && objects.includes(object));

  async function compile(mutant, objects) {
    const original = readFileSync(mutant.file, "utf8");
    const changed = join(folder, mutant.file);
    writeFileSync(changed, original.slice(0, mutant.begin) + mutant.text + original.slice(mutant.end));
    const made = await compileAll(objects);
    writeFileSync(changed, original);
    return made;
  }

  async function compileAll(objects) {
    const made = [];
    for (const object of objects) {
      const { file, words } = commands.get(object);
      const [compiler, ...flags] = words;
      const path = relative("", file);
      const source = path.startsWith("src/") ? join(folder, path) : file;
      const out = `${folder}/${made.length}.o`;
      const status = await run(
        compiler,
        ["-include-pch", precompiled, `-I${folder}/src`, ...flags, "-o", out, "-c", source],
        COMPILE_LIMIT,
      );
      if (status !== 0) return undefined;
      made.push(out);
    }
    return made;
  }

  async function test(filters) {
    const words = ["--abort-after=1", ...filters].map((word) => `'${word}'`).join(" ");
    return run("sh", ["-c", `ulimit -v ${MEMORY}; exec ${folder}/unit_tests ${words}`], limit);
  }

  return async (mutant) => {
    const nearest = NEAREST_TESTS[mutant.file.slice(0, mutant.file.lastIndexOf("/"))];
    const isNear = (object) =>
      [...nearest.map((name) => `${name}_test`), "main"].some((name) => object.endsWith(`/${name}.cpp.o`));
    const isHeader = mutant.file.endsWith(".h");
    const changed = isHeader
      ? (dependents.get(mutant.file) ?? []).filter((object) => commands.has(object))
      : [...commands.keys()].filter((object) => object.endsWith(`${mutant.file}.o`));
    const isWide = changed.length > 12;
    const objects = isWide ? changed.filter((object) => !object.startsWith("tests/") || isNear(object)) : changed;
    const made = await compile(mutant, objects);
    if (made === undefined) return "refused";
    const others = testObjects
      .filter((object) => !objects.includes(object) && (!isWide || isNear(object)))
      .map((object) => `${BUILD}/${object}`);
    const linked = await run(
      "clang++",
      [...made, ...others, `${BUILD}/librekognition_jobs.a`, "-o", `${folder}/unit_tests`],
      COMPILE_LIMIT,
    );
    if (linked !== 0) return "refused";
    const sourcesOf = (chosen) =>
      `--source-file=${chosen.map((object) => `*/${object.split("/").at(-1).slice(0, -2)}`).join(",")}`;
    const near = testObjects.filter(isNear);
    const far = testObjects.filter((object) => !isNear(object) && knows(object, mutant.file));
    for (const filters of isWide || far.length === 0 ? [[sourcesOf(near)]] : [[sourcesOf(near)], [sourcesOf(far)]]) {
      const status = await test(filters);
      if (status === "late") return "timed out";
      if (status !== 0) return "killed";
    }
    return "survived";
  };
}

/** Tells of a file whether the library or the unit tests have it: a header of the module alone has no native test. */
function compiledFiles() {
  const commands = readCommands();
  const dependents = readDependents();
  return (file) =>
    file.endsWith(".h")
      ? (dependents.get(file) ?? []).some((object) => commands.has(object))
      : [...commands.keys()].some((object) => object.endsWith(`${file}.o`));
}

/**
 * @param {{ count: number, seed: number, only: string[], least: number, workers?: number }} options `only` are the
 *   starts of the paths to mutate; all without any
 */
export async function mutateCpp({ count, seed, only, least, workers = availableParallelism() }) {
  const all = allMutants();
  const isCompiled = compiledFiles();
  const wanted = all.filter(
    ({ file }) => isCompiled(file) && (only.length === 0 || only.some((start) => file.startsWith(start))),
  );
  const begun = performance.now();
  if ((await run(`${BUILD}/tests/unit/unit_tests`, [], 600_000)) !== 0)
    throw new Error("the unit tests fail without any mutant");
  const limit = Math.ceil(10_000 + 3 * (performance.now() - begun));
  const chosen = sampleOf(wanted, count, seed);
  const unchanged = { ...chosen[0], text: readFileSync(chosen[0].file, "utf8").slice(chosen[0].begin, chosen[0].end) };
  const ofUnchanged = await makeTrier(0, limit)(unchanged);
  if (ofUnchanged !== "survived") throw new Error(`what is not changed at all is ${ofUnchanged}`);
  console.log(`${chosen.length} of ${wanted.length} mutants of C++, seed ${seed}`);
  const queue = [...chosen];
  const results = [];
  await Promise.all(
    Array.from({ length: workers }, async (_, number) => {
      const tryOne = makeTrier(number, limit);
      for (let mutant = queue.shift(); mutant; mutant = queue.shift()) {
        const outcome = await tryOne(mutant);
        results.push({ mutant, outcome });
        if (process.env.VERBOSE)
          console.log(`${results.length} ${outcome} ${mutant.file}:${mutant.line} ${mutant.change}`);
      }
    }),
  );
  rmSync(`${BUILD}/mutants`, { recursive: true, force: true });
  return report(results, all, (file) => /\.(cpp|h)$/.test(file), least);
}
