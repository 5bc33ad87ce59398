// The types of the reader of other forms, by the names in wasm/formats_bindings.cpp.
import type { Bytes, Reader, StartOptions } from "./embind.js";

export interface FormatReading extends Reader {
  /** The records since the last call as lines of JSON. */
  lines(): Bytes;
  rejectedCount(): number;
  /** JSON of `Found` in wasm/js/engine/source_reader.js. */
  found(): Bytes;
}

export interface FormatsModule {
  FormatReading: { new (readsImages: boolean, offset: number, line: number, context: string, followsRecords: boolean): FormatReading };
  sourceKind(head: Uint8Array): "listing" | "results" | "summary";
  _canAllocate(bytes: number): boolean;
}

export default function createModule(options: StartOptions): Promise<FormatsModule>;
