import { TracesAnswer } from 'backstage-plugin-mesh-common';
import { Format, useFormat } from '../../hooks/useFormat';
import { LoadedAnswer } from '../../hooks/useMeshAnswer';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { Tone } from '../../theme/tones';
import { MeshTranslate } from '../../translation';
import { FreshnessClock } from '../States/FreshnessClock';
import { MeasuredAt } from '../States/MeasuredAt';
import { TabHeader } from '../States/TabHeader';

/** How many traces there are, as a sentence. */
export function TracesHeader(props: { traces: LoadedAnswer<'traces'> }) {
  const { traces } = props;
  const t = useMeshTranslation();
  const format = useFormat();
  const { tone, sentence } = tracesSentence(t, format, traces.value);
  return (
    <TabHeader
      appearance={{ tone }}
      sentence={sentence}
      action={
        <FreshnessClock
          freshness={traces.freshness}
          onRefresh={traces.refresh}
        />
      }
    >
      {traces.value.stores.length > 0 && (
        <MeasuredAt measuredAt={traces.value.measuredAt} />
      )}
    </TabHeader>
  );
}

export function tracesSentence(
  t: MeshTranslate,
  format: Format,
  answer: TracesAnswer,
): { tone: Tone; sentence: string } {
  const { stores, traces, hasMore, lookbackSeconds } = answer;
  const window = format.duration(lookbackSeconds * 1_000);
  if (stores.length === 0) {
    return { tone: 'neutral', sentence: t('traces.sentence.noStore') };
  }
  if (traces.length === 0) {
    return stores.some(({ status }) => status === 'failed')
      ? { tone: 'bad', sentence: t('traces.sentence.failed') }
      : { tone: 'neutral', sentence: t('traces.sentence.none', { window }) };
  }
  const count = traces.length;
  const sentence = hasMore
    ? t('traces.sentence.newest', { count, window })
    : t('traces.sentence.found', { count, window });
  const failed = traces.filter(trace => trace.failed > 0).length;
  return failed > 0
    ? {
        tone: 'notice',
        sentence: t('traces.sentence.withErrors', {
          sentence,
          number: format.exactCount(failed),
        }),
      }
    : { tone: 'info', sentence };
}
