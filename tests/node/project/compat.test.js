// The check that nothing newer than our oldest browsers is used: it passes on the sources, and sees each kind of what is newer.

import assert from "node:assert/strict";
import { appendFile, cp, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { check } from "../../compat/check.js";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const LIMIT = { timeout: 120_000 };

/** What is planted at the end of a file, and what the check then says of it. @type {[string, string, string, RegExp][]} */
const PLANTED = [
  ["syntax in the package", "wasm/js/util/tasks.js", "{ using held = null; }", /uses syntax, .*safari17\.5.*node20/],
  ["a constructor", "web/ui/throttle.js", 'new URLPattern("/:path");', /uses URLPattern, .*firefox 120/],
  ["a static member", "web/ui/throttle.js", 'RegExp.escape("a");', /uses RegExpConstructor\.escape, /],
  [
    "a member of a built-in object",
    "web/ui/throttle.js",
    "new Set().union(new Set());",
    /uses Set\.union, .*firefox 120/,
  ],
  ["a member of an element", "web/ui/throttle.js", "document.body.moveBefore(null, null);", /uses .*\.moveBefore, /],
  ["a member that a mixin has", "web/ui/throttle.js", 'new Response("").bytes();', /uses Body\.bytes, /],
  ["a member of a typed array", "web/ui/throttle.js", "new Uint8Array(2).toBase64();", /uses Uint8Array.*\.toBase64, /],
  ["a member of a namespace", "web/ui/throttle.js", "Promise.try(() => 1);", /uses PromiseConstructor\.try, /],
  [
    "a global function",
    "web/ui/throttle.js",
    "requestIdleCallback(() => {});",
    /uses requestIdleCallback, .*safari 17\.5/,
  ],
  [
    "a member of who knows what",
    "web/ui/throttle.js",
    "/** @type {any} */ (0).symmetricDifference();",
    /uses symmetricDifference, /,
  ],
  [
    "a global by globalThis",
    "web/ui/throttle.js",
    "globalThis.scheduler;",
    /web\/ui\/throttle\.js:\d+ uses scheduler, /,
  ],
  [
    "an event",
    "web/ui/throttle.js",
    'addEventListener("scrollend", () => {});',
    /uses event scrollend, .*safari 17\.5/,
  ],
  [
    "a loop through a stream",
    "web/ui/throttle.js",
    'for await (const part of /** @type {Body} */ (new Response("")).body) part;',
    /uses ReadableStream\.@@asyncIterator, .*safari 17\.5/,
  ],
  [
    "what Node lacks, in the package",
    "wasm/js/util/numbers.js",
    "navigator.onLine;",
    /uses NavigatorOnLine\.onLine, .*nodejs 20/,
  ],
  [
    "what the emulator has in the page",
    "emulator/account/account.js",
    "Error.isError(0);",
    /emulator.* uses ErrorConstructor\.isError, /,
  ],
  [
    "an attribute in a template",
    "web/ui/icons.js",
    'html`<dialog id="${1}" closedby="any"></dialog>`;',
    /uses <dialog closedby>, /,
  ],
  ["an event in a template", "web/ui/icons.js", "html`<p @scrollend=${() => {}}></p>`;", /uses <p @scrollend>, /],
  [
    "an attribute in the page's file",
    "web/index.html",
    '<button commandfor="a">b</button>',
    /index\.html.* uses <button commandfor>, /,
  ],
  ["a property", "web/chart/chart.css", "a { field-sizing: fixed; }", /chart\.css uses field-sizing, .*firefox 120/],
  ["a value", "web/chart/chart.css", "a { text-wrap: pretty; }", /uses text-wrap: pretty, /],
  ["a value's function", "web/chart/chart.css", ":root { --a: contrast-color(red); }", /uses contrast-color\(\), /],
  ["a unit", "web/chart/chart.css", "a { width: 1rcap; }", /uses rcap, /],
  ["a rule", "web/chart/chart.css", "@scope (.a) { a { color: red; } }", /uses @scope, /],
  [
    "a condition on the screen",
    "web/chart/chart.css",
    "@media (inverted-colors) { a { color: red; } }",
    /uses @media inverted-colors, /,
  ],
  ["a pseudo-class", "web/chart/chart.css", "details:open { color: red; }", /uses :open, /],
  ["a pseudo-element", "web/chart/chart.css", "::highlight(a) { color: red; }", /uses ::highlight, /],
  [
    "what needs more than the build's prefix",
    "web/chart/chart.css",
    "a { text-decoration: underline dotted; }",
    /uses text-decoration: dotted, .*safari 17\.5/,
  ],
];
/** What is guarded, and must not be said. @type {[string, string][]} */
const GUARDED = [
  ["@supports (anchor-name: --a) { a { anchor-name: --a; } }", "anchor-name"],
  ["a { width: 10px; width: calc-size(auto, size); }", "calc-size"],
  ["a { user-select: none; }", "user-select"],
];

let folder;
let said;
before(async () => {
  folder = join(await mkdtemp(join(tmpdir(), "compat-")), "/");
  for (const part of ["wasm", "emulator", "web"]) await cp(join(root, part), join(folder, part), { recursive: true });
  await symlink(join(root, "node_modules"), join(folder, "node_modules"));
  for (const [, path, text] of PLANTED) await appendFile(join(folder, path), `\n${text}\n`);
  for (const [text] of GUARDED) await appendFile(join(folder, "web/chart/chart.css"), `\n${text}\n`);
  await writeFile(join(folder, "web/ui/post_task.js"), "export function postTask() {}\n");
  said = await check(folder);
}, LIMIT);
after(() => rm(folder, { recursive: true }), LIMIT);

test("nothing is used that our oldest browsers lack", LIMIT, async () => {
  assert.deepEqual(await check(root), []);
});

for (const [what, , , expected] of PLANTED) {
  test(`it sees ${what}`, LIMIT, () => {
    assert.ok(
      said.some((line) => expected.test(line)),
      said.join("\n"),
    );
  });
}

for (const [text, feature] of GUARDED) {
  test(`it lets pass: ${text}`, LIMIT, () => {
    assert.deepEqual(
      said.filter((line) => line.includes(` uses ${feature}`)),
      [],
    );
  });
}

test("it sees a guard that nothing needs", LIMIT, () => {
  const idle = "Scheduler.postTask in web/ui/post_task.js is allowed in guarded.js, and nothing needs it";
  assert.ok(said.includes(idle), said.join("\n"));
});
