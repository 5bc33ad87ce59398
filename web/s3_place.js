// Where an s3:// URI points.

/**
 * @param {string} uri
 * @returns {{ bucket: string, key: string } | null} the key "" where only a bucket is named
 */
export function placeOf(uri) {
  const [, bucket, key] = /^s3:\/\/([^/]+)\/(.*)$/s.exec(uri) ?? [];
  return bucket ? { bucket, key } : null;
}
