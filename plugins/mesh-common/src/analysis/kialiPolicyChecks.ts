import { AnyCheck } from './check';
import { severalDefaultPolicies } from './checks/KIA0002';
import { conflictingPolicies } from './checks/KIA0003';
import { selectorOfNobody } from './checks/KIA0004';
import { exportToMissing } from './checks/KIA0005';
import { unknownMethod } from './checks/KIA0102';
import { policyHostUnknown } from './checks/KIA0104';
import { identityWithoutMtls } from './checks/KIA0105';
import { principalOfNobody } from './checks/KIA0106';
import { principalOfOtherCluster } from './checks/KIA0107';
import { principalOfOtherDomain } from './checks/KIA0108';
import { severalRulesOfSubset } from './checks/KIA0201';
import { ruleDropsMtls } from './checks/KIA0204';
import { meshMtlsWithoutPolicy } from './checks/KIA0205';
import { namespaceMtlsWithoutPolicy } from './checks/KIA0206';
import { plaintextToStrictNamespace } from './checks/KIA0207';
import { plaintextToStrictMesh } from './checks/KIA0208';
import { subsetWithoutLabels } from './checks/KIA0209';
import { strictMeshWithoutRule } from './checks/KIA0401';
import { strictNamespaceWithoutRule } from './checks/KIA0501';
import { disabledNamespaceWithRule } from './checks/KIA0505';
import { disabledMeshWithRule } from './checks/KIA0506';
import { KIALI_AMBIENT_CHECKS } from './kialiAmbientChecks';

/** The checks of Kiali about security policies, DestinationRules and what they select, that istioctl does not have. */
export const KIALI_POLICY_CHECKS: readonly AnyCheck[] = [
  severalDefaultPolicies,
  conflictingPolicies,
  ...selectorOfNobody,
  ...exportToMissing,
  unknownMethod,
  policyHostUnknown,
  identityWithoutMtls,
  principalOfNobody,
  principalOfOtherCluster,
  principalOfOtherDomain,
  severalRulesOfSubset,
  ruleDropsMtls,
  meshMtlsWithoutPolicy,
  namespaceMtlsWithoutPolicy,
  plaintextToStrictNamespace,
  ...plaintextToStrictMesh,
  subsetWithoutLabels,
  strictMeshWithoutRule,
  strictNamespaceWithoutRule,
  disabledNamespaceWithRule,
  disabledMeshWithRule,
  ...KIALI_AMBIENT_CHECKS,
];
