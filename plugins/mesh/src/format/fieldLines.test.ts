import { stringify } from 'yaml';
import { fieldLines } from './fieldLines';

const text = stringify({
  metadata: {
    name: 'reviews',
    annotations: {
      'config.linkerd.io/default-inbound-policy': 'all-authenticated',
      'linkerd.io/inject': 'enabled',
    },
  },
  spec: {
    mtls: { mode: 'STRICT' },
    http: [
      { route: [{ destination: { host: 'reviews' }, weight: 90 }] },
      { route: [{ weight: 10 }] },
    ],
    text: 'a\nb\n',
  },
});

const shown = (path: string) => {
  const found = fieldLines(text, path);
  return (
    found && {
      exact: found.exact,
      lines: text
        .split('\n')
        .slice(found.first - 1, found.last)
        .map(line => line.trim()),
    }
  );
};

describe('fieldLines', () => {
  it.each<[string, boolean, string[]]>([
    ['metadata.name', true, ['name: reviews']],
    ['spec.mtls.mode', true, ['mode: STRICT']],
    ['spec.mtls', true, ['mtls:', 'mode: STRICT']],
    ['spec.http[0].route[0].weight', true, ['weight: 90']],
    ['spec.http[1]', true, ['- route:', '- weight: 10']],
    [
      'metadata.annotations.config.linkerd.io/default-inbound-policy',
      true,
      ['config.linkerd.io/default-inbound-policy: all-authenticated'],
    ],
    ['spec.text', true, ['text: |', 'a', 'b']],
    ['spec.mtls.portLevelMtls', false, ['mtls:', 'mode: STRICT']],
    ['spec.http[1].route[7].weight', false, ['- route:', '- weight: 10']],
  ])('finds %s', (path, exact, lines) => {
    expect(shown(path)).toEqual({ exact, lines });
  });

  it.each(['status', 'status.conditions[0]', '', '[0]'])(
    'finds nothing for %p',
    path => {
      expect(fieldLines(text, path)).toBeUndefined();
    },
  );
});
