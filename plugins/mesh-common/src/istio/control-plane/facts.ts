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
import { proxiesOfRevision } from '../proxiesOfRevision';
import { Revision } from './revisions';
import { minorOf, proxySkew } from './versionSkew';

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

/** Whether the proxies of a revision are of versions that it supports. */
export function proxySkewFact(
  about: About,
  { name, deployment }: Revision,
): ControlPlaneFact {
  const id = 'proxy-skew';
  const title = 'Skew to its proxies';
  const unread = unreadKind(about, id, 'Pod');
  if (unread) {
    return fact(id, title, unread);
  }
  const proxies = [...proxiesOfRevision(about.snapshot, name)];
  if (proxies.length === 0) {
    return fact(
      id,
      title,
      judged(about, id, 'info', `No pod has a proxy of revision ${name}`),
    );
  }
  const own = deployment && versionOfIstiod(deployment);
  if (!own) {
    return fact(
      id,
      title,
      notKnown(
        about,
        id,
        'not-modelled',
        'Its own version is not known, so that nobody can tell whether it supports its proxies',
      ),
    );
  }
  return fact(id, title, skewAnswer(about, deployment, own, proxies));
}

function skewAnswer(
  about: About,
  deployment: NonNullable<Revision['deployment']>,
  own: string,
  proxies: readonly (readonly [string, number])[],
): Answer<ControlPlaneState> {
  const id = 'proxy-skew';
  const decider = {
    kind: 'apps/Deployment',
    object: deployment,
    field: 'spec.template.spec.containers',
  } as const;
  const others = proxies.filter(([version]) => version !== own);
  if (others.length === 0) {
    return judged(
      about,
      id,
      'good',
      `All its proxies are of its version ${own}`,
      decider,
    );
  }
  const listed = others
    .map(
      ([version, pods]) =>
        `${version} (${pods === 1 ? '1 pod' : `${pods} pods`})`,
    )
    .sort()
    .join(', ');
  const skews = others.map(([version]) => proxySkew(own, version));
  if (skews.some(skew => skew && !skew.supported)) {
    return judged(
      about,
      id,
      'bad',
      `It is of version ${own} and has proxies of ${listed}: it supports proxies of its own version and of the two before it`,
      decider,
    );
  }
  return skews.includes(undefined)
    ? notKnown(
        about,
        id,
        'not-modelled',
        `It is of version ${own} and has proxies of ${listed}, which cannot all be compared`,
        decider,
      )
    : judged(
        about,
        id,
        'notice',
        `It is of version ${own} and has proxies of ${listed}, which it supports: they get its version when they are restarted`,
        decider,
      );
}

/** Whether control planes of several versions run side by side, as they do during an upgrade. */
export function revisionSkewFact(
  about: About,
  revisions: readonly Revision[],
): ControlPlaneFact[] {
  const id = 'revision-skew';
  const here = revisions.flatMap(({ name, deployment }) =>
    deployment
      ? { name, deployment, version: versionOfIstiod(deployment) }
      : [],
  );
  if (here.length < 2) {
    return [];
  }
  const listed = here
    .map(
      ({ name, version }) =>
        `${name} ${version ?? 'of a version that is not known'}`,
    )
    .join(', ');
  const decider = {
    kind: 'apps/Deployment',
    object: here[0].deployment,
  } as const;
  const minors = here.map(({ version }) => version && minorOf(version));
  const title = 'Skew between revisions';
  if (minors.some(minor => minor === undefined || minor === '')) {
    return [
      fact(
        id,
        title,
        notKnown(
          about,
          id,
          'not-modelled',
          `Revisions run side by side whose versions cannot all be compared: ${listed}`,
          decider,
        ),
      ),
    ];
  }
  const differ = new Set(here.map(({ version }) => version)).size > 1;
  return [
    fact(
      id,
      title,
      judged(
        about,
        id,
        differ ? 'notice' : 'info',
        differ
          ? `Revisions of several versions run side by side: ${listed}. An upgrade is under way, or was not brought to its end`
          : `Revisions of one version run side by side: ${listed}`,
        decider,
      ),
    ),
  ];
}
