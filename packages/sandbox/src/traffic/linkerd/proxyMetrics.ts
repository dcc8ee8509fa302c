import type { ObjectStore } from '../../store/types';
import { isReady, pods } from '../../world/coreKinds';
import type { Rates } from '../rates';
import { proxyOf } from './proxy';

/** What every Linkerd proxy says of itself. */
export function countLinkerdProxies(rates: Rates, store: ObjectStore): void {
  for (const pod of pods.list(store)) {
    const proxy = isReady(pod) ? proxyOf(pod) : undefined;
    if (proxy) {
      rates.gauge(pod, 'proxy_build_info', { version: proxy.version }, 1);
      rates.certificate(
        pod,
        'identity_cert_expiration_timestamp_seconds',
        Date.parse(pod.created),
      );
      rates.gauge(
        pod,
        'process_start_time_seconds',
        {},
        Date.parse(pod.created) / 1_000,
      );
    }
  }
}
