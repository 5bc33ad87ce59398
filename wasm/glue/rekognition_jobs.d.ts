// The engine of jobs as wasm/bindings.cpp names it.
import type { Rejected } from "../index.js";
import type { Asked, Bytes, EngineModule, Handle, Reader, RecordsView, ServiceFault, StartOptions } from "./embind.js";

export interface Engine extends Asked {
  readonly size: number;
  clear(): void;
  get(jobId: string): Bytes | null;
  query(text: string, sort: string, now: number): View | null;
}

export interface View extends RecordsView {
  indexOf(jobId: string): number;
  histogram(field: string, buckets: number): Bytes;
}

export interface Importer extends Reader {
  readonly added: number;
  readonly updated: number;
  readonly unchanged: number;
  rejected(): Rejected[];
}

/** What a conversation calls while it advances. */
export interface Host {
  sendAhead(target: string, body: string, clockOffset: number): Promise<void>;
  prepare(target: string, body: string, clockOffset: number, renewsCredentials: boolean): Promise<Prepared>;
  fetch(url: string, init: RequestInit): Promise<Response>;
  read(response: Response): Promise<ArrayBuffer>;
  sleep(milliseconds: number): Promise<void>;
}

export interface Prepared {
  url: string;
  init: RequestInit;
  signature?: "keyPair" | "session";
}

export interface Conversation extends Handle {
  advance(host: Host, now: number): Promise<unknown> | undefined;
  fulfilled(value: unknown, now: number): void;
  lostConnection(message: string, now: number): void;
  timedOut(limit: number, now: number): void;
  error(): ServiceFault | null;
  readonly retries: number;
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

export interface Loading extends Conversation {
  readonly added: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly pages: number;
  readonly isDone: boolean;
  nextToken(): string | undefined;
}

export interface JobsModule extends EngineModule {
  Engine: new (seed: number, maxAttempts: number, renewsCredentials: boolean) => Engine;
  Importer: new (engine: Engine) => Importer;
  PageReader: new (engine: Engine, nextToken: string | undefined, maxResults: number | undefined) => PageReader;
  JobReading: new (engine: Engine, jobId: string) => JobReading;
  PlainCall: new (engine: Engine, target: string, body: string) => PlainCall;
  Loading: {
    load(engine: Engine, nextToken: string | undefined): Loading;
    refresh(engine: Engine): Loading;
  };
  isFacetField(name: string): boolean;
  isHistogramField(name: string): boolean;
  queryTokens(text: string): string;
  queryFields(): string;
}

export default function createModule(options: StartOptions): Promise<JobsModule>;
