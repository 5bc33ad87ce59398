// What Emscripten's glue has in common, whichever module it starts.

/** A C++ object, until delete(). */
export interface Handle {
  delete(): void;
  isDeleted(): boolean;
  /** Of wasm/js/engine/guard.js: throws an EngineError once the instance has stopped. */
  requireRunning(): void;
  /** Of wasm/js/memory.js: throws an OutOfMemoryError unless there is room for a call with these texts. */
  requireRoom(...texts: (string | undefined)[]): void;
}

/** JSON, as a view of the module's memory: to be read before anything can move it. */
export type Bytes = Uint8Array<ArrayBuffer>;

export interface QueryFault {
  start: number;
  end: number;
  message: string;
  expected: string[];
}

export interface ServiceFault {
  name: string;
  message: string;
  isRetryable: boolean;
  isThrottling: boolean;
  /** 0 when none came. */
  httpStatusCode: number;
  /** Empty when there is none. */
  requestId: string;
  attempts: number;
}

/** What takes a source's bytes in. */
export interface Reader extends Handle {
  reserve(size: number): Bytes | undefined;
  commit(size: number): boolean;
  finish(): boolean;
}

/** A reader of records, some of which may be none. */
export interface RecordsReader extends Reader {
  rejectedCount(): number;
}

export interface RecordsView extends Handle {
  size(): number;
  /** Of a format that query/export_format.h numbers; `written` rows of them, which may be fewer. */
  part(format: number, first: number, count: number): Bytes | undefined;
  written(): number;
  facets(field: string): Bytes | undefined;
  indexOf(id: string): number | undefined;
}

/** A query's: the error is null if there is no such sort; undefined if memory is short. */
export type Answer<View> = { view: View } | { view?: undefined; error: QueryFault | null } | undefined;

/** What is asked. */
export interface Asked extends Handle {
  /** The tokens of a query, in bytes of UTF-8. */
  tokens(text: string): Bytes | undefined;
}

/** What every module has. */
export interface EngineModule {
  readError(status: number, errorType: string, requestId: string, body: string): ServiceFault;
  _canAllocate(bytes: number): boolean;
  /** As a handle's. */
  requireRoom(...texts: (string | undefined)[]): void;
}

/** Of the glue's options, those that are used here. */
export interface StartOptions {
  instantiateWasm(
    imports: WebAssembly.Imports,
    receive: (instance: Pick<WebAssembly.Instance, "exports">, module: WebAssembly.Module) => void,
  ): object;
  onAbort(reason: unknown): void;
}
