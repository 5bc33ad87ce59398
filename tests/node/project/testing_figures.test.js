// docs/testing.md: its figures are those of the sources, within a fifth, and what it names is there.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { countedFigures, figuresOf } from "../../figures.js";

const root = new URL("../../../", import.meta.url);
const document = readFileSync(new URL("docs/testing.md", root), "utf8");
const TOLERANCE = 0.2;
const LIMIT = { timeout: 30_000 };
const numberOf = (text) => Number(String(text).replaceAll(",", "").replace(/ %$/, ""));

test("the figures in docs/testing.md are not stale", LIMIT, () => {
  const told = figuresOf(document);
  for (const [name, value] of countedFigures()) {
    assert.ok(numberOf(value) > 0, `${name}: ${value}: it counts nothing any more`);
    const off = Math.abs(numberOf(told.get(name)) - numberOf(value));
    assert.ok(
      off <= Math.max(1, numberOf(value) * TOLERANCE),
      `${name}: ${told.get(name)}, now ${value}: node tests/figures.js --write`,
    );
  }
});

test("every file that docs/testing.md names is there", LIMIT, () => {
  const paths = [...document.matchAll(/`((?:tests|docs|web|wasm|src)\/[\w./-]+)`/g)].map(([, path]) => path);
  const links = [...document.matchAll(/\]\((?!http)([^)#]+)\)/g)].map(([, path]) => `docs/${path}`);
  assert.ok(paths.length > 5 && links.length >= 2);
  for (const path of [...paths, ...links]) assert.ok(existsSync(new URL(path, root)), path);
});
