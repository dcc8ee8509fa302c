import { Verdict } from '../../contract/mtls';
import {
  fail,
  Measurement,
  pass,
  unknownBecause,
  workloadName,
} from '../measurement';

const WORDS: Readonly<Record<Verdict, string>> = {
  protected: 'is protected',
  'mtls-in-use': 'takes plaintext, but every known client sends mutual TLS',
  unknown: 'is not known to be protected',
  'in-part': 'is protected in part',
  unprotected: 'is not protected',
  'not-in-mesh': 'is not in a mesh',
};

/** The verdict of the mTLS tab on each workload; plaintext that was seen makes the item fail. */
export const mtls: Measurement = {
  looksAt:
    'The mTLS verdict on each workload (what its ports accept and what its known clients send), lowered by plaintext that was seen.',
  ofPart: ({ workloads }) =>
    workloads.map(({ mtls: { workload, verdict } }) => {
      const text = `${workloadName(workload)} ${WORDS[verdict.value]}`;
      switch (verdict.value) {
        case 'protected':
        case 'mtls-in-use':
          return pass(text, verdict.reasons);
        case 'unknown':
          return unknownBecause(verdict.cause, text, verdict.reasons);
        default:
          return fail(text, verdict.reasons);
      }
    }),
  ofTraffic: traffic =>
    traffic.state === 'measured'
      ? traffic.workloads.flatMap(({ workload, traffic: seen }) => {
          const text = `plaintext came in to ${workloadName(workload)}`;
          return seen && seen.plaintext > 0
            ? [
                fail(text, [
                  {
                    rule: 'mesh/verdict/plaintext-seen',
                    text: `Plaintext ${seen.unit} were seen within ${
                      traffic.windowSeconds / 60
                    } minutes`,
                  },
                ]),
              ]
            : [];
        })
      : [],
};
