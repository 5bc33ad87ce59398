// The types of the glue that both modules share.

/** A C++ object, until delete(). */
export interface Handle {
  delete(): void;
  isDeleted(): boolean;
  /** Of wasm/js/engine/guard.js: throws an EngineError once the instance has stopped. */
  requireRunning(): void;
  /** Of wasm/js/engine/memory.js: throws an OutOfMemoryError unless there is memory for a call with these texts. */
  requireRoom(...texts: (string | undefined)[]): void;
}

/** JSON, as a view of the module's memory: parse it at once, since the view becomes invalid when the memory grows. */
export type Bytes = Uint8Array<ArrayBuffer>;

export interface QueryErrorData {
  start: number;
  end: number;
  message: string;
  expected: string[];
}

export interface ServiceErrorData {
  name: string;
  message: string;
  isRetryable: boolean;
  isThrottling: boolean;
  /** 0 if there was no response. */
  httpStatusCode: number;
  /** Empty if there is none. */
  requestId: string;
  attempts: number;
}

/** Reads the bytes of a source. */
export interface Reader extends Handle {
  reserve(size: number): Bytes | undefined;
  commit(size: number): boolean;
  finish(): boolean;
}

/** A reader of records, some of which may be none. */
export interface RecordsReader extends Reader {
  rejectedCount(): number;
}

/** A reader of records as the service writes them. */
export interface PlainReader extends RecordsReader {
  /** Whether it has met another form; leftOver() is then all bytes from place() on. */
  hasStopped(): boolean;
  /** JSON of { offset, line, context, followsRecords }. */
  place(): Bytes;
  leftOver(): Bytes;
  /** From here on it takes lines of JSON. */
  readLines(): void;
  /** JSON of `Found` in wasm/js/engine/source_reader.js. */
  found(): Bytes;
}

export interface RecordsView extends Handle {
  size(): number;
  /** A part of an export; `format` is formatNumber() of rows_view.js. written() is the number of rows in it. */
  part(format: number, first: number, count: number): Bytes | undefined;
  written(): number;
  facets(field: string): Bytes | undefined;
  indexOf(id: string): number | undefined;
}

/** The answer to a query: null if there is no such sort; undefined if memory is full. */
export type Answer<View> = View | QueryErrorData | null | undefined;

/** An object that queries are run on. */
export interface QueryTarget extends Handle {
  /** The tokens of a query; their offsets count bytes of UTF-8. */
  tokens(text: string): Bytes | undefined;
}

/** The exports of both modules. */
export interface EngineModule {
  readError(status: number, errorType: string, requestId: string, body: string): ServiceErrorData;
  _canAllocate(bytes: number): boolean;
  /** As Handle.requireRoom(). */
  requireRoom(...texts: (string | undefined)[]): void;
}

/** The options of the glue that this package uses. */
export interface StartOptions {
  instantiateWasm(
    imports: WebAssembly.Imports,
    receive: (instance: Pick<WebAssembly.Instance, "exports">, module: WebAssembly.Module) => void,
  ): object;
  onAbort(reason: unknown): void;
}
