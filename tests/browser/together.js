// Runs the test files that are named in one process with one browser, since it takes long to start some.
import { after, describe } from "node:test";
import { pathToFileURL } from "node:url";
import { closeSharedBrowser, shareBrowser } from "./browsers.js";

shareBrowser();
after(closeSharedBrowser);
for (const file of process.argv.slice(2)) {
  describe(file, async () => {
    await import(pathToFileURL(file).href);
  });
}
