// Images as S3 has them: who wrote them is unknown, so that their own bytes must say that they are images.
import { abortable } from "../util/abort.js";
import { ServiceError } from "../util/errors.js";
import { metadataOf } from "./timed_stream.js";

/** No image that a job looks at is larger. */
const mostBytes = 20 * 1024 * 1024;
/** Of the formats that the service takes, what they begin with. */
const beginnings = { "image/jpeg": [0xff, 0xd8, 0xff], "image/png": [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] };

/**
 * @param {Response} response a success, its body not yet read
 * @param {string} uri
 * @param {AbortSignal} signal
 * @returns {Promise<Blob>} of the type that its bytes are
 * @throws {ServiceError} named as the service calls such images
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
  const reader = (response.body ?? new Blob().stream()).getReader();
  try {
    requireSize(Number(response.headers.get("content-length")));
    const chunks = [];
    for (let bytes = 0; ; ) {
      const { done, value } = await abortable(reader.read(), signal);
      if (done) break;
      chunks.push(value);
      requireSize((bytes += value.byteLength));
    }
    const image = new Blob(chunks);
    const type = await typeOf(image);
    if (type === undefined) throw refusal("InvalidImageFormatException", "is neither a JPEG nor a PNG");
    return image.slice(0, image.size, type);
  } catch (reason) {
    reader.cancel(reason).catch(() => {});
    throw reason;
  }
}

/** @param {Blob} image */
async function typeOf(image) {
  const start = new Uint8Array(await image.slice(0, 8).arrayBuffer());
  return Object.entries(beginnings).find(([, bytes]) => bytes.every((byte, index) => start[index] === byte))?.[0];
}
