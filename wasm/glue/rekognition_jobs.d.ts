// The types of the engine of jobs, by the names in wasm/bindings.cpp.
import type { Rejected } from "../index.js";
import type { readHead } from "../js/util/response_head.js";
import type { Answer, Asked, Bytes, EngineModule, Handle, Reader, PlainReader, RecordsView, ServiceErrorData, StartOptions } from "./embind.js";

export interface Engine extends Asked {
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

export interface Importer extends PlainReader, Intake {}

export interface SnapshotWriting extends Handle {
  part(): Bytes | null | undefined;
}

export interface SnapshotReading extends Reader {
  /** The number of the error, whose text is in wasm/js/engine/snapshot.js; 0 if there is none, or memory is full. */
  error(): number;
  /** The notes that writeSnapshot() was given. */
  about(): Bytes;
}

/** The steps that a conversation starts (wasm/conversation.h documents them). The bytes of "read" go into reserve(). */
export interface Steps {
  prepare(
    target: string,
    body: string,
    clockOffset: number,
    renewsCredentials: boolean,
  ): Promise<"keyPair" | "session" | "none">;
  fetch(): Promise<ReturnType<typeof readHead>>;
  read(): Promise<Uint8Array>;
  sleep(milliseconds: number): Promise<void>;
  sendAhead(target: string, body: string, clockOffset: number): Promise<void>;
}

export type Start = <Step extends keyof Steps>(step: Step, ...given: Parameters<Steps[Step]>) => Promise<unknown>;

export interface Conversation extends Handle {
  advance(start: Start, now: number): Promise<unknown> | undefined;
  reserve(size: number): Bytes | undefined;
  fulfilled(value: unknown, now: number): boolean;
  lostConnection(message: string, now: number): void;
  timedOut(limit: number, now: number): void;
  error(): ServiceErrorData | null;
  retries(): number;
}

export interface PageReader extends Conversation {
  walkOn(): boolean;
  page(): Bytes;
  nextToken(): string | undefined;
}

export interface JobReading extends Conversation {
  job(): Bytes;
}

export interface PlainCall extends Conversation {
  answer(): Bytes;
}

export interface Loading extends Conversation, Intake {
  pages(): number;
  isDone(): boolean;
  stop(): string | undefined;
}

export interface JobsModule extends EngineModule {
  Engine: new (seed: number, maxAttempts: number, renewsCredentials: boolean) => Engine;
  Importer: new (engine: Engine, now: number) => Importer;
  SnapshotReading: new (engine: Engine) => SnapshotReading;
  writeSnapshot(engine: Engine, about: string): SnapshotWriting | null;
  PageReader: new (engine: Engine, nextToken: string | undefined, maxResults: number | undefined) => PageReader;
  JobReading: new (engine: Engine, jobId: string) => JobReading;
  PlainCall: new (engine: Engine, target: string, body: string) => PlainCall;
  load(engine: Engine, nextToken: string | undefined): Loading;
  refresh(engine: Engine): Loading | null;
  isFacetField(name: string): boolean;
  isHistogramField(name: string): boolean;
  queryFields(): string;
}

export default function createModule(options: StartOptions): Promise<JobsModule>;
