// fromCognitoIdentityPool(): a provider of temporary credentials. It loads cognito_provider.js when it is first called.

/** @type {typeof import("../../index.d.ts").fromCognitoIdentityPool} */
export function fromCognitoIdentityPool({ identityPoolId, region, ...options }) {
  if (typeof identityPoolId !== "string" || !identityPoolId.includes(":")) {
    throw new TypeError("an identity pool's id has the form region:uuid");
  }
  const poolRegion = region ?? identityPoolId.slice(0, identityPoolId.indexOf(":"));
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
