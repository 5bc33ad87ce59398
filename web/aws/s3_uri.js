// Reads and writes s3:// URIs.

/** @param {{ Bucket?: string, Name?: string } | undefined} object */
export function s3Uri(object) {
  if (!object?.Bucket) return "";
  return `s3://${object.Bucket}/${object.Name ?? ""}`;
}

/**
 * @param {string} uri
 * @returns {{ bucket: string, key: string } | null} the key "" where only a bucket is named
 */
export function parseS3Uri(uri) {
  const [, bucket, key] = /^s3:\/\/([^/]+)\/(.*)$/s.exec(uri) ?? [];
  return bucket ? { bucket, key } : null;
}
