// The projects of the matrix as their users have them: each in a folder of its own outside of this repository, with its
// dependencies as locked, and the package as packed.
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { transform } from "esbuild";
import { run } from "../package/installed.js";

const here = fileURLToPath(new URL("./", import.meta.url));
const CACHE = fileURLToPath(new URL("../../build/integration/", import.meta.url));
const INSTALL_LIMIT = 600_000;

/** @typedef {import("./rows.js").Variant} Variant */

/** The manifest of a variant: the project's, with the versions that the variant has. @param {Variant} variant */
export async function manifestOf({ project, versions }) {
  const manifest = JSON.parse(await readFile(join(here, "projects", project, "package.json"), "utf8"));
  for (const kind of ["dependencies", "devDependencies", "optionalDependencies"]) {
    for (const name of Object.keys(manifest[kind] ?? {})) manifest[kind][name] = versions[name] ?? manifest[kind][name];
  }
  return manifest;
}

/** @param {Variant} variant */
export const lockOf = ({ lock }) => join(here, "locks", `${lock}.json`);

/** Installs what the lock file names, unless it is there already. @param {Variant} variant */
async function installDependencies(variant) {
  const folder = join(CACHE, variant.lock);
  if (!existsSync(lockOf(variant))) return folder;
  const lock = await readFile(lockOf(variant), "utf8");
  const stamp = join(folder, "installed-lock.json");
  if (existsSync(stamp) && (await readFile(stamp, "utf8")) === lock) return folder;
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "package.json"), JSON.stringify(await manifestOf(variant)));
  await writeFile(join(folder, "package-lock.json"), lock);
  const quiet = ["--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error"];
  const options = { cwd: folder, timeout: INSTALL_LIMIT };
  await run("npm", ["ci", "--ignore-scripts", ...quiet], options).catch(({ stderr, message }) => {
    throw new Error(`npm ci: ${(stderr || message).slice(0, 600)}`);
  });
  if (variant.afterInstall) await run("sh", ["-c", variant.afterInstall], options);
  await writeFile(stamp, lock);
  return folder;
}

/**
 * Lays a variant's project out.
 * @param {Variant} variant
 * @param {{ place: string, tarball: string }} where  place: an empty folder
 */
export async function layOut(variant, { place, tarball }) {
  const folder = join(place, variant.name);
  const installed = join(await installDependencies(variant), "node_modules");
  await cp(join(here, "projects", variant.project), folder, { recursive: true });
  await writeFile(join(folder, "package.json"), JSON.stringify(await manifestOf(variant), undefined, 2));
  // As links where that is possible: what the project writes there is not kept.
  if (existsSync(installed)) {
    await run("cp", ["-al", installed, folder]).catch(() => run("cp", ["-a", installed, folder]));
  }
  const target = join(folder, "node_modules/rekognition-jobs");
  await mkdir(target, { recursive: true });
  await run("tar", ["-xzf", tarball, "--strip-components=1", "-C", target]);
  const source = await readFile(join(here, "check.js"), "utf8");
  await writeFile(join(folder, variant.checkIn, "check.js"), source);
  const { code } = await transform(source, { format: "cjs" });
  await writeFile(join(folder, variant.checkIn, "check.cjs"), code);
  return folder;
}
