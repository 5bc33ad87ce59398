// The refusals of S3, with their HTTP statuses, and the XML that tells of them.

import { ServiceException } from "./service_exception.js";

const STATUS = new Map(
  Object.entries({
    AccessDenied: 403,
    AccessForbidden: 403,
    AuthorizationHeaderMalformed: 400,
    ExpiredToken: 400,
    InternalError: 500,
    InvalidAccessKeyId: 403,
    InvalidObjectState: 403,
    InvalidRange: 416,
    InvalidRequest: 400,
    MethodNotAllowed: 405,
    NoSuchBucket: 404,
    NoSuchKey: 404,
    NoSuchVersion: 404,
    NotImplemented: 501,
    PermanentRedirect: 301,
    PreconditionFailed: 412,
    RequestTimeTooSkewed: 403,
    ServiceUnavailable: 503,
    SignatureDoesNotMatch: 403,
    SlowDown: 503,
    XAmzContentSHA256Mismatch: 400,
  }),
);

const MESSAGES = new Map(
  Object.entries({
    AccessDenied: "Access Denied",
    ExpiredToken: "The provided token has expired.",
    InternalError: "We encountered an internal error. Please try again.",
    InvalidAccessKeyId: "The AWS Access Key Id you provided does not exist in our records.",
    InvalidObjectState: "The operation is not valid for the object's storage class",
    InvalidRange: "The requested range is not satisfiable",
    NoSuchBucket: "The specified bucket does not exist",
    NoSuchKey: "The specified key does not exist.",
    PermanentRedirect:
      "The bucket you are attempting to access must be addressed using the specified endpoint. " +
      "Please send all future requests to this endpoint.",
    PreconditionFailed: "At least one of the pre-conditions you specified did not hold",
    SignatureDoesNotMatch:
      "The request signature we calculated does not match the signature you provided. " +
      "Check your key and signing method.",
    SlowDown: "Please reduce your request rate.",
  }),
);

/** A refusal in S3's form. */
export class S3Exception extends ServiceException {
  /**
   * @param {string} name
   * @param {object} [options]
   * @param {string} [options.message] S3's own words, if it is not given
   * @param {number} [options.status]
   * @param {Record<string, string>} [options.headers]
   * @param {Record<string, string>} [options.details] more elements of the document
   */
  constructor(
    name,
    { message = MESSAGES.get(name) ?? name, status = STATUS.get(name) ?? 400, headers, details = {} } = {},
  ) {
    super(name, message, { status, headers });
    this.details = details;
  }

  /** @returns {import("../rekognition/endpoint.js").Response} */
  get response() {
    const elements = { Code: this.name, Message: this.message, ...this.details };
    const told = Object.entries(elements).map(([name, text]) => `<${name}>${escaped(text)}</${name}>`);
    return {
      status: this.status,
      headers: { "content-type": "application/xml", ...this.headers },
      body: `<?xml version="1.0" encoding="UTF-8"?>\n<Error>${told.join("")}</Error>`,
    };
  }
}

/** What XML cannot hold, whether or not it is escaped. */
const UNWRITABLE = /[\0-\x08\v\f\x0e-\x1f\ufffe\uffff]|\p{Surrogate}/gu;
const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escaped = (text) => text.replace(UNWRITABLE, "\ufffd").replace(/[&<>"]/g, (character) => ENTITIES[character]);
