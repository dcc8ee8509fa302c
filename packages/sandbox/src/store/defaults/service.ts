import { listOf, type JsonRecord } from '../values';
import { changeEach, fill } from './fill';

/** The defaults of a Service; its addresses are allocated when it is stored. */
export function serviceDefaults(spec: JsonRecord): JsonRecord {
  const type = spec.type ?? 'ClusterIP';
  if (type === 'ExternalName') {
    return withPorts(fill(spec, { sessionAffinity: 'None', type }));
  }
  return withPorts(
    fill(spec, {
      type,
      sessionAffinity: 'None',
      internalTrafficPolicy: 'Cluster',
      ...(type !== 'ClusterIP' && { externalTrafficPolicy: 'Cluster' }),
      ...(type === 'LoadBalancer' && { allocateLoadBalancerNodePorts: true }),
    }),
  );
}

function withPorts(spec: JsonRecord): JsonRecord {
  return changeEach(spec, 'ports', port =>
    fill(port, {
      protocol: 'TCP',
      ...(port.port !== undefined && { targetPort: port.port }),
    }),
  );
}

const BASE = [10, 96];
const LAST = 0xfffe;
const FIRST_NODE_PORT = 30000;
const LAST_NODE_PORT = 32767;

/** Gives a Service the addresses and node ports that it needs and does not name. */
export function allocateAddresses(
  spec: JsonRecord,
  others: readonly JsonRecord[],
): JsonRecord {
  if (spec.type === 'ExternalName') {
    return spec;
  }
  const result = withFamilies(allocateClusterIp(spec, others));
  return spec.type === 'NodePort' || spec.type === 'LoadBalancer'
    ? allocateNodePorts(result, others)
    : result;
}

/** A headless Service without a selector may have endpoints of either family. */
function withFamilies(spec: JsonRecord): JsonRecord {
  const both = spec.clusterIP === 'None' && spec.selector === undefined;
  return fill(spec, {
    ipFamilies: both ? ['IPv4', 'IPv6'] : ['IPv4'],
    ipFamilyPolicy: both ? 'RequireDualStack' : 'SingleStack',
  });
}

function allocateClusterIp(
  spec: JsonRecord,
  others: readonly JsonRecord[],
): JsonRecord {
  const given = spec.clusterIP ?? listOf(spec.clusterIPs)[0];
  if (given !== undefined && given !== '') {
    return {
      ...spec,
      clusterIP: given,
      clusterIPs: spec.clusterIPs ?? [given],
    };
  }
  const used = new Set(others.map(other => other.clusterIP));
  for (let host = 10; host <= LAST; host++) {
    const address = [...BASE, host >> 8, host & 0xff].join('.');
    if (!used.has(address)) {
      return { ...spec, clusterIP: address, clusterIPs: [address] };
    }
  }
  throw new Error('no cluster IP is left in 10.96.0.0/16');
}

function allocateNodePorts(
  spec: JsonRecord,
  others: readonly JsonRecord[],
): JsonRecord {
  const used = new Set<unknown>(
    [spec, ...others]
      .flatMap(other => listOf(other.ports))
      .map(port => Object(port).nodePort),
  );
  let next = FIRST_NODE_PORT;
  return changeEach(spec, 'ports', port => {
    if (port.nodePort !== undefined) {
      return port;
    }
    while (used.has(next)) {
      next += 1;
    }
    if (next > LAST_NODE_PORT) {
      throw new Error('no node port is left');
    }
    used.add(next);
    return { ...port, nodePort: next };
  });
}
