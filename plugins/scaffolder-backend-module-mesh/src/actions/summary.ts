import {
  GeneratedFile,
  Placement,
  satisfiedItems,
} from 'backstage-plugin-mesh-common';

/** An item of the checklist with the objects that satisfy it. */
export type SatisfiedItem = ReturnType<typeof satisfiedItems>[number];

/** Where a service goes, in words: `Istio (sidecar) in the namespace shop on east`. */
export function placeText({
  cluster,
  namespace,
  mesh,
  meshTitle,
  mode,
  waypoint,
}: Placement): string {
  const where = `in the namespace ${namespace} on ${cluster}`;
  if (mesh === undefined) {
    return mode.value === 'unknown'
      ? `a mesh that is not known, if any, ${where}`
      : `no mesh ${where}`;
  }
  const how = [
    mode.value,
    ...(waypoint ? [`waypoint ${waypoint.namespace}/${waypoint.name}`] : []),
  ];
  return `${meshTitle ?? mesh} (${how.join(', ')}) ${where}`;
}

/** The result of the action for the page of the task, as Markdown. */
export function summary(result: {
  placement: Placement;
  files: readonly GeneratedFile[];
  satisfied: readonly SatisfiedItem[];
  notes: readonly string[];
}): string {
  const { placement, files, satisfied, notes } = result;
  return [
    `For ${placeText(placement)}:`,
    files.map(({ path, purpose }) => `- \`${path}\`: ${purpose}`).join('\n'),
    'Of the production readiness checklist, this satisfies:',
    satisfied
      .map(
        ({ section, item, by }) => `- ${section}: ${item} (${by.join(', ')})`,
      )
      .join('\n'),
    'To know:',
    notes.map(note => `- ${note}`).join('\n'),
  ].join('\n\n');
}
