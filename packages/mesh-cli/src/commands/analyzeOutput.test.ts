import { toBeValidSarifLog } from '@microsoft/jest-sarif';
import { runMesh } from '../__testUtils__/runMesh';

expect.extend({ toBeValidSarifLog });

const ROUTE = `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: cart, namespace: shop }
spec:
  hosts: [cart.shop.svc.cluster.local]
  http: [{ route: [{ destination: { host: cart-v2 } }] }]
`;

describe('mesh analyze -o sarif', () => {
  it('is valid, and names rule, place and fingerprint of each finding', async () => {
    const { out, code } = await runMesh([
      'analyze',
      'shop',
      '--complete',
      '-o',
      'sarif',
    ]);
    expect(code).toBe(1);
    const log = JSON.parse(out);
    expect(log).toBeValidSarifLog();
    const [{ results, tool }] = log.runs;
    const result = results.find(
      ({ ruleId }: { ruleId: string }) => ruleId === 'MESH-L0101',
    );
    expect(result).toMatchObject({
      ruleId: 'MESH-L0101',
      level: 'error',
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'shop/cart.yaml' },
            region: { startLine: 34, startColumn: 3 },
          },
        },
      ],
      partialFingerprints: {
        'meshFinding/v1': expect.stringMatching(/^[0-9a-f]{32}$/),
      },
    });
    expect(tool.driver.rules[result.ruleIndex]).toMatchObject({
      id: 'MESH-L0101',
      help: { text: expect.any(String) },
    });
  });

  it('is valid where nothing is found, and where all is suppressed', async () => {
    for (const stdin of [
      'apiVersion: v1\nkind: Namespace\nmetadata: { name: a }\n',
      ROUTE.replace(
        'name: cart,',
        "name: cart, annotations: { galley.istio.io/analyze-suppress: '*' },",
      ),
    ]) {
      const { out } = await runMesh(['analyze', '-', '-o', 'sarif'], { stdin });
      expect(JSON.parse(out)).toBeValidSarifLog();
    }
  });

  it('has the same fingerprints where lines move and other findings come', async () => {
    const prints = async (stdin: string) => {
      const { out } = await runMesh(['analyze', '-', '-o', 'json'], { stdin });
      return JSON.parse(out).findings.map(
        ({ fingerprint }: { fingerprint: string }) => fingerprint,
      );
    };
    const [before] = await prints(ROUTE);
    expect(before).toBeDefined();
    expect(
      await prints(
        `# moved\n\n${ROUTE}---\n${ROUTE.replace(
          'name: cart,',
          'name: other,',
        )}`,
      ),
    ).toContain(before);
  });
});

describe('mesh analyze of a part of what there is', () => {
  it('takes what the input cannot resolve as information, unless everything is said to be there', async () => {
    const part = await runMesh(['analyze', '-'], { stdin: ROUTE });
    expect(part.out).toContain('info IST0101 standard input:7:');
    expect(part.out).toContain('give it --with, or say --complete');
    expect(part.code).toBe(0);
    const whole = await runMesh(['analyze', '-', '--complete'], {
      stdin: ROUTE,
    });
    expect(whole.out).toContain('error IST0101 standard input:7:');
    expect(whole.code).toBe(1);
  });

  it('reads what is there besides, and says nothing about it', async () => {
    const { out, code } = await runMesh(
      ['analyze', '-', '--with', 'shop', '--complete'],
      {
        stdin: `apiVersion: batch/v1
kind: CronJob
metadata: { name: a }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: a }`,
      },
    );
    expect(out).toBe(
      'No findings in 1 object of 1 file (and 1 of kinds that no rule reads)',
    );
    expect(code).toBe(0);
  });

  it('finds what the input names in what there is besides', async () => {
    const stdin = ROUTE.replace('cart-v2', 'cart');
    const alone = await runMesh(['analyze', '-', '--complete'], { stdin });
    expect(alone.out).toContain('IST0101');
    const { out } = await runMesh(
      ['analyze', '-', '--complete', '--with', 'shop'],
      { stdin },
    );
    expect(out).not.toContain('IST0101');
  });
});
