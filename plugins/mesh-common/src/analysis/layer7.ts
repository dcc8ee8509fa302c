import {
  AuthorizationPolicy,
  DestinationRule,
  Telemetry,
  VirtualService,
} from '../istio/objects';
import { HTTP_FIELDS, TOKEN_FIELDS } from '../istio/authorization/layers';
import { isBoundToMesh } from '../istio/routing/virtualServiceParts';
import { conditionsOf, operationsOf, sourcesOf } from './ruleParts';

/*
 * What only a waypoint can do in ambient mode: ztunnel does not read HTTP.
 * Upstream: kiali business/checkers/ambient/l7_classification.go.
 */

/** The first field of a policy that is about HTTP; undefined where none is. */
export function httpFieldOfPolicy(
  policy: AuthorizationPolicy,
): string | undefined {
  const fields = [
    ...operationsOf(policy).flatMap(({ part, field }) =>
      HTTP_FIELDS.filter(name => part[name]?.length).map(
        name => `${field}.${name}`,
      ),
    ),
    ...sourcesOf(policy).flatMap(({ part, field }) =>
      TOKEN_FIELDS.filter(name => part[name]?.length).map(
        name => `${field}.${name}`,
      ),
    ),
    ...conditionsOf(policy).flatMap(({ part, field }) =>
      part.key.startsWith('request.') ? [`${field}.key`] : [],
    ),
  ];
  return fields[0];
}

/** Whether a Telemetry asks for what is known of requests alone. */
export function isAboutHttp({ spec }: Telemetry): boolean {
  return (
    Boolean(spec?.tracing?.length || spec?.accessLogging?.length) ||
    (spec?.metrics ?? []).some(({ overrides }) => overrides?.length)
  );
}

/** Whether a VirtualService routes requests, or TLS by its host name, between workloads of the mesh. */
export function routesHttpInMesh(virtualService: VirtualService): boolean {
  const { http, tls } = virtualService.spec ?? {};
  return Boolean(http?.length || tls?.length) && isBoundToMesh(virtualService);
}

type TrafficPolicy = NonNullable<DestinationRule['spec']>['trafficPolicy'];

/** The first setting of a rule that is about HTTP; undefined where none is. */
export function httpFieldOfRule({ spec }: DestinationRule): string | undefined {
  const policies: [TrafficPolicy, string][] = [
    [spec?.trafficPolicy, 'spec.trafficPolicy'],
    ...(spec?.subsets ?? []).map(
      ({ trafficPolicy }, index): [TrafficPolicy, string] => [
        trafficPolicy,
        `spec.subsets[${index}].trafficPolicy`,
      ],
    ),
  ];
  return policies
    .map(([policy, field]) => {
      const setting = httpSetting(policy);
      return setting && `${field}.${setting}`;
    })
    .find(found => found !== undefined);
}

function httpSetting(policy: TrafficPolicy): string | undefined {
  const hash = policy?.loadBalancer?.consistentHash;
  if (hash?.httpHeaderName || hash?.httpCookie) {
    return 'loadBalancer.consistentHash';
  }
  if (policy?.connectionPool?.http) {
    return 'connectionPool.http';
  }
  return policy?.outlierDetection && 'outlierDetection';
}
