import { ClientTls, DestinationRule } from '../../istio/objects';

/**
 * Whether clients would take any certificate for the server's: TLS of their own without the certificates of an
 * authority to check it by. A `credentialName` brings them, for the workloads that a `workloadSelector` selects.
 */
export function isUnverified(
  tls: ClientTls | undefined,
  { spec }: DestinationRule,
): boolean {
  return (
    (tls?.mode === 'SIMPLE' || tls?.mode === 'MUTUAL') &&
    !tls.caCertificates &&
    !(tls.credentialName && spec?.workloadSelector)
  );
}
