import { useEffect, useRef, useState } from 'react';

/** How long what changed is marked. */
export const MARK_MS = 4_000;

/** True for a moment after what something shows has changed; not when it first appears. */
export function useChanged(shown: string): boolean {
  const before = useRef(shown);
  const [marked, setMarked] = useState(false);
  useEffect(() => {
    if (before.current === shown) {
      return undefined;
    }
    before.current = shown;
    setMarked(true);
    const timer = setTimeout(() => setMarked(false), MARK_MS);
    return () => clearTimeout(timer);
  }, [shown]);
  return marked;
}
