// Says what the page and the package use that the oldest browsers of package.json's browserslist lack: node tests/compat/check.js.
//
// It sees syntax of the package's scripts (the build lowers the page's), names of the runtime whose owner TypeScript
// knows, members called as no older one is, events by name, CSS, and HTML in templates. It does not see options in
// objects and strings ({ priority }, "zstd"), names taken apart ({ yield: wait } = scheduler), values of CSS other than
// keywords, functions and units, and what npm packages use.

import { readFileSync, readdirSync } from "node:fs";
import { join, posix } from "node:path";
import { fileURLToPath } from "node:url";
import { build, transform } from "esbuild";
import { TARGET } from "../../wasm/browsers.js";
import { GUARDED } from "./guarded.js";
import { newerInMarkup } from "./markup.js";
import { newerInScripts } from "./scripts.js";
import { newerInStyles } from "./styles.js";
import { OLDEST_NODE } from "./support.js";

/** @typedef {import("./scripts.js").Finding} Finding */

const OLDEST = [...TARGET.target, `node${OLDEST_NODE}`];
const BUNDLED = { bundle: true, write: false, outdir: "out", logLevel: "error" };

/** @returns {string[]} */
function scriptsIn(root, folder) {
  return readdirSync(join(root, folder), { recursive: true })
    .map((path) => posix.join(folder, String(path)))
    .filter((path) => path.endsWith(".js"))
    .sort();
}

/** Ours that the page is bundled of: of web/ and of emulator/. @returns {Promise<string[]>} */
async function scriptsOfPage(root) {
  const { metafile } = await build({
    ...BUNDLED,
    absWorkingDir: root,
    entryPoints: ["web/app/main.js"],
    format: "esm",
    metafile: true,
    packages: "external",
  });
  return Object.keys(metafile.inputs).sort();
}

/** What esbuild writes otherwise for our oldest runtimes is newer than they are. @returns {Promise<Finding[]>} */
async function newerSyntax(root, files) {
  const rewritten = await Promise.all(
    files.map(async (file) => {
      const source = readFileSync(join(root, file), "utf8");
      const [older, same] = await Promise.all(
        [OLDEST, "esnext"].map((target) => transform(source, { ...TARGET, target, format: "esm" })),
      );
      return older.code === same.code ? [] : [file];
    }),
  );
  return rewritten.flat().map((file) => ({ file, feature: "syntax", lacking: OLDEST.join(", ") }));
}

/** @returns {Promise<Finding[]>} */
async function newerStyles(root) {
  const { outputFiles } = await build({
    ...BUNDLED,
    absWorkingDir: root,
    entryPoints: ["web/app/page.css"],
    ...TARGET,
  });
  return newerInStyles(outputFiles[0].text);
}

/** @returns {Finding[]} */
function newerMarkup(root) {
  return newerInMarkup(readFileSync(join(root, "web/index.html"), "utf8")).map(({ feature, lacking }) => ({
    file: "web/index.html",
    feature,
    lacking,
  }));
}

/** @param {Finding} finding */
const guardOf = ({ file, feature }) =>
  GUARDED.find((guard) => guard.feature === feature && (guard.file ?? file) === file);

/**
 * @param {string} root  with a "/" at its end
 * @returns {Promise<string[]>} what is wrong, a line each
 */
export async function check(root) {
  const ofModule = scriptsIn(root, "wasm/js");
  const ofPage = await scriptsOfPage(root);
  const projects = {
    "wasm/tsconfig.json": ofModule,
    "web/tsconfig.json": ofPage.filter((file) => file.startsWith("web/")),
    "emulator/tsconfig.json": ofPage.filter((file) => file.startsWith("emulator/")),
  };
  const findings = [
    ...(await newerSyntax(root, ofModule)),
    ...newerInScripts(root, projects, (file) => file.startsWith("wasm/js/")),
    ...(await newerStyles(root)),
    ...newerMarkup(root),
  ];
  const used = new Set(findings.map(guardOf));
  return [
    ...findings
      .filter((finding) => !guardOf(finding))
      .map(({ file, line, feature, lacking }) => {
        const place = line === undefined ? file : `${file}:${line}`;
        return `${place} uses ${feature}, which is not in ${lacking}`;
      }),
    ...GUARDED.filter((guard) => !used.has(guard)).map(
      ({ feature, file = "any file" }) => `${feature} in ${file} is allowed in guarded.js, and nothing needs it`,
    ),
  ];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const wrong = await check(fileURLToPath(new URL("../../", import.meta.url)));
  for (const line of wrong) console.log(line);
  process.exitCode = wrong.length > 0 ? 1 : 0;
}
