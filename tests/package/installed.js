// The package as a user has it: packed, and installed into a folder of its own.
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const root = fileURLToPath(new URL("../../", import.meta.url));
const PATIENCE = 60_000;

/** Runs a program to its end, and gives what it printed. */
export const run = (program, given, options = {}) =>
  promisify(execFile)(program, given, { timeout: PATIENCE, ...options });

/**
 * @returns {Promise<{ folder: string, tarball: string, files: string[], close: () => Promise<void> }>}
 *   folder: of a project that has the package and nothing else; files: of the package, by their paths within it
 */
export async function installPackage() {
  const place = await mkdtemp(join(tmpdir(), "rekognition-jobs-"));
  const packed = await run("npm", ["pack", "--json", "--pack-destination", place], { cwd: root });
  const [{ filename, files }] = JSON.parse(packed.stdout);
  const tarball = join(place, filename);
  const folder = join(place, "project");
  await mkdir(folder);
  await writeFile(join(folder, "package.json"), '{ "name": "project", "private": true, "type": "module" }');
  await run("npm", ["install", "--offline", "--no-audit", "--no-fund", tarball], { cwd: folder });
  return {
    folder,
    tarball,
    files: files.map(({ path }) => path).sort(),
    close: () => rm(place, { recursive: true }),
  };
}
