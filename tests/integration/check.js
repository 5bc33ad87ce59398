// What every integration does with the package: the same short program, whose outcomes are texts that a test compares.
// It is copied into each project (as check.cjs for those that call require()), and uses nothing but the runtime's globals.

/** Milliseconds. */
const PATIENCE = 10_000;

const bytesOf = (text) => Uint8Array.from(unescape(encodeURIComponent(text)), (letter) => letter.charCodeAt(0));

const job = (JobId, Status, more = {}) => ({
  JobId,
  JobName: `caf\u00e9 ${JobId}`,
  Status,
  OperationsConfig: { DetectModerationLabels: { MinConfidence: 60 } },
  CreationTimestamp: "2026-11-24T12:00:00Z",
  Input: { S3Object: { Bucket: "in", Name: "manifest.jsonl" } },
  OutputConfig: { S3Bucket: "out" },
  ...more,
});

const listing = (name) =>
  JSON.stringify({
    MediaAnalysisJobs: [
      job(`${name}-1`, "FAILED", { FailureDetails: { Code: "INVALID_MANIFEST", Message: "Not JSON" } }),
      job(`${name}-2`, "SUCCEEDED"),
    ],
  });

const LABEL = { Name: "Violence", ParentName: "", Confidence: 91.5, TaxonomyLevel: 1 };
const RESULTS = [
  { "source-ref": "s3://in/1.jpg", "detect-moderation-labels": { ModerationLabels: [LABEL] } },
  { "source-ref": "s3://in/2.jpg", "detect-moderation-labels": { ModerationLabels: [] } },
]
  .map((line) => `${JSON.stringify(line)}\n`)
  .join("");

/** Every kind of source, of a text. One that the runtime has no class for throws a ReferenceError. */
const SOURCES = {
  string: (text) => text,
  Uint8Array: bytesOf,
  ArrayBuffer: (text) => bytesOf(text).buffer,
  Blob: (text) => new Blob([text]),
  File: (text) => new File([text], "jobs.json"),
  Response: (text) => new Response(text),
  ReadableStream: (text) =>
    new ReadableStream({
      start(controller) {
        const bytes = bytesOf(text);
        controller.enqueue(bytes.subarray(0, 40));
        controller.enqueue(bytes.subarray(40));
        controller.close();
      },
    }),
  async *AsyncIterable(text) {
    yield text.slice(0, 30);
    yield bytesOf(text.slice(30));
  },
};

const textOf = async (blob) => (blob.text ? blob.text() : new Response(blob).text());

async function readAll(stream) {
  const reader = stream.getReader();
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return size;
    size += value.length;
  }
}

const described = ({ added, updated, rejectedCount }) =>
  `${added} added, ${updated} updated, ${rejectedCount} rejected`;

/**
 * Uses the package as an application does, and says what came of each use.
 * @param {object} api what `import * as api from "rekognition-jobs"` gives, or the part of it that is used here
 * @param {{ service: string, options?: object, results?: object, workerOptions?: object, inWorker?: boolean }} settings
 *   service: the address of an emulator that refuses unsigned requests; options: more options of createJobs; results:
 *   more options of openResults; inWorker: whether it has workers
 * @returns {Promise<Record<string, string>>} an outcome by its name; of what failed, the error's class and message
 */
