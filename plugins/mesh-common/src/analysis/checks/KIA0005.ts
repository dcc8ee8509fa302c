import { KindId } from '../../kubernetes/kinds';
import { KubernetesObject } from '../../kubernetes/objects';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { AnyCheck, CheckFinding, defineCheck } from '../check';
import { namespaceExists } from '../namespaces';
import { refOf } from '../naming';

const COMMON = {
  code: 'KIA0005',
  level: 'error',
  title: 'Exported to a namespace that does not exist',
  explanation:
    'exportTo names the namespaces whose clients see the object: a dot stands for its own, an asterisk for all. A name that no namespace has gives it to nobody.',
  upstream: 'common.ExportToNamespaceChecker (Kiali)',
  mesh: 'istio',
} as const;

/** Not names of namespaces: the own one, all, none. */
const SPECIAL: readonly string[] = ['.', '*', '~'];

interface Exported extends KubernetesObject {
  spec?: { exportTo?: readonly string[] };
}

/** An object is exported to a namespace that does not exist. */
function* exportedToNobody(
  object: Exported,
  snapshot: MeshSnapshot,
): Iterable<CheckFinding> {
  for (const [index, target] of (object.spec?.exportTo ?? []).entries()) {
    if (!SPECIAL.includes(target) && !namespaceExists(snapshot, target)) {
      yield {
        message: `${refOf(
          object,
        )} is exported to the namespace ${target}, but there is none: correct the name, or remove it`,
        field: `spec.exportTo[${index}]`,
      };
    }
  }
}

const needs: readonly KindId[] = ['Namespace'];

export const exportToMissing: readonly AnyCheck[] = [
  defineCheck({
    ...COMMON,
    upstream: `${COMMON.upstream}; DestinationRulesChecker (Kiali)`,
    needs,
    subject: 'networking.istio.io/DestinationRule',
    run: exportedToNobody,
  }),
  defineCheck({
    ...COMMON,
    upstream: `${COMMON.upstream}; VirtualServiceChecker (Kiali)`,
    needs,
    subject: 'networking.istio.io/VirtualService',
    run: exportedToNobody,
  }),
  defineCheck({
    ...COMMON,
    upstream: `${COMMON.upstream}; ServiceEntryChecker (Kiali)`,
    needs,
    subject: 'networking.istio.io/ServiceEntry',
    run: exportedToNobody,
  }),
];
