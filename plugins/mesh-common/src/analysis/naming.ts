import { KubernetesObject } from '../kubernetes/objects';

/** An object as messages name it, such as `Gateway shop/web`. */
export function refOf({ kind, metadata }: KubernetesObject): string {
  return `${kind} ${fullNameOf({ metadata })}`;
}

/** Its name with its namespace, if it has one. */
export function fullNameOf({
  metadata: { namespace, name },
}: Pick<KubernetesObject, 'metadata'>): string {
  return namespace ? `${namespace}/${name}` : name;
}

/** Labels as `app=cart, tier=web`. */
export function labelsText(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .map(label => label.join('='))
    .join(', ');
}
