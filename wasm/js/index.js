// The entry for browsers, and for what knows no conditions of `exports`.
import "./platform/any.js";
export * from "./api.js";
