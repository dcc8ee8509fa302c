import { ControlPlaneFact } from '../../contract/controlPlane';
import { namespaceOf } from '../../kubernetes/objects';
import {
  About,
  fact,
  judged,
  notKnown,
  unreadKind,
} from '../../mesh/control-plane/facts';
import { defineTally } from '../../snapshot/defineTally';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { mirroredFrom } from '../multicluster/mirror';
import { linksTo } from '../multicluster/targetClusters';
import { MulticlusterLink } from '../objects';
import { linkProblems } from './linkProblems';
import { mirrorEndpointsFacts } from './mirrorEndpoints';
import { mirrorRightsFact } from './mirrorRights';
import { sharedAnchorsFact } from './sharedAnchors';

const LINK = 'multicluster.linkerd.io/Link';

const mirrors = defineTally('Service', ({ metadata }) =>
  mirroredFrom(metadata.labels),
);

/** Whether some Link leads to a cluster. */
export function isLinked(snapshot: MeshSnapshot, cluster: string): boolean {
  return linksTo(snapshot, cluster).some(
    ({ spec }) => spec?.targetClusterName !== undefined,
  );
}

/**
 * The clusters whose Services are mirrored here, one by one: by whom, whether that works, and what of it is not known.
 * The credentials are in a Secret; whether gateways answer is measured by the controllers.
 *
 * Upstream: multicluster/cmd/check.go.
 */
export function multiclusterFacts(about: About): ControlPlaneFact[] {
  const { snapshot } = about;
  const read = snapshot.read(LINK);
  if (read.state === 'absent') {
    return [];
  }
  const unread = unreadKind(about, 'links', LINK);
  if (unread) {
    return [fact('links', 'Links to other clusters', unread)];
  }
  const links = [...snapshot.list(LINK)].sort((a, b) =>
    a.metadata.name.localeCompare(b.metadata.name),
  );
  return [
    ...links.flatMap(link => linkFacts(about, link)),
    ...mirrorEndpointsFacts(about),
    ...orphanFact(about),
  ];
}

function linkFacts(about: About, link: MulticlusterLink): ControlPlaneFact[] {
  const { name } = link.metadata;
  const cluster = link.spec?.targetClusterName ?? name;
  const named = `Link ${namespaceOf(link)}/${name}`;
  const id = `link-${namespaceOf(link)}/${name}`;
  const decider = { kind: LINK, object: link } as const;
  const problems = linkProblems(about.snapshot, link);
  const secret = link.spec?.clusterCredentialsSecret;
  return [
    ...problems.map(({ state, text, field }, index) =>
      fact(
        `${id}-${index + 1}`,
        `Link to ${cluster}`,
        judged(about, 'link', state, `Of ${named}: ${text}`, {
          ...decider,
          ...(field && { field }),
        }),
      ),
    ),
    ...(problems.length === 0
      ? [
          fact(
            id,
            `Link to ${cluster}`,
            unreadKind(about, 'link', 'apps/Deployment') ??
              soundLink(about, link, cluster),
          ),
        ]
      : []),
    fact(
      `${id}-access`,
      `Access to ${cluster}`,
      notKnown(
        about,
        'link-access',
        'forbidden',
        `Whether the credentials ${
          secret ? `in Secret ${namespaceOf(link)}/${secret} ` : ''
        }are accepted by ${cluster} is not known: Secrets are never read of a cluster. linkerd multicluster check tells`,
        { ...decider, field: 'spec.clusterCredentialsSecret' },
      ),
    ),
    ...(about.snapshot.origin === 'cluster' &&
    link.spec?.targetClusterName !== undefined
      ? [
          mirrorRightsFact(about, link, cluster),
          sharedAnchorsFact(about, link, cluster),
        ]
      : []),
    ...(link.spec?.gatewayAddress
      ? [
          fact(
            `${id}-gateway`,
            `Gateway of ${cluster}`,
            notKnown(
              about,
              'link-gateway',
              'not-measured',
              `Whether the gateway at ${link.spec.gatewayAddress} answers is measured by the controller (gateway_alive), and not read here`,
              { ...decider, field: 'spec.gatewayAddress' },
            ),
          ),
        ]
      : []),
  ];
}

/** Of a Link that nothing is wrong with. Whether its controller runs is not looked at in files, which seldom have all. */
function soundLink(
  about: About,
  link: MulticlusterLink,
  cluster: string,
): ControlPlaneFact['answer'] {
  const named = `Link ${namespaceOf(link)}/${link.metadata.name}`;
  const decider = { kind: LINK, object: link } as const;
  // Mirrors say of which cluster they are, and not by which Link.
  const mirrored = `${counted(
    mirrors.inAll(about.snapshot).get(cluster) ?? 0,
  )} from ${cluster}`;
  return about.snapshot.origin === 'cluster'
    ? judged(
        about,
        'link',
        'good',
        `${named} is followed by its controller; ${mirrored}`,
        decider,
      )
    : notKnown(
        about,
        'link',
        'not-measured',
        `Whether ${named} is followed by its controller is not looked at in files; ${mirrored}`,
        decider,
      );
}

function counted(services: number): string {
  return services === 1
    ? '1 Service is mirrored'
    : `${services} Services are mirrored`;
}

function orphanFact(about: About): ControlPlaneFact[] {
  const orphans = [...mirrors.inAll(about.snapshot)]
    .filter(([cluster]) => !isLinked(about.snapshot, cluster))
    .sort(([a], [b]) => a.localeCompare(b));
  return orphans.length === 0
    ? []
    : [
        fact(
          'mirrors-without-link',
          'Mirrors without a Link',
          judged(
            about,
            'links',
            'notice',
            `${orphans
              .map(([cluster, count]) => `${counted(count)} from ${cluster}`)
              .join(
                ', ',
              )}, and no Link leads there any more: they keep the addresses that they had`,
          ),
        ),
      ];
}
