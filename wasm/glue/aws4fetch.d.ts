// What `dist/aws4fetch.js` is a copy of.
export { AwsV4Signer } from "aws4fetch";
