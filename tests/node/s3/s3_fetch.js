// A fetch that finds AWS's S3 hosts at the emulator, which sees the host that was asked and signed for.

import { request as httpRequest } from "node:http";
import { Readable } from "node:stream";

const AWS = /\.amazonaws\.com(\.cn)?$/;

/**
 * @param {string} url of the emulator
 * @returns {typeof fetch & { asked: URL[] }} asked: what of S3 was asked for
 */
export function createS3Fetch(url) {
  const asked = [];
  const fetchOf = async (target, init = {}) => {
    const wanted = new URL(target);
    if (AWS.test(wanted.hostname)) asked.push(wanted);
    return AWS.test(wanted.hostname) ? sendTo(url, wanted, init) : fetch(target, init);
  };
  return Object.assign(fetchOf, { asked });
}

function sendTo(url, { host, pathname, search }, { method, headers, signal }) {
  const { hostname, port } = new URL(url);
  const sent = { ...Object.fromEntries(new Headers(headers)), host };
  return new Promise((resolve, reject) => {
    const options = { hostname, port, path: `${pathname}${search}`, method, headers: sent, signal, agent: false };
    const request = httpRequest(options, (came) => {
      resolve(new Response(Readable.toWeb(came), { status: came.statusCode, headers: came.headers }));
    });
    request.on("error", reject).end();
  });
}
