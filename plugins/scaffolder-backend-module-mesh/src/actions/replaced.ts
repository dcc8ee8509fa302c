import { InputError } from '@backstage/errors';
import {
  Manifest,
  Placement,
  PlacementsAnswer,
  PlannedObject,
  PlannedObjectState,
} from 'backstage-plugin-mesh-common';

/** What the manifests would make, by kind and name. */
export function plannedObjects(
  manifests: readonly Manifest[],
): PlannedObject[] {
  return manifests.map(({ object: { apiVersion, kind, metadata } }) => ({
    group: apiVersion.includes('/') ? apiVersion.split('/')[0] : '',
    kind,
    name: metadata.name,
  }));
}

/**
 * What is to be said of objects that have the names of these already, since applying the manifests would
 * replace them. Throws InputError that lists them, unless they are meant to be. What could not be read may be
 * there: it is never called new.
 */
export function replacedNotes(options: {
  planned: readonly PlannedObject[];
  answer: PlacementsAnswer;
  place: Pick<Placement, 'cluster' | 'namespace'>;
  overwrite: boolean;
}): string[] {
  const { planned, answer, place, overwrite } = options;
  const { cluster, namespace } = place;
  const states = statesOf(options);
  const text = ({ kind, name }: PlannedObject) =>
    `${kind} ${namespace}/${name}`;

  const existing = states.filter(({ state }) => state === 'exists').map(text);
  if (existing.length > 0 && !overwrite) {
    throw new InputError(
      `name: on ${cluster} there ${
        existing.length === 1 ? 'is' : 'are'
      } already ${existing.join(
        ', ',
      )}, which the manifests would replace. Give another name or namespace, or set overwrite if that is meant`,
    );
  }
  const unknown = states.filter(({ state }) => state === 'unknown');
  const status = answer.clusters.find(({ name }) => name === cluster)?.status;
  return [
    ...(existing.length > 0
      ? [
          `Applying the manifests replaces what is on ${cluster} already, as was asked for: ${existing.join(
            ', ',
          )}`,
        ]
      : []),
    ...(unknown.length > 0
      ? [
          `It is not known whether ${cluster} has these already, which applying the manifests would replace: ${unknown
            .map(object => `${text(object)} (${object.why ?? status ?? ''})`)
            .join(', ')}`,
        ]
      : []),
    ...(planned.length > 0 && unknown.length === 0 && existing.length === 0
      ? [`Nothing of these names is on ${cluster} yet`]
      : []),
  ];
}

function statesOf({
  planned,
  answer,
  place,
}: Parameters<typeof replacedNotes>[0]): PlannedObjectState[] {
  const found = answer.placements.find(
    ({ cluster, namespace }) =>
      cluster === place.cluster && namespace === place.namespace,
  );
  return planned.map(
    object =>
      found?.planned?.find(
        ({ group, kind, name }) =>
          group === object.group &&
          kind === object.kind &&
          name === object.name,
      ) ?? {
        ...object,
        state: 'unknown',
        why: 'the mesh backend does not say',
      },
  );
}
