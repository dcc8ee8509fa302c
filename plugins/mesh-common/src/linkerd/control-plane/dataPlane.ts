import { ControlPlaneFact } from '../../contract/controlPlane';
import {
  About,
  fact,
  judged,
  unreadKind,
} from '../../mesh/control-plane/facts';
import { hasEnded } from '../../mesh/hasEnded';
import { defineTally } from '../../snapshot/defineTally';
import { proxyOf } from '../proxy';

const PROXY = 'linkerd-proxy';

const tallies = defineTally('Pod', pod => {
  const proxy = hasEnded(pod) ? undefined : proxyOf(pod);
  if (!proxy) {
    return undefined;
  }
  const statuses = proxy.native
    ? pod.status?.initContainerStatuses
    : pod.status?.containerStatuses;
  const ready = statuses?.find(({ name }) => name === PROXY)?.ready;
  return ready === undefined ? 'untold' : String(ready);
});

/**
 * Whether the proxies of pods are ready.
 *
 * Upstream: pkg/healthcheck, "data plane proxies are ready" (l5d-data-plane-ready).
 */
export function proxiesReadyFact(about: About): ControlPlaneFact {
  const id = 'proxies-ready';
  const title = 'Proxies';
  const unread = unreadKind(about, id, 'Pod');
  if (unread) {
    return fact(id, title, unread);
  }
  const tally = tallies.inAll(about.snapshot);
  const ready = tally.get('true') ?? 0;
  const waiting = tally.get('false') ?? 0;
  const untold = tally.get('untold') ?? 0;
  const all = ready + waiting + untold;
  if (waiting > 0) {
    return fact(
      id,
      title,
      judged(
        about,
        id,
        'notice',
        `${waiting} of ${all} proxies are not ready: what they carry does not get through`,
      ),
    );
  }
  return fact(
    id,
    title,
    untold > 0 || all === 0
      ? judged(
          about,
          id,
          'info',
          all === 0
            ? 'No pod has a proxy'
            : `Of ${untold} of ${all} proxies it is not said whether they are ready; the others are`,
        )
      : judged(about, id, 'good', `All ${all} proxies are ready`),
  );
}

/**
 * Whether a node was found for each pod of the control plane.
 *
 * Upstream: pkg/healthcheck, "no unschedulable pods" (l5d-existence-unschedulable-pods).
 */
export function schedulingFact(
  about: About,
  namespace: string,
): ControlPlaneFact {
  const id = 'scheduling';
  const title = 'Pods of the control plane';
  const unread = unreadKind(about, id, 'Pod');
  if (unread) {
    return fact(id, title, unread);
  }
  const waiting = [...about.snapshot.list('Pod', namespace)].flatMap(pod => {
    const condition = pod.status?.conditions.find(
      ({ type, status }) => type === 'PodScheduled' && status === 'False',
    );
    return condition ? [{ pod, condition }] : [];
  });
  const [first] = waiting;
  return fact(
    id,
    title,
    first
      ? judged(
          about,
          id,
          'notice',
          `There is no node for ${waiting
            .map(({ pod }) => pod.metadata.name)
            .sort()
            .join(', ')}${
            first.condition.message ? `: ${first.condition.message}` : ''
          }`,
          { kind: 'Pod', object: first.pod, field: 'status.conditions' },
        )
      : judged(about, id, 'good', 'Each of them has a node'),
  );
}
