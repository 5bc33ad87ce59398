// Checks the AWS Signature Version 4 of a request to S3 with AWS's own implementation, and refuses in S3's words.

import {
  TOO_MANY_PARAMETERS,
  createSigners,
  hasTooMany,
  readAuthorization,
  readDate,
} from "../protocol/authentication.js";
import { decodePath } from "./address.js";
import { S3Exception } from "../protocol/s3_exception.js";
import { ServiceException } from "../protocol/service_exception.js";
import { sha256Hex } from "../protocol/sha256.js";

const ALGORITHM = "AWS4-HMAC-SHA256";
const MINUTES = 15;
const UNSIGNED = "UNSIGNED-PAYLOAD";

/**
 * @param {object} options
 * @param {Readonly<ReturnType<typeof import("../protocol/sessions.js").createSessions>>} options.sessions
 * @param {boolean} [options.strict] whether a request without a signature is refused too
 * @returns {(request: import("../rekognition/endpoint.js").Request, region: string, at: number) => Promise<string>} tells who asks,
 *   "" is nobody; or rejects with an S3Exception
 */
export function createS3Authentication({ sessions, strict = false }) {
  const signerOf = createSigners({ service: "s3", uriEscapePath: false });

  return async (request, region, at) => {
    const { authorization, "x-amz-date": date, "x-amz-security-token": token } = request.headers;
    if (!authorization) {
      if (strict) throw new S3Exception("AccessDenied");
      return "";
    }
    const { Credential, Signature, SignedHeaders, signingDate } = read(request.headers);
    const accessKeyId = checkScope(Credential, date, region);
    checkTime(signingDate, at);
    checkContent(request.headers["x-amz-content-sha256"], request.body);
    const signed = new Set(SignedHeaders.toLowerCase().split(";"));
    checkSigned(request.headers, signed);

    const session = sessions.find(accessKeyId, token);
    if (!session) throw new S3Exception("InvalidAccessKeyId");
    if (at >= session.expires) throw new S3Exception("ExpiredToken");
    const { method, path, query = {}, body } = request;
    if (hasTooMany(query)) throw new S3Exception("InvalidRequest", { message: TOO_MANY_PARAMETERS });
    const headers = Object.fromEntries(Object.entries(request.headers).filter(([name]) => signed.has(name)));
    const expected = await signerOf(session, region).sign(
      { method, protocol: "http:", hostname: "", path: canonical(path), query, headers, body },
      { signingDate, signableHeaders: signed },
    );
    if (!expected.headers.authorization.endsWith(`SignedHeaders=${SignedHeaders}, Signature=${Signature}`)) {
      throw new S3Exception("SignatureDoesNotMatch");
    }
    return sha256Hex(`${accessKeyId} ${token ?? ""}`);
  };
}

function read(headers) {
  try {
    const { algorithm, ...parameters } = readAuthorization(headers);
    if (algorithm !== ALGORITHM) throw malformed(`it must begin with ${ALGORITHM}.`);
    return { ...parameters, signingDate: readDate(headers["x-amz-date"]) };
  } catch (error) {
    if (error instanceof S3Exception || !(error instanceof ServiceException)) throw error;
    throw malformed(error.message);
  }
}

function checkScope(credential, date, region) {
  const parts = credential.split("/");
  const [accessKeyId, day, scopedRegion, service, terminator] = parts;
  if (parts.length !== 5) throw malformed('expecting "<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request".');
  if (day !== date.slice(0, 8)) throw malformed(`Invalid credential date "${day}".`);
  if (scopedRegion !== region) {
    throw malformed(`the region '${scopedRegion}' is wrong; expecting '${region}'`, { Region: region });
  }
  if (service !== "s3") throw malformed(`incorrect service "${service}". This endpoint belongs to "s3".`);
  if (terminator !== "aws4_request") throw malformed(`incorrect terminator "${terminator}".`);
  return accessKeyId;
}

function checkTime(signingDate, at) {
  if (Math.abs(signingDate - at) <= MINUTES * 60_000) return;
  throw new S3Exception("RequestTimeTooSkewed", {
    message: "The difference between the request time and the current time is too large.",
    details: {
      RequestTime: basic(signingDate),
      ServerTime: new Date(at).toISOString(),
      MaxAllowedSkewMilliseconds: String(MINUTES * 60_000),
    },
  });
}

function checkContent(told, body) {
  if (told === undefined) {
    throw new S3Exception("InvalidRequest", {
      message: "Missing required header for this request: x-amz-content-sha256",
    });
  }
  if (told !== UNSIGNED && told !== sha256Hex(body)) {
    throw new S3Exception("XAmzContentSHA256Mismatch", {
      message: "The provided 'x-amz-content-sha256' header does not match what was computed.",
    });
  }
}

/** The host and every x-amz- header must be signed. */
function checkSigned(headers, signed) {
  const unsigned = ["host", ...Object.keys(headers).filter((name) => name.startsWith("x-amz-"))].filter(
    (name) => !signed.has(name),
  );
  if (unsigned.length === 0) return;
  throw new S3Exception("AccessDenied", {
    message: "There were headers present in the request which were not signed",
    details: { HeadersNotSigned: unsigned.join(", ") },
  });
}

/** S3 signs the path as it is, each character but "/" and the unreserved ones encoded once, also an encoded "/". */
function canonical(path) {
  const encode = (part) => encodeURIComponent(part).replace(/[!'()*]/g, percentEncode);
  return path
    .split("/")
    .map((part) => encode(decodePath(part)))
    .join("/");
}

const percentEncode = (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;

const malformed = (message, details) =>
  new S3Exception("AuthorizationHeaderMalformed", {
    message: `The authorization header is malformed; ${message}`,
    details,
  });

const basic = (time) => time.toISOString().replace(/[-:]|\.\d{3}/g, "");
