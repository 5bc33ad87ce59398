// The form by which a person connects to an account: region, temporary keys or an identity pool, or an own endpoint.
import { html, nothing } from "lit";
import { fromCognitoIdentityPool } from "rekognition-jobs";
import { readCredentials } from "./pasted_credentials.js";
import { shownSource } from "./state.js";

const REGIONS = [
  "us-east-1",
  "us-east-2",
  "us-west-1",
  "us-west-2",
  "ca-central-1",
  "eu-central-1",
  "eu-west-1",
  "eu-west-2",
  "eu-south-2",
  "ap-northeast-1",
  "ap-northeast-2",
  "ap-south-1",
  "ap-southeast-1",
  "ap-southeast-2",
  "il-central-1",
  "us-gov-west-1",
];

/** @type {[string, string][]} the region's other endpoints, by createJobs' names */
const VARIANTS = [
  ["useFipsEndpoint", "FIPS endpoint"],
  ["useDualstackEndpoint", "Dual-stack endpoint (IPv4 and IPv6)"],
];

const given = (fields, name) => fields.get(name)?.trim() || undefined;

/** @param {FormData} fields */
function read(fields) {
  const endpoint = given(fields, "endpoint");
  const place = {
    region: given(fields, "region") ?? "us-east-1",
    ...(endpoint ? { endpoint } : {}),
    ...(given(fields, "s3Endpoint") ? { s3Endpoint: given(fields, "s3Endpoint") } : {}),
    ...Object.fromEntries(VARIANTS.filter(([name]) => fields.has(name)).map(([name]) => [name, true])),
  };
  const how = fields.get("how");
  if (how === "none") return { place: { ...place, unsigned: true } };
  if (how === "keys") {
    const keys = {
      accessKeyId: given(fields, "accessKeyId"),
      secretAccessKey: given(fields, "secretAccessKey"),
      sessionToken: given(fields, "sessionToken"),
    };
    // Asked for again with each request, as others may have been given meanwhile.
    return { place, credentials: async () => ({ ...keys, expiration: new Date(Date.now() + 1) }) };
  }
  const identityPoolId = given(fields, "identityPoolId");
  const login = given(fields, "login");
  const token = given(fields, "token");
  if (!login || !token) return { place: { ...place, identityPoolId } };
  const credentials = fromCognitoIdentityPool({
    identityPoolId,
    logins: { [login]: token },
    ...(endpoint ? { endpoint } : {}),
  });
  return { place, credentials };
}

function submit(event, actions) {
  event.preventDefault();
  try {
    const { place, credentials } = read(new FormData(event.target));
    actions.connect(place, credentials);
  } catch (error) {
    actions.refuseConnection(error);
  }
}

/** Text that names both keys, pasted into any of the three fields, fills them all. */
function pasteKeys(event) {
  const found = readCredentials(event.clipboardData?.getData("text/plain") ?? "");
  if (!found) return;
  event.preventDefault();
  const { elements } = event.currentTarget.closest("form");
  for (const name of ["accessKeyId", "secretAccessKey", "sessionToken"]) elements[name].value = found[name] ?? "";
}

/**
 * @param {string} name
 * @param {string} label
 * @param {{ type?: string, required?: boolean, placeholder?: string, value?: string, list?: string }} [about]
 */
function field(name, label, { type = "text", required = false, placeholder = "", value = "", list } = {}) {
  return html`
    <label for="account-${name}">${label}</label>
    <input id="account-${name}" name=${name} type=${type} ?required=${required}
      placeholder=${placeholder} .defaultValue=${value}
      list=${list ?? nothing} autocomplete="off" autocapitalize="off" spellcheck="false">`;
}

const WAYS = [
  ["keys", "Access keys"],
  ["pool", "Cognito identity pool"],
  ["none", "No signature"],
];

function credentialFields(signIn) {
  if (signIn === "none")
    return html`<p class="form-note">For an endpoint that asks for none, such as a local stand-in.</p>`;
  if (signIn === "pool") {
    return html`
      <div class="fields">
        ${field("identityPoolId", "Identity pool", { required: true, placeholder: "us-east-1:1699ebc0-7900-…" })}
        ${field("login", "Identity provider (not for guests)", { placeholder: "accounts.google.com" })}
        ${field("token", "Its token", { type: "password" })}
      </div>`;
  }
  return html`
    <div class="fields" @paste=${pasteKeys}>
      ${field("accessKeyId", "Access key", { required: true, placeholder: "ASIA…" })}
      ${field("secretAccessKey", "Secret key", { type: "password", required: true })}
      ${field("sessionToken", "Session token", { type: "password" })}
    </div>
    <p class="form-note">Temporary keys are best. Pasting the lines of
      <code>aws configure export-credentials</code> into one field fills all three. They stay in this tab's memory, and
      go only into signatures.</p>`;
}

/**
 * @param {import("./state.js").State} state
 * @param {import("./actions.js").Actions} actions
 */
export function accountForm(state, actions) {
  const { region, endpoint, id } = shownSource(state) ?? {};
  const isOfPage = id === "account";
  return html`
    <section aria-labelledby="account-heading">
      <h3 id="account-heading">AWS account</h3>
      <form id="account-form" autocomplete="off" @submit=${(event) => submit(event, actions)}>
        <div class="fields">
          ${field("region", "Region", { required: true, value: region || "us-east-1", list: "regions" })}
          <datalist id="regions">${REGIONS.map((each) => html`<option value=${each}></option>`)}</datalist>
          ${field("endpoint", "Own endpoint, if any", { placeholder: "https://…", value: isOfPage ? "" : endpoint })}
        </div>
        <details class="variants">
          <summary>FIPS, dual-stack and own S3 endpoints</summary>
          <div class="fields">${field("s3Endpoint", "Own S3 endpoint, if any", { placeholder: "https://…" })}</div>
          ${VARIANTS.map(([name, label]) => html`<label class="check"><input type="checkbox" name=${name}>
            ${label}</label>`)}
        </details>
        <fieldset class="ways">
          <legend>Signed with</legend>
          ${WAYS.map(
            ([value, label]) => html`<label class="check"><input type="radio" name="how" value=${value}
            .checked=${state.signIn === value} @change=${() => actions.chooseSignIn(value)}> ${label}</label>`,
          )}
        </fieldset>
        ${credentialFields(state.signIn)}
        ${state.connectError ? html`<p id="connect-error" class="form-error" role="alert">
          ${state.connectError}</p>` : nothing}
        <div class="form-buttons"><button id="connect" type="submit" class="primary">Connect</button></div>
      </form>
    </section>`;
}
