// What a refusal of S3 means for the one who wants to read a job's files or images, and what to do about it.

/**
 * @typedef {object} Asked what S3 was asked for
 * @property {string} uri of the object
 * @property {string} arn of the object
 * @property {string} bucketArn
 * @property {string} bucket
 * @property {string} region that the request was signed for
 * @property {boolean} isSigned
 * @property {string} [kmsKeyId] that the job encrypted it with
 */

/** @type {Record<string, (asked: Asked, words: string) => string>} by S3's name for it */
const advice = {
  AccessDenied: (asked, words) => (/\bkms:/i.test(words) ? mayNotDecrypt(asked) : mayNotRead(asked)),
  AuthorizationHeaderMalformed: elsewhere,
  ExpiredToken: expired,
  InvalidAccessKeyId: () =>
    "Check the access key and the session token: temporary keys, which begin with ASIA, need their token, and each " +
    "partition of AWS has keys of its own.",
  InvalidObjectState: ({ uri }) => `${uri} is archived: restore it first, or keep what is to be read out of archives.`,
  InvalidToken: () => "Check the session token: it is not the one that came with the access key.",
  NoSuchBucket: ({ bucket }) => `The bucket ${bucket} was deleted since the job read or wrote it.`,
  NoSuchKey: ({ uri }) =>
    `${uri} is not there any more: it was deleted or moved since the job read or wrote it, perhaps by a lifecycle ` +
    "rule.",
  PermanentRedirect: elsewhere,
  RequestTimeTooSkewed: () => "This machine's clock is wrong. Set it right.",
  SignatureDoesNotMatch: () =>
    "The secret key does not belong to the access key, or something on the way changes requests. Copy both afresh.",
  SlowDown: () => "S3 asks for fewer requests. Wait a little, then try again.",
  TemporaryRedirect: elsewhere,
  TokenRefreshRequired: expired,
};

/**
 * @param {Asked} asked
 * @param {{ name: string, message: string }} error
 * @returns {string}
 */
export function adviceOn(asked, { name, message }) {
  const advise = Object.hasOwn(advice, name) ? advice[name] : name.startsWith("KMS.") ? keyIsUnusable : () => "";
  const said = `S3 did not give ${asked.uri}: ${message}`;
  return `${said}${/[.!?]$/.test(said) ? "" : "."} ${advise(asked, message)}`.trim();
}

/** @param {Asked} asked */
function mayNotRead({ arn, bucketArn, isSigned, kmsKeyId }) {
  if (!isSigned) return `The request was not signed: give credentials that may do s3:GetObject on ${arn}.`;
  const alsoKey = kmsKeyId ? `, and kms:Decrypt on the key ${kmsKeyId}` : "";
  return (
    `Allow these credentials s3:GetObject on ${arn}${alsoKey}, in their policies and the bucket's. Without ` +
    `s3:ListBucket on ${bucketArn} S3 says the same of an object that is not there.`
  );
}

/** @param {Asked} asked */
function mayNotDecrypt({ kmsKeyId }) {
  const key = kmsKeyId ? `the key ${kmsKeyId}` : "the key that it names";
  return `It is encrypted: allow these credentials kms:Decrypt on ${key}, in their policies and the key's.`;
}

/** @param {Asked} asked */
function keyIsUnusable({ kmsKeyId }) {
  return `The key${kmsKeyId ? ` ${kmsKeyId}` : ""} that it is encrypted with must be enabled for it to be read.`;
}

/** @param {Asked} asked */
function elsewhere({ bucket, region }) {
  return `The bucket ${bucket} is not in ${region}: give the region or the s3Endpoint that it is in.`;
}

function expired() {
  return "The credentials have expired: get new ones, or give a function as credentials that does.";
}
