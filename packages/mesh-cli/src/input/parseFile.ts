import { InputProblem } from './findFiles';
import { JsonText } from './JsonText';
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

/** What a file has besides the objects that were taken. */
export interface ParsedFile {
  problems: InputProblem[];
  /** Documents that are no objects of Kubernetes, where the file has nothing else. */
  notKubernetes: boolean;
}

/** Who reads a file. */
export interface FileReader {
  /** Takes an object as it comes, so that not all of a large file is held as it is written. */
  take(object: WrittenObject): void;
  /** Is told how much of the file is read. */
  progress?(share: number): void;
}

/** Reads the YAML or JSON documents of a file. The items of a List count as if they were written alone. */
export function parseFile(
  file: string,
  text: string,
  reader: FileReader,
): ParsedFile {
  if (text.includes('\0')) {
    const message = 'this is binary, and neither YAML nor JSON';
    return { problems: [{ file, message }], notKubernetes: true };
  }
  return parseJson(file, text, reader) ?? parseYaml(file, text, reader);
}

/**
 * JSON is YAML too, but a hundred times faster read as what it is. Undefined where it is something else, or not all
 * objects of Kubernetes: then YAML's messages say what and where.
 */
function parseJson(
  file: string,
  text: string,
  reader: FileReader,
): ParsedFile | undefined {
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
  if (found.some(({ raw }) => missingField(raw))) {
    return undefined;
  }
  const places = JsonText.create(text);
  for (const { raw, path } of found) {
    reader.take({ raw, file, place: placeOf(places, path) });
  }
  return { problems: [], notKubernetes: found.length === 0 };
}

/** Apart from what reads the text, of which it would keep all that was made. */
function placeOf(
  text: JsonText,
  path: readonly Step[],
): WrittenObject['place'] {
  return field => placeInJson(text, path, field);
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
  return items.flatMap((item, index) => {
    const place = [...path, 'items', index];
    return item !== null && typeof item === 'object'
      ? jsonItems({ ...impliedBy(raw, kind), ...item }, place)
      : [{ raw: {}, path: place }];
  });
}
