// Bundles the page into build/site/: static files that any host can serve from any path.
import { build } from "esbuild";
import { copyFile, mkdir, rm, stat, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { noticesOf, packagesOf } from "../licenses/notices.js";
import { IN_WORDS, TARGET } from "../wasm/browsers.js";

const root = new URL("../", import.meta.url);
const site = new URL("build/site/", root);
const modules = ["rekognition_jobs.wasm", "rekognition_results.wasm", "rekognition_formats.wasm"];
const engine = ["dist/index.js", "dist/jobs_worker.js", ...modules.map((name) => `dist/${name}`)];

async function missingFiles(files) {
  const found = await Promise.all(
    files.map((file) =>
      stat(new URL(file, root)).then(
        () => true,
        () => false,
      ),
    ),
  );
  return files.filter((_, index) => !found[index]);
}

async function main() {
  const missing = await missingFiles(engine);
  if (missing.length > 0) {
    console.error(`The page needs the engine. Run ./dev build first; missing: ${missing.join(", ")}`);
    return 1;
  }

  await rm(site, { recursive: true, force: true });
  await mkdir(site, { recursive: true });
  const scripts = await build({
    absWorkingDir: fileURLToPath(root),
    entryPoints: { page: "web/app/main.js", jobs_worker: "dist/jobs_worker.js" },
    outdir: fileURLToPath(site),
    bundle: true,
    // The sample account is fetched only where no endpoint stands behind the page.
    splitting: true,
    format: "esm",
    platform: "browser",
    ...TARGET,
    minify: true,
    legalComments: "linked",
    external: ["node:*", "module"],
    metafile: true,
    logLevel: "warning",
  });
  // In the browsers that the page cannot run in, so by itself, and older.
  await build({
    absWorkingDir: fileURLToPath(root),
    entryPoints: ["web/unsupported.js"],
    outdir: fileURLToPath(site),
    format: "iife",
    target: "es2015",
    define: { OLDEST_BROWSERS: JSON.stringify(IN_WORDS) },
    minify: true,
    logLevel: "warning",
  });
  const styles = await build({
    absWorkingDir: fileURLToPath(root),
    entryPoints: { page: "web/app/page.css" },
    outdir: fileURLToPath(site),
    bundle: true,
    ...TARGET,
    minify: true,
    metafile: true,
    logLevel: "warning",
  });
  const inputs = [scripts, styles].flatMap(({ metafile }) => Object.keys(metafile.inputs));
  await writeFile(new URL("THIRD_PARTY_LICENSES.txt", site), noticesOf(packagesOf(inputs)));
  await copyFile(new URL("web/index.html", root), new URL("index.html", site));
  await copyFile(new URL("web/icon.svg", root), new URL("icon.svg", site));
  // For the host to say which account is behind the page: see site_settings.js.
  await writeFile(new URL("settings.json", site), "{}\n");
  // The engine looks for its .wasm beside the script it was bundled into.
  for (const name of modules) await copyFile(new URL(`dist/${name}`, root), new URL(name, site));
  return 0;
}

process.exitCode = await main();
