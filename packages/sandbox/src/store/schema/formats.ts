import { isIPv4, isIPv6 } from 'node:net';

const UUID =
  /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i;
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const DATE_TIME =
  /^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})$/;
const BASE64 =
  /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const DURATION =
  /^[+-]?(\d+(\.\d*)?|\.\d+)(ns|us|µs|ms|s|m|h|d|w)([\d.a-zµ]*)$/;

const FORMATS = new Map<string, (value: string) => boolean>([
  ['date', value => DATE.test(value) && isTime(value)],
  ['date-time', value => DATE_TIME.test(value) && isTime(value)],
  ['datetime', value => DATE_TIME.test(value) && isTime(value)],
  ['byte', value => BASE64.test(value)],
  ['duration', value => DURATION.test(value)],
  ['uuid', value => UUID.test(value)],
  ['ipv4', value => isIPv4(value)],
  ['ipv6', value => isIPv6(value)],
  ['uri', value => URL.canParse(value)],
]);

/** Whether a text has the format; a format that is not known says nothing. */
export function matchesFormat(format: string, value: string): boolean {
  return FORMATS.get(format)?.(value) ?? true;
}

function isTime(value: string): boolean {
  return !Number.isNaN(Date.parse(value));
}
