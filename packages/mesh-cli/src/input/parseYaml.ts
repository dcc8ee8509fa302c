import {
  Document,
  isMap,
  isNode,
  isSeq,
  LineCounter,
  parseAllDocuments,
  Node,
  ParsedNode,
  YAMLError,
  YAMLMap,
} from 'yaml';
import { InputProblem } from './findFiles';
import { impliedBy, missingField, nameText } from './objects';
import type { FileReader, ParsedFile, WrittenObject } from './parseFile';
import { splitDocuments, TextPart } from './splitDocuments';
import { placeInText, Written } from './yamlPlace';

/**
 * Reads YAML one document at a time: of a large file no more is kept than what its objects say, and its text. Where
 * something is written is found when it is asked for.
 */
export function parseYaml(
  file: string,
  text: string,
  reader: FileReader,
): ParsedFile {
  let objects = 0;
  const problems: InputProblem[] = [];
  const others: InputProblem[] = [];
  for (const part of splitDocuments(text)) {
    const parsed = parsePart(file, part);
    parsed.objects.forEach(object => reader.take(object));
    objects += parsed.objects.length;
    problems.push(...parsed.problems);
    // One by one: a call cannot take as many arguments as a long list has items.
    parsed.others.forEach(other => others.push(other));
    reader.progress?.((part.offset + part.text.length) / text.length);
  }
  return {
    problems: [...problems, ...others],
    notKubernetes: objects === 0 && problems.length === 0,
  };
}

interface ParsedPart {
  objects: WrittenObject[];
  problems: InputProblem[];
  /** What is no object of Kubernetes. */
  others: InputProblem[];
}

function parsePart(file: string, part: TextPart): ParsedPart {
  const { documents, lines } = read(part);
  const parsed: ParsedPart = { objects: [], problems: [], others: [] };
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { file, line: line + part.lines, column: col };
  };
  for (const document of documents) {
    const [error] = document.errors;
    if (error) {
      parsed.problems.push({
        ...at(error.pos[0]),
        message: `${errorText(error)}${hint(part.text)}`,
      });
      continue;
    }
    const raw = valueOf(document);
    const { contents } = document;
    if (raw instanceof Error) {
      // An anchor that is named so often that it would fill the memory.
      parsed.problems.push({ ...at(0), message: raw.message });
    } else if (isMap(contents)) {
      takeObjects(parsed, file, part, { contents, raw, at });
    } else if (raw !== null && contents !== null) {
      parsed.others.push({
        ...at(contents.range[0]),
        message: isSeq(contents)
          ? 'this is a list, and no object of Kubernetes'
          : 'this is a text, and no object of Kubernetes',
      });
    }
  }
  return parsed;
}

function takeObjects(
  parsed: ParsedPart,
  file: string,
  part: TextPart,
  document: {
    contents: YAMLMap.Parsed;
    raw: Record<string, unknown>;
    at(offset: number): { file: string; line: number; column: number };
  },
): void {
  const { contents, at } = document;
  itemsOf(contents, document.raw).forEach(({ node, raw, where }) => {
    const missing = missingField(raw);
    const [start, end] = node?.range ?? contents.range;
    const place = at(start);
    if (missing) {
      parsed.others.push({
        ...place,
        message: `${where}an object without ${missing}${nameText(raw)}${hint(
          part.text,
        )}`,
      });
    } else {
      const written = { text: part.text, start, end, ...place };
      parsed.objects.push({ raw, file, place: placeOf(written) });
    }
  });
}

type ParsedDocument = Document.Parsed<ParsedNode, true>;

function read({ text }: TextPart): {
  documents: readonly ParsedDocument[];
  lines: LineCounter;
} {
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, {
    lineCounter: lines,
    // What is wrong is said by us; a template's keys are no reason for a warning of Node.
    logLevel: 'error',
    // As kubectl reads it: keys that are merged (`<<`) are no field of the object.
    merge: true,
  });
  return { documents: 'empty' in documents ? [] : documents, lines };
}

function valueOf(document: ParsedDocument) {
  try {
    return document.toJS();
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** Apart from what reads the document, of which it would keep all that was made. */
function placeOf(written: Written): WrittenObject['place'] {
  return field => placeInText(written, field);
}

/** What is wrong, without the place, which is said elsewhere. */
function errorText({ message }: YAMLError): string {
  // The library gives up where the stack does.
  return message.startsWith('Maximum call stack size exceeded')
    ? 'this is nested too deep to be read'
    : message.split(' at line ')[0].split('\n')[0];
}

/** What helps with a text that is a template of YAML and not YAML. */
function hint(text: string): string {
  return /\{\{.*\}\}/.test(text)
    ? ' (it looks like a Helm template: give what `helm template` writes)'
    : '';
}

interface Item {
  /** Absent where nothing is written. */
  node?: Node;
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
    const found = isMap(item)
      ? itemsOf(item, { ...impliedBy(raw, kind), ...Object(value) })
      : [{ raw: {}, ...(isNode(item) && { node: item }) }];
    return found.map(inner => ({
      ...inner,
      where: `item ${index + 1} of the list is `,
    }));
  });
}
