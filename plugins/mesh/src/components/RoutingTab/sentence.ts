import { ServiceRoutes } from 'backstage-plugin-mesh-common';
import { Format } from '../../hooks/useFormat';
import { Tone } from '../../theme/tones';
import { MeshTranslate } from '../../translation';

/** Where the requests to a Service go, in a sentence, with what is wrong there first to be seen. */
export function routingSentence(
  t: MeshTranslate,
  format: Format,
  routes: ServiceRoutes,
): { sentence: string; tone: Tone } {
  const service = `${routes.service.name}.${routes.service.namespace}`;
  const states = routes.ports.map(port => port.routing.value);
  const rules = routes.ports.flatMap(port => port.rules);
  if (states.includes('unknown')) {
    return {
      tone: 'neutral',
      sentence: t('routing.sentence.unknown', { service }),
    };
  }
  if (rules.length > 0) {
    return rulesSentence(t, format, service, rules);
  }
  if (states.length === 0) {
    return {
      tone: 'neutral',
      sentence: t('routing.sentence.noPorts', { service }),
    };
  }
  return states.every(state => state === 'not-in-mesh')
    ? {
        tone: 'neutral',
        sentence: t('routing.sentence.notInMesh', { service }),
      }
    : { tone: 'info', sentence: t('routing.sentence.plain', { service }) };
}

function rulesSentence(
  t: MeshTranslate,
  format: Format,
  service: string,
  rules: ServiceRoutes['ports'][number]['rules'],
): { sentence: string; tone: Tone } {
  const reached = rules.filter(({ neverMatches }) => !neverMatches);
  const never = rules.length - reached.length;
  const missing = reached.filter(({ backends }) =>
    backends.some(backend => backend.missing && backend.percent > 0),
  ).length;
  const additions: string[] = [
    ...(missing > 0 ? [t('routing.sentence.missing', { count: missing })] : []),
    ...(never > 0 ? [t('routing.sentence.never', { count: never })] : []),
  ];
  const sentence = t('routing.sentence.rules', {
    service,
    count: rules.length,
  });
  return {
    tone: toneOf(missing, never),
    sentence:
      additions.length > 0
        ? t('routing.sentence.with', {
            sentence,
            addition: format.list(additions),
          })
        : sentence,
  };
}

function toneOf(missing: number, never: number): Tone {
  if (missing > 0) {
    return 'bad';
  }
  return never > 0 ? 'notice' : 'info';
}
