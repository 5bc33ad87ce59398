// Locks the dependencies of the matrix's projects: node tests/integration/lock.js [LOCK...], by default those that have no
// lock file. A lock file names no registry, and has a line for each package.
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../package/installed.js";
import { lockOf, manifestOf } from "./projects.js";
import { VARIANTS } from "./rows.js";

/** What npm needs of a package to install it. */
const NEEDED = [
  "name",
  "version",
  "integrity",
  "link",
  "dev",
  "optional",
  "devOptional",
  "peer",
  "inBundle",
  "bundleDependencies",
  "dependencies",
  "devDependencies",
  "optionalDependencies",
  "peerDependencies",
  "peerDependenciesMeta",
  "bin",
  "os",
  "cpu",
  "libc",
];

async function lock(variant) {
  const folder = await mkdtemp(join(tmpdir(), "lock-"));
  try {
    await writeFile(join(folder, "package.json"), JSON.stringify(await manifestOf(variant)));
    const options = ["--package-lock-only", "--ignore-scripts", "--no-audit", "--no-fund"];
    await run("npm", ["install", ...options], { cwd: folder, timeout: 600_000 });
    const { lockfileVersion, packages } = JSON.parse(await readFile(join(folder, "package-lock.json"), "utf8"));
    const names = new Set(Object.keys(packages).map((path) => path.replace(/^.*node_modules\//, "")));
    const lines = Object.entries(packages).map(([path, entry]) => {
      const kept = Object.fromEntries(NEEDED.filter((name) => name in entry).map((name) => [name, entry[name]]));
      // Those that the registry does not have are no reason to fail.
      for (const name of Object.keys(kept.optionalDependencies ?? {})) {
        if (!names.has(name)) delete kept.optionalDependencies[name];
      }
      return `${JSON.stringify(path)}: ${JSON.stringify(kept)}`;
    });
    const text = `{"lockfileVersion": ${lockfileVersion}, "requires": true, "packages": {\n${lines.join(",\n")}\n}}\n`;
    await writeFile(lockOf(variant), text);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** @param {import("./rows.js").Variant} variant */
async function hasDependencies(variant) {
  const { dependencies, devDependencies, optionalDependencies } = await manifestOf(variant);
  return Boolean(dependencies || devDependencies || optionalDependencies);
}

const asked = process.argv.slice(2);
const locked = new Set();
for (const variant of VARIANTS) {
  if (locked.has(variant.lock) || (asked.length === 0 ? existsSync(lockOf(variant)) : !asked.includes(variant.lock)))
    continue;
  locked.add(variant.lock);
  if (!(await hasDependencies(variant))) continue;
  console.log(variant.lock);
  await lock(variant);
}
