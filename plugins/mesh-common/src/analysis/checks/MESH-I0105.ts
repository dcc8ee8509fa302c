import { defineCheck } from '../check';
import { refOf } from '../naming';

const EVERYTHING = '*/*';

export const hostsAfterEverything = defineCheck({
  code: 'MESH-I0105',
  level: 'error',
  title: 'Hosts of a Gateway that end istiod',
  explanation:
    'Of a server with the host `*/*`, istiod keeps nothing but `*`; a host after it that is for the own namespace (`./a.example.com`) or for all (`*/a.example.com`) is then written to a place that there is not. istiod panics and ends as soon as it configures a proxy of the gateway (1.31 does), again after each restart, and the webhook lets such a Gateway in. The other hosts add nothing to `*/*`: leave them out.',
  upstream: 'pilot/pkg/model/gateway.go, sanitizeServerHostNamespace (istio)',
  mesh: 'istio',
  subject: 'networking.istio.io/Gateway',
  needs: [],
  *run(gateway) {
    for (const [index, { hosts = [] }] of (
      gateway.spec?.servers ?? []
    ).entries()) {
      const first = hosts.indexOf(EVERYTHING);
      const after = hosts.findIndex(
        (host, place) =>
          first >= 0 &&
          place > first &&
          host !== EVERYTHING &&
          isRewritten(host),
      );
      if (after >= 0) {
        yield {
          message: `${refOf(gateway)} has the host ${
            hosts[after]
          } after ${EVERYTHING}: istiod panics and ends when it configures a proxy of the gateway. Leave the other hosts out`,
          field: `spec.servers[${index}].hosts[${after}]`,
        };
      }
    }
  },
});

/** Whether istiod writes a host in another way: one for the own namespace, or for all. */
function isRewritten(host: string): boolean {
  return host.startsWith('./') || host.startsWith('*/');
}
