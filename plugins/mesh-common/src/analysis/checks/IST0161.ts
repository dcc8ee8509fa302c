import { certificateValidity } from '../../kubernetes/certificate';
import { Secret } from '../../kubernetes/core';
import { Check, defineCheck } from '../check';
import { refOf } from '../naming';
import { POD_KINDS } from '../workloadPods';
import { secretsOfGateway } from './gatewaySecrets';

/** The keys that certificate and private key are under, of which the first that are there count. */
const KEYS = [
  ['cert', 'key'],
  ['tls.crt', 'tls.key'],
] as const;

/** A Gateway's Secret has no certificate that counts now. Over files alone: Secrets are never read of a cluster. */
export function invalidGatewayCredential(
  now: () => number,
): Check<'networking.istio.io/Gateway'> {
  return defineCheck({
    code: 'IST0161',
    level: 'error',
    title: 'Secret of a Gateway without a valid certificate',
    explanation:
      'The Secret that a Gateway takes its certificate from lacks the certificate or its key, or the certificate cannot be read, has expired or is not valid yet. Clients cannot connect to that server by TLS. Only files are checked: Secrets are never read of a cluster.',
    upstream: 'gateway.SecretAnalyzer (istioctl)',
    mesh: 'istio',
    subject: 'networking.istio.io/Gateway',
    needs: [...POD_KINDS, 'Secret'],
    *run(gateway, snapshot) {
      for (const { name, namespace, secret, field } of secretsOfGateway(
        snapshot,
        gateway,
      )) {
        const problem = secret && problemOf(secret, now());
        if (problem) {
          yield {
            message: `${refOf(
              gateway,
            )} takes its certificate from Secret ${namespace}/${name}, ${problem}`,
            field,
          };
        }
      }
    },
  });
}

function problemOf(
  { data, stringData }: Secret,
  now: number,
): string | undefined {
  const values = { ...data, ...stringData };
  const pair = KEYS.find(([cert, key]) => values[cert] && values[key]);
  if (!pair) {
    return 'which has neither tls.crt and tls.key nor cert and key: add both';
  }
  const validity = certificateValidity(values[pair[0]]);
  if (!validity) {
    return `whose ${pair[0]} is no certificate in PEM: correct it`;
  }
  if (now > validity.notAfter) {
    return `whose certificate expired on ${dateOf(
      validity.notAfter,
    )}: renew it`;
  }
  return now < validity.notBefore
    ? `whose certificate is valid from ${dateOf(validity.notBefore)} on only`
    : undefined;
}

function dateOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

/** With the clock of the machine. */
export const invalidGatewayCredentialNow = invalidGatewayCredential(Date.now);
