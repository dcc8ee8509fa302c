import { parse } from 'yaml';
import { ConfigMap } from '../../kubernetes/core';
import { CheckFinding, defineCheck } from '../check';
import { refOf } from '../naming';

/** What the chart writes into the ConfigMap. */
const KEYS = ['values', 'linkerd-crds-chart-version'];

/** Settings that others have or had, and what there is today. */
const RIGHT_FORMS: readonly [string, string][] = [
  [
    'traceCollector',
    'traceCollector is proxy.tracing.enabled and proxy.tracing.collector.endpoint today',
  ],
  ['profiler', 'profiler is no setting; enablePprof is one'],
  ['profile', 'profile is no setting'],
  [
    'identityTrustAnchorsPEM',
    'identityTrustAnchorsPEM is a value of the chart, which writes the trust anchors into ConfigMap linkerd-identity-trust-roots',
  ],
];

/** The settings of the control plane are written where nobody reads them, or name a release that is no longer made. */
export const controlPlaneSettings = defineCheck({
  code: 'MESH-L0601',
  level: 'error',
  title: 'Settings of the control plane that nobody reads',
  explanation:
    'The ConfigMap linkerd-config is written by the chart: values are the values of the release, and nothing else of it is read. It is no place to write settings at: give them to helm upgrade or linkerd upgrade, with --set or a file of values.',
  upstream: 'charts/linkerd-control-plane/templates/config.yaml (linkerd2)',
  mesh: 'linkerd',
  subject: 'ConfigMap',
  needs: [],
  *run(configMap) {
    if (configMap.metadata.name !== 'linkerd-config') {
      return;
    }
    for (const [key, text] of Object.entries(configMap.data ?? {})) {
      const settings = settingsIn(text);
      if (!KEYS.includes(key)) {
        yield unreadKey(configMap, key, settings);
      }
      yield* oldImage(configMap, key, settings);
    }
  },
});

function unreadKey(
  configMap: ConfigMap,
  key: string,
  settings: unknown,
): CheckFinding {
  const today = RIGHT_FORMS.filter(([name]) =>
    Object.hasOwn(Object(settings), name),
  ).map(([, right]) => right);
  return {
    message: `${refOf(
      configMap,
    )}: data.${key} is read by nobody. Give the settings to helm upgrade or linkerd upgrade, which writes them into data.values${today
      .map(right => `; ${right}`)
      .join('')}`,
    field: `data.${key}`,
  };
}

/** Releases called stable have not been made in the open since February 2024. */
function* oldImage(
  configMap: ConfigMap,
  key: string,
  settings: unknown,
): Iterable<CheckFinding> {
  const { version } = Object(Object(Object(settings).proxy).image);
  if (typeof version === 'string' && version.startsWith('stable-')) {
    yield {
      message: `${refOf(
        configMap,
      )} names the proxy ${version}: open releases called stable ended in 2024. Take cr.l5d.io/linkerd/proxy:edge-YY.M.N, or the build of a vendor, by upgrading the control plane`,
      field: `data.${key}`,
    };
  }
}

/** The settings in a text; none where it is no YAML, which is told elsewhere where it matters. */
function settingsIn(text: string): unknown {
  try {
    // Without a word on the terminal of what is odd in it.
    return parse(text, { logLevel: 'error' });
  } catch {
    return undefined;
  }
}
