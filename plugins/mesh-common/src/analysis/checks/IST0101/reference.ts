/** What all checks of this code say of themselves. */
export const REFERENCE_NOT_FOUND = {
  code: 'IST0101',
  level: 'error',
  title: 'Referenced resource not found',
  explanation:
    'An object names another one that does not exist, so that what depends on the reference has no effect or fails: requests to a missing host or subset are answered 503, and a missing gateway leaves its routes out.',
  mesh: 'istio',
} as const;
