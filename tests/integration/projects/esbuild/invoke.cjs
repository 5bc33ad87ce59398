// What Lambda does with the file that was uploaded.
const { handler } = require("./lambda/lambda.cjs");

handler({ service: process.env.SERVICE }).then((outcomes) => console.log("OUTCOMES", JSON.stringify(outcomes)));
