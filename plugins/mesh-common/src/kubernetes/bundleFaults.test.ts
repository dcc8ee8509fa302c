import fc from 'fast-check';
import {
  EXPIRED_CERTIFICATE,
  LONG_CERTIFICATE,
} from '../__testUtils__/certificates';
import { BundleFault, bundleFaults } from './bundleFaults';

const KEY = '-----BEGIN PRIVATE KEY-----\nMAMCAQA=\n-----END PRIVATE KEY-----';
const BROKEN =
  '-----BEGIN CERTIFICATE-----\nMAMCAQA=\n-----END CERTIFICATE-----';
const UNENDED = LONG_CERTIFICATE.split('\n').slice(0, 3).join('\n');

describe('bundleFaults', () => {
  it.each<[string, string[], BundleFault[]]>([
    ['nothing', ['', LONG_CERTIFICATE, '', EXPIRED_CERTIFICATE, ''], []],
    ['no certificate', ['something'], [{ fault: 'empty' }]],
    ['a key alone', [KEY], [{ fault: 'empty' }]],
    ['only the beginning', [UNENDED], [{ fault: 'empty' }]],
    [
      'text between them',
      [LONG_CERTIFICATE, 'this is', 'a note', EXPIRED_CERTIFICATE],
      [{ fault: 'text-between', line: 9 }],
    ],
    [
      'text before and after them',
      ['# roots', LONG_CERTIFICATE, 'end'],
      [
        { fault: 'text-between', line: 1 },
        { fault: 'text-after', line: 10 },
      ],
    ],
    [
      'one that cannot be read',
      [LONG_CERTIFICATE, BROKEN],
      [{ fault: 'unreadable', certificate: 2 }],
    ],
    [
      'one that does not end',
      [UNENDED, LONG_CERTIFICATE],
      [{ fault: 'unended', line: 1 }],
    ],
    [
      'a key before a certificate',
      [KEY, LONG_CERTIFICATE],
      [{ fault: 'other-block', label: 'PRIVATE KEY', line: 1, last: false }],
    ],
    [
      'a key after a certificate',
      [LONG_CERTIFICATE, KEY],
      [{ fault: 'other-block', label: 'PRIVATE KEY', line: 9, last: true }],
    ],
  ])('finds %s', (_, parts, expected) => {
    expect(bundleFaults(parts.join('\n'))).toEqual(expected);
    expect(bundleFaults(parts.join('\r\n').replace(/\r?\n/g, '\r\n'))).toEqual(
      expected,
    );
  });

  it('answers for any text', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom('-----BEGIN CERTIFICATE-----', KEY, BROKEN, 'x', '-'),
        ),
        lines => {
          expect(bundleFaults(lines.join('\n'))).toBeInstanceOf(Array);
        },
      ),
    );
  });
});
