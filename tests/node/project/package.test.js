// What `npm pack` gives: its files, its manifest, and the README's example run by who has nothing but the package.
import assert from "node:assert/strict";
import { readFile, readdir, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join, extname } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { startServer } from "../../../emulator/server.js";
import { installPackage, run } from "../../package/installed.js";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const LIMIT = { timeout: 120_000 };

let installed;
before(async () => (installed = await installPackage()), LIMIT);
after(() => installed?.close(), LIMIT);

test("the package is the built module, its types, the README and the licence", async () => {
  const built = (await readdir(join(root, "dist"), { recursive: true }))
    .filter((name) => extname(name) !== "")
    .map((name) => `dist/${name}`);
  for (const file of ["index.js", "index.d.ts", "rekognition_jobs.js", "rekognition_jobs.wasm", "aws4fetch.js"]) {
    assert.ok(built.includes(`dist/${file}`), file);
  }
  assert.deepEqual(installed.files, [...built, "LICENSE", "README.md", "package.json"].sort());
});

test("it brings no other package along, and runs nothing when it is installed", async () => {
  assert.deepEqual(
    (await readdir(join(installed.folder, "node_modules"))).filter((name) => !name.startsWith(".")),
    ["rekognition-jobs"],
  );
  const manifest = JSON.parse(
    await readFile(join(installed.folder, "node_modules/rekognition-jobs/package.json"), "utf8"),
  );
  assert.equal(manifest.license, "MIT");
  assert.deepEqual(
    Object.keys(manifest.scripts).filter((name) => /install|prepare|pack|publish/.test(name)),
    [],
  );
  for (const kind of ["dependencies", "peerDependencies", "optionalDependencies"])
    assert.equal(manifest[kind], undefined);
});

test("what it bundles keeps its licence", async () => {
  const bundled = await readFile(join(installed.folder, "node_modules/rekognition-jobs/dist/aws4fetch.js"), "utf8");
  assert.match(bundled, /@license MIT <https:\/\/opensource.org\/licenses\/MIT>/);
  assert.match(bundled, /@copyright Michael Hart/);
});

test("publint finds nothing", LIMIT, async () => {
  const { publint } = await import("publint");
  const { messages } = await publint({ pkgDir: root, strict: true });
  assert.deepEqual(messages, []);
});

test("attw finds the types of each way to import or require", LIMIT, async () => {
  const attw = join(root, "node_modules/.bin/attw");
  const everyWay = ["--entrypoints", "."];
  // Scripts of workers and .wasm files: by tools that know "exports", and not by require().
  const others = ["--exclude-entrypoints", ".", "--profile", "node16", "--ignore-rules", "cjs-resolves-to-esm"];
  for (const entries of [everyWay, others]) {
    await run(attw, [installed.tarball, ...entries]).catch(({ stdout, message }) => assert.fail(stdout || message));
  }
});

test("the types hold in a strict project on plain ES2022, and beside the AWS SDK's", LIMIT, async () => {
  for (const project of ["tsconfig.json", "tsconfig.sdk.json", "tsconfig.node.json"]) {
    await run(join(root, "node_modules/.bin/tsc"), ["-p", join(root, "tests/types", project)]).catch(
      ({ stdout, message }) => assert.fail(stdout || message),
    );
  }
});

test("the README's example runs in Node", LIMIT, async () => {
  const service = await startServer({ port: 0, jobs: 250, seed: 7 });
  const saved = createServer((request, response) => response.end('{"JobId":"saved","Status":"FAILED"}'));
  await new Promise((resolve) => saved.listen(0, "127.0.0.1", resolve));
  try {
    const readme = await readFile(join(installed.folder, "node_modules/rekognition-jobs/README.md"), "utf8");
    const [, example] = /```js\n(import \{ createJobs \}[\s\S]*?)```/.exec(readme);
    const given = {
      '{ region: "us-east-1", credentials }': JSON.stringify({ endpoint: service.url }),
      '"saved-listing.json"': JSON.stringify(`http://127.0.0.1:${saved.address().port}/`),
    };
    const script = Object.entries(given).reduce((text, [theirs, ours]) => {
      assert.ok(text.includes(theirs), theirs);
      return text.replace(theirs, ours);
    }, example);
    const closing = "\nconsole.log(JSON.stringify({ size: jobs.size, bytes: csv.size }));\njobs.close();\n";
    await writeFile(join(installed.folder, "example.mjs"), script + closing);
    const { stdout, stderr } = await run(process.execPath, ["example.mjs"], { cwd: installed.folder });
    assert.equal(stderr, "");
    const lines = stdout.trim().split("\n");
    assert.ok(lines.includes("250 jobs"), stdout);
    const { size, bytes } = JSON.parse(lines.at(-1));
    assert.equal(size, 251);
    assert.ok(bytes > 300);
  } finally {
    await service.close();
    saved.close();
    saved.closeAllConnections();
  }
});

test("the README's example of a worker runs in Node", LIMIT, async () => {
  const service = await startServer({ port: 0, jobs: 120, seed: 7 });
  try {
    const readme = await readFile(join(installed.folder, "node_modules/rekognition-jobs/README.md"), "utf8");
    const [, example] = /```js\n(import \{ createJobsInWorker \}[\s\S]*?)```/.exec(readme);
    const theirs = '{ region: "us-east-1", credentials }';
    assert.ok(example.includes(theirs));
    await writeFile(
      join(installed.folder, "in_worker.mjs"),
      example.replace(theirs, JSON.stringify({ endpoint: service.url })),
    );
    const { stdout, stderr } = await run(process.execPath, ["in_worker.mjs"], { cwd: installed.folder });
    assert.equal(stderr, "");
    assert.match(stdout, /^\d+ of 120 \[\n/);
  } finally {
    await service.close();
  }
});
