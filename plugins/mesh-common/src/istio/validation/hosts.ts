import { isValid as isAddress } from 'ipaddr.js';
import { Complaint } from '../../validation/report';

/*
 * Names of hosts, as istiod checks them (istio/istio pkg/config/validation/agent/validation.go: ValidateFQDN,
 * ValidateWildcardDomain, ValidateNamespaceSlashWildcardHostname).
 */

const LABEL = /^[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?$/;
const WILDCARD_LABEL =
  /^(?:\*|(?:\*|\*-)?[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?)$/;
const ALL_NUMERIC = /^[+-]?\d+$/;
const MAX_LABEL = 63;
const MAX_NAME = 255;

/** Whether a text is a DNS label (RFC 1123; istiod takes capitals as well). */
export function isDnsLabel(text: string): boolean {
  return text.length <= MAX_LABEL && LABEL.test(text);
}

/** A full name without wildcards. */
export function fqdnComplaint(name: string): Complaint {
  return lengthComplaint(name) ?? labelsComplaint(name);
}

/** A name whose first label may be a wildcard (`*`, `*.example.com`, `*-api.example.com`). */
export function wildcardDomainComplaint(name: string): Complaint {
  const tooLong = lengthComplaint(name);
  if (tooLong) {
    return tooLong;
  }
  const dot = name.indexOf('.');
  const first = dot < 0 ? name : name.slice(0, dot);
  if (first.length > MAX_LABEL || !WILDCARD_LABEL.test(first)) {
    return `domain name "${name}" invalid (label "${first}" invalid)`;
  }
  return dot < 0 ? undefined : labelsComplaint(name.slice(dot + 1));
}

/**
 * A host of a VirtualService that is bound to gateways: there the names that istiod makes for passthrough
 * (`outbound_.80_._.cart.shop.svc.cluster.local`) are known too.
 */
export function gatewayDomainComplaint(name: string, sni: boolean): Complaint {
  if (sni && name.startsWith('outbound_')) {
    const [, port = '', , host = ''] = name.split('_');
    return lengthComplaint(name) ?? (/\d/.test(port) && /[a-zA-Z]/.test(host))
      ? undefined
      : `domain name "${name}" invalid, should follow 'outbound_.<port>_.<subset>_.<host>'`;
  }
  return wildcardDomainComplaint(name);
}

/** A wildcard that is no whole label, such as `*x.example.com`. */
export function partialWildcardComplaint(name: string): Complaint {
  return name.includes('*') && name.length !== 1 && !name.startsWith('*.')
    ? `partial wildcard "${name}" not allowed`
    : undefined;
}

/** `namespace/host` of a Gateway's server or of a Sidecar's egress listener. */
export function* namespacedHostComplaints(
  text: string,
  where: 'gateway' | 'sidecar',
): IterableIterator<string> {
  const slash = text.indexOf('/');
  if (slash < 0) {
    if (where === 'sidecar') {
      yield 'host must be of form namespace/dnsName';
    } else {
      yield* hostPartComplaints(text, where);
    }
    return;
  }
  const [namespace, host] = [text.slice(0, slash), text.slice(slash + 1)];
  if (namespace === '' || host === '') {
    yield 'config namespace and dnsName in host entry cannot be empty';
  }
  const name = where === 'sidecar' ? namespace.replace(/^~/, '') : namespace;
  const mayBeEmpty = where === 'sidecar' && name === '';
  if (name !== '*' && name !== '.' && !mayBeEmpty && !isDnsLabel(name)) {
    yield `invalid namespace value "${namespace}" in ${where}`;
  }
  yield* hostPartComplaints(host, where);
}

function* hostPartComplaints(
  host: string,
  where: 'gateway' | 'sidecar',
): IterableIterator<string> {
  if (host !== '*' && !host.includes('.')) {
    yield 'short names (non FQDN) are not allowed';
  }
  const complaint = wildcardDomainComplaint(host);
  if (complaint && (where === 'sidecar' || !isIpAddress(host))) {
    yield complaint;
  }
  const partial = partialWildcardComplaint(host);
  if (partial) {
    yield partial;
  }
}

/** Whether a text is an IPv4 address of four parts, or an IPv6 address. */
export function isIpAddress(text: string): boolean {
  return (
    isAddress(text) &&
    (text.includes(':') || /^(?:0|[1-9]\d*)(?:\.(?:0|[1-9]\d*)){3}$/.test(text))
  );
}

/** Whether a text is a CIDR block. */
export function isCidr(text: string): boolean {
  const slash = text.indexOf('/');
  const [address, bits] = [text.slice(0, slash), text.slice(slash + 1)];
  return (
    slash > 0 &&
    isIpAddress(address) &&
    !address.includes('%') &&
    /^(?:0|[1-9]\d{0,2})$/.test(bits) &&
    Number(bits) <= (address.includes(':') ? 128 : 32)
  );
}

/** An address, or a CIDR block. */
export function subnetComplaint(text: string): Complaint {
  if (text.split('/').length === 2) {
    return isCidr(text) ? undefined : `${text} is not a valid CIDR block`;
  }
  return addressComplaint(text);
}

export function addressComplaint(text: string): Complaint {
  return isIpAddress(text) ? undefined : `${text} is not a valid IP`;
}

/** The path of a Unix domain socket: absolute, or an abstract one with `@`. */
export function unixAddressComplaint(path: string): Complaint {
  if (path === '') {
    return 'unix address must not be empty';
  }
  return path.startsWith('@') || (path.startsWith('/') && !path.endsWith('/'))
    ? undefined
    : `${path} is not an absolute path to a file`;
}

function lengthComplaint(name: string): Complaint {
  if (name.length > MAX_NAME) {
    return `domain name "${name.slice(0, 32)}..." too long (max ${MAX_NAME})`;
  }
  return name === '' ? 'empty domain name not allowed' : undefined;
}

function labelsComplaint(name: string): Complaint {
  const labels = name.split('.');
  const top = labels[labels.length - 1];
  if (ALL_NUMERIC.test(top)) {
    return `domain name "${name}" invalid (top level domain "${top}" cannot be all-numeric)`;
  }
  // A dot at the end makes a name unambiguous.
  const named = top === '' ? labels.slice(0, -1) : labels;
  const wrong = named.find(label => !isDnsLabel(label));
  return wrong === undefined
    ? undefined
    : `domain name "${name}" invalid (label "${wrong}" invalid)`;
}
