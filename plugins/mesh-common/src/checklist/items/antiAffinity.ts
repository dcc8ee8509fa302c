import { PodSpec } from '../../kubernetes/core';
import { givenByNodes, ofTemplates, templateReason } from '../controllers';
import { fail, Measurement, pass } from '../measurement';

const RULE = 'checklist/anti-affinity';

/** The pods of each workload are kept apart: by anti-affinity, or by constraints on their spread. */
export const antiAffinity: Measurement = {
  looksAt:
    'podAntiAffinity and topologySpreadConstraints of the pods of each workload. Defaults of the scheduler are not seen.',
  ofPart: part =>
    ofTemplates(part, (workload, template, name) => {
      const given = givenByNodes(workload, name);
      if (given) {
        return given;
      }
      const keys = keysOf(template);
      const text =
        keys.length > 0
          ? `the pods of ${name} are kept apart (${keys.join(', ')})`
          : `nothing keeps the pods of ${name} apart`;
      const reasons = [
        templateReason(part.snapshot, workload, RULE, text, fieldOf(template)),
      ];
      return keys.length > 0 ? pass(text, reasons) : fail(text, reasons);
    }),
};

function fieldOf({ topologySpreadConstraints = [] }: PodSpec): string {
  return topologySpreadConstraints.length > 0
    ? 'spec.topologySpreadConstraints'
    : 'spec.affinity';
}

function keysOf({ affinity, topologySpreadConstraints }: PodSpec): string[] {
  const apart = affinity?.podAntiAffinity;
  return [
    ...new Set(
      [
        ...(apart?.requiredDuringSchedulingIgnoredDuringExecution ?? []),
        ...(apart?.preferredDuringSchedulingIgnoredDuringExecution ?? []).map(
          ({ podAffinityTerm }) => podAffinityTerm,
        ),
        ...(topologySpreadConstraints ?? []),
      ].map(({ topologyKey }) => topologyKey),
    ),
  ];
}
