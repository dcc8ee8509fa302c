import { ControlPlaneFact } from '../../contract/controlPlane';
import { Namespace } from '../../kubernetes/core';
import { KindId } from '../../kubernetes/kinds';
import {
  About,
  fact,
  judged,
  unreadKind,
} from '../../mesh/control-plane/facts';
import { hasEnded } from '../../mesh/hasEnded';
import { listed } from '../../mesh/listed';
import { defineTally } from '../../snapshot/defineTally';
import { proxyOf, proxySetting } from '../proxy';
import { extensionNamespaces } from './extensions';
import {
  ClusterRights,
  completeness,
  missingRights,
  rightsUnread,
} from './rights';

const API_SERVICE = 'apiregistration.k8s.io/APIService';
const TAP_API = 'v1alpha1.tap.linkerd.io';
const SCRAPES = 'prometheus-scrape';

/** The kinds that the facts of the extension viz are told by, beside those of every extension. */
export const VIZ_KINDS: readonly KindId[] = [
  API_SERVICE,
  'rbac.authorization.k8s.io/ClusterRole',
  'rbac.authorization.k8s.io/ClusterRoleBinding',
];

/** Which rights the parts of the extension have, by the names of their Deployments. */
function rightsOf(namespace: string): Record<string, ClusterRights> {
  const name = (part: string) => `linkerd-${namespace}-${part}`;
  return {
    'metrics-api': {
      roles: [name('metrics-api')],
      bindings: [name('metrics-api')],
    },
    prometheus: {
      roles: [name('prometheus')],
      bindings: [name('prometheus')],
    },
    tap: {
      roles: [name('tap'), name('tap-admin')],
      bindings: [name('tap'), name('tap-auth-delegator')],
    },
    'tap-injector': {
      roles: ['linkerd-tap-injector'],
      bindings: ['linkerd-tap-injector'],
    },
  };
}

const deniers = defineTally('Pod', pod => {
  const proxy = hasEnded(pod) ? undefined : proxyOf(pod);
  return proxy &&
    proxySetting(proxy, 'LINKERD2_PROXY_INBOUND_DEFAULT_POLICY') === 'deny'
    ? 'deny'
    : undefined;
});

/**
 * What is more to say of the extension viz: the rights of its parts, the API by which requests are tapped, and whether its
 * Prometheus gets at the proxies. Of each only where the part is installed.
 *
 * Upstream: viz/pkg/healthcheck, "linkerd-viz ClusterRoles exist", "linkerd-viz ClusterRoleBindings exist", "tap API
 * service is running", "prometheus is installed and configured correctly", "prometheus is authorized to scrape data plane
 * pods" (l5d-viz-cr-exists, l5d-viz-crb-exists, l5d-tap-api, l5d-viz-prometheus, l5d-viz-data-plane-prom-authz).
 */
export function vizFacts(about: About): ControlPlaneFact[] {
  const [namespace, another] = extensionNamespaces(about.snapshot, 'viz');
  if (!namespace || another) {
    return [];
  }
  const unread = unreadKind(about, 'viz', 'apps/Deployment');
  if (unread) {
    return [fact('viz', 'Parts of extension viz', unread)];
  }
  const installed = new Set(
    [...about.snapshot.list('apps/Deployment', namespace.metadata.name)].map(
      ({ metadata }) => metadata.name,
    ),
  );
  return [
    ...vizRights(about, namespace, installed),
    ...(installed.has('tap') ? [tapApi(about)] : []),
    ...(installed.has('prometheus') ? [scrapes(about, namespace)] : []),
  ];
}

function vizRights(
  about: About,
  object: Namespace,
  installed: ReadonlySet<string>,
): ControlPlaneFact[] {
  const namespace = object.metadata.name;
  const wanted = Object.entries(rightsOf(namespace)).filter(([part]) =>
    installed.has(part),
  );
  if (wanted.length === 0) {
    return [];
  }
  const id = 'viz-rights';
  const title = 'Rights of extension viz';
  return [
    fact(
      id,
      title,
      rightsUnread(about, id) ??
        completeness(
          about,
          id,
          wanted.flatMap(([, rights]) => missingRights(about, rights)),
          {
            whole: `${wanted
              .map(([part]) => part)
              .join(', ')} have their ClusterRoles and the bindings to them`,
            lacking:
              'the part whose it is cannot read what it needs. Install the extension anew',
            state: 'notice',
          },
          { kind: 'Namespace', object },
        ),
    ),
  ];
}

function tapApi(about: About): ControlPlaneFact {
  const id = 'viz-tap-api';
  const title = 'API of tap';
  const unread = unreadKind(about, id, API_SERVICE);
  if (unread) {
    return fact(id, title, unread);
  }
  const object = about.snapshot.get(API_SERVICE, undefined, TAP_API);
  if (!object) {
    return fact(
      id,
      title,
      judged(
        about,
        id,
        'notice',
        `There is no APIService ${TAP_API}: linkerd viz tap finds nobody to ask`,
      ),
    );
  }
  const available = object.status.conditions.find(
    ({ type }) => type === 'Available',
  );
  return fact(
    id,
    title,
    available?.status === 'True'
      ? judged(about, id, 'good', `APIService ${TAP_API} is available`, {
          kind: API_SERVICE,
          object,
          field: 'status.conditions',
        })
      : judged(
          about,
          id,
          'notice',
          `APIService ${TAP_API} is not available: ${
            available?.message || available?.reason || 'no reason is given'
          }`,
          { kind: API_SERVICE, object, field: 'status.conditions' },
        ),
  );
}

function scrapes(about: About, object: Namespace): ControlPlaneFact {
  const { metadata } = object;
  const decider = { kind: 'Namespace' as const, object };
  const id = 'viz-scrapes';
  const title = 'Scraping of proxies';
  const policies = 'policy.linkerd.io/AuthorizationPolicy';
  const unread =
    unreadKind(about, id, 'Pod') ?? unreadKind(about, id, policies);
  if (unread) {
    return fact(id, title, unread);
  }
  const { snapshot } = about;
  const closed = snapshot
    .namespacesOf('Pod')
    .filter(
      namespace =>
        (deniers.inNamespace(snapshot, namespace).get('deny') ?? 0) > 0 &&
        !snapshot.get(policies, namespace, SCRAPES),
    )
    .sort();
  return fact(
    id,
    title,
    closed.length === 0
      ? judged(
          about,
          id,
          'good',
          `Prometheus in namespace ${metadata.name} is not kept from any proxy by a default policy`,
          decider,
        )
      : judged(
          about,
          id,
          'notice',
          `Pods of ${listed(
            closed,
            'namespaces',
          )} deny what no policy allows, and there is no AuthorizationPolicy ${SCRAPES}: unless another one lets Prometheus in, nothing of them is measured. linkerd viz allow-scrapes writes one`,
          decider,
        ),
  );
}
