import { Gateway } from '../../istio/objects';
import { hasLabels } from '../../kubernetes/selectors';
import { namespacesWithWorkloads } from '../../mesh/workloads';
import { defineIndex } from '../../snapshot/defineIndex';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { defineCheck } from '../check';
import { fullNameOf, labelsText, refOf } from '../naming';
import { POD_KINDS, podsIn } from '../workloadPods';

type Server = NonNullable<NonNullable<Gateway['spec']>['servers']>[number];

const byHost = defineIndex(['networking.istio.io/Gateway'], ({ objects }) => {
  const found = new Map<string, Set<Gateway>>();
  for (const gateway of objects('networking.istio.io/Gateway')) {
    for (const key of (gateway.spec?.servers ?? []).flatMap(keysOf)) {
      found.set(key, (found.get(key) ?? new Set()).add(gateway));
    }
  }
  return found;
});

/** Gateways of the same pods have one host at one port, of which only one counts. */
export const conflictingGateways = defineCheck({
  code: 'IST0145',
  aliases: ['KIA0301'],
  level: 'error',
  title: 'Gateways of the same pods have one host and port',
  explanation:
    'Several Gateways configure the same pods for one port and host. The pods can listen for it once only: the oldest Gateway counts, and the settings of the others (TLS among them) are left out.',
  upstream:
    'gateway.ConflictingGatewayAnalyzer (istioctl); gateways.MultiMatchChecker (Kiali)',
  mesh: 'istio',
  subject: 'networking.istio.io/Gateway',
  needs: POD_KINDS,
  *run(gateway, snapshot) {
    for (const [index, server] of (gateway.spec?.servers ?? []).entries()) {
      const rivals = new Set(
        keysOf(server)
          .flatMap(key => gatewaysWith(snapshot, key))
          .filter(
            other => other !== gateway && sharePods(snapshot, gateway, other),
          ),
      );
      if (rivals.size > 0) {
        yield {
          message: `${refOf(gateway)} has ${(server.hosts ?? []).join(
            ', ',
          )} at port ${server.port?.number ?? 0}, as ${[...rivals]
            .map(fullNameOf)
            .sort()
            .join(', ')} for the same pods (${labelsText(
            gateway.spec?.selector ?? {},
          )}): keep each host and port in one Gateway`,
          field: `spec.servers[${index}]`,
        };
      }
    }
  },
});

function keysOf({ port, bind = '', hosts = [] }: Server): string[] {
  return hosts.map(host => `${port?.number ?? 0} ${bind} ${host}`);
}

function gatewaysWith(snapshot: MeshSnapshot, key: string): Gateway[] {
  return snapshot
    .namespacesOf('networking.istio.io/Gateway')
    .flatMap(namespace => [...(byHost(snapshot, namespace).get(key) ?? [])]);
}

/** The same selector, or one that includes the other where a pod has the labels of both. */
function sharePods(snapshot: MeshSnapshot, a: Gateway, b: Gateway): boolean {
  const one = a.spec?.selector ?? {};
  const other = b.spec?.selector ?? {};
  const included = hasLabels(one, other);
  const includes = hasLabels(other, one);
  if (included && includes) {
    return true;
  }
  if (!included && !includes) {
    return false;
  }
  const both = { ...one, ...other };
  return [...namespacesWithWorkloads(snapshot)].some(namespace => {
    const [pod] = podsIn(snapshot, namespace, both);
    return pod !== undefined;
  });
}
