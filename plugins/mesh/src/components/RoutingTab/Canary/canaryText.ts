import { CanaryState } from 'backstage-plugin-mesh-common';
import { Format } from '../../../hooks/useFormat';
import { Tone } from '../../../theme/tones';
import { MeshTranslate } from '../../../translation';

/** `Argo Rollout reviews` */
export function canaryName(
  t: MeshTranslate,
  { controller, object }: Pick<CanaryState, 'controller' | 'object'>,
): string {
  return t(`canary.object.${controller}`, { name: object.name });
}

type Phase = CanaryState['phase']['value'];

export const PHASE_TONES: { readonly [phase in Phase]: Tone } = {
  'not-started': 'info',
  healthy: 'good',
  progressing: 'info',
  paused: 'notice',
  promoting: 'info',
  failed: 'bad',
  ended: 'neutral',
  unknown: 'neutral',
};

/** The phase in words, and the controller's own word where it says something else. */
export function phaseText(
  t: MeshTranslate,
  { phase, aborted }: Pick<CanaryState, 'phase' | 'aborted'>,
): string {
  const words = aborted
    ? t('canary.aborted')
    : t(`canary.phase.${phase.value}`);
  return phase.term && phase.term.toLowerCase() !== words
    ? t('canary.term', { phase: words, term: phase.term })
    : words;
}

/** Whether it has gone wrong, which the absence of a status does not tell. */
export function degradedText(
  t: MeshTranslate,
  { phase }: Pick<CanaryState, 'phase'>,
): string {
  if (phase.value === 'unknown') {
    return t('canary.degraded.unknown');
  }
  return t(
    phase.value === 'failed' ? 'canary.degraded.yes' : 'canary.degraded.no',
  );
}

/** `Step 2 of 5: pause 10m` */
export function stepWords(
  t: MeshTranslate,
  { number, count, text }: NonNullable<CanaryState['step']>,
): string {
  const numbers = { number: String(number), count: String(count) };
  return text
    ? t('canary.stepText', { ...numbers, text })
    : t('canary.step', numbers);
}

/** The share that the new version is to have; undefined where there is none, or the controller has written none. */
export function wantedText(
  t: MeshTranslate,
  format: Format,
  {
    wanted,
    steering,
    phase,
  }: Pick<CanaryState, 'wanted' | 'steering' | 'phase'>,
): string | undefined {
  return phase.value === 'healthy'
    ? undefined
    : wanted &&
        t(steering.value === 'pods' ? 'canary.wantedPods' : 'canary.wanted', {
          percent: format.percent(wanted.value),
        });
}

/** `next 25 % after 10 min` */
export function nextText(
  t: MeshTranslate,
  format: Format,
  { percent, text, waitsFor, afterMs }: NonNullable<CanaryState['next']>,
): string {
  const what =
    percent === undefined
      ? t('canary.next.text', { text })
      : t('canary.next.percent', { percent: format.percent(percent) });
  const duration = afterMs === undefined ? undefined : format.duration(afterMs);
  if (waitsFor === 'analysis') {
    return `${what} ${
      duration
        ? t('canary.next.analysisEvery', { duration })
        : t('canary.next.analysis')
    }`;
  }
  return `${what} ${
    waitsFor === 'time'
      ? t('canary.next.time', { duration: duration ?? '' })
      : t(`canary.next.${waitsFor}`)
  }`;
}
