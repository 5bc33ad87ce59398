// The platform of the entries for browsers, which run in Node too where they are imported by their paths.
import { platform } from "./platform.js";

platform.builtin = globalThis.process?.getBuiltinModule;
