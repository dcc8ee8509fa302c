import { parseObject, ParseResult } from 'backstage-plugin-mesh-common';
import type { WrittenObject } from './parseFile';

/** What became of an object of a file. What it says is kept as far as rules read it. */
export interface ReadObject extends Omit<WrittenObject, 'raw'> {
  result: ParseResult;
  /** A CustomResourceDefinition as it is written, with its schemas. */
  definition?: unknown;
}

/** Reads an object as it comes, so that not all of a large file is held as it is written. */
export function readObject(
  { raw, file, place }: WrittenObject,
  options: { defaultNamespace?: string },
): ReadObject {
  const result = parseObject(named(raw), options);
  const isDefinition =
    result.status === 'parsed' &&
    result.parsed.kindId === 'apiextensions.k8s.io/CustomResourceDefinition';
  return { file, place, result, ...(isDefinition && { definition: raw }) };
}

/** An object that is named when it is made (`generateName`) is called by that until then. */
function named(raw: unknown): unknown {
  const { metadata } = Object(raw);
  return metadata?.name || !metadata?.generateName
    ? raw
    : {
        ...Object(raw),
        metadata: { ...metadata, name: `${metadata.generateName}…` },
      };
}
