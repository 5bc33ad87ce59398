// The types of the reader of other forms, by the names in wasm/formats_bindings.cpp.
import type { Bytes, Reader, StartOptions } from "./embind.js";

export interface FormatReading extends Reader {
  /** The jobs since the last call as lines of JSON. */
  jobs(): Bytes;
  rejectedCount(): number;
  /** JSON of `Found` in wasm/js/engine/listing_import.js. */
  found(): Bytes;
}

export interface FormatsModule {
  FormatReading: { new (offset: number, line: number, context: string, followsRecords: boolean): FormatReading };
  _canAllocate(bytes: number): boolean;
}

export default function createModule(options: StartOptions): Promise<FormatsModule>;
