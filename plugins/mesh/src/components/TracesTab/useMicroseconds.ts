import { useApiHolder } from '@backstage/core-plugin-api';
import { appLanguageApiRef } from '@backstage/core-plugin-api/alpha';
import { formatMicroseconds } from './traceTime';

/** Writes microseconds in the language of the app. */
export function useMicroseconds(): (us: number) => string {
  const languages = useApiHolder().get(appLanguageApiRef);
  const language = languages?.getLanguage().language ?? 'en';
  return us => formatMicroseconds(us, language);
}
