import fc from 'fast-check';
import { stringify } from 'yaml';
import { parseFile, WrittenObject } from './parseFile';

const OBJECT = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'cart', annotations: { 'a.example/b': 'x\ny' } },
  spec: { ports: [{ port: 80 }, { port: 81 }] },
};

function objectsOf(text: string): WrittenObject[] {
  const objects: WrittenObject[] = [];
  parseFile('a.yaml', text, { take: object => objects.push(object) });
  return objects;
}

/** What the text has from a place to the end of the line. */
function lineAt(
  text: string,
  { line, column }: ReturnType<WrittenObject['place']>,
) {
  return text.split('\n')[line - 1].slice(column - 1);
}

it('finds the fields of objects and of items of lists, however they are indented', () => {
  const list = (count: number) => ({
    apiVersion: 'v1',
    kind: 'List',
    items: Array(count).fill(OBJECT),
  });
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 3 })), {
        minLength: 1,
        maxLength: 3,
      }),
      fc.record({
        indent: fc.integer({ min: 1, max: 5 }),
        indentSeq: fc.boolean(),
        collectionStyle: fc.constantFrom('block' as const, 'flow' as const),
        aliasDuplicateObjects: fc.constant(false),
      }),
      fc.constantFrom('', '\n', '# a\n'),
      (counts, style, before) => {
        const text = counts
          .map(count => before + stringify(count ? list(count) : OBJECT, style))
          .join('---\n');
        const objects = objectsOf(text);
        expect(objects).toHaveLength(
          counts.reduce((sum, count) => sum + (count || 1), 0),
        );
        for (const { place } of objects) {
          expect(lineAt(text, place('metadata.name'))).toMatch(
            /^"?name"?: "?cart/,
          );
          expect(
            lineAt(text, place('metadata.annotations.a.example/b')),
          ).toMatch(/^"?a\.example\/b"?:/);
          expect(lineAt(text, place('spec.ports[1].port'))).toMatch(
            /^"?port"?: 81/,
          );
          expect(lineAt(text, place('spec.selector'))).toMatch(/^"?spec"?:/);
        }
      },
    ),
  );
});

it('finds them behind a line of dashes, and in items that name anchors of others', () => {
  const text = `--- { apiVersion: v1, kind: Service, metadata: { name: a } }
---
apiVersion: v1
kind: List
items:
  - apiVersion: v1
    kind: Service
    metadata: &m
      name: b
  -   apiVersion: v1
      kind: ConfigMap
      metadata: *m
      data: {}
`;
  const places = objectsOf(text).map(({ place }) => place);
  expect(places[0]('metadata.name')).toEqual({ line: 1, column: 50 });
  expect(places[1]('metadata.name')).toEqual({ line: 9, column: 7 });
  expect(places[2]('data')).toEqual({ line: 13, column: 7 });
  expect(places[2]('metadata.name')).toEqual({ line: 12, column: 7 });
});
