// Tells whether the bytes of a Response's body are those that were stored.

/** Encodings that are none of the body. S3 keeps "aws-chunked", which was of the upload. */
const plain = new Set(["", "identity", "aws-chunked"]);

/**
 * Whether `fetch` may have decoded the body, so that neither its length nor its offsets are the stored ones.
 * @param {{ headers: Pick<Headers, "get"> }} response
 */
export function mayBeDecoded({ headers }) {
  const encodings = (headers.get("content-encoding") ?? "").toLowerCase().split(",");
  return encodings.some((each) => !plain.has(each.trim()));
}
