import { mockServices } from '@backstage/backend-test-utils';
import {
  isAsExpected,
  problemsOf,
  sumsOf,
  writeAnswers,
} from './__testUtils__/report';
import { Outcome, runRequests } from './__testUtils__/run';
import {
  readSituation,
  Situation,
  situationNames,
} from './__testUtils__/situation';
import { TestMesh } from './__testUtils__/TestMesh';
import { TokenIssuer } from './__testUtils__/TokenIssuer';

jest.setTimeout(300_000);

const kubeconfig = process.env.MESH_TEST_KUBECONFIG ?? '';
const only = process.env.MESH_TEST_ONLY?.split(',').filter(Boolean) ?? [];
/** How often a difference is looked at again: a proxy may still be at what was before. */
const TRIES = 3;

describe('a mesh that runs', () => {
  const issuer = TokenIssuer.create();
  const outcomes = new Map<string, Outcome[]>();
  let mesh: TestMesh;

  beforeAll(async () => {
    mesh = await TestMesh.start({
      kubeconfig,
      image: process.env.MESH_TEST_IMAGE || 'python:3.13-slim',
      revision: process.env.MESH_TEST_REVISION,
      logger: mockServices.logger.mock(),
    });
  });

  afterAll(async () => {
    await mesh?.stop();
    process.stderr.write(`${sumsOf(outcomes)}\n`);
  });

  it.each(
    situationNames().filter(name => only.length === 0 || only.includes(name)),
  )('%s', async name => {
    const situation = readSituation(name, {
      ...mesh.addresses,
      jwks: issuer.jwks,
    });
    if (usesGatewayApi(situation) && !mesh.hasGatewayApi) {
      process.stderr.write(
        `Skipped: ${name} needs the Gateway API, which this cluster does not serve\n`,
      );
      return;
    }
    try {
      await mesh.apply(situation.objects);
      outcomes.set(name, await settledOutcomes(mesh, situation, issuer));
    } finally {
      await mesh.remove(situation.objects);
    }
    const wrong = (outcomes.get(name) ?? []).flatMap(problemsOf);
    process.stderr.write(`${name}: ${wrong.join('; ') || 'as predicted'}\n`);
    writeAnswers(outcomes);
    expect(wrong).toEqual([]);
  });
});

async function settledOutcomes(
  mesh: TestMesh,
  situation: Situation,
  issuer: TokenIssuer,
): Promise<Outcome[]> {
  for (let attempt = 1; ; attempt++) {
    await mesh.settled();
    const outcomes = await runRequests(mesh, situation, issuer);
    if (attempt === TRIES || outcomes.every(one => isAsExpected(one))) {
      return outcomes;
    }
  }
}

function usesGatewayApi({ objects, requests }: Situation): boolean {
  return (
    objects.some(({ apiVersion }) =>
      apiVersion.startsWith('gateway.networking.k8s.io/'),
    ) || requests.some(({ gateway }) => gateway === 'gw')
  );
}
