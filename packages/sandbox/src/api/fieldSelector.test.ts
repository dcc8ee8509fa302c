import { createObjectStore } from '../store/objectStore';
import { matchesFields, parseFieldSelector } from './fieldSelector';

const store = createObjectStore();

function parse(text: string, kind: string = 'Pod') {
  const resource = store.resourceOf('', kind);
  if (!resource) {
    throw new Error(`${kind} is not served`);
  }
  return parseFieldSelector(text, resource, 'v1', store);
}

const POD = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'p', namespace: 'shop' },
  spec: { nodeName: 'n1' },
  status: { phase: 'Running', podIPs: [{ ip: '10.0.0.1' }] },
};

it.each([
  ['', true],
  ['metadata.name=p', true],
  ['metadata.name==p,metadata.namespace=shop', true],
  ['metadata.name!=p', false],
  ['status.phase!=Succeeded,status.phase!=Failed', true],
  ['spec.nodeName=', false],
  ['spec.schedulerName=', true],
  ['spec.hostNetwork=false', true],
  ['status.podIPs=10.0.0.1', true],
])('%j', (selector, expected) => {
  expect(matchesFields(parse(selector), POD)).toBe(expected);
});

it.each([
  ['spec.image=x', 'Pod', 'field label not supported: spec.image'],
  ['a=b,c', 'Pod', "invalid selector: 'a=b,c'; can't understand 'c'"],
  [
    'data.x=y',
    'ConfigMap',
    '"data.x" is not a known field selector: only "metadata.name", "metadata.namespace"',
  ],
])('refuses %j of a %s', (selector, kind, message) => {
  expect(() => parse(selector, kind)).toThrow(message);
});

it('reads a value with what separates terms in it', () => {
  expect(parse('metadata.name=a\\,b')[0].value).toBe('a,b');
});
