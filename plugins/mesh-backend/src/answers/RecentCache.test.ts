import { MeshSnapshot } from 'backstage-plugin-mesh-common';
import { RecentCache } from './RecentCache';

describe('RecentCache', () => {
  const snapshot = MeshSnapshot.empty('east');

  function make() {
    const computed: string[] = [];
    const cache = new RecentCache<string>(3);
    return {
      computed,
      ask: (key: string) =>
        cache.get(snapshot, key, () => {
          computed.push(key);
          return key;
        }),
    };
  }

  it('computes once what is asked for again and again', () => {
    const { ask, computed } = make();
    for (let i = 0; i < 20; i++) {
      ask('a');
      ask('b');
    }
    expect(computed).toEqual(['a', 'b']);
  });

  it('forgets what has not been asked for since many others were', () => {
    const { ask, computed } = make();
    ask('old');
    for (let i = 0; i < 10; i++) {
      ask(`${i}`);
      ask('kept');
    }
    computed.length = 0;
    expect(ask('old')).toBe('old');
    ask('kept');
    expect(computed).toEqual(['old']);
  });
});
