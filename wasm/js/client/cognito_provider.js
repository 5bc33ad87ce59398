// Gets temporary credentials from Amazon Cognito by two unsigned operations, GetId and GetCredentialsForIdentity.
import { makeClient } from "./client.js";
import { runOperation } from "./run_operation.js";
import { CognitoError, InvalidResponseError, NetworkError, ServiceError, TimeoutError } from "../util/errors.js";
import { parseView } from "../engine/decode.js";
import { makeAbortController } from "../util/web_classes.js";

const unanswered = [InvalidResponseError, NetworkError, TimeoutError];

/**
 * @param {import("../../index.d.ts").CognitoIdentityPoolOptions & { region: string }} options
 * @returns {import("../../index.d.ts").CredentialProvider}
 */
export function createProvider({ identityPoolId, region, logins, ...options }) {
  /** @type {ReturnType<typeof makeClient> | undefined} */
  let pool;
  /** @type {string | undefined} */
  let identityId;
  return async () => {
    pool ??= makeClient("cognito-identity", region, options);
    pool.catch(() => (pool = undefined));
    const caller = await pool;
    const Logins = typeof logins === "function" ? await logins() : logins;
    caller.client.secrets.add(...Object.values(Logins ?? {}));
    for (let isKnown = identityId !== undefined; ; isKnown = false) {
      identityId ??= (await call(caller, "GetId", { IdentityPoolId: identityPoolId, Logins })).IdentityId;
      try {
        return credentialsOf(await call(caller, "GetCredentialsForIdentity", { IdentityId: identityId, Logins }));
      } catch (error) {
        const isRefused = error instanceof CognitoError && error.$retryable === undefined;
        if (isRefused) identityId = undefined;
        const isDeleted = isRefused && error.name === "ResourceNotFoundException";
        if (!isKnown || !isDeleted) throw error;
      }
    }
  };
}

/**
 * Sends an operation of Cognito and returns its output.
 * @param {Awaited<ReturnType<typeof makeClient>>} caller
 * @param {string} operation
 * @param {object} input
 */
async function call({ module, engine, client }, operation, input) {
  const body = JSON.stringify(input);
  module.requireRoom(body);
  const call = new module.RawOperation(engine, client.peer, `AWSCognitoIdentityService.${operation}`, body);
  try {
    await runOperation(call, /** @type {import("./client.js").ServiceClient} */ (client), {
      signal: makeAbortController().signal,
    });
    return parseView(call.answer());
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw asCognitos(error);
    throw new InvalidResponseError({
      message: `Cognito's answer to ${operation} is not JSON`,
      $metadata: { attempts: 1 },
    });
  } finally {
    call.delete();
  }
}

/**
 * A refusal as Cognito's own; another error as it is.
 * @param {unknown} error
 */
function asCognitos(error) {
  const isRefusal = error instanceof ServiceError && !unanswered.some((ErrorClass) => error instanceof ErrorClass);
  if (!isRefusal) return error;
  const { name, message, $retryable, $metadata } = error;
  return new CognitoError({ name, message, $retryable, $metadata });
}

/**
 * The credentials in the output of GetCredentialsForIdentity. Their types are checked where they are used.
 * @param {{ Credentials?: { AccessKeyId?: any, SecretKey?: any, SessionToken?: any, Expiration?: any } }} answer
 * @returns {import("../../index.d.ts").Credentials}
 */
function credentialsOf({ Credentials: { AccessKeyId, SecretKey, SessionToken, Expiration } = {} }) {
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretKey,
    sessionToken: SessionToken,
    expiration: typeof Expiration === "number" ? new Date(Expiration * 1000) : Expiration,
  };
}
