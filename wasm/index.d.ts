// The types of rekognition-jobs. The members of jobs have the names and meanings that the service documents.

/** A status that the service documents, or a later one. */
export type MediaAnalysisJobStatus = "CREATED" | "QUEUED" | "IN_PROGRESS" | "SUCCEEDED" | "FAILED" | (string & {});

/** A failure code that the service documents, or a later one. */
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
  /**
   * At most 1,024 characters, unless this Jobs had it from the service or a file. The AWS CLI's NextToken, of
   * `--max-items`, stands for the page that it holds.
   */
  NextToken?: string | undefined;
  /** 1 to 100; the service's default is 100. */
  MaxResults?: number | undefined;
}

export interface ListMediaAnalysisJobsOutput {
  MediaAnalysisJobs: MediaAnalysisJob[];
  NextToken?: string;
}

export interface CallOptions {
  /** Aborts the call, which then rejects with the signal's reason. */
  signal?: SignalLike | null;
}

/** The outcome of a load or refresh, also of one that ended early. */
export interface Loaded {
  added: number;
  updated: number;
  unchanged: number;
  pages: number;
  /** Retried requests. */
  retries: number;
  /** Whether it read the list to its end. */
  complete: boolean;
  /** Where it stopped: `load({ NextToken })` continues from there. */
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

/** A record that could not be read and was left out. */
export interface Rejected {
  /** The byte of a syntax error, or the start of a record with a value of a wrong type. */
  offset: number;
  /** From 1. */
  line: number;
  message: string;
}

/**
 * - `incomplete`: the source ends on a page with a NextToken.
 * - `older`: a record is older or poorer than what is known of its job, which is kept.
 * - `ignored-member`: an unknown member, by name.
 * - `dropped-value`: an optional value cannot be read; its job is kept.
 * - `converted`: another spelling, unit or container of a value was taken.
 * - `implausible`: kept, but it cannot be meant.
 * - `skipped`: bytes between records.
 * - `unread`: bytes after which nothing was read.
 * - `no-answer`: images without detect-moderation-labels.
 */
export type NoticeCode =
  | "incomplete"
  | "older"
  | "ignored-member"
  | "dropped-value"
  | "converted"
  | "implausible"
  | "skipped"
  | "unread"
  | "no-answer";

/** What was found in a source besides records. What is alike is one notice. */
export interface Notice {
  code: NoticeCode;
  count: number;
  message: string;
  /** The byte and the line of the first; a line from 1. */
  offset?: number;
  line?: number;
  /** The first value as it stood, of 64 characters at most. */
  sample?: string;
}

export interface Imported {
  added: number;
  updated: number;
  unchanged: number;
  /** The first 100. */
  rejected: Rejected[];
  rejectedCount: number;
  /** The form that was recognised, with its containers: `AWS CLI JSON, UTF-16LE, gzip`. */
  format: string;
  /** Whether the source ends on the last page of the list. */
  complete: boolean;
  /** Where the source ends: `load({ NextToken })` continues from there. */
  NextToken?: string;
  notices: Notice[];
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

export interface OpenOptions extends CallOptions {
  /** Receives the progress of `import`, with `jobs`, or of `openResults`, with `images`. */
  onProgress?: (progress: ImportProgress | ResultsProgress) => void;
}

/** What `open` opened. */
export type Opened = { kind: "jobs"; imported: Imported } | { kind: "results"; results: Results };

/** Of any realm and library: a source is judged by what it can do. */
export type ImportSource =
  | string
  | ArrayBufferLike
  | ArrayBufferView
  | BlobLike
  | ResponseLike
  | StreamLike
  | AsyncIterable<Uint8Array | string>;

/** What a Blob or a File has: a browser's, Node's, jsdom's. */
export interface BlobLike {
  readonly size: number;
  readonly type: string;
  slice(start?: number, end?: number): unknown;
}

/** What a Response has: a browser's, Node's, undici's, node-fetch's. */
export interface ResponseLike {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
}

/** What a ReadableStream of bytes has. */
export interface StreamLike {
  getReader(): {
    read(): Promise<{ done: boolean; value?: Uint8Array | string | undefined }>;
    cancel(reason?: unknown): Promise<unknown>;
    releaseLock(): void;
  };
}

/** What an AbortSignal has. */
export interface SignalLike {
  readonly aborted: boolean;
  readonly reason?: unknown;
  addEventListener(type: "abort", listener: (event: any) => void): void;
  removeEventListener(type: "abort", listener: (event: any) => void): void;
}

/** What a URL has. */
export interface UrlLike {
  readonly href: string;
  readonly origin: string;
}

/** What `fetch` is: a browser's, Node's, undici's, node-fetch's. */
export type FetchLike = (url: string, init?: any) => Promise<ResponseLike>;

/** A class of the web, by DOM's types or Node's; `Otherwise` in a project that has neither. */
type Web<Name extends string, Otherwise> = typeof globalThis extends { [N in Name]: { prototype: infer Instance } }
  ? Instance
  : Otherwise;

type WebBlob = Web<"Blob", BlobLike & { arrayBuffer(): Promise<ArrayBuffer>; text(): Promise<string> }>;
type WebStream = typeof globalThis extends { ReadableStream: unknown } ? ReadableStream<Uint8Array> : StreamLike;
type WasmModule = typeof globalThis extends { WebAssembly: { Module: { prototype: infer Module } } } ? Module : object;

/** A .wasm file: its address, its bytes, or the compiled module. */
export type WasmSource = string | UrlLike | ArrayBuffer | ArrayBufferView | WasmModule;

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

/**
 * The jobs with `from` ≤ value < `to`; the last bucket includes its `to`. Values are milliseconds: of timestamps, since
 * the epoch.
 */
export interface Bucket {
  from: number;
  to: number;
  count: number;
  byStatus: { [status: string]: number };
}

export type ExportFormat = "json" | "ndjson" | "csv" | "markdown";

export interface ExportOptions {
  /**
   * Of CSV: whether an apostrophe stands before a text that a spreadsheet could run as a formula, default true. False is
   * for programs that read the texts as they are. Numbers are written as they are either way.
   */
  guardFormulas?: boolean;
}

declare global {
  /** The platform's. It is named here for projects whose types have none. */
  interface ReadableStream<R = any> {}
  interface SymbolConstructor {
    readonly dispose: unique symbol;
  }
}

interface Closable {
  /** Frees its memory in the engine. Using it afterwards throws an Error. */
  close(): void;
  /** The same, for `using`, if the runtime has Symbol.dispose. */
  [Symbol.dispose](): void;
}

/**
 * Records in an order: jobs, unless `T` is another type. A view does not change: a later load, import or clear does not
 * affect it.
 */
export interface View<T = MediaAnalysisJob> extends Iterable<T>, Closable {
  readonly length: number;
  /**
   * At most `count` records from index `first` on, fewer at the end.
   * @throws OutOfMemoryError whose message says how many rows fit
   */
  rows(first: number, count: number): T[];
  /** The index of the job with this JobId, or of the first image with this source-ref; -1 if it is not in the view. */
  indexOf(id: string): number;
  /** A page past the end has no items. */
  page(number: number, size: number): Page<T>;
  /**
   * The values of a field with the number of records that have each: most first, ties by value. Records without a value
   * are not counted.
   * @param field a query field, a top-level member, or, of jobs, `InputBucket`, `OutputBucket`, `ResultsBucket` or
   *   `SummaryBucket`
   * @throws RangeError for another field
   */
  facets(field: string): Facet[];
  /**
   * 1 to 100,000 buckets of equal width, from the least value to the greatest; none if no job has a value.
   * @throws RangeError for another field or number of buckets
   */
  histogram(field: HistogramField<T>, buckets: number): HistogramBucket<T>[];
  /** json: the API's response; ndjson: one job per line; csv: RFC 4180 with a header; markdown: the same as a table. */
  export(format: ExportFormat, options?: ExportOptions): WebBlob;
  /** The same as a stream, for an export that should not be in memory as a whole. */
  exportStream(format: ExportFormat, options?: ExportOptions): WebStream;
}

type HistogramField<T> =
  | (T extends MediaAnalysisJob ? "created" | "completed" | "duration" : "confidence")
  | (string & {});
type HistogramBucket<T> = T extends MediaAnalysisJob ? Bucket : ConfidenceBucket;

/** Who pays for requests of a bucket whose requesters pay. */
export type RequestPayer = "requester";

/** The jobs of one account or of files, and the operations of the service. */
export interface Jobs extends Closable {
  /** One page of the list; it is not stored. */
  listMediaAnalysisJobs(
    input?: ListMediaAnalysisJobsInput,
    options?: CallOptions,
  ): Promise<ListMediaAnalysisJobsOutput>;
  /** One job, requested from the service; it is not stored. */
  getMediaAnalysisJob(input: { JobId: string }, options?: CallOptions): Promise<MediaAnalysisJob>;
  /** Page after page to the end of the list; they are not stored. */
  paginateListMediaAnalysisJobs(
    input?: ListMediaAnalysisJobsInput,
    options?: CallOptions,
  ): AsyncIterableIterator<ListMediaAnalysisJobsOutput>;

