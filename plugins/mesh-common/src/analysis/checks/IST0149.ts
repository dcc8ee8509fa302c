import { DEFAULT_ROOT_NAMESPACE } from '../../istio/meshSettings';
import { VirtualService } from '../../istio/objects';
import { Pod } from '../../kubernetes/core';
import { namespaceOf } from '../../kubernetes/objects';
import { hasLabels } from '../../kubernetes/selectors';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { defineCheck } from '../check';
import { parseGatewayReference } from '../gatewayReference';
import { refOf } from '../naming';
import { POD_KINDS } from '../workloadPods';
import { podsOfGateway } from './gatewayPods';

/** `@request.auth.claims.sub`, or `@request.auth.claims[sub]`. */
const CLAIM = /^@request\.auth\.claims(?:\..+|\[.+\])$/i;

/** A VirtualService routes by the claims of a token that the gateway does not check. */
export const claimsWithoutAuthentication = defineCheck({
  code: 'IST0149',
  level: 'error',
  title: 'Routes by claims of a token that nobody checks',
  explanation:
    'Claims can be matched after a RequestAuthentication has checked the token. The pods of the gateway have none, so that the claims are never there: the rule never matches (or, in withoutHeaders, always).',
  upstream: 'virtualservice.JWTClaimRouteAnalyzer (istioctl)',
  mesh: 'istio',
  subject: 'networking.istio.io/VirtualService',
  needs: [
    ...POD_KINDS,
    'networking.istio.io/Gateway',
    'security.istio.io/RequestAuthentication',
  ],
  *run(virtualService, snapshot) {
    const claim = claimOf(virtualService);
    if (!claim) {
      return;
    }
    const own = namespaceOf(virtualService);
    for (const reference of virtualService.spec?.gateways ?? []) {
      const { namespace, name } = parseGatewayReference(reference, own);
      const gateway = snapshot.get(
        'networking.istio.io/Gateway',
        namespace,
        name,
      );
      const open =
        gateway &&
        [...podsOfGateway(snapshot, gateway)].find(
          pod => !hasAuthentication(snapshot, pod),
        );
      if (open) {
        yield {
          message: `${refOf(virtualService)} matches ${
            claim.key
          } at the gateway ${namespace}/${name}, but no RequestAuthentication is for its Pod ${
            open.metadata.name
          }: add one for the gateway`,
          field: claim.field,
        };
      }
    }
  },
});

function claimOf({
  spec,
}: VirtualService): { key: string; field: string } | undefined {
  for (const [index, { match = [] }] of (spec?.http ?? []).entries()) {
    for (const [at, condition] of match.entries()) {
      for (const list of ['headers', 'withoutHeaders'] as const) {
        const key = Object.keys(condition[list] ?? {}).find(header =>
          CLAIM.test(header),
        );
        if (key) {
          return { key, field: `spec.http[${index}].match[${at}].${list}` };
        }
      }
    }
  }
  return undefined;
}

function hasAuthentication(snapshot: MeshSnapshot, pod: Pod): boolean {
  return [DEFAULT_ROOT_NAMESPACE, namespaceOf(pod)].some(namespace =>
    [
      ...snapshot.list('security.istio.io/RequestAuthentication', namespace),
    ].some(({ spec }) =>
      hasLabels(pod.metadata.labels, spec?.selector?.matchLabels ?? {}),
    ),
  );
}
