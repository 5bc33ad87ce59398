// Temporary credentials of an Amazon Cognito identity pool, by two calls that need no signature.
import { makeClient } from "./client.js";
import { converse } from "./conversation.js";
import { InvalidResponseError } from "./errors.js";
import { parseView } from "./job_values.js";

/** @type {typeof import("../index.d.ts").fromCognitoIdentityPool} */
export function fromCognitoIdentityPool({ identityPoolId, region, logins, ...options }) {
  if (typeof identityPoolId !== "string" || !identityPoolId.includes(":")) {
    throw new TypeError("an identity pool's id has the form region:uuid");
  }
  const poolRegion = region ?? identityPoolId.slice(0, identityPoolId.indexOf(":"));
  /** @type {ReturnType<typeof makeClient> | undefined} */
  let pool;
  /** @type {string | undefined} */
  let identityId;
  return async () => {
    pool ??= makeClient("cognito-identity", { ...options, region: poolRegion });
    pool.catch(() => (pool = undefined));
    const caller = await pool;
    const Logins = typeof logins === "function" ? await logins() : logins;
    identityId ??= (await call(caller, "GetId", { IdentityPoolId: identityPoolId, Logins })).IdentityId;
    try {
      return credentialsOf(await call(caller, "GetCredentialsForIdentity", { IdentityId: identityId, Logins }));
    } catch (error) {
      identityId = undefined;
      throw error;
    }
  };
}

/**
 * @param {Awaited<ReturnType<typeof makeClient>>} caller
 * @param {string} operation
 * @param {object} input
 */
async function call({ module, engine, client }, operation, input) {
  const plainCall = new module.PlainCall(engine, `AWSCognitoIdentityService.${operation}`, JSON.stringify(input));
  try {
    await converse(plainCall, /** @type {import("./client.js").Reachable} */ (client), { signal: new AbortController().signal });
    return parseView(plainCall.answer());
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new InvalidResponseError({ message: `Cognito's answer to ${operation} is not JSON`, $metadata: { attempts: 1 } });
  } finally {
    plainCall.delete();
  }
}

/**
 * @param {{ Credentials?: { AccessKeyId?: any, SecretKey?: any, SessionToken?: any, Expiration?: any } }} answer not yet
 *   known to hold what it should
 * @returns {import("../index.d.ts").Credentials}
 */
function credentialsOf({ Credentials: { AccessKeyId, SecretKey, SessionToken, Expiration } = {} }) {
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretKey,
    sessionToken: SessionToken,
    expiration: Expiration === undefined ? undefined : new Date(Expiration * 1000),
  };
}
