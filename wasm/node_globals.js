// Globals that the CommonJS build takes from Node's modules: the environments of test runners hide them.
export { TransformStream, ReadableStream, DecompressionStream } from "node:stream/web";
export { TextDecoder, TextEncoder } from "node:util";
