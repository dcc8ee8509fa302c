import { Container, PodSpec } from '../../kubernetes/core';
import { containersOf } from '../../mesh/services';
import { ofTemplates, templateReason } from '../controllers';
import { fail, Measurement, pass } from '../measurement';

const RULE = 'checklist/resource-limits';

/**
 * Each container of the workload's own asks for CPU and memory and has a limit of memory. A limit of CPU is
 * not asked for: it slows a container down where nobody else needs the CPU.
 */
export const resourceLimits: Measurement = {
  looksAt:
    'Requests of CPU and memory, and the limit of memory, of the containers of each workload; proxies have those of their injector.',
  ofPart: part =>
    ofTemplates(part, (workload, template, name) => {
      const own = ownContainers(part.meshes, template);
      const open = own.flatMap(container => {
        const missing = missingIn(container);
        return missing.length > 0
          ? [`container ${container.name} has no ${missing.join(', no ')}`]
          : [];
      });
      const text =
        open.length > 0
          ? `${name}: ${open.join('; ')}`
          : `the containers of ${name} have requests and a limit of memory`;
      const reasons = [
        templateReason(part.snapshot, workload, RULE, text, 'spec.containers'),
      ];
      return open.length > 0 ? fail(text, reasons) : pass(text, reasons);
    }),
};

function ownContainers(
  meshes: readonly { isProxy(container: Container): boolean }[],
  template: PodSpec,
): Container[] {
  return containersOf({ spec: template }).filter(
    container => !meshes.some(mesh => mesh.isProxy(container)),
  );
}

function missingIn({ resources }: Container): string[] {
  return [
    ...(resources?.requests?.cpu === undefined ? ['request of CPU'] : []),
    ...(resources?.requests?.memory === undefined ? ['request of memory'] : []),
    ...(resources?.limits?.memory === undefined ? ['limit of memory'] : []),
  ];
}
