// Reads an image from S3. Anyone may have written it, so its first bytes decide whether it is an image, and of which
// type.
import { abortable } from "../util/abort.js";
import { joined, streamFrom } from "../util/chunks.js";
import { ServiceError } from "../util/errors.js";
import { isGzip } from "../util/gzip.js";
import { DecompressionStream } from "../util/web_streams.js";
import { metadataOf } from "./timed_stream.js";

/** The service analyses no larger image. */
const mostBytes = 20 * 1024 * 1024;
/** The first bytes of the formats that the service accepts. */
const beginnings = { "image/jpeg": [0xff, 0xd8, 0xff], "image/png": [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] };

/**
 * Reads the body of a response as an image.
 * @param {import("../util/any_response.js").Answer} response a success, its body not yet read
 * @param {string} uri
 * @param {AbortSignal} signal
 * @returns {Promise<Blob>} with the type of its first bytes
 * @throws {ServiceError} with the service's name for the error of the image
 */
export async function readImage(response, uri, signal) {
  /**
   * @param {string} name
   * @param {string} words
   */
  const refusal = (name, words) =>
    new ServiceError({ name, message: `${uri} ${words}`, $metadata: metadataOf(response) });
  /** @param {number} bytes */
  const requireSize = (bytes) => {
    if (bytes <= mostBytes) return;
    const most = mostBytes.toLocaleString("en");
    throw refusal("ImageTooLargeException", `has more than ${most} bytes, the most that an image may have`);
  };
  /**
   * @param {ReadableStream<Uint8Array<ArrayBuffer>>} body
   * @param {number} [told] its size by the response's headers
   */
  const read = async (body, told = 0) => {
    const reader = body.getReader();
    try {
      requireSize(told);
      const chunks = [];
      for (let bytes = 0; ; ) {
        const { done, value } = await abortable(reader.read(), signal);
        if (done) return joined(chunks, bytes);
        chunks.push(value);
        requireSize((bytes += value.byteLength));
      }
    } catch (reason) {
      reader.cancel(reason).catch(() => {});
      throw reason;
    }
  };
  const body = response.body ?? streamOf(new Uint8Array(0));
  const stored = await read(body, Number(response.headers.get("content-length")));
  const image = isGzip(stored)
    ? await read(streamOf(stored).pipeThrough(new DecompressionStream("gzip"))).catch((reason) => {
        if (reason instanceof ServiceError || signal.aborted) throw reason;
        throw refusal("InvalidImageFormatException", "is compressed with gzip, and damaged");
      })
    : stored;
  const type = typeOf(image);
  if (type === undefined) throw refusal("InvalidImageFormatException", "is neither a JPEG nor a PNG");
  return new Blob([image], { type });
}

/** @param {Uint8Array<ArrayBuffer>} bytes */
function streamOf(bytes) {
  return streamFrom([bytes].values(), () => bytes);
}

/** @param {Uint8Array} image */
function typeOf(image) {
  return Object.entries(beginnings).find(([, bytes]) => bytes.every((byte, index) => image[index] === byte))?.[0];
}
