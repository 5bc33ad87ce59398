// fromCognitoIdentityPool(): a provider of temporary credentials. It loads cognito_provider.js when it is first called.
import { plainText } from "../util/plain_text.js";
import { regionOf } from "./endpoint.js";

/** @type {typeof import("../../index.d.ts").fromCognitoIdentityPool} */
export function fromCognitoIdentityPool({ identityPoolId: given, region, ...options }) {
  const identityPoolId = typeof given === "string" ? plainText(given) : "";
  const poolRegion = identityPoolId.includes(":") && (regionOf(region) ?? regionOf(identityPoolId.split(":")[0]));
  if (!poolRegion) throw new TypeError("an identity pool's id has the form region:uuid");
  /** @type {Promise<import("../../index.d.ts").CredentialProvider> | undefined} */
  let provider;
  return async () => {
    provider ??= import("./cognito_provider.js").then(({ createProvider }) =>
      createProvider({ ...options, identityPoolId, region: poolRegion }),
    );
    provider.catch(() => (provider = undefined));
    return (await provider)();
  };
}
