import { createPrivateKey, X509Certificate } from 'node:crypto';
import { createCertificates } from './certificates';

it('makes an authority, and a certificate of it for loopback', async () => {
  const { caCertificate, certificate, key } = await createCertificates();
  const authority = new X509Certificate(caCertificate);
  const server = new X509Certificate(certificate);
  expect(authority.ca).toBe(true);
  expect(server.ca).toBe(false);
  expect(server.checkIssued(authority)).toBe(true);
  expect(server.verify(authority.publicKey)).toBe(true);
  expect(server.checkPrivateKey(createPrivateKey(key))).toBe(true);
  expect(server.publicKey.asymmetricKeyDetails?.namedCurve).toBe('prime256v1');
  expect(server.checkHost('localhost')).toBe('localhost');
  expect(server.checkIP('127.0.0.1')).toBe('127.0.0.1');
  expect(server.checkIP('::1')).toBe('::1');
});

it('makes another authority each time', async () => {
  const [first, second] = await Promise.all([
    createCertificates(),
    createCertificates(),
  ]);
  expect(first.caCertificate).not.toBe(second.caCertificate);
});
