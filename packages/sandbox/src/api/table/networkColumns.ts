import type { StoredObject } from '../../store/types';
import { listOf, recordOf } from '../../store/values';
import { formatLabelSelector } from '../labelSelector';
import {
  ageColumn,
  firstOf,
  joined,
  members,
  nameColumn,
  NONE,
  pairs,
  spec,
  status,
  text,
} from './cells';
import { column, wide, type Column } from './types';

export const serviceColumns: readonly Column[] = [
  nameColumn,
  column('Type', text('spec.type')),
  column('Cluster-IP', text('spec.clusterIP', NONE)),
  column('External-IP', externalAddress),
  column('Port(s)', service =>
    joined(
      members(spec(service).ports).map(({ port, nodePort, protocol }) =>
        nodePort ? `${port}:${nodePort}/${protocol}` : `${port}/${protocol}`,
      ),
    ),
  ),
  ageColumn,
  wide('Selector', service => pairs(spec(service).selector)),
];

function externalAddress(service: StoredObject): string {
  const { type, externalIPs, externalName } = spec(service);
  const given = listOf(externalIPs);
  if (type === 'ExternalName') {
    return String(externalName ?? NONE);
  }
  if (type !== 'LoadBalancer') {
    return joined(given);
  }
  const ingress = addresses(service);
  return ingress.length + given.length > 0
    ? joined([...ingress, ...given])
    : '<pending>';
}

function addresses(object: StoredObject): unknown[] {
  return members(recordOf(status(object).loadBalancer).ingress).map(
    ({ ip, hostname }) => ip ?? hostname,
  );
}

export const ingressColumns: readonly Column[] = [
  nameColumn,
  column('Class', text('spec.ingressClassName', NONE)),
  column('Hosts', ingress =>
    firstOf(hosts(ingress).length > 0 ? hosts(ingress) : ['*'], 3),
  ),
  column('Address', ingress => addresses(ingress).join(',')),
  column('Ports', ingress =>
    listOf(spec(ingress).tls).length > 0 ? '80, 443' : '80',
  ),
  ageColumn,
];

function hosts(ingress: StoredObject): unknown[] {
  return members(spec(ingress).rules)
    .map(rule => rule.host)
    .filter(Boolean);
}

export const ingressClassColumns: readonly Column[] = [
  nameColumn,
  column('Controller', text('spec.controller')),
  column('Parameters', object => {
    const { kind, apiGroup, name } = recordOf(spec(object).parameters);
    if (kind === undefined) {
      return NONE;
    }
    return `${apiGroup ? `${kind}.${apiGroup}` : kind}/${name}`;
  }),
  ageColumn,
];

export const networkPolicyColumns: readonly Column[] = [
  nameColumn,
  column('Pod-Selector', policy =>
    formatLabelSelector(spec(policy).podSelector),
  ),
  ageColumn,
];

export const endpointsColumns: readonly Column[] = [
  nameColumn,
  column('Endpoints', endpoints =>
    firstOf(
      members(endpoints.subsets).flatMap(subset => {
        const ports = members(subset.ports);
        const ips = members(subset.addresses).map(address => address.ip);
        return ports.length === 0
          ? ips
          : ports.flatMap(({ port }) => ips.map(ip => `${ip}:${port}`));
      }),
      3,
    ),
  ),
  ageColumn,
];

export const endpointSliceColumns: readonly Column[] = [
  nameColumn,
  column('AddressType', text('addressType')),
  column('Ports', slice => {
    const ports = members(slice.ports).map(({ port }) => port ?? '*');
    return ports.length > 0 ? firstOf(ports, 3) : '<unset>';
  }),
  column('Endpoints', slice => {
    const all = members(slice.endpoints).flatMap(endpoint =>
      listOf(endpoint.addresses),
    );
    return all.length > 0 ? firstOf(all, 3) : '<unset>';
  }),
  ageColumn,
];
