/** What all checks of this code say of themselves. */
export const DEPRECATED = {
  code: 'IST0002',
  level: 'warning',
  title: 'Deprecated or removed configuration',
  explanation:
    'The configuration uses what Istio is about to drop, or has dropped and no longer reads. Use what has taken its place.',
  mesh: 'istio',
  needs: [],
} as const;
