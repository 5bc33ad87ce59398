// The whole API as any project may use it: no name of DOM or of Node is written here.
import {
  createJobs,
  createJobsInWorker,
  fromCognitoIdentityPool,
  hostsOf,
  openResults,
  QueryError,
  regionOf,
  ServiceError,
  sourceKind,
} from "rekognition-jobs";
import type {
  AsyncJobs,
  AsyncView,
  FetchLike,
  ImportSource,
  Jobs,
  JobsOptions,
  Loaded,
  MediaAnalysisJob,
  Results,
  SignalLike,
  SnapshotSource,
  View,
  WasmSource,
} from "rekognition-jobs";

/** A `fetch` of a library with classes of its own. */
declare function ownFetch(url: string | { own: true }, init?: { method?: string; signal?: null }): Promise<OwnResponse>;
interface OwnResponse {
  status: number;
  headers: { get(name: string): string | null; raw(): object };
  text(): Promise<string>;
}

const options: JobsOptions = {
  region: regionOf("us-east-1a"),
  endpoint: "https://localhost/",
  credentials: async () => ({ accessKeyId: "a", secretAccessKey: "b" }),
  fetch: ownFetch,
  wasm: new Uint8Array(8),
  resultsWasm: new ArrayBuffer(8),
  formatsWasm: "formats.wasm",
};
const otherFetch: FetchLike = ownFetch;

export async function use(signal: SignalLike, sources: ImportSource[], kept: SnapshotSource): Promise<string[]> {
  const jobs: Jobs = await createJobs({ ...options, snapshot: kept, fetch: otherFetch });
  const loaded: Loaded = await jobs.load({ signal, onProgress: ({ pages }) => pages });
  for (const source of [...sources, "[]", new Uint8Array(2), new DataView(new ArrayBuffer(2))]) {
    const { added } = await jobs.import(source, { signal });
    const opened = await jobs.open(source);
    if (opened.kind === "results") opened.results.close();
    else loaded.added += opened.imported.added + added;
  }
  const view: View = jobs.query("status:failed", { sort: "-created" });
  const failed: MediaAnalysisJob[] = [...view];
  const size: number = view.export("csv").size;
  const part = await view.exportStream("ndjson").getReader().read();
  const bytes: number = part.value?.length ?? 0;
  await createJobs({ snapshot: jobs.snapshot() });
  const results: Results = await openResults("[]", { summary: "{}", wasm: new Uint8Array(8) });
  const image = await jobs.image("s3://bucket/key", { signal });
  const type: string = image.type;
  const hosts = hostsOf({ region: "us-east-1", endpoint: "https://localhost/" });
  const kind: "listing" | "results" | "summary" = await sourceKind(new Uint8Array(1));
  try {
    for await (const { MediaAnalysisJobs } of jobs.paginateListMediaAnalysisJobs({ MaxResults: 5 }))
      failed.push(...MediaAnalysisJobs);
  } catch (error) {
    if (error instanceof QueryError) return error.expected;
    if (error instanceof ServiceError) return [error.name];
  }
  results.close();
  return [...failed.map(({ JobId }) => JobId), `${size} ${bytes} ${type} ${kind} ${hosts.s3} ${loaded.added}`];
}

export async function useInWorker(wasm: WasmSource): Promise<number> {
  const jobs: AsyncJobs = await createJobsInWorker({
    credentials: fromCognitoIdentityPool({ identityPoolId: "a:b" }),
    wasm,
  });
  const view: AsyncView = await jobs.query();
  for await (const job of view) if (job.Status === "FAILED") return (await view.export("json")).size;
  return jobs.size;
}

// @ts-expect-error a number is no source
export const number = (jobs: Jobs) => jobs.import(5);
// @ts-expect-error an object is no source
export const object = (jobs: Jobs) => jobs.import({});
// @ts-expect-error text is no signal
export const text = (jobs: Jobs) => jobs.load({ signal: "now" });
// @ts-expect-error a fetch gives a Response
createJobs({ fetch: async () => "text" });
// @ts-expect-error text is no snapshot
createJobs({ snapshot: "text" });
