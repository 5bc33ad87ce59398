// The types of the engine of jobs, by the names in wasm/bindings.cpp.
import type { Rejected } from "../index.js";
import type { readHead } from "../js/util/response_head.js";
import type { Answer, QueryTarget, Bytes, EngineModule, Handle, Reader, PlainReader, RecordsView, ServiceErrorData, StartOptions } from "./embind.js";

export interface Engine extends QueryTarget {
  size(): number;
  clear(): boolean;
  namesBucket(bucket: string): boolean;
  get(jobId: string): Bytes | null | undefined;
  query(text: string, sort: string, now: number): Answer<View>;
}

export interface View extends RecordsView {
  histogram(field: string, buckets: number): Bytes | undefined;
}

/** Counts the jobs that were stored. */
export interface Intake {
  added(): number;
  updated(): number;
  unchanged(): number;
}

export interface TokenReader extends Handle {
  knowToken(token: string): void;
}

export interface Importer extends PlainReader, Intake, TokenReader {}

export interface SnapshotWriting extends Handle {
  part(): Bytes | null | undefined;
}

export interface SnapshotReading extends Reader, TokenReader {
  /** The number of the error, whose text is in wasm/js/engine/snapshot.js; 0 if there is none, or memory is full. */
  error(): number;
  /** The notes that writeSnapshot() was given. */
  about(): Bytes;
}

/** The steps that an operation starts (wasm/operation_driver.h documents them). The bytes of "read" go into reserve(). */
export interface Steps {
  prepare(
    target: string,
    body: string,
    clockOffset: number,
    renewsCredentials: boolean,
  ): Promise<"keyPair" | "session" | "none">;
  fetch(): Promise<ReturnType<typeof readHead>>;
  read(): Promise<Uint8Array>;
  sleep(milliseconds: number, pause: number): Promise<void>;
  sendAhead(target: string, body: string, clockOffset: number): Promise<void>;
}

export type Start = <Step extends keyof Steps>(step: Step, ...given: Parameters<Steps[Step]>) => Promise<unknown>;

export interface OperationDriver extends Handle {
  next(start: Start, now: number): Promise<unknown> | undefined;
  reserve(size: number): Bytes | undefined;
  fulfilled(value: unknown, now: number): boolean;
  lostConnection(message: string, now: number): void;
  timedOut(limit: number, now: number): void;
  error(): ServiceErrorData | null;
  retries(): number;
}

export interface ListOperation extends OperationDriver {
  nextPage(): boolean;
  page(): Bytes;
  nextToken(): string | undefined;
}

export interface GetOperation extends OperationDriver {
  job(): Bytes;
}

export interface RawOperation extends OperationDriver {
  answer(): Bytes;
}

export interface SyncOperation extends OperationDriver, Intake {
  pages(): number;
  isDone(): boolean;
  stop(): string | undefined;
}

export interface JobsModule extends EngineModule {
  Engine: new (seed: number, maxAttempts: number, maxRetryAfter: number, renewsCredentials: boolean) => Engine;
  Importer: new (engine: Engine, now: number) => Importer;
  SnapshotReading: new (engine: Engine) => SnapshotReading;
  writeSnapshot(engine: Engine, about: string): SnapshotWriting | null;
  ListOperation: new (engine: Engine, nextToken: string | undefined, maxResults: number | undefined) => ListOperation;
  GetOperation: new (engine: Engine, jobId: string) => GetOperation;
  RawOperation: new (engine: Engine, peer: string, target: string, body: string) => RawOperation;
  load(engine: Engine, nextToken: string | undefined): SyncOperation;
  refresh(engine: Engine): SyncOperation | null;
  isFacetField(name: string): boolean;
  isHistogramField(name: string): boolean;
  queryFields(): string;
}

export default function createModule(options: StartOptions): Promise<JobsModule>;
