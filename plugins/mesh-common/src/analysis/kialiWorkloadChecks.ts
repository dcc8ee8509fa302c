import { AnyCheck } from './check';
import { appProtocolWithSuffix } from './checks/KIA0602';
import { targetPortOfNobody } from './checks/KIA0701';
import { workloadWithoutPolicy } from './checks/KIA1301';
import { sidecarAndAmbient } from './checks/KIA1311';
import { waypointWithoutAmbient } from './checks/KIA1312';
import { waypointMissing } from './checks/KIA1313';
import { ambientInsteadOfSidecar } from './checks/KIA1314';
import { sidecarInsteadOfAmbient } from './checks/KIA1315';
import { sidecarAmongAmbient } from './checks/KIA1316';
import { httpPolicyOfWorkload } from './checks/KIA1317';
import { accountOfGroupMissing } from './checks/KIA1701';
import { groupsWithOneLabel } from './checks/KIA1702';

/** The checks of Kiali about workloads and their Services, that istioctl does not have. */
export const KIALI_WORKLOAD_CHECKS: readonly AnyCheck[] = [
  appProtocolWithSuffix,
  targetPortOfNobody,
  ...sidecarAndAmbient,
  ...waypointWithoutAmbient,
  ...waypointMissing,
  ...ambientInsteadOfSidecar,
  ...sidecarInsteadOfAmbient,
  ...sidecarAmongAmbient,
  accountOfGroupMissing,
  groupsWithOneLabel,
];

/** Those that Kiali leaves out by itself, or that say of workloads what another check says of the policy. */
export const OPTIONAL_WORKLOAD_CHECKS: readonly AnyCheck[] = [
  ...workloadWithoutPolicy,
  ...httpPolicyOfWorkload,
];