export async function check(api, { service, options = {}, results = {}, workerOptions = {}, inWorker = true }) {
  const outcomes = {};
  const note = async (name, use) => {
    let timer;
    const timeout = new Promise((_, reject) => {
      timer = setTimeout(() => reject(new Error("nothing came of it")), PATIENCE);
    });
    try {
      outcomes[name] = String(await Promise.race([use(), timeout]));
    } catch (error) {
      const cause = error && error.cause ? ` (${error.cause.message})` : "";
      outcomes[name] = `${error && error.name}: ${error && error.message}${cause}`;
    } finally {
      clearTimeout(timer);
    }
  };
  const account = {
    endpoint: service,
    s3Endpoint: `${service}s3`,
    credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY" },
    maxAttempts: 1,
    ...options,
  };
  let jobs;
  await note("createJobs", async () => {
    jobs = await api.createJobs(account);
    return "created";
  });
  if (!jobs) return outcomes;

  await note("signed list", async () => {
    const { added, pages, complete } = await jobs.load();
    return `${added} jobs, ${pages} pages, ${complete ? "complete" : "incomplete"}`;
  });
  await note("signed results", async () => {
    const { JobId } = jobs.query("status:succeeded has:results", { sort: "-created" }).rows(0, 1)[0];
    const images = await jobs.results(JobId);
    return `${images.size} images, ${images.flagged(50).length} flagged`;
  });
  for (const [name, sourceOf] of Object.entries(SOURCES)) {
    await note(`import of ${name}`, async () => described(await jobs.import(sourceOf(listing(name)))));
  }
  await note("import of another form", async () =>
    described(await jobs.import('{"job_id":"other","status":"FAILED","creation_timestamp":"2026-11-24 12:00"}')),
  );
  await note("query", () => {
    const view = jobs.query('status:failed name:"café string"', { sort: "id" });
    return `${view.length}: ${view.rows(0, 1)[0].JobId}, ${view.rows(0, 1)[0].CreationTimestamp.toISOString()}`;
  });
  await note("facets", () =>
    jobs
      .query("")
      .facets("status")
      .map(({ value, count }) => `${value} ${count}`)
      .join(", "),
  );
  await note("export of CSV", async () => {
    const text = await textOf(jobs.query("name:café").export("csv"));
    return `${text.split("\r\n").length} lines, ${text.length} letters`;
  });
  await note("export of NDJSON", async () => {
    const lines = (await textOf(jobs.query("name:café -id:other").export("ndjson"))).trim().split("\n");
    return `${lines.length} lines, of ${new Set(lines.map((line) => JSON.parse(line).JobId)).size} jobs`;
  });
  await note("exportStream", async () => `${await readAll(jobs.query("name:café").exportStream("json"))} bytes`);
  await note("openResults", async () => {
    const images = await api.openResults(RESULTS, results);
    const labels = images.labels().map(({ name, count }) => `${name} ${count}`);
    return `${images.size} images, ${images.flagged(50).length} flagged: ${labels.join()}`;
  });
  await note("error of a query", () => {
    try {
      return `${jobs.query("status:").length} jobs`;
    } catch (error) {
      return `${error.name}, ${error instanceof api.QueryError}, ${error.start}-${error.end}`;
    }
  });
  await note("error of the service", async () => {
    const error = await jobs.getMediaAnalysisJob({ JobId: "unknown" }).catch((thrown) => thrown);
    return `${error.name}, ${error instanceof api.ServiceError}, ${error.$metadata.httpStatusCode}`;
  });
  await note("refused keys", async () => {
    const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "another" };
    const others = await api.createJobs({ ...account, credentials });
    const error = await others.load().catch((thrown) => thrown);
    others.close();
    return `${error.name}, ${error instanceof api.ServiceError}`;
  });
  await note("abort", async () => {
    const controller = new AbortController();
    const loading = jobs.load({ signal: controller.signal }).catch((error) => error.name);
    controller.abort();
    return loading;
  });
  if (inWorker) {
    await note("in a worker", async () => {
      const other = await api.createJobsInWorker({ ...account, ...workerOptions });
      try {
        const { added } = await other.load();
        await other.import(listing("worker"));
        const images = await other.openResults(RESULTS);
        const failed = await other.query("status:failed name:worker");
        return `${added} and ${(await other.size) - added} jobs, ${failed.length} failed, ${images.size} images`;
      } finally {
        other.close();
      }
    });
  }
  await note("close", () => {
    jobs.close();
    try {
      return jobs.size;
    } catch (error) {
      return error.name;
    }
  });
  return outcomes;
}
