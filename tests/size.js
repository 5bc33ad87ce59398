// Prints what a page loads to list, filter and sign, as it is and as servers send it, and fails beyond the budget: the
// package's scripts as a bundler makes one of them (glue and signing included), and the module. What reads
// results, S3, saved listings and snapshots comes later, when it is first asked for, and so does what words a redirect and
// redacts an error.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { build } from "esbuild";

/**
 * Bytes, gzipped, by Debian 12's Emscripten; Debian 13's makes 1 kB more. Before snapshots it was 97,241; they take 7 kB,
 * what tells plain listings from others 3.4 kB, what takes credentials and regions in whichever form 1.4 kB, a state
 * for each peer, with what callers give back and forth of tokens, 2.6 kB, and the way to a worker 0.1 kB. The aim is the 51,098 of the AWS SDK's bundle
 * for List and Get.
 */
const budget = 112_500;

const dist = new URL("../dist/", import.meta.url);
const bundle = await build({
  entryPoints: [fileURLToPath(new URL("index.js", dist))],
  bundle: true,
  minify: true,
  write: false,
  format: "esm",
  platform: "browser",
  external: [
    "node:*",
    "module",
    "./cognito_provider.js",
    "./s3/job_outputs.js",
    "./engine/open_snapshot.js",
    "./engine/listing_import.js",
    "./load_error.js",
    "./engine/source_kind.js",
    "./formats_module.js",
    "./redaction.js",
    "../util/any_response.js",
    "./redirect.js",
    "./results.js",
    "./worker/async_jobs.js",
    "./worker/node_worker.js",
  ],
});
const files = {
  "scripts, bundled": Buffer.from(bundle.outputFiles[0].contents),
  "rekognition_jobs.wasm": readFileSync(new URL("rekognition_jobs.wasm", dist)),
};

const rows = Object.entries(files).map(([file, bytes]) => [
  file,
  bytes.length,
  gzipSync(bytes, { level: 9 }).length,
  brotliCompressSync(bytes).length,
]);
rows.push(["total", ...[1, 2, 3].map((column) => rows.reduce((sum, row) => sum + row[column], 0))]);

const line = (file, ...sizes) => file.padEnd(28) + sizes.map((size) => size.toLocaleString("en").padStart(10)).join("");
console.log(line("", "bytes", "gzip", "brotli"));
for (const row of rows) console.log(line(...row));

const gzipped = rows.at(-1)[2];
if (gzipped > budget) {
  console.error(
    `${gzipped.toLocaleString("en")} bytes gzipped are more than the ${budget.toLocaleString("en")} they may be`,
  );
  process.exitCode = 1;
}
