import { ControlPlaneFact } from '../../contract/controlPlane';
import { ClusterMesh } from '../../contract/fleet';
import {
  About,
  fact,
  judged,
  notKnown,
  unreadKind,
} from '../../mesh/control-plane/facts';
import { hasEnded } from '../../mesh/hasEnded';
import { defineTally } from '../../snapshot/defineTally';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { ControlPlaneConfig } from '../controlPlaneConfig';
import { proxyOf, proxyVersion } from '../proxy';
import { partsOf, versionOfPart } from './parts';

const UNKNOWN = 'unknown';

const proxyTallies = defineTally('Pod', pod =>
  !hasEnded(pod) && proxyOf(pod) ? proxyVersion(pod) ?? UNKNOWN : undefined,
);

/** How many pods run each version of the proxy; those whose image does not tell it as `unknown`. */
export function proxiesByVersion(
  snapshot: MeshSnapshot,
): ClusterMesh['proxies'] {
  return [...proxyTallies.inAll(snapshot)]
    .map(([version, pods]) => ({ version, pods }))
    .sort((a, b) => b.pods - a.pods || a.version.localeCompare(b.version));
}

/**
 * The version of the control plane: what its chart wrote down, and the images that run.
 *
 * Upstream: pkg/healthcheck, "can retrieve the control plane version".
 */
export function versionFact(
  about: About,
  config: ControlPlaneConfig,
): ControlPlaneFact {
  const id = 'version';
  const title = 'Version';
  const { version, configMap } = config;
  const decider = configMap && {
    kind: 'ConfigMap' as const,
    object: configMap,
    field: 'data.values linkerdVersion',
  };
  if (!version) {
    return fact(
      id,
      title,
      notKnown(
        about,
        id,
        'absent',
        'The values of the chart do not say the version of the control plane',
        decider,
      ),
    );
  }
  const others = partsOf(about, config).flatMap(part => {
    const running = versionOfPart(part);
    return running && running !== version
      ? { part, text: `${part.metadata.name} runs ${running}` }
      : [];
  });
  const [first] = others;
  return fact(
    id,
    title,
    first
      ? judged(
          about,
          id,
          'notice',
          `Version ${version} is installed, and ${others
            .map(({ text }) => text)
            .join(', ')}`,
          {
            kind: 'apps/Deployment',
            object: first.part,
            field: 'spec.template.spec.containers',
          },
        )
      : judged(
          about,
          id,
          'info',
          `The control plane is of version ${version}`,
          decider,
        ),
  );
}

/**
 * Whether proxies are of the version of the control plane. Linkerd's command calls every other version one that does
 * not match; proxies get it when they are restarted.
 *
 * Upstream: pkg/healthcheck, "data plane and cli versions match", "control plane proxies are up-to-date".
 */
export function proxySkewFact(
  about: About,
  { version }: ControlPlaneConfig,
  proxies: ClusterMesh['proxies'],
): ControlPlaneFact {
  const id = 'proxy-skew';
  const title = 'Skew to its proxies';
  const unread = unreadKind(about, id, 'Pod');
  if (unread) {
    return fact(id, title, unread);
  }
  if (proxies.length === 0) {
    return fact(id, title, judged(about, id, 'info', 'No pod has a proxy'));
  }
  if (!version) {
    return fact(
      id,
      title,
      notKnown(
        about,
        id,
        'absent',
        'The version of the control plane is not known, so that proxies cannot be compared with it',
      ),
    );
  }
  const others = proxies.filter(proxy => proxy.version !== version);
  if (others.length === 0) {
    return fact(
      id,
      title,
      judged(about, id, 'good', `All proxies are of its version ${version}`),
    );
  }
  const listed = others
    .map(
      proxy =>
        `${proxy.version} (${
          proxy.pods === 1 ? '1 pod' : `${proxy.pods} pods`
        })`,
    )
    .join(', ');
  const text = `It is of version ${version} and has proxies of ${listed}: they get its version when they are restarted`;
  return fact(
    id,
    title,
    others.every(proxy => proxy.version === UNKNOWN)
      ? notKnown(about, id, 'not-modelled', text)
      : judged(about, id, 'notice', text),
  );
}
