import { formatIdentity } from '../../istio/identity';
import { PolicyCaller } from '../intent';
import {
  Manifest,
  manifest,
  metadataOf,
  podLabels,
  PolicyError,
  PolicyTask,
} from '../manifest';

const SATISFIES = ['authorization', 'securityPolicies'] as const;

/**
 * Lets the callers reach the port, and by that nobody else: where an ALLOW policy selects a workload, what no
 * rule allows is denied. A policy without rules allows nobody.
 */
export function callersPolicy(task: PolicyTask): Manifest {
  const { intent } = task;
  return policy(task, {
    target: { selector: { matchLabels: podLabels(intent) } },
    principals: principalsOf(task, task.intent.callers),
    ports: [String(intent.port)],
    purpose: 'Lets the callers in, and nobody else',
  });
}

/** The same, enforced by the waypoint that requests to the Service go through. */
export function waypointPolicy(task: PolicyTask): Manifest {
  return policy(task, {
    target: {
      targetRefs: [{ group: '', kind: 'Service', name: task.intent.name }],
    },
    principals: principalsOf(task, task.intent.callers),
    purpose: 'Lets the callers in at the waypoint, and nobody else',
  });
}

/**
 * Lets the waypoint reach the pods, so that nobody goes round it but the callers whose proxies know no
 * waypoints: they connect to the pods themselves.
 */
export function throughWaypointPolicy(
  task: PolicyTask,
  waypoint: Account,
  past: readonly PolicyCaller[],
): Manifest {
  return policy(task, {
    suffix: '-through-waypoint',
    target: { selector: { matchLabels: podLabels(task.intent) } },
    principals: principalsOf(task, [waypoint, ...past]),
    ports: [String(task.intent.port)],
    purpose:
      past.length > 0
        ? 'Lets the waypoint reach the pods, and the callers that go past it; nobody else goes round it'
        : 'Lets the waypoint alone reach the pods, so that nobody goes round it',
  });
}

function policy(
  task: PolicyTask,
  options: {
    suffix?: string;
    target: object;
    principals: readonly string[];
    ports?: readonly string[];
    purpose: string;
  },
): Manifest {
  const { suffix = '', target, principals, ports, purpose } = options;
  return manifest(
    {
      apiVersion: 'security.istio.io/v1',
      kind: 'AuthorizationPolicy',
      metadata: metadataOf(task, suffix),
      spec: {
        ...target,
        action: 'ALLOW',
        ...(principals.length > 0 && {
          rules: [
            {
              from: [{ source: { principals } }],
              ...(ports && { to: [{ operation: { ports } }] }),
            },
          ],
        }),
      },
    },
    purpose,
    SATISFIES,
  );
}

interface Account {
  namespace: string;
  serviceAccount: string;
}

function principalsOf(
  task: PolicyTask,
  accounts: readonly Account[],
): string[] {
  return [...new Set(accounts.map(account => principal(task, account)))].sort();
}

function principal(
  { placement }: PolicyTask,
  { namespace, serviceAccount }: Account,
): string {
  const { trustDomain, cluster } = placement;
  if (!trustDomain) {
    throw new PolicyError(
      `cluster: the trust domain of the mesh on ${cluster} is not known, so identities cannot be written; is the ConfigMap of the control plane readable?`,
    );
  }
  return formatIdentity({ trustDomain, namespace, serviceAccount });
}
