// Serves the package as it ships, unbundled, in a folder of its own (/s3/ is the emulator's), with a bare page and what else
// a test needs beside it.
import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startServer } from "../../../emulator/server.js";

const dist = fileURLToPath(new URL("../../../dist/", import.meta.url));

/** @param {Record<string, string | URL>} [files] by name: their text, or where they are */
export async function startModuleHost(files = {}) {
  const folder = await mkdtemp(join(tmpdir(), "rekognition-jobs-"));
  await cp(dist, join(folder, "package"), { recursive: true });
  await writeFile(join(folder, "index.html"), "<!doctype html><html lang=en><title>A page</title>");
  for (const [name, file] of Object.entries(files)) {
    if (file instanceof URL) await cp(file, join(folder, name));
    else await writeFile(join(folder, name), file);
  }
  const server = await startServer({ port: 0, jobs: 0, site: folder });
  return {
    url: server.url,
    async close() {
      await server.close();
      await rm(folder, { recursive: true });
    },
  };
}
