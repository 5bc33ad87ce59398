// What must work in a simulated browser. It uses the classes of the window alone, as tests of a page do.
import { createJobs, openResults, ServiceError, sourceKind } from "rekognition-jobs";

const LISTING = '{"MediaAnalysisJobs":[{"JobId":"a"},{"JobId":"é😀","Status":"FAILED"}]}';
const LINE = '{"source-ref":"s3://a/1.jpg","detect-moderation-labels":{"ModerationLabels":[]}}\n';

function equal(actual, expected, what) {
  if (actual !== expected) throw new Error(`${what}: ${actual} instead of ${expected}`);
}

const reasonOf = (promise) =>
  promise.then(
    () => {
      throw new Error("it did not fail");
    },
    (reason) => reason,
  );

/** Sources of the window's classes. */
const SOURCES = {
  text: (text) => text,
  File: (text) => new File([text], "jobs.json"),
  Blob: (text) => new Blob([text]),
  slice: (text) => new Blob(["xx", text]).slice(2),
  bytes: (text) => Uint8Array.from(Buffer.from(text)),
  buffer: (text) => Uint8Array.from(Buffer.from(text)).buffer,
  Buffer: (text) => Buffer.from(text),
  iterable: async function* (text) {
    yield text.slice(0, 5);
    yield Buffer.from(text.slice(5));
  },
  ...(globalThis.Response && { Response: (text) => new Response(text) }),
  ...(globalThis.ReadableStream && {
    stream: (text) => new ReadableStream({ start: (it) => it.enqueue(Buffer.from(text)) || it.close() }),
  }),
};

/** @param {{ url: string, credentials: object, jobId: string, options?: object }} given */
export async function check({ url, credentials, jobId, options }) {
  const signed = { ...options, endpoint: url, s3Endpoint: `${url}s3`, credentials, maxAttempts: 1 };
  const jobs = await createJobs(signed);
  const { complete } = await jobs.load();
  equal(complete, true, "load");
  equal(jobs.size, 150, "size");
  equal((await jobs.refresh()).complete, true, "refresh");
  const results = await jobs.results(jobId);
  equal(results.summary !== undefined, true, "summary");
  const image = await jobs.image(results.rows(0, 1)[0]["source-ref"], { signed: true });
  equal(image.type, "image/png", "image");
  equal(image instanceof Blob, true, "an image is the window's Blob");
  const csv = jobs.query("status:failed").export("csv");
  equal(csv instanceof Blob, true, "an export is the window's Blob");
  equal((await (await createJobs(options)).import(csv)).added > 0, true, "an export comes back");

  const wrong = await createJobs({ ...signed, credentials: { ...credentials, secretAccessKey: "wrong-wrong-wrong" } });
  const refusal = await reasonOf(wrong.load());
  equal(refusal instanceof ServiceError, true, "a refusal's class");
  equal(refusal.name, "InvalidSignatureException", "a refusal");
  equal(
    (await reasonOf(wrong.image("s3://acme-marketing-assets/none.jpg", { signed: true }))).name,
    "SignatureDoesNotMatch",
    "of S3",
  );

  const controller = new AbortController();
  controller.abort();
  equal((await reasonOf(jobs.load({ signal: controller.signal }))).name, "AbortError", "an abort before");
  const meanwhile = new AbortController();
  const loading = reasonOf(jobs.load({ signal: meanwhile.signal, onProgress: () => meanwhile.abort() }));
  equal((await loading).name, "AbortError", "an abort meanwhile");

  if (!globalThis.fetch) {
    const without = await createJobs({ ...signed, fetch: undefined });
    const { message } = await reasonOf(without.load());
    equal(message.includes("there is no fetch here: give one in the option fetch"), true, message);
  }

  for (const [name, make] of Object.entries(SOURCES)) {
    const store = await createJobs({ ...options, fetch: undefined });
    const imported = await store.import(make(LISTING));
    equal(imported.added, 2, name);
    equal(store.get("é😀")?.Status, "FAILED", name);
    equal((await store.open(make(LISTING))).kind, "jobs", `${name}, opened`);
    const wasm = { wasm: options?.resultsWasm, formatsWasm: options?.formatsWasm };
    const read = await openResults(make(LINE), { ...wasm, summary: make("{}") });
    equal(read.length, 1, `${name}, of results`);
    equal((await store.openResults(make(LINE))).length, 1, `${name}, of results`);
    equal(await sourceKind(make(LINE), wasm), "results", `${name}, of which kind`);
    store.close();
  }

  const streamed = [];
  const reader = jobs.snapshot().getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) streamed.push(part.value);
  equal((await createJobs({ ...options, snapshot: new Blob(streamed) })).size, 150, "a snapshot in a Blob");
  const gzip = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0x8b, 0x8e, 5, 0, 0x29, 0xbb, 0x4c, 0x0d, 2, 0, 0, 0]; // []
  equal(
    (await (await createJobs(options)).import(new Blob([Uint8Array.from(gzip)]))).format.includes("gzip"),
    true,
    "gzip",
  );
  jobs.close();
}
