import {
  ObjectRef,
  ServiceRef,
  WorkloadRef,
} from 'backstage-plugin-mesh-common';

/** Joins names into one that can be split again, whatever the names contain, and that reads well in a URL. */
export function joinKey(...parts: readonly string[]): string {
  return parts
    .map(part => part.replace(/%/g, '%25').replace(/,/g, '%2C'))
    .join(',');
}

/** The name of an answer in the URL, of what it is and the keys of what it is about. */
export function answerId(...parts: readonly string[]): string {
  return parts.join(',');
}

/** The parts of such a key; undefined where it does not have that many, since URLs are written by people too. */
export function splitKey(key: string, count: number): string[] | undefined {
  const parts = key
    .split(',')
    .map(part => part.replace(/%2C/g, ',').replace(/%25/g, '%'));
  return parts.length === count ? parts : undefined;
}

export function workloadKey(ref: WorkloadRef): string {
  return joinKey(ref.cluster, ref.namespace, ref.kind, ref.name);
}

export function serviceKey({
  cluster,
  namespace,
  name,
  kind,
}: ServiceRef): string {
  return joinKey(cluster, namespace, name, ...(kind ? [kind] : []));
}

export function objectKey(ref: ObjectRef): string {
  return joinKey(ref.cluster, ref.kind, ref.namespace ?? '', ref.name);
}

export function parseObjectKey(key: string): ObjectRef | undefined {
  const parts = splitKey(key, 4);
  if (!parts) {
    return undefined;
  }
  const [cluster, kind, namespace, name] = parts;
  if (!cluster || !kind || !name) {
    return undefined;
  }
  return { cluster, kind, ...(namespace && { namespace }), name };
}

/** `security.istio.io/PeerAuthentication` as people call it. */
export function kindName(kind: string): string {
  return kind.slice(kind.lastIndexOf('/') + 1);
}

/** `PeerAuthentication shop/default` */
export function objectLabel(ref: ObjectRef): string {
  const name = ref.namespace ? `${ref.namespace}/${ref.name}` : ref.name;
  return `${kindName(ref.kind)} ${name}`;
}

/** `reviews-v2 (east)`: what tells the workloads of an entity apart. */
export function workloadLabel(ref: WorkloadRef): string {
  return `${ref.name} (${ref.cluster})`;
}

/** `shop/reviews (east)`, or `reviews.example.com (east)` for a host that no Service has. */
export function serviceLabel({
  cluster,
  namespace,
  name,
  kind,
}: ServiceRef): string {
  return `${kind ? name : `${namespace}/${name}`} (${cluster})`;
}

/** `reviews.shop`, which resolvers of clusters know, whatever their domain is; a host as it is. */
export function serviceName({ namespace, name, kind }: ServiceRef): string {
  return kind ? name : `${name}.${namespace}`;
}
