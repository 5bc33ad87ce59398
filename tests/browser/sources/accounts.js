// An endpoint behind which several accounts are, as with the service: whose jobs it lists depends on the access key.
import { createServer, request as ask } from "node:http";
import { startServer } from "../../../emulator/server.js";
import { NOW } from "../browser.js";

const accessKeyOf = (request) => request.headers.authorization?.match(/Credential=([^/]+)/)?.[1] ?? "";

/**
 * @param {{ jobs: number, keys: { accessKeyId: string, secretAccessKey: string, sessionToken?: string }[] }[]} accounts
 * @param {{ region?: string }} [options]
 * @returns {Promise<{ url: string, asked: { key: string, method: string, path: string, token: string }[],
 *   close: () => Promise<void> }>} asked: every request with a signature
 */
export async function startAccounts(accounts, { region = "us-east-1" } = {}) {
  const servers = await Promise.all(
    accounts.map(({ jobs, keys }, index) =>
      startServer({
        port: 0,
        region,
        jobs,
        seed: index + 1,
        now: () => NOW,
        clock: Date.now,
        strict: true,
        sessions: keys,
      }),
    ),
  );
  const asked = [];
  const host = createServer((request, response) => {
    const key = accessKeyOf(request);
    const { method, url: path, headers } = request;
    if (key) asked.push({ key, method, path, token: headers["x-amz-security-token"] ?? "" });
    const owner = accounts.findIndex(({ keys }) => keys.some(({ accessKeyId }) => accessKeyId === key));
    const { port } = new URL(servers[Math.max(0, owner)].url);
    request.pipe(
      ask({ host: "127.0.0.1", port, method, path, headers }, (answer) => {
        response.writeHead(answer.statusCode, answer.headers);
        answer.pipe(response);
      }).on("error", () => response.destroy()),
    );
  });
  await new Promise((resolve) => host.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${host.address().port}/`,
    asked,
    async close() {
      host.closeAllConnections();
      await Promise.all([new Promise((resolve) => host.close(resolve)), ...servers.map((server) => server.close())]);
    },
  };
}
