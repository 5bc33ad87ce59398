const rekognition = require("rekognition-jobs");
const { check } = require("./check.cjs");

check(rekognition, { service: process.env.SERVICE }).then((outcomes) => {
  console.log("OUTCOMES", JSON.stringify(outcomes));
});
