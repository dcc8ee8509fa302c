import { mockApis } from '@backstage/frontend-test-utils';
import { commonMessages } from './translation/common';
import { drawerMessages } from './translation/drawer';
import { fleetMessages } from './translation/fleet';
import { mtlsMessages } from './translation/mtls';
import { placementMessages } from './translation/placement';
import { readinessMessages } from './translation/readiness';
import { routingMessages } from './translation/routing';
import { stateMessages } from './translation/states';
import { tracesMessages } from './translation/traces';
import { meshTranslationRef } from './translation';

interface Messages {
  [key: string]: string | Messages;
}

function flat(messages: Messages, prefix = ''): [string, string][] {
  return Object.entries(messages).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [[prefix + key, value] as [string, string]]
      : flat(value, `${prefix}${key}.`),
  );
}

const all = flat({
  ...commonMessages,
  state: stateMessages,
  drawer: drawerMessages,
  mtls: mtlsMessages,
  routing: routingMessages,
  traces: tracesMessages,
  fleet: fleetMessages,
  readiness: readinessMessages,
  placement: placementMessages,
});

const placeholders = (text: string) =>
  [...text.matchAll(/{{\s*(\w+)/g)].map(([, name]) => name);

describe('meshTranslationRef', () => {
  it('has the id of the plugin', () => {
    expect(meshTranslationRef.id).toBe('mesh');
    expect(
      mockApis.translation().getTranslation(meshTranslationRef).ready,
    ).toBe(true);
  });

  const keys = new Set(all.map(([key]) => key));
  it.each([...keys].filter(key => /_(one|other)$/.test(key)))(
    'has both numbers of %s',
    key => {
      const stem = key.replace(/_(one|other)$/, '');
      expect(keys).toContain(`${stem}_one`);
      expect(keys).toContain(`${stem}_other`);
    },
  );

  it.each(all.filter(([key]) => !/_(one|other)$/.test(key)))(
    'does not take a number for a plural in %s',
    (_, text) => {
      expect(placeholders(text)).not.toContain('count');
    },
  );
});
