import { builtinResources } from './builtinResources';
import { EventQueue } from './eventQueue';
import type { StoreEvent } from './types';

function event(name: string): StoreEvent {
  return {
    type: 'ADDED',
    resource: builtinResources[0],
    object: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } },
    resourceVersion: 1,
  };
}

function record(queue: EventQueue): string[] {
  const seen: string[] = [];
  queue.subscribe(({ object }) => seen.push(object.metadata.name));
  return seen;
}

describe('EventQueue', () => {
  it('ends a subscription, of two with the same listener only one', () => {
    const queue = new EventQueue();
    const seen: string[] = [];
    const listener = ({ object }: StoreEvent) => {
      seen.push(object.metadata.name);
    };
    const end = queue.subscribe(listener);
    queue.subscribe(listener);
    queue.push(event('a'));
    end();
    queue.push(event('b'));
    expect(seen).toEqual(['a', 'a', 'b']);
  });

  it('tells of changes that belong together after the last of them', () => {
    const queue = new EventQueue();
    const seen = record(queue);
    queue.together(() => {
      queue.push(event('a'));
      queue.together(() => queue.push(event('b')));
      expect(seen).toEqual([]);
    });
    expect(seen).toEqual(['a', 'b']);
  });

  it('tells all that listeners threw', () => {
    const queue = new EventQueue();
    queue.subscribe(() => {
      throw new Error('first');
    });
    queue.subscribe(() => {
      throw new Error('second');
    });
    const seen = record(queue);
    expect(() => queue.push(event('a'))).toThrow(
      'Several listeners of the store failed',
    );
    expect(seen).toEqual(['a']);
  });
});
