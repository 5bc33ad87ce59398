// docs/when-it-fails.md has a row for each error class that the package exports.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import * as entry from "rekognition-jobs";

test("each exported error has its row", async () => {
  const page = await readFile(new URL("../../../docs/when-it-fails.md", import.meta.url), "utf8");
  const rows = page.split("\n").filter((line) => line.startsWith("| "));
  const classes = Object.entries(entry).filter(([, each]) => each.prototype instanceof Error);
  assert.ok(classes.length > 15);
  for (const [name] of classes) {
    assert.ok(
      rows.some((row) => row.split("|")[1].includes(`\`${name}\``)),
      `${name} has no row`,
    );
  }
});
