// The platform of the entries for Node, whose older versions have no process.getBuiltinModule().
import * as files from "node:fs/promises";
import { setImmediate } from "node:timers";
import * as threads from "node:worker_threads";
import { subtle } from "./node_crypto.js";
import { platform } from "./platform.js";

/** @type {Record<string, object>} */
const builtins = { "node:fs/promises": files, "node:worker_threads": threads };

platform.builtin = (name) => builtins[name];
platform.nextTask = setImmediate;
platform.subtle = subtle;
