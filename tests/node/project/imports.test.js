// The check of who may import whom: it passes on the sources as they are, and sees every kind of wrong arrow.

import assert from "node:assert/strict";
import { appendFile, cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { check } from "../../imports/check.js";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const LIMIT = { timeout: 60_000 };

/** The sources, to plant wrong arrows in. */
let copy;
before(async () => {
  copy = join(await mkdtemp(join(tmpdir(), "imports-")), "/");
  for (const folder of ["src", "wasm", "emulator", "web"])
    await cp(join(root, folder), join(copy, folder), { recursive: true });
}, LIMIT);
after(() => rm(copy, { recursive: true }), LIMIT);

test("every import is one that its room may have", LIMIT, async () => {
  assert.deepEqual(await check(root), []);
});

/** What the check says once the text stands at the end of the file, or is all of a new one. */
async function saidOf(path, text) {
  const file = join(copy, path);
  await mkdir(dirname(file), { recursive: true });
  const original = join(root, path);
  await appendFile(file, text);
  const said = await check(copy);
  await rm(file);
  await cp(original, file).catch(() => {});
  if (path === "web/attic/lamp.js") await rm(dirname(file), { recursive: true });
  return said;
}

for (const [what, path, text, expected] of [
  [
    "a room below another",
    "web/ui/format.js",
    'import "../jobs/columns.js";',
    "web/ui/format.js imports web/jobs/columns.js, which web/ui may not",
  ],
  [
    "two rooms of each other",
    "web/query/autocomplete.js",
    'export * from "../jobs/columns.js";',
    "web/query/autocomplete.js imports web/jobs/columns.js, which web/query may not",
  ],
  [
    "a later import",
    "web/chart/chart.js",
    'export const more = () => import("../results/results.js");',
    "web/chart/chart.js imports web/results/results.js, which web/chart may not",
  ],
  [
    "the engine's inside",
    "web/jobs/summaries.js",
    'import "../../wasm/js/jobs.js";',
    "web/jobs/summaries.js imports wasm/js/jobs.js, which web/jobs may not",
  ],
  [
    "the built engine",
    "web/jobs/summaries.js",
    'import "../../dist/index.js";',
    "web/jobs/summaries.js imports dist/index.js, which web/jobs may not",
  ],
  [
    "the emulator beside its entry",
    "web/sources/sources.js",
    'import "../../emulator/account/account.js";',
    "web/sources/sources.js imports emulator/account/account.js, which web/sources may not",
  ],
  [
    "the page by the emulator",
    "emulator/account/account.js",
    'import "../../web/ui/format.js";',
    "emulator/account/account.js imports web/ui/format.js, which emulator/account may not",
  ],
  [
    "another package",
    "web/ui/format.js",
    'import "playwright-core";',
    "web/ui/format.js imports playwright-core, which web/ui may not",
  ],
  [
    "a room without a rule",
    "web/attic/lamp.js",
    'import "../ui/format.js";',
    "web/attic/ is a room that rules.js does not name",
  ],
  [
    "an upper folder of the core",
    "src/columns/scan.h",
    '#include "../jobs/store.h"\n',
    "src/columns/scan.h imports src/jobs/store.h, which src/columns may not",
  ],
  [
    "the border by the core",
    "src/base/ascii.h",
    '#include "../../wasm/bytes.h"\n',
    "src/base/ascii.h imports wasm/bytes.h, which src/base may not",
  ],
  [
    "one kind of record by another",
    "src/results/view.h",
    '#include "../jobs/schema.h"\n',
    "src/results/view.h imports src/jobs/schema.h, which src/results may not",
  ],
  [
    "the store by the service",
    "src/service/paginator.h",
    '#include "../jobs/store.h"\n',
    "src/service/paginator.h imports src/jobs/store.h, which src/service may not",
  ],
  [
    "columns by the service, by way of the readers",
    "src/jobs/sink.h",
    '#include "../columns/row.h"\n',
    "src/service may not reach it: src/service/response.h -> src/jobs/sink.h -> src/columns/row.h",
  ],
]) {
  test(`it sees ${what}`, LIMIT, async () => {
    const said = await saidOf(path, text);
    assert.ok(said.includes(expected), said.join("\n"));
  });
}

test("it sees a rule that nothing needs", LIMIT, async () => {
  const file = "emulator/cognito/identity_pools.js";
  await writeFile(join(copy, file), "export {};");
  const said = await check(copy);
  await cp(join(root, file), join(copy, file));
  assert.ok(
    said.includes("emulator/cognito -> emulator/protocol is allowed in rules.js, and nothing needs it"),
    said.join("\n"),
  );
});
