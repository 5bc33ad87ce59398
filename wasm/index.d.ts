// The types of rekognition-jobs. Members of jobs are named and meant as the service documents them.

/** A status that the service documents, or one that it will some day. */
export type MediaAnalysisJobStatus = "CREATED" | "QUEUED" | "IN_PROGRESS" | "SUCCEEDED" | "FAILED" | (string & {});

export type MediaAnalysisJobFailureCode =
  | "INTERNAL_ERROR"
  | "INVALID_S3_OBJECT"
  | "INVALID_MANIFEST"
  | "INVALID_OUTPUT_CONFIG"
  | "INVALID_KMS_KEY"
  | "ACCESS_DENIED"
  | "RESOURCE_NOT_FOUND"
  | "RESOURCE_NOT_READY"
  | "THROTTLED"
  | (string & {});

export interface S3Object {
  Bucket?: string;
  /** The object's key. */
  Name?: string;
  Version?: string;
}

export interface MediaAnalysisJob {
  JobId: string;
  JobName?: string;
  OperationsConfig: {
    DetectModerationLabels?: {
      /** Percent. */
      MinConfidence?: number;
      ProjectVersion?: string;
    };
  };
  Status: MediaAnalysisJobStatus;
  FailureDetails?: { Code?: MediaAnalysisJobFailureCode; Message?: string };
  CreationTimestamp: Date;
  CompletionTimestamp?: Date;
  Input: { S3Object: S3Object };
  OutputConfig: { S3Bucket: string; S3KeyPrefix?: string };
  KmsKeyId?: string;
  Results?: { S3Object?: S3Object; ModelVersions?: { Moderation?: string } };
  ManifestSummary?: { S3Object?: S3Object };
}

export interface ListMediaAnalysisJobsInput {
  /** At most 1,024 characters. */
  NextToken?: string | undefined;
  /** 1 to 100; the service's default is 100. */
  MaxResults?: number | undefined;
}

export interface ListMediaAnalysisJobsOutput {
  MediaAnalysisJobs: MediaAnalysisJob[];
  NextToken?: string;
}

export interface CallOptions {
  /** Ends the call at once; it then rejects with the signal's reason. */
  signal?: AbortSignal | null;
}

/** What loading brought so far. */
export interface Loaded {
  added: number;
  updated: number;
  unchanged: number;
  pages: number;
  /** Requests sent again. */
  retries: number;
  complete: boolean;
  /** Where it stopped: `load({ NextToken })` goes on from there. */
  NextToken?: string;
}

export interface LoadProgress {
  pages: number;
  jobs: number;
  retries: number;
  /** Milliseconds until the next attempt, while waiting for one. */
  waitingMs?: number;
}

export interface LoadOptions extends CallOptions {
  onProgress?: (progress: LoadProgress) => void;
}

/** A record that was left out. */
export interface Rejected {
  /** The byte of a syntax error, or where a record of a wrong type starts. */
  offset: number;
  message: string;
}

export interface Imported {
  added: number;
  updated: number;
  unchanged: number;
  /** The first 100. */
  rejected: Rejected[];
  rejectedCount: number;
}

export interface ImportProgress {
  bytes: number;
  totalBytes?: number;
  jobs: number;
  rejected: number;
}

export interface ImportOptions extends CallOptions {
  onProgress?: (progress: ImportProgress) => void;
}

export type ImportSource =
  | string
  | ArrayBuffer
  | Uint8Array
  | Blob
  | Response
  | ReadableStream<Uint8Array>
  | AsyncIterable<Uint8Array | string>;

export interface Page<T = MediaAnalysisJob> {
  items: T[];
  /** From 1. */
  number: number;
  size: number;
  pages: number;
  total: number;
}

export interface Facet {
  value: string;
  count: number;
}

/** Jobs with `from` ≤ x < `to`, the last bucket's `to` included; in milliseconds, of timestamps since the epoch. */
export interface Bucket {
  from: number;
  to: number;
  count: number;
  byStatus: { [status: string]: number };
}

