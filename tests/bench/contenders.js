// The benchmarks' workloads, each for plain JavaScript objects and for the engine; in Node and in pages alike.
//
// Plain JavaScript is what a careful program without a library does: TextDecoder and JSON.parse, then filter, sort and a
// Map of counts. Its answers are jobs in order; the engine's are a View, of which the length is read.

const decoder = new TextDecoder();

/** @param {Uint8Array[]} pages @returns {object[]} */
export function parsePages(pages) {
  const jobs = [];
  for (const page of pages) jobs.push(...JSON.parse(decoder.decode(page)).MediaAnalysisJobs);
  return jobs;
}

/** @param {Uint8Array[]} pages */
export async function* asStream(pages) {
  for (const page of pages) yield page;
}

const has = (text, word) => text !== undefined && text.includes(word);
const uri = (bucket, key) => (bucket === undefined ? "" : `s3://${bucket}/${key ?? ""}`);

function textOf({ JobName, JobId, Input, OutputConfig, FailureDetails }) {
  const input = Input && uri(Input.S3Object.Bucket, Input.S3Object.Name);
  const output = OutputConfig && uri(OutputConfig.S3Bucket, OutputConfig.S3KeyPrefix);
  return [JobName, JobId, input, output, FailureDetails?.Message].join("\n").toLowerCase();
}

function compareNames(a, b) {
  if (a.JobName === b.JobName) return 0;
  if (a.JobName === undefined) return 1;
  if (b.JobName === undefined) return -1;
  return a.JobName < b.JobName ? -1 : 1;
}

function countStatuses(jobs) {
  const counts = new Map();
  for (const { Status } of jobs) counts.set(Status, (counts.get(Status) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a);
}

const octoberEnds = Date.UTC(2026, 10, 1) / 1000;

/**
 * A question: `text` for the engine, `test` for plain JavaScript, how much faster the engine must be.
 * @type {{ name: string, text: string, test: (job: object) => boolean, floor: number }[]}
 */
export const questions = [
  { name: "status:failed", text: "status:failed", test: (job) => job.Status === "FAILED", floor: 40 },
  { name: "name:promo", text: "name:promo", test: (job) => has(job.JobName, "promo"), floor: 10 },
  { name: "promo", text: "promo", test: (job) => textOf(job).includes("promo"), floor: 10 },
  {
    name: "status:failed code:access_denied created:>2026-10 name:promo",
    text: "status:failed code:access_denied created:>2026-10 name:promo",
    test: (job) =>
      job.Status === "FAILED" &&
      job.FailureDetails?.Code === "ACCESS_DENIED" &&
      job.CreationTimestamp >= octoberEnds &&
      has(job.JobName, "promo"),
    floor: 5,
  },
];

/** The engine asked once: how many jobs match. */
export function ask(engine, text, sort) {
  const view = engine.query(text, { sort });
  const { length } = view;
  view.close();
  return length;
}

export const plain = {
  ask: (jobs, { test }) => jobs.filter(test).length,
  sort: (jobs) => jobs.slice().sort(compareNames),
  sortDown: (jobs) => jobs.slice().sort((a, b) => compareNames(b, a)),
  facets: countStatuses,
};
