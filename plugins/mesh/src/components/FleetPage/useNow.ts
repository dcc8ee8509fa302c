import { useEffect, useState } from 'react';

const TICK_MS = 60_000;

/** The moment, which goes on while it is looked at: days that are left get fewer on a page that stays open. */
export function useNow(): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}
