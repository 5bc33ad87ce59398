// Renders the form that connects an account: region, credentials or an identity pool, or a custom endpoint.
import { html, nothing } from "lit-html";
import { VARIANTS, hostsIn, writtenIn } from "./account_request.js";
import { readCredentials } from "./pasted_credentials.js";
import { shownSource } from "../state/state.js";

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

function submit(event, actions) {
  event.preventDefault();
  actions.connect(writtenIn(event.target));
}

/** Fills all three fields from pasted text that has both keys. */
function pasteKeys(event, actions) {
  const found = readCredentials(event.clipboardData?.getData("text/plain") ?? "");
  if (!found) return;
  event.preventDefault();
  const { elements } = event.currentTarget.closest("form");
  for (const name of ["accessKeyId", "secretAccessKey", "sessionToken"]) elements[name].value = found[name] ?? "";
  actions.writeAccount(writtenIn(event.currentTarget.closest("form")));
}

/**
 * @param {string} name
 * @param {string} label
 * @param {{ secret?: boolean, required?: boolean, placeholder?: string, value?: string, list?: string }} [about]
 *   secret: is shown as discs, in a text field, since a password manager stores what is in a password field
 */
function field(name, label, { secret = false, required = false, placeholder = "", value = "", list } = {}) {
  return html`
    <label for="account-${name}">${label}</label>
    <input id="account-${name}" class=${secret ? "secret" : nothing} name=${name} type="text" ?required=${required}
      placeholder=${placeholder} .defaultValue=${value}
      list=${list ?? nothing} autocomplete="off" autocapitalize="off" autocorrect="off" spellcheck="false"
      data-1p-ignore data-bwignore data-lpignore="true" data-form-type="other">`;
}

const SIGN_IN_METHODS = [
  ["keys", "Access keys"],
  ["pool", "Cognito identity pool"],
  ["none", "None (unsigned)"],
];

function credentialFields(signIn, actions) {
  if (signIn === "none")
    return html`<p class="form-note muted">For endpoints that don't check signatures, such as a local mock.</p>`;
  if (signIn === "pool") {
    return html`
      <div class="fields">
        ${field("identityPoolId", "Identity pool", { required: true, placeholder: "us-east-1:1699ebc0-7900-…" })}
        ${field("login", "Identity provider (leave empty for guest access)", { placeholder: "accounts.google.com" })}
        ${field("token", "Provider token", { secret: true })}
      </div>`;
  }
  return html`
    <div class="fields" @paste=${(event) => pasteKeys(event, actions)}>
      ${field("accessKeyId", "Access key ID", { required: true, placeholder: "ASIA…" })}
      ${field("secretAccessKey", "Secret access key", { secret: true, required: true })}
      ${field("sessionToken", "Session token", { secret: true })}
    </div>
    <p class="form-note muted">Use temporary credentials. Paste the output of
      <code>aws configure export-credentials</code>, a profile or IAM's CSV into any field to fill all three. They stay in this tab's memory and
      are only used to sign requests.</p>`;
}

const SENDERS = {
  keys: "Requests signed with these keys",
  pool: "Requests signed with the pool's keys",
  none: "Requests, unsigned,",
};

/** Names every host that will receive something from the form. */
function hosts(written) {
  const found = hostsIn(written);
  if (!found)
    return html`<p id="hosts" class="form-note muted">Nothing can be sent: the region or an endpoint is not valid.</p>`;
  const { service, s3, identityPool } = found;
  return html`<p id="hosts" class="form-note muted">${
    identityPool ? html`The pool, and the provider's token, are for <b>${identityPool}</b>. ` : nothing
  }${SENDERS[written.how]} go to
    <b>${service}</b>${
      s3 === service
        ? nothing
        : html` and, for results and images, to <b>${s3}</b>${
            s3.startsWith("*") ? html` (* is the bucket, in its own region)` : nothing
          }`
    }.</p>`;
}

/** Asks whether new keys belong to an account that is there. */
function doubt(doubtful, actions) {
  const answer = (event, into) => actions.connect(writtenIn(event.target.closest("form")), into);
  return html`<div id="doubt" class="form-error form-question" role="alert">
    <p>These keys have not been used here before. Do they belong to the same account as the jobs of ${
      doubtful.length === 1 ? html`<b><bdi>${doubtful[0].label}</bdi></b>` : "one of these sources"
    }?</p>
    <div class="form-buttons">
      ${doubtful.map(
        ({ id, label }) => html`<button type="button" @click=${(event) => answer(event, id)}>
        <span>Yes, continue with <bdi>${label}</bdi></span></button>`,
      )}
      <button type="button" @click=${(event) => answer(event, null)}>No, add another source</button>
    </div></div>`;
}

/** @type {import("../app/actions.js").Template} */
export function accountForm(state, actions) {
  const { region, place, id } = shownSource(state) ?? {};
  // Keys go only where the person says: the endpoint of the page's host is not suggested.
  const { endpoint = "", s3Endpoint = "", ...before } = (id !== "account" && place) || {};
  const shown = { region: region || "us-east-1", endpoint, s3Endpoint };
  const variants = Object.keys(VARIANTS).filter((name) => before[name]);
  const asOpened = { ...shown, ...Object.fromEntries(variants.map((name) => [name, "on"])), how: state.signIn };
  return html`
    <section aria-labelledby="account-heading">
      <h3 id="account-heading">AWS account</h3>
      <form id="account-form" autocomplete="off" @submit=${(event) => submit(event, actions)}
        @input=${(event) => actions.writeAccount(writtenIn(event.currentTarget))}>
        <div class="fields">
          ${field("region", "Region", { required: true, value: shown.region, list: "regions" })}
          <datalist id="regions">${REGIONS.map((each) => html`<option value=${each}></option>`)}</datalist>
          ${field("endpoint", "Custom endpoint (optional)", { placeholder: "https://…", value: endpoint })}
        </div>
        <details class="endpoint-options" ?open=${s3Endpoint !== "" || variants.length > 0}>
          <summary>FIPS, dual-stack and custom S3 endpoints</summary>
          <div class="fields">${field("s3Endpoint", "Custom S3 endpoint (optional)", {
            placeholder: "https://…",
            value: s3Endpoint,
          })}</div>
          ${Object.entries(VARIANTS).map(
            ([name, label]) => html`<label class="check"><input type="checkbox" name=${name}
            .defaultChecked=${variants.includes(name)}> ${label}</label>`,
          )}
        </details>
        <fieldset class="auth-methods">
          <legend>Sign in with</legend>
          ${SIGN_IN_METHODS.map(
            ([value, label]) => html`<label class="check"><input type="radio" name="how" value=${value}
            .checked=${state.signIn === value} @change=${() => actions.chooseSignIn(value)}> ${label}</label>`,
          )}
        </fieldset>
        ${credentialFields(state.signIn, actions)}
        ${hosts(state.written ?? asOpened)}
        ${
          state.connectError
            ? html`<p id="connect-error" class="form-error" role="alert">
          ${state.connectError}</p>`
            : nothing
        }
        ${
          state.doubtful.length > 0
            ? doubt(state.doubtful, actions)
            : html`<div class="form-buttons">
          <button id="connect" type="submit" class="primary" aria-describedby="hosts">Connect</button></div>`
        }
      </form>
    </section>`;
}
