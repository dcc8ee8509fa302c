import {
  Accepts,
  ObservedMtlsAnswer,
  Verdict,
  WorkloadMtls,
} from 'backstage-plugin-mesh-common';
import {
  outsideMtls,
  protectedMtls,
  reviewsMtls,
  troubledMtls,
} from '../../__fixtures__/mtls';
import { testTranslate } from '../../__testUtils__/testTranslate';
import { protectionSentence } from './sentence';
import { lowered, WorkloadView, workloadViews } from './workloadViews';

const t = testTranslate();
const [workload] = protectedMtls.workloads;

/** A workload with ports of these verdicts and acceptances. */
function view(
  name: string,
  verdict: Verdict,
  ...ports: [number, Verdict, Accepts][]
): WorkloadView {
  const mtls: WorkloadMtls = {
    ...workload,
    workload: { ...workload.workload, name },
    ports: ports.map(([port, value, accepts]) => ({
      ...workload.ports[0],
      port,
      accepts: { value: accepts, reasons: [] },
      verdict: { value, reasons: [] },
    })),
    verdict: { value: verdict, reasons: [] },
  };
  return { key: name, mtls, verdict: mtls.verdict };
}

describe('protectionSentence', () => {
  it.each<[string, Verdict, WorkloadView[]]>([
    [
      'Clients must use mTLS on 2 of 2 ports',
      'protected',
      [
        view(
          'a',
          'protected',
          [80, 'protected', 'mtls-only'],
          [81, 'protected', 'mtls-only'],
        ),
      ],
    ],
    [
      'Clients must use mTLS on 1 of 2 ports',
      'protected',
      [
        view(
          'a',
          'protected',
          [80, 'protected', 'mtls-only'],
          [81, 'protected', 'nothing'],
        ),
      ],
    ],
    [
      'Clients must use mTLS on 1 of 1 port',
      'protected',
      [view('a', 'protected', [80, 'protected', 'mtls-only'])],
    ],
    [
      'All 2 ports accept nothing',
      'protected',
      [
        view(
          'a',
          'protected',
          [80, 'protected', 'nothing'],
          [81, 'protected', 'nothing'],
        ),
      ],
    ],
    [
      'mTLS is in use: every known client sends it, but port 80 of a (east) would also accept plaintext',
      'mtls-in-use',
      [view('a', 'mtls-in-use', [80, 'mtls-in-use', 'mtls-or-plaintext'])],
    ],
    [
      'Protected in part: clients may still use plaintext on port 80 of a (east) and 2 more',
      'in-part',
      [
        view(
          'a',
          'in-part',
          [80, 'in-part', 'mtls-or-plaintext'],
          [81, 'in-part', 'mtls-or-plaintext'],
        ),
        view('b', 'in-part', [80, 'in-part', 'mtls-or-plaintext']),
      ],
    ],
    [
      'Protected in part: plaintext was seen at a (east)',
      'in-part',
      [view('a', 'in-part', [80, 'protected', 'mtls-only'])],
    ],
    [
      'Protected in part: b (east) is not in a mesh',
      'in-part',
      [
        view('a', 'protected', [80, 'protected', 'mtls-only']),
        view('b', 'not-in-mesh', [80, 'not-in-mesh', 'plaintext-only']),
      ],
    ],
    [
      'Not protected: port 80 of a (east) accepts plaintext only',
      'unprotected',
      [view('a', 'unprotected', [80, 'unprotected', 'plaintext-only'])],
    ],
    [
      'Not protected: all known clients of port 80 of a (east) send plaintext',
      'unprotected',
      [view('a', 'unprotected', [80, 'unprotected', 'mtls-or-plaintext'])],
    ],
    [
      'Not in a mesh: 2 workloads run without a proxy',
      'not-in-mesh',
      [view('a', 'not-in-mesh'), view('b', 'not-in-mesh')],
    ],
    [
      'Unknown: what a (east) accepts could not be read',
      'unknown',
      [view('a', 'unknown')],
    ],
    [
      'Protected in part',
      'in-part',
      [view('a', 'protected', [80, 'protected', 'mtls-only'])],
    ],
    ['Not protected', 'unprotected', []],
    ['mTLS in use', 'mtls-in-use', []],
    ['Not in a mesh', 'not-in-mesh', []],
    ['Protected', 'protected', []],
    ['Unknown', 'unknown', []],
  ])('%s', (sentence, verdict, views) => {
    expect(protectionSentence(t, verdict, views)).toBe(sentence);
  });

  it.each([
    [
      reviewsMtls,
      'Protected in part: clients may still use plaintext on port 8080 of reviews-v2 (east)',
    ],
    [protectedMtls, 'Clients must use mTLS on 1 of 1 port'],
    [outsideMtls, 'Not in a mesh: importer (east) runs without a proxy'],
    [
      troubledMtls,
      'Unknown: what port 9080 of reviews-v1 (east) accepts could not be read',
    ],
  ])('is built from an answer', (answer, sentence) => {
    expect(
      protectionSentence(
        t,
        answer.verdict.value,
        workloadViews(answer, undefined),
      ),
    ).toBe(sentence);
  });
});

it('takes no verdict from observation that is better than the configuration', () => {
  const inPart = { value: 'in-part', reasons: [] } as const;
  const isProtected = { value: 'protected', reasons: [] } as const;
  const copy = <T extends object>(answer: T) => ({ ...answer, reasons: [] });
  expect(lowered(copy(inPart), copy(isProtected)).value).toBe('in-part');
  expect(lowered(copy(isProtected), copy(inPart)).value).toBe('in-part');
  expect(lowered(copy(isProtected), undefined).value).toBe('protected');
});

describe('workloadViews', () => {
  it('has the worst first, and takes the verdict that observation lowered', () => {
    const seen: ObservedMtlsAnswer = {
      entityRef: protectedMtls.entityRef,
      measuredAt: '2026-11-25T12:00:00Z',
      windowSeconds: 900,
      verdict: { value: 'in-part', reasons: [] },
      workloads: [
        {
          workload: reviewsMtls.workloads[0].workload,
          level: 'workload',
          total: { state: 'no-traffic' },
          ports: [],
          callers: [],
          hiddenCallers: 0,
          verdict: { value: 'unprotected', reasons: [] },
        },
      ],
    };
    expect(
      workloadViews(reviewsMtls, seen).map(({ mtls, verdict }) => [
        mtls.workload.name,
        verdict.value,
      ]),
    ).toEqual([
      ['reviews-v1', 'unprotected'],
      ['reviews-v2', 'in-part'],
      ['reviews', 'mtls-in-use'],
    ]);
  });
});
