import { Field } from '../../validation/Field';
import { isCidr, isIpAddress } from './hosts';
import {
  Complaint,
  Problems,
  refused,
  refusedFor,
} from '../../validation/report';

const IDENTITIES = [
  'principals',
  'notPrincipals',
  'namespaces',
  'notNamespaces',
];
const ACCOUNTS = ['serviceAccounts', 'notServiceAccounts'];
const TRUST_DOMAINS = ['trustDomains', 'notTrustDomains'];
const ADDRESSES = [
  'ipBlocks',
  'notIpBlocks',
  'remoteIpBlocks',
  'notRemoteIpBlocks',
];
const REQUEST_PRINCIPALS = ['requestPrincipals', 'notRequestPrincipals'];
const ALL = [
  ...IDENTITIES,
  ...ACCOUNTS,
  ...TRUST_DOMAINS,
  ...ADDRESSES,
  ...REQUEST_PRINCIPALS,
];

/** `from.source` of a rule: something in it, no empty values, addresses that are ones. */
export function* sourceProblems(source: Field, index: number): Problems {
  const filled = (names: readonly string[]) =>
    names.some(name => source.get(name).items.length > 0);
  if (filled(ACCOUNTS) && filled(IDENTITIES)) {
    yield refused(
      source,
      `cannot set serviceAccounts with namespaces or principals, found at rule ${index}`,
    );
  }
  if (!filled(ALL)) {
    yield refused(
      source,
      `\`from.source\` must not be empty, found at rule ${index}`,
    );
  }
  yield* each(source, ADDRESSES, addressBlockComplaint);
  yield* each(source, [...IDENTITIES, ...REQUEST_PRINCIPALS], emptyComplaint);
  yield* each(source, TRUST_DOMAINS, trustDomainComplaint);
  for (const name of ACCOUNTS) {
    yield* serviceAccounts(source.get(name), memberName(name));
  }
}

function* each(
  source: Field,
  names: readonly string[],
  complaintOf: (text: string, name: string) => Complaint,
): Problems {
  for (const name of names) {
    for (const item of source.get(name).items) {
      const complaint = complaintOf(item.text, memberName(name));
      if (complaint) {
        yield refused(item, complaint);
      }
    }
  }
}

/** A list as istiod names it in what it says: by the member of its own type. */
export function memberName(list: string): string {
  return `${list[0].toUpperCase()}${list.slice(1)}`;
}

export function emptyComplaint(text: string, where: string): Complaint {
  return text === '' ? `empty value not allowed, found in ${where}` : undefined;
}

/** An address, or a CIDR block. */
export function addressBlockComplaint(text: string, where: string): Complaint {
  if (text === '') {
    return emptyComplaint(text, where);
  }
  if (text.includes('/')) {
    return isCidr(text) ? undefined : `bad CIDR range (${text})`;
  }
  return isIpAddress(text) ? undefined : `bad IP address (${text})`;
}

/** One wildcard at most, at the start or at the end. */
export function wildcardComplaint(text: string, where: string): Complaint {
  if (text === '') {
    return emptyComplaint(text, where);
  }
  const count = text.split('*').length - 1;
  if (count > 1) {
    return `at most one wildcard is allowed, found in ${where}: "${text}"`;
  }
  return count === 1 && !text.startsWith('*') && !text.endsWith('*')
    ? `wildcard is only allowed at the start or end, found in ${where}: "${text}"`
    : undefined;
}

function trustDomainComplaint(text: string, where: string): Complaint {
  return (
    wildcardComplaint(text, where) ??
    (text.includes('/')
      ? `trust domain must not contain '/', found in ${where}: "${text}"`
      : undefined)
  );
}

const MAX_ACCOUNTS = 16;
const MAX_ACCOUNT = 320;

/** `account` or `namespace/account`, without wildcards, sixteen at most. */
export function* serviceAccounts(list: Field, where: string): Problems {
  if (list.items.length > MAX_ACCOUNTS) {
    yield refused(list, `may not have more than ${MAX_ACCOUNTS} values`);
  }
  for (const item of list.items) {
    yield* refusedFor(item, accountComplaint(item.text, where));
  }
}

function accountComplaint(text: string, where: string): Complaint {
  if (text === '') {
    return emptyComplaint(text, where);
  }
  if (text.includes('*')) {
    return `wildcard not allowed, found in ${where}`;
  }
  const [first, account, more] = text.split('/');
  const format = `expected format 'serviceAccount' or 'namespace/serviceAccount', found`;
  if (more !== undefined) {
    return `${format} "${text}" in ${where}`;
  }
  if (text.length > MAX_ACCOUNT) {
    return `value cannot exceed ${MAX_ACCOUNT} characters, found "${text}" in ${where}`;
  }
  if (first === '') {
    return `${format} empty namespace "${text}" in ${where}`;
  }
  return account === ''
    ? `${format} empty serviceAccount "${text}" in ${where}`
    : undefined;
}
