import { mockApis } from '@backstage/frontend-test-utils';
import { meshTranslationRef, MeshTranslate } from '../translation';

/** The texts of the pages as they are without any translation. */
export function testTranslate(): MeshTranslate {
  const snapshot = mockApis.translation().getTranslation(meshTranslationRef);
  if (!snapshot.ready) {
    throw new Error('The default texts need no loading');
  }
  return snapshot.t;
}

/** Texts as they read, whatever kind of space is in them. */
export function plain(text: string): string {
  return text.replace(/[\u00a0\u202f]/g, ' ');
}
