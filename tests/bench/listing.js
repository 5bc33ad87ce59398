// How long it takes to list 100,000 jobs, 1,000 pages, from the emulator in a process of its own: ours, unsigned
// and signed, beside bare fetch of the same bodies and the AWS SDK's paginator. Rounds take turns; medians are told.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { paginateListMediaAnalysisJobs, RekognitionClient } from "@aws-sdk/client-rekognition";
import { createJobs } from "rekognition-jobs";
import { EXAMPLE } from "../../emulator/protocol/sessions.js";

const jobCount = Number(process.env.JOBS ?? 100_000);
const rounds = Number(process.env.ROUNDS ?? 5);
const region = "us-east-1";

const server = spawn(process.execPath, [fileURLToPath(new URL("../../emulator/server.js", import.meta.url))], {
  env: { ...process.env, PORT: "0", JOBS: String(jobCount) },
  stdio: ["ignore", "pipe", "inherit"],
});
try {
  const [line] = await once(createInterface(server.stdout), "line");
  const endpoint = /http:\S+/.exec(line)[0];
  const bodies = await recordBodies(endpoint);

  const contenders = {
    "bare fetch": () => fetchAll(endpoint, bodies),
    "ours, unsigned": () => loadAll({ endpoint }),
    "ours, signed": () => loadAll({ endpoint, region, credentials: EXAMPLE }),
    "AWS SDK, signed": () => sdkAll(endpoint),
  };
  const times = Object.fromEntries(Object.keys(contenders).map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [name, run] of Object.entries(contenders)) {
      const begun = performance.now();
      const jobs = await run();
      times[name].push(performance.now() - begun);
      if (jobs < jobCount) throw new Error(`${name} listed ${jobs} of ${jobCount} jobs`);
    }
  }

  const medians = Object.fromEntries(Object.entries(times).map(([name, values]) => [name, median(values)]));
  console.log(
    `Listing ${jobCount} jobs in ${bodies.length} pages, Node ${process.versions.node}, medians of ${rounds} rounds`,
  );
  for (const [name, time] of Object.entries(medians))
    console.log(`${name.padEnd(16)} ${(time / 1000).toFixed(2).padStart(6)} s`);
  const ratio = (slow, fast) => (medians[slow] / medians[fast]).toFixed(2);
  console.log(`unsigned, ours to bare fetch   ${ratio("ours, unsigned", "bare fetch")} (at most 1.3)`);
  console.log(`signed, the SDK's to ours      ${ratio("AWS SDK, signed", "ours, signed")} (at least 1.5)`);
} finally {
  server.kill();
}

async function recordBodies(url) {
  const bodies = [];
  for (let token; bodies.length === 0 || token !== undefined; ) {
    bodies.push(JSON.stringify(token === undefined ? {} : { NextToken: token }));
    token = (await (await post(url, bodies.at(-1))).json()).NextToken;
  }
  return bodies;
}

function post(url, body) {
  const headers = {
    "content-type": "application/x-amz-json-1.1",
    "x-amz-target": "RekognitionService.ListMediaAnalysisJobs",
  };
  return fetch(url, { method: "POST", headers, body });
}

async function fetchAll(url, bodies) {
  let bytes = 0;
  for (const body of bodies) bytes += (await (await post(url, body)).arrayBuffer()).byteLength;
  return bytes > 0 ? jobCount : 0;
}

async function loadAll(options) {
  const jobs = await createJobs(options);
  await jobs.load();
  const { size } = jobs;
  jobs.close();
  return size;
}

async function sdkAll(endpoint) {
  const client = new RekognitionClient({ endpoint, region, credentials: { ...EXAMPLE } });
  let jobs = 0;
  for await (const page of paginateListMediaAnalysisJobs({ client }, {})) jobs += page.MediaAnalysisJobs.length;
  client.destroy();
  return jobs;
}

function median(values) {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}
