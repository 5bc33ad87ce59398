// What Emscripten's glue has in common, whichever module it starts.

/** A C++ object, until delete(). */
export interface Handle {
  delete(): void;
  isDeleted(): boolean;
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
  reserve(size: number): Bytes;
  commit(size: number): void;
  finish(): void;
  readonly rejectedCount: number;
}

export interface RecordsView extends Handle {
  readonly size: number;
  rows(first: number, count: number): Bytes;
  facets(field: string): Bytes;
  exportPart(format: string, first: number, count: number): Bytes;
}

/** What is asked. */
export interface Asked extends Handle {
  /** Why the last query gave no view: null if there is no such sort, undefined if memory is short. */
  fault(): QueryFault | null | undefined;
}

/** What every module has. */
export interface EngineModule {
  readError(status: number, errorType: string, requestId: string, body: string): ServiceFault;
  putBy(): boolean;
}

/** Of the glue's options, those that are used here. */
export interface StartOptions {
  instantiateWasm(
    imports: WebAssembly.Imports,
    receive: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void,
  ): object;
  onAbort(reason: unknown): void;
}
