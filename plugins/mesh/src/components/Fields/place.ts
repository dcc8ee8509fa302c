import { ROUTES } from 'backstage-plugin-mesh-common';
import { useUrlState } from '../../hooks/useUrlState';

/** Whether a text names a place to look from: a namespace, or namespace/kind/name of a workload. */
export function isPlace(text: string): boolean {
  return ROUTES.routing.query.safeParse({ from: text }).success;
}

/** The place of the URL from which routes are seen. */
export function usePlace(): string | undefined {
  return useUrlState().get('from');
}
