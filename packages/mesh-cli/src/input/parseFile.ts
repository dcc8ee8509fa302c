import { InputProblem } from './findFiles';
import { placeInJson, Step } from './locate';
import { impliedBy, missingField } from './objects';
import { parseYaml } from './parseYaml';

/** An object as it is written in a file. */
export interface WrittenObject {
  /** What it says. */
  raw: unknown;
  file: string;
  /** Where a field of it is written. */
  place(field: string): { line: number; column: number };
}

/** What a file has. */
export interface ParsedFile {
  objects: WrittenObject[];
  problems: InputProblem[];
  /** Documents that are no objects of Kubernetes, where the file has nothing else. */
  notKubernetes: boolean;
}

/** Reads the YAML or JSON documents of a file. The items of a List count as if they were written alone. */
export function parseFile(
  file: string,
  text: string,
  onProgress: (share: number) => void = () => {},
): ParsedFile {
  if (text.includes('\0')) {
    const message = 'this is binary, and neither YAML nor JSON';
    return { objects: [], problems: [{ file, message }], notKubernetes: true };
  }
  return parseJson(file, text) ?? parseYaml(file, text, onProgress);
}

/**
 * JSON is YAML too, but a hundred times faster read as what it is. Undefined where it is something else, or not all
 * objects of Kubernetes: then YAML's messages say what and where.
 */
function parseJson(file: string, text: string): ParsedFile | undefined {
  if (!/^\uFEFF?\s*\{/.test(text)) {
    return undefined;
  }
  let document: unknown;
  try {
    document = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
  const found = jsonItems(Object(document), []);
  return found.some(({ raw }) => missingField(raw))
    ? undefined
    : {
        objects: found.map(({ raw, path }) => ({
          raw,
          file,
          place: field => placeInJson(text, path, raw, field),
        })),
        problems: [],
        notKubernetes: found.length === 0,
      };
}

interface JsonItem {
  raw: Record<string, unknown>;
  path: readonly Step[];
}

function jsonItems(
  raw: Record<string, unknown>,
  path: readonly Step[],
): JsonItem[] {
  const kind = typeof raw.kind === 'string' ? raw.kind : '';
  if (!kind.endsWith('List') || !Array.isArray(raw.items)) {
    return [{ raw, path }];
  }
  const items: unknown[] = raw.items;
  return items.flatMap((item, index) =>
    item !== null && typeof item === 'object'
      ? jsonItems({ ...impliedBy(raw, kind), ...item }, [
          ...path,
          'items',
          index,
        ])
      : [],
  );
}
