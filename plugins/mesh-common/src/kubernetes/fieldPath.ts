/**
 * `['spec', 'http', 0, 'match']` as `spec.http[0].match`.
 *
 * @public
 */
export function fieldPath(path: readonly PropertyKey[]): string {
  return path
    .map((step, index) => {
      if (typeof step === 'number') {
        return `[${step}]`;
      }
      return index === 0 ? String(step) : `.${String(step)}`;
    })
    .join('');
}
