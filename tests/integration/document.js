// Writes docs/bundlers.md from the matrix: node tests/integration/document.js. A test holds the two together.
import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { VARIANTS } from "./rows.js";

const PAGE = new URL("../../docs/bundlers.md", import.meta.url);

const HEAD = `# Bundlers, runtimes and test runners

<!-- Written by tests/integration/document.js from tests/integration/rows.js. -->

Each row is a project in [tests/integration/projects](../tests/integration/projects): \`LONG=1 ./dev test\` installs the
package there as it is published, builds the project, and runs it. Most need nothing besides \`npm install rekognition-jobs\`.

The package has three WebAssembly files: \`rekognition-jobs/rekognition_jobs.wasm\`, \`rekognition_results.wasm\` (loaded when
results are first opened) and \`rekognition_formats.wasm\` (when another form than the service's is first imported). The module
finds them beside itself. Where a bundler does not put them there, give an address, the bytes or a \`WebAssembly.Module\` to
\`createJobs({ wasm, resultsWasm, formatsWasm })\` and \`openResults(source, { wasm, formatsWasm })\`.

`;

/** @param {import("./rows.js").Variant} variant */
function versionOf({ project, tool, versions }) {
  if (!tool) return "";
  const manifest = JSON.parse(readFileSync(new URL(`projects/${project}/package.json`, import.meta.url), "utf8"));
  const all = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies, ...versions };
  return all[tool];
}

const escaped = (text) => text.replaceAll("|", "\\|");

/** @param {import("./rows.js").Variant} variant */
function additionsOf({ add, note }) {
  const lines = add.map(({ to, line, as = to.startsWith("the ") ? to : `\`${to}\`` }) => `${as}: \`${escaped(line)}\``);
  return [lines.join("<br>") || "nothing", note].filter(Boolean).join("; ");
}

/** @returns {string} the document */
export function document() {
  const rows = new Map();
  for (const variant of VARIANTS) {
    const row = { title: variant.title, add: additionsOf(variant) };
    const key = JSON.stringify(row);
    if (!rows.has(key)) rows.set(key, { ...row, versions: [] });
    rows.get(key).versions.push(versionOf(variant));
  }
  const table = [...rows.values()].map(({ title, versions, add }) => {
    versions.sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
    return `| ${title} | ${versions.join(", ")} | ${add} |`;
  });
  return `${HEAD}| where | tested with | what to add |\n|---|---|---|\n${table.join("\n")}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await writeFile(PAGE, document());
