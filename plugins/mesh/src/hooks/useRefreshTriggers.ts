import { useSignal } from '@backstage/plugin-signals-react';
import { MESH_SIGNAL_CHANNEL } from 'backstage-plugin-mesh-common';
import { useEffect, useRef } from 'react';
import { Freshness } from './AnswerSource';

/** How often to ask in a portal without the signals plugin. */
export const POLL_MS = 30_000;

/** How often to ask in a portal with it: observations move without a signal, and a signal may get lost. */
export const POLL_WITH_SIGNALS_MS = 60_000;

/**
 * When to ask after a page opened, beside that. Its channel for signals opens a moment later (the first one after
 * a start of the backend: more than five seconds later), nothing tells when, and no signal is sent again.
 */
const SETTLING_MS = [3_000, 10_000];

/** A signal reaches all open pages at once; each waits for a part of this before it asks. */
const SIGNAL_SPREAD_MS = 500;

/** Coming back to a page asks again, unless it asked this short a time ago. */
const FOCUS_GAP_MS = 5_000;

interface Refreshable {
  freshness: Freshness;
  refresh(): Promise<void>;
}

/** Asks again when the backend signals a change, when the page comes back into view, and slowly in between. */
export function useRefreshTriggers(source: Refreshable): void {
  const { lastSignal, isSignalsAvailable } = useSignal(MESH_SIGNAL_CHANNEL);
  const pending = useRef<ReturnType<typeof setTimeout>>();

  useEffect(() => {
    if (lastSignal && pending.current === undefined) {
      pending.current = setTimeout(() => {
        pending.current = undefined;
        source.refresh();
      }, Math.random() * SIGNAL_SPREAD_MS);
    }
  }, [source, lastSignal]);

  useEffect(
    () => () => {
      clearTimeout(pending.current);
      pending.current = undefined;
    },
    [source],
  );

  useEffect(() => {
    const timer = setInterval(
      () => {
        if (document.visibilityState === 'visible') {
          source.refresh();
        }
      },
      isSignalsAvailable ? POLL_WITH_SIGNALS_MS : POLL_MS,
    );
    return () => clearInterval(timer);
  }, [source, isSignalsAvailable]);

  useEffect(() => {
    const timers = isSignalsAvailable
      ? SETTLING_MS.map(delay => setTimeout(() => source.refresh(), delay))
      : [];
    return () => timers.forEach(timer => clearTimeout(timer));
  }, [source, isSignalsAvailable]);

  useEffect(() => {
    const onReturn = () => {
      const age = Date.now() - source.freshness.checkedAt().getTime();
      if (document.visibilityState === 'visible' && age > FOCUS_GAP_MS) {
        source.refresh();
      }
    };
    window.addEventListener('focus', onReturn);
    document.addEventListener('visibilitychange', onReturn);
    return () => {
      window.removeEventListener('focus', onReturn);
      document.removeEventListener('visibilitychange', onReturn);
    };
  }, [source]);
}
