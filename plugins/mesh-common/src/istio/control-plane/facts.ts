import { Answer } from '../../contract/common';
import {
  ControlPlane,
  ControlPlaneFact,
  ControlPlaneState,
} from '../../contract/controlPlane';
import { ConfigMap } from '../../kubernetes/core';
import { namespaceOf } from '../../kubernetes/objects';
import {
  About,
  fact,
  judged,
  notKnown,
  unreadKind,
} from '../../mesh/control-plane/facts';
import { discoveryContainer, versionOfIstiod } from '../controlPlane';
import { meshConfig, MeshConfig } from '../meshConfig';
import { Revision } from './revisions';

/** What istiod of a revision says of itself: the tag of its image. */
export function versionFact(
  about: About,
  { name, deployment }: Revision,
  runs: NonNullable<ControlPlane['runs']>,
): ControlPlaneFact {
  const id = 'version';
  if (!deployment) {
    return fact(
      id,
      'Version',
      notKnown(
        about,
        id,
        'absent',
        runs.value === 'elsewhere'
          ? `istiod of revision ${name} runs elsewhere (a managed control plane, or another cluster), where its version cannot be read`
          : `No Deployment of istiod of revision ${name} tells its version`,
      ),
    );
  }
  const version = versionOfIstiod(deployment);
  const found = discoveryContainer(deployment);
  const decider = {
    kind: 'apps/Deployment',
    object: deployment,
    field: `spec.template.spec.containers[${found?.index ?? 0}].image`,
  } as const;
  return fact(
    id,
    'Version',
    version
      ? judged(about, id, 'info', `istiod is of version ${version}`, decider)
      : notKnown(
          about,
          id,
          'not-modelled',
          `The image ${
            found?.container.image ?? 'of istiod'
          } has no tag that tells its version`,
          decider,
        ),
  );
}

/** The ConfigMap that istiod of a revision reads its mesh config from. */
export function configMapName(revision: string): string {
  return revision === 'default' ? 'istio' : `istio-${revision}`;
}

function configMapOf(
  { snapshot }: About,
  { name, deployment }: Revision,
): ConfigMap | undefined {
  const wanted = configMapName(name);
  if (deployment) {
    return snapshot.get('ConfigMap', namespaceOf(deployment), wanted);
  }
  return snapshot
    .namespacesOf('ConfigMap')
    .sort()
    .map(namespace => snapshot.get('ConfigMap', namespace, wanted))
    .find(configMap => configMap !== undefined);
}

/**
 * Whether the mesh config of a revision is there and can be read. Without its ConfigMap istiod takes its defaults, a
 * file, or (a managed one) what is kept elsewhere: what depends on it is not known.
 *
 * Upstream: pilot/pkg/bootstrap/mesh.go, `getMeshConfigMapName`, `initMeshConfiguration`.
 */
export function meshConfigFact(
  about: About,
  revision: Revision,
): { fact: ControlPlaneFact; config?: MeshConfig } {
  const id = 'mesh-config';
  const of = (answer: Answer<ControlPlaneState>) =>
    fact(id, 'Mesh config', answer);
  const unread = unreadKind(about, id, 'ConfigMap');
  if (unread) {
    return { fact: of(unread) };
  }
  const configMap = configMapOf(about, revision);
  if (configMap?.data?.mesh === undefined) {
    return {
      fact: of(
        notKnown(
          about,
          id,
          'absent',
          `There is no ConfigMap ${configMapName(
            revision.name,
          )} with the mesh config of revision ${
            revision.name
          }: what its proxies do by default, their trust domain and whether mutual TLS is automatic are not known`,
        ),
      ),
    };
  }
  const read = meshConfig(about.snapshot, revision.name);
  if (read.state === 'unknown') {
    return { fact: of(read.answer) };
  }
  return {
    fact: of(
      judged(
        about,
        id,
        'good',
        `ConfigMap ${namespaceOf(configMap)}/${
          configMap.metadata.name
        } has it, and it can be read`,
        { kind: 'ConfigMap', object: configMap, field: 'data.mesh' },
      ),
    ),
    config: read.config,
  };
}

/** Whether anybody injects sidecars for a revision: without a webhook only ambient mode is served. */
export function injectionFact(
  about: About,
  { name, injectors, tags }: Revision,
): ControlPlaneFact {
  const id = 'injection';
  const title = 'Injection';
  const kind = 'admissionregistration.k8s.io/MutatingWebhookConfiguration';
  const unread = unreadKind(about, id, kind);
  if (unread) {
    return fact(id, title, unread);
  }
  const object = injectors[0] ?? tags[0]?.configuration;
  const by = [...injectors, ...tags.map(({ configuration }) => configuration)]
    .map(({ metadata }) => metadata.name)
    .join(', ');
  return fact(
    id,
    title,
    object
      ? judged(about, id, 'good', `Sidecars are injected by ${by}`, {
          kind,
          object,
          field: 'webhooks',
        })
      : judged(
          about,
          id,
          'notice',
          `No webhook injects sidecars for revision ${name}: pods get none, and it serves ambient mode and proxies that are there alone`,
        ),
  );
}
