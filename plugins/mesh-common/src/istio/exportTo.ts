/** Whom an object is visible to, by its `exportTo` or the mesh's default for its kind. */
export interface Visibility {
  /** As written; empty or absent takes the default. */
  exportTo: readonly string[] | undefined;
  defaults: readonly string[];
  /** Where the object is. */
  namespace: string;
}

/**
 * Whether an object is visible from a namespace: `*` is everywhere, `.` the object's own namespace, a name
 * that namespace, and `~` nowhere. From nowhere in particular (no namespace) only what is public is visible.
 *
 * Upstream: pilot/pkg/model/push_context.go, `initVirtualServices`, `IsServiceVisible`; pkg/config/visibility.
 */
export function isVisibleFrom(
  { exportTo, defaults, namespace }: Visibility,
  from: string | undefined,
): boolean {
  const to = exportTo?.length ? exportTo : defaults;
  if (to.includes('*')) {
    return true;
  }
  return (
    from !== undefined &&
    !to.includes('~') &&
    ((to.includes('.') && from === namespace) || to.includes(from))
  );
}
