import { writeFileSync } from 'node:fs';
import { mockServices } from '@backstage/backend-test-utils';
import { shown } from './__testUtils__/comparison';
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
    report(outcomes);
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

function isAsExpected({ request, differences }: Outcome): boolean {
  return differences.length > 0 === (request.differs !== undefined);
}

function problemsOf(outcome: Outcome): string[] {
  const { request, differences } = outcome;
  if (isAsExpected(outcome)) {
    return [];
  }
  const name = `${request.gateway ?? request.from}: ${request.method} ${
    request.url
  }`;
  return request.differs
    ? [`${name}: is as predicted, although it is documented to differ`]
    : differences.map(
        text => `${name}: ${text}. Predicted: ${outcome.answer.summary}`,
      );
}

function usesGatewayApi({ objects, requests }: Situation): boolean {
  return (
    objects.some(({ apiVersion }) =>
      apiVersion.startsWith('gateway.networking.k8s.io/'),
    ) || requests.some(({ gateway }) => gateway === 'gw')
  );
}

/** The sums, for people; all answers as JSON where MESH_TEST_OUT names a file. */
function report(outcomes: ReadonlyMap<string, readonly Outcome[]>): void {
  const all = [...outcomes.values()].flat();
  const sum = (some: readonly Outcome[]) =>
    some.reduce((total, { received }) => total + received.length, 0);
  const equal = all.filter(({ differences }) => differences.length === 0);
  const documented = all.filter(
    ({ differences, request }) => differences.length > 0 && request.differs,
  );
  process.stderr.write(
    `${outcomes.size} configurations, ${all.length} kinds of requests, ${sum(
      all,
    )} requests: ${sum(equal)} as predicted, ${sum(
      documented,
    )} with a documented difference, ${
      sum(all) - sum(equal) - sum(documented)
    } different\n`,
  );
  const file = process.env.MESH_TEST_OUT;
  if (file) {
    const answers = [...outcomes].map(([name, some]) => ({
      name,
      requests: some.map(({ request, answer, received, differences }) => ({
        request,
        differences,
        received: received.slice(0, 3),
        shown: shown(received[0]),
        answer,
      })),
    }));
    writeFileSync(file, JSON.stringify(answers, undefined, 1));
  }
}
