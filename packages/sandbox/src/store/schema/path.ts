/** A path as Kubernetes prints it: `spec.ports[0].name`, `metadata.labels[example.com/a]`. */
export function memberPath(parent: string, name: string): string {
  return parent ? `${parent}.${name}` : name;
}

export function itemPath(parent: string, index: number | string): string {
  return `${parent}[${index}]`;
}
