// The entry for browsers, and for what knows no conditions of `exports`.
import "./platform/default.js";
export * from "./api.js";