export type ExportFormat = "json" | "ndjson" | "csv";

export interface ExportOptions {
  /**
   * Of CSV: whether an apostrophe stands before a text that a spreadsheet could run as a formula, default true. False is
   * for programs that read the texts as they are. Numbers are written as they are either way.
   */
  guardFormulas?: boolean;
}

declare global {
  interface SymbolConstructor {
    readonly dispose: unique symbol;
  }
}

interface Closable {
  /** Frees what it holds of the engine. Using it afterwards throws. */
  close(): void;
  /** The same, for `using`, where the runtime has Symbol.dispose. */
  [Symbol.dispose](): void;
}

/**
 * Some records in an order, of jobs unless `T` says otherwise. It is as it was when it was made: a later load, import or
 * clear does not change it.
 */
export interface View<T = MediaAnalysisJob> extends Iterable<T>, Closable {
  readonly length: number;
  /**
   * At most `count` records from `first` on, fewer at the end.
   * @throws OutOfMemoryError which tells how many there is room for
   */
  rows(first: number, count: number): T[];
  /** Where in the order the job with this JobId, or the first image with this source-ref, stands; -1 when none does. */
  indexOf(id: string): number;
  /** A page past the end has no items. */
  page(number: number, size: number): Page<T>;
  /**
   * How often each value occurs: most first, ties by value; records without one are not counted. Of jobs, also
   * `InputBucket`, `OutputBucket`, `ResultsBucket` and `SummaryBucket`.
   * @throws RangeError for what is neither these, nor a query field, nor a top-level member
   */
  facets(field: string): Facet[];
  /**
   * Equally wide buckets, 1 to 100,000 of them, from the least value to the greatest; none when there is no value.
   * @throws RangeError for another field or number of buckets
   */
  histogram(field: HistogramField<T>, buckets: number): HistogramBucket<T>[];
  /** The API's response, a job a line, or RFC 4180 with a header. Built in parts. */
  export(format: ExportFormat, options?: ExportOptions): Blob;
  /** The same, for what should not be held whole. */
  exportStream(format: ExportFormat, options?: ExportOptions): ReadableStream<Uint8Array>;
}

type HistogramField<T> = (T extends MediaAnalysisJob ? "created" | "completed" | "duration" : "confidence") | (string & {});
type HistogramBucket<T> = T extends MediaAnalysisJob ? Bucket : ConfidenceBucket;

export interface Jobs extends Closable {
  listMediaAnalysisJobs(input?: ListMediaAnalysisJobsInput, options?: CallOptions): Promise<ListMediaAnalysisJobsOutput>;
  getMediaAnalysisJob(input: { JobId: string }, options?: CallOptions): Promise<MediaAnalysisJob>;
  /** Page after page to the end of the list. */
  paginateListMediaAnalysisJobs(
    input?: ListMediaAnalysisJobsInput,
    options?: CallOptions,
  ): AsyncIterableIterator<ListMediaAnalysisJobsOutput>;

