// Checks the AWS Signature Version 4 of a request with AWS's own implementation, and refuses as AWS JSON services do.
//
// The order of the checks and the words are those of AWS's services. What the caller sent is never repeated in them:
// a header that was put together wrongly may hold the secret itself.

import { SignatureV4 } from "@smithy/signature-v4";
import { AuthenticationException } from "./service_exception.js";
import { Sha256, sha256Hex } from "./sha256.js";

/** @typedef {import("../rekognition/endpoint.js").Request} Request */

const ALGORITHM = "AWS4-HMAC-SHA256";
const PARAMETERS = ["Credential", "Signature", "SignedHeaders"];
const MINUTES = 5;
/** Of a signed request: the signer's time grows with the square of their number. */
const MAX_PARAMETERS = 100;

/**
 * @param {object} options
 * @param {Readonly<ReturnType<typeof import("./sessions.js").createSessions>>} options.sessions
 * @param {string} options.region
 * @param {string} [options.service]
 * @param {boolean} [options.strict] whether a request without a signature is refused too
 * @returns {(request: Request, at: number) => Promise<string>} tells who asks, in a form that holds no secret and is
 *   only good for telling callers apart ("" is nobody), or rejects with an AuthenticationException
 */
export function createAuthentication({ sessions, region, service = "rekognition", strict = false }) {
  const signerOf = createSigners({ service });

  return async (request, at) => {
    const { authorization, "x-amz-date": date, "x-amz-security-token": token } = request.headers;
    if (!authorization) {
      if (strict) throw refusal("MissingAuthenticationTokenException", "Missing Authentication Token");
      return "";
    }
    const { algorithm, Credential, Signature, SignedHeaders } = readAuthorization(request.headers);
    const signingDate = readDate(date);
    checkAge(signingDate, at);
    const signed = new Set(SignedHeaders.toLowerCase().split(";"));
    checkSigned(request.headers, signed);
    if (algorithm !== ALGORITHM) throw incomplete(`Unsupported AWS 'algorithm' (only ${ALGORITHM} for now).`);
    const accessKeyId = checkScope(Credential, date);

    const session = sessions.find(accessKeyId, token);
    if (!session) {
      throw refusal("UnrecognizedClientException", "The security token included in the request is invalid.");
    }
    if (at >= session.expires) {
      throw refusal("ExpiredTokenException", "The security token included in the request is expired");
    }
    const { method, path = "/", query = {}, body } = request;
    if (hasTooMany(query)) throw refusal("ValidationException", TOO_MANY_PARAMETERS);
    const headers = Object.fromEntries(Object.entries(request.headers).filter(([name]) => signed.has(name)));
    const expected = await signerOf(session, region).sign(
      { method, protocol: "http:", hostname: "", path, query, headers, body },
      { signingDate, signableHeaders: signed },
    );
    const told = `SignedHeaders=${SignedHeaders}, Signature=${Signature}`;
    if (!isBodyHash(headers["x-amz-content-sha256"], body) || !expected.headers.authorization.endsWith(told)) {
      throw invalid(
        "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access " +
          "Key and signing method. Consult the service documentation for details.",
      );
    }
    return sha256Hex(`${accessKeyId} ${token ?? ""}`);
  };

  function checkScope(credential, date) {
    const parts = credential.split("/");
    if (parts.length !== 5) {
      throw incomplete("Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term.");
    }
    const [accessKeyId, day, scopedRegion, scopedService, terminator] = parts;
    const wrong = [];
    if (scopedRegion !== region) wrong.push(`Credential should be scoped to a valid region: '${region}'.`);
    if (scopedService !== service) wrong.push(`Credential should be scoped to correct service: '${service}'.`);
    if (terminator !== "aws4_request") {
      wrong.push("Credential should be scoped with a valid terminator: 'aws4_request'.");
    }
    if (day !== date.slice(0, 8)) {
      wrong.push("Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP.");
    }
    if (wrong.length > 0) throw invalid(wrong.join(" "));
    return accessKeyId;
  }
}

