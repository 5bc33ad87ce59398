// The entry for workerd, the runtime of Cloudflare Workers.
import "./platform/workerd.js";
export * from "./api.js";
