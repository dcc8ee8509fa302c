import { ClientMtls, Reason, WorkloadMtls } from 'backstage-plugin-mesh-common';
import fc from 'fast-check';
import { redactMtls } from './redaction';

const workloadRef = {
  cluster: 'east',
  namespace: 'shop',
  kind: 'Deployment',
  name: 'reviews',
};

function reason(text: string): Reason {
  return { rule: 'r', text };
}

function client(name: string, ...why: string[]): ClientMtls {
  return {
    sources: ['declared'],
    entityRef: name,
    identity: `identity-of-${name}`,
    workload: { ...workloadRef, name: `workload-of-${name}` },
    ports: [
      {
        port: 80,
        sends: { value: 'plaintext', reasons: why.map(reason) },
      },
    ],
  };
}

function workload(clients: ClientMtls[], accepts: string[] = []): WorkloadMtls {
  const verdict = {
    value: 'in-part' as const,
    reasons: [
      ...clients.flatMap(({ ports }) => ports.flatMap(p => p.sends.reasons)),
      ...accepts.map(reason),
    ],
  };
  return {
    workload: workloadRef,
    enrolment: {
      value: 'sidecar',
      reasons: [],
      pods: { total: 1, ready: 1, inMesh: 1 },
    },
    ports: [
      {
        port: 80,
        protocol: 'http',
        services: [],
        accepts: {
          value: 'mtls-or-plaintext',
          reasons: accepts.map(reason),
        },
        verdict,
      },
    ],
    clients,
    hiddenClients: 0,
    verdict,
  };
}

function texts({ reasons }: { reasons: Reason[] }): string[] {
  return reasons.map(({ text }) => text);
}

function redact(one: WorkloadMtls, ...readable: string[]) {
  const { workloads } = redactMtls(
    [one],
    { all: false, readable: new Set(readable) },
    () => [],
  );
  return workloads[0];
}

describe('redactMtls', () => {
  it('hides the identities of hidden clients in the sentences of rules', () => {
    const one = workload(
      [client('a', 'of a'), client('b', 'of b')],
      ['It lets in identity-of-a, identity-of-b'],
    );
    expect(texts(redact(one, 'a').ports[0].accepts)).toEqual([
      'It lets in identity-of-a, (an identity that you may not see)',
    ]);
    expect(texts(redact(one, 'a', 'b').ports[0].accepts)).toEqual([
      'It lets in identity-of-a, identity-of-b',
    ]);
  });

  it('keeps reasons that are there without the hidden client, too', () => {
    const one = workload(
      [client('a', 'both', 'of a'), client('b', 'both', 'of b', 'config')],
      ['config'],
    );
    const { verdict, ports, hiddenClients } = redact(one, 'a');
    expect(hiddenClients).toBe(1);
    expect(texts(verdict)).toEqual([
      expect.stringContaining('may not see'),
      'both',
      'of a',
      'both',
      'config',
      'config',
    ]);
    expect(texts(ports[0].verdict)).toEqual(texts(verdict));
    expect(texts(ports[0].accepts)).toEqual(['config']);
  });

  it('changes nothing for who may see everything', () => {
    const one = workload([client('a', 'of a'), client('b', 'of b')]);
    const { workloads } = redactMtls(
      [one],
      { all: true, readable: new Set() },
      () => [],
    );
    expect(workloads).toEqual([one]);
  });

  it('names a client by the entity that may be seen, where it belongs to several', () => {
    const { workloads } = redactMtls(
      [workload([client('hidden', 'x')])],
      { all: false, readable: new Set(['shown']) },
      () => ['other', 'shown'],
    );
    expect(workloads[0].clients).toEqual([
      expect.objectContaining({ entityRef: 'shown' }),
    ]);
    expect(JSON.stringify(workloads[0])).not.toContain('"hidden"');
  });

  it('lets nothing of a hidden client through, whoever is hidden', () => {
    const name = fc.constantFrom('a', 'b', 'c', 'd');
    fc.assert(
      fc.property(
        fc.uniqueArray(name, { minLength: 1 }),
        fc.uniqueArray(name),
        (present, readable) => {
          const one = workload(
            present.map(each => client(each, `says-${each}`, 'common')),
          );
          const redacted = redact(one, ...readable);
          const text = JSON.stringify(redacted);
          const hidden = present.filter(each => !readable.includes(each));
          expect(redacted.hiddenClients).toBe(hidden.length);
          expect(redacted.verdict.value).toBe('in-part');
          for (const each of hidden) {
            expect(text).not.toContain(`says-${each}`);
            expect(text).not.toContain(`-of-${each}`);
          }
          for (const each of present) {
            expect(text.includes(`says-${each}`)).toBe(readable.includes(each));
          }
        },
      ),
    );
  });
});
