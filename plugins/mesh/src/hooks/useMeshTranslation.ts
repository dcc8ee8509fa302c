import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { meshTranslationRef, MeshTranslate } from '../translation';

/** The texts of the mesh pages in the language of the app. */
export function useMeshTranslation(): MeshTranslate {
  return useTranslationRef(meshTranslationRef).t;
}
