// A stand-in for Amazon Cognito's identity pools: GetId, and GetCredentialsForIdentity with sessions it knows.

import { ServiceException } from "../protocol/service_exception.js";

/**
 * @typedef {object} IdentityPool
 * @property {string} id such as us-east-1:11111111-2222-3333-4444-555555555555
 * @property {boolean} [guests] whether callers without logins get an identity; they do, if it is not given
 * @property {Record<string, string[]>} [logins] for each provider of logins the tokens that it issued to its one user
 * @property {number} [lifetimeMs] of the credentials, in milliseconds; an hour, if it is not given
 */

/**
 * @typedef {object} IdentityPools
 * @property {Record<string, import("../rekognition/operations.js").Operation>} operations by name
 * @property {(identityId: unknown) => void} deleteIdentity as an administrator of the pool may
 */

const POOL_ID = /^[\w-]+:[0-9a-f-]+$/;
const HOUR = 3_600_000;

/** Cognito tells of its exceptions in the headers too. */
class IdentityException extends ServiceException {
  get response() {
    const { status, headers } = super.response;
    return {
      status,
      headers: { ...headers, "x-amzn-errormessage": this.message },
      body: JSON.stringify({ __type: this.name, message: this.message }),
    };
  }
}

/**
 * @param {object} options
 * @param {readonly IdentityPool[]} [options.pools]
 * @param {Readonly<ReturnType<typeof import("../protocol/sessions.js").createSessions>>} options.sessions
 * @returns {IdentityPools}
 */
export function createIdentityPools({ pools = [], sessions }) {
  const identities = new Map();
  const ofLogin = new Map();

  const GetId = ({ IdentityPoolId, Logins }) => {
    const pool = pools.find(({ id }) => id === checkedId(IdentityPoolId, "identityPoolId"));
    if (!pool) throw notFound("IdentityPool", IdentityPoolId);
    const login = checkedLogin(pool, Logins);
    const known = login && ofLogin.get(`${pool.id} ${login}`);
    if (known) return JSON.stringify({ IdentityId: known });
    const IdentityId = `${pool.id.split(":")[0]}:${crypto.randomUUID()}`;
    identities.set(IdentityId, { pool, login });
    if (login) ofLogin.set(`${pool.id} ${login}`, IdentityId);
    return JSON.stringify({ IdentityId });
  };

  const GetCredentialsForIdentity = ({ IdentityId, Logins }, at) => {
    const identity = identities.get(checkedId(IdentityId, "identityId"));
    if (!identity) throw notFound("Identity", IdentityId);
    const { pool, login } = identity;
    if (login === undefined ? hasLogins(Logins) : checkedLogin(pool, Logins) !== login) {
      throw notAuthorized(`Access to Identity '${IdentityId}' is forbidden.`);
    }
    const issued = sessions.issue({ expiration: Math.floor((at + (pool.lifetimeMs ?? HOUR)) / 1000) * 1000 });
    const Credentials = {
      AccessKeyId: issued.accessKeyId,
      Expiration: issued.expiration.getTime() / 1000,
      SecretKey: issued.secretAccessKey,
      SessionToken: issued.sessionToken,
    };
    return JSON.stringify({ Credentials, IdentityId });
  };

  const deleteIdentity = (identityId) => {
    identities.delete(identityId);
    for (const [login, id] of ofLogin) if (id === identityId) ofLogin.delete(login);
  };

  return { operations: { GetId, GetCredentialsForIdentity }, deleteIdentity };
}

function checkedId(value, member) {
  if (typeof value === "string" && value.length <= 55 && POOL_ID.test(value)) return value;
  throw new IdentityException(
    typeof value === "string" || value === undefined ? "ValidationException" : "SerializationException",
    `1 validation error detected: Value at '${member}' failed to satisfy constraint: ` +
      "Member must satisfy regular expression pattern: [\\w-]+:[0-9a-f-]+",
  );
}

/** Who is logged in: the provider of the login, or undefined for a guest. */
function checkedLogin(pool, Logins) {
  if (!hasLogins(Logins)) {
    if (pool.guests !== false) return undefined;
    throw notAuthorized("Unauthenticated access is not supported for this identity pool.");
  }
  const [[provider, token]] = Object.entries(Logins);
  if (!Object.hasOwn(pool.logins ?? {}, provider)) {
    throw notAuthorized("Token is not from a supported provider of this identity pool.");
  }
  if (!pool.logins[provider].includes(token)) {
    throw notAuthorized("Invalid login token. Can't parse or verify it.");
  }
  return provider;
}

const hasLogins = (Logins) => typeof Logins === "object" && Logins !== null && Object.keys(Logins).length > 0;

const notAuthorized = (message) => new IdentityException("NotAuthorizedException", message);

const notFound = (what, id) => new IdentityException("ResourceNotFoundException", `${what} '${id}' not found.`);
