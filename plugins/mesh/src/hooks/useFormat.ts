import { useApiHolder } from '@backstage/core-plugin-api';
import { appLanguageApiRef } from '@backstage/core-plugin-api/alpha';
import { useEffect, useMemo, useState } from 'react';
import {
  formatCount,
  formatExactCount,
  formatPercent,
} from '../format/numbers';
import { formatAge, formatDuration, formatMoment } from '../format/time';

/** Numbers and times as people read them in one language. */
export interface Format {
  count(value: number): string;
  exactCount(value: number): string;
  percent(value: number): string;
  duration(ms: number): string;
  age(then: Date, now: Date): string;
  moment(moment: Date): string;
  list(items: readonly string[]): string;
}

export function createFormat(language: string): Format {
  const lists = new Intl.ListFormat(language, { type: 'conjunction' });
  return {
    count: value => formatCount(value, language),
    exactCount: value => formatExactCount(value, language),
    percent: value => formatPercent(value, language),
    duration: ms => formatDuration(ms, language),
    age: (then, now) => formatAge(then, now, language),
    moment: moment => formatMoment(moment, language),
    list: items => lists.format(items),
  };
}

/** Formats numbers and times in the language of the app. */
export function useFormat(): Format {
  const languages = useApiHolder().get(appLanguageApiRef);
  const [language, setLanguage] = useState(
    () => languages?.getLanguage().language ?? 'en',
  );
  useEffect(() => {
    const subscription = languages
      ?.language$()
      .subscribe(next => setLanguage(next.language));
    return () => subscription?.unsubscribe();
  }, [languages]);
  return useMemo(() => createFormat(language), [language]);
}
