import {
  EXPIRED_CERTIFICATE,
  LONG_CERTIFICATE,
} from '../__testUtils__/certificates';
import { certificateValidity } from './certificate';

describe('certificateValidity', () => {
  it.each([
    [EXPIRED_CERTIFICATE, Date.UTC(2020, 0), Date.UTC(2021, 0)],
    [LONG_CERTIFICATE, Date.UTC(2020, 0), Date.UTC(2120, 0)],
  ])('reads both forms of times', (pem, notBefore, notAfter) => {
    expect(certificateValidity(pem)).toEqual({ notBefore, notAfter });
  });

  it.each([
    ['nothing', ''],
    ['no PEM', 'certificate'],
    ['no base64', LONG_CERTIFICATE.replace('MII', 'M=I')],
    [
      'the half of one',
      `${LONG_CERTIFICATE.slice(0, 120)}\n-----END CERTIFICATE-----`,
    ],
    [
      'something else',
      '-----BEGIN CERTIFICATE-----\nMAMCAQA=\n-----END CERTIFICATE-----',
    ],
  ])('knows nothing of %s', (_, pem) => {
    expect(certificateValidity(pem)).toBeUndefined();
  });
});
