import { Answer } from '../../contract/common';
import {
  ControlPlaneFact,
  ControlPlaneState,
} from '../../contract/controlPlane';
import {
  About,
  fact,
  judged,
  notKnown,
  unreadKind,
} from '../../mesh/control-plane/facts';
import { versionOfIstiod } from '../controlPlane';
import { proxiesOfRevision } from '../proxiesOfRevision';
import { Revision } from './revisions';
import { minorOf, proxySkew } from './versionSkew';

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
