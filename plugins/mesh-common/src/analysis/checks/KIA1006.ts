import { namespaceOf } from '../../kubernetes/objects';
import { defineCheck } from '../check';
import { settingsOfNamespace } from '../namespaceMesh';
import { labelsText, refOf } from '../naming';
import { labelsOf } from './sidecars';

/** A Sidecar of the root namespace selects workloads, so that it is no default for others. */
export const globalSidecarSelects = defineCheck({
  code: 'KIA1006',
  level: 'warning',
  title: 'Sidecar of the root namespace with a selector',
  explanation:
    'A Sidecar of the root namespace without selector is the default of all namespaces. With a selector it is for workloads of the root namespace alone, where as a rule there are none but gateways, which no Sidecar sets up.',
  upstream: 'sidecars.GlobalChecker, SidecarChecker (Kiali)',
  mesh: 'istio',
  subject: 'networking.istio.io/Sidecar',
  needs: ['ConfigMap', 'Namespace'],
  *run(sidecar, snapshot) {
    const own = namespaceOf(sidecar);
    const labels = labelsOf(sidecar);
    if (labels && settingsOfNamespace(snapshot, own)?.rootNamespace === own) {
      yield {
        message: `${refOf(
          sidecar,
        )} is in the root namespace and selects workloads (${labelsText(
          labels,
        )}): remove the selector for a default of all namespaces, or put it where the workloads are`,
        field: 'spec.workloadSelector',
      };
    }
  },
});
