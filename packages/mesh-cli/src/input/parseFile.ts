import {
  isMap,
  isSeq,
  LineCounter,
  parseAllDocuments,
  ParsedNode,
  YAMLMap,
} from 'yaml';
import { InputProblem } from './findFiles';

/** An object as it is written in a file. */
export interface WrittenObject {
  /** What it says. */
  raw: unknown;
  /** Where it is written: the part of the document that is this object. */
  node: ParsedNode;
  file: string;
  lines: LineCounter;
}

/** What a file has. */
export interface ParsedFile {
  objects: WrittenObject[];
  problems: InputProblem[];
  /** Documents that are no objects of Kubernetes, where the file has nothing else. */
  notKubernetes: boolean;
}

/** Reads the YAML or JSON documents of a file. The items of a List count as if they were written alone. */
export function parseFile(file: string, text: string): ParsedFile {
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, { lineCounter: lines });
  const objects: WrittenObject[] = [];
  const problems: InputProblem[] = [];
  const others: InputProblem[] = [];
  if ('empty' in documents) {
    return { objects, problems, notKubernetes: true };
  }
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { file, line, column: col };
  };
  for (const document of documents) {
    const [error] = document.errors;
    if (error) {
      problems.push({
        ...at(error.pos[0]),
        message: error.message.split(' at line ')[0].split('\n')[0],
      });
      continue;
    }
    const { contents } = document;
    if (contents === null || document.toJS() === null) {
      continue;
    }
    const start = at(contents.range[0]);
    if (!isMap(contents)) {
      others.push({
        ...start,
        message: isSeq(contents)
          ? 'this is a list, and no object of Kubernetes'
          : 'this is a text, and no object of Kubernetes',
      });
      continue;
    }
    for (const { node, raw, where } of itemsOf(contents, document.toJS())) {
      const missing = missingField(raw);
      if (missing) {
        others.push({
          ...at(node.range?.[0] ?? contents.range[0]),
          message: `${where}an object without ${missing}${nameText(raw)}`,
        });
      } else {
        objects.push({ raw, node: node as ParsedNode, file, lines });
      }
    }
  }
  const nothing = objects.length === 0 && problems.length === 0;
  return {
    objects,
    problems: [...problems, ...others],
    notKubernetes: nothing,
  };
}

interface Item {
  node: YAMLMap;
  raw: Record<string, unknown>;
  /** Which item of a list it is, for messages. */
  where: string;
}

/** The objects of a document: itself, or the items of a List. */
function itemsOf(node: YAMLMap, raw: Record<string, unknown>): Item[] {
  const kind = typeof raw.kind === 'string' ? raw.kind : '';
  const items = node.get('items', true);
  if (!kind.endsWith('List') || !isSeq(items) || !Array.isArray(raw.items)) {
    return [{ node, raw, where: '' }];
  }
  const rawItems: unknown[] = raw.items;
  return items.items.flatMap((item, index) => {
    const value = rawItems[index];
    if (!isMap(item) || typeof value !== 'object' || value === null) {
      return [];
    }
    // The items of a typed list (PodList) may leave out what the list says.
    const implied =
      kind === 'List'
        ? {}
        : { apiVersion: raw.apiVersion, kind: kind.slice(0, -'List'.length) };
    return itemsOf(item, { ...implied, ...value }).map(inner => ({
      ...inner,
      where: `item ${index + 1} of the list is `,
    }));
  });
}

function missingField({
  apiVersion,
  kind,
  metadata,
}: Record<string, unknown>): string | undefined {
  if (typeof kind !== 'string' || kind === '') {
    return 'kind';
  }
  if (typeof apiVersion !== 'string' || apiVersion === '') {
    return 'apiVersion';
  }
  const { name, generateName } = Object(metadata);
  return name || generateName ? undefined : 'metadata.name';
}

function nameText({ kind, metadata }: Record<string, unknown>): string {
  const { name } = Object(metadata);
  const parts = [kind, name].filter(part => typeof part === 'string');
  return parts.length > 0 ? ` (${parts.join(' ')})` : '';
}
