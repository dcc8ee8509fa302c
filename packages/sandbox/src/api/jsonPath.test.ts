import { readAll } from './jsonPath';

const OBJECT = {
  spec: { hosts: ['a', 'b'], replicas: 0, 'x.y': 1 },
  metadata: { annotations: { 'example.com/a': 'b' } },
  status: {
    conditions: [
      { type: 'Ready', status: 'True' },
      { type: 'Synced', status: 'False' },
    ],
  },
};

it.each([
  ['.spec.replicas', [0]],
  ['spec.replicas', [0]],
  ['{.spec.replicas}', [0]],
  ['.spec.hosts', [['a', 'b']]],
  ['.spec.hosts[*]', ['a', 'b']],
  ['.spec.hosts[1]', ['b']],
  ['.spec.hosts[-1]', ['b']],
  ['.spec.nothing.here', []],
  [".metadata.annotations['example.com/a']", ['b']],
  ['.metadata.annotations.example\\.com/a', ['b']],
  ['.status.conditions[?(@.type=="Ready")].status', ['True']],
  [".status.conditions[?(@.type=='Synced')].status", ['False']],
  ['.status.conditions[?(@.type!="Ready")].type', ['Synced']],
  ['.status.conditions[*].type', ['Ready', 'Synced']],
  ['.spec[', []],
  ['.constructor', []],
])('%s', (path, expected) => {
  expect(readAll(OBJECT, path)).toEqual(expected);
});
