import { Reason } from '../../contract/common';
import { ControlPlane } from '../../contract/controlPlane';
import { ClusterMesh } from '../../contract/fleet';
import { namespaceOf } from '../../kubernetes/objects';
import {
  About,
  fact,
  readinessAnswer,
  readinessOf,
} from '../../mesh/control-plane/facts';
import { defineTally } from '../../snapshot/defineTally';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { because } from '../../mesh/answers';
import { compare } from '../age';
import { versionOfIstiod } from '../controlPlane';
import { trustDomainOf } from '../identity';
import { proxyVersion } from '../pods';
import { proxiesOfRevision } from '../proxiesOfRevision';
import { REVISION_LABEL } from '../revisions';
import { authorityNamespaceOf } from './authority';
import { certificatesOf } from './certificates';
import { nodeComponents } from './components';
import { injectionFact, meshConfigFact, versionFact } from './facts';
import { Revision, revisionsOf, whereItRuns } from './revisions';
import { environmentSettings, meshSettings } from './settings';
import { proxySkewFact, revisionSkewFact } from './skewFacts';
import { webhooksOfRevision } from './webhooks';

const proxyTallies = defineTally('Pod', proxyVersion);

/**
 * Istio on a cluster as far as its objects tell: its revisions, what their identities are issued with, and the pods by
 * the version of their proxy. Undefined where there is no control plane, no proxy, and no injector's webhook.
 *
 * Upstream: istioctl/pkg/version, pkg/kube `GetIstioPods`.
 */
export function clusterMesh(snapshot: MeshSnapshot): ClusterMesh | undefined {
  const about: About = { snapshot, mesh: 'istio' };
  const revisions = revisionsOf(snapshot);
  const proxies = sorted(proxyTallies.inAll(snapshot));
  if (revisions.length === 0 && proxies.length === 0) {
    return undefined;
  }
  const trustDomain = trustDomainOf(snapshot);
  return {
    mesh: 'istio',
    title: 'Istio',
    controlPlanes: revisions.map(revision => controlPlaneOf(about, revision)),
    ...(trustDomain && { trustDomain }),
    facts: revisionSkewFact(about, revisions),
    certificates: certificatesOf(about, authorityNamespaceOf(snapshot)),
    components: nodeComponents(about),
    proxies,
  };
}

function controlPlaneOf(about: About, revision: Revision): ControlPlane {
  const { deployment, name } = revision;
  const runs = whereItRuns(about, revision);
  const version = deployment && versionOfIstiod(deployment);
  const mesh = meshConfigFact(about, revision);
  const shown = deployment ? deployment.metadata.labels[REVISION_LABEL] : name;
  return {
    ...(shown && { revision: shown }),
    ...(version && { version }),
    ...(deployment && {
      namespace: namespaceOf(deployment),
      ...readinessOf(deployment),
    }),
    runs,
    tags: tagsOf(about, revision),
    facts: [
      versionFact(about, revision, runs),
      ...(deployment
        ? [
            fact(
              'ready',
              'Readiness',
              readinessAnswer(
                about,
                { kind: 'apps/Deployment', object: deployment },
                readinessOf(deployment),
              ),
            ),
          ]
        : []),
      mesh.fact,
      injectionFact(about, revision),
      proxySkewFact(about, revision),
    ],
    webhooks: webhooksOfRevision(about, revision),
    settings: [
      ...(mesh.config ? meshSettings(about, mesh.config) : []),
      ...(deployment ? environmentSettings(about, deployment) : []),
    ],
    proxies: sorted(proxiesOfRevision(about.snapshot, name)),
  };
}

/** Those that webhooks inject by, and those that gateways and waypoints alone can ask for. */
function tagsOf(
  { snapshot }: About,
  { name: revision, tags, serviceTags }: Revision,
): { name: string; reason: Reason }[] {
  const rule = 'istio/control-plane/tag';
  const field = `metadata.labels ${REVISION_LABEL}`;
  return [
    ...tags.map(({ name, configuration }) => ({
      name,
      reason: because(
        rule,
        `${configuration.metadata.name} has the tag ${name} point to revision ${revision}`,
        {
          snapshot,
          kind: 'admissionregistration.k8s.io/MutatingWebhookConfiguration',
          object: configuration,
          field,
        },
      ),
    })),
    ...serviceTags.map(({ name, service }) => ({
      name,
      reason: because(
        rule,
        `Service ${namespaceOf(service)}/${
          service.metadata.name
        } has the tag ${name} point to revision ${revision}, for gateways and waypoints: no webhook injects sidecars by it`,
        { snapshot, kind: 'Service', object: service, field },
      ),
    })),
  ];
}

function sorted(pods: ReadonlyMap<string, number>): ClusterMesh['proxies'] {
  return [...pods]
    .map(([version, count]) => ({ version, pods: count }))
    .sort((a, b) => compare(a.version, b.version));
}
