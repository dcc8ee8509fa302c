import fc from 'fast-check';
import { Answer } from '../contract/common';
import { Accepts, Sends, Verdict } from '../contract/mtls';
import {
  acceptsSchema,
  sendsSchema,
  verdictSchema,
} from '../contract/schemas/mtls';
import { entityVerdict, isBetter, portVerdict, worstVerdict } from './verdict';

function answer<T extends string>(value: T): Answer<T> {
  return {
    value,
    ...(value === 'unknown' && { cause: 'forbidden' }),
    reasons: [{ rule: `test/${value}`, text: value }],
  };
}

const accepts = fc.constantFrom(...acceptsSchema.options);
const sends = fc.constantFrom(...sendsSchema.options);
const verdict = fc.constantFrom(...verdictSchema.options);
const observed = fc.record({
  unit: fc.constantFrom('requests' as const, 'connections' as const),
  mtls: fc.nat(),
  plaintext: fc.nat({ max: 3 }),
  unknown: fc.nat(),
});

describe('portVerdict', () => {
  it.each<[Accepts, Sends[], Verdict]>([
    ['mtls-only', [], 'protected'],
    ['mtls-only', ['plaintext'], 'protected'],
    ['mtls-only', ['unknown'], 'protected'],
    ['nothing', [], 'protected'],
    ['plaintext-only', [], 'unprotected'],
    ['plaintext-only', ['mtls'], 'unprotected'],
    ['unknown', [], 'unknown'],
    ['unknown', ['mtls'], 'unknown'],
    ['unknown', ['plaintext'], 'unknown'],
    ['mtls-or-plaintext', [], 'in-part'],
    ['mtls-or-plaintext', ['fails'], 'in-part'],
    ['mtls-or-plaintext', ['mtls'], 'mtls-in-use'],
    ['mtls-or-plaintext', ['mtls', 'fails'], 'mtls-in-use'],
    ['mtls-or-plaintext', ['plaintext'], 'unprotected'],
    ['mtls-or-plaintext', ['plaintext', 'fails'], 'unprotected'],
    ['mtls-or-plaintext', ['plaintext', 'mtls'], 'in-part'],
    ['mtls-or-plaintext', ['plaintext', 'unknown'], 'in-part'],
    ['mtls-or-plaintext', ['unknown'], 'unknown'],
    ['mtls-or-plaintext', ['mtls', 'unknown'], 'unknown'],
    ['mtls-or-plaintext', ['unknown', 'fails'], 'unknown'],
  ])('accepts %s, clients %j: %s', (accepted, clients, expected) => {
    expect(
      portVerdict({
        inMesh: true,
        accepts: answer(accepted),
        knownClients: clients.map(answer),
      }).value,
    ).toBe(expected);
  });

  it('is not-in-mesh outside a mesh, whatever else is known', () => {
    fc.assert(
      fc.property(accepts, fc.array(sends), (accepted, clients) => {
        expect(
          portVerdict({
            inMesh: false,
            accepts: answer(accepted),
            knownClients: clients.map(answer),
          }).value,
        ).toBe('not-in-mesh');
      }),
    );
  });

  it('is never raised by an observation', () => {
    fc.assert(
      fc.property(
        fc.boolean(),
        accepts,
        fc.array(sends),
        observed,
        (inMesh, accepted, clients, seen) => {
          const evidence = {
            inMesh,
            accepts: answer(accepted),
            knownClients: clients.map(answer),
          };
          const without = portVerdict(evidence).value;
          const withIt = portVerdict({ ...evidence, observed: seen }).value;
          expect(isBetter(withIt, without)).toBe(false);
          const bad = seen.plaintext > 0 && inMesh;
          expect(bad && isBetter(withIt, 'in-part')).toBe(false);
        },
      ),
    );
  });

  it('is at best unknown where an input that decides is unknown', () => {
    fc.assert(
      fc.property(accepts, fc.array(sends), (accepted, clients) => {
        const { value, cause } = portVerdict({
          inMesh: true,
          accepts: answer(accepted),
          knownClients: clients.map(answer),
        });
        const undecided =
          accepted === 'unknown' ||
          (accepted === 'mtls-or-plaintext' && clients.includes('unknown'));
        expect(undecided && isBetter(value, 'unknown')).toBe(false);
        const why = accepted === 'own-tls' ? 'not-modelled' : 'forbidden';
        expect(cause).toBe(value === 'unknown' ? why : undefined);
      }),
    );
  });

  it('gets no better by one more client that sends no mutual TLS', () => {
    fc.assert(
      fc.property(
        accepts,
        fc.array(sends, { minLength: 1 }),
        fc.constantFrom('plaintext' as const, 'unknown' as const),
        (accepted, clients, more) => {
          const of = (all: readonly Sends[]) =>
            portVerdict({
              inMesh: true,
              accepts: answer(accepted),
              knownClients: all.map(answer),
            }).value;
          // Where all send plaintext, one that is unknown makes it less certain, and in part is not good either.
          fc.pre(!['unprotected', 'in-part'].includes(of(clients)));
          expect(isBetter(of([...clients, more]), of(clients))).toBe(false);
        },
      ),
    );
  });

  it('always has a reason', () => {
    fc.assert(
      fc.property(
        fc.boolean(),
        accepts,
        fc.array(sends),
        fc.option(observed, { nil: undefined }),
        (inMesh, accepted, clients, seen) => {
          expect(
            portVerdict({
              inMesh,
              accepts: answer(accepted),
              knownClients: clients.map(answer),
              observed: seen,
            }).reasons,
          ).not.toHaveLength(0);
        },
      ),
    );
  });

  it('says how much plaintext was seen', () => {
    expect(
      portVerdict({
        inMesh: true,
        accepts: answer('mtls-only'),
        knownClients: [],
        observed: { unit: 'requests', mtls: 5, plaintext: 1, unknown: 0 },
      }).reasons[0].text,
    ).toBe('1 request came in plaintext');
  });
});

