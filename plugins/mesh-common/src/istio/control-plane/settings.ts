import { parse } from 'yaml';
import { ControlPlaneSetting } from '../../contract/controlPlane';
import { ConfigMap, WorkloadController } from '../../kubernetes/core';
import { About, judged } from '../../mesh/control-plane/facts';
import { selectorText } from '../../mesh/control-plane/selectorText';
import { discoveryContainer } from '../controlPlane';
import { MeshConfig, settingReason } from '../meshConfig';
import { SettingName } from '../meshSettings';

/** The settings of istiod's environment that rules follow. */
const FOLLOWED: ReadonlySet<string> = new Set([
  'BLOCKED_CIDRS_IN_JWKS_URIS',
  'ENABLE_INGRESS_WAYPOINT_ROUTING',
  'ENABLE_TLS_ON_SIDECAR_INGRESS',
  'PILOT_ENABLE_ALPHA_GATEWAY_API',
  'PILOT_ENABLE_STRICT_GATEWAY_MERGING',
  'PILOT_SCOPE_GATEWAY_TO_NAMESPACE',
  'PREFER_DESTINATIONRULE_TLS_FOR_EXTERNAL_SERVICES',
]);

type Shown = readonly [SettingName, (config: MeshConfig) => string | undefined];

/** The settings of a mesh that change answers, and how they read; what is undefined is nothing to show. */
const SHOWN: readonly Shown[] = [
  ['trustDomain', ({ trustDomain }) => trustDomain],
  [
    'trustDomainAliases',
    ({ trustDomainAliases }) => trustDomainAliases.join(', ') || undefined,
  ],
  ['rootNamespace', ({ rootNamespace }) => rootNamespace],
  ['enableAutoMtls', ({ enableAutoMtls }) => String(enableAutoMtls)],
  [
    'outboundTrafficPolicy',
    ({ outboundTrafficPolicy }) => outboundTrafficPolicy.mode,
  ],
  [
    'discoverySelectors',
    ({ discoverySelectors }) =>
      discoverySelectors.map(selectorText).join(' or ') || undefined,
  ],
  [
    'defaultServiceExportTo',
    ({ defaultServiceExportTo }) => listed(defaultServiceExportTo),
  ],
  [
    'defaultVirtualServiceExportTo',
    ({ defaultVirtualServiceExportTo }) =>
      listed(defaultVirtualServiceExportTo),
  ],
  [
    'defaultDestinationRuleExportTo',
    ({ defaultDestinationRuleExportTo }) =>
      listed(defaultDestinationRuleExportTo),
  ],
  ['h2UpgradePolicy', ({ h2UpgradePolicy }) => h2UpgradePolicy],
  [
    'pathNormalization',
    ({ pathNormalization }) => pathNormalization.normalization,
  ],
  [
    'extensionProviders',
    ({ extensionProviders }) =>
      extensionProviders.map(({ name }) => name).join(', ') || undefined,
  ],
];

/** Everywhere is what is usual, and not worth a line. */
function listed(exportTo: readonly string[]): string | undefined {
  return exportTo.join(', ') === '*' ? undefined : exportTo.join(', ') || '~';
}

/** The mesh config of a revision as far as rules read it: what is written, and Istio's defaults where nothing is. */
export function meshSettings(
  { snapshot }: About,
  config: MeshConfig,
): ControlPlaneSetting[] {
  const written = writtenKeys(config.configMap);
  return SHOWN.flatMap(([name, read]) => {
    const value = read(config);
    if (value === undefined) {
      return [];
    }
    const source = written.has(name) ? 'written' : 'default';
    return {
      name,
      value,
      source,
      followed: true,
      reason: settingReason(
        snapshot,
        config,
        name,
        source === 'written'
          ? `The mesh config sets ${name}`
          : `The mesh config does not set ${name}: this is Istio's default`,
      ),
    };
  });
}

function writtenKeys(configMap: ConfigMap | undefined): ReadonlySet<string> {
  // It has been read as YAML before, or there were no settings to show.
  const raw: unknown = parse(configMap?.data?.mesh ?? '');
  return new Set(raw && typeof raw === 'object' ? Object.keys(raw) : []);
}

/**
 * What istiod's environment sets, as far as it is kept: `PILOT_*` and a few others. Of those that the portal's rules
 * follow it says so.
 *
 * Upstream: pilot/pkg/features.
 */
export function environmentSettings(
  about: About,
  deployment: WorkloadController,
): ControlPlaneSetting[] {
  const discovery = discoveryContainer(deployment);
  if (!discovery) {
    return [];
  }
  const { container, index } = discovery;
  return container.env
    .flatMap(({ name, value }) => (value === undefined ? [] : { name, value }))
    .sort((a, b) => a.name.localeCompare(b.name))
    .map(({ name, value }) => {
      const followed = FOLLOWED.has(name);
      return {
        name,
        value,
        source: 'written',
        followed,
        reason: judged(
          about,
          'environment',
          'info',
          followed
            ? `istiod's environment sets ${name}, and answers follow it`
            : `istiod's environment sets ${name}; answers of the portal do not depend on it, or do not follow it`,
          {
            kind: 'apps/Deployment',
            object: deployment,
            field: `spec.template.spec.containers[${index}].env ${name}`,
          },
        ).reasons[0],
      };
    });
}
