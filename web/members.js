// A job's members as nested groups, each named as the API names it, with what it holds to copy.
import { html, nothing } from "lit";
import { copyButton } from "./copy_button.js";
import { localTime, s3Uri } from "./format.js";
import * as icons from "./icons.js";
import { s3ConsoleUrl } from "./partition.js";

/**
 * @typedef {object} Context
 * @property {Readonly<ReturnType<typeof import("./partition.js").whereaboutsOf>>} whereabouts
 * @property {import("./state.js").State} state
 * @property {import("./actions.js").Actions} actions
 */

function value(path, member, { state, actions }) {
  const isTime = member instanceof Date;
  const text = isTime ? member.toISOString() : String(member);
  const shown = isTime ? html`<time datetime=${text}>${text}</time>` : html`<span class="value">${text}</span>`;
  const local = isTime ? html`<small>${localTime(member)}</small>` : nothing;
  return html`${shown}${copyButton(text, path, state, actions)}${local}`;
}

/** What S3Object and OutputConfig name together. */
function placeOf(name, { Bucket, Name, Version, S3Bucket, S3KeyPrefix }) {
  if (name === "S3Object" && Bucket) return { bucket: Bucket, key: Name, version: Version };
  if (name === "OutputConfig" && S3Bucket) return { bucket: S3Bucket, key: S3KeyPrefix, isFolder: true };
  return undefined;
}

function isGroup(member) {
  return typeof member === "object" && member !== null && !(member instanceof Date);
}

function link(path, place, { whereabouts, state, actions }) {
  const uri = s3Uri({ Bucket: place.bucket, Name: place.key });
  const url = s3ConsoleUrl(place, whereabouts);
  return html`<p class="uri"><span class="value">${uri}</span>${copyButton(uri, `S3 URI of ${path}`, state, actions)}${
    url
      ? html`<a class="out" href=${url} target="_blank" rel="noopener noreferrer" title="Open in the S3 console"
        aria-label="Open ${path} in the S3 console">${icons.out}</a>`
      : nothing
  }</p>`;
}

function group(name, path, members, context) {
  const place = placeOf(name, members);
  return html`
    <div class="group">
      <dt>${name}</dt>
      <dd>
        ${place ? link(path, place, context) : nothing}
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
