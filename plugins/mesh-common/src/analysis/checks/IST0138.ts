import { Gateway } from '../../istio/objects';
import { hasLabels } from '../../kubernetes/selectors';
import { defineIndex } from '../../snapshot/defineIndex';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { defineCheck } from '../check';
import { fullNameOf } from '../naming';

type ServerTls = NonNullable<
  NonNullable<NonNullable<Gateway['spec']>['servers']>[number]['tls']
>;

const byCertificate = defineIndex(
  ['networking.istio.io/Gateway'],
  ({ objects }) => {
    const found = new Map<string, Gateway[]>();
    for (const gateway of objects('networking.istio.io/Gateway')) {
      for (const key of certificatesOf(gateway)) {
        found.set(key, [...(found.get(key) ?? []), gateway]);
      }
    }
    return found;
  },
);

/** Two Gateways of the same pods use one certificate. */
export const duplicateCertificate = defineCheck({
  code: 'IST0138',
  level: 'warning',
  title: 'Gateways of the same pods share a certificate',
  explanation:
    'Browsers reuse an HTTP/2 connection for every host of its certificate. With the hosts of one certificate in several Gateways a request may come in over the connection of another Gateway, which answers 404. Put the hosts into one Gateway, or use a certificate for each.',
  upstream: 'gateway.CertificateAnalyzer (istioctl)',
  mesh: 'istio',
  subject: 'networking.istio.io/Gateway',
  needs: [],
  *run(gateway, snapshot) {
    const selector = gateway.spec?.selector ?? {};
    const others = certificatesOf(gateway)
      .flatMap(key => gatewaysWith(snapshot, key))
      .filter(
        other =>
          other !== gateway && hasLabels(other.spec?.selector ?? {}, selector),
      );
    for (const other of new Set(others)) {
      yield {
        message: `Gateways ${fullNameOf(gateway)} and ${fullNameOf(
          other,
        )} use the same certificate: make them one Gateway, or give each a certificate of its own`,
        field: 'spec.servers',
      };
    }
  },
});

function gatewaysWith(snapshot: MeshSnapshot, key: string): Gateway[] {
  return snapshot
    .namespacesOf('networking.istio.io/Gateway')
    .flatMap(namespace => byCertificate(snapshot, namespace).get(key) ?? []);
}

function certificatesOf({ spec }: Gateway): string[] {
  return [
    ...new Set(
      (spec?.servers ?? []).flatMap(({ tls }) => (tls ? keyOf(tls) : [])),
    ),
  ];
}

function keyOf({
  credentialName,
  serverCertificate,
  privateKey,
}: ServerTls): string[] {
  if (credentialName) {
    return [`credential ${credentialName}`];
  }
  return serverCertificate && privateKey
    ? [`files ${serverCertificate} ${privateKey}`]
    : [];
}
