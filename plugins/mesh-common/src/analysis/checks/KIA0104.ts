import { isSubsetOf, serviceHost } from '../../istio/hosts';
import { clusterDomain } from '../../istio/injectorConfig';
import { entryHosts } from '../../istio/meshServices';
import {
  virtualServicesOfHost,
  virtualServicesWriting,
} from '../../istio/routing/virtualServiceIndex';
import { namespaceOf } from '../../kubernetes/objects';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { defineCheck } from '../check';
import { servicesSeen } from '../knownHosts';
import { settingsOfNamespace } from '../namespaceMesh';
import { namespaceExists } from '../namespaces';
import { refOf } from '../naming';
import { operationsOf } from '../ruleParts';

/** A rule of an AuthorizationPolicy is about the host of a Service that does not exist. */
export const policyHostUnknown = defineCheck({
  code: 'KIA0104',
  level: 'error',
  title: 'AuthorizationPolicy for an unknown host',
  explanation:
    'The rule is about requests to NAME or NAME.NAMESPACE, which neither a Service that is exported to the policy’s namespace nor a ServiceEntry nor a VirtualService has as its host. Names of the DNS and patterns are not looked up, since what a client writes as the host is up to it.',
  upstream: 'authorization.NoHostChecker, AuthorizationPolicyChecker (Kiali)',
  mesh: 'istio',
  subject: 'security.istio.io/AuthorizationPolicy',
  needs: ['Service', 'Namespace', 'ConfigMap'],
  *run(policy, snapshot) {
    const namespace = namespaceOf(policy);
    const config = settingsOfNamespace(snapshot, namespace);
    if (!config || namespace === config.rootNamespace) {
      return;
    }
    for (const { part, field } of operationsOf(policy)) {
      for (const [index, written] of (part.hosts ?? []).entries()) {
        const service = serviceMeant(snapshot, written, namespace);
        if (
          service &&
          !isKnown(snapshot, service, hostOf(written), namespace)
        ) {
          yield {
            message: `${refOf(
              policy,
            )} is about requests to ${written}, but neither a Service that its namespace sees nor a ServiceEntry nor a VirtualService has this host: correct it, or remove it`,
            field: `${field}.hosts[${index}]`,
            ...(config.outboundTrafficPolicy.mode === 'ALLOW_ANY' && {
              level: 'warning' as const,
            }),
          };
        }
      }
    }
  },
});

interface ServiceName {
  name: string;
  namespace: string;
}

/** The Service that a host names: in the policy's namespace or, after a dot, in one that exists. */
function serviceMeant(
  snapshot: MeshSnapshot,
  written: string,
  own: string,
): ServiceName | undefined {
  const [name, namespace = own, ...rest] = hostOf(written).split('.');
  return !written.includes('*') &&
    rest.length === 0 &&
    (namespace === own || namespaceExists(snapshot, namespace))
    ? { name, namespace }
    : undefined;
}

/** The host without the port that it may be written with. */
function hostOf(written: string): string {
  return written.toLowerCase().replace(/:.*$/, '');
}

function isKnown(
  snapshot: MeshSnapshot,
  service: ServiceName,
  written: string,
  from: string,
): boolean {
  const host = serviceHost(service, clusterDomain(snapshot));
  return (
    servicesSeen(snapshot, host, [from]).length > 0 ||
    virtualServicesOfHost(snapshot, host).length > 0 ||
    virtualServicesWriting(snapshot, [written]).length > 0 ||
    [...entryHosts(snapshot)].some(entry =>
      [host, written].some(name => isSubsetOf(name, entry.host)),
    )
  );
}
