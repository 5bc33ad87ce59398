// The entry for edge runtimes, such as Vercel's and Next's.
import "./platform/edge_light.js";
export * from "./api.js";
