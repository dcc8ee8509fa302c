import { X509Certificate } from 'node:crypto';
import type { ObjectStore } from '../../store/types';
import {
  configMaps,
  isReady,
  pods,
  runningContainers,
} from '../../world/coreKinds';
import type { Rates } from '../rates';

/** `istio_build` of the proxies, and what istiod says of itself and of the proxies that it serves. */
export function countIstioProxies(rates: Rates, store: ObjectStore): void {
  const versions = new Map<string, number>();
  const ready = pods.list(store).filter(isReady);
  for (const pod of ready) {
    const proxy = runningContainers(pod).find(
      ({ name }) => name === 'istio-proxy',
    );
    const [, image, tag] = /([^/:]+):([^:]+)$/.exec(proxy?.image ?? '') ?? [];
    if (image && tag) {
      const component = image === 'ztunnel' ? 'ztunnel' : 'proxy';
      rates.gauge(pod, 'istio_build', { component, tag }, 1);
      versions.set(tag, (versions.get(tag) ?? 0) + 1);
    }
  }
  const istiods = ready.filter(({ labels }) => labels.app === 'istiod');
  const expiry = rootExpiry(store);
  for (const istiod of istiods) {
    const image = runningContainers(istiod)[0]?.image ?? '';
    rates.gauge(
      istiod,
      'istio_build',
      { component: 'pilot', tag: image.split(':').pop() ?? '' },
      1,
    );
    for (const [version, count] of versions) {
      rates.gauge(istiod, 'pilot_xds', { version }, count / istiods.length);
    }
    if (expiry !== undefined) {
      rates.gauge(
        istiod,
        'citadel_server_root_cert_expiry_timestamp',
        {},
        expiry,
      );
    }
  }
}

/** Seconds since the epoch; undefined where the root certificate is not there or none. */
function rootExpiry(store: ObjectStore): number | undefined {
  const pem = configMaps.get(store, 'istio-system', 'istio-ca-root-cert')?.body
    .data['root-cert.pem'];
  try {
    return pem
      ? Date.parse(new X509Certificate(pem).validTo) / 1_000
      : undefined;
  } catch {
    // Not a certificate: istiod would not have one to speak of either.
    return undefined;
  }
}
