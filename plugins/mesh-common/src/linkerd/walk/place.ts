import { WalkStep } from '../../contract/walk';
import { Pod, Service } from '../../kubernetes/core';
import { hasEnded } from '../../mesh/hasEnded';
import { step } from '../../mesh/walk/steps';
import { because } from '../../mesh/answers';
import { defineClusterIndex } from '../../snapshot/defineClusterIndex';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { assumedConfig } from '../controlPlaneConfig';
import { ExternalWorkload } from '../objects';
import { serviceOfAddress } from '../outbound/target';
import { isHeadless } from '../routeParents';
import { serviceName } from './way';

const RULE = 'linkerd/walk/host';

/** What a host means inside the cluster. */
export type Place =
  | { is: 'service'; host: string; service: Service }
  /** The address of a pod, or the name of one under a Service without an address. */
  | { is: 'pod'; host: string; pod: Pod }
  /** The address of a workload outside Kubernetes. */
  | { is: 'external'; host: string; external: ExternalWorkload }
  | { is: 'elsewhere'; host: string };

const podsByAddress = defineClusterIndex(
  'Pod',
  pods =>
    pods.flatMap((pod): [string, Pod][] => {
      const { podIP } = pod.status ?? {};
      return podIP && !pod.spec.hostNetwork && !hasEnded(pod)
        ? [[podIP, pod]]
        : [];
    }),
  parts => new Map(parts.flat()),
);

const externalsByAddress = defineClusterIndex(
  'workload.linkerd.io/ExternalWorkload',
  workloads =>
    workloads.flatMap(external =>
      (external.spec?.workloadIPs ?? []).map(
        ({ ip }): [string, ExternalWorkload] => [ip, external],
      ),
    ),
  parts => new Map(parts.flat()),
);

/**
 * What a client of a namespace means by a host, and the Services whose names are but others for it: clients look them up,
 * and dial what is found in the end.
 */
export function placeOf(
  snapshot: MeshSnapshot,
  host: string,
  namespace: string,
): { place: Place; aliases: readonly Service[] } {
  const aliases: Service[] = [];
  let place = placeNamed(snapshot, host, namespace);
  for (;;) {
    const alias = place.is === 'service' ? place.service : undefined;
    const { externalName } = alias?.spec ?? {};
    if (!alias || !externalName || alias.spec.type !== 'ExternalName') {
      return { place, aliases };
    }
    if (aliases.includes(alias)) {
      // They go round in a circle.
      return { place: { is: 'elsewhere', host: externalName }, aliases };
    }
    aliases.push(alias);
    place = placeOfFullName(snapshot, externalName);
  }
}

/** Names that others stand for are not looked up along the search path. */
function placeOfFullName(snapshot: MeshSnapshot, host: string): Place {
  const { clusterDomain } = assumedConfig(snapshot).config;
  const name = host.toLowerCase().replace(/\.$/, '');
  return name.endsWith(`.svc.${clusterDomain}`)
    ? placeNamed(snapshot, name, '')
    : { is: 'elsewhere', host: name };
}

/**
 * What a client of a namespace means by a host: short names are looked up along the search path of its resolver,
 * `name`, `name.namespace`, `name.namespace.svc`.
 */
export function placeNamed(
  snapshot: MeshSnapshot,
  host: string,
  namespace: string,
): Place {
  const name = host
    .toLowerCase()
    .replace(/\.$/, '')
    .replace(/^\[|\]$/g, '');
  if (isAddress(name)) {
    return placeOfAddress(snapshot, name);
  }
  const labels = labelsOf(snapshot, name);
  if (!labels) {
    return { is: 'elsewhere', host: name };
  }
  const [first, second = namespace, third] = labels;
  const service = snapshot.get('Service', second, first);
  if (service && third === undefined) {
    return { is: 'service', host: name, service };
  }
  const headless = third && snapshot.get('Service', third, second);
  const pod = headless ? snapshot.get('Pod', third, first) : undefined;
  return headless && isHeadless(headless) && pod
    ? { is: 'pod', host: name, pod }
    : { is: 'elsewhere', host: name };
}

