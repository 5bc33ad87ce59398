// The oldest browsers and the oldest Node: package.json states them, and what is built, compiled, shown and written agrees.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import bcd from "@mdn/browser-compat-data/forLegacyNode";
import { transform } from "esbuild";
import { BROWSERS, IN_WORDS, TARGET } from "../../../wasm/browsers.js";
import { GUARDED } from "../../compat/guarded.js";
import { newerInStyles } from "../../compat/styles.js";
import { OLDEST_NODE, lacking } from "../../compat/support.js";

const root = new URL("../../../", import.meta.url);
const read = (path) => readFileSync(new URL(path, root), "utf8");

/** What the compiler may use, by its options. */
const INSTRUCTIONS = {
  "-msimd128": bcd.webassembly["fixed-width-SIMD"],
  "-mbulk-memory": bcd.webassembly["bulk-memory-operations"],
};
/** The compiler's options of that form which choose no instructions of WebAssembly. */
const NO_INSTRUCTIONS = /^-m(?:32|sse2|fpmath=sse)$/;

test("the built scripts have no newer syntax", async () => {
  const scripts = readdirSync(new URL("build/site/", root)).filter((name) => name.endsWith(".js"));
  assert.ok(scripts.length > 10);
  for (const path of [...scripts.map((name) => `build/site/${name}`), "dist/worker.js"]) {
    const [older, same] = await Promise.all(
      [TARGET.target, "esnext"].map((target) => transform(read(path), { ...TARGET, target, minify: true })),
    );
    assert.equal(older.code, same.code, path);
  }
});

test("the built styles have the prefixes that are needed, and nothing newer", () => {
  const harmless = new Set(GUARDED.map(({ feature }) => feature));
  const newer = newerInStyles(read("build/site/page.css")).filter(({ feature }) => !harmless.has(feature));
  assert.deepEqual(newer, []);
});

test("the notice is shown in every browser that is older, and in no other", () => {
  const script = read("web/unsupported.js");
  assert.match(script, /light-dark\(/);
  assert.match(script, /WebAssembly\.validate/);
  const needed = [bcd.css.types.color["light-dark"], bcd.webassembly["fixed-width-SIMD"]];
  const names = { ios_saf: "safari_ios" };
  for (const { id, version } of BROWSERS) {
    const since = needed.map(({ __compat }) => Number([__compat.support[names[id] ?? id]].flat()[0].version_added));
    assert.equal(Math.max(...since), Number(version), id);
  }
  assert.ok(read("build/site/unsupported.js").includes(IN_WORDS));
});

test("the modules are compiled to instructions that these browsers have", () => {
  const options = ["CMakeLists.txt", "wasm/CMakeLists.txt"].flatMap(
    (path) => read(path).match(/(?<=[\s"(])-m[\w=.-]+/g) ?? [],
  );
  const chosen = new Set(options.filter((option) => !NO_INSTRUCTIONS.test(option)));
  assert.deepEqual([...chosen].sort(), Object.keys(INSTRUCTIONS).sort());
  for (const [option, { __compat }] of Object.entries(INSTRUCTIONS)) assert.equal(lacking([__compat]), "", option);
});

test("the README says the same versions, and how each is tested", () => {
  const [, section] = /\n## Browsers and Node\n([\s\S]*?)\n## /.exec(read("README.md"));
  const rows = section.split("\n").filter((line) => /^\| (?!.*---|.* at least )/.test(line));
  const cells = rows.map((row) =>
    row
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
  const version = Object.fromEntries(BROWSERS.map(({ id, version: oldest }) => [id, oldest]));
  assert.deepEqual(
    cells.map(([name, oldest]) => [name, oldest]),
    [
      ["Chrome", version.chrome],
      ["Edge", version.edge],
      ["Firefox", version.firefox],
      ["Safari on macOS", version.safari],
      ["Safari on iOS and iPadOS", version.ios_saf],
      ["Node", OLDEST_NODE],
    ],
  );
  for (const [name, , tested] of cells) assert.match(tested, /`\.\/dev test`|not tested/, name);
});

test("./dev takes no older Node than what it builds and tests with", () => {
  const { engines } = JSON.parse(read("node_modules/vite/package.json"));
  const [, oldest] = /^\^(\d+\.\d+)/.exec(engines.node);
  assert.ok(read("dev").includes(`localeCompare("${oldest}"`));
});
