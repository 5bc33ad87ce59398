// The credentials that the emulator knows: AWS's documented example, and sessions given or issued for a while.

/**
 * @typedef {object} Credentials
 * @property {string} accessKeyId
 * @property {string} secretAccessKey
 * @property {string} [sessionToken]
 * @property {Date | number | string} [expiration]
 */

/** The one lasting key pair, from AWS's documentation. */
export const EXAMPLE = Object.freeze({
  accessKeyId: "AKIDEXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
});

const HOUR = 3_600_000;

/**
 * @param {readonly Credentials[]} [given] known from the start, besides the example
 * @param {() => number} [now]
 */
export function createSessions(given = [], now = Date.now) {
  const known = new Map();
  let issued = 0;

  /**
   * Makes credentials known: a session if they have a token, which then expires at `expiration`, if that is there.
   * @param {Credentials} credentials
   */
  const add = ({ accessKeyId, secretAccessKey, sessionToken, expiration }) => {
    for (const [name, text] of Object.entries({ accessKeyId, secretAccessKey, sessionToken: sessionToken ?? "-" })) {
      if (typeof text !== "string" || text === "")
        throw new TypeError(`A session's ${name} must be a string, not empty.`);
    }
    const expires = expiration === undefined ? Infinity : new Date(expiration).getTime();
    if (Number.isNaN(expires)) throw new TypeError("A session's expiration must be a date.");
    known.set(keyOf(accessKeyId, sessionToken), { accessKeyId, secretAccessKey, expires });
  };

  add(EXAMPLE);
  given.forEach(add);

  return {
    add,

    /**
     * Issues temporary credentials and knows them from then on.
     * @param {{ expiration?: Date | number }} [options] an hour from now, if it is not given
     * @returns {{ accessKeyId: string, secretAccessKey: string, sessionToken: string, expiration: Date }}
     */
    issue({ expiration = now() + HOUR } = {}) {
      issued++;
      const credentials = {
        accessKeyId: `ASIDEXAMPLE${issued}`,
        secretAccessKey: randomText(30),
        sessionToken: randomText(120),
        expiration: new Date(expiration),
      };
      add(credentials);
      return credentials;
    },

    /**
     * @param {string} accessKeyId
     * @param {string} [sessionToken]
     * @returns {{ accessKeyId: string, secretAccessKey: string, expires: number } | undefined} always the same object
     */
    find: (accessKeyId, sessionToken) => known.get(keyOf(accessKeyId, sessionToken)),
  };
}

const keyOf = (accessKeyId, sessionToken = "") => `${accessKeyId} ${sessionToken}`;

function randomText(bytes) {
  return btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(bytes))));
}
