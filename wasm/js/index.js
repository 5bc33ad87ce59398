// The public entry of rekognition-jobs.
export { fromCognitoIdentityPool } from "./cognito.js";
export { createJobs } from "./create_jobs.js";
export {
  AccessDeniedException,
  InternalServerError,
  InvalidPaginationTokenException,
  InvalidParameterException,
  InvalidResponseError,
  NetworkError,
  ProvisionedThroughputExceededException,
  QueryError,
  RepeatedTokenError,
  ResourceNotFoundException,
  ServiceError,
  ThrottlingException,
  TimeoutError,
} from "./errors.js";
export { openResults } from "./open_results.js";
