/** What objects of Kubernetes have in common, before anything else is known of them. */

/** The items of a typed list (PodList) may leave out what the list says. */
export function impliedBy(list: Record<string, unknown>, kind: string): object {
  return kind === 'List'
    ? {}
    : { apiVersion: list.apiVersion, kind: kind.slice(0, -'List'.length) };
}

export function missingField({
  apiVersion,
  kind,
  metadata,
}: Record<string, unknown>): string | undefined {
  if (typeof kind !== 'string' || kind === '') {
    return 'kind';
  }
  if (typeof apiVersion !== 'string' || apiVersion === '') {
    return 'apiVersion';
  }
  const { name, generateName } = Object(metadata);
  // A template's braces are a map to YAML, and in quotes a name that no object can have.
  const given: unknown = name || generateName;
  return typeof given !== 'object' && given && !/\{\{/.test(String(given))
    ? undefined
    : 'metadata.name';
}

export function nameText({ kind, metadata }: Record<string, unknown>): string {
  const { name } = Object(metadata);
  const parts = [kind, name].filter(part => typeof part === 'string');
  return parts.length > 0 ? ` (${parts.join(' ')})` : '';
}
