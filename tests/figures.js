// Prints how much is tested, as Markdown: node tests/figures.js. With --write it puts that into docs/testing.md.
//
// What is written in the sources is counted in them. What only a run can tell is read from the logs of the last ./dev test
// (build/logs/); where there are none, --write keeps what the document has.

import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";

const root = new URL("../", import.meta.url);
const PAGE = new URL("docs/testing.md", root);
const BEGIN = "<!-- figures: node tests/figures.js --write -->\n";
const END = "<!-- end of figures -->";

const read = (path) => readFileSync(new URL(path, root), "utf8");

/** Every file in a folder of the project, with its path. */
function filesIn(folder, ending) {
  return readdirSync(new URL(folder, root), { recursive: true })
    .map((path) => `${folder}/${path}`)
    .filter((path) => ending.test(path))
    .sort();
}

/** Lines that are not blank. */
const linesIn = (paths) =>
  paths.reduce(
    (sum, path) =>
      sum +
      read(path)
        .split("\n")
        .filter((line) => line.trim()).length,
    0,
  );

const countIn = (paths, pattern) => paths.reduce((sum, path) => sum + [...read(path).matchAll(pattern)].length, 0);

const SOURCE = /\.(cpp|h|js|ts|css|html)$/;
const C = /\.(cpp|h)$/;
/** A place that makes tests; one in a loop makes several. */
const JS_TEST = /^ *(?:test|serverTest|s3Test|for \(.*\) test)\(/gm;
const C_TEST = /^TEST_CASE\(/gm;

/** @returns {[name: string, value: number | string][]} */
export function countedFigures() {
  const engine = filesIn("src", SOURCE);
  const border = filesIn("wasm", SOURCE);
  const page = filesIn("web", SOURCE);
  const emulator = filesIn("emulator", SOURCE);
  const tests = filesIn("tests", SOURCE);
  const code = linesIn([...engine, ...border, ...page, ...emulator]);
  const unit = filesIn("tests/unit", C);
  const node = filesIn("tests/node", /\.test\.js$/);
  const browser = filesIn("tests/browser", /\.test\.js$/);
  const fuzz = filesIn("tests/fuzz", /_fuzz\.cpp$/);
  const dev = read("dev");
  const floor = (pattern) => `${pattern.exec(dev)?.[1] ?? "?"} %`;
  return [
    ["lines of code: the core, in C++", linesIn(engine)],
    ["lines of code: the border and the module", linesIn(border)],
    ["lines of code: the page", linesIn(page)],
    ["lines of code: the emulator of the service", linesIn(emulator)],
    ["lines of test code", linesIn(tests)],
    ["lines of test code to a line of code", (linesIn(tests) / code).toFixed(2)],
    ["unit test cases, each run natively and as WebAssembly", countIn(unit, C_TEST)],
    ["files of tests in Node", node.length],
    ["tests written in them (a loop makes several of one)", countIn(node, JS_TEST)],
    ["files of tests in the browser", browser.length],
    ["tests written in them", countIn(browser, JS_TEST)],
    ["fuzz targets, native", fuzz.length],
    [
      "inputs kept for them, replayed in every run",
      filesIn("tests/fuzz/seeds", /[^/.]+$/).filter((path) => !existsSync(new URL(`${path}/`, root))).length,
    ],
    ["files of cost tests", [...unit, ...node, ...browser].filter((path) => /cost/.test(basename(path))).length],
    ["the core's lines that native tests must run, at least", floor(/--fail-under-line (\d+)/)],
    ["the module's lines that tests in Node must run, at least", floor(/--check-coverage --lines (\d+)/)],
  ];
}

/** What the log of a step says, or undefined. */
function logged(step, pattern, sum = false) {
  const path = new URL(`build/logs/${step}.log`, root);
  if (!existsSync(path)) return undefined;
  const found = [...readFileSync(path, "utf8").matchAll(pattern)].map(([, number]) => number);
  if (found.length === 0) return undefined;
  return sum ? found.reduce((total, number) => total + Number(number), 0) : found.at(-1);
}

const DOCTEST = /^doctest:.*?(\d+) passed/gm;
const NODE_PASS = /^\S+ pass (\d+)$/gm;

/** @returns {[name: string, value: number | string | undefined][]} */
function loggedFigures() {
  const percent = (value) => value && `${value} %`;
  return [
    ["run: unit tests, native, with address and undefined-behaviour sanitizers", logged("unit-native", DOCTEST, true)],
    ["run: unit tests, native, as 32-bit code with the same sanitizers", logged("unit-native-32", DOCTEST, true)],
    ["run: unit tests, as WebAssembly", logged("unit-wasm", DOCTEST, true)],
    ["run: tests in Node", logged("node", NODE_PASS)],
    ["run: tests in the browser", logged("browser", NODE_PASS)],
    ["run: lines of the core that native tests ran", percent(logged("core-coverage", /^lines: ([\d.]+)/gm))],
    [
      "run: lines of the module that tests in Node ran",
      percent(logged("node", /^All files *\|[^|]*\|[^|]*\|[^|]*\| *([\d.]+)/gm)),
    ],
    [
      "run: allocations that were made to fail, one after another",
      logged("node", /(\d+) allocations were made to fail/g, true),
    ],
  ];
}

/** The figures of a document, by their names. */
export function figuresOf(document) {
  const table = document.slice(document.indexOf(BEGIN), document.indexOf(END));
  return new Map(
    [...table.matchAll(/^\| (?!figure|---)(.*?) +\| *(.*?) +\|$/gm)].map(([, name, value]) => [name, value]),
  );
}

const shown = (value) => (typeof value === "number" ? value.toLocaleString("en") : value);

function tableOf(known) {
  const rows = [...countedFigures(), ...loggedFigures()].map(([name, value]) => [
    name,
    shown(value) ?? known.get(name) ?? "not run yet",
  ]);
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column].length)));
  const line = ([name, value]) => `| ${name.padEnd(widths[0])} | ${value.padStart(widths[1])} |\n`;
  return [
    line(["figure", ""]),
    `|${"-".repeat(widths[0] + 2)}|${"-".repeat(widths[1] + 1)}:|\n`,
    ...rows.map(line),
  ].join("");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const document = readFileSync(PAGE, "utf8");
  const table = tableOf(figuresOf(document));
  if (process.argv[2] !== "--write") console.log(table);
  else
    writeFileSync(
      PAGE,
      document.slice(0, document.indexOf(BEGIN) + BEGIN.length) + table + document.slice(document.indexOf(END)),
    );
}
