import {
  EXPIRED_CERTIFICATE,
  LONG_CERTIFICATE,
  P256_CERTIFICATE,
  P384_CERTIFICATE,
} from '../__testUtils__/certificates';
import { bundleKeys, bundleValidities } from './certificateBundle';

describe('bundleValidities', () => {
  it('reads every certificate, whatever stands between them', () => {
    expect(
      bundleValidities(
        `# old\n${EXPIRED_CERTIFICATE}\ngarbage - -- of all kinds\n${LONG_CERTIFICATE}\n`,
      ),
    ).toEqual([
      { notBefore: Date.UTC(2020, 0), notAfter: Date.UTC(2021, 0) },
      { notBefore: Date.UTC(2020, 0), notAfter: Date.UTC(2120, 0) },
    ]);
  });

  it('says of which nothing is known', () => {
    expect(
      bundleValidities(
        `-----BEGIN CERTIFICATE-----\nMAMCAQA=\n-----END CERTIFICATE-----\n${LONG_CERTIFICATE}`,
      ),
    ).toEqual([
      undefined,
      expect.objectContaining({ notAfter: Date.UTC(2120, 0) }),
    ]);
  });

  it.each(['', 'no certificate', '-----BEGIN CERTIFICATE-----'])(
    'finds none in %j',
    text => {
      expect(bundleValidities(text)).toEqual([]);
    },
  );
});

describe('bundleKeys', () => {
  it('tells the keys that certificates have', () => {
    const broken =
      '-----BEGIN CERTIFICATE-----\nMAMCAQA=\n-----END CERTIFICATE-----';
    expect(
      bundleKeys(
        [P256_CERTIFICATE, P384_CERTIFICATE, LONG_CERTIFICATE, broken].join(
          '\n',
        ),
      ),
    ).toEqual(['P-256', 'other', 'RSA', undefined]);
  });
});
