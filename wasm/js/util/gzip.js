// Recognises gzip.

/**
 * Whether bytes begin as gzip does (RFC 1952, 2.3.1).
 * @param {Uint8Array} bytes
 */
export function isGzip(bytes) {
  return bytes.byteLength >= 2 && bytes[0] === 0x1f && bytes[1] === 0x8b;
}
