import { Placement } from '../contract/policy';
import { ChecklistItemRef, POLICY_ITEMS, PolicyItem } from './checklistItems';
import { PolicyIntent } from './intent';

/**
 * An object as it is written to a file.
 *
 * @public
 */
export interface ManifestObject {
  apiVersion: string;
  kind: string;
  metadata: {
    name: string;
    namespace?: string;
    labels?: Readonly<Record<string, string>>;
    annotations?: Readonly<Record<string, string>>;
  };
  [member: string]: unknown;
}

/**
 * One object that is generated.
 *
 * @public
 */
export interface Manifest {
  object: ManifestObject;
  /** What it is for, in a sentence. */
  purpose: string;
  /** What of the production checklist it satisfies. */
  satisfies: readonly ChecklistItemRef[];
}

/**
 * What an intent becomes.
 *
 * @public
 */
export interface GeneratedPolicies {
  manifests: readonly Manifest[];
  /** What is not in the manifests, and what they need from elsewhere. */
  notes: readonly string[];
}

/**
 * What a generator works from.
 *
 * @public
 */
export interface PolicyTask {
  intent: PolicyIntent;
  placement: Placement;
}

/**
 * What a mesh adds to a pod.
 *
 * @public
 */
export interface CarriedPod {
  labels?: Readonly<Record<string, string>>;
  annotations?: Readonly<Record<string, string>>;
  containers?: readonly { name: string; image: string }[];
}

/**
 * Writes the policies of one mesh.
 *
 * @public
 */
export interface PolicyGenerator {
  /** The adapter's id. */
  mesh: string;
  /** Throws PolicyError where the intent cannot be met there. */
  generate(task: PolicyTask): GeneratedPolicies;
  /** What the mesh adds to a pod of the service when it carries it: the policies are checked with it. */
  carried(task: PolicyTask): CarriedPod;
}

/**
 * An intent that cannot be met where it is to go; the message names the input.
 *
 * @public
 */
export class PolicyError extends Error {
  override name = 'PolicyError';
}

export function manifest(
  object: ManifestObject,
  purpose: string,
  satisfies: readonly PolicyItem[] = [],
): Manifest {
  return {
    object,
    purpose,
    satisfies: satisfies.map(item => POLICY_ITEMS[item]),
  };
}

/** The labels by which the policies and the Service find the pods. */
export function podLabels({ name }: PolicyIntent): Record<string, string> {
  return { 'app.kubernetes.io/name': name };
}

/** The labels of what is generated: by the second, the portal finds what belongs to the entity. */
export function objectLabels(intent: PolicyIntent): Record<string, string> {
  return {
    ...podLabels(intent),
    'backstage.io/kubernetes-id': intent.name,
  };
}

/** Name, namespace and labels of an object of the service. */
export function metadataOf(
  { intent, placement }: PolicyTask,
  suffix = '',
): ManifestObject['metadata'] {
  return {
    name: `${intent.name}${suffix}`,
    namespace: placement.namespace,
    labels: objectLabels(intent),
  };
}
