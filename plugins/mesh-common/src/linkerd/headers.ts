/** Names of HTTP headers are tokens (RFC 9110 section 5.6.2). */
const NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const VALUE = /^[\t\x20-\x7e\x80-\uffff]*$/;

/**
 * Whether a text can be the name of a header.
 *
 * Upstream: policy-controller/core/src/routes.rs, `HeaderName` of the crate `http`.
 */
export function isHeaderName(text: string): boolean {
  return NAME.test(text);
}

/** Whether a text can be the value of a header: it has no control characters but tabs. */
export function isHeaderValue(text: string): boolean {
  return VALUE.test(text);
}
