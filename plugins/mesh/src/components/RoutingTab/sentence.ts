import { ServiceRoutes } from 'backstage-plugin-mesh-common';
import { serviceName } from '../../format/refs';
import { Format } from '../../hooks/useFormat';
import { Tone } from '../../theme/tones';
import { MeshTranslate } from '../../translation';

/** What there is to say of the routes of a Service, in the order in which it matters. */
export const ROUTING_STATES = [
  'broken',
  'doubtful',
  'unknown',
  'rules',
  'plain',
] as const;

type RoutingState = (typeof ROUTING_STATES)[number];

const TONES: Readonly<Record<RoutingState, Tone>> = {
  broken: 'bad',
  doubtful: 'notice',
  unknown: 'neutral',
  rules: 'info',
  plain: 'neutral',
};

interface Sentence {
  sentence: string;
  state: RoutingState;
  tone: Tone;
}

/** Where the requests to a Service go, in a sentence that also says what is wrong there. */
export function routingSentence(
  t: MeshTranslate,
  format: Format,
  routes: ServiceRoutes,
): Sentence {
  const service = serviceName(routes.service);
  const unread = routes.ports.filter(
    ({ routing }) => routing.value === 'unknown',
  );
  const read = routes.ports.filter(
    ({ routing }) => routing.value !== 'unknown',
  );
  if (unread.length > 0 && read.length === 0) {
    return {
      state: 'unknown',
      tone: TONES.unknown,
      sentence: t('routing.sentence.unknown', { service }),
    };
  }
  const rules = read.flatMap(port => port.rules);
  const reached = rules.filter(({ neverMatches }) => !neverMatches);
  const never = rules.length - reached.length;
  const missing = reached.filter(({ backends }) =>
    backends.some(backend => backend.missing && backend.percent > 0),
  ).length;
  const isDead = hasNoEndpoints(read);
  const additions: string[] = [
    ...(isDead ? [t('routing.sentence.nobody')] : []),
    ...(missing > 0 ? [t('routing.sentence.missing', { count: missing })] : []),
    ...(never > 0 ? [t('routing.sentence.never', { count: never })] : []),
    ...(unread.length > 0
      ? [
          t('routing.sentence.unknownPorts', {
            count: unread.length,
            ports: format.list(unread.map(({ port }) => String(port))),
          }),
        ]
      : []),
  ];
  const sentence = plainSentence(t, service, read);
  const state = stateOf(
    missing + (isDead ? 1 : 0),
    never + unread.length,
    rules.length,
  );
  return {
    state,
    tone: TONES[state],
    sentence:
      additions.length > 0
        ? t('routing.sentence.with', {
            sentence,
            addition: format.list(additions),
          })
        : sentence,
  };
}

/**
 * Whether no destination of the ports has an endpoint that is ready. One whose endpoints are not known may
 * answer, and so do proxies that are told what to answer by a rule.
 */
function hasNoEndpoints(ports: ServiceRoutes['ports']): boolean {
  const destinations = ports.flatMap(port => port.destinations);
  const isAnsweredByProxy = ports
    .flatMap(port => port.rules)
    .some(rule => !rule.neverMatches && rule.action !== 'forward');
  return (
    destinations.length > 0 &&
    !isAnsweredByProxy &&
    destinations.every(({ endpoints }) => endpoints?.ready === 0)
  );
}

function plainSentence(
  t: MeshTranslate,
  service: string,
  ports: ServiceRoutes['ports'],
): string {
  const count = ports.reduce((sum, { rules }) => sum + rules.length, 0);
  if (count > 0) {
    return t('routing.sentence.rules', { service, count });
  }
  if (ports.length === 0) {
    return t('routing.sentence.noPorts', { service });
  }
  return ports.every(({ routing }) => routing.value === 'not-in-mesh')
    ? t('routing.sentence.notInMesh', { service })
    : t('routing.sentence.plain', { service });
}

function stateOf(
  broken: number,
  doubtful: number,
  rules: number,
): RoutingState {
  if (broken > 0) {
    return 'broken';
  }
  if (doubtful > 0) {
    return 'doubtful';
  }
  return rules > 0 ? 'rules' : 'plain';
}
