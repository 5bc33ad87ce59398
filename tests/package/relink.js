// Links a module of build/wasm again, as ./dev build did, and tells what the linker took.
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const BUILD = fileURLToPath(new URL("../../build/wasm/", import.meta.url));
const OPTIONS = { cwd: BUILD, maxBuffer: 64 * 1024 * 1024, timeout: 300_000 };

/** Every header that a source of the modules was compiled with, as ninja has noted it. */
export async function headersOf() {
  const { stdout } = await run("ninja", ["-t", "deps"], OPTIONS);
  const objects = stdout.split(/\n\n/).filter((object) => /^(CMakeFiles\/rekognition_jobs\.dir|wasm)\//.test(object));
  return new Set(
    objects.flatMap((object) =>
      object
        .split("\n")
        .slice(1)
        .map((line) => line.trim())
        .filter(Boolean),
    ),
  );
}

/**
 * @param {string} name rekognition_jobs, rekognition_results or rekognition_formats
 * @param {string} folder where the module is made
 * @param {Record<string, string>} [environment] that differs from the one before
 * @returns {Promise<{ glue: Buffer, wasm: Buffer, taken: string[] }>} taken: object files, and "library(member)"
 */
export async function relink(name, folder, environment = {}) {
  const { stdout: commands } = await run("ninja", ["-t", "commands", `${name}_module`], OPTIONS);
  const command = commands.trim().split("\n").at(-1);
  const link = command
    .replace(/^: && | && :$/g, "")
    .replace(`-o wasm/${name}.js`, `-o ${join(folder, name)}.js -Wl,--trace`);
  if (!link.includes("--trace")) throw new Error(`This is no link of ${name}: ${command}`);
  const env = { ...process.env, NODE_PATH: `/usr/share/nodejs:${process.env.NODE_PATH ?? ""}`, ...environment };
  const { stdout } = await run("sh", ["-c", link], { ...OPTIONS, env });
  const [glue, wasm] = await Promise.all(["js", "wasm"].map((type) => readFile(join(folder, `${name}.${type}`))));
  return { glue, wasm, taken: stdout.split("\n").filter(Boolean) };
}
