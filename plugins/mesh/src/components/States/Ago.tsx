import { useEffect, useState } from 'react';
import { useFormat } from '../../hooks/useFormat';

const TICK_MS = 5_000;

/** A moment as its age, which grows while it is looked at; the moment itself on hover. */
export function Ago(props: { moment: Date }) {
  const format = useFormat();
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    setNow(new Date());
    const timer = setInterval(() => setNow(new Date()), TICK_MS);
    return () => clearInterval(timer);
  }, [props.moment]);
  return (
    <time
      dateTime={props.moment.toISOString()}
      title={format.moment(props.moment)}
    >
      {format.age(props.moment, now)}
    </time>
  );
}
