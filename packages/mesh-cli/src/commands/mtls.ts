import {
  allWorkloads,
  MESHES,
  Workload,
  workloadMtls,
} from 'backstage-plugin-mesh-common';
import { EXIT } from '../exitCodes';
import { load, LoadOptions } from '../input/load';
import { mtlsText } from '../output/mtlsText';
import { reportInput } from '../output/problems';
import { Terminal } from '../terminal';
import { UsageError } from '../usageError';

export interface MtlsOptions extends LoadOptions {
  output: 'text' | 'json';
  namespace?: string;
  workload?: string;
}

/** `mesh mtls`: how the workloads of the files take part in a mesh, and what they accept. */
export async function mtls(
  paths: readonly string[],
  options: MtlsOptions,
  terminal: Terminal,
): Promise<number> {
  const input = await load(paths, options, terminal);
  reportInput(input, terminal);
  const workloads = [...allWorkloads(input.snapshot)]
    .filter(({ ref }) => isWanted(ref, options))
    .sort(byName);
  if (workloads.length === 0) {
    throw new UsageError(
      `there is no workload${filterText(options)} in the input`,
    );
  }
  const answers = workloads.map(workload =>
    workloadMtls(input.snapshot, workload, MESHES, []),
  );
  terminal.out(
    options.output === 'json'
      ? JSON.stringify({ version: 1, workloads: answers }, undefined, 2)
      : mtlsText(answers, input, terminal),
  );
  return input.problems.length > 0 ? EXIT.found : EXIT.ok;
}

function isWanted(ref: Workload['ref'], options: MtlsOptions): boolean {
  return (
    (options.namespace === undefined || ref.namespace === options.namespace) &&
    (options.workload === undefined || ref.name === options.workload)
  );
}

function filterText({ namespace, workload }: MtlsOptions): string {
  return [
    workload && ` of the name ${workload}`,
    namespace && ` in namespace ${namespace}`,
  ]
    .filter(Boolean)
    .join('');
}

function byName(a: Workload, b: Workload): number {
  return keyOf(a).localeCompare(keyOf(b));
}

function keyOf({ ref }: Workload): string {
  return `${ref.namespace}/${ref.name}/${ref.kind}`;
}
