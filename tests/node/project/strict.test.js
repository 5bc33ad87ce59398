// The package where code must not be made of strings: Node under --disallow-code-generation-from-strings.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { startServer } from "../../../emulator/server.js";

const LIMIT = { timeout: 60_000 };
const FLAG = "--disallow-code-generation-from-strings";
const HERE = fileURLToPath(new URL(".", import.meta.url));

let server;
before(async () => {
  server = await startServer({ port: 0, jobs: 250, seed: 4 });
}, LIMIT);
after(() => server?.close(), LIMIT);

/** Runs a module and gives what it printed. */
async function run(program, ...flags) {
  const child = spawn(process.execPath, [...flags, "--input-type=module", "--eval", program], {
    cwd: HERE,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const printed = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"]) child[name].on("data", (data) => (printed[name] += data));
  const [code] = await once(child, "close");
  return { code, ...printed };
}

test("the flag does what it says: eval fails", LIMIT, async () => {
  assert.equal((await run('console.log(eval("1 + 1"));')).stdout, "2\n");
  assert.match((await run('console.log(eval("1 + 1"));', FLAG)).stderr, /EvalError/);
  assert.match((await run('new Function("return 1")();', FLAG)).stderr, /EvalError/);
});

test("the module lists, loads, imports, queries, exports and fails as ever", LIMIT, async () => {
  const { code, stdout, stderr } = await run(
    `
    import { createJobs, QueryError, ServiceError } from "rekognition-jobs";
    const jobs = await createJobs({ endpoint: ${JSON.stringify(server.url)} });
    const page = await jobs.listMediaAnalysisJobs({ MaxResults: 5 });
    const [{ JobId }] = page.MediaAnalysisJobs;
    const single = await jobs.getMediaAnalysisJob({ JobId });
    const loaded = await jobs.load();
    const imported = await jobs.import('{"JobId":"one-more","Status":"FAILED"}\\n{');
    const view = jobs.query("status:failed OR -has:results", { sort: "-name" });
    const why = async (make) => { try { await make(); } catch (error) { return error; } };
    console.log(JSON.stringify({
      listed: page.MediaAnalysisJobs.length,
      same: single.JobId === JobId,
      loaded: loaded.complete && loaded.added >= 250,
      size: jobs.size >= 251,
      rejected: imported.rejectedCount,
      matched: view.length > 0 && view.rows(0, 1).length,
      facets: view.facets("status").length > 0,
      histogram: view.histogram("created", 4).length,
      csv: (await view.export("csv").text()).split("\\r\\n").length - 2 === view.length,
      queryError: (await why(() => jobs.query("status:nope"))) instanceof QueryError,
      serviceError: (await why(() => jobs.getMediaAnalysisJob({ JobId: "nobody" }))) instanceof ServiceError,
    }));
    jobs.close();
  `,
    FLAG,
  );
  assert.equal(code, 0, stderr);
  assert.deepEqual(JSON.parse(stdout), {
    listed: 5,
    same: true,
    loaded: true,
    size: true,
    rejected: 1,
    matched: 1,
    facets: true,
    histogram: 4,
    csv: true,
    queryError: true,
    serviceError: true,
  });
});
