import { useEffect, useState } from 'react';
import { useFormat } from '../../hooks/useFormat';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';

const TICK_MS = 5_000;

/** A moment as its age, which grows while it is looked at; the moment itself on hover. */
export function Ago({ moment }: { moment: Date }) {
  const t = useMeshTranslation();
  const format = useFormat();
  const time = moment.getTime();
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    setNow(new Date());
    const timer = setInterval(() => setNow(new Date()), TICK_MS);
    return () => clearInterval(timer);
  }, [time]);
  return Number.isNaN(time) ? (
    <>{t('answer.unknown')}</>
  ) : (
    <time dateTime={moment.toISOString()} title={format.moment(moment)}>
      {format.age(moment, now)}
    </time>
  );
}
