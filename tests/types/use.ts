// The types against real use, as a strict project on plain ES2022 compiles it.
import {
  createJobs,
  fromCognitoIdentityPool,
  InvalidPaginationTokenException,
  QueryError,
  RepeatedTokenError,
  ServiceError,
  ThrottlingException,
} from "rekognition-jobs";
import type {
  Bucket,
  Credentials,
  Facet,
  Imported,
  Jobs,
  ListMediaAnalysisJobsOutput,
  Loaded,
  MediaAnalysisJob,
  Page,
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
  view.close();
  jobs.close();
  return [...names, ...facets.map(({ value }) => value), `${buckets.length} ${times.length} ${csv.size} ${image.type}`];
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
    if (error instanceof ServiceError) return `${error.name} ${error.$metadata.requestId ?? ""} ${error.loaded?.added ?? ""}`;
    if (error instanceof QueryError) return error.expected.join();
    throw error;
  }
}

export function pool(): Promise<Jobs> {
  return createJobs({ credentials: fromCognitoIdentityPool({ identityPoolId: "us-east-1:a" }), region: "us-east-1" });
}

// @ts-expect-error a field is text
createJobs({ region: 1 });
// @ts-expect-error there is no such format
export const wrong = (view: View) => view.export("xml");
