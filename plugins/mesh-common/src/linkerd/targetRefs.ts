/** A reference of Linkerd's policies; an absent or empty group is the core group. */
export interface TargetRef {
  group?: string;
  kind: string;
  name: string;
  namespace?: string;
}

export const POLICY_GROUP = 'policy.linkerd.io';

/**
 * Whether a reference is to this kind. Groups and kinds are compared whatever their case.
 *
 * Upstream: policy-controller/k8s/api/src/policy/target_ref.rs, `targets_kind`.
 */
export function isRefTo(
  reference: TargetRef,
  group: string,
  kind: string,
): boolean {
  return (
    normalGroup(reference.group) === normalGroup(group) &&
    reference.kind.toLowerCase() === kind.toLowerCase()
  );
}

/** A key of what a reference targets within a namespace. */
export function refKey({ group, kind, name }: TargetRef): string {
  return `${normalGroup(group)}/${kind.toLowerCase()}/${name}`;
}

function normalGroup(group: string | undefined): string {
  const lower = group?.toLowerCase() ?? '';
  return lower === 'core' ? '' : lower;
}
