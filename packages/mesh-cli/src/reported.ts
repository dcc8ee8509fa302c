import { Analysis, Finding } from 'backstage-plugin-mesh-common';
import { Input } from './input/load';

/** Checks that find something named that is not there, which may be somewhere else than in the input. */
const REFERENCES: ReadonlySet<string> = new Set([
  'IST0101',
  'IST0126',
  'IST0127',
  'IST0149',
  'IST0173',
  'IST0174',
  'KIA0004',
  'KIA0005',
  'KIA0104',
  'KIA0106',
  'KIA0205',
  'KIA0206',
  'KIA1004',
  'KIA1313',
  'KIA1402',
  'KIA1601',
  'KIA1701',
  'MESH-0007',
  'MESH-L0102',
  'MESH-L0201',
  'MESH-L0303',
]);

const ELSEWHERE =
  'It may be where this input does not reach: give it --with, or say --complete.';

/**
 * What is said of the input: nothing about what was read along with it, and where it is not all that there is, what it
 * names and does not have is information.
 */
export function reportedAnalysis(
  analysis: Analysis,
  input: Input,
  complete: boolean,
): Analysis {
  const isReported = ({ object }: Finding) => !input.isContext(object);
  const findings = analysis.findings.filter(isReported).map(finding =>
    complete || !REFERENCES.has(finding.code) || finding.level === 'info'
      ? finding
      : {
          ...finding,
          level: 'info' as const,
          message: `${finding.message}. ${ELSEWHERE}`,
        },
  );
  return {
    ...analysis,
    findings: [
      ...findings.filter(({ level }) => level !== 'info'),
      ...findings.filter(({ level }) => level === 'info'),
    ],
    suppressed: analysis.suppressed.filter(({ finding }) =>
      isReported(finding),
    ),
  };
}
