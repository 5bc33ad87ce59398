// The exceptions of the service and of its protocol, with their HTTP statuses, and the responses that tell of them.

const CONTENT_TYPE = "application/x-amz-json-1.1";

const STATUS = new Map(
  Object.entries({
    InternalServerError: 500,
    MethodNotAllowedException: 405,
    RequestEntityTooLargeException: 413,
    ThrottlingException: 500,
  }),
);

/** A refusal that the caller is told of. */
export class ServiceException extends Error {
  /**
   * @param {string} name
   * @param {string} message
   * @param {object} [options]
   * @param {number} [options.status] by default the documented one, or 400
   * @param {Record<string, string>} [options.headers] more of the response's headers
   */
  constructor(name, message, { status = STATUS.get(name) ?? 400, headers = {} } = {}) {
    super(message);
    this.name = name;
    this.status = status;
    this.headers = headers;
  }

  /** @returns {import("../rekognition/endpoint.js").Response} */
  get response() {
    return {
      status: this.status,
      headers: { "content-type": CONTENT_TYPE, "x-amzn-errortype": this.name, ...this.headers },
      body: JSON.stringify({ __type: this.name, Message: this.message }),
    };
  }
}

/**
 * A refusal of the caller's credentials or signature. What checks them stands before the service and answers as
 * other AWS JSON services do: `message` in small letters, no X-Amzn-Errortype.
 */
export class AuthenticationException extends ServiceException {
  get response() {
    return {
      status: this.status,
      headers: { "content-type": CONTENT_TYPE, ...this.headers },
      body: JSON.stringify({ __type: this.name, message: this.message }),
    };
  }
}

/** A refusal because of too many requests. */
export class Throttling extends ServiceException {}
