import { namespaceOf } from '../../kubernetes/objects';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { MeshConfig } from '../meshConfig';
import { AuthorizationPolicy, RequestAuthentication } from '../objects';
import { RuleContext } from './conditions';
import { Layer } from './layers';

/** The policies that one proxy has, and how it reads calls. */
export interface PolicySet {
  snapshot: MeshSnapshot;
  policies: readonly AuthorizationPolicy[];
  /** By which it accepts tokens; undefined where they could not be read. */
  tokenPolicies: readonly RequestAuthentication[] | undefined;
  layer: Layer;
  /** The port that its rules see: the pod's, or at a waypoint the Service's. */
  port: number;
  config: Pick<
    MeshConfig,
    'trustDomain' | 'trustDomainAliases' | 'extensionProviders'
  >;
}

/** What the rules of a policy are matched with. */
export function contextOf(
  { port, config, layer }: PolicySet,
  policy: AuthorizationPolicy,
): RuleContext {
  return { port, trust: config, namespace: namespaceOf(policy), layer };
}
