/** From when until when a certificate counts, in milliseconds. */
export interface Validity {
  notBefore: number;
  notAfter: number;
}

const SEQUENCE = 0x30;
const VERSION = 0xa0;
const UTC_TIME = 0x17;
const GENERALIZED_TIME = 0x18;

/** 1.2.840.113549.1.1.1, 1.2.840.10045.2.1 and 1.2.840.10045.3.1.7, as they are encoded. */
const RSA = '2a864886f70d010101';
const ELLIPTIC = '2a8648ce3d0201';
const P256 = '2a8648ce3d030107';

const PEM =
  /-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----/;

interface Element {
  tag: number;
  start: number;
  end: number;
}

/**
 * The validity of the first certificate in a PEM text; undefined where there is none that can be read. Only what leads
 * there is read of it, and no signature is verified.
 *
 * Standard: RFC 5280, 4.1; X.690 for the encoding.
 */
export function certificateValidity(pem: string): Validity | undefined {
  const { bytes, fields } = signedFields(pem);
  const validity = fields[3];
  const [notBefore, notAfter] = validity
    ? childrenOf(bytes, validity).map(time => timeOf(bytes, time))
    : [];
  return notBefore === undefined || notAfter === undefined
    ? undefined
    : { notBefore, notAfter };
}

/**
 * What kind of key the first certificate in a PEM text has: an elliptic one by its curve; undefined where there is no
 * certificate that can be read.
 *
 * Standard: RFC 5280, 4.1.2.7; RFC 5480, 2.1.1; RFC 8017, A.1.
 */
export function certificateKey(
  pem: string,
): 'P-256' | 'RSA' | 'other' | undefined {
  const { bytes, fields } = signedFields(pem);
  const key = fields[5];
  const algorithm = key && childrenOf(bytes, key)[0];
  if (!algorithm) {
    return undefined;
  }
  const [name, curve] = childrenOf(bytes, algorithm).map(({ start, end }) =>
    Array.from(bytes.slice(start, end), byte =>
      byte.toString(16).padStart(2, '0'),
    ).join(''),
  );
  if (name === RSA) {
    return 'RSA';
  }
  return name === ELLIPTIC && curve === P256 ? 'P-256' : 'other';
}

/** What is signed of a certificate: serial number, algorithm, issuer, validity, subject, key, and more. */
function signedFields(pem: string): { bytes: Uint8Array; fields: Element[] } {
  const body = PEM.exec(pem)?.[1];
  const bytes =
    (body === undefined ? undefined : decodeBase64(body)) ?? new Uint8Array();
  const certificate = elementAt(bytes, 0, bytes.length);
  const signed = certificate && childrenOf(bytes, certificate)[0];
  return {
    bytes,
    fields: signed
      ? childrenOf(bytes, signed).filter(({ tag }) => tag !== VERSION)
      : [],
  };
}

/** Base64 as bytes; undefined for what is none. */
export function decodeBase64(text: string): Uint8Array | undefined {
  try {
    return Uint8Array.from(atob(text.replace(/\s/g, '')), character =>
      character.charCodeAt(0),
    );
  } catch {
    // atob has no other way to say that this is no base64.
    return undefined;
  }
}

function elementAt(
  bytes: Uint8Array,
  at: number,
  limit: number,
): Element | undefined {
  const tag = bytes[at];
  const first = bytes[at + 1];
  if (first === undefined) {
    return undefined;
  }
  const more = first < 0x80 ? 0 : first - 0x80;
  const start = at + 2 + more;
  const length =
    more === 0
      ? first
      : bytes.slice(at + 2, start).reduce((sum, byte) => sum * 256 + byte, 0);
  const end = start + length;
  return more > 4 || end > limit ? undefined : { tag, start, end };
}

function childrenOf(bytes: Uint8Array, parent: Element): Element[] {
  const children: Element[] = [];
  let at = parent.start;
  while (parent.tag === SEQUENCE && at < parent.end) {
    const child = elementAt(bytes, at, parent.end);
    if (!child) {
      return [];
    }
    children.push(child);
    at = child.end;
  }
  return children;
}

/** `YYMMDDhhmmssZ` up to 2049, `YYYYMMDDhhmmssZ` after that. */
function timeOf(
  bytes: Uint8Array,
  { tag, start, end }: Element,
): number | undefined {
  const text = String.fromCharCode(...bytes.slice(start, end));
  const parts = /^(\d{2,4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  if (!parts || (tag !== UTC_TIME && tag !== GENERALIZED_TIME)) {
    return undefined;
  }
  const [written, month, day, hour, minute, second] = parts
    .slice(1)
    .map(Number);
  const century = written < 50 ? 2000 : 1900;
  const year = tag === UTC_TIME ? century + written : written;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}
