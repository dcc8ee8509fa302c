import { nearestName } from '../schema/nearestName';

/**
 * What annotations of `config.linkerd.io` set, of this and of earlier releases.
 *
 * Upstream: pkg/k8s/labels.go.
 */
const SETTINGS: readonly string[] = [
  'access-log',
  'admin-port',
  'close-wait-timeout',
  'control-port',
  'debug-image',
  'debug-image-pull-policy',
  'debug-image-version',
  'default-inbound-policy',
  'disable-identity',
  'disable-tap',
  'enable-debug-sidecar',
  'enable-external-profiles',
  'enable-gateway',
  'image-pull-policy',
  'inbound-port',
  'init-image',
  'init-image-version',
  'opaque-ports',
  'outbound-port',
  'pod-inbound-ports',
  'proxy-additional-env',
  'proxy-admin-shutdown',
  'proxy-await',
  'proxy-cpu-limit',
  'proxy-cpu-ratio-limit',
  'proxy-cpu-request',
  'proxy-disable-inbound-protocol-detect-timeout',
  'proxy-disable-outbound-protocol-detect-timeout',
  'proxy-enable-native-sidecar',
  'proxy-ephemeral-storage-limit',
  'proxy-ephemeral-storage-request',
  'proxy-gid',
  'proxy-image',
  'proxy-inbound-connect-timeout',
  'proxy-inbound-discovery-cache-unused-timeout',
  'proxy-log-format',
  'proxy-log-http-headers',
  'proxy-log-level',
  'proxy-memory-limit',
  'proxy-memory-request',
  'proxy-metrics-hostname-labels',
  'proxy-outbound-connect-timeout',
  'proxy-outbound-discovery-cache-unused-timeout',
  'proxy-require-identity-inbound-ports',
  'proxy-uid',
  'proxy-version',
  'proxy-wait-before-exit-seconds',
  'shutdown-grace-period',
  'skip-inbound-ports',
  'skip-outbound-ports',
  'skip-subnets',
  'trace-collector',
  'trace-collector-service-account',
];

const PREFIX = /^(config\.(?:alpha\.|beta\.)?linkerd\.io\/)(.+)$/;

/** How much longer or shorter a name is by a slip of the pen. */
const SLIP = 3;

/**
 * The annotation that was meant by one that Linkerd does not have: a name that is nearly that of a setting. Names that are
 * like none may be those of a release that is newer than this list.
 */
export function meantSetting(annotation: string): string | undefined {
  const [, prefix, name = ''] = PREFIX.exec(annotation) ?? [];
  if (!prefix || SETTINGS.includes(name)) {
    return undefined;
  }
  const nearest = nearestName(name, SETTINGS);
  return nearest && Math.abs(nearest.length - name.length) <= SLIP
    ? `${prefix}${nearest}`
    : undefined;
}
