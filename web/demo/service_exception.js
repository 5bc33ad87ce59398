// The exceptions of the service and of its protocol, with their HTTP statuses.

const STATUS = {
  InternalServerError: 500,
  InvalidPaginationTokenException: 400,
  InvalidParameterException: 400,
  MethodNotAllowedException: 405,
  RequestEntityTooLargeException: 413,
  ResourceNotFoundException: 400,
  SerializationException: 400,
  UnknownOperationException: 400,
};

/** A refusal that the caller is told of. */
export class ServiceException extends Error {
  /**
   * @param {keyof STATUS} name
   * @param {string} message
   */
  constructor(name, message) {
    super(message);
    this.name = name;
    this.status = STATUS[name];
  }
}
