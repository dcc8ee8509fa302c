import { namespaceOf } from '../../kubernetes/objects';
import { Authorization } from '../../linkerd/authorizations';
import { policyOfServer } from '../../linkerd/inboundPolicy';
import { isEverywhere } from '../../linkerd/networks';
import { Server } from '../../linkerd/objects';
import { isRefTo } from '../../linkerd/targetRefs';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { defineCheck } from '../check';

/** By `audit` clients are told apart that authorizations let in, and those that they would not. */
const AUDIT = 'audit';

export const accessPolicyMakesPointless = defineCheck({
  code: 'MESH-L0207',
  level: 'warning',
  title:
    'An authorization keeps nobody out, since the Server lets them in anyway',
  explanation:
    'Authorizations of a Server and its accessPolicy are added up: one that lets a client in is enough. An AuthorizationPolicy cannot narrow what accessPolicy opens, neither for the Server nor for one of its routes. Write accessPolicy: deny, or leave it out.',
  upstream:
    'policy-controller/k8s/index/src/inbound/index.rs, client_authzs (linkerd2)',
  mesh: 'linkerd',
  subject: 'policy.linkerd.io/Server',
  needs: ['policy.linkerd.io/AuthorizationPolicy'],
  *run(server, snapshot) {
    // Without one nothing is open, which is known before any policy is looked at.
    const { accessPolicy } = server.spec;
    const policy = accessPolicy && policyOfServer(snapshot, server);
    if (!policy || !('policy' in policy) || policy.policy === AUDIT) {
      return;
    }
    const open = policy.authorizations.find(
      ({ source, networks }) =>
        source.kind === 'default' && isEverywhere(networks),
    );
    const pointless = [
      ...policy.authorizations,
      ...policy.routes.flatMap(({ authorizations }) => authorizations),
    ].filter(
      authorization =>
        open &&
        isMeantForServer(snapshot, server, authorization) &&
        coveredBy(open, authorization),
    );
    const names = [
      ...new Set(
        pointless.map(({ source }) => `${source.kind} ${source.name}`),
      ),
    ];
    if (names.length > 0) {
      yield {
        message: `Server ${server.metadata.name} lets in ${
          policy.policy === 'all-authenticated'
            ? 'every client with an identity'
            : 'every client'
        } (accessPolicy ${policy.policy}): ${names.join(', ')} ${
          names.length === 1 ? 'keeps' : 'keep'
        } nobody out`,
        field: 'spec.accessPolicy',
      };
    }
  },
});

/** One for the whole namespace is for other Servers, too, and so is one that selects Servers by labels. */
function isMeantForServer(
  snapshot: MeshSnapshot,
  server: Server,
  { source: { kind, name } }: Authorization,
): boolean {
  const namespace = namespaceOf(server);
  if (kind === 'AuthorizationPolicy') {
    const target = snapshot.get(
      'policy.linkerd.io/AuthorizationPolicy',
      namespace,
      name,
    )?.spec.targetRef;
    return target !== undefined && !isRefTo(target, '', 'Namespace');
  }
  return (
    kind === 'ServerAuthorization' &&
    snapshot.get('policy.linkerd.io/ServerAuthorization', namespace, name)?.spec
      .server.name !== undefined
  );
}

/** Whether everybody whom an authorization lets in is let in by the other, and not everybody is by it itself. */
function coveredBy(open: Authorization, narrow: Authorization): boolean {
  const isNarrow =
    narrow.authentication.type !== 'unauthenticated' ||
    !isEverywhere(narrow.networks);
  return (
    isNarrow &&
    (open.authentication.type === 'unauthenticated' ||
      narrow.authentication.type === 'tls-authenticated')
  );
}
