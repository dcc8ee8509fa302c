import { Field } from '../../validation/Field';
import {
  ObjectSchemas,
  RawObject,
  ValidationProblem,
} from '../../validation/problem';
import { authorizationPolicy } from './authorizationPolicy';
import { meshTlsAuthentication } from './meshTlsAuthentication';
import { egressNetwork, networkAuthentication } from './networks';
import { rateLimit } from './rateLimit';
import { connectionRoute } from './connectionRoute';
import { grpcRoute } from './grpcRoute';
import { gatewayHttpRoute, policyHttpRoute } from './httpRoute';
import { server } from './server';
import { serverAuthorization } from './serverAuthorization';
import { serviceProfile } from './serviceProfile';
import { LinkerdRules } from './subject';

/** The rules of Linkerd's validating webhooks, by `group/Kind`. */
const RULES: ReadonlyMap<string, LinkerdRules> = new Map<string, LinkerdRules>([
  ['policy.linkerd.io/AuthorizationPolicy', authorizationPolicy],
  ['policy.linkerd.io/MeshTLSAuthentication', meshTlsAuthentication],
  ['policy.linkerd.io/NetworkAuthentication', networkAuthentication],
  ['policy.linkerd.io/Server', server],
  ['policy.linkerd.io/ServerAuthorization', serverAuthorization],
  ['policy.linkerd.io/HTTPLocalRateLimitPolicy', rateLimit],
  ['policy.linkerd.io/EgressNetwork', egressNetwork],
  ['policy.linkerd.io/HTTPRoute', policyHttpRoute],
  ['gateway.networking.k8s.io/HTTPRoute', gatewayHttpRoute],
  ['gateway.networking.k8s.io/GRPCRoute', grpcRoute],
  ['gateway.networking.k8s.io/TLSRoute', connectionRoute],
  ['gateway.networking.k8s.io/TCPRoute', connectionRoute],
  ['linkerd.io/ServiceProfile', serviceProfile],
]);

/**
 * Why an object would be refused: by its schema, where schemas are given, by the policy controller's webhook, or by that
 * of ServiceProfiles. Never throws, whatever the object holds.
 *
 * @public
 */
export function validateLinkerd(
  object: RawObject,
  schemas?: ObjectSchemas,
): ValidationProblem[] {
  const [group] = object.apiVersion.split('/');
  const rules = RULES.get(`${group}/${object.kind}`);
  const bySchema = schemas?.problems(object) ?? [];
  if (!rules) {
    return bySchema;
  }
  const metadata = new Field('metadata', object.metadata);
  const byWebhook = rules({
    group,
    kind: object.kind,
    spec: new Field('spec', object.spec ?? undefined),
    name: metadata.get('name'),
    namespace: metadata.get('namespace').text || 'default',
    annotations: metadata.get('annotations'),
  });
  return [
    ...bySchema,
    ...[...byWebhook].filter(
      ({ field }) => !bySchema.some(known => known.field === field),
    ),
  ];
}
