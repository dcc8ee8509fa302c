import { randomInt } from 'node:crypto';
import { invalid, type StatusCause } from '../api/status';
import type { ResourceType, StoredObject } from './types';

const LETTERS = 'bcdfghjklmnpqrstvwxz2456789';
const LONGEST_PREFIX = 58;

/** A name from `generateName`: the prefix and five letters of which no word can be made. */
function generateName(prefix: string): string {
  let suffix = '';
  for (let index = 0; index < 5; index++) {
    suffix += LETTERS[randomInt(LETTERS.length)];
  }
  return prefix.slice(0, LONGEST_PREFIX) + suffix;
}

const LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const SUBDOMAIN = new RegExp(`^${LABEL}(\\.${LABEL})*$`);
const DNS_LABEL = new RegExp(`^${LABEL}$`);
const DNS_1035 = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;

const SUBDOMAIN_MESSAGE =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
const LABEL_MESSAGE =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
const DNS_1035_MESSAGE =
  "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";
const PATH_SEGMENT_MESSAGE = "may not be '.', '..' or contain '/' or '%'";

/** Refuses a name that Kubernetes does not accept for this kind. */
function checkName(resource: ResourceType, name: unknown): string {
  if (typeof name !== 'string' || name === '') {
    throw nameRefused(resource, '', {
      reason: 'FieldValueRequired',
      message: 'Required value: name or generateName is required',
      field: 'metadata.name',
    });
  }
  const problem = problemOf(resource, name);
  if (problem) {
    throw nameRefused(resource, name, {
      reason: 'FieldValueInvalid',
      message: `Invalid value: ${JSON.stringify(name)}: ${problem}`,
      field: 'metadata.name',
    });
  }
  return name;
}

function nameRefused(resource: ResourceType, name: string, cause: StatusCause) {
  return invalid(resource, name, [cause]);
}

function problemOf(resource: ResourceType, name: string): string | undefined {
  if (resource.group === 'rbac.authorization.k8s.io') {
    return name === '.' || name === '..' || /[/%]/.test(name)
      ? PATH_SEGMENT_MESSAGE
      : undefined;
  }
  if (resource.group === '' && resource.kind === 'Namespace') {
    return limited(name, 63, DNS_LABEL, LABEL_MESSAGE);
  }
  if (resource.group === '' && resource.kind === 'Service') {
    return limited(name, 63, DNS_1035, DNS_1035_MESSAGE);
  }
  return limited(name, 253, SUBDOMAIN, SUBDOMAIN_MESSAGE);
}

function limited(
  name: string,
  longest: number,
  form: RegExp,
  message: string,
): string | undefined {
  if (name.length > longest) {
    return `must be no more than ${longest} characters`;
  }
  return form.test(name) ? undefined : message;
}

/** The object with its name, made of `generateName` where it has none; refuses a name that is none. */
export function withName(
  resource: ResourceType,
  object: StoredObject,
): StoredObject {
  const { name: given, generateName: prefix } = object.metadata;
  const generated =
    !given && typeof prefix === 'string' && prefix
      ? generateName(prefix)
      : given;
  const name = checkName(resource, generated);
  return { ...object, metadata: { ...object.metadata, name } };
}
