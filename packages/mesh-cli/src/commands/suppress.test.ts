import { toBeValidSarifLog } from '@microsoft/jest-sarif';
import { runMesh } from '../__testUtils__/runMesh';

expect.extend({ toBeValidSarifLog });

const STDIN = `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: cart, namespace: shop }
spec:
  hosts: [cart]
  http: [{ route: [{ destination: { host: nowhere } }] }]
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { ports: [{ name: http, port: 80 }] }
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: bank, namespace: shop }
spec:
  hosts: [bank.example.com]
  resolution: DNS
  ports: [{ number: 443, name: bank, protocol: TLS }]
`;

const analyzed = (...args: string[]) =>
  runMesh(['analyze', '-', '--complete', ...args], { stdin: STDIN });

const SUPPRESS = ['--suppress', 'IST0101=VirtualService *.shop'];
const REASON = 'The configuration suppresses IST0101=VirtualService *.shop';

describe('mesh analyze --suppress', () => {
  it('does not fail for what it names, and says so', async () => {
    expect((await analyzed()).code).toBe(1);
    const { code, out } = await analyzed(...SUPPRESS);
    expect(out).toContain(
      '1 finding suppressed\n  IST0101 standard input:7:37:',
    );
    expect(out.replace(/\s+/g, ' ')).toContain(REASON);
    expect(code).toBe(0);
    const json = await analyzed('-o', 'json', ...SUPPRESS);
    expect(JSON.parse(json.out)).toMatchObject({
      suppressed: [{ code: 'IST0101', reason: REASON }],
      summary: { suppressed: 1, error: 0 },
    });
  });

  it('is told apart from annotations in SARIF', async () => {
    const { out } = await analyzed('-o', 'sarif', ...SUPPRESS);
    const log = JSON.parse(out);
    expect(log).toBeValidSarifLog();
    expect(
      log.runs[0].results.map(
        ({ suppressions }: { suppressions?: unknown }) => suppressions,
      ),
    ).toContainEqual([{ kind: 'external', justification: REASON }]);
  });

  it('leaves out nothing else', async () => {
    const { code } = await analyzed(
      ...['--suppress', 'IST0101=VirtualService *.other'],
      ...['--suppress', 'IST0102=*'],
    );
    expect(code).toBe(1);
  });

  it('refuses what it cannot read', async () => {
    const { code, err } = await analyzed('--suppress', 'IST0101');
    expect(err).toMatch(/^mesh: --suppress IST0101 is not CODE=Kind name/);
    expect(code).toBe(2);
  });
});

describe('mesh analyze --optional-check', () => {
  const codes = async (...args: string[]) => {
    const { out } = await analyzed('-o', 'json', ...args);
    return JSON.parse(out).findings.map(({ code }: { code: string }) => code);
  };

  it('runs what it names, or all', async () => {
    expect(await codes()).not.toContain('KIA0601');
    expect(await codes('--optional-check', 'KIA0601')).toContain('KIA0601');
    expect(await codes('--optional-check', 'all')).toContain('KIA0601');
  });

  it('refuses another check, and names those that there are', async () => {
    const { code, err } = await analyzed('--optional-check', 'IST0101');
    expect(err).toMatch(
      /^mesh: --optional-check IST0101 is none of all, .*KIA0601/,
    );
    expect(code).toBe(2);
  });
});
