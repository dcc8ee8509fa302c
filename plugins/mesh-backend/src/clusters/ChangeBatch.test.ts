import {
  MeshSnapshot,
  parseObject,
  SnapshotChange,
} from 'backstage-plugin-mesh-common';
import { peerAuthentication, service } from '../__testUtils__/objects';
import { RawObject } from '../__testUtils__/fakeApi';
import { ChangeBatch } from './ChangeBatch';

function put(object: RawObject, resourceVersion = '1'): SnapshotChange {
  const result = parseObject({
    ...object,
    metadata: { ...object.metadata, resourceVersion },
  });
  if (result.status !== 'parsed') {
    throw new Error(result.status);
  }
  return { type: 'put', parsed: result.parsed };
}

const gone: SnapshotChange = {
  type: 'delete',
  kindId: 'Service',
  namespace: 'shop',
  name: 'a',
};

function drain(snapshot: MeshSnapshot, ...changes: SnapshotChange[]) {
  const batch = new ChangeBatch();
  changes.forEach(change => batch.add(change));
  return batch.drain(snapshot);
}

describe('ChangeBatch', () => {
  const empty = MeshSnapshot.empty('east');
  const known = empty.apply([
    put(service('a')),
    put(peerAuthentication('STRICT')),
  ]);

  it('makes the last of several changes to an object', () => {
    const last = put(service('a'), '3');
    expect(drain(empty, put(service('a')), gone, last)).toEqual([last]);
    expect(drain(empty, put(service('a')), gone)).toEqual([gone]);
  });

  it('leaves out what changes nothing that rules read', () => {
    const managedBy = (manager: string): RawObject => {
      const { metadata, ...rest } = service('a');
      return {
        ...rest,
        metadata: { ...metadata, managedFields: [{ manager }] },
      };
    };
    const snapshot = empty.apply([put(managedBy('helm'))]);
    expect(drain(snapshot, put(managedBy('kubectl'), '2'))).toEqual([]);
  });

  it('keeps a new version of what can be shown', () => {
    expect(drain(known, put(peerAuthentication('STRICT')))).toEqual([]);
    const newer = put(peerAuthentication('STRICT'), '2');
    expect(drain(known, newer)).toEqual([newer]);
  });

  it('says that objects are read after they are there, and only once', () => {
    const read: SnapshotChange = {
      type: 'read',
      kindId: 'Service',
      read: { state: 'forbidden', message: 'no' },
    };
    const change = put(service('b'));
    expect(drain(empty, read, change)).toEqual([change, read]);
    expect(drain(empty.apply([read]), { ...read })).toEqual([]);
  });

  it('is empty after it was drained', () => {
    const batch = new ChangeBatch();
    batch.add(gone);
    expect(batch.size).toBe(1);
    batch.drain(empty);
    expect(batch.size).toBe(0);
    expect(batch.drain(empty)).toEqual([]);
  });
});
