// The public functions and errors of rekognition-jobs, which every entry exports.
export { fromCognitoIdentityPool } from "./client/cognito.js";
export { createJobs } from "./create_jobs.js";
export { createJobsInWorker } from "./create_jobs_in_worker.js";
export { hostsOf, regionOf } from "./client/endpoint.js";
export {
  AccessDeniedException,
  CognitoError,
  CredentialsError,
  EngineError,
  InternalServerError,
  InvalidPaginationTokenException,
  InvalidParameterException,
  InvalidResponseError,
  NetworkError,
  OutOfMemoryError,
  ProvisionedThroughputExceededException,
  QueryError,
  RepeatedTokenError,
  ResourceNotFoundException,
  ServiceError,
  SnapshotError,
  ThrottlingException,
  TimeoutError,
} from "./util/errors.js";
export { openResults } from "./open_results.js";
export { sourceKind } from "./source_kind.js";
