// Turns the account form into a request to connect: location, caller and credentials.
import { fromCognitoIdentityPool, hostsOf, regionOf } from "rekognition-jobs";
import { callerOfKey } from "./identity.js";
import { bareText } from "./pasted_credentials.js";

/** @typedef {Record<string, string>} Written  the form's fields by their names */

/** The variants of an endpoint, by the names of createJobs' options. */
export const VARIANTS = /** @type {const} */ ({
  useFipsEndpoint: "FIPS endpoint",
  useDualstackEndpoint: "Dual-stack endpoint (IPv4 and IPv6)",
});

const given = (written, name) => bareText(written[name] ?? "") || undefined;

/** @param {HTMLFormElement} form @returns {Written} */
export function writtenIn(form) {
  return Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value)]));
}

/**
 * Removes the secrets, which stay in their fields.
 * @param {Written} written
 */
export function withoutSecrets({ accessKeyId, secretAccessKey, sessionToken, token, ...written }) {
  return written;
}

/**
 * @param {Written} written
 * @returns {import("./identity.js").Place}
 * @throws {TypeError} for a region that is none
 */
export function placeOf(written) {
  const [endpoint, s3Endpoint] = [given(written, "endpoint"), given(written, "s3Endpoint")];
  return {
    region: regionOf(written.region) ?? "us-east-1",
    ...(endpoint ? { endpoint } : {}),
    ...(s3Endpoint ? { s3Endpoint } : {}),
    ...Object.fromEntries(
      Object.keys(VARIANTS)
        .filter((name) => name in written)
        .map((name) => [name, true]),
    ),
  };
}

/**
 * Returns every host that requests will go to.
 * @param {Written} written
 * @returns {Readonly<ReturnType<typeof hostsOf>> | undefined} undefined while the form names no valid one
 */
export function hostsIn(written) {
  const identityPoolId = written.how === "pool" ? given(written, "identityPoolId") : undefined;
  try {
    return hostsOf({ ...placeOf(written), identityPoolId });
  } catch {
    return undefined;
  }
}

/**
 * @param {Written} written
 * @returns {Promise<import("./sources.js").Request>}
 */
export async function requestOf(written) {
  const place = placeOf(written);
  const text = (name) => given(written, name);
  if (written.how === "none") return { place, caller: { how: "none" } };
  if (written.how === "keys") {
    const keys = {
      accessKeyId: text("accessKeyId"),
      secretAccessKey: text("secretAccessKey"),
      sessionToken: text("sessionToken"),
    };
    return {
      place,
      caller: await callerOfKey(keys.accessKeyId ?? ""),
      // They expire at once, so that each request uses the ones given last.
      credentials: async () => ({ ...keys, expiration: new Date(Date.now() + 1) }),
    };
  }
  const [identityPoolId, login, token] = ["identityPoolId", "login", "token"].map(text);
  if (!login || !token) return { place, caller: { how: "pool", identityPoolId } };
  const credentials = fromCognitoIdentityPool({
    identityPoolId,
    logins: { [login]: token },
    ...(place.endpoint ? { endpoint: place.endpoint } : {}),
  });
  return { place, caller: { how: "pool", identityPoolId, login }, credentials };
}
