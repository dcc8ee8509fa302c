import { EVERY_KIND } from '../linkerd/__testUtils__/everyKind';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { CHECKS, OPTIONAL_CHECKS } from './catalogue';
import { AnyCheck, Check } from './check';

describe('the catalogue of checks', () => {
  it('has each check once', () => {
    const keys = CHECKS.map(
      ({ code, aliases = [], upstream, subject }) =>
        `${code} ${aliases} ${upstream} ${subject}`,
    );
    expect(new Set(keys).size).toBe(keys.length);
  });

  it.each([...CHECKS].map(check => [check.code, check] as const))(
    '%s says what it is',
    (code, check) => {
      expect(code).toMatch(/^(?:IST\d{4}|KIA\d{4}|MESH-[A-Z]?\d{4}|GWAPI)$/);
      expect(check.title).not.toMatch(/\.$/);
      expect(check.explanation).toMatch(/\.$/);
      expect(check.upstream).not.toBe('');
    },
  );

  /** Cases of Kiali's corpus that name one of these expect what all of its parts find. */
  it.each([
    ['AuthorizationPolicyChecker', '0004 0101 0102 0104 0105 0106 0107 0108'],
    ['DestinationRulesChecker', '0005 0201 0204 0205 0206 0207 0208'],
    ['K8sReferenceGrantChecker', '1601'],
    ['PeerAuthenticationChecker', '0002 0003 0004 0401 0501 0505 0506'],
    ['ServiceEntryChecker', '0005 1211 1212'],
    ['SidecarChecker', '0002 0003 0004 1004 1006 1007'],
    ['VirtualServiceChecker', '0005 1104 1105 1106 1107'],
    ['common.SelectorNoWorkloadFoundChecker', '0004'],
  ])('%s of Kiali has these codes', (checker, codes) => {
    const found = [...CHECKS, ...OPTIONAL_CHECKS]
      .filter(({ upstream }) => upstream.split(/, |; | \(/).includes(checker))
      .flatMap(({ code, aliases = [] }) => [code, ...aliases]);
    expect(
      [...new Set(found)]
        .filter(code => code.startsWith('KIA'))
        .map(code => code.slice(3))
        .sort()
        .join(' '),
    ).toBe(codes);
  });

  it('says the same about a code wherever the code is', () => {
    const texts = new Map<string, string>();
    for (const { code, level, title } of CHECKS) {
      const text = `${level} ${title}`;
      expect(texts.get(code) ?? text).toBe(text);
      texts.set(code, text);
    }
  });

  it('reads no snapshot, nor the time, in a check that does not take it', () => {
    const snapshot = MeshSnapshot.of('x', EVERY_KIND);
    const unreadable = new Proxy(snapshot, {
      get(_, name) {
        throw new TypeError(`It reads ${String(name)} of the snapshot`);
      },
    });
    const alone = [...CHECKS, ...OPTIONAL_CHECKS].filter(
      ({ run }: AnyCheck) => run.length === 1,
    );
    const looked = alone.flatMap((check: Check) =>
      [...snapshot.list(check.subject)].map(object => {
        expect(check.readsClock).not.toBe(true);
        return [...check.run(object, unreadable)].length;
      }),
    );
    expect(looked.length).toBeGreaterThan(50);
  });
});
