import { ControlPlaneFact } from '../../contract/controlPlane';
import {
  About,
  fact,
  judged,
  unreadKind,
} from '../../mesh/control-plane/facts';
import { hasEnded } from '../../mesh/hasEnded';
import { defineTally } from '../../snapshot/defineTally';
import { ControlPlaneConfig } from '../controlPlaneConfig';
import { proxyOf } from '../proxy';

const tallies = defineTally('Pod', pod => {
  const proxy = hasEnded(pod) ? undefined : proxyOf(pod);
  return proxy && (proxy.native ? 'native' : 'beside');
});

/**
 * How proxies run: as native sidecars (init containers that keep running, so that they start before and end after the
 * application, and Jobs end), or beside the application; and how many run as the control plane would not make them now.
 * An annotation may ask for the other.
 *
 * Upstream: charts/linkerd-control-plane/values.yaml, `proxy.nativeSidecar`; pkg/inject, `GetNativeSidecar`.
 */
export function nativeSidecarsFact(
  about: About,
  { configMap, nativeSidecar }: ControlPlaneConfig,
): ControlPlaneFact {
  const id = 'native-sidecars';
  const title = 'Native sidecars';
  const unread = unreadKind(about, id, 'Pod');
  if (unread) {
    return fact(id, title, unread);
  }
  const tally = tallies.inAll(about.snapshot);
  const native = tally.get('native') ?? 0;
  const beside = tally.get('beside') ?? 0;
  const others = nativeSidecar ? beside : native;
  const now = nativeSidecar
    ? 'New proxies are native sidecars'
    : 'New proxies run beside the application, not as native sidecars';
  return fact(
    id,
    title,
    judged(
      about,
      id,
      'info',
      others === 0
        ? now
        : `${now}; ${others} of ${
            native + beside
          } are otherwise, by an annotation or since they are older`,
      configMap && {
        kind: 'ConfigMap',
        object: configMap,
        field: 'data.values proxy.nativeSidecar',
      },
    ),
  );
}
