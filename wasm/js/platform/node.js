// The platform of the entries for Node, whose older versions have no process.getBuiltinModule().
import * as files from "node:fs/promises";
import * as streams from "node:stream/web";
import { setImmediate } from "node:timers";
import * as util from "node:util";
import * as threads from "node:worker_threads";
import { subtle } from "./node_crypto.js";
import { platform } from "./platform.js";

/** @type {Record<string, object>} */
const builtins = {
  "node:fs/promises": files,
  "node:stream/web": streams,
  "node:util": util,
  "node:worker_threads": threads,
};

platform.builtin = (name) => builtins[name];
platform.nextTask = setImmediate;
platform.subtle = subtle;
