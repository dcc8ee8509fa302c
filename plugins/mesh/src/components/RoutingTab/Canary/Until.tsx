import { useEffect, useState } from 'react';
import { useFormat } from '../../../hooks/useFormat';
import { useMeshTranslation } from '../../../hooks/useMeshTranslation';

const TICK_MS = 5_000;

/** How long it is until a moment, which shrinks while it is looked at; the moment itself on hover. */
export function Until({ moment }: { moment: Date }) {
  const t = useMeshTranslation();
  const format = useFormat();
  const time = moment.getTime();
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, [time]);
  const rest = Math.ceil((time - now) / TICK_MS) * TICK_MS;
  return Number.isNaN(time) ? null : (
    <time dateTime={moment.toISOString()} title={format.moment(moment)}>
      {rest > 0
        ? t('canary.next.in', { duration: format.duration(rest) })
        : t('canary.next.due')}
    </time>
  );
}
