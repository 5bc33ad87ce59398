// Which names the server answers for. A page of elsewhere whose name leads to this machine (DNS rebinding) would
// otherwise be of the same origin, and read all that is served here.

import { BlockList, isIP } from "node:net";
import { quoted } from "../protocol/quoted.js";

/** A host and its port as a Host header has them. */
const AUTHORITY = /^(?:\[(?<address>[\da-f:.]+)\]|(?<name>[\w.-]+))(?::\d{0,5})?$/i;

/**
 * @param {string} authority
 * @returns {string | undefined} the host in lower case, without port, brackets and trailing dot; undefined when it is none
 */
export function hostOf(authority) {
  const { address, name } = AUTHORITY.exec(authority)?.groups ?? {};
  if (address !== undefined) return isIP(address) === 6 ? address.toLowerCase() : undefined;
  return name?.toLowerCase().replace(/\.$/, "") || undefined;
}

/**
 * @param {readonly string[]} [allowed] hosts besides the loopback names and addresses
 * @returns {(authority: string) => boolean} whether a Host header's value, with or without a port, names this server
 */
export function createHostCheck(allowed = []) {
  const names = new Set();
  const addresses = new BlockList();
  addresses.addSubnet("127.0.0.0", 8, "ipv4");
  addresses.addAddress("::1", "ipv6");
  for (const each of allowed) {
    const host = hostOf(isIP(each) === 6 ? `[${each}]` : each);
    if (host === undefined) throw new RangeError(`An allowed host must be a name or an address, not ${quoted(each)}.`);
    if (isIP(host)) addresses.addAddress(host, familyOf(host));
    else names.add(host);
  }

  return (authority) => {
    const host = hostOf(authority);
    if (host === undefined) return false;
    if (isIP(host)) return addresses.check(host, familyOf(host));
    return host === "localhost" || host.endsWith(".localhost") || names.has(host);
  };
}

const familyOf = (address) => (isIP(address) === 6 ? "ipv6" : "ipv4");
