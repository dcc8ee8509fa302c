import {
  checkPolicies,
  generatePolicies,
  PolicyTask,
  policyFiles,
} from 'backstage-plugin-mesh-common';
import { parseAllDocuments } from 'yaml';
import { PLACEMENTS } from '../__testUtils__/answers';
import { readInput } from './input';

/** What would become something else than text, if it were written into YAML as it is. */
const INJECTIONS = [
  'x\n---\nkind: Secret',
  'x: y',
  '{{ x }}',
  '${{ x }}',
  '--- x',
  '&anchor x',
  '*alias',
  '!!binary eA==',
  '<<: *x',
  '# x',
  'x\' "y',
  'yes',
  '0x1F',
  '1e3',
  '12:30:45',
  '~',
  '\u2028kind: Secret',
  'x\u0000y',
  'a'.repeat(1100),
];

const INPUT = {
  name: 'cart',
  cluster: 'east',
  namespace: 'shop',
  port: 8080,
  owner: 'group:default/team',
};

/** Every text of the input, by the name that an error must give it. */
const TEXTS: Record<string, (text: string) => object> = {
  name: name => ({ name }),
  cluster: cluster => ({ cluster }),
  namespace: namespace => ({ namespace }),
  protocol: protocol => ({ protocol }),
  owner: owner => ({ owner }),
  description: description => ({ description }),
  targetPath: targetPath => ({ targetPath }),
  'callers[0].entityRef': entityRef => ({ callers: [{ entityRef }] }),
  'callers[0].serviceAccount': serviceAccount => ({
    callers: [{ entityRef: 'a', serviceAccount }],
  }),
  'callers[0].namespace': namespace => ({
    callers: [{ entityRef: 'a', namespace }],
  }),
  'probes[0]': probe => ({ probes: [probe] }),
  'resilience.timeout': timeout => ({ resilience: { timeout } }),
  'resilience.retries.perTryTimeout': perTryTimeout => ({
    resilience: { retries: { attempts: 1, perTryTimeout } },
  }),
  'resilience.circuitBreaker.ejectionTime': ejectionTime => ({
    resilience: { circuitBreaker: { consecutiveErrors: 1, ejectionTime } },
  }),
};

const CASES = Object.keys(TEXTS).flatMap(field =>
  INJECTIONS.map(text => [field, text] as const),
);

/** The input as it is read, or why it is refused. */
function read(input: object): ReturnType<typeof readInput> | Error {
  try {
    return readInput(input);
  } catch (error) {
    if (error instanceof Error) {
      return error;
    }
    throw error;
  }
}

function expectNamed(field: string, error: Error) {
  expect(error.name).toBe('InputError');
  expect(error.message.startsWith(`${field}: `)).toBe(true);
}

function expectQuoted(input: ReturnType<typeof readInput>) {
  const { name, port, protocol, probes, resilience } = input;
  const shop = PLACEMENTS.placements.find(
    ({ namespace }) => namespace === 'shop',
  );
  const task: PolicyTask = {
    intent: { name, port, protocol, probes, resilience, callers: [] },
    placement: {
      mode: { value: 'sidecar', reasons: [] },
      ...shop,
      cluster: input.cluster,
      namespace: input.namespace,
    },
  };
  const files = policyFiles(task, generatePolicies(task), {
    owner: input.owner ?? '',
    ...(input.description && { description: input.description }),
    callers: input.callers.map(({ entityRef }) => entityRef),
  });
  for (const { content } of files) {
    const [newer, ...more] = parseAllDocuments(content, { version: '1.2' });
    const [older] = parseAllDocuments(content, { version: '1.1' });
    expect(more).toEqual([]);
    expect(newer.errors).toEqual([]);
    expect(newer.toJS()).toEqual(older.toJS());
  }
  const errors = checkPolicies(task, files).findings.filter(
    ({ level }) => level === 'error',
  );
  expect(errors).toEqual([]);
  const entity = parseAllDocuments(files[files.length - 1].content)[0].toJS();
  expect(entity).toMatchObject({
    metadata: {
      name,
      ...(input.description && { description: input.description }),
      annotations: { 'backstage.io/kubernetes-cluster': input.cluster },
    },
    spec: { owner: input.owner },
  });
}

it.each(CASES)('names %s where it refuses %j, or quotes it', (field, text) => {
  expect.hasAssertions();
  const input = read({ ...INPUT, ...TEXTS[field](text) });
  if (input instanceof Error) {
    expectNamed(field, input);
  } else {
    expectQuoted(input);
  }
});

it('lets free text through, and nothing with a line break', () => {
  expect(read({ ...INPUT, description: '{{ x }}' })).toMatchObject({
    description: '{{ x }}',
  });
  expect(read({ ...INPUT, description: 'x\n---' })).toBeInstanceOf(Error);
});
