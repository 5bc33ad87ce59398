// The type of a .wasm file of this package, as whatever a bundler or runtime makes of its import: give it as the option.
import type { JobsOptions } from "./index.js";

declare const wasm: NonNullable<JobsOptions["wasm"]>;
export default wasm;
