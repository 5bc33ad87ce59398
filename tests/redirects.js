// What the tests of redirects share, in Node and in a browser: two hosts, of which the first sends on to the second.
import { once } from "node:events";
import { createServer } from "node:http";

export const STATUSES = [301, 302, 303, 307, 308];

/** Pages may send anything here, and read it. */
const CORS = {
  "access-control-allow-origin": "*",
  "access-control-allow-headers": "*, authorization",
  "access-control-allow-methods": "*",
  "access-control-expose-headers": "*",
};

/**
 * A server on the loopback host that keeps what it was asked, but for pre-flights.
 * @param {(request: { method: string, url: string, headers: object, body: string }, index: number) =>
 *   { status?: number, headers?: object, body?: string } | undefined} [answer] 200 and nothing without one
 */
export async function startHost(answer = () => ({})) {
  const requests = [];
  const server = createServer(async (incoming, outgoing) => {
    const chunks = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const { method, url, headers } = incoming;
    if (method === "OPTIONS") return outgoing.writeHead(204, CORS).end();
    const request = { method, url, headers, body: Buffer.concat(chunks).toString() };
    requests.push(request);
    const { status = 200, headers: more = {}, body = "" } = answer(request, requests.length - 1);
    return outgoing.writeHead(status, { ...CORS, ...more }).end(body);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const host = `127.0.0.1:${server.address().port}`;
  return {
    host,
    url: `http://${host}/`,
    requests,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Where a redirect may lead, by what kind of Location; `names` is what the error must say of it. */
export const targetsOf = (first, second) => ({
  "another host": { location: `${second.url}elsewhere`, names: second.host },
  "another host, by the scheme alone": { location: `//${second.host}/`, names: second.host },
  "the same host, another path": { location: `${first.url}elsewhere`, names: `to http://${first.host},` },
  "a path alone": { location: "/elsewhere?a=b", names: `to http://${first.host},` },
  https: { location: `https://${second.host}/`, names: `https://${second.host}` },
  "a Location with secrets": {
    location: `http://user:pass-1234@${second.host}/hidden-path?X-Amz-Security-Token=hidden-query#hidden-fragment`,
    names: second.host,
  },
  "a script": { location: "javascript:alert(1)", names: "javascript:" },
  "a malformed Location": { location: "http://[", names: "no address" },
  "no Location": { location: undefined, names: "no address" },
});
