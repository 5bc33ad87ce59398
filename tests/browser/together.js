// Runs the test files that are named in one process with one browser, since it takes long to start some.
import { after, describe } from "node:test";
import { resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { BROWSER, CHROMIUM_ONLY, closeSharedBrowser, shareBrowser } from "./browsers.js";

const folder = fileURLToPath(new URL(".", import.meta.url));

shareBrowser();
after(closeSharedBrowser);
for (const path of process.argv.slice(2).map((file) => resolve(file))) {
  const file = path.replace(folder, "");
  describe(file, { skip: BROWSER === "chromium" ? false : CHROMIUM_ONLY[file] }, async () => {
    await import(pathToFileURL(path).href);
  });
}