  /**
   * Every page into the store. When it fails or is aborted, what came stays, and `loaded` tells how far it got, as a
   * ServiceError's own `loaded` does, or an OutOfMemoryError's once it had begun. When the store is cleared meanwhile, it begins anew.
   */
  load(options?: LoadOptions & { NextToken?: string }): Promise<Loaded>;
  /**
   * Only what is new, and what was unfinished: what the new pages do not show is asked for job by job, 100 at most; the
   * next refresh goes on with the others. What the service has forgotten is kept, and not asked for again.
   */
  refresh(options?: LoadOptions): Promise<Loaded>;
  /** What came of the last load or refresh to end, also by an error or an abort; undefined after clear(). */
  readonly loaded: Loaded | undefined;
  /**
   * When the last load or refresh that succeeded came to its end; undefined when none has, and after clear(). Files that
   * were imported do not count.
   */
  readonly loadedAt: Date | undefined;
  /**
   * The jobs as they are now, how far they were read, `loaded` and `loadedAt`, as bytes for `createJobs({ snapshot })`,
   * of this version of the package: some 150 bytes a job, made part by part as they are read. Nothing of credentials is
   * in it. Closing this ends the stream with an error.
   */
  snapshot(): ReadableStream<Uint8Array>;
  /**
   * A saved listing into the store: responses of the API or the AWS CLI, arrays of jobs, single jobs, NDJSON, in any
   * succession. Bad records are told in `rejected`; it fails only for an abort, a failing source, a Response that is no
   * success (ServiceError), a wrong argument (TypeError) or a full memory (RangeError; what came before it stays).
   */
  import(source: ImportSource, options?: ImportOptions): Promise<Imported>;
  /** As the module's openResults, with this engine; closing this closes them too. */
  openResults(source: ImportSource | undefined, options?: ResultsOptions): Promise<Results>;
  /**
   * What a finished job wrote: its results and its manifest summary from S3, by signed GETs, after GetMediaAnalysisJob
   * unless the job is stored as finished. One that is not there any more does not lose the other. Results of a failed
   * job have no images, but the summary with its errors.
   * @throws ServiceError named as S3 names it (AccessDenied, NoSuchKey …), its message saying what to do;
   * ResourceNotReadyException for an unfinished job, ResourceNotFoundException for one that wrote nothing
   */
  results(jobId: string, options?: Pick<ResultsOptions, "signal" | "onProgress">): Promise<Results>;
  /**
   * An image that results name by their `source-ref`, from S3: a Blob of the type image/jpeg or image/png, whichever
   * its bytes begin as. It may show anything: ask a person before showing it. Anyone can write results that name any
   * bucket, so the GET is signed only if a job in the store, or one that `results` was called with, names the bucket.
   * @param options.signed true signs it in any case: ask a person first, naming the bucket; false never does
   * @throws ServiceError as `results` does, with `bucket` where credentials were not used and could help;
   * InvalidImageFormatException for anything else, ImageTooLargeException for more than 20 MB
   */
  image(uri: string, options?: CallOptions & { signed?: boolean }): Promise<Blob>;
  readonly size: number;
  get(jobId: string): MediaAnalysisJob | undefined;
  /**
   * Forgets all jobs, as if that came before every call that still runs: a load or refresh begins anew, and what an import
   * has put in stays.
   */
  clear(): void;

  /**
   * The jobs that `text` is true of; every job without one.
   * @param options.sort a query field or top-level member, "-" before it for descending; newest first without one
   * @throws QueryError when the text cannot be read, RangeError for an unknown `sort`
   */
  query(text?: string, options?: { sort?: string }): View;
  /** What a query is made of, for what colours, completes or edits it. Reads any text, also what `query` refuses. */
  tokens(text: string): QueryToken[];
  /** The fields that a query can name. */
  readonly fields: QueryField[];
  /** Also closes its Views. */
  close(): void;
}

/** A line of a results file; members that are not listed are left out. */
export interface ImageResult {
  "source-ref": string;
  "detect-moderation-labels"?: {
    ModerationLabels: {
      Name: string;
      /** Empty or absent on the first level. */
      ParentName?: string;
      /** Percent. */
      Confidence?: number;
      TaxonomyLevel?: number;
    }[];
    ModerationModelVersion?: string;
    ContentTypes?: { Name: string; Confidence?: number }[];
  };
  /**
   * Of a line that carries an error: what it has as `code` and `message`, also with `error-` in front, by itself or in an
   * `error`, `errors` or `failure`, of which the first counts.
   */
  code?: string;
  message?: string;
}

