import { ParsedObject, parseObject } from 'backstage-plugin-mesh-common';
import { RawObject } from '../__testUtils__/fakeApi';
import {
  namespaceObject,
  peerAuthentication,
  service,
  workload,
} from '../__testUtils__/objects';
import { SharedParts } from './SharedParts';

function parsed(object: RawObject): ParsedObject {
  const result = parseObject(object);
  if (result.status !== 'parsed') {
    throw new Error(`${object.kind} is ${result.status}`);
  }
  return result.parsed;
}

const WEBHOOKS: RawObject = {
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind: 'MutatingWebhookConfiguration',
  metadata: { name: 'injector' },
  webhooks: [{ name: 'a', namespaceSelector: { matchLabels: { a: 'b' } } }],
};

const CRD: RawObject = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'a.b' },
  spec: {
    group: 'b',
    names: { kind: 'A', plural: 'a' },
    versions: [{ name: 'v1', served: true }],
  },
};

describe('SharedParts', () => {
  it.each<[string, RawObject]>(
    [
      ...workload('a'),
      service('a'),
      namespaceObject('a'),
      peerAuthentication('STRICT'),
      WEBHOOKS,
      CRD,
    ].map(object => [object.kind, object]),
  )('leaves a %s what it is', (_, object) => {
    const parts = new SharedParts();
    expect(parts.share(parsed(object))).toStrictEqual(parsed(object));
    expect(parts.share(parsed(object))).toStrictEqual(parsed(object));
  });

  it('shares what is equal', () => {
    const parts = new SharedParts();
    const [, pod] = workload('a');
    const another = { ...pod, metadata: { ...pod.metadata, name: 'other' } };
    const one = parts.share(parsed(pod)).object;
    const two = parts.share(parsed(another)).object;
    expect(two.metadata.name).toBe('other');
    expect(two.metadata.labels).toBe(one.metadata.labels);
    expect('spec' in two && 'spec' in one && two.spec).not.toBe(undefined);
  });
});
