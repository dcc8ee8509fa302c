import ipaddr from 'ipaddr.js';

/** What the URL of a webhook leads to; undefined for what is no URL. */
export interface WebhookUrl {
  isAddress: boolean;
}

const ESCAPE = /%(?![0-9a-f]{2})/i;

/**
 * Reads a URL as Go does, which takes a name without a scheme for a path.
 *
 * Upstream: net/url, `Parse`; pkg/config/analysis/analyzers/externalcontrolplane/externalcontrolplane.go, `lintWebhookURL`.
 */
export function parseWebhookUrl(written: string): WebhookUrl | undefined {
  const [url] = written.split('#');
  const parts = /^(?:([a-z][a-z0-9+.-]*):)?(?:\/\/([^/?]*))?([^?]*)/i.exec(url);
  if (!parts || hasControls(written)) {
    return undefined;
  }
  const [, scheme, authority, path] = parts;
  const host = authority === undefined ? '' : hostOf(authority);
  const firstSegment = path.split('/')[0];
  const isRelative = scheme === undefined && authority === undefined;
  if (
    host === undefined ||
    ESCAPE.test(path) ||
    (isRelative && firstSegment.includes(':'))
  ) {
    return undefined;
  }
  // An address with a zone (`fe80::1%25eth0`) is none for istioctl.
  return {
    isAddress:
      ipaddr.IPv4.isValidFourPartDecimal(host) ||
      (ipaddr.IPv6.isValid(host) && !host.includes('%')),
  };
}

/** The host of an authority; undefined where host or port are none. Brackets are for addresses of version 6 alone. */
function hostOf(authority: string): string | undefined {
  const place = authority.slice(authority.lastIndexOf('@') + 1);
  const bracketed = /^\[([^\]%]*)((?:%25[^\]]*)?)\](?::\d*)?$/.exec(place);
  if (bracketed) {
    const [, address, zone] = bracketed;
    return ipaddr.IPv6.isValid(address) ? address + zone : undefined;
  }
  const parts = /^([^:]*)(?::(\d*))?$/.exec(place);
  return parts && !/[\s<>"%\\^`{|}[\]]/.test(parts[1]) ? parts[1] : undefined;
}

function hasControls(text: string): boolean {
  return [...text].some(character => {
    const code = character.charCodeAt(0);
    return code < 0x20 || code === 0x7f;
  });
}
