// Lists a job's fields as nested groups, named as in the API, each with a copy button.
import { html, nothing } from "lit-html";
import { copyButton } from "../ui/copy_button.js";
import { s3Uri } from "../aws/s3_uri.js";
import { localTime } from "../ui/format.js";
import { consoleLink } from "../ui/console_link.js";
import { s3ConsoleUrl } from "../aws/console_links.js";

/**
 * @typedef {object} Context
 * @property {Readonly<ReturnType<typeof import("../aws/location.js").resolveLocation>>} awsLocation
 * @property {import("../state/state.js").State} state
 * @property {import("../app/actions.js").Actions} actions
 */

function value(path, member, { state, actions }) {
  const isTime = member instanceof Date;
  const text = isTime ? member.toISOString() : String(member);
  const shown = isTime ? html`<time datetime=${text}>${text}</time>` : html`<span class="value">${text}</span>`;
  const local = isTime ? html`<small>${localTime(member)}</small>` : nothing;
  return html`${shown}${copyButton(text, path, state, actions)}${local}`;
}

/** Returns the S3 location that S3Object or OutputConfig names. */
function s3LocationOf(name, { Bucket, Name, Version, S3Bucket, S3KeyPrefix }) {
  if (name === "S3Object" && Bucket) return { bucket: Bucket, key: Name, version: Version };
  if (name === "OutputConfig" && S3Bucket) return { bucket: S3Bucket, key: S3KeyPrefix, isFolder: true };
  return undefined;
}

function isGroup(member) {
  return typeof member === "object" && member !== null && !(member instanceof Date);
}

function link(path, location, { awsLocation, state, actions }) {
  const uri = s3Uri({ Bucket: location.bucket, Name: location.key });
  return html`<p class="uri"><span class="value">${uri}</span>${copyButton(uri, `S3 URI of ${path}`, state, actions)}${consoleLink(
    s3ConsoleUrl(location, awsLocation),
    path,
  )}</p>`;
}

function group(name, path, members, context) {
  const location = s3LocationOf(name, members);
  return html`
    <div class="group">
      <dt>${name}</dt>
      <dd>
        ${location ? link(path, location, context) : nothing}
        ${memberList(members, context, `${path}.`)}
      </dd>
    </div>`;
}

/**
 * @param {object} members
 * @param {Context} context
 * @param {string} [prefix]  the path to them
 */
export function memberList(members, context, prefix = "") {
  const entries = Object.entries(members).filter(([, member]) => member !== undefined);
  return html`<dl class="members">${entries.map(([name, member]) =>
    isGroup(member)
      ? group(name, prefix + name, member, context)
      : html`<div class="member"><dt>${name}</dt><dd>${value(prefix + name, member, context)}</dd></div>`,
  )}</dl>`;
}
