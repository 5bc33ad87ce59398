// Makes the text that tells of the licences of all that ships: node licenses/notices.js FILE writes the package's.

import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { NATIVE_PARTS, textOf } from "./parts.js";

const root = new URL("../", import.meta.url);
const LINE = "=".repeat(80);
const PACKAGE = /^(?:.*\/)?node_modules\/((?:@[^/]+\/)?[^/]+)\//;
/** What `./dev build` copies into the package of an npm package. */
const COPIED = new Map([["dist/aws4fetch.js", "aws4fetch"]]);

/**
 * @param {Iterable<string>} scripts paths as esbuild's metafile has them
 * @returns {string[]} the npm packages that they come from, in alphabetical order
 */
export function packagesOf(scripts) {
  const names = [...scripts].map((path) => COPIED.get(path) ?? PACKAGE.exec(path)?.[1]);
  return [...new Set(names.filter((name) => name !== undefined))].sort();
}

/**
 * @param {string} name of an npm package
 * @param {URL} [folder] that has node_modules/
 * @returns {string} its licence; throws where it has none
 */
export function licenceOf(name, folder = root) {
  const place = new URL(`node_modules/${name}/`, folder);
  const file = readdirSync(place).sort().find((entry) => /^licen[cs]e(\.(md|txt))?$/i.test(entry));
  if (!file) throw new Error(`The npm package ${name} ships with us and has no licence file: add its text to licenses/.`);
  return readFileSync(new URL(file, place), "utf8").replaceAll("\r\n", "\n").trim();
}

/**
 * @param {readonly string[]} packages of npm
 * @returns {string} our licence, and those of the packages and of all native parts
 */
export function noticesOf(packages) {
  const parts = [
    ["rekognition-jobs", readFileSync(new URL("LICENSE", root), "utf8").trim()],
    ...packages.map((name) => [name, licenceOf(name)]),
    ...NATIVE_PARTS.map((part) => [part.name, textOf(part)]),
  ];
  const list = parts.map(([name]) => `  ${name}\n`).join("");
  return `The licences of what is in these files:\n\n${list}\n${parts.map(([name, text]) => `${LINE}\n${name}\n${LINE}\n\n${text}\n`).join("\n")}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(process.argv[2], noticesOf([...COPIED.values()]));
