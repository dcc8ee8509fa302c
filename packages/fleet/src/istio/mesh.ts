import { appNamespaces } from '../layout';
import { FleetMesh, spread } from '../mesh';
import {
  controlPlane,
  ROOT_NAMESPACE,
  rootPods,
  rootServices,
} from './controlPlane';
import {
  appPeerAuthentication,
  authorizationPolicyOf,
  destinationRuleOf,
  gatewayOf,
  namespacePeerAuthentication,
  serviceEntryOf,
  virtualServiceOf,
} from './objects';
import { ISTIO_PROBLEMS } from './problems';
import {
  IMAGE,
  sidecarAnnotations,
  sidecarContainers,
  sidecarVolumes,
} from './sidecar';

/** A fleet with Istio. */
export const ISTIO: FleetMesh = {
  large: {
    Namespace: 200,
    Service: 5_000,
    Pod: 50_000,
    VirtualService: 2_000,
    DestinationRule: 1_000,
    AuthorizationPolicy: 500,
    PeerAuthentication: 500,
    Gateway: 500,
    ServiceEntry: 500,
  },
  root: { namespace: ROOT_NAMESPACE, services: 2, pods: 4 },
  proxy: {
    name: 'istio-proxy',
    image: IMAGE,
    initName: 'istio-init',
    initImage: IMAGE,
  },
  problems: ISTIO_PROBLEMS,
  leftOut: { code: 'IST0103', of: 'Pod' },
  namespaceMetadata: isRoot => ({
    labels: { 'istio-injection': isRoot ? 'disabled' : 'enabled' },
  }),
  appsWithSubsets: counts => counts.DestinationRule,
  injected: (app, version) => ({
    labels: {
      'security.istio.io/tlsMode': 'istio',
      'service.istio.io/canonical-name': app.name,
      'service.istio.io/canonical-revision': version,
    },
    annotations: sidecarAnnotations(),
    ...sidecarContainers(app, version),
    volumes: sidecarVolumes(),
  }),
  controlPlane,
  rootServices,
  rootPods,
  *objects(apps, counts, random) {
    for (const app of apps.slice(0, counts.VirtualService)) {
      const gateway = app.index < counts.Gateway ? app.name : undefined;
      yield virtualServiceOf(app, gateway, random);
    }
    for (const app of apps.slice(0, counts.DestinationRule)) {
      yield destinationRuleOf(app, random);
    }
    for (let index = 0; index < counts.AuthorizationPolicy; index++) {
      const callers = Array.from({ length: 1 + random.below(3) }, () =>
        random.pick(apps),
      );
      const app = spread(apps, index, counts.AuthorizationPolicy);
      yield authorizationPolicyOf(app, callers, random);
    }
    const names = appNamespaces(counts);
    for (let index = 0; index < counts.PeerAuthentication; index++) {
      const app = index - names.length;
      yield app < 0
        ? namespacePeerAuthentication(names[index], random)
        : appPeerAuthentication(
            spread(apps, app, counts.PeerAuthentication - names.length),
            random,
          );
    }
    for (const app of apps.slice(0, counts.Gateway)) {
      yield gatewayOf(app, random);
    }
    for (let index = 0; index < counts.ServiceEntry; index++) {
      const app = spread(apps, index, counts.ServiceEntry);
      yield serviceEntryOf(app, index, random);
    }
  },
};
