// Reads which file imports which: of JavaScript by esbuild, of C++ by its include lines.

import { readFileSync, readdirSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { build } from "esbuild";

/** @typedef {{ from: string, to: string }} Arrow  paths from the root; `to` is a package's name where it is no file */

const INCLUDE = /^\s*#\s*include\s+"([^"]+)"/gm;

/** @returns {string[]} the paths of all such files in the folders, from the root */
function filesIn(root, folders, ending) {
  return folders
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true })
        .map((path) => posix.join(folder, String(path)))
        .filter((path) => ending.test(path)),
    )
    .sort();
}

/**
 * Static and dynamic imports. Types in JSDoc are none: they are gone at run time.
 * @param {string} root
 * @param {readonly string[]} folders
 * @returns {Promise<Arrow[]>}
 */
export async function importsOf(root, folders) {
  const files = filesIn(root, folders, /\.js$/);
  /** @type {Arrow[]} */
  const arrows = [];
  const recorder = {
    name: "recorder",
    setup({ onResolve }) {
      onResolve({ filter: /.*/ }, ({ path, importer, kind }) => {
        if (kind === "entry-point") return { path: join(root, path) };
        const from = importer.slice(join(root, "/").length);
        arrows.push({ from, to: path.startsWith(".") ? posix.join(dirname(from), path) : path });
        return { path, external: true };
      });
    },
  };
  await build({
    entryPoints: files,
    outdir: join(root, "out"),
    bundle: true,
    write: false,
    format: "esm",
    logLevel: "error",
    plugins: [recorder],
  });
  return arrows;
}

/**
 * @param {string} root
 * @param {readonly string[]} folders
 * @param {string} base  the folder within which each file includes by the path from itself; for others, the folder that
 *   paths with a folder are relative to
 * @returns {Arrow[]}
 */
export function includesOf(root, folders, base) {
  return filesIn(root, folders, /\.(h|cpp)$/).flatMap((from) =>
    [...readFileSync(join(root, from), "utf8").matchAll(INCLUDE)].map(([, path]) => ({
      from,
      to: posix.join(path.includes("/") && !from.startsWith(`${base}/`) ? base : dirname(from), path),
    })),
  );
}
