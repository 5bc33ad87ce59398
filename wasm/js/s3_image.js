// Images as S3 has them: who wrote them is unknown, so that their own bytes must say that they are images.
import { abortable } from "./abort.js";
import { ServiceError } from "./errors.js";

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
  const reader = (response.body ?? new Blob().stream()).getReader();
  try {
    requireSize(Number(response.headers.get("content-length")), uri);
    const chunks = [];
    for (let bytes = 0; ; ) {
      const { done, value } = await abortable(reader.read(), signal);
      if (done) break;
      chunks.push(value);
      requireSize((bytes += value.byteLength), uri);
    }
    const image = new Blob(chunks);
    return image.slice(0, image.size, await typeOf(image, uri));
  } catch (reason) {
    reader.cancel(reason).catch(() => {});
    throw reason;
  }
}

/**
 * @param {Blob} image
 * @param {string} uri
 */
async function typeOf(image, uri) {
  const start = new Uint8Array(await image.slice(0, 8).arrayBuffer());
  const found = Object.entries(beginnings).find(([, bytes]) => bytes.every((byte, index) => start[index] === byte));
  if (found) return found[0];
  throw new ServiceError({ name: "InvalidImageFormatException", message: `${uri} is neither a JPEG nor a PNG` });
}

/**
 * @param {number} bytes
 * @param {string} uri
 */
function requireSize(bytes, uri) {
  if (bytes > mostBytes) {
    const message = `${uri} has more than ${mostBytes.toLocaleString("en")} bytes, the most that an image may have`;
    throw new ServiceError({ name: "ImageTooLargeException", message });
  }
}
