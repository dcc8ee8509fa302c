import { AnyCheck } from './check';
import { severalRulesOfSubset } from './checks/KIA0201';
import { ruleDropsMtls } from './checks/KIA0204';
import { meshMtlsWithoutPolicy } from './checks/KIA0205';
import { namespaceMtlsWithoutPolicy } from './checks/KIA0206';
import { plaintextToStrictNamespace } from './checks/KIA0207';
import { plaintextToStrictMesh } from './checks/KIA0208';
import { strictMeshWithoutRule } from './checks/KIA0401';
import { strictNamespaceWithoutRule } from './checks/KIA0501';
import { disabledNamespaceWithRule } from './checks/KIA0505';
import { disabledMeshWithRule } from './checks/KIA0506';

/** The checks of Kiali about security policies, DestinationRules and what they select, that istioctl does not have. */
export const KIALI_POLICY_CHECKS: readonly AnyCheck[] = [
  severalRulesOfSubset,
  ruleDropsMtls,
  meshMtlsWithoutPolicy,
  namespaceMtlsWithoutPolicy,
  plaintextToStrictNamespace,
  plaintextToStrictMesh,
  strictMeshWithoutRule,
  strictNamespaceWithoutRule,
  disabledNamespaceWithRule,
  disabledMeshWithRule,
];
