import { proxySkew } from '../../istio/control-plane/versionSkew';
import { proxiesOfRevision } from '../../istio/proxiesOfRevision';
import { versionOfImage } from '../../istio/pods';
import { REVISION_LABEL } from '../../istio/revisions';
import { WorkloadController } from '../../kubernetes/core';
import { defineCheck } from '../check';
import { isIstiod } from '../istioVersion';
import { refOf } from '../naming';

/** Proxies are of a version that their control plane does not support. */
export const unsupportedSkew = defineCheck({
  code: 'MESH-I0202',
  level: 'warning',
  title: 'Proxies of a version that their control plane does not support',
  explanation:
    'A control plane may be ahead of its proxies by two minor versions, and never behind them. Proxies that are older are not tested with it, and newer ones may wait for configuration that it cannot give. Restart the workloads after an upgrade of the control plane: new pods get its version.',
  upstream:
    'https://istio.io/latest/docs/releases/supported-releases/#control-planedata-plane-skew',
  mesh: 'istio',
  subject: 'apps/Deployment',
  needs: ['Pod'],
  *run(deployment, snapshot) {
    const own = isIstiod(deployment) ? istiodOf(deployment) : undefined;
    if (!own) {
      return;
    }
    const revision = deployment.metadata.labels[REVISION_LABEL] ?? 'default';
    const proxies = [...proxiesOfRevision(snapshot, revision)].sort(
      ([a], [b]) => a.localeCompare(b),
    );
    for (const [version, pods] of proxies) {
      const skew = proxySkew(own, version);
      if (skew && !skew.supported) {
        const ahead = skew.minorsAhead;
        yield {
          message: `${refOf(
            deployment,
          )} is of version ${own}, and ${pods} of its proxies of ${version}, which is ${
            ahead < 0
              ? 'newer: upgrade the control plane first'
              : `${ahead} minor versions older: restart their workloads`
          }`,
          field: 'spec.template.spec.containers',
        };
      }
    }
  },
});

function istiodOf({ spec }: WorkloadController): string | undefined {
  const { containers } = spec.template.spec;
  const discovery =
    containers.find(({ name }) => name === 'discovery') ?? containers[0];
  return versionOfImage(discovery?.image);
}
