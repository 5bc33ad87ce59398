// The web's classes of streams that are needed later than those of web_classes.js.
import { classOf } from "./web_classes.js";

export const DecompressionStream = classOf("DecompressionStream", "node:stream/web");
export const TransformStream = classOf("TransformStream", "node:stream/web");
