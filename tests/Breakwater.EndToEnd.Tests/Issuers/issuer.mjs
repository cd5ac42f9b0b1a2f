// An OpenID Connect issuer in a process of its own: node issuer.mjs PORT CERTIFICATE KEY
// POST /mint {claims, algorithm?, kid?, foreign?} answers a token; POST /rotate makes it sign with another key.
import { createHmac, createSign, generateKeyPairSync } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:https";

const [port, certificate, privateKey] = process.argv.slice(2);
const issuer = `https://localhost:${port}`;
const makeKey = (kid) => ({ kid, ...generateKeyPairSync("rsa", { modulusLength: 2048 }) });
let key = makeKey("first");
const foreign = makeKey("first");

const encode = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
const mint = ({ claims, algorithm = "RS256", foreign: stolen = false }) => {
  const now = Math.floor(Date.now() / 1000);
  const input = `${encode({ alg: algorithm, typ: "JWT", kid: key.kid })}.${encode({ iss: issuer, iat: now, nbf: now, exp: now + 300, jti: crypto.randomUUID(), ...claims })}`;
  if (algorithm === "none") return `${input}.`;
  // The attack on verifiers that take a public key for a shared secret.
  if (algorithm === "HS256") return `${input}.${createHmac("sha256", key.publicKey.export({ type: "spki", format: "pem" })).update(input).digest("base64url")}`;
  return `${input}.${createSign("RSA-SHA256").update(input).sign((stolen ? foreign : key).privateKey, "base64url")}`;
};
const jwks = () => ({ keys: [{ ...key.publicKey.export({ format: "jwk" }), kid: key.kid, use: "sig", alg: "RS256" }] });

createServer({ cert: readFileSync(certificate), key: readFileSync(privateKey) }, async (request, response) => {
  let body = "";
  for await (const part of request) body += part;
  const answer = (value) => response.setHeader("content-type", "application/json").end(typeof value === "string" ? value : JSON.stringify(value));
  if (request.url === "/.well-known/openid-configuration") answer({ issuer, jwks_uri: `${issuer}/jwks`, response_types_supported: ["id_token"], subject_types_supported: ["public"], id_token_signing_alg_values_supported: ["RS256"] });
  else if (request.url === "/jwks") answer(jwks());
  else if (request.url === "/mint") answer(mint(JSON.parse(body)));
  else if (request.url === "/rotate") { key = makeKey("second"); answer({}); }
  else response.writeHead(404).end();
}).listen(Number(port), "localhost", () => console.log("ready"));
