// Who may import whom: each room, and the rooms, files and packages that its files may import besides their own room's.
//
// A file belongs to the nearest folder above it that is named here, unless it is named itself. There is no circle: what a room may import stands above
// it. An arrow that no file needs any more is to be taken out.

/** @typedef {Record<string, readonly string[]>} Rooms */

/** @type {Rooms} */
export const CORE = {
  "src/base": [],
  "src/json": ["src/base"],
  "src/columns": ["src/base"],
  "src/query": ["src/base", "src/json", "src/columns"],
  // The kinds of record. Neither knows the other.
  "src/jobs": ["src/base", "src/json", "src/columns", "src/query"],
  "src/results": ["src/base", "src/json", "src/columns", "src/query"],
  // It reads records in the forms of other programs, by the records' schemas.
  "src/formats": [
    "src/base",
    "src/json",
    "src/jobs/schema.h",
    "src/jobs/listing_form.h",
    "src/results/error_part.h",
    "src/results/results_form.h",
  ],
  // It reads the pages of the list by the reader of jobs.
  "src/service": ["src/base", "src/json", "src/jobs/reader.h", "src/jobs/sink.h"],
  wasm: ["src/base", "src/json", "src/columns", "src/query", "src/jobs", "src/results", "src/formats", "src/service"],
};

/**
 * What a room may not include by way of others either: the service does not know where jobs are kept.
 * @type {readonly { room: string, never: RegExp, except: readonly string[] }[]}
 */
export const UNREACHABLE = [{ room: "src/service", never: /^src\/(columns|query|results)\//, except: [] }];

/** @type {Rooms} */
export const MODULE = {
  "wasm/js/platform": [
    "node:crypto",
    "node:fs/promises",
    "node:stream/web",
    "node:timers",
    "node:util",
    "node:worker_threads",
  ],
  "wasm/js/util": ["wasm/js/platform/platform.js"],
  "wasm/js/engine": ["wasm/js/util", "wasm/js/platform/platform.js"],
  // Two files beside the folders, as the .wasm files that they load are: bundlers keep both in one folder.
  "wasm/js/jobs_module.js": ["wasm/js/engine"],
  "wasm/js/results_module.js": ["wasm/js/engine"],
  "wasm/js/formats_module.js": ["wasm/js/engine"],
  "wasm/js/client": ["wasm/js/util", "wasm/js/engine", "wasm/js/platform/platform.js", "wasm/js/jobs_module.js"],
  "wasm/js/s3": ["wasm/js/util", "wasm/js/client"],
  "wasm/js/views": ["wasm/js/util", "wasm/js/engine", "wasm/js/results_module.js"],
  // Both sides of a Jobs in a worker.
  "wasm/js/worker": [
    "wasm/js/util",
    "wasm/js/engine",
    "wasm/js/client",
    "wasm/js/views",
    "wasm/js/platform/platform.js",
  ],
  "wasm/js": [
    "wasm/js/platform",
    "wasm/js/worker",
    "wasm/js/util",
    "wasm/js/engine",
    "wasm/js/client",
    "wasm/js/s3",
    "wasm/js/views",
    "wasm/js/results_module.js",
    "wasm/js/formats_module.js",
  ],
};

/** @type {Rooms} */
export const EMULATOR = {
  "emulator/account": ["fast-png"],
  "emulator/protocol": ["@smithy/signature-v4", "node:crypto"],
  "emulator/faults": ["emulator/protocol"],
  "emulator/cognito": ["emulator/protocol"],
  "emulator/rekognition": ["emulator/account", "emulator/faults", "emulator/protocol"],
  "emulator/s3": ["emulator/account", "emulator/faults", "emulator/protocol"],
  "emulator/http": [
    "emulator/protocol",
    "web/host_headers.js",
    "node:fs/promises",
    "node:net",
    "node:path",
    "node:stream",
  ],
  // Its programs: server.js, and sample_account.js, which runs in the page.
  emulator: [
    "emulator/account",
    "emulator/protocol",
    "emulator/faults",
    "emulator/cognito",
    "emulator/rekognition",
    "emulator/s3",
    "emulator/http",
    "node:fs",
    "node:http",
    "node:url",
  ],
};

/** The engine is "rekognition-jobs", as it is for every other program. @type {Rooms} */
export const PAGE = {
  // What is not run in the page: its build, and the headers that its host sends.
  web: ["licenses", "wasm/browsers.js", "esbuild", "node:fs", "node:url"],
  "web/ui": ["lit-html", "@preact/signals-core"],
  "web/engine": ["web/ui", "rekognition-jobs"],
  "web/aws": ["rekognition-jobs"],
  "web/state": ["web/aws", "@preact/signals-core", "rekognition-jobs"],
  "web/offline": ["web/ui", "web/state"],
  "web/export": ["web/ui", "web/state", "lit-html"],
  "web/query": ["web/engine", "web/ui", "web/aws", "web/state", "web/export", "lit-html", "rekognition-jobs"],
  "web/chart": ["web/ui", "web/query", "lit-html", "@preact/signals-core", "uplot"],
  "web/details": ["web/ui", "web/aws", "web/state", "lit-html"],
  "web/jobs": ["web/ui", "web/state", "web/query", "lit-html", "@preact/signals-core", "rekognition-jobs"],
  "web/sources": [
    "web/engine",
    "web/ui",
    "web/aws",
    "web/state",
    "web/offline",
    "emulator/sample_account.js",
    "lit-html",
    "rekognition-jobs",
  ],
  "web/results": ["web/engine", "web/ui", "web/aws", "web/state", "web/export", "web/query", "web/sources", "lit-html"],
  "web/app": [
    "web/engine",
    "web/ui",
    "web/aws",
    "web/state",
    "web/query",
    "web/chart",
    "web/details",
    "web/jobs",
    "web/sources",
    "web/results",
    "lit-html",
  ],
};

/** Written beside the module's own scripts by the build. */
export const BUILT = /^wasm\/js\/(.*\/)?(aws4fetch|rekognition_jobs|rekognition_results|rekognition_formats)\.js$/;
