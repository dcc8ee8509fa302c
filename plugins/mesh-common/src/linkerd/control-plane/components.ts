import {
  ControlPlaneComponent,
  ControlPlaneFact,
} from '../../contract/controlPlane';
import {
  About,
  component,
  fact,
  judged,
  notKnown,
  readinessOf,
  unreadKind,
} from '../../mesh/control-plane/facts';
import { ControlPlaneConfig } from '../controlPlaneConfig';
import { PARTS, partsOf, versionOfPart } from './parts';

/** The parts of the control plane, with the version of their own image beside the proxy that each has. */
export function partComponents(
  about: About,
  config: ControlPlaneConfig,
): ControlPlaneComponent[] {
  return partsOf(about, config).map(object =>
    component(
      about,
      { kind: 'apps/Deployment', object },
      readinessOf(object),
      versionOfPart(object),
    ),
  );
}

/** Of each part of which no pod is ready, that it is so. */
export function partsReadyFacts(
  about: About,
  config: ControlPlaneConfig,
): ControlPlaneFact[] {
  return partComponents(about, config)
    .filter(({ answer }) => answer.value === 'bad')
    .map(({ name, answer }) => fact(`part-${name}`, name, answer));
}

/**
 * Of each part for which no pod can be made, why: a quota, or a webhook that refuses it.
 *
 * Upstream: pkg/healthcheck, "control plane replica sets are ready" (l5d-existence-replicasets); a Deployment repeats the
 * condition of its ReplicaSet.
 */
export function replicaFailureFacts(
  about: About,
  config: ControlPlaneConfig,
): ControlPlaneFact[] {
  return partsOf(about, config).flatMap(object => {
    const [failure] = object.status?.conditions ?? [];
    const { name } = object.metadata;
    return failure
      ? fact(
          `replicas-${name}`,
          `Pods of ${name}`,
          judged(
            about,
            'replicas',
            'bad',
            `No pod can be made for Deployment ${config.namespace}/${name}: ${
              failure.message || 'no reason is given'
            }`,
            { kind: 'apps/Deployment', object, field: 'status.conditions' },
          ),
        )
      : [];
  });
}

/**
 * Whether all parts of the control plane are there.
 *
 * Upstream: pkg/healthcheck, "control plane pods are ready" (l5d-api-control-ready).
 */
export function partsFact(
  about: About,
  config: ControlPlaneConfig,
): ControlPlaneFact {
  const id = 'parts';
  const title = 'Parts';
  const unread = unreadKind(about, id, 'apps/Deployment');
  if (unread) {
    return fact(id, title, unread);
  }
  const names = partsOf(about, config).map(({ metadata }) => metadata.name);
  const missing = PARTS.filter(name => !names.includes(name));
  return fact(
    id,
    title,
    missing.length === 0
      ? judged(
          about,
          id,
          'good',
          `${PARTS.join(', ')} are there in namespace ${config.namespace}`,
        )
      : judged(
          about,
          id,
          'bad',
          `There is no Deployment ${missing
            .map(name => `${config.namespace}/${name}`)
            .join(', ')}: ${consequence(missing)}`,
        ),
  );
}

function consequence(missing: readonly string[]): string {
  return missing
    .map(name => {
      switch (name) {
        case 'linkerd-identity':
          return 'proxies get no certificates';
        case 'linkerd-proxy-injector':
          return 'new pods get no proxy';
        default:
          return 'proxies find no destinations and learn of no policies';
      }
    })
    .join(', ');
}

/**
 * Whether a control plane that was installed for high availability has several pods of each part.
 *
 * Upstream: pkg/healthcheck, "multiple replicas of control plane pods" (l5d-control-plane-replicas).
 */
export function availabilityFact(
  about: About,
  config: ControlPlaneConfig,
): ControlPlaneFact {
  const id = 'high-availability';
  const title = 'High availability';
  const { configMap } = config;
  const decider = configMap && {
    kind: 'ConfigMap' as const,
    object: configMap,
    field: 'data.values highAvailability',
  };
  if (!config.highAvailability) {
    return fact(
      id,
      title,
      judged(
        about,
        id,
        'info',
        'It is not installed for high availability',
        decider,
      ),
    );
  }
  const unread = unreadKind(about, id, 'apps/Deployment');
  if (unread) {
    return fact(id, title, unread);
  }
  const parts = partsOf(about, config);
  if (parts.length === 0) {
    return fact(
      id,
      title,
      notKnown(about, id, 'absent', 'No Deployment of it is there', decider),
    );
  }
  const single = parts.filter(part => readinessOf(part).ready < 2);
  const [first] = single;
  return fact(
    id,
    title,
    first
      ? judged(
          about,
          id,
          'notice',
          `It is installed for high availability, and fewer than two pods of ${single
            .map(({ metadata }) => metadata.name)
            .join(', ')} are ready`,
          { kind: 'apps/Deployment', object: first, field: 'status' },
        )
      : judged(
          about,
          id,
          'good',
          'It is installed for high availability, and two pods or more of each part are ready',
          decider,
        ),
  );
}
