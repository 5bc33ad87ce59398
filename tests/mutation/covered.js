// Loaded before a test of instrumented code: writes which mutants the process came by when it ends.

import { writeFileSync } from "node:fs";
import { isMainThread } from "node:worker_threads";

if (isMainThread) {
  process.on("exit", () => {
    const covered = Object.keys(globalThis.__stryker__?.mutantCoverage?.static ?? {});
    if (covered.length > 0) writeFileSync(`${process.env.COVERED_BY}/${process.pid}.json`, JSON.stringify(covered));
  });
}
