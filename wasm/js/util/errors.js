// The error classes: one for each exception that the API documents, and those of this module.

/** A call to the service that failed. `name` is the service's name for the error, `UnknownError` if it sent none. */
export class ServiceError extends Error {
  /**
   * @param {object} fields
   * @param {string} [fields.name]
   * @param {string} fields.message
   * @param {{ throttling: boolean }} [fields.$retryable] whether another attempt may help
   * @param {{ httpStatusCode?: number, requestId?: string, attempts: number }} [fields.$metadata]
   * @param {unknown} [fields.cause]
   */
  constructor({ name, message, $retryable, $metadata = { attempts: 0 }, cause }) {
    super(message, cause === undefined ? undefined : { cause });
    if (name !== undefined) this.name = name;
    this.$retryable = $retryable;
    this.$metadata = $metadata;
  }
}

/** There are no credentials to sign with: their provider failed or did not answer. Nothing was sent. */
export class CredentialsError extends ServiceError {}
/** No response came: the network, the browser or a proxy blocks it. */
export class NetworkError extends ServiceError {}
/** No response came within `requestTimeout`, or no more bytes of an object from S3. */
export class TimeoutError extends ServiceError {}
/** A response that is not the API's; the message has the start of its body. */
export class InvalidResponseError extends ServiceError {}
/** The service returned a NextToken that it had returned before. */
export class RepeatedTokenError extends ServiceError {}

/** A refusal of Amazon Cognito. `name` is its own name for it, which may be that of another error of Rekognition. */
export class CognitoError extends ServiceError {}

export class AccessDeniedException extends ServiceError {}
export class InternalServerError extends ServiceError {}
export class InvalidPaginationTokenException extends ServiceError {}
export class InvalidParameterException extends ServiceError {}
export class ProvisionedThroughputExceededException extends ServiceError {}
export class ResourceNotFoundException extends ServiceError {}
export class ThrottlingException extends ServiceError {}

/** @type {Map<string, typeof ServiceError>} */
const classes = new Map(
  Object.entries({
    CredentialsError,
    NetworkError,
    TimeoutError,
    InvalidResponseError,
    RepeatedTokenError,
    AccessDeniedException,
    InternalServerError,
    InvalidPaginationTokenException,
    InvalidParameterException,
    ProvisionedThroughputExceededException,
    ResourceNotFoundException,
    ThrottlingException,
  }),
);

/** Bundlers shorten the names of classes, so each error class states its name. */
for (const [name, ErrorClass] of new Map(classes).set("UnknownError", ServiceError).set("CognitoError", CognitoError)) {
  Object.defineProperty(ErrorClass.prototype, "name", { value: name, writable: true, configurable: true });
}

/** A query with an error: its position (UTF-16 indices into the text), and what was expected there. */
export class QueryError extends Error {
  /** @param {{ message: string, start: number, end: number, expected: string[] }} fields */
  constructor({ message, start, end, expected }) {
    super(message);
    this.name = "QueryError";
    this.start = start;
    this.end = end;
    this.expected = expected;
  }
}

/** The engine's memory has no room for what a call needs; existing data is unchanged. */
export class OutOfMemoryError extends RangeError {
  /** @param {string} message */
  constructor(message) {
    super(message);
    this.name = "OutOfMemoryError";
  }
}

/** The bytes are not a snapshot, are damaged or cut off, or are of another version. */
export class SnapshotError extends Error {
  /** @param {string} message */
  constructor(message) {
    super(message);
    this.name = "SnapshotError";
  }
}

/** The engine trapped: its data can no longer be trusted. */
export class EngineError extends Error {
  /** @param {unknown} cause what WebAssembly threw */
  constructor(cause) {
    super("the engine has stopped: close this, and read its source again", { cause });
    this.name = "EngineError";
  }
}

/**
 * Makes an error from the engine's fields.
 * @param {import("../../glue/embind.js").ServiceErrorData} data
 * @param {unknown} [cause]
 */
export function serviceError({ name, message, isRetryable, isThrottling, httpStatusCode, requestId, attempts }, cause) {
  /** @type {ServiceError["$metadata"]} */
  const $metadata = { attempts };
  if (httpStatusCode !== 0) $metadata.httpStatusCode = httpStatusCode;
  if (requestId !== "") $metadata.requestId = requestId;
  const ErrorClass = classes.get(name) ?? ServiceError;
  return new ErrorClass({
    name,
    message,
    $retryable: isRetryable ? { throttling: isThrottling } : undefined,
    $metadata,
    cause,
  });
}
