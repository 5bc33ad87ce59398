import * as rekognition from "rekognition-jobs/worker";
import { check } from "./check.js";

addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("message", ({ data: service, ports: [port] }) => {
  check(rekognition, { service, inWorker: false }).then((outcomes) => port.postMessage(outcomes));
});
