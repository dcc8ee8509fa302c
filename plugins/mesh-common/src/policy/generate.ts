import { CatalogInfoOptions, catalogInfo } from './catalogInfo';
import { ChecklistItemRef } from './checklistItems';
import { istioPolicies } from './istio/generate';
import { linkerdPolicies } from './linkerd/generate';
import {
  GeneratedPolicies,
  Manifest,
  PolicyError,
  PolicyGenerator,
  PolicyTask,
} from './manifest';
import { toYaml } from './yaml';

/** The meshes whose policies can be written. */
export const POLICY_GENERATORS: readonly PolicyGenerator[] = [
  istioPolicies,
  linkerdPolicies,
];

/**
 * The manifests that an intent becomes where it is placed. Throws PolicyError, which names the input, where
 * it cannot be met there.
 *
 * @public
 */
export function generatePolicies(
  task: PolicyTask,
  generators?: readonly PolicyGenerator[],
): GeneratedPolicies {
  return generatorFor(task, generators).generate(task);
}

/** The generator of the mesh that the intent is placed in. Throws PolicyError where there is none. */
export function generatorFor(
  { placement }: PolicyTask,
  generators: readonly PolicyGenerator[] = POLICY_GENERATORS,
): PolicyGenerator {
  const { cluster, namespace, mesh, mode } = placement;
  const why = mode.reasons[0]?.text ?? mode.value;
  if (mode.value === 'unknown') {
    throw new PolicyError(
      `namespace: it is not known which mesh would carry a new pod of ${namespace} on ${cluster}: ${why}`,
    );
  }
  if (!mesh || mode.value === 'none') {
    throw new PolicyError(
      `namespace: no mesh would carry a new pod of ${namespace} on ${cluster} (${why}); enrol the namespace first`,
    );
  }
  const generator = generators.find(candidate => candidate.mesh === mesh);
  if (!generator) {
    throw new PolicyError(
      `namespace: ${namespace} on ${cluster} is in ${mesh}, whose policies cannot be written`,
    );
  }
  return generator;
}

/**
 * A file of what is generated.
 *
 * @public
 */
export interface GeneratedFile {
  /** Relative, with `/`. */
  path: string;
  content: string;
  purpose: string;
  satisfies: readonly ChecklistItemRef[];
}

/**
 * One file an object, named after its kind, and one for the catalog where an owner is given.
 *
 * @public
 */
export function policyFiles(
  task: PolicyTask,
  { manifests }: GeneratedPolicies,
  entity?: CatalogInfoOptions,
): GeneratedFile[] {
  return [
    ...manifests.map(manifest => ({
      path: `manifests/${fileName(task, manifest)}`,
      content: toYaml(manifest.object),
      purpose: manifest.purpose,
      satisfies: manifest.satisfies,
    })),
    ...(entity
      ? [
          {
            path: 'catalog-info.yaml',
            content: toYaml(catalogInfo(task, entity)),
            purpose: 'The entity of the service for the catalog',
            satisfies: [],
          },
        ]
      : []),
  ];
}

function fileName({ intent }: PolicyTask, { object }: Manifest): string {
  const kind = object.kind
    .replace('TLS', 'Tls')
    .replace(/(?<=[a-zA-Z])([A-Z])(?=[a-z])/g, '-$1')
    .toLowerCase();
  return `${kind}${object.metadata.name.slice(intent.name.length)}.yaml`;
}

/**
 * The items of the checklist that these satisfy, each once, with the objects that do.
 *
 * @public
 */
export function satisfiedItems(
  manifests: readonly Manifest[],
): (ChecklistItemRef & { by: string[] })[] {
  const found = new Map<string, ChecklistItemRef & { by: string[] }>();
  for (const { object, satisfies } of manifests) {
    const name = `${object.kind} ${object.metadata.name}`;
    for (const item of satisfies) {
      const known = found.get(item.id);
      if (known) {
        known.by.push(name);
      } else {
        found.set(item.id, { ...item, by: [name] });
      }
    }
  }
  return [...found.values()];
}
