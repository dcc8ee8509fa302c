import { parse } from 'yaml';
import { validateLinkerd } from '../validate';

const VERSIONS: Readonly<Record<string, string>> = {
  GRPCRoute: 'gateway.networking.k8s.io/v1',
  TLSRoute: 'gateway.networking.k8s.io/v1alpha2',
  TCPRoute: 'gateway.networking.k8s.io/v1alpha2',
  ServiceProfile: 'linkerd.io/v1alpha2',
};

/** The fields for which an object with this spec is refused. */
export function refusedFields(
  kind: string,
  spec: string,
  {
    annotations = {},
    name = 'x.shop.svc.cluster.local',
    apiVersion = VERSIONS[kind] ?? 'policy.linkerd.io/v1alpha1',
  }: {
    annotations?: Record<string, string>;
    name?: string;
    apiVersion?: string;
  } = {},
): string[] {
  return validateLinkerd({
    apiVersion,
    kind,
    metadata: { name, namespace: 'shop', annotations },
    spec: parse(spec),
  }).map(({ field }) => field);
}