export const TOO_MANY_PARAMETERS = `A signed request may have ${MAX_PARAMETERS} parameters.`;

/**
 * @param {Record<string, string | string[]>} query
 * @returns {boolean} whether it has more parameters than are checked
 */
export const hasTooMany = (query) => Object.values(query).flat().length > MAX_PARAMETERS;

/**
 * Signers with the keys of sessions, each made once.
 * @param {{ service: string, uriEscapePath?: boolean }} options
 * @returns {(session: { accessKeyId: string, secretAccessKey: string }, region: string) => SignatureV4}
 */
export function createSigners(options) {
  const signers = new WeakMap();
  return (session, region) => {
    if (!signers.has(session)) signers.set(session, new Map());
    const ofSession = signers.get(session);
    if (!ofSession.has(region)) {
      const { accessKeyId, secretAccessKey } = session;
      const credentials = { accessKeyId, secretAccessKey };
      ofSession.set(region, new SignatureV4({ ...options, credentials, region, sha256: Sha256, applyChecksum: false }));
    }
    return ofSession.get(region);
  };
}

/**
 * The parts of an Authorization header; throws when one is missing.
 * @param {Record<string, string | undefined>} headers
 * @returns {{ algorithm: string, Credential: string, Signature: string, SignedHeaders: string }}
 */
export function readAuthorization(headers) {
  const [algorithm, ...rest] = headers.authorization.trim().split(/[\s,]+/);
  /** @type {any} */
  const parameters = {};
  for (const part of rest) {
    const equals = part.indexOf("=");
    if (equals < 1) throw incomplete("Not a valid key=value pair (missing equal-sign) in Authorization header.");
    parameters[part.slice(0, equals)] = part.slice(equals + 1);
  }
  const missing = PARAMETERS.filter((name) => !parameters[name]).map(
    (name) => `Authorization header requires '${name}' parameter.`,
  );
  if (!headers["x-amz-date"]) missing.push("Authorization header requires existence of a 'X-Amz-Date' header.");
  if (missing.length > 0) throw incomplete(missing.join(" "));
  return { algorithm, ...parameters };
}

/**
 * @param {string} date in ISO 8601's basic format
 * @returns {Date}
 */
export function readDate(date) {
  const iso = date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z");
  const time = new Date(iso);
  if (iso === date || Number.isNaN(time.getTime())) {
    throw incomplete("Date must be in ISO-8601 'basic format'. See http://en.wikipedia.org/wiki/ISO_8601");
  }
  return time;
}

function checkAge(signingDate, at) {
  const now = Math.floor(at / 1000) * 1000;
  const limit = MINUTES * 60_000;
  const date = basic(signingDate);
  if (signingDate < now - limit) {
    const earliest = `${basic(now - limit)} (${basic(now)} - ${MINUTES} min.)`;
    throw invalid(`Signature expired: ${date} is now earlier than ${earliest}`);
  }
  if (signingDate > now + limit) {
    const latest = `${basic(now + limit)} (${basic(now)} + ${MINUTES} min.)`;
    throw invalid(`Signature not yet current: ${date} is still later than ${latest}`);
  }
}

/** The host and every x-amz- header must be signed, by the rules of Signature Version 4. */
function checkSigned(headers, signed) {
  for (const name of ["host", ...Object.keys(headers).filter((name) => name.startsWith("x-amz-"))]) {
    if (!signed.has(name)) throw invalid(`'${name}' must be a 'SignedHeader' in the AWS Authorization.`);
  }
}

const isBodyHash = (told, body) => told === undefined || told === sha256Hex(body);

const basic = (time) => new Date(time).toISOString().replace(/[-:]|\.\d{3}/g, "");

const refusal = (name, message) => new AuthenticationException(name, message);

const incomplete = (message) => refusal("IncompleteSignatureException", message);

const invalid = (message) => refusal("InvalidSignatureException", message);
