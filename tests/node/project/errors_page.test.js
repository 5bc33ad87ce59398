// docs/when-it-fails.md has a row for each error class that the package exports, and each name that its code gives an error.
import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { before, test } from "node:test";
import * as entry from "rekognition-jobs";

const root = new URL("../../../", import.meta.url);
const read = (path) => readFile(new URL(path, root), "utf8");

let rows;
before(async () => {
  rows = (await read("docs/when-it-fails.md")).split("\n").filter((line) => line.startsWith("| "));
});

function requireRow(name) {
  const has = rows.some((row) => row.split("|")[1].includes(`\`${name}\``));
  assert.ok(has, `${name} has no row`);
}

test("each exported error has its row", () => {
  const classes = Object.entries(entry).filter(([, each]) => each.prototype instanceof Error);
  assert.ok(classes.length > 15);
  for (const [name] of classes) if (name !== "ServiceError") requireRow(name);
});

test("each name that the module gives an error has its row", async () => {
  const files = (await readdir(new URL("wasm/js/", root), { recursive: true })).filter((name) => name.endsWith(".js"));
  const sources = await Promise.all(files.map((name) => read(`wasm/js/${name}`)));
  const inJavaScript = [...sources.join("\n").matchAll(/(?:\bname: |\brefusal\()"([A-Z]\w+)"/g)];
  const inCpp = [...(await read("src/service/service_error.h")).matchAll(/string_view \w+ = "(\w+)"/g)];
  const names = new Set([...inJavaScript, ...inCpp].map(([, name]) => name));
  assert.ok(names.size > 8);
  for (const name of names) requireRow(name);
});