/** What a job tells of its manifest. Numbers that are written as text are numbers. */
export interface ManifestSummary {
  version?: string;
  statistics: { "total-json-lines"?: number; "valid-json-lines"?: number; "invalid-json-lines"?: number };
  /** `line-number` also where the file spells it `line-numer`. */
  errors: { "line-number"?: number; "source-ref"?: string; code?: string; message?: string }[];
}

export interface ResultsProgress {
  bytes: number;
  totalBytes?: number;
  images: number;
  rejected: number;
}

export interface ResultsOptions extends CallOptions {
  /** The job's manifest summary. One that is none is told in `rejected`. */
  summary?: ImportSource;
  /** Of the results, not of the summary. */
  onProgress?: (progress: ResultsProgress) => void;
}

/** A line that was left out. */
export interface RejectedLine {
  /** From 1. */
  line: number;
  /** The byte of a syntax error, or where a line of a wrong type starts. */
  offset: number;
  message: string;
}

/**
 * Reads a job's results file: a JSON object a line, an image each. Empty lines are nothing, a line may have 16 MB; a bad
 * one is told in `rejected`, and all others are kept. A manifest summary given as the source, or beside one that is
 * undefined, gives Results without images. It fails only for an abort, a failing source, a Response that is no success
 * (ServiceError) or a wrong argument (TypeError).
 */
export function openResults(
  source: ImportSource | undefined,
  options?: ResultsOptions & { wasm?: JobsOptions["wasm"] },
): Promise<Results>;

/** A label of the tree. */
export interface LabelCount {
  name: string;
  /** The file's TaxonomyLevel; where it has none, as of model 6.1, the depth in the tree, from 1. */
  level: number;
  /** Images that have this very label: 0 for a parent that is there only for those below it. */
  count: number;
  /** Most first, ties by name. */
  children: LabelCount[];
}

/** Labels with `from` ≤ confidence < `to`, the last bucket's `to` included; in percent. */
export interface ConfidenceBucket {
  from: number;
  to: number;
  count: number;
  /** By TaxonomyLevel; labels without one are in `count` alone. */
  byLevel: { [level: string]: number };
}

/** Some of a file's images, in an order. */
export interface ResultView extends View<ImageResult> {
  /**
   * How many images have each value: most first, ties by value; images without one are not counted.
   * @throws RangeError for another field
   */
  facets(field: "label" | "parent" | "type" | "model" | "level" | "code" | (string & {})): Facet[];
  /**
   * How the confidences of labels, not of images, are spread: equally wide buckets, 1 to 100,000 of them, from 0 to 100
   * (and further, where a confidence lies outside); none when there is no confidence.
   * @param options.label of labels with this name alone, in upper or lower case
   * @throws RangeError for another field or number of buckets
   */
  histogram(field: "confidence" | (string & {}), buckets: number, options?: { label?: string }): ConfidenceBucket[];
  /**
   * The labels, each below its parent, most images first.
   * @param options.threshold counts only labels of at least that confidence (percent), and leaves out what has none
   */
  labels(options?: { threshold?: number }): LabelCount[];
  /** Those with a label of at least that confidence (percent), in this view's order. */
  flagged(threshold: number): ResultView;
  /**
   * Those that `text` is true of.
   * @param options.sort image, confidence (of the surest label), labels (how many), model or code, "-" before it for
   *   descending; the file's own order without one
   * @throws QueryError when the text cannot be read, RangeError for an unknown `sort`
   */
  query(text?: string, options?: { sort?: string }): ResultView;
  /**
   * Which of the images that both have changed their verdict, by source-ref; one that is there several times counts
   * once, by its first line.
   * @param options.threshold labels count from this confidence on (percent); all of them without one
   */
  compare(other: ResultView, options?: { threshold?: number }): ResultComparison;
  /** An array; an image a line, as the file is; or RFC 4180 with a header, a row a label or an image without one. */
  export(format: ExportFormat, options?: ExportOptions): Blob;
}

