// Parses credentials as people copy them: shell exports, an AWS profile, JSON from the CLI.

const PAIR = /(access_?key_?id|secret_?(?:access_?)?key|session_?token)["']?\s*[=:]\s*["']?([^\s"',;]+)/gi;
const MEMBERS = { acc: "accessKeyId", sec: "secretAccessKey", ses: "sessionToken" };

/**
 * @param {string} text
 * @returns {{ accessKeyId: string, secretAccessKey: string, sessionToken?: string } | undefined} undefined when it does
 *   not name both keys
 */
export function readCredentials(text) {
  /** @type {any} */
  const found = {};
  for (const [, name, value] of text.matchAll(PAIR)) found[MEMBERS[name.slice(0, 3).toLowerCase()]] = value;
  return found.accessKeyId && found.secretAccessKey ? found : undefined;
}
