import { ControlPlaneFact } from '../../contract/controlPlane';
import {
  About,
  fact,
  judged,
  notKnown,
  unreadKind,
} from '../../mesh/control-plane/facts';
import { hasEnded } from '../../mesh/hasEnded';
import { listed } from '../../mesh/listed';
import { defineQuestion, sameItems } from '../../snapshot/defineQuestion';
import { defineTally, Tallies } from '../../snapshot/defineTally';
import { AddressBlock, blockIncludes, parseBlock } from '../addressBlocks';
import { ControlPlaneConfig } from '../controlPlaneConfig';

const podBlocks = defineTally('Pod', pod =>
  pod.spec.hostNetwork || hasEnded(pod)
    ? undefined
    : countedBlock(pod.status?.podIP),
);

const serviceBlocks = defineTally('Service', ({ spec }) =>
  countedBlock(spec.clusterIP),
);

const OCTET = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const IPV4 = new RegExp(`^(${OCTET}\\.${OCTET}\\.${OCTET})\\.${OCTET}$`);

/**
 * The block that an address is counted in, of 24 bits or (IPv6) 64, since a cluster has thousands of addresses in a few of
 * them; undefined for what is no address, such as `None`.
 */
function countedBlock(address = ''): string | undefined {
  // Nearly all are of IPv4, which need not be taken apart.
  const [, prefix] = IPV4.exec(address) ?? [];
  if (prefix) {
    return `${prefix}.0/24`;
  }
  const block = address.includes('/') ? undefined : parseBlock(address);
  return (
    block &&
    `${block[0]
      .toByteArray()
      .slice(0, 8)
      .map(byte => byte.toString(16).padStart(2, '0'))
      .join('')
      .replace(/(.{4})(?=.)/g, '$1:')}::/64`
  );
}

/** A block of which only a part is in the networks is not told apart further: addresses in it may be in that part. */
function isOutside(
  networks: readonly AddressBlock[],
  block: AddressBlock,
): boolean {
  return networks.every(
    network => !blockIncludes(network, block) && !blockIncludes(block, network),
  );
}

/** The block of a text in a list, which is empty where the text is none. */
function blockIn(text: string): AddressBlock[] {
  const block = parseBlock(text);
  return block ? [block] : [];
}

/** The blocks that have addresses: which these are changes less often than how many there are in each. */
function blocksOf({ inAll }: Tallies) {
  return defineQuestion<readonly string[]>(
    snapshot => [...inAll(snapshot).keys()],
    sameItems,
  );
}

/** The blocks of addresses that are outside of all networks. */
function outsideOf(blocks: ReturnType<typeof blocksOf>) {
  return defineQuestion<readonly string[]>((snapshot, networks) => {
    const known = networks.split(',').flatMap(blockIn);
    return blocks(snapshot, '')
      .filter(text => blockIn(text).some(block => isOutside(known, block)))
      .sort();
  }, sameItems);
}

const blocksOfPods = blocksOf(podBlocks);
const blocksOfServices = blocksOf(serviceBlocks);
const podsOutside = outsideOf(blocksOfPods);
const servicesOutside = outsideOf(blocksOfServices);

/**
 * Whether the control plane knows all addresses of the cluster: to those that are outside of its `clusterNetworks`
 * proxies send without asking for endpoints and without mTLS.
 *
 * Upstream: pkg/healthcheck, "cluster networks contains all pods", "cluster networks contains all services"
 * (l5d-cluster-networks-pods, l5d-cluster-networks-services).
 */
export function clusterNetworksFact(
  about: About,
  { configMap, clusterNetworks }: ControlPlaneConfig,
): ControlPlaneFact {
  const id = 'cluster-networks';
  const title = 'Networks of the cluster';
  const decider = configMap && {
    kind: 'ConfigMap' as const,
    object: configMap,
    field: 'data.values clusterNetworks',
  };
  const written = clusterNetworks.join(',');
  const wrong = clusterNetworks.filter(text => !parseBlock(text));
  if (wrong.length > 0) {
    return fact(
      id,
      title,
      judged(
        about,
        id,
        'bad',
        `clusterNetworks has ${wrong.join(
          ', ',
        )}, which is no network: the policy controller does not start with it. Write networks as 10.0.0.0/8`,
        decider,
      ),
    );
  }
  const unread =
    unreadKind(about, id, 'Pod') ?? unreadKind(about, id, 'Service');
  if (unread) {
    return fact(id, title, unread);
  }
  const pods = podsOutside(about.snapshot, written);
  const services = servicesOutside(about.snapshot, written);
  const found = [
    ...(pods.length > 0 ? [`pods in ${listed(pods)}`] : []),
    ...(services.length > 0 ? [`Services in ${listed(services)}`] : []),
  ];
  if (found.length > 0) {
    return fact(
      id,
      title,
      judged(
        about,
        id,
        'bad',
        `clusterNetworks (${clusterNetworks.join(
          ', ',
        )}) does not contain ${found.join(
          ' and ',
        )}: to them proxies send as to addresses outside the cluster, without mTLS and without their policies. Add their networks`,
        decider,
      ),
    );
  }
  return fact(
    id,
    title,
    blocksOfPods(about.snapshot, '').length === 0 &&
      blocksOfServices(about.snapshot, '').length === 0
      ? notKnown(
          about,
          id,
          'absent',
          'No pod and no Service has an address that clusterNetworks could be compared with',
          decider,
        )
      : judged(
          about,
          id,
          'good',
          `clusterNetworks contains the addresses of all pods and Services`,
          decider,
        ),
  );
}