describe('worstVerdict', () => {
  it('is the worst one', () => {
    fc.assert(
      fc.property(fc.array(verdict, { minLength: 1 }), all => {
        const worst = worstVerdict(all.map(answer)).value;
        expect(all).toContain(worst);
        for (const one of all) {
          expect(isBetter(worst, one)).toBe(false);
        }
      }),
    );
  });

  it('is unknown without a port', () => {
    expect(worstVerdict([])).toMatchObject({
      value: 'unknown',
      cause: 'not-modelled',
    });
  });
});

describe('entityVerdict', () => {
  const of = (...all: Verdict[]) =>
    entityVerdict(
      all.map((value, i) => ({ name: `w${i}`, verdict: answer(value) })),
    );

  it.each<[Verdict[], Verdict]>([
    [['protected'], 'protected'],
    [['protected', 'mtls-in-use'], 'mtls-in-use'],
    [['not-in-mesh', 'not-in-mesh'], 'not-in-mesh'],
    [['protected', 'not-in-mesh'], 'in-part'],
    [['unprotected', 'not-in-mesh'], 'unprotected'],
    [['unknown', 'not-in-mesh'], 'in-part'],
  ])('of workloads %j is %s', (all, expected) => {
    expect(of(...all).value).toBe(expected);
  });

  it('names a workload that is outside', () => {
    expect(of('protected', 'not-in-mesh').reasons[0].text).toBe(
      'w1 is not in the mesh',
    );
  });
});

describe('isBetter', () => {
  it('orders unknown below what is good, and above what is bad', () => {
    expect(isBetter('mtls-in-use', 'unknown')).toBe(true);
    expect(isBetter('unknown', 'in-part')).toBe(true);
  });

  it('is a strict order', () => {
    fc.assert(
      fc.property(verdict, verdict, (a, b) => {
        expect(Number(isBetter(a, b)) + Number(isBetter(b, a))).toBe(
          a === b ? 0 : 1,
        );
      }),
    );
  });
});
