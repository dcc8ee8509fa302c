import { AnyCheck } from './check';
import { httpPolicyWithoutWaypoint } from './checks/KIA0109';
import { httpPolicyWithoutTarget } from './checks/KIA0110';
import { httpRuleWithoutWaypoint } from './checks/KIA0210';
import { httpRuleOfUncapturedService } from './checks/KIA0211';
import { httpRuleElsewhere } from './checks/KIA0212';
import { routesWithoutWaypoint } from './checks/KIA1109';
import { authenticationWithoutWaypoint } from './checks/KIA1110';
import { pluginWithoutWaypoint } from './checks/KIA1111';
import { httpTelemetryWithoutWaypoint } from './checks/KIA1112';
import { routesOfUncapturedService } from './checks/KIA1113';
import { routesElsewhere } from './checks/KIA1114';
import { authenticationWithoutTarget } from './checks/KIA1115';
import { pluginWithoutTarget } from './checks/KIA1116';
import { httpTelemetryWithoutTarget } from './checks/KIA1117';

/** The checks of Kiali about what only waypoints can do, in namespaces in ambient mode. */
export const KIALI_AMBIENT_CHECKS: readonly AnyCheck[] = [
  httpPolicyWithoutWaypoint,
  httpPolicyWithoutTarget,
  httpRuleWithoutWaypoint,
  httpRuleOfUncapturedService,
  httpRuleElsewhere,
  routesWithoutWaypoint,
  authenticationWithoutWaypoint,
  ...pluginWithoutWaypoint,
  httpTelemetryWithoutWaypoint,
  routesOfUncapturedService,
  routesElsewhere,
  authenticationWithoutTarget,
  ...pluginWithoutTarget,
  httpTelemetryWithoutTarget,
];
