import type { ObjectStore } from '../../store/types';
import { configMaps, isReady, pods, type Pod } from '../../world/coreKinds';
import type { Rates } from '../rates';
import { proxyOf } from './proxy';

const YEAR_MS = 365 * 24 * 60 * 60 * 1_000;

/** What every Linkerd proxy says of itself, and the identity controllers of what they issue with. */
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
      countIssuer(rates, store, pod);
    }
  }
}

/**
 * An identity controller counts down to the end of its issuer, which was made with the trust anchors for a year, as
 * `linkerd install` does. It is scraped at its admin port, as the job `linkerd-controller` of the viz Prometheus does.
 */
function countIssuer(rates: Rates, store: ObjectStore, pod: Pod): void {
  const { namespace, labels, body } = pod;
  const anchors = configMaps.get(
    store,
    namespace,
    'linkerd-identity-trust-roots',
  );
  if (
    labels['linkerd.io/control-plane-component'] === 'identity' &&
    anchors !== undefined
  ) {
    rates.countdown(
      pod,
      'issuer_cert_ttl_seconds',
      {
        job: 'linkerd-controller',
        component: 'identity',
        instance: `${body.status.podIP}:9990`,
      },
      Date.parse(anchors.created) + YEAR_MS,
    );
  }
}
