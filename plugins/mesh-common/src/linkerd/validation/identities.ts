import { Complaint } from '../../validation/report';

const DNS_LIKE =
  /^(\*|[a-z0-9]([-a-z0-9]*[a-z0-9])?)(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const SPIFFE = 'spiffe://';
const TRUST_DOMAIN = /^[a-z0-9._-]+$/;
const SEGMENT = /^[A-Za-z0-9._-]+$/;

/**
 * What is wrong with an identity: it must be a name as DNS has it (the first label may be `*`) or a SPIFFE id
 * (linkerd2 policy-controller/runtime/src/validation.rs: `validate_identity`).
 */
export function identityComplaint(text: string): Complaint {
  if (isDnsLike(text)) {
    return undefined;
  }
  const why = text.startsWith(SPIFFE)
    ? spiffeComplaint(text.slice(SPIFFE.length))
    : 'it is neither';
  return (
    why && `identity must be a valid SPIFFE id or a DNS SAN: ${text}: ${why}`
  );
}

/** Whether a text is a name as DNS has it, in lower case; the first label may be `*`. */
export function isDnsLike(text: string): boolean {
  return DNS_LIKE.test(text);
}

function spiffeComplaint(rest: string): Complaint {
  const [domain, ...segments] = rest.split('/');
  if (domain === '') {
    return 'the trust domain is missing';
  }
  if (!TRUST_DOMAIN.test(domain)) {
    return 'the trust domain has other characters than a-z, 0-9, ".", "-", "_"';
  }
  if (segments.length > 0 && segments.at(-1) === '') {
    return 'the path ends with a slash';
  }
  if (segments.includes('')) {
    return 'the path has an empty segment';
  }
  if (segments.some(segment => segment === '.' || segment === '..')) {
    return 'the path has a segment of dots';
  }
  return segments.every(segment => SEGMENT.test(segment))
    ? undefined
    : 'the path has other characters than A-Z, a-z, 0-9, ".", "-", "_"';
}
