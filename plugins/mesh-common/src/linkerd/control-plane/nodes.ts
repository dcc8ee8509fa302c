import { ControlPlaneFact } from '../../contract/controlPlane';
import {
  About,
  fact,
  judged,
  notKnown,
  unreadKind,
} from '../../mesh/control-plane/facts';
import { listed } from '../../mesh/listed';
import { defineTally } from '../../snapshot/defineTally';
import { blockIncludes, parseBlock } from '../addressBlocks';
import { ControlPlaneConfig } from '../controlPlaneConfig';

const DOCKER = 'docker:';

const podNetworks = defineTally(
  'Node',
  ({ spec }) => spec.podCIDRs.join(',') || undefined,
);

const runtimes = defineTally('Node', ({ status }) => {
  const runtime = status?.nodeInfo?.containerRuntimeVersion;
  if (!runtime) {
    return 'untold';
  }
  return runtime.startsWith(DOCKER) ? 'docker' : 'other';
});

/**
 * Whether the control plane knows the networks that nodes give to their pods: to pods outside of its `clusterNetworks`
 * proxies send as to addresses outside the cluster.
 *
 * Upstream: pkg/healthcheck, "cluster networks contains all node podCIDRs" (l5d-cluster-networks-cidr), `checkClusterNetworks`.
 */
export function nodeNetworksFact(
  about: About,
  { configMap, clusterNetworks }: ControlPlaneConfig,
): ControlPlaneFact {
  const id = 'node-networks';
  const title = 'Networks of nodes';
  const unread = unreadKind(about, id, 'Node');
  if (unread) {
    return fact(id, title, unread);
  }
  const decider = configMap && {
    kind: 'ConfigMap' as const,
    object: configMap,
    field: 'data.values clusterNetworks',
  };
  const written = [...podNetworks.inAll(about.snapshot).keys()].flatMap(
    networks => networks.split(','),
  );
  if (written.length === 0) {
    return fact(
      id,
      title,
      notKnown(
        about,
        id,
        'absent',
        'No node says which network its pods have (spec.podCIDRs): their addresses are given by something else',
        decider,
      ),
    );
  }
  const known = clusterNetworks
    .map(parseBlock)
    .filter(block => block !== undefined);
  const outside = written
    .filter(text => {
      const block = parseBlock(text);
      return block && !known.some(network => blockIncludes(network, block));
    })
    .sort();
  return fact(
    id,
    title,
    outside.length === 0
      ? judged(
          about,
          id,
          'good',
          'clusterNetworks contains the networks that nodes give to their pods',
          decider,
        )
      : judged(
          about,
          id,
          'bad',
          `clusterNetworks (${clusterNetworks.join(
            ', ',
          )}) does not contain ${listed(
            outside,
          )}, from which nodes give addresses to pods: to them proxies send as to addresses outside the cluster, without mTLS and without their policies. Add their networks`,
          decider,
        ),
  );
}

/**
 * Whether init containers can lead the traffic of pods to the proxy on each node: where Docker runs the containers they
 * have to run as root. With the CNI plugin there are none.
 *
 * Upstream: pkg/healthcheck, "proxy-init container runs as root user if docker container runtime is used"
 * (l5d-proxy-init-run-as-root), `CheckNodesHaveNonDockerRuntime`.
 */
export function initContainerFacts(
  about: About,
  { configMap, cniEnabled, initRunsAsRoot }: ControlPlaneConfig,
): ControlPlaneFact[] {
  if (cniEnabled) {
    return [];
  }
  const id = 'init-container';
  const title = 'Init containers';
  const decider = configMap && {
    kind: 'ConfigMap' as const,
    object: configMap,
    field: 'data.values proxyInit.runAsRoot',
  };
  if (initRunsAsRoot) {
    return [
      fact(
        id,
        title,
        judged(
          about,
          id,
          'good',
          'They run as root, which every container runtime lets them do their work as',
          decider,
        ),
      ),
    ];
  }
  const unread = unreadKind(about, id, 'Node');
  if (unread) {
    return [fact(id, title, unread)];
  }
  const tally = runtimes.inAll(about.snapshot);
  const docker = tally.get('docker') ?? 0;
  const other = tally.get('other') ?? 0;
  const untold = tally.get('untold') ?? 0;
  if (docker === 0 && (untold > 0 || other === 0)) {
    return [
      fact(
        id,
        title,
        notKnown(
          about,
          id,
          'absent',
          'They do not run as root, and not every node says what runs its containers: Docker would need it',
          decider,
        ),
      ),
    ];
  }
  return [
    fact(
      id,
      title,
      docker > 0
        ? judged(
            about,
            id,
            'bad',
            `${docker} of ${
              docker + other + untold
            } nodes run containers by Docker, where init containers that do not run as root cannot redirect the traffic of their pods, which do not start. Set proxyInit.runAsRoot: true`,
            decider,
          )
        : judged(
            about,
            id,
            'good',
            'They do not run as root, and no node runs containers by Docker, which would need it',
            decider,
          ),
    ),
  ];
}
