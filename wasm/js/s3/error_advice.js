// Adds advice to S3's errors, for users who want to read the files or images of a job.

/**
 * @typedef {object} RefusedRequest the request that S3 refused
 * @property {string} uri of the object
 * @property {string} arn of the object
 * @property {string} bucketArn
 * @property {string} bucket
 * @property {string} region the region that the request was signed for
 * @property {string} partition the partition of that region
 * @property {boolean} isSigned
 * @property {boolean} isLeftUnsigned whether it was not signed although there are credentials
 * @property {{ region: string, partition: string }} told the bucket's region by S3's response
 * @property {boolean} isOutside whether that region is in another partition, which requests do not follow
 * @property {boolean} mayRequesterPay whether the bucket may be one whose requesters pay
 * @property {string} [version] the version that was requested
 * @property {string} [kmsKeyId] the key that the job encrypted the object with
 */

/** @type {Record<string, (request: RefusedRequest, words: string) => string>} by the name of S3's error */
const advice = {
  AccessDenied: (request, words) => (/\bkms:/i.test(words) ? mayNotDecrypt(request) : mayNotRead(request)),
  AuthorizationHeaderMalformed: elsewhere,
  ExpiredToken: expired,
  IllegalLocationConstraintException: elsewhere,
  InvalidAccessKeyId: () =>
    "Check the access key and the session token: temporary keys, which begin with ASIA, need their token, and each " +
    "partition of AWS has keys of its own.",
  InvalidObjectState: ({ uri }) =>
    `${uri} is archived: restore it first, and don't archive files that you still need to read.`,
  InvalidToken: () => "Check the session token: it is not the one that came with the access key.",
  NoSuchBucket: ({ bucket }) => `The bucket ${bucket} was deleted since the job read or wrote it.`,
  NoSuchKey: ({ uri }) =>
    `${uri} is not there any more: it was deleted or moved since the job read or wrote it, perhaps by a lifecycle ` +
    "rule.",
  NoSuchVersion: ({ uri, version }) =>
    `The version ${version} of ${uri} is not there any more: it was deleted for good since the job read or wrote it, ` +
    "perhaps by a lifecycle rule.",
  PermanentRedirect: elsewhere,
  PreconditionFailed: () => "It was overwritten while it was read: read it again.",
  RequestTimeTooSkewed: () => "This machine's clock is wrong. Set it right.",
  SignatureDoesNotMatch: () =>
    "The secret key does not belong to the access key, or a proxy alters the requests. Copy both again.",
  SlowDown: () => "S3 is throttling requests. Wait a moment, then try again.",
  TemporaryRedirect: elsewhere,
  TokenRefreshRequired: expired,
};

/**
 * The message of an error, with advice.
 * @param {RefusedRequest} request
 * @param {{ name: string, message: string }} error
 * @returns {string}
 */
export function adviceOn(request, { name, message }) {
  const byName = Object.hasOwn(advice, name) ? advice[name] : name.startsWith("KMS.") ? keyIsUnusable : () => "";
  const advise = request.isOutside ? outsidePartition : byName;
  const said = `Could not read ${request.uri}: ${message}`;
  return `${said}${/[.!?]$/.test(said) ? "" : "."} ${advise(request, message)}`.trim();
}

/** @param {RefusedRequest} request */
function mayNotRead({ arn, bucketArn, bucket, isSigned, isLeftUnsigned, mayRequesterPay, version, kmsKeyId }) {
  const action = version ? "s3:GetObjectVersion" : "s3:GetObject";
  if (isLeftUnsigned) {
    return (
      `The request was not signed, since no job here names the bucket ${bucket}: if these credentials may be used there, ` +
      "ask for it with the option `signed: true`."
    );
  }
  if (!isSigned) return `The request was not signed: use credentials with ${action} on ${arn}.`;
  const alsoKey = kmsKeyId ? `, and kms:Decrypt on the key ${kmsKeyId}` : "";
  const ofVersion = version ? ` Its version ${version} was asked for, as the job names it.` : "";
  const payment = mayRequesterPay
    ? ` If the bucket's requesters pay, ask with the option \`requestPayer: "requester"\`.`
    : "";
  return (
    `Allow these credentials ${action} on ${arn}${alsoKey}, in their policies and the bucket's.${ofVersion} Without ` +
    `s3:ListBucket on ${bucketArn} S3 also answers this for objects that don't exist.${payment}`
  );
}

/** @param {RefusedRequest} request */
function mayNotDecrypt({ kmsKeyId }) {
  const key = kmsKeyId ? `the key ${kmsKeyId}` : "the key that it names";
  return `It is encrypted: allow these credentials kms:Decrypt on ${key}, in their policies and the key's.`;
}

/** @param {RefusedRequest} request */
function keyIsUnusable({ kmsKeyId }) {
  return `The key${kmsKeyId ? ` ${kmsKeyId}` : ""} that it is encrypted with must be enabled for it to be read.`;
}

/** @param {RefusedRequest} request */
function elsewhere({ bucket, region }) {
  return `The bucket ${bucket} is not in ${region}: use the bucket's region or s3Endpoint.`;
}

/** @param {RefusedRequest} request */
function outsidePartition({ bucket, region, partition, told }) {
  return (
    `S3 says that the bucket ${bucket} is in ${told.region} (partition ${told.partition}). Requests for ${region} ` +
    `(partition ${partition}) do not follow it there: give that region, with credentials of that partition.`
  );
}

function expired() {
  return "The credentials have expired: get new ones.";
}
