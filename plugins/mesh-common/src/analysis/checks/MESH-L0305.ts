import { namespaceOf } from '../../kubernetes/objects';
import { parseFailureAccrual } from '../../linkerd/failureAccrual';
import { routeName } from '../../linkerd/linkerdRoutes';
import { policyOfService } from '../../linkerd/outbound/outboundPolicy';
import { ServiceProfile } from '../../linkerd/objects';
import { OutboundPolicy } from '../../linkerd/outbound/policy';
import {
  decidingProfile,
  profileName,
  profileTargets,
} from '../../linkerd/serviceProfile';
import {
  ParsedSettings,
  parseRetry,
  parseTimeouts,
} from '../../linkerd/trafficAnnotations';
import { Service } from '../../kubernetes/core';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { defineCheck } from '../check';

export const profileShadowsRoutes = defineCheck({
  code: 'MESH-L0305',
  level: 'warning',
  title: 'A ServiceProfile overrides the routes of its Service',
  explanation:
    'If a ServiceProfile has routes or overrides destinations, proxies ignore every HTTPRoute and GRPCRoute of the Service, and its annotations for retries, timeouts and circuit breaking. A canary by HTTPRoute then gets no traffic.',
  upstream:
    'linkerd/app/outbound/src/http/logical/profile.rs, should_override_policy (linkerd2-proxy)',
  mesh: 'linkerd',
  subject: 'linkerd.io/ServiceProfile',
  needs: ['Service'],
  *run(profile, snapshot) {
    const service = serviceOf(snapshot, profile.metadata.name);
    const client = namespaceOf(profile);
    if (!service || decidingProfile(snapshot, service, client) !== profile) {
      return;
    }
    const routes = new Set(
      service.spec.ports.flatMap(({ port }) =>
        shadowedRoutes(
          profile,
          policyOfService(snapshot, service, port, client),
        ),
      ),
    );
    const shadowed = [...routes, ...settingsOf(service)];
    if (shadowed.length > 0) {
      yield {
        message: `ServiceProfile ${profile.metadata.name} wins: ${shadowed.join(
          ', ',
        )} ${shadowed.length === 1 ? 'has' : 'have'} no effect`,
        field: profile.spec?.routes?.length
          ? 'spec.routes'
          : 'spec.dstOverrides',
      };
    }
  },
});

/** Of connections that proxies do not read, a profile has but the destinations. */
function shadowedRoutes(
  profile: ServiceProfile,
  { protocol, routes }: OutboundPolicy,
): string[] {
  const wins =
    protocol === 'opaque'
      ? profileTargets(profile).length > 0
      : protocol !== 'tls';
  return wins ? routes.map(({ route }) => routeName(route)) : [];
}

function serviceOf(
  snapshot: MeshSnapshot,
  profile: string,
): Service | undefined {
  const [name, namespace] = profile.split('.');
  return namespace && profileName(snapshot, { name, namespace }) === profile
    ? snapshot.get('Service', namespace, name)
    : undefined;
}

/** The annotations of a Service that would count without a profile. */
function settingsOf({ metadata }: Service): string[] {
  const { annotations } = metadata;
  const isSet = (parsed: ParsedSettings<unknown>) =>
    'settings' in parsed && parsed.settings !== undefined;
  return [
    ...(isSet(parseRetry(annotations, 'http')) ||
    isSet(parseRetry(annotations, 'grpc'))
      ? ['the retry annotations of the Service']
      : []),
    ...(isSet(parseTimeouts(annotations))
      ? ['the timeout annotations of the Service']
      : []),
    ...(isSet(parseFailureAccrual(annotations))
      ? ['the failure-accrual annotations of the Service']
      : []),
  ];
}
