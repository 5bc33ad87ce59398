// The types against real use, as a strict project on plain ES2022 compiles it.
import {
  createJobs,
  createJobsInWorker,
  CredentialsError,
  fromCognitoIdentityPool,
  InvalidPaginationTokenException,
  QueryError,
  regionOf,
  RepeatedTokenError,
  ServiceError,
  SnapshotError,
  ThrottlingException,
} from "rekognition-jobs";
import type {
  AsyncJobs,
  AsyncResultComparison,
  AsyncResults,
  AsyncResultView,
  AsyncView,
  Bucket,
  Credentials,
  CredentialsLike,
  Facet,
  Imported,
  Jobs,
  ListMediaAnalysisJobsOutput,
  Loaded,
  MediaAnalysisJob,
  ImageResult,
  Page,
  ResultView,
  View,
} from "rekognition-jobs";

export async function listFailed(credentials: Credentials): Promise<string[]> {
  const jobs: Jobs = await createJobs({
    region: "us-east-1",
    credentials,
    useFipsEndpoint: true,
    useDualstackEndpoint: false,
    maxAttempts: 5,
    requestTimeout: 10_000,
    credentialsTimeout: 120_000,
    maxRetryAfter: 120_000,
  });
  const loaded: Loaded = await jobs.load({
    signal: AbortSignal.timeout(60_000),
    onProgress: ({ pages, jobs: read, retries, waitingMs }) => {
      const total: number = pages + read + retries + (waitingMs ?? 0);
      return total;
    },
  });
  if (!loaded.complete) await jobs.load({ NextToken: loaded.NextToken ?? "" });
  const view: View = jobs.query("status:failed", { sort: "-created" });
  const names: string[] = [];
  for (const job of view) names.push(job.JobName ?? job.JobId);
  const facets: Facet[] = view.facets("code");
  const buckets: Bucket[] = view.histogram("created", 24);
  const page: Page = view.page(1, 20);
  const times: number[] = page.items.map(({ CreationTimestamp }) => CreationTimestamp.getTime());
  const csv: Blob = view.export("csv");
  const stream: ReadableStream<Uint8Array> = view.exportStream("ndjson");
  await stream.cancel();
  const image: Blob = await jobs.image("s3://bucket/key", { signal: AbortSignal.timeout(60_000) });
  await jobs.image("s3://bucket/key", { versionId: "v1", requestPayer: "requester" });
  const { summaryError, resultsError } = await jobs.results("id", { requestPayer: "requester" });
  const whyNot: string | undefined = (summaryError ?? resultsError)?.requesterPaysBucket;
  const unguarded: ReadableStream<Uint8Array> = view.exportStream("csv", { guardFormulas: false });
  await unguarded.cancel();
  const place: number = view.indexOf("id");
  const kept: ReadableStream<Uint8Array> = jobs.snapshot();
  const again: Jobs = await createJobs({ snapshot: kept });
  const readAt: string = again.loadedAt?.toISOString() ?? `${place}${whyNot}`;
  view.close();
  jobs.close();
  return [
    ...names,
    ...facets.map(({ value }) => value),
    `${buckets.length} ${times.length} ${csv.size} ${image.type} ${readAt}`,
  ];
}

export async function readAll(jobs: Jobs, sources: (string | Uint8Array | Blob | Response)[]): Promise<Imported[]> {
  const imported: Imported[] = [];
  for (const source of sources) imported.push(await jobs.import(source, { onProgress: ({ bytes }) => bytes }));
  return imported;
}

export async function* pages(jobs: Jobs): AsyncGenerator<ListMediaAnalysisJobsOutput> {
  yield* jobs.paginateListMediaAnalysisJobs({ MaxResults: 100 });
}

export async function adviceFor(jobs: Jobs, jobId: string): Promise<string> {
  try {
    const { FailureDetails }: MediaAnalysisJob = await jobs.getMediaAnalysisJob({ JobId: jobId });
    // Known codes are offered by an editor; new ones are text.
    if (FailureDetails?.Code === "ACCESS_DENIED") return "permission";
    return FailureDetails?.Code ?? "";
  } catch (error) {
    if (error instanceof ThrottlingException) return `throttled ${error.$retryable?.throttling}`;
    if (error instanceof InvalidPaginationTokenException || error instanceof RepeatedTokenError) return "start again";
    if (error instanceof CredentialsError) return String(error.cause);
    if (error instanceof ServiceError)
      return `${error.name} ${error.$metadata.requestId ?? ""} ${error.loaded?.added ?? ""}`;
    if (error instanceof QueryError) return error.expected.join();
    throw error;
  }
}

