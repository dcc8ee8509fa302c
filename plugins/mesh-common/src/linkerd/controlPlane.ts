import { ControlPlane } from '../contract/controlPlane';
import { ClusterMesh } from '../contract/fleet';
import { About, fact, judged } from '../mesh/control-plane/facts';
import { isReady } from '../mesh/workloads';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { podsWithLabels } from '../snapshot/podsByLabel';
import { accountsFact, namespaceFact } from './control-plane/accounts';
import {
  anchorsOfProxiesFact,
  bundleFacts,
  certificatesOf,
} from './control-plane/certificates';
import { clusterNetworksFact } from './control-plane/clusterNetworks';
import { cniComponents, cniFact } from './control-plane/cni';
import { cniPartsFacts } from './control-plane/cniParts';
import {
  availabilityFact,
  partComponents,
  partsFact,
  replicaFailureFacts,
} from './control-plane/components';
import { proxiesReadyFact, schedulingFact } from './control-plane/dataPlane';
import { definitionFacts } from './control-plane/definitions';
import {
  extensionComponents,
  extensionFacts,
} from './control-plane/extensions';
import { multiclusterFacts } from './control-plane/multicluster';
import { nativeSidecarsFact } from './control-plane/nativeSidecars';
import { initContainerFacts, nodeNetworksFact } from './control-plane/nodes';
import { rightsFact } from './control-plane/rights';
import {
  proxiesByVersion,
  proxySkewFact,
  versionFact,
} from './control-plane/versions';
import { vizFacts } from './control-plane/viz';
import { webhooksOf } from './control-plane/webhooks';
import { ControlPlaneConfig, controlPlaneConfig } from './controlPlaneConfig';

const DESTINATION = 'linkerd-destination';

/**
 * Linkerd on a cluster, as far as objects answer what `linkerd check` asks; undefined where there is neither a control
 * plane nor a proxy of it.
 */
export function clusterMesh(snapshot: MeshSnapshot): ClusterMesh | undefined {
  const about: About = { snapshot, mesh: 'linkerd' };
  const read = controlPlaneConfig(snapshot);
  const config =
    read.state === 'read' && read.config.configMap ? read.config : undefined;
  const proxies = proxiesByVersion(snapshot);
  if (!config && proxies.length === 0) {
    return undefined;
  }
  return {
    mesh: 'linkerd',
    title: 'Linkerd',
    controlPlanes: config ? [controlPlane(about, config, proxies)] : [],
    ...(config && {
      trustDomain: config.trustDomain,
      certificates: certificatesOf(about, config),
      components: [...cniComponents(about), ...extensionComponents(about)],
      facts: [
        ...extensionFacts(about),
        ...vizFacts(about),
        ...multiclusterFacts(about),
      ],
    }),
    ...(read.state === 'unknown' && {
      facts: [fact('control-plane', 'Control plane', read.answer)],
    }),
    proxies,
  };
}

/** The control plane; how ready it is by the component that proxies cannot do without, the destination controller. */
function controlPlane(
  about: About,
  config: ControlPlaneConfig,
  proxies: ClusterMesh['proxies'],
): ControlPlane {
  const { snapshot } = about;
  const { namespace, version, configMap } = config;
  const deployment = snapshot.get('apps/Deployment', namespace, DESTINATION);
  const pods = podsWithLabels(snapshot, namespace, {
    'linkerd.io/control-plane-component': 'destination',
  });
  const { webhooks, facts } = webhooksOf(about);
  return {
    ...(version && { version }),
    namespace,
    ready: deployment?.status?.readyReplicas ?? pods.filter(isReady).length,
    replicas: deployment?.spec.replicas ?? pods.length,
    runs: judged(
      about,
      'runs',
      'here',
      `ConfigMap ${namespace}/linkerd-config has its settings`,
      configMap && { kind: 'ConfigMap', object: configMap },
    ),
    facts: [
      versionFact(about, config),
      namespaceFact(about, config),
      partsFact(about, config),
      ...replicaFailureFacts(about, config),
      schedulingFact(about, namespace),
      accountsFact(about, config),
      rightsFact(about, config),
      availabilityFact(about, config),
      clusterNetworksFact(about, config),
      nodeNetworksFact(about, config),
      cniFact(about, config),
      ...cniPartsFacts(about, config),
      ...initContainerFacts(about, config),
      nativeSidecarsFact(about, config),
      proxiesReadyFact(about),
      proxySkewFact(about, config, proxies),
      ...bundleFacts(about, config),
      anchorsOfProxiesFact(about, config),
      ...definitionFacts(about),
      ...facts,
    ],
    components: partComponents(about, config),
    webhooks,
    proxies,
  };
}
