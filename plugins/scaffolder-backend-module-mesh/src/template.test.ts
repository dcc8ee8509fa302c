import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mockServices } from '@backstage/backend-test-utils';
import { parse } from 'yaml';
import { createGeneratePoliciesAction } from './actions/generatePolicies';
import { readInput } from './actions/input';
import { createSaveFolderAction } from './actions/saveFolder';
import { MeshBackend } from './MeshBackend';

const template = parse(
  readFileSync(
    join(
      __dirname,
      '../../../examples/templates/new-meshed-service/template.yaml',
    ),
    'utf8',
  ),
);

const ACTIONS = [
  createGeneratePoliciesAction({
    backend: MeshBackend.create({
      auth: mockServices.auth(),
      discovery: mockServices.discovery(),
    }),
  }),
  createSaveFolderAction({}),
];

interface Step {
  action: string;
  input?: Record<string, unknown>;
  if?: string;
}

const steps: Step[] = template.spec.steps;

it.each(ACTIONS.map(action => [action.id, action] as const))(
  'gives %s inputs that it has',
  (id, { schema }) => {
    const step = steps.find(({ action }) => action === id);
    expect(step).toBeDefined();
    expect(Object.keys(schema?.input?.properties ?? {})).toEqual(
      expect.arrayContaining(Object.keys(step?.input ?? {})),
    );
  },
);

it('ends in a folder or in a pull request, never in both', () => {
  expect(steps.map(step => [step.action, step.if ?? 'always'])).toEqual([
    ['mesh:policy:generate', 'always'],
    ['mesh:folder:save', "${{ parameters.delivery === 'folder' }}"],
    [
      'publish:github:pull-request',
      "${{ parameters.delivery === 'pull-request' }}",
    ],
  ]);
});

it('has defaults that the action takes', () => {
  const defaults = defaultsOf({
    type: 'object',
    properties: Object.assign(
      {},
      ...template.spec.parameters.map(
        (page: { properties: object }) => page.properties,
      ),
    ),
  });
  const { delivery, place, ...rest } = Object(defaults);
  expect(place).toEqual({});
  expect(delivery).toBe('folder');
  expect(
    readInput({
      name: 'cart',
      cluster: 'east',
      namespace: 'shop',
      owner: 'group:default/shop-team',
      ...rest,
    }),
  ).toMatchObject({
    port: 8080,
    protocol: 'http',
    probes: ['/healthz'],
    resilience: {
      timeout: '3s',
      retries: { attempts: 2, perTryTimeout: '1s', idempotent: false },
      circuitBreaker: { consecutiveErrors: 5, ejectionTime: '30s' },
    },
  });
});

it('names no cluster', () => {
  expect(JSON.stringify(template.spec)).not.toMatch(/\b(east|west)\b/);
});

interface Field {
  type?: string;
  default?: unknown;
  properties?: Record<string, Field>;
}

function defaultsOf({ default: value, properties }: Field): unknown {
  if (!properties) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(properties)
      .map(([name, field]) => [name, defaultsOf(field)])
      .filter(([, found]) => found !== undefined),
  );
}
