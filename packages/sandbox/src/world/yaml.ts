import { LineCounter, parseAllDocuments } from 'yaml';
import { isRecord } from '../store/values';
import type { StoredObject } from '../store/types';

/** An object of a manifest, with where it is written. */
export interface ManifestObject {
  object: StoredObject;
  /** `file:line`. */
  place: string;
}

/** A manifest that cannot be used; the message begins with `file:line`. */
export class ManifestError extends Error {
  constructor(place: string, message: string) {
    super(`${place}: ${message}`);
    this.name = 'ManifestError';
  }
}

/** The objects of a manifest file, in its order. The first mistake refuses the whole file. */
export function parseManifest(file: string, text: string): ManifestObject[] {
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, {
    lineCounter: lines,
    uniqueKeys: true,
  });
  const objects: ManifestObject[] = [];
  for (const document of documents) {
    const [error] = document.errors;
    if (error) {
      const { line } = lines.linePos(error.pos[0]);
      throw new ManifestError(
        `${file}:${line}`,
        error.message.split('\n')[0].replace(/ at line \d+, column \d+:?$/, ''),
      );
    }
    const value: unknown = document.toJS();
    if (value === null || value === undefined) {
      continue;
    }
    const offset = document.contents?.range?.[0] ?? document.range[0];
    const place = `${file}:${lines.linePos(offset).line}`;
    objects.push({ object: asObject(place, value), place });
  }
  return objects;
}

function asObject(place: string, value: unknown): StoredObject {
  if (!isRecord(value)) {
    throw new ManifestError(place, 'a Kubernetes object is a mapping');
  }
  const { apiVersion, kind, metadata } = value;
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') {
    throw new ManifestError(place, 'apiVersion and kind are required');
  }
  if (!isRecord(metadata) || typeof metadata.name !== 'string') {
    throw new ManifestError(place, `${kind}: metadata.name is required`);
  }
  for (const field of ['labels', 'annotations']) {
    const map = metadata[field];
    if (map !== undefined && map !== null && !isTextMap(map)) {
      throw new ManifestError(
        place,
        `${kind} ${metadata.name}: metadata.${field} must map names to texts (quote numbers and true/false)`,
      );
    }
  }
  const { name, namespace } = metadata;
  if (namespace !== undefined && typeof namespace !== 'string') {
    throw new ManifestError(
      place,
      `${kind} ${name}: metadata.namespace must be a text`,
    );
  }
  return {
    ...value,
    apiVersion,
    kind,
    metadata: { ...metadata, name, ...(namespace && { namespace }) },
  };
}

function isTextMap(value: unknown): value is Record<string, string> {
  return (
    isRecord(value) &&
    Object.values(value).every(item => typeof item === 'string')
  );
}