  /**
   * Loads every page into the store. If it fails or is aborted, the jobs that were loaded stay, and `loaded` says how
   * far it got; so does `loaded` of a ServiceError, or of an OutOfMemoryError once it had begun. If the store is
   * cleared meanwhile, it starts again.
   */
  load(options?: LoadOptions & { NextToken?: string }): Promise<Loaded>;
  /**
   * Loads new jobs and updates unfinished ones. It requests unfinished jobs that the new pages do not contain one by
   * one, at most 100; the next refresh continues with the others. Jobs that the service no longer knows stay in the
   * store and are not requested again.
   */
  refresh(options?: LoadOptions): Promise<Loaded>;
  /** The outcome of the last load or refresh that ended, also by an error or an abort; undefined after clear(). */
  readonly loaded: Loaded | undefined;
  /**
   * The time at which the last load or refresh that succeeded ended; undefined if none has, and after clear(). Imports
   * do not change it.
   */
  readonly loadedAt: Date | undefined;
  /**
   * Writes the jobs as they are now, how far the list was read, `loaded` and `loadedAt`, as bytes that
   * `createJobs({ snapshot })` of the same version of the package opens: about 150 bytes per job, made in parts as they
   * are read. They contain no credentials. close() ends the stream with an error.
   */
  snapshot(): WebStream;
  /**
   * Reads a saved listing into the store: responses of the API or the AWS CLI, arrays of jobs, single jobs and NDJSON,
   * also several of them one after another. `rejected` lists bad records. It rejects only for an abort, a failing
   * source, a Response whose status is not a success (ServiceError), a wrong argument (TypeError) or a full memory
   * (OutOfMemoryError; the jobs before it stay).
   */
  import(source: ImportSource, options?: ImportOptions): Promise<Imported>;
  /**
   * Opens a listing, results or a manifest summary, whichever it is: as `import` or `openResults`. A summary alone makes
   * Results without images.
   */
  open(source: ImportSource, options?: OpenOptions): Promise<Opened>;
  /** As the module's openResults. Closing this Jobs closes the Results too. */
  openResults(source: ImportSource | undefined, options?: ResultsOptions): Promise<Results>;
  /**
   * Reads the results and the manifest summary of a finished job from S3, by signed GETs, in the versions that the job
   * names. Unless the store has the job as finished, it calls GetMediaAnalysisJob first. A connection that breaks goes on
   * where it broke, at most three times an object.
   *
   * The results decide: if they cannot be read, their error is thrown, since no images would mean that none is flagged.
   * A summary that cannot be read is left out, and `summaryError` says why. Results that were deleted while the summary is
   * still there are left out too: `resultsError` says so, and there are no images. The Results of a failed job have no
   * images, only the summary with its errors.
   * @param options.requestPayer "requester": the credentials' account pays for the requests, where the bucket's
   *   requesters pay
   * @throws ServiceError with S3's name for the error (AccessDenied, NoSuchKey …) and advice in its message;
   * InvalidResponseError for an object without any image, as an empty one or a sign-in page;
   * ResourceNotReadyException for an unfinished job, ResourceNotFoundException for a job without results
   */
  results(
    jobId: string,
    options?: Pick<ResultsOptions, "signal" | "onProgress"> & { requestPayer?: RequestPayer | null },
  ): Promise<Results>;
  /**
   * Reads an image from S3, by the `source-ref` of a result, in its latest version unless the URI ends with
   * `?versionId=…`. The Blob's type is image/jpeg or image/png, by its first bytes, which may be compressed with gzip. The
   * image may be disturbing: ask the user before you show it. Anyone can write results that name any bucket, so the GET is
   * signed only if the bucket is named by a job in the store, or by one that `results` was called with.
   * @param options.signed true: always sign, after asking the user about this bucket; false: never sign
   * @param options.versionId of the image
   * @param options.requestPayer as of `results`, for a signed request
   * @throws ServiceError as `results` does, with `bucket` if the request was unsigned and credentials could help;
   * InvalidImageFormatException for other files, ImageTooLargeException for more than 20 MB
   */
  image(
    uri: string,
    options?: CallOptions & { signed?: boolean; versionId?: string | null; requestPayer?: RequestPayer | null },
  ): Promise<WebBlob>;
  /** The number of jobs in the store. */
  readonly size: number;
  /** A job in the store. */
  get(jobId: string): MediaAnalysisJob | undefined;
  /**
   * Removes all jobs, as if it had been called before every call that still runs: a load or refresh starts again, and
   * jobs that a running import has stored stay.
   */
  clear(): void;