/** The view of everything. Closing it closes its views and comparisons too. */
export interface Results extends ResultView {
  readonly size: number;
  readonly summary: ManifestSummary | undefined;
  /** The first 100. */
  readonly rejected: RejectedLine[];
  readonly rejectedCount: number;
  /** The fields that a query can name. */
  readonly fields: QueryField[];
  /** What a query is made of. Reads any text, also what `query` refuses. */
  tokens(text: string): QueryToken[];
}

/** Of the images that both have; "now" is the other's. */
export interface ResultComparison extends Closable {
  readonly both: number;
  readonly onlyHere: number;
  readonly onlyThere: number;
  /** With the same names of labels on both sides, or none. */
  readonly unchanged: number;
  readonly nowFlagged: number;
  readonly nowUnflagged: number;
  readonly otherLabels: number;
  /** Those that changed: the sum of the last three. */
  readonly length: number;
  /** The changed ones, in the order of the view that compared. */
  rows(first: number, count: number): ChangedResult[];
}

export interface ChangedResult {
  "source-ref": string;
  change: "nowFlagged" | "nowUnflagged" | "otherLabels";
  here: ImageResult;
  there: ImageResult;
}

export interface QueryToken {
  /** A field has its colon with it; "or" is OR, "not" is NOT or the "-" before a term. */
  kind: "word" | "phrase" | "field" | "value" | "comma" | "or" | "not" | "open" | "close";
  /** UTF-16 indices into the query: `start` ≤ i < `end`. */
  start: number;
  end: number;
  /** Of a field or value: the field's own name; absent when there is none of that name. */
  field?: string;
  /** Of a word, phrase or value: without quotes and escapes, and without the "=" of an exact one. */
  value?: string;
  quoted?: true;
  exact?: true;
}

export interface QueryField {
  name: string;
  type: "value" | "text" | "uri" | "number" | "time" | "duration" | "presence";
  /** The documented ones, of status and code; what `has` and `no` can ask for. */
  values?: string[];
}

/** Of the AWS SDK's shape, so that what its providers give fits. */
export interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
  /** Nothing is signed with them from then on. */
  expiration?: Date;
}

/** Asked when credentials are first needed, shortly before they expire, and once more when the service says they have. */
export type CredentialProvider = () => Promise<Credentials>;

export interface CognitoIdentityPoolOptions {
  /** Such as "us-east-1:1699ebc0-7900-4099-b910-2df94f52a030". */
  identityPoolId: string;
  /** Default: the one that the pool's id names. */
  region?: string;
  /** Names of identity providers and the tokens they gave; none for a pool that takes guests. */
  logins?: Record<string, string> | (() => Promise<Record<string, string>>);
  /** Instead of Cognito's in the region: https, or http on a loopback host. */
  endpoint?: string | URL;
  /** Default: globalThis.fetch. */
  fetch?: typeof globalThis.fetch;
  wasm?: JobsOptions["wasm"];
}

/** Temporary credentials of an Amazon Cognito identity pool, so that a page needs no secret of its own. */
export function fromCognitoIdentityPool(options: CognitoIdentityPoolOptions): CredentialProvider;

export interface JobsOptions {
  /** Such as "us-east-1". */
  region?: string;
  useFipsEndpoint?: boolean;
  useDualstackEndpoint?: boolean;
  /** Instead of the region's: https, or http on a loopback host. Its path is kept. */
  endpoint?: string | URL;
  /**
   * Where the buckets of jobs are, instead of S3 in the region: https, or http on a loopback host. Its path is kept, and
   * buckets are named in the path.
   */
  s3Endpoint?: string | URL;
  /** None: requests are not signed. */
  credentials?: Credentials | CredentialProvider;
  /** Default: globalThis.fetch. */
  fetch?: typeof globalThis.fetch;
  /** Attempts a call at most, default 3. Correcting a wrong clock or expired credentials comes on top, once each. */
  maxAttempts?: number;
  /**
   * Milliseconds to a request's answer, default 30,000. What comes from S3 may take longer as a whole, but no longer than
   * this without a byte.
   */
  requestTimeout?: number;
  /**
   * What snapshot() gave, to begin with its jobs: a refresh then asks for what came since. They are the same account's
   * only if you see to it.
   */
  snapshot?: SnapshotSource | null;
  /** Default: the file beside the module. */
  wasm?: URL | BufferSource | WebAssembly.Module;
  /** Of what reads results, loaded when they are first opened. Default: the file beside the module. */
  resultsWasm?: URL | BufferSource | WebAssembly.Module;
}

