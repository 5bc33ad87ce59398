// A job's members as nested groups, each named as the API names it.
import { html, nothing } from "lit";
import { localTime, s3Uri } from "./format.js";
import * as icons from "./icons.js";

const COPIED_MEMBERS = new Set(["JobId", "ProjectVersion", "KmsKeyId"]);

function copyButton(text, what, state, actions) {
  const done = state.copied === text;
  return html`<button type="button" class="plain copy" aria-label=${done ? `${what} copied` : `Copy ${what}`} title=${done ? "Copied" : "Copy"}
    @click=${() => actions.copy(text)}>${done ? icons.check : icons.copy}</button>`;
}

function value(name, member, state, actions) {
  if (member instanceof Date) {
    return html`<time datetime=${member.toISOString()}>${member.toISOString()}</time> <small>${localTime(member)}</small>`;
  }
  const text = String(member);
  return html`<span class="value">${text}</span>${COPIED_MEMBERS.has(name) || text.startsWith("arn:") ? copyButton(text, name, state, actions) : nothing}`;
}

/** What S3Object and OutputConfig name together. */
function place(name, group) {
  if (name === "S3Object") return s3Uri(group);
  if (name === "OutputConfig") return s3Uri({ Bucket: group.S3Bucket, Name: group.S3KeyPrefix });
  return "";
}

function isGroup(member) {
  return typeof member === "object" && member !== null && !(member instanceof Date);
}

function group(name, members, state, actions) {
  const uri = place(name, members);
  return html`
    <div class="group">
      <dt>${name}</dt>
      <dd>
        ${uri ? html`<p class="uri"><span class="value">${uri}</span>${copyButton(uri, "S3 URI", state, actions)}</p>` : nothing}
        ${memberList(members, state, actions)}
      </dd>
    </div>`;
}

/**
 * @param {object} members
 * @param {import("./state.js").State} state
 * @param {import("./actions.js").Actions} actions
 */
export function memberList(members, state, actions) {
  const entries = Object.entries(members).filter(([, member]) => member !== undefined);
  return html`<dl class="members">${entries.map(([name, member]) =>
    isGroup(member)
      ? group(name, member, state, actions)
      : html`<div class="member"><dt>${name}</dt><dd>${value(name, member, state, actions)}</dd></div>`,
  )}</dl>`;
}
