import { writeFileSync } from 'node:fs';
import { shown } from './comparison';
import { Outcome } from './run';

type Outcomes = ReadonlyMap<string, readonly Outcome[]>;

/** As predicted, or with the difference that is documented. */
export function isAsExpected({ request, differences }: Outcome): boolean {
  return differences.length > 0 === (request.differs !== undefined);
}

/** What is not as expected, for people. */
export function problemsOf(outcome: Outcome): string[] {
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

/** How many requests were sent, and how many of them were as predicted. */
export function sumsOf(outcomes: Outcomes): string {
  const all = [...outcomes.values()].flat();
  const sum = (some: readonly Outcome[]) =>
    some.reduce((total, { received }) => total + received.length, 0);
  const equal = all.filter(({ differences }) => differences.length === 0);
  const documented = all.filter(
    ({ differences, request }) => differences.length > 0 && request.differs,
  );
  const different = sum(all) - sum(equal) - sum(documented);
  return `${outcomes.size} configurations, ${
    all.length
  } kinds of requests, ${sum(all)} requests: ${sum(equal)} as predicted, ${sum(
    documented,
  )} with a documented difference, ${different} different`;
}

/** Writes all answers as JSON where MESH_TEST_OUT names a file. */
export function writeAnswers(outcomes: Outcomes): void {
  const file = process.env.MESH_TEST_OUT;
  if (!file) {
    return;
  }
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
