import * as rekognition from "rekognition-jobs";
import { check } from "./check.js";

export default {
  async fetch(request, env) {
    return Response.json(await check(rekognition, { service: env.SERVICE, inWorker: false }));
  },
};
