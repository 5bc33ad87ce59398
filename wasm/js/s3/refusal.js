// Refuses an object that is not what a job's record says: S3, a proxy or a sign-in page may answer anything with 200.
import { InvalidResponseError } from "../util/errors.js";
import { whatCame } from "./timed_stream.js";
import { TextDecoder } from "../util/web_classes.js";

/** @typedef {import("../util/any_response.js").Answer} Answer */

const shown = 200; // characters

/**
 * The error of an object in which nothing was found that it should have.
 * @param {Answer} response of namingBreaks() or whenRead(), which was read
 * @param {"results" | "summary"} kind what it should be
 * @param {string} [found] what it is instead, in the reader's words
 */
export function refuse(response, kind, found) {
  const { uri, bytes, head, metadata } = /** @type {import("./timed_stream.js").Came} */ (whatCame(response));
  const { httpStatusCode: status } = metadata;
  const start = [...new TextDecoder().decode(head)].slice(0, shown).join("");
  const message =
    bytes === 0
      ? `${uri} is empty (status ${status}, 0 bytes)${kind === "results" ? ", which says of no image that it is not flagged" : ""}`
      : `Could not read ${uri}: ${found ?? "it is something else"}. It begins with: ${start}`;
  return new InvalidResponseError({ message, $metadata: metadata });
}
