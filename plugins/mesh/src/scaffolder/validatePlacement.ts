import { ApiHolder } from '@backstage/core-plugin-api';
import { translationApiRef } from '@backstage/core-plugin-api/alpha';
import { PlacementsAnswer } from 'backstage-plugin-mesh-common';
import { meshApiRef } from '../api/MeshApi';
import { meshTranslationRef, MeshTranslate } from '../translation';
import { placementProblem, PlacementValue } from './placementProblem';

/** Checks a place before the form goes on. Where the backend does not answer, the task checks it. */
export async function validatePlacement(
  value: PlacementValue | undefined,
  field: { addError(message: string): void },
  { apiHolder }: { apiHolder: ApiHolder },
): Promise<void> {
  const problem = placementProblem(
    await translate(apiHolder),
    value ?? {},
    await placements(apiHolder),
  );
  if (problem) {
    field.addError(problem);
  }
}

async function placements(
  apis: ApiHolder,
): Promise<PlacementsAnswer | undefined> {
  try {
    return await apis
      .get(meshApiRef)
      ?.read('placements', { params: {}, query: {} });
  } catch {
    // The field shows why, and the task refuses what is wrong: a form without a backend is still a form.
    return undefined;
  }
}

function translate(apis: ApiHolder): Promise<MeshTranslate> {
  const api = apis.get(translationApiRef);
  if (!api) {
    throw new Error('The app has no translations');
  }
  const now = api.getTranslation(meshTranslationRef);
  return now.ready
    ? Promise.resolve(now.t)
    : new Promise((resolve, reject) => {
        api.translation$(meshTranslationRef).subscribe({
          next: snapshot => snapshot.ready && resolve(snapshot.t),
          error: reject,
        });
      });
}