  /**
   * The jobs that match the query `text`; all jobs without one.
   * @param options.sort a query field or top-level member, "-" before it for descending; default: newest first
   * @throws QueryError for an invalid query, RangeError for an unknown `sort`
   */
  query(text?: string, options?: { sort?: string }): View;
  /** The tokens of a query, to highlight, complete or edit it; also of an invalid query. */
  tokens(text: string): QueryToken[];
  /** The fields of the query language. */
  readonly fields: QueryField[];
  /** Aborts its calls, and also closes its Views and Results. */
  close(): void;
}

/** A line of a results file, with the members listed here. */
export interface ImageResult {
  "source-ref": string;
  "detect-moderation-labels"?: {
    ModerationLabels: {
      Name: string;
      /** Empty or absent for a label of the first level. */
      ParentName?: string;
      /** Percent. */
      Confidence?: number;
      TaxonomyLevel?: number;
    }[];
    ModerationModelVersion?: string;
    ContentTypes?: { Name: string; Confidence?: number }[];
  };
  /**
   * The error of a line that has one. In the file, the names may begin with `error-`, and the members may be in an
   * `error`, `errors` or `failure`; the first one counts.
   */
  code?: string;
  message?: string;
}

/** The manifest summary of a job. Numbers in strings are converted to numbers. */
export interface ManifestSummary {
  version?: string;
  statistics: { "total-json-lines"?: number; "valid-json-lines"?: number; "invalid-json-lines"?: number };
  /** `line-number` also if the file has `line-numer`. */
  errors: { "line-number"?: number; "source-ref"?: string; code?: string; message?: string }[];
}

export interface ResultsProgress {
  bytes: number;
  totalBytes?: number;
  images: number;
  rejected: number;
}

export interface ResultsOptions extends CallOptions {
  /** The job's manifest summary. If it is something else, `rejected` says so; if it fails, `summaryError`. */
  summary?: ImportSource;
  /** Reports on the results, not on the summary. */
  onProgress?: (progress: ResultsProgress) => void;
}

/** A record of results that could not be read and was left out. */
export type RejectedLine = Rejected;

/**
 * Reads a job's results in whatever form they were saved: a JSON object per line, as the service writes them, an array,
 * pretty-printed or joined objects, gzip, UTF-16, our own CSV (docs/saved-files.md). A record may have 16 MB. `rejected`
 * lists those that cannot be read, and the others are kept. If the source is a manifest summary, or undefined with a
 * `summary`, the Results have no images. It rejects only for an abort, a failing source, a Response whose status is not
 * a success (ServiceError), a wrong argument (TypeError) or a full memory (OutOfMemoryError). A summary beside results
 * does not decide: if its source fails, `summaryError` says so.
 */
export function openResults(
  source: ImportSource | undefined,
  options?: ResultsOptions & { wasm?: JobsOptions["wasm"]; formatsWasm?: JobsOptions["formatsWasm"] },
): Promise<Results>;

/** What a source holds. */
export type SourceKind = "listing" | "results" | "summary";

/**
 * Tells by its first 64 kB what a source holds: a listing of jobs, results, or a manifest summary. A Blob, a string and
 * bytes can be read again afterwards. `listing` if nothing tells, since importing it says what is wrong.
 */
export function sourceKind(
  source: string | ArrayBufferLike | ArrayBufferView | BlobLike,
  options?: CallOptions & { formatsWasm?: JobsOptions["formatsWasm"] },
): Promise<SourceKind>;

/** A label of the tree. */
export interface LabelCount {
  name: string;
  /** The TaxonomyLevel in the file; without one, as in model 6.1, the depth in the tree, from 1. */
  level: number;
  /** The number of images with this label itself: 0 for a parent that only groups its children. */
  count: number;
  /** Most first, ties by name. */
  children: LabelCount[];
}

/** The labels with `from` ≤ confidence < `to`, in percent; the last bucket includes its `to`. */
export interface ConfidenceBucket {
  from: number;
  to: number;
  count: number;
  /** By TaxonomyLevel; labels without one are only in `count`. */
  byLevel: { [level: string]: number };
}

/** Images of a results file, in an order. */
export interface ResultView extends View<ImageResult> {
  /**
   * The values of a field with the number of images that have each: most first, ties by value. Images without a value
   * are not counted.
   * @throws RangeError for another field
   */
  facets(field: "label" | "parent" | "type" | "model" | "level" | "code" | (string & {})): Facet[];
  /**
   * The distribution of the confidences of labels, not of images: 1 to 100,000 buckets of equal width from 0 to 100, or
   * further if a confidence lies outside; none if no label has a confidence.
   * @param options.label counts only labels with this name, in any case
   * @throws RangeError for another field or number of buckets
   */
  histogram(field: "confidence" | (string & {}), buckets: number, options?: { label?: string }): ConfidenceBucket[];
  /**
   * The labels as a tree, most images first.
   * @param options.threshold counts only labels with at least this confidence (percent); leaves out labels without one
   */
  labels(options?: { threshold?: number }): LabelCount[];
  /** The images that have a label with at least this confidence (percent), in this view's order. */
  flagged(threshold: number): ResultView;
  /**
   * The images that match the query `text`.
   * @param options.sort image, confidence (the highest of the image's labels), labels (their number), model or code,
   *   "-" before it for descending; default: the file's order
   * @throws QueryError for an invalid query, RangeError for an unknown `sort`
   */
  query(text?: string, options?: { sort?: string }): ResultView;
  /**
   * The images in both views whose verdict differs, matched by source-ref. An image with several lines counts once, by
   * its first line.
   * @param options.threshold counts labels from this confidence on (percent); default: all labels
   */
  compare(other: ResultView, options?: { threshold?: number }): ResultComparison;
  /**
   * json: an array; ndjson: one image per line, as in the file; csv: RFC 4180 with a header, one row per label, or one
   * for an image without labels; markdown: the same as a table.
   */
  export(format: ExportFormat, options?: ExportOptions): WebBlob;
}

/** The view of all images. Closing it closes its views and comparisons too. */
export interface Results extends ResultView {
  readonly size: number;
  readonly summary: ManifestSummary | undefined;
  /** Why there is no summary, though there are results: it could not be read. */
  readonly summaryError: ServiceError | undefined;
  /** Why there are no images, though the job names results: they were deleted. `results` of Jobs tells it. */
  readonly resultsError: ServiceError | undefined;
  /** The first 100. */
  readonly rejected: RejectedLine[];
  readonly rejectedCount: number;
  /** The form that was recognised, with its containers: `JSON Lines, gzip`. */
  readonly format: string;
  /** What was found besides images; `no-answer` counts the images without detect-moderation-labels. */
  readonly notices: Notice[];
  /** The fields of the query language. */
  readonly fields: QueryField[];
  /** The tokens of a query, also of an invalid one. */
  tokens(text: string): QueryToken[];
}

/** The differences between two views, for the images in both. `now` means in the other view. */
export interface ResultComparison extends Closable {
  readonly both: number;
  readonly onlyHere: number;
  readonly onlyThere: number;
  /** Images with the same label names in both views, or none in both. */
  readonly unchanged: number;
  readonly nowFlagged: number;
  readonly nowUnflagged: number;
  readonly otherLabels: number;
  /** The number of images that changed: the sum of the last three. */
  readonly length: number;
  /** The changed images, in the order of the view whose `compare` was called. */
  rows(first: number, count: number): ChangedResult[];
}

export interface ChangedResult {
  "source-ref": string;
  change: "nowFlagged" | "nowUnflagged" | "otherLabels";
  here: ImageResult;
  there: ImageResult;
}

export interface QueryToken {
  /** A "field" includes its colon; "or" is OR, "not" is NOT or the "-" before a term. */
  kind: "word" | "phrase" | "field" | "value" | "comma" | "or" | "not" | "open" | "close";
  /** UTF-16 indices into the query: `start` ≤ i < `end`. */
  start: number;
  end: number;
  /** For a field or value: the name of the field; absent if there is no such field. */
  field?: string;
  /** For a word, phrase or value: its text without quotes, escapes and the "=" of an exact match. */
  value?: string;
  quoted?: true;
  exact?: true;
}

export interface QueryField {
  name: string;
  type: "value" | "text" | "uri" | "number" | "time" | "duration" | "presence";
  /** For status and code, the documented values; for `has` and `no`, their possible values. */
  values?: string[];
}

/** Credentials in the form of the AWS SDK, as its providers return them. */
export interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
  /** They sign no request after this time. */
  expiration?: Date;
}

/**
 * Credentials in whichever form a caller has them. Blanks, a byte order mark and quotes around a text are left out, and
 * an empty text is absent. The members are read for each signature, so an object may renew itself.
 */
export interface CredentialsLike {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | null | undefined;
  /** A Date, a text by ISO 8601, or seconds or milliseconds since the epoch. */
  readonly expiration?: Date | string | number | null | undefined;
}

/**
 * Called when credentials are first needed, shortly before they expire, and once more if the service calls them
 * expired.
 */
export type CredentialProvider = () => Promise<Credentials>;

export interface CognitoIdentityPoolOptions {
  /** Such as "us-east-1:1699ebc0-7900-4099-b910-2df94f52a030". */
  identityPoolId: string;
  /** Default: the region in the pool's id. */
  region?: string;
  /** Tokens by the name of the identity provider that issued them; none for guest access. */
  logins?: Record<string, string> | (() => Promise<Record<string, string>>);
  /** An endpoint instead of Cognito's in the region: https, or http on a loopback host. */
  endpoint?: string | UrlLike;
  /** Default: globalThis.fetch. */
  fetch?: FetchLike;
  wasm?: JobsOptions["wasm"];
}

/** Temporary credentials of an Amazon Cognito identity pool, so that a page needs no secret of its own. */
export function fromCognitoIdentityPool(options: CognitoIdentityPoolOptions): CredentialProvider;

export interface JobsOptions {
  /** Such as "us-east-1"; as regionOf() reads it. */
  region?: string | undefined;
  useFipsEndpoint?: boolean;
  useDualstackEndpoint?: boolean;
  /** An endpoint instead of the region's: https, or http on a loopback host. Its path is kept. */
  endpoint?: string | UrlLike;
  /**
   * An endpoint for the buckets of jobs, instead of S3 in the region: https, or http on a loopback host. Its path is
   * kept, and the bucket follows it in the path.
   */
  s3Endpoint?: string | UrlLike;
  /** Without credentials, requests are not signed. */
  credentials?: CredentialsLike | (() => Promise<CredentialsLike>);
  /**
   * Milliseconds until the provider of credentials answers, default 60,000; a request's time begins after that. A
   * provider that fails or takes longer is a CredentialsError, and the next call asks it anew.
   */
  credentialsTimeout?: number;
  /** Default: what globalThis.fetch is at each call. Its Responses may be those of another library. */
  fetch?: FetchLike;
  /**
   * The most attempts of a call, default 3; one more each to correct a wrong clock and to renew expired credentials.
   */
  maxAttempts?: number;
  /**
   * Milliseconds until the response of a request, default 30,000. Reading an object from S3 may take longer, but not
   * longer than this without a byte.
   */
  requestTimeout?: number;
  /**
   * The longest wait, in milliseconds, that a server may ask for before the next attempt, default 60,000. A call that is
   * asked by Retry-After to wait longer fails at once, and its error says how long.
   */
  maxRetryAfter?: number;
  /**
   * What snapshot() gave, to begin with its jobs: a refresh then asks for what came since. They are the same account's
   * only if you see to it.
   */
  snapshot?: SnapshotSource | null;
  /** Default: the file beside the module. */
  wasm?: WasmSource;
  /** The engine of results, loaded when results are first opened. Default: the file beside the module. */
  resultsWasm?: WasmSource;
  /** The reader of other forms than the service's, loaded when one is first imported. Default: the file beside the module. */
  formatsWasm?: WasmSource;
}

export type SnapshotSource = BlobLike | ResponseLike | StreamLike;

/**
 * Creates a Jobs, which is empty until load() or import(), or has the jobs of the snapshot.
 * @throws TypeError for an endpoint that must not be used, or a snapshot of another type; SnapshotError for bytes that
 *   cannot be opened; ServiceError for a Response whose status is not a success; OutOfMemoryError
 */
export function createJobs(options?: JobsOptions): Promise<Jobs>;

/** What createJobsInWorker() needs of a worker: a browser's Worker has it. */
export interface WorkerLike {
  postMessage(message: unknown, transfer: ArrayBuffer[]): void;
  onmessage: ((event: never) => unknown) | null;
  onerror: ((event: never) => unknown) | null;
  terminate(): unknown;
  /** Tells whether calls wait for an answer, so that a process can wait for them too. */
  awaits?(isWaiting: boolean): void;
}

export interface WorkerOptions extends JobsOptions {
  /**
   * Makes the worker of the script `jobs_worker.js`, which lies beside the module: for bundlers that do not find it, and
   * for pages with `require-trusted-types-for 'script'` or scripts from another origin. Default:
   * `new Worker(new URL("./jobs_worker.js", import.meta.url), { type: "module" })`, and in Node a worker thread.
   */
  worker?: () => WorkerLike | Promise<WorkerLike>;
}

/**
 * Creates a Jobs in a worker of its own, so that neither reading nor a question takes time of the page. `credentials` and
 * `fetch` stay functions and objects of the page; the worker's own requests are made by the worker.
 * @throws what createJobs() throws; EngineError if the worker cannot be started, with the reason as its `cause`; TypeError
 *   if `worker` returns none, or one that is in use
 */
export function createJobsInWorker(options?: WorkerOptions): Promise<AsyncJobs>;

/**
 * A Jobs in a worker: its methods have the meanings of those of Jobs and give promises, which reject with the errors that
 * Jobs throws. Calls are answered in order. If the worker ends, each call that waits and that comes is an EngineError. In
 * Node, the process ends when no call waits, also without close().
 */
export interface AsyncJobs
  extends Closable,
    Pick<
      Jobs,
      | "listMediaAnalysisJobs"
      | "getMediaAnalysisJob"
      | "paginateListMediaAnalysisJobs"
      | "load"
      | "refresh"
      | "import"
      | "image"
      | "snapshot"
      | "fields"
    > {
  open(
    source: ImportSource,
    options?: OpenOptions,
  ): Promise<{ kind: "jobs"; imported: Imported } | { kind: "results"; results: AsyncResults }>;
  openResults(source: ImportSource | undefined, options?: ResultsOptions): Promise<AsyncResults>;
  results(...given: Parameters<Jobs["results"]>): Promise<AsyncResults>;
  readonly loaded: Promise<Loaded | undefined>;
  readonly loadedAt: Promise<Date | undefined>;
  /** The number of jobs in the store. */
  readonly size: Promise<number>;
  get(jobId: string): Promise<MediaAnalysisJob | undefined>;
  clear(): Promise<void>;
  query(text?: string, options?: { sort?: string }): Promise<AsyncView>;
  tokens(text: string): Promise<QueryToken[]>;
  /** Ends the worker, with its calls, Views and Results, and frees their memory. */
  close(): void;
}

/** A View in a worker. Once it or its Jobs is closed, using it throws an Error or rejects with one. */
export interface AsyncView<T = MediaAnalysisJob> extends AsyncIterable<T>, Closable {
  readonly length: number;
  rows(first: number, count: number): Promise<T[]>;
  indexOf(id: string): Promise<number>;
  page(number: number, size: number): Promise<Page<T>>;
  facets(field: string): Promise<Facet[]>;
  histogram(field: HistogramField<T>, buckets: number): Promise<HistogramBucket<T>[]>;
  export(format: ExportFormat, options?: ExportOptions): Promise<WebBlob>;
  /** Errors, also of the format, end the stream. */
  exportStream(format: ExportFormat, options?: ExportOptions): WebStream;
}

/** A ResultView in a worker. */
export interface AsyncResultView extends AsyncView<ImageResult> {
  histogram(
    field: "confidence" | (string & {}),
    buckets: number,
    options?: { label?: string },
  ): Promise<ConfidenceBucket[]>;
  labels(options?: { threshold?: number }): Promise<LabelCount[]>;
  flagged(threshold: number): Promise<AsyncResultView>;
  query(text?: string, options?: { sort?: string }): Promise<AsyncResultView>;
  /** Results of another worker are copied into this one. */
  compare(other: AsyncResultView, options?: { threshold?: number }): Promise<AsyncResultComparison>;
}

/** Results in a worker. What was told when they were read is known at once. */
export interface AsyncResults
  extends AsyncResultView,
    Pick<
      Results,
      | "size"
      | "summary"
      | "summaryError"
      | "resultsError"
      | "rejected"
      | "rejectedCount"
      | "format"
      | "notices"
      | "fields"
    > {
  tokens(text: string): Promise<QueryToken[]>;
}

/** A ResultComparison in a worker. */
export interface AsyncResultComparison extends Closable, Omit<ResultComparison, "rows" | keyof Closable> {
  rows(first: number, count: number): Promise<ChangedResult[]>;
}

/**
 * The hosts that a Jobs with these options and the provider of an identity pool will send requests to, so that a user
 * can see them before the first request.
 * @returns service: undefined without region and endpoint. s3: with "*" instead of the bucket; a bucket of another
 *   region has the host of that region
 * @throws TypeError for an endpoint that must not be used
 */
export function hostsOf(
  options: Pick<JobsOptions, "region" | "endpoint" | "s3Endpoint" | "useFipsEndpoint" | "useDualstackEndpoint"> & {
    identityPoolId?: string | undefined;
  },
): { service: string | undefined; s3: string | undefined; identityPool: string | undefined };

/**
 * The region in the form that hosts and signatures need: without blanks and quotes, in lower case, and of an availability
 * zone (us-east-1a) its region; undefined for an empty text.
 * @throws TypeError for what is no region
 */
export function regionOf(text: string | null | undefined): string | undefined;

/** A call to the service that failed. */
export class ServiceError extends Error {
  /** The service's name for the error, `UnknownError` if it sent none. */
  name: string;
  /** Present if another attempt may help. */
  readonly $retryable?: { throttling: boolean };
  readonly $metadata: {
    httpStatusCode?: number;
    requestId?: string;
    /** 0 if no request was sent. */
    attempts: number;
  };
  /** Of a load or refresh: its outcome up to the failure. */
  loaded?: Loaded;
  /** Of an image that S3 denied to an unsigned request: the bucket, to ask the user whether to sign the request. */
  bucket?: string;
  /**
   * Of an object that S3 denied to a signed request: its bucket, whose requesters may have to pay. Ask the user, then
   * repeat the call with `requestPayer: "requester"`.
   */
  requesterPaysBucket?: string;
}

/**
 * There are no credentials to sign with: their provider failed or did not answer within `credentialsTimeout`. Nothing was
 * sent. `cause` is what the provider threw, without secrets that were used before. An error of this module that a
 * provider throws, such as fromCognitoIdentityPool()'s or a CredentialsError of its own, stays what it is.
 */
export class CredentialsError extends ServiceError {
  constructor(fields: { name?: string; message: string; cause?: unknown });
}
/** No response came: the network, the browser or a proxy blocks it. */
export class NetworkError extends ServiceError {}
/** No response came within `requestTimeout`, or no more bytes of an object from S3. */
export class TimeoutError extends ServiceError {}
/** A response that is not the API's; the message has the first 200 characters of its body. */
export class InvalidResponseError extends ServiceError {}
/** The service returned a NextToken that it had returned before. */
export class RepeatedTokenError extends ServiceError {}

/**
 * A refusal of Amazon Cognito, which fromCognitoIdentityPool() asks for credentials. `name` is Cognito's name for it, such
 * as ResourceNotFoundException; it is no instance of the class of that name, which is Rekognition's.
 */
export class CognitoError extends ServiceError {}

export class AccessDeniedException extends ServiceError {}
export class InternalServerError extends ServiceError {}
export class InvalidPaginationTokenException extends ServiceError {}
export class InvalidParameterException extends ServiceError {}
export class ProvisionedThroughputExceededException extends ServiceError {}
export class ResourceNotFoundException extends ServiceError {}
export class ThrottlingException extends ServiceError {}

/**
 * The engine's memory has no room for what a call needs; existing data is unchanged. Any call may throw
 * it. The jobs that an import or a load had stored before stay.
 */
export class OutOfMemoryError extends RangeError {
  /** Of a load or refresh that had begun: its outcome up to the failure. */
  readonly loaded?: Loaded;
}

/**
 * The bytes are not a snapshot, are damaged or cut off, or are of another version of the package. None of their jobs can
 * be recovered: read the source again.
 */
export class SnapshotError extends Error {}

/**
 * The engine trapped and cannot be used any more: close the object, and read its source again. From then on every
 * method and property of that `Jobs` and its `View`s throws this error (or of those `Results`, their views, and the
 * other results of the same `Jobs`). Promises, iterators and streams in progress end with it; `close()` still works.
 * `cause` is the exception from WebAssembly.
 */
export class EngineError extends Error {}

/** An invalid query. */
export class QueryError extends Error {
  /** UTF-16 indices into the query: `start` ≤ i < `end`. */
  readonly start: number;
  readonly end: number;
  /** What was expected there. */
  readonly expected: string[];
}
