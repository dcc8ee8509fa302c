import { Reason } from '../../contract/common';
import { Service } from '../../kubernetes/core';
import { because } from '../../mesh/answers';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { MeshConfig, settingReason } from '../meshConfig';
import { MeshService } from '../meshServices';
import { LocalityLbSetting } from '../objectParts';
import { ResolvedPolicy, writtenReason } from '../trafficPolicy';

const RULE = 'istio/locality';
const DISTRIBUTION_ANNOTATION = 'networking.istio.io/traffic-distribution';

/**
 * Whether the place of an endpoint counts when a proxy picks one.
 *
 * @public
 */
export interface LocalityBalancing {
  /**
   * any: it does not. distribute: shares by place, as written. failover: near ones, and others when those are ill.
   * inactive: failover is asked for and does not happen.
   */
  mode: 'any' | 'distribute' | 'failover' | 'inactive';
  /** For people. */
  text: string;
  reasons: Reason[];
}

interface Setting {
  value: LocalityLbSetting;
  /** Somebody wrote it for this destination. */
  isOwn: boolean;
  reason(text: string): Reason;
}

/**
 * The setting of the DestinationRule counts, else what the Service says of its distribution, else that of the mesh,
 * which is on unless it is turned off. Shares (`distribute`) need nothing else. Failover needs outlier detection in the
 * policy of the same destination, even an empty one: without it no endpoint ever counts as ill, and istiod gives all
 * endpoints one priority. What a Service says of its distribution needs none.
 *
 * Upstream: pilot/pkg/networking/core/loadbalancer/loadbalancer.go, `GetLocalityLbSetting`,
 * `ApplyLocalityLoadBalancer`.
 */
export function localityOf(
  snapshot: MeshSnapshot,
  service: MeshService,
  policy: ResolvedPolicy,
  detects: boolean,
  config: MeshConfig,
): LocalityBalancing {
  const own = ownSetting(snapshot, policy);
  if (own?.value.enabled === false) {
    return any([own.reason('Locality load balancing is off for it')]);
  }
  const near = own ? undefined : distribution(snapshot, service.service);
  if (near) {
    return near;
  }
  const setting = own ?? meshSetting(snapshot, config);
  return setting.value.enabled === false
    ? any([setting.reason('Locality load balancing is off in the mesh')])
    : bySetting(setting, detects);
}

function bySetting(setting: Setting, detects: boolean): LocalityBalancing {
  const { value, isOwn, reason } = setting;
  if (value.distribute?.length) {
    return {
      mode: 'distribute',
      text: 'spread over localities in the shares that are written',
      reasons: [reason('Endpoints are picked by shares of localities')],
    };
  }
  if (detects) {
    return {
      mode: 'failover',
      text: `near localities first, ${
        targetsOf(value) ?? 'others'
      } when ejected`,
      reasons: [
        reason('Failover between localities is on, with outlier detection'),
      ],
    };
  }
  const asked = isOwn || targetsOf(value) !== undefined;
  return asked
    ? {
        mode: 'inactive',
        text: 'locality failover is inactive: it needs outlierDetection',
        reasons: [
          reason(
            'Failover between localities needs outlierDetection in the same policy, which is not there: all endpoints have one priority',
          ),
        ],
      }
    : any([
        {
          rule: RULE,
          text: 'Without outlierDetection there is no failover between localities: endpoints are picked wherever they are',
        },
      ]);
}

/** Where requests go then, in the words of the setting. */
function targetsOf({
  failover = [],
  failoverPriority = [],
}: LocalityLbSetting): string | undefined {
  if (failoverPriority.length > 0) {
    return `others by ${failoverPriority.join(', ')}`;
  }
  return failover.length > 0
    ? failover.map(({ from = '', to = '' }) => `${from} to ${to}`).join(', ')
    : undefined;
}

function any(reasons: Reason[]): LocalityBalancing {
  return { mode: 'any', text: 'wherever endpoints are', reasons };
}

function ownSetting(
  snapshot: MeshSnapshot,
  { loadBalancer, outlierDetection }: ResolvedPolicy,
): Setting | undefined {
  const value = loadBalancer?.value.localityLbSetting;
  return (
    value && {
      value,
      isOwn: true,
      reason: text =>
        writtenReason(
          snapshot,
          {
            rule: loadBalancer.rule,
            // What is missing is where it would have to be.
            field: outlierDetection
              ? `${loadBalancer.field}.localityLbSetting`
              : loadBalancer.field.replace(/loadBalancer$/, 'outlierDetection'),
          },
          text,
        ),
    }
  );
}

function meshSetting(snapshot: MeshSnapshot, config: MeshConfig): Setting {
  return {
    value: config.localityLbSetting ?? {},
    isOwn: false,
    reason: text => settingReason(snapshot, config, 'localityLbSetting', text),
  };
}

/**
 * What a Service says of where its clients should go.
 *
 * Upstream: pilot/pkg/model/service.go, `GetTrafficDistribution`.
 */
function distribution(
  snapshot: MeshSnapshot,
  service: Service | undefined,
): LocalityBalancing | undefined {
  const annotated = service?.metadata.annotations[DISTRIBUTION_ANNOTATION];
  const value = annotated ?? service?.spec.trafficDistribution;
  if (!service || !value?.startsWith('Prefer')) {
    return undefined;
  }
  return {
    mode: 'failover',
    text: `near endpoints first, as the Service says (${value})`,
    reasons: [
      because(RULE, `The Service asks for ${value}`, {
        snapshot,
        kind: 'Service',
        object: service,
        field: annotated ? 'metadata.annotations' : 'spec.trafficDistribution',
      }),
    ],
  };
}