/** One function for the views of any record. */
export function lastOf<T>(view: View<T>): T | undefined {
  const page: Page<T> = view.page(Math.max(1, view.length), 1);
  return page.items.at(-1);
}

export function lasts(jobs: View, images: ResultView): [MediaAnalysisJob | undefined, ImageResult | undefined] {
  const widths = images
    .histogram("confidence", 10, { label: "Violence" })
    .map(({ from, to, byLevel }) => [to - from, byLevel]);
  images.export("csv", { guardFormulas: widths.length > 0 });
  return [lastOf(jobs), lastOf(images)];
}

export async function openKept(snapshot: Blob | Response | ReadableStream<Uint8Array>): Promise<Jobs | undefined> {
  try {
    return await createJobs({ snapshot });
  } catch (error) {
    if (error instanceof SnapshotError) return undefined;
    throw error;
  }
}

export function pool(): Promise<Jobs> {
  return createJobs({ credentials: fromCognitoIdentityPool({ identityPoolId: "us-east-1:a" }), region: "us-east-1" });
}

/** Credentials and a region as the environment has them. */
export async function fromEnvironment(env: Record<string, string | undefined>): Promise<Jobs> {
  const region: string | undefined = regionOf(env["AWS_REGION"]);
  const keys: CredentialsLike = {
    accessKeyId: env["AWS_ACCESS_KEY_ID"] ?? "",
    secretAccessKey: env["AWS_SECRET_ACCESS_KEY"] ?? "",
    sessionToken: env["AWS_SESSION_TOKEN"],
    expiration: env["AWS_CREDENTIAL_EXPIRATION"],
  };
  if (keys.accessKeyId === "") throw new CredentialsError({ message: "set the keys first", cause: region });
  const fixed: Credentials = { accessKeyId: "a", secretAccessKey: "b", expiration: new Date() };
  await createJobs({ region, credentials: fixed });
  return createJobs({ region, credentials: async () => keys });
}

/** The same in a worker. */
export async function inWorker(keys: CredentialsLike): Promise<[number, MediaAnalysisJob[], Facet[], Blob]> {
  const jobs: AsyncJobs = await createJobsInWorker({
    region: "us-east-1",
    credentials: keys,
    worker: () => new Worker("jobs_worker.js", { type: "module" }),
  });
  const loaded: Loaded = await jobs.load({ onProgress: ({ jobs: count }) => count, signal: AbortSignal.timeout(9) });
  const imported: Imported = await jobs.import("[]");
  const [size, last, at]: [number, Loaded | undefined, Date | undefined] = await Promise.all([
    jobs.size,
    jobs.loaded,
    jobs.loadedAt,
  ]);
  const view: AsyncView = await jobs.query("a", { sort: "-created" });
  for await (const job of view) if (job.JobId === at?.toISOString()) break;
  const buckets: Bucket[] = await view.histogram("created", 5);
  const results: AsyncResults = await jobs.results("a");
  const part: AsyncResultView = await results.query("label:violence");
  const comparison: AsyncResultComparison = await part.compare(results);
  const opened = await jobs.open("[]");
  if (opened.kind === "results") opened.results.close();
  const total = loaded.added + imported.added + size + (last?.added ?? 0) + buckets.length + comparison.length;
  return [total, await view.rows(0, 5), await part.facets("label"), await view.export("csv")];
}

// @ts-expect-error what a worker gives is a promise
export const atOnce = (jobs: AsyncJobs): number => jobs.size + 1;
// @ts-expect-error a view of a worker is iterated with `for await`
export const iterated = (view: AsyncView) => [...view];
// @ts-expect-error a worker is made by a function
createJobsInWorker({ worker: "jobs_worker.js" });

// @ts-expect-error a field is text
createJobs({ region: 1 });
// @ts-expect-error text is no snapshot
createJobs({ snapshot: "text" });
// @ts-expect-error there is no such format
export const wrong = (view: View) => view.export("xml");
