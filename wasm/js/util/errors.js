// What can go wrong, as classes: one for each exception that the API documents, and for what is not the service's word.

/** A call to the service that failed. `name` is the service's own word for it, `UnknownError` when it gave none. */
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

/** No answer came: the network, the browser or a proxy is in the way. */
export class NetworkError extends ServiceError {}
/** No answer came within `requestTimeout`, or nothing more of what is read from S3. */
export class TimeoutError extends ServiceError {}
/** An answer that is not the API's; the message has the start of its body. */
export class InvalidResponseError extends ServiceError {}
/** The service gave a NextToken again that had been followed before. */
export class RepeatedTokenError extends ServiceError {}

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

/** Bundlers shorten the names of classes, but an error's name is part of what it says. */
for (const [name, ErrorClass] of new Map(classes).set("UnknownError", ServiceError)) {
  Object.defineProperty(ErrorClass.prototype, "name", { value: name, writable: true, configurable: true });
}

/** A query that cannot be read: where (UTF-16 indices into its text) and what could stand there instead. */
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

/** The engine's memory has no room for what a call needs; what it holds is as it was before the call. */
export class OutOfMemoryError extends RangeError {
  /** @param {string} message */
  constructor(message) {
    super(message);
    this.name = "OutOfMemoryError";
  }
}

/** Bytes that are no snapshot, not of this version, damaged or cut off. */
export class SnapshotError extends Error {
  /** @param {string} message */
  constructor(message) {
    super(message);
    this.name = "SnapshotError";
  }
}

/** The engine trapped: nothing that it holds can be trusted any more. */
export class EngineError extends Error {
  /** @param {unknown} cause what WebAssembly threw */
  constructor(cause) {
    super("the engine has stopped: close this, and read its source again", { cause });
    this.name = "EngineError";
  }
}

/**
 * Makes the error of the engine's fields.
 * @param {import("../../glue/embind.js").ServiceFault} fault
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