/** The labels of a name before `svc` and the cluster's domain; undefined for a name that only others can know. */
function labelsOf(snapshot: MeshSnapshot, name: string): string[] | undefined {
  const { clusterDomain } = assumedConfig(snapshot).config;
  const short = withoutEnd(withoutEnd(name, `.${clusterDomain}`), '.svc');
  const labels = short.split('.');
  return labels.length <= 3 ? labels : undefined;
}

function withoutEnd(text: string, end: string): string {
  return text.endsWith(end) ? text.slice(0, -end.length) : text;
}

function placeOfAddress(snapshot: MeshSnapshot, address: string): Place {
  const pod = podsByAddress(snapshot).get(address);
  if (pod) {
    return { is: 'pod', host: address, pod };
  }
  const service = serviceOfAddress(snapshot, address);
  if (service) {
    return { is: 'service', host: address, service };
  }
  const external = externalsByAddress(snapshot).get(address);
  return external
    ? { is: 'external', host: address, external }
    : { is: 'elsewhere', host: address };
}

/** IPv4, or IPv6 without brackets. */
export function isAddress(host: string): boolean {
  return (
    /^\d{1,3}(\.\d{1,3}){3}$/.test(host) ||
    /^[0-9a-f]*:[0-9a-f:.]*$/i.test(host)
  );
}

/** What the host of the request means to the client, where Services are but other names for it, too. */
export function hostStep(
  snapshot: MeshSnapshot,
  place: Place,
  aliases: readonly Service[] = [],
): WalkStep {
  const found = placeStep(snapshot, place);
  const reasons = aliases.map(service =>
    because(
      RULE,
      `${serviceName(service)} is another name for ${
        service.spec.externalName
      }`,
      {
        snapshot,
        kind: 'Service',
        object: service,
        field: 'spec.externalName',
      },
    ),
  );
  return { ...found, reasons: [...reasons, ...found.reasons] };
}

function placeStep(snapshot: MeshSnapshot, place: Place): WalkStep {
  switch (place.is) {
    case 'service': {
      const name = serviceName(place.service);
      return step('host', 'ok', `${place.host} (${name})`, [
        because(RULE, `The host is that of ${name}`, {
          snapshot,
          kind: 'Service',
          object: place.service,
          field: 'metadata.name',
        }),
      ]);
    }
    case 'pod': {
      const { namespace, name } = place.pod.metadata;
      const text = `Pod ${namespace}/${name}`;
      return step('host', 'ok', `${place.host} (${text})`, [
        because(RULE, `The host is that of ${text}`, {
          snapshot,
          kind: 'Pod',
          object: place.pod,
          field: 'status.podIP',
        }),
      ]);
    }
    case 'external': {
      const { namespace, name } = place.external.metadata;
      const text = `ExternalWorkload ${namespace}/${name}`;
      return step('host', 'ok', `${place.host} (${text})`, [
        because(RULE, `The host is that of ${text}`, {
          snapshot,
          kind: 'workload.linkerd.io/ExternalWorkload',
          object: place.external,
          field: 'spec.workloadIPs',
        }),
      ]);
    }
    default:
      return isNobody(snapshot, place.host)
        ? step('host', 'ends', `${place.host} is no name in the cluster`, [
            {
              rule: RULE,
              text: 'There is no Service of this name, so that the client cannot look it up',
            },
          ])
        : step('host', 'ok', `${place.host}, outside the cluster`, [
            { rule: RULE, text: 'No Service or pod has this host' },
          ]);
  }
}

/** A name that only the cluster could know. */
function isNobody(snapshot: MeshSnapshot, host: string): boolean {
  const { clusterDomain } = assumedConfig(snapshot).config;
  return (
    !/[.:]/.test(host) ||
    host.endsWith(`.svc.${clusterDomain}`) ||
    host.endsWith('.svc')
  );
}