export type SnapshotSource = Blob | Response | ReadableStream<Uint8Array>;

/**
 * @throws TypeError for an endpoint that must not be used, or a snapshot of another type; SnapshotError for bytes that
 * are none, ServiceError for a Response that is no success, OutOfMemoryError
 */
export function createJobs(options?: JobsOptions): Promise<Jobs>;

/**
 * The hosts that a Jobs with these options, and an identity pool's provider, send requests to: to be shown before any is
 * sent.
 * @returns service: undefined with neither region nor endpoint. s3: with "*" where the bucket's name stands; a bucket of
 *   another region is asked there
 * @throws TypeError for an endpoint that must not be used
 */
export function hostsOf(
  options: Pick<JobsOptions, "region" | "endpoint" | "s3Endpoint" | "useFipsEndpoint" | "useDualstackEndpoint"> & {
    identityPoolId?: string | undefined;
  },
): { service: string | undefined; s3: string | undefined; identityPool: string | undefined };

/** A call to the service that failed. */
export class ServiceError extends Error {
  /** The service's own word, `UnknownError` when it gave none. */
  name: string;
  /** Whether another attempt may help; undefined when not. */
  readonly $retryable?: { throttling: boolean };
  readonly $metadata: {
    httpStatusCode?: number;
    requestId?: string;
    /** 0 when nothing was sent. */
    attempts: number;
  };
  /** Of a load or refresh: what had come before it failed. */
  loaded?: Loaded;
  /** Of an image that S3 denied to a request that was left unsigned: the bucket, for the question whether to sign it. */
  bucket?: string;
}

export class NetworkError extends ServiceError {}
export class TimeoutError extends ServiceError {}
/** An answer that is not the API's; the message has the first 200 characters of its body. */
export class InvalidResponseError extends ServiceError {}
/** The service gave a NextToken again that had been followed before. */
export class RepeatedTokenError extends ServiceError {}

export class AccessDeniedException extends ServiceError {}
export class InternalServerError extends ServiceError {}
export class InvalidPaginationTokenException extends ServiceError {}
export class InvalidParameterException extends ServiceError {}
export class ProvisionedThroughputExceededException extends ServiceError {}
export class ResourceNotFoundException extends ServiceError {}
export class ThrottlingException extends ServiceError {}

/**
 * The engine's memory has no room for what a call needs; what it holds is as it was before the call. Any call may throw
 * it. Of an import or a load, what came before stays.
 */
export class OutOfMemoryError extends RangeError {
  /** Of a load or refresh that had begun. */
  readonly loaded?: Loaded;
}

/**
 * The bytes are no snapshot, are damaged or cut off, or are of another version of the package. There is nothing of them to
 * be had: read the source again.
 */
export class SnapshotError extends Error {}

/**
 * The engine trapped, and answers nothing any more: close what it belongs to, and read its source again. From then on
 * every method and property throws it, of that `Jobs` and its `View`s (or of those `Results`, what was derived from them,
 * and the others of one `Jobs`); promises, iterators and streams that are under way end with it; `close()` still closes.
 * `cause` is what WebAssembly threw.
 */
export class EngineError extends Error {}

/** A query that cannot be read. */
export class QueryError extends Error {
  /** UTF-16 indices into the query: `start` ≤ i < `end`. */
  readonly start: number;
  readonly end: number;
  /** What could stand there instead. */
  readonly expected: string[];
}
