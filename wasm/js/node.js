// The entry for Node.
import "./platform/node.js";
export * from "./api.js";
